"""Days as people write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.domain.calendar import WorkCalendar
from core.domain.days import FURTHEST, Today, UnclearDay, names_a_day, read_day

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
NEW_YEARS_EVE = date(2026, 12, 31)
LEAP_DAY = date(2028, 2, 29)

some_days = st.dates(date(2024, 1, 1), date(2040, 12, 31))
WRITTEN = (
    *"in on next last this ago day days week weeks business working of the st th a an".split(),
    *"monday fri sat tues january dec sept. 29 feb 31 30 1 2 0 9999 2026 2026-02-30".split(),
    *"today tomorrow yesterday until , . 1st ٣ -1 1e9".split(),
)
almost = st.lists(st.sampled_from(WRITTEN), max_size=6).map(" ".join)


def reads(text: str, today: date, past: bool = False) -> str:
    """The day in ISO form, or what was unclear about it."""
    try:
        return read_day(text, Today(today), past=past).isoformat()
    except UnclearDay as unclear:
        return str(unclear)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the issue's own
        ("2026-12-01", "2026-12-01"),
        ("1 Dec", "2026-12-01"),
        ("tomorrow", "2026-11-24"),
        ("in 3 days", "2026-11-26"),
        ("Friday", "2026-11-27"),
        ("next Friday", "2026-12-04"),
        ("in 4 business days", "2026-11-27"),
        # other ways to say it
        ("today", "2026-11-23"),
        ("on Friday.", "2026-11-27"),
        ("until friday", "2026-11-27"),
        ("this Fri", "2026-11-27"),
        ("Monday", "2026-11-30"),
        ("next Monday", "2026-11-30"),
        ("next week", "2026-11-30"),
        ("in a week", "2026-11-30"),
        ("in two weeks", "2026-12-07"),
        ("in 1 month", "2026-12-23"),
        ("in 5 working days", "2026-11-30"),
        ("1st of December", "2026-12-01"),
        ("December 1st", "2026-12-01"),
        ("Dec. 1, 2027", "2027-12-01"),
        ("Sept 3", "2027-09-03"),
        ("5 Jan", "2027-01-05"),
        ("23 Nov", "2026-11-23"),
        ("  IN   3\tDAYS ", "2026-11-26"),
    ],
)
def test_a_day_from_a_monday(text: str, expected: str) -> None:
    assert reads(text, MONDAY) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no day"),
        ("someday", "no day"),
        ("32 Dec", "no day"),
        ("31 Feb", "no day"),
        ("2026-13-01", "no day"),
        ("in 0 business days", "no day"),
        ("2026-11-22", "past"),
        ("yesterday", "past"),
        ("last Friday", "past"),
        ("3 days ago", "past"),
        ("2029-11-23", "far"),
        ("in 200 weeks", "far"),
    ],
)
def test_what_is_no_day_says_why(text: str, why: str) -> None:
    assert reads(text, MONDAY) == why


@pytest.mark.parametrize("offset", range(7))
def test_friday_is_the_coming_one_and_next_friday_is_in_next_week(offset: int) -> None:
    today = MONDAY + timedelta(days=offset)
    coming = FRIDAY if today < FRIDAY else FRIDAY + timedelta(days=7)
    assert reads("Friday", today) == coming.isoformat()
    assert reads("next Friday", today) == "2026-12-04"


@given(some_days, st.integers(0, 6))
def test_a_weekday_is_the_nearest_later_one(today: date, weekday: int) -> None:
    name = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()[weekday]
    for text in (name, name[:3].lower()):
        day = read_day(text, Today(today))
        assert day.weekday() == weekday
        assert 1 <= (day - today).days <= 7
    following = read_day(f"next {name}", Today(today))
    assert following.isocalendar()[:2] == (today + timedelta(days=7)).isocalendar()[:2]
    assert following.weekday() == weekday


@pytest.mark.parametrize(
    ("text", "today", "expected"),
    [
        ("tomorrow", NEW_YEARS_EVE, "2027-01-01"),
        ("1 Jan", NEW_YEARS_EVE, "2027-01-01"),
        ("31 Dec", NEW_YEARS_EVE, "2026-12-31"),
        ("in 2 business days", NEW_YEARS_EVE, "2027-01-04"),
        ("in 1 month", date(2027, 1, 31), "2027-02-28"),
        ("in 1 month", date(2028, 1, 31), "2028-02-29"),
        ("in 12 months", LEAP_DAY, "2029-02-28"),
        ("in 2 months", NEW_YEARS_EVE, "2027-02-28"),
        ("29 Feb", date(2027, 6, 1), "2028-02-29"),
        ("29 Feb", LEAP_DAY, "2028-02-29"),
        ("29 Feb", date(2028, 3, 1), "no day"),
        ("29 Feb 2027", MONDAY, "no day"),
        ("in 365 days", LEAP_DAY, "2029-02-28"),
    ],
)
def test_at_the_ends_of_years_and_months(text: str, today: date, expected: str) -> None:
    assert reads(text, today) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", "2026-11-23"),
        ("yesterday", "2026-11-22"),
        ("3 days ago", "2026-11-20"),
        ("a week ago", "2026-11-16"),
        ("Friday", "2026-11-20"),
        ("last Friday", "2026-11-20"),
        ("Monday", "2026-11-16"),
        ("1 Dec", "2025-12-01"),
        ("20 Nov", "2026-11-20"),
        ("2026-11-20", "2026-11-20"),
        ("tomorrow", "future"),
        ("next Friday", "future"),
        ("in 3 days", "future"),
        ("2026-12-01", "future"),
        ("2020-01-01", "far"),
        ("whenever", "no day"),
    ],
)
def test_a_day_that_already_was(text: str, expected: str) -> None:
    assert reads(text, MONDAY, past=True) == expected


def test_business_days_are_the_members_own() -> None:
    today = Today(MONDAY, WorkCalendar(days_off=frozenset({2})))
    assert read_day("in 4 business days", today).isoformat() == "2026-11-30"
    assert read_day("next week", Today(MONDAY, WorkCalendar(frozenset({0})))).isoformat() == (
        "2026-12-01"
    )


@given(st.text(max_size=40) | almost, some_days, st.booleans())
@example("in 9999 months", date(2040, 12, 31), False)
@example("9999-12-31", date(2024, 1, 1), False)
@example("0001-01-01", date(2024, 1, 1), True)
def test_any_text_is_a_day_on_the_right_side_or_unclear(text: str, today: date, past: bool) -> None:
    try:
        day = read_day(text, Today(today), past=past)
    except UnclearDay as unclear:
        assert str(unclear) in ("no day", "past", "future", "far")
        return
    assert day <= today if past else day >= today
    assert abs(day - today) <= FURTHEST
    assert names_a_day(text)


@given(some_days, st.integers(0, 700))
def test_every_way_to_write_a_date_is_the_same_day(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    for text in (f"{day:%Y-%m-%d}", f"{day.day} {day:%b %Y}", f"{day:%B} {day.day}, {day.year}"):
        assert read_day(text, Today(today)) == day
    assert read_day(f"in {ahead} days", Today(today)) == day


@pytest.mark.parametrize("text", ["data PM", "Dana", "email", "May", "5", "March on", "2 ideas"])
def test_other_words_name_no_day(text: str) -> None:
    assert not names_a_day(text)


@pytest.mark.parametrize("text", ["Friday", "29 Feb", "3 days ago", "2020-01-01", "in 99 months"])
def test_words_name_a_day_even_if_it_would_be_refused(text: str) -> None:
    assert names_a_day(text)
