"""What is offered while somebody types a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.day_rules.typing import days_to_come
from core.domain.days import Today
from tests.people import Office

MONDAY = date(2026, 11, 23)
HERE = Today(MONDAY, locale="en-US", country="US")


def offered(text: str, *, today: Today = HERE, past: bool = False) -> list[str]:
    return [day.isoformat() for day in days_to_come(text, today, past=past, most=25)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("", ["2026-11-24", "2026-11-26", "2026-11-30"]),
        ("tom", ["2026-11-24"]),
        ("tommorow", ["2026-11-24"]),
        ("next", ["2026-11-30", "2026-12-01"]),
        ("next f", ["2026-12-04"]),
        ("NEXT F", ["2026-12-04"]),
        ("next fri", ["2026-12-04"]),
        ("fri", ["2026-11-27", "2026-12-04"]),
        ("mon", ["2026-11-23", "2026-11-30"]),
        ("in 2", ["2026-11-25", "2026-12-07"]),
        ("2", ["2026-11-25", "2026-12-02"]),
        ("2 w", ["2026-12-07"]),
        ("1 d", ["2026-11-24", "2026-12-01"]),
        ("dec 2", ["2026-12-02", "2026-12-20"]),
        ("end", ["2026-11-27", "2026-12-04", "2026-11-30"]),
        ("end of n", ["2026-12-04", "2026-12-31"]),
        ("the end of the m", ["2026-11-30"]),
        ("aft", ["2026-11-30", "2026-11-27", "2026-12-28"]),
        ("4/5", ["2027-04-05"]),
        ("20 nov", ["2026-12-20", "2027-11-20"]),
        ("31 feb", ["2027-02-28", "2027-03-01"]),
        ("2026-12-01", ["2026-12-01"]),
    ],
)
def test_the_likeliest_day_comes_first(text: str, first: list[str]) -> None:
    assert offered(text)[: len(first)] == first


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("", ["2026-11-23", "2026-11-22"]),
        ("y", ["2026-11-22"]),
        ("last f", ["2026-11-20"]),
        ("fri", ["2026-11-20"]),
        ("3 d", ["2026-11-20"]),
        ("2 w", ["2026-11-09"]),
    ],
)
def test_what_already_was(text: str, first: list[str]) -> None:
    assert offered(text, past=True)[: len(first)] == first


def test_both_orders_are_offered_where_the_locale_is_unknown() -> None:
    assert offered("4/5", today=Today(MONDAY)) == ["2027-04-05", "2027-05-04"]


@pytest.mark.parametrize("text", ["xyzzy", "🙂", "x" * 500, "2026-"])
def test_nothing_is_offered_for_what_is_no_day(text: str) -> None:
    assert offered(text) == []


typed = st.text(max_size=20) | st.lists(
    st.sampled_from("next in 2 1 d f end of aft the mon 31 feb 4/ 9999 week last a".split()),
    max_size=5,
).map(" ".join)


@given(typed, st.dates(date(2024, 1, 1), date(2040, 12, 31)), st.booleans())
def test_whatever_is_typed_the_days_are_right(text: str, today: date, past: bool) -> None:
    days = days_to_come(text, Today(today), past=past, most=25)
    assert len(days) <= 25
    assert len(set(days)) == len(days)
    for day in days:
        assert day <= today if past else day >= today
        assert abs(day - today) <= timedelta(days=732)


async def test_a_day_is_offered_with_its_distance_and_sent_as_iso(office: Office) -> None:
    dana = office.member("dana")
    for text in ("next f", "fri"):
        found = await office.desk.suggest("snooze", "until", text, dana.caller())
        assert ("Friday 4 December (in 11 days)", "2026-12-04") in [
            (choice.label, choice.value) for choice in found
        ]
    back = await office.desk.suggest("sent", "on", "last f", dana.caller())
    assert [choice.value for choice in back] == ["2026-11-20"]


async def test_an_angle_of_ones_own_stays_among_the_completions(office: Office) -> None:
    dana = office.member("dana")
    found = await office.desk.suggest("sent", "angle", "ide", dana.caller())
    assert [choice.value for choice in found] == ["idea", "ide"]
