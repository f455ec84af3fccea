"""Buddies: everybody has one, a new one as long as there are new ones."""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.clubs.pairing import Group, pairs

people_of = st.lists(st.integers(-5, 10_000), max_size=40, unique=True)
seeds = st.integers(0, 2**40)


class Season:
    """Weeks of pairings one after the other, with who met when."""

    def __init__(self, seed: int = 0) -> None:
        self.seed, self.week = seed, 0
        self.met: dict[frozenset[int], int] = {}

    def next_week(self, people: Iterable[int]) -> list[int]:
        """Pair them; for each two who met before, how many weeks ago that was."""
        self.week += 1
        ago = {both: self.week - week for both, week in self.met.items()}
        again = []
        for group in pairs(people, ago, self.seed * 1000 + self.week):
            for both in map(frozenset, combinations(group, 2)):
                again += [self.week - self.met[both]] if both in self.met else []
                self.met[both] = self.week
        return again


@st.composite
def acquainted(draw: st.DrawFn) -> tuple[list[int], dict[frozenset[int], int]]:
    """People, and which of them met in the last weeks, with two who are not here any more."""
    people = draw(people_of)
    both = st.sampled_from([*people, -6, -7])
    met = draw(st.dictionaries(st.frozensets(both, min_size=2, max_size=2), st.integers(1, 60)))
    return people, met


@given(acquainted(), seeds)
def test_everybody_is_in_one_pair_and_three_make_a_group_when_odd_M20(
    known: tuple[list[int], dict[frozenset[int], int]], seed: int
) -> None:
    people, met = known
    groups = pairs(people, met, seed)
    if len(people) < 2:
        assert groups == ()
        return
    assert sorted(person for group in groups for person in group) == sorted(people)
    sizes = sorted(map(len, groups))
    assert sizes == [2] * (len(people) // 2 - len(people) % 2) + [3] * (len(people) % 2)


@given(acquainted(), seeds, st.randoms(use_true_random=False))
def test_the_same_seed_gives_the_same_pairs_M20(
    known: tuple[list[int], dict[frozenset[int], int]], seed: int, order: random.Random
) -> None:
    people, met = known
    mixed = dict(order.sample(list(met.items()), len(met)))
    assert pairs(order.sample(people, len(people)), mixed, seed) == pairs(people, met, seed)


def test_another_seed_gives_other_pairs_M20() -> None:
    assert len({pairs(range(12), {}, seed) for seed in range(20)}) > 15


@pytest.mark.parametrize(
    ("people", "met", "groups"),
    [
        ([], {}, ()),
        ([7], {}, ()),
        ([7, 7], {}, ()),
        ([9, 7], {(7, 9): 1}, ((7, 9),)),
        ([1, 2, 3], {}, ((1, 2, 3),)),
        ([1, 2, 3, 4], {(1, 2): 1, (1, 3): 2}, ((1, 4), (2, 3))),
        # Two repeats of long ago are better than one of last week.
        (
            [1, 2, 3, 4],
            {(1, 2): 1, (1, 3): 9, (2, 4): 9, (1, 4): 1},
            ((1, 3), (2, 4)),
        ),
        # Three who all met last week are not put together again.
        (
            [1, 2, 3, 4, 5],
            {(1, 2): 1, (1, 3): 1, (2, 3): 1, (4, 5): 1, (2, 5): 1, (3, 4): 1},
            ((1, 2, 4), (3, 5)),
        ),
    ],
)
def test_the_fewest_and_oldest_repeats_M20(
    people: list[int], met: dict[tuple[int, int], int], groups: tuple[Group, ...]
) -> None:
    known = {frozenset(both): weeks for both, weeks in met.items()}
    found = {pairs(people, known, seed) for seed in range(10)}
    assert {_repeats(found_one, known) for found_one in found} == {_repeats(groups, known)}


def _repeats(groups: tuple[Group, ...], met: dict[frozenset[int], int]) -> tuple[int, ...]:
    both = [frozenset(two) for group in groups for two in combinations(group, 2)]
    return tuple(sorted(met[two] for two in both if two in met))


@given(st.data(), st.integers(1, 12), seeds)
def test_new_pairs_for_all_while_nobody_met_half_of_the_others_M20(
    data: st.DataObject, half: int, seed: int
) -> None:
    people = range(2 * half)
    met: dict[frozenset[int], int] = {}
    for both in data.draw(st.permutations(list(combinations(people, 2)))):
        if all(sum(one in two for two in met) < half - 1 for one in both):
            met[frozenset(both)] = data.draw(st.integers(1, 90))
    assert _repeats(pairs(people, met, seed), met) == ()


@pytest.mark.parametrize("people", [2, 4, 6, 8, 10, 14, 20, 30])
def test_an_even_club_repeats_nothing_for_half_as_many_weeks_M20(people: int) -> None:
    for seed in range(10):
        season = Season(seed)
        assert [season.next_week(range(people)) for _ in range(people // 2)] == [[]] * (people // 2)


@pytest.mark.parametrize("people", [5, 7, 9, 11, 13, 15, 21, 31])
def test_an_odd_club_repeats_nothing_for_one_week_less_M20(people: int) -> None:
    """A group of three uses up meetings faster. Five people can't do it twice."""
    for seed in range(10):
        season, weeks = Season(seed), people // 2 - 1
        assert [season.next_week(range(people)) for _ in range(weeks)] == [[]] * weeks


@pytest.mark.parametrize("people", [4, 6, 8, 12, 20, 21])
def test_later_on_a_repeat_is_a_third_of_the_club_away_M20(people: int) -> None:
    for seed in range(5):
        season = Season(seed)
        again = [weeks for _ in range(4 * people) for weeks in season.next_week(range(people))]
        assert min(again) >= people // 3


def test_two_and_three_have_no_choice_M20() -> None:
    for people in (2, 3):
        season = Season()
        assert not season.next_week(range(people))
        assert set(season.next_week(range(people))) == {1}


@given(st.data(), seeds)
def test_people_come_and_go_M20(data: st.DataObject, seed: int) -> None:
    """Who was away, left or is new changes nothing for the others: all are paired, few again."""
    season, here = Season(seed), set(range(16))
    for week in range(6):
        here -= data.draw(st.sets(st.sampled_from(sorted(here)), max_size=2))
        here |= {100 * week + n for n in range(data.draw(st.integers(2, 4)))}
        met_most = max((sum(one in both for both in season.met) for one in here), default=0)
        again = season.next_week(here)
        if len(here) % 2 == 0 and met_most < len(here) // 2:
            assert again == []


def test_a_meeting_of_this_week_is_refused() -> None:
    with pytest.raises(ValueError, match="one week ago"):
        pairs([1, 2], {frozenset({1, 2}): 0}, 1)


def test_five_hundred_people_who_met_for_a_year_M20() -> None:
    season, order = Season(), random.Random(7)
    people = list(range(500))
    for week in range(1, 53):
        order.shuffle(people)
        season.met.update(
            (frozenset(both), week) for both in zip(people[::2], people[1::2], strict=True)
        )
    season.week = 53
    assert season.next_week(people) == []
