"""The organizer's view: no group is small enough to point at somebody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.clubs.organizing import LEAST, Group, merged

groups_of = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 15))
leasts = st.integers(1, 9)


@pytest.mark.parametrize(
    ("groups", "shown"),
    [
        ({}, []),
        ({"a": 0}, []),
        ({"a": 5}, [("a", 5)]),
        ({"a": 4}, [("", 4)]),
        ({"a": 9, "b": 6}, [("a", 9), ("b", 6)]),
        ({"b": 6, "a": 6}, [("a", 6), ("b", 6)]),
        ({"a": 9, "b": 3, "c": 2}, [("a", 9), ("", 5)]),
        ({"a": 9, "b": 6, "c": 2}, [("a", 9), ("", 8)]),  # 17 less 9 and 6 would be c
        ({"a": 9, "b": 3, "c": 1}, [("", 13)]),
        ({"a": 7, "b": 7, "c": 7, "d": 1}, [("a", 7), ("b", 7), ("", 8)]),
        ({"a": 3, "b": 1}, [("", 4)]),
        ({"a": 9, "b": 0}, [("a", 9)]),
        ({"": 9, "a": 9}, [("a", 9), ("", 9)]),
    ],
)
def test_small_groups_are_put_together_M17(
    groups: dict[str, int], shown: list[tuple[str, int]]
) -> None:
    assert merged(groups) == tuple(Group(*group) for group in shown)


@given(groups_of, leasts)
def test_the_counts_add_up_M17(groups: dict[str, int], least: int) -> None:
    assert sum(group.count for group in merged(groups, least)) == sum(groups.values())


@given(groups_of, leasts)
def test_no_group_that_is_shown_is_small_M17(groups: dict[str, int], least: int) -> None:
    shown = merged(groups, least)
    assert all(group.count >= least for group in shown) or len(shown) == 1
    assert all(group.count >= least for group in shown if group.name)


@given(groups_of, leasts)
def test_what_is_named_is_true_and_largest_M17(groups: dict[str, int], least: int) -> None:
    shown = merged(groups, least)
    named = [group for group in shown if group.name]
    assert all(groups[group.name] == group.count for group in named)
    hidden = [count for name, count in groups.items() if name not in {g.name for g in named}]
    assert not named or max(hidden, default=0) <= named[-1].count
    assert [group.name for group in shown].count("") <= 1


@given(st.lists(st.integers(1, LEAST - 1), min_size=1, max_size=4), groups_of)
def test_nobody_can_reckon_a_small_group_out_M17(small: list[int], large: dict[str, int]) -> None:
    """The total less all that is named is never the size of one group below the least.

    Unless it is the whole club, whose number everybody knows.
    """
    groups = large | {f"small {n}": count for n, count in enumerate(small)}
    named = [group for group in merged(groups) if group.name]
    left = sum(groups.values()) - sum(group.count for group in named)
    assert left >= LEAST or not named


@given(groups_of)
def test_the_order_makes_no_difference(groups: dict[str, int]) -> None:
    assert merged(dict(reversed(groups.items()))) == merged(groups)


def test_a_group_of_less_than_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="fewer than 0"):
        merged({"a": -1})
