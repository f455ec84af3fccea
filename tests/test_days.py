"""Days as people write them."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.domain.calendar import WorkCalendar
from core.domain.days import (
    FURTHEST,
    Today,
    Unclear,
    UnclearDay,
    may_name_a_day,
    names_a_day,
    read_day,
)
from core.text import plain
from core.voice.days import date_words, day_words, short_date
from core.voice.unclear import suggestion_labels, unclear_words

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
NEW_YEARS_EVE = date(2026, 12, 31)
LEAP_DAY = date(2028, 2, 29)

some_days = st.dates(date(2024, 1, 1), date(2040, 12, 31))
WRITTEN = (
    *"in on next last this ago day days week weeks business working of the st th a an".split(),
    *"monday fri sat tues january dec sept. 29 feb 31 30 1 2 0 9999 2026 2026-02-30".split(),
    *"today tomorrow yesterday until , . 1st ٣ -1 1e9 after before from end early mid".split(),
    *"first working christmas thanksgiving easter or ( ) 4/5 22.4. ago few 2w tommorow".split(),
)
almost = st.lists(st.sampled_from(WRITTEN), max_size=8).map(" ".join)


def reads(text: str, today: date, past: bool = False, locale: str = "", country: str = "") -> str:
    """The day in ISO form, or what was unclear about it."""
    try:
        scene = Today(today, locale=locale, country=country)
        return read_day(text, scene, past=past).isoformat()
    except UnclearDay as unclear:
        return str(unclear)


def refused(text: str, today: date, past: bool = False, locale: str = "") -> UnclearDay:
    with pytest.raises(UnclearDay) as raised:
        read_day(text, Today(today, locale=locale), past=past)
    return raised.value


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
        # the days of the method's second issue
        ("Tuesday next week", "2026-12-01"),
        ("next week Tuesday", "2026-12-01"),
        ("next week on Tuesday", "2026-12-01"),
        ("the first Friday of next month", "2026-12-04"),
        ("last Monday of January", "2027-01-25"),
        ("first Friday in March", "2027-03-05"),
        ("the last working day of January", "2027-01-29"),
        ("first of next month", "2026-12-01"),
        ("in four business days", "2026-11-27"),
        ("2 workdays", "2026-11-25"),
        ("two weeks from tomorrow", "2026-12-08"),
        ("3 days after Friday", "2026-11-30"),
        ("a week from Wednesday", "2026-12-02"),
        ("a week on Wednesday", "2026-12-02"),
        ("2 business days after Thursday", "2026-11-30"),
        ("2 days before Christmas", "2026-12-23"),
        ("in 10 days", "2026-12-03"),
        ("in a fortnight", "2026-12-07"),
        ("in two weeks' time", "2026-12-07"),
        ("a couple of weeks from now", "2026-12-07"),
        ("the 20th", "2026-12-20"),
        ("20th", "2026-12-20"),
        ("the 31st", "2026-12-31"),
        ("the 20th of next month", "2026-12-20"),
        ("the fifth", "2026-12-05"),
        ("tmrw", "2026-11-24"),
        ("tmr", "2026-11-24"),
        ("2moro", "2026-11-24"),
        ("tonight", "2026-11-23"),
        ("this afternoon", "2026-11-23"),
        ("eod", "2026-11-23"),
        ("eow", "2026-11-27"),
        ("end of the week", "2026-11-27"),
        ("end of next week", "2026-12-04"),
        ("early next week", "2026-11-30"),
        ("week after next", "2026-12-07"),
        ("eom", "2026-11-30"),
        ("end of the month", "2026-11-30"),
        ("end of next month", "2026-12-31"),
        ("end of January", "2027-01-29"),
        ("beginning of next month", "2026-12-01"),
        ("early next month", "2026-12-01"),
        ("early January", "2027-01-01"),
        ("mid January", "2027-01-15"),
        ("mid-December", "2026-12-15"),
        ("middle of next month", "2026-12-15"),
        ("mid August", "2027-08-16"),
        ("mid May", "2027-05-14"),
        ("this Friday", "2026-11-27"),
        ("this Monday", "2026-11-23"),
        ("coming Monday", "2026-11-30"),
        ("Friday week", "2026-12-04"),
        ("tomorrow week", "2026-12-01"),
        ("in 2 wks", "2026-12-07"),
        ("in 3d", "2026-11-26"),
        ("2w", "2026-12-07"),
        ("after Thanksgiving", "2026-11-27"),
        ("after Christmas", "2026-12-28"),
        ("after New Year", "2027-01-04"),
        ("after Easter", "2027-03-30"),
        ("Easter Monday", "2027-03-29"),
        ("new year's eve", "2026-12-31"),
        ("the Monday after Thanksgiving", "2026-11-30"),
        ("after the weekend", "2026-11-30"),
        ("after Friday", "2026-11-30"),
        ("before Friday", "2026-11-26"),
        ("day after tomorrow", "2026-11-25"),
        ("the day after tomorrow", "2026-11-25"),
        ("the day before Christmas", "2026-12-24"),
        ("Jan 5", "2027-01-05"),
        ("5jan", "2027-01-05"),
        ("5-Jan-2027", "2027-01-05"),
        ("5 January 2027", "2027-01-05"),
        ("5. January", "2027-01-05"),
        ("5.1.", "2027-01-05"),
        ("22.4.", "2027-04-22"),
        ("22.04.2027", "2027-04-22"),
        ("4/22", "2027-04-22"),
        ("22/04", "2027-04-22"),
        ("4/22/2027", "2027-04-22"),
        ("22/4/27", "2027-04-22"),
        ("2026/12/01", "2026-12-01"),
        ("29 Feb", "2028-02-29"),
        ("Friday, 4 December", "2026-12-04"),
        ("weds", "2026-11-25"),
        ("thurs.", "2026-11-26"),
        ("by Friday", "2026-11-27"),
        ("maybe around Friday?", "2026-11-27"),
        ("till FRIDAY!", "2026-11-27"),
        ("Friday at 3pm", "2026-11-27"),
        ("tomorrow morning", "2026-11-24"),
        ("Friday in two weeks", "2026-12-11"),
        ("by end of day Friday", "2026-11-27"),
        ("tomorrow eod", "2026-11-24"),
        ("the week of 7 December", "2026-12-07"),
        ("two weeks after Christmas", "2027-01-08"),
        # slips of the pen
        ("tommorow", "2026-11-24"),
        ("tomorow", "2026-11-24"),
        ("wendesday", "2026-11-25"),
        ("thrusday", "2026-11-26"),
        ("febuary 3", "2027-02-03"),
        ("in 4 buisness days", "2026-11-27"),
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
        ("Monday", "ambiguous"),
        ("a week from Monday", "ambiguous"),
        ("the 23rd", "ambiguous"),
        ("4/5", "ambiguous"),
        ("next month", "ambiguous"),
        ("next year", "ambiguous"),
        ("this week", "ambiguous"),
        ("March", "ambiguous"),
        ("this weekend", "ambiguous"),
        ("Friday next", "ambiguous"),
        ("Friday after next", "ambiguous"),
        ("in a few days", "ambiguous"),
        ("in 2 or 3 days", "ambiguous"),
        ("Friday or Tuesday", "ambiguous"),
        ("between Tuesday and Friday", "ambiguous"),
        ("Saturday 27 November", "ambiguous"),
        ("the week after Thanksgiving", "ambiguous"),
        ("5", "ambiguous"),
        ("asap", "ambiguous"),
        ("20 Nov", "past"),
        ("11/20", "past"),
        ("mid-month", "past"),
        ("1 Nov 2026", "past"),
        ("munday", "no day"),
        ("thuesday", "no day"),
        ("one day", "no day"),
        ("after work", "no day"),
        ("99/99", "no day"),
        ("x" * 5000, "no day"),
        ("Friday " * 20, "no day"),
    ],
)
def test_what_is_no_day_says_why(text: str, why: str) -> None:
    assert reads(text, MONDAY) == why


@pytest.mark.parametrize("offset", range(7))
def test_friday_is_the_coming_one_and_next_friday_is_in_next_week(offset: int) -> None:
    today = MONDAY + timedelta(days=offset)
    coming = FRIDAY if today <= FRIDAY else FRIDAY + timedelta(days=7)
    assert reads("Friday", today) == ("ambiguous" if today == FRIDAY else coming.isoformat())
    assert reads("this Friday", today) == coming.isoformat()
    assert reads("last Friday", today, past=True) == (
        "2026-11-27" if today > FRIDAY else "2026-11-20"
    )
    assert reads("next Friday", today) == "2026-12-04"


@given(some_days, st.integers(0, 6))
def test_a_weekday_is_the_nearest_later_one(today: date, weekday: int) -> None:
    name = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()[weekday]
    for text in (name, name[:3].lower()):
        if today.weekday() == weekday:
            unclear = refused(text, today)
            assert unclear.kind is Unclear.AMBIGUOUS
            assert unclear.suggestions == (today, today + timedelta(days=7))
            continue
        day = read_day(text, Today(today))
        assert day.weekday() == weekday
        assert 1 <= (day - today).days <= 6
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
        ("29 Feb", date(2028, 3, 1), "past"),
        ("29 Feb", date(2028, 4, 1), "past"),
        ("30 Dec", date(2027, 1, 2), "past"),
        ("eom", NEW_YEARS_EVE, "2026-12-31"),
        ("end of the year", NEW_YEARS_EVE, "2026-12-31"),
        ("end of next month", NEW_YEARS_EVE, "2027-01-29"),
        ("the first Friday of next month", NEW_YEARS_EVE, "2027-01-01"),
        ("next Friday", NEW_YEARS_EVE, "2027-01-08"),
        ("eow", NEW_YEARS_EVE, "2027-01-01"),
        ("eow", date(2026, 11, 28), "past"),
        ("eom", date(2027, 1, 30), "past"),
        ("the 31st", date(2027, 1, 31), "ambiguous"),
        ("the 30th", date(2027, 1, 31), "2027-03-30"),
        ("end of February", LEAP_DAY, "2028-02-29"),
        ("a year from tomorrow", LEAP_DAY, "2029-03-01"),
        ("after Thanksgiving", date(2026, 11, 27), "ambiguous"),
        ("after Thanksgiving", date(2026, 12, 10), "2027-11-26"),
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
        ("Monday", "ambiguous"),
        ("this Monday", "2026-11-23"),
        ("last Monday", "2026-11-16"),
        ("Friday last week", "2026-11-20"),
        ("the 20th", "2026-11-20"),
        ("the 25th", "2026-10-25"),
        ("two business days ago", "2026-11-19"),
        ("the day before yesterday", "2026-11-21"),
        ("a couple of days ago", "2026-11-21"),
        ("last night", "2026-11-22"),
        ("this morning", "2026-11-23"),
        ("end of last month", "2026-10-30"),
        ("first of the month", "2026-11-01"),
        ("11/20", "2026-11-20"),
        ("Christmas", "2025-12-25"),
        ("25 Nov", "future"),
        ("last week", "ambiguous"),
        ("a few days ago", "ambiguous"),
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
        assert str(unclear) == unclear.kind.value
        sides = [day <= today if past else day >= today for day in unclear.suggestions]
        assert all(sides)
        assert len(set(unclear.suggestions)) == (2 if unclear.kind != "no day" else len(sides))
        assert len(sides) in (0, 2)
        assert plain(unclear_words(unclear, text, today))
        return
    assert day <= today if past else day >= today
    assert abs(day - today) <= FURTHEST
    names_a_day(text)


@given(some_days, st.integers(0, 700))
def test_every_way_to_write_a_date_is_the_same_day(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    said = (day_words(day, today), date_words(day, today), short_date(day, today))
    for text in (
        *(f"{day:%Y-%m-%d}", f"{day.day} {day:%b %Y}", f"{day:%B} {day.day}, {day.year}"),
        *(f"{day:%Y/%m/%d}", f"{day:%d.%m.%Y}", *said),
    ):
        assert read_day(text, Today(today)) == day
    assert read_day(f"{day:%m/%d/%Y}", Today(today, locale="en-US")) == day
    assert read_day(f"{day:%d/%m/%Y}", Today(today, locale="de")) == day
    back = today - timedelta(days=ahead)
    for text in (f"{back:%Y-%m-%d}", f"{back.day} {back:%b %Y}", day_words(back, today)):
        assert read_day(text, Today(today), past=True) == back
    assert read_day(f"in {ahead} days", Today(today)) == day


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("4/5", "en-US", "2027-04-05"),
        ("4/5", "en_US", "2027-04-05"),
        ("4/5", "en-GB", "2027-05-04"),
        ("4/5", "de", "2027-05-04"),
        ("4/5", "fr", "2027-05-04"),
        ("4/5", "ja", "2027-04-05"),
        ("4/5", "en", "ambiguous"),
        ("4/5", "", "ambiguous"),
        ("5/5", "", "2027-05-05"),
        ("4/5/2027", "", "ambiguous"),
        ("4/5/2027", "en-US", "2027-04-05"),
        ("4-5-2027", "en-GB", "2027-05-04"),
        ("22/04", "en-US", "2027-04-22"),
        ("4/22", "de", "2027-04-22"),
        ("4.5.", "en-US", "2027-05-04"),
        ("4.5", "en-US", "ambiguous"),
        ("4.5", "de", "2027-05-04"),
        ("4.5.2027", "", "2027-05-04"),
    ],
)
def test_the_locale_says_which_number_is_the_month(text: str, locale: str, expected: str) -> None:
    assert reads(text, MONDAY, locale=locale) == expected


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("after Christmas", "GB", "2026-12-29"),
        ("after Christmas", "US", "2026-12-28"),
        ("in 4 business days", "US", "2026-11-30"),
        ("Labor Day", "US", "2027-09-06"),
        ("labour day", "DE", "2027-05-01"),
        ("after Memorial Day", "US", "2027-06-01"),
        ("MLK day", "US", "2027-01-18"),
        ("the day after Thanksgiving", "CA-ON", "2027-10-12"),
        ("German Unity Day", "DE", "2027-10-03"),
        ("Labor Day", "", "no day"),
        ("Christmas", "XX", "2026-12-25"),
    ],
)
def test_a_holiday_by_its_name_is_the_countrys_own(text: str, country: str, expected: str) -> None:
    assert reads(text, MONDAY, country=country) == expected


def test_without_a_country_the_locale_tells_whose_holidays_are_meant() -> None:
    assert reads("after Labor Day", MONDAY, locale="en-US") == "2027-09-07"


@pytest.mark.parametrize(
    ("text", "past", "suggested"),
    [
        ("Monday", False, ("2026-11-23", "2026-11-30")),
        ("Monday", True, ("2026-11-23", "2026-11-16")),
        ("4/5", False, ("2027-04-05", "2027-05-04")),
        ("yesterday", False, ("2026-11-23", "2026-11-24")),
        ("last Friday", False, ("2026-11-27", "2026-12-04")),
        ("20 Nov", False, ("2026-12-20", "2027-11-20")),
        ("31 Feb", False, ("2027-02-28", "2027-03-01")),
        ("2029-11-23", False, ("2027-11-23", "2028-11-23")),
        ("thuesday", False, ("2026-11-24", "2026-11-26")),
        ("tomorrow", True, ("2026-11-23", "2026-11-22")),
        ("next Friday", True, ("2026-11-20", "2026-11-13")),
        ("gibberish", False, ()),
    ],
)
def test_two_days_are_suggested_instead(text: str, past: bool, suggested: tuple[str, ...]) -> None:
    unclear = refused(text, MONDAY, past)
    assert tuple(day.isoformat() for day in unclear.suggestions) == suggested
    words = plain(unclear_words(unclear, text, MONDAY))
    assert all(label in words for label in suggestion_labels(unclear, MONDAY))
    assert text in words
    assert len(words) < 200


def test_the_reason_is_said_in_a_sentence() -> None:
    words = plain(unclear_words(refused("Friday", FRIDAY), "Friday", FRIDAY))
    assert words == (
        "“Friday” can mean two days. Did you mean Friday 27 November (today) or "
        "Friday 4 December (in 7 days)?"
    )
    assert "yesterday" in plain(unclear_words(refused("x", MONDAY, True), "x", MONDAY))


@pytest.mark.parametrize(
    "text",
    [
        *("data PM", "Dana", "email", "May", "5", "March on", "2 ideas", "March", "second", "1/2"),
        *("Sun Microsystems", "second opinion", "24/7", "9-5", "3D", "6 months", "Christmas"),
        *("April May", "the second", "someday", "one day", "Munday", "Jane", "9/11", "now", ""),
        *("Early Bird", "Sunday Times", "v2.1", "5.1", "weekend", "after work", "Augusta"),
    ],
)
def test_other_words_name_no_day(text: str) -> None:
    assert not names_a_day(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Friday", "29 Feb", "3 days ago", "2020-01-01", "in 99 months", "next month", "4/22"),
        *("22.4.", "2w", "eow", "the 20th", "after Thanksgiving", "tommorow", "Labor Day"),
    ],
)
def test_words_name_a_day_even_if_it_would_be_refused(text: str) -> None:
    assert names_a_day(text)


def test_where_a_day_is_asked_for_more_words_may_be_one() -> None:
    assert may_name_a_day("4/5")
    assert may_name_a_day("5")
    assert not may_name_a_day("Dana")


@pytest.mark.parametrize("today", [date(1, 1, 1), date(9999, 12, 31)])
@pytest.mark.parametrize("text", ["yesterday", "tomorrow", "Friday", "31 Feb", "eom", "last week"])
@pytest.mark.parametrize("past", [False, True])
def test_the_calendar_ends(today: date, text: str, past: bool) -> None:
    assert reads(text, today, past=past)


def test_a_member_without_working_days_is_answered() -> None:
    never = WorkCalendar(days_off=frozenset(range(7)))
    for text in ("in 4 business days", "next week", "eom", "after Friday", "mid May", "a day ago"):
        with contextlib.suppress(UnclearDay):
            assert read_day(text, Today(MONDAY, never)) >= MONDAY
