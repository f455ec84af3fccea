"""A day as people write it, read against the member's own today."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from core.domain.calendar import ONE_DAY, WorkCalendar

MONTHS = (
    "january february march april may june july august september october november december"
).split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
FURTHEST = timedelta(days=2 * 366)

EXAMPLES = "`2026-12-01`, `1 Dec`, `tomorrow`, `in 3 days`, `Friday` or `in 4 business days`"


@dataclass(frozen=True)
class Today:
    """What a written day is read against."""

    day: date
    calendar: WorkCalendar = WorkCalendar()


class UnclearDay(ValueError):
    """The words name no day, or none that was meant; the message says which."""


Rule = tuple[re.Pattern[str], Callable[[re.Match[str], Today, bool], date | None]]


def read_day(text: str, today: Today, *, past: bool = False) -> date:
    """The day that these words mean.

    With `past` a day that already was is wanted (when something was sent): bare weekdays and dates
    without a year look back. Raises UnclearDay when the words name no day, or one on the wrong
    side of today, or more than two years away.
    """
    words = " ".join(text.lower().replace(",", " ").split()).rstrip(".")
    words = words.removeprefix("on ").removeprefix("until ")
    for pattern, rule in RULES:
        found = pattern.fullmatch(words)
        if found is None:
            continue
        try:
            day = rule(found, today, past)
        except (ValueError, OverflowError):
            day = None
        if day is not None:
            return _on_the_right_side(day, today.day, past)
    raise UnclearDay("no day")


def names_a_day(text: str) -> bool:
    """Whether the words name some day at all, whichever today is."""
    anchor = Today(date(2024, 1, 10))
    for past in (False, True):
        try:
            read_day(text, anchor, past=past)
        except UnclearDay as unclear:
            if str(unclear) != "no day":
                return True
        else:
            return True
    return False


def _on_the_right_side(day: date, today: date, past: bool) -> date:
    if past and day > today:
        raise UnclearDay("future")
    if not past and day < today:
        raise UnclearDay("past")
    if abs(day - today) > FURTHEST:
        raise UnclearDay("far")
    return day


def _relative(found: re.Match[str], today: Today, past: bool) -> date | None:
    del past
    word = found[0]
    return today.day + ONE_DAY * {"today": 0, "tomorrow": 1, "yesterday": -1}[word]


def _count(word: str) -> int:
    words = "one two three four five six seven eight nine ten".split()
    if word in ("a", "an"):
        return 1
    return words.index(word) + 1 if word in words else int(word)


def _in_some(found: re.Match[str], today: Today, past: bool) -> date | None:
    del past
    count, unit = _count(found["count"]), found["unit"]
    if found["business"]:
        return today.calendar.after(today.day, count) if 1 <= count <= 500 else None
    if unit == "month":
        return _months_on(today.day, count)
    return today.day + timedelta(days=count * {"day": 1, "week": 7}[unit])


def _some_ago(found: re.Match[str], today: Today, past: bool) -> date | None:
    del past
    days = _count(found["count"]) * {"day": 1, "week": 7}[found["unit"]]
    return today.day - timedelta(days=days)


def _months_on(day: date, count: int) -> date:
    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - ONE_DAY).day
    return date(year, month, min(day.day, last))


def _weekday(found: re.Match[str], today: Today, past: bool) -> date | None:
    wanted = _index(found["weekday"], WEEKDAYS)
    if found["which"] == "next":
        monday = today.day + ONE_DAY * (7 - today.day.weekday())
        return monday + ONE_DAY * wanted
    if past or found["which"] == "last":
        return today.day - ONE_DAY * ((today.day.weekday() - wanted) % 7 or 7)
    return today.day + ONE_DAY * ((wanted - today.day.weekday()) % 7 or 7)


def _next_week(found: re.Match[str], today: Today, past: bool) -> date | None:
    del found, past
    return today.calendar.on_or_after(today.day + ONE_DAY * (7 - today.day.weekday()))


def _iso(found: re.Match[str], today: Today, past: bool) -> date | None:
    del today, past
    return date.fromisoformat(found[0])


def _day_month(found: re.Match[str], today: Today, past: bool) -> date | None:
    month = _index(found["month"], MONTHS) + 1
    day, year = int(found["day"]), found["year"]
    if year:
        return date(int(year), month, day)
    for candidate_year in _years(today.day.year, past):
        candidate = _date_or_none(candidate_year, month, day)
        if candidate and ((candidate <= today.day) if past else (candidate >= today.day)):
            return candidate
    return None


def _years(year: int, past: bool) -> list[int]:
    return [year, year - 1] if past else [year, year + 1]


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _index(word: str, names: list[str]) -> int:
    return next(i for i, name in enumerate(names) if name.startswith(word[:3]))


_NUMBER = r"(?P<count>\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten)"
_DAYS = "|".join(rf"{d[:3]}|{d}" for d in WEEKDAYS) + "|tues|wednes|thur|thurs"
_MONTHS = "|".join(rf"{m[:3]}\.?|{m}" for m in MONTHS) + r"|sept\.?"
_DATE = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"

RULES: tuple[Rule, ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (r"today|tomorrow|yesterday", _relative),
        (
            rf"in {_NUMBER} (?P<business>(?:business|working|work) )?(?P<unit>day|week|month)s?",
            _in_some,
        ),
        (rf"{_NUMBER} (?P<unit>day|week)s? ago", _some_ago),
        (rf"(?:(?P<which>next|this|last) )?(?P<weekday>{_DAYS})", _weekday),
        (r"next week", _next_week),
        (r"\d{4}-\d{2}-\d{2}", _iso),
        (rf"{_DATE}(?: of)? (?P<month>{_MONTHS})(?: (?P<year>\d{{4}}))?", _day_month),
        (rf"(?P<month>{_MONTHS}) {_DATE}(?: (?P<year>\d{{4}}))?", _day_month),
    )
)
