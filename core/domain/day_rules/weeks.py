"""Weekdays, and the parts of weeks, months and years."""

from __future__ import annotations

from datetime import date, timedelta

from core.domain.calendar import ONE_DAY
from core.domain.day_rules.base import (
    ANY_MONTH,
    ANY_WEEKDAY,
    COUNT,
    Days,
    Found,
    Rule,
    Scene,
    month_number,
    optional,
    weekday_number,
)
from core.domain.day_rules.steps import (
    around,
    days_down,
    days_up,
    first_working,
    monday_of,
    month_end,
    month_of,
    months_on,
    nearest_working,
    nth_weekday,
    working_days_on,
)

WEEK = timedelta(days=7)
_WEEKS = {"last": -1, "this": 0, "": 0, "next": 1, "after next": 2}
FRIDAY = 4
WEDNESDAY = 2
MIDDLE = 15


def _bare(found: Found, scene: Scene) -> Days:
    """The nearest such day; on that weekday itself it may be today or a week away."""
    wanted = weekday_number(found["weekday"])
    if scene.past:
        first = scene.day - ONE_DAY * ((scene.day.weekday() - wanted) % 7)
        return (first, first - WEEK) if first == scene.day else (first,)
    first = scene.day + ONE_DAY * ((wanted - scene.day.weekday()) % 7)
    return (first, first + WEEK) if first == scene.day else (first,)


def _which(found: Found, scene: Scene) -> Days:
    """ "Next" is in the next week from Monday on, "last" the nearest that was.

    "This" is in this week, or where that is over and a day to come is wanted, the coming one.
    """
    wanted, which = weekday_number(found["weekday"]), found["which"]
    if which == "last":
        return (scene.day - ONE_DAY * ((scene.day.weekday() - wanted) % 7 or 7),)
    if which == "coming":
        return (scene.day + ONE_DAY * ((wanted - scene.day.weekday()) % 7 or 7),)
    day = monday_of(scene.day) + ONE_DAY * wanted
    over = which == "this" and day < scene.day and not scene.past
    return (day + WEEK,) if which == "next" or over else (day,)


def _after_next(found: Found, scene: Scene) -> Days:
    first = monday_of(scene.day) + WEEK + ONE_DAY * weekday_number(found["weekday"])
    return first + WEEK, first


def _both_weeks(found: Found, scene: Scene) -> Days:
    """ "Friday next" is the coming one to some, and next week's to others."""
    coming = scene.day + ONE_DAY * ((weekday_number(found["weekday"]) - scene.day.weekday()) % 7)
    return coming, monday_of(scene.day) + WEEK + ONE_DAY * weekday_number(found["weekday"])


def _in_weeks(found: Found, scene: Scene) -> Days:
    """ "Friday in two weeks": of that week, or two weeks after the coming one."""
    weeks = WEEK * (1 if found["count"] in ("a", "an") else int(found["count"]))
    wanted = weekday_number(found["weekday"])
    coming = scene.day + ONE_DAY * ((wanted - scene.day.weekday()) % 7)
    return monday_of(scene.day) + ONE_DAY * wanted + weeks, coming + weeks


def _in_week(found: Found, scene: Scene) -> Days:
    return (_week(found, scene) + ONE_DAY * weekday_number(found["weekday"]),)


def _week(found: Found, scene: Scene) -> date:
    """The Monday of the week that is meant."""
    groups = found.groupdict()
    which = "after next" if groups.get("later") else groups.get("which") or ""
    return monday_of(scene.day) + WEEK * _WEEKS[which]


def _whole_week(found: Found, scene: Scene) -> Days:
    """Next week begins on its first working day; this one and the last are no day."""
    monday = _week(found, scene)
    first = first_working(scene.calendar, days_up(monday, 7)) or monday
    if monday > scene.day:
        return (first,)
    if found["which"] == "last":
        return scene.day - WEEK, monday + ONE_DAY * FRIDAY
    return scene.day + (-ONE_DAY if scene.past else ONE_DAY), monday + ONE_DAY * FRIDAY


def _week_of(found: Found, scene: Scene) -> Days:
    """ "The week of 7 December": its first working day."""
    mondays = [monday_of(day) for day in scene.anchor(found["anchor"])]
    return tuple(first_working(scene.calendar, days_up(day, 7)) or day for day in mondays)


def _part_of_week(found: Found, scene: Scene) -> Days:
    """The first working day, Wednesday or the last working day up to Friday."""
    monday = _week(found, scene)
    if found["part"] == "mid":
        return (nearest_working(scene.calendar, monday + ONE_DAY * WEDNESDAY),)
    friday = monday + ONE_DAY * FRIDAY
    days = days_down(friday, 5) if found["part"] == "end of" else days_up(monday, 5)
    return (first_working(scene.calendar, days) or days[0],)


def _weekend(found: Found, scene: Scene) -> Days:
    saturday = _week(found, scene) + ONE_DAY * 5
    return saturday, saturday + ONE_DAY


def _months(found: Found, scene: Scene) -> Days:
    """The first days of the months that may be meant."""
    groups = found.groupdict()
    if groups.get("month"):
        number = month_number(groups["month"])
        if groups.get("year"):
            return (date(int(groups["year"]), number, 1),)
        return tuple(
            date(year, number, 1) for year in range(scene.day.year - 1, scene.day.year + 2)
        )
    return (month_of(scene.day, _WEEKS[groups.get("which") or ""]),)


def _of_months(found: Found, scene: Scene) -> Days:
    """The part of the month that is meant; of a month without a year, the nearest ones."""
    days = [day for first in _months(found, scene) for day in _part_of_month(found, scene, first)]
    if len(days) < 2:
        return tuple(days)
    by_year = {day.year: day for day in days}
    return around(scene, lambda year: by_year.get(year), span=1)


def _part_of_month(found: Found, scene: Scene, first: date) -> Days:
    part = found["part"]
    if part == "mid":
        return (nearest_working(scene.calendar, first.replace(day=MIDDLE)),)
    if part == "early":
        return (first_working(scene.calendar, days_up(first)) or first,)
    last = month_end(first)
    return (first_working(scene.calendar, days_down(last)) or last,)


def _nth_of_month(found: Found, scene: Scene) -> Days:
    """The first Friday, the last working day, the last day of a month."""
    nth = -1 if found["nth"] == "last" else int(found["nth"][0])
    found_days = [d for first in _months(found, scene) for d in _nth(found, scene, first, nth)]
    if len(found_days) < 2:
        return tuple(found_days)
    by_year = {day.year: day for day in found_days}
    return around(scene, lambda year: by_year.get(year), span=1)


def _nth(found: Found, scene: Scene, first: date, nth: int) -> Days:
    last = month_end(first)
    if found["weekday"]:
        return optional(nth_weekday(first, weekday_number(found["weekday"]), nth))
    if found["what"] == "day":
        return (last if nth < 0 else first + ONE_DAY * (nth - 1),)
    before = last + ONE_DAY if nth < 0 else first - ONE_DAY
    return optional(working_days_on(scene.calendar, before, nth))


def _end_of_year(found: Found, scene: Scene) -> Days:
    year = scene.day.year + _WEEKS[found["which"] or ""]
    if found["part"] == "early":
        return optional(first_working(scene.calendar, days_up(date(year, 1, 1))))
    return optional(first_working(scene.calendar, days_down(date(year, 12, 31))))


def _whole_month(found: Found, scene: Scene) -> Days:
    """A whole month is no day: its first working day may be meant, or about this time in it."""
    sign, year = _WEEKS[found["which"]], found["unit"] == "year"
    first = date(scene.day.year + sign, 1, 1) if year else month_of(scene.day, sign)
    if not sign:
        return scene.day + ONE_DAY, date(first.year, 12, 31) if year else month_end(first)
    start = first_working(scene.calendar, days_up(first)) or first
    return start, months_on(scene.day, sign * (12 if year else 1))


def _named_month(found: Found, scene: Scene) -> Days:
    firsts = [f for f in _months(found, scene) if month_end(f) >= scene.day or scene.past]
    days: list[date] = []
    for first in firsts[-1:] if scene.past else firsts[:1]:
        start = first_working(scene.calendar, days_up(first)) or first
        days += [start, nearest_working(scene.calendar, first.replace(day=MIDDLE))]
    return tuple(days)


_WHICH = r"(?P<which>this|next|last)"
_LATER = r"(?P<later>after next)"
_SOME_MONTH = rf"(?:{_WHICH} month|month|{ANY_MONTH}(?: (?P<year>\d{{4}}))?)"
_NTH = r"(?P<nth>1st|2nd|3rd|4th|5th|last)"
WEEKS = (
    Rule(ANY_WEEKDAY, _bare),
    Rule(rf"(?P<which>this|next|last|coming) {ANY_WEEKDAY}", _which),
    Rule(rf"{ANY_WEEKDAY} after next", _after_next),
    Rule(rf"{ANY_WEEKDAY} next", _both_weeks),
    Rule(rf"{ANY_WEEKDAY} in {COUNT} weeks?", _in_weeks),
    Rule(rf"in {COUNT} weeks? on {ANY_WEEKDAY}", _in_weeks),
    Rule(rf"{ANY_WEEKDAY} (?:of |in )?(?:{_WHICH} week|week {_LATER})", _in_week),
    Rule(rf"(?:{_WHICH} week|week {_LATER}) (?:on )?{ANY_WEEKDAY}", _in_week),
    Rule(rf"(?:in )?(?:{_WHICH} week|week {_LATER})", _whole_week, period=True),
    Rule(rf"(?P<part>end of|early|mid) (?:{_WHICH} )?week", _part_of_week),
    Rule(r"(?:in )?week of (?P<anchor>.+)", _week_of, period=True),
    Rule(rf"{_WHICH} weekend", _weekend, period=True),
    Rule(r"weekend", _weekend, line=False, period=True),
    Rule(rf"(?P<part>end of|early|mid) {_SOME_MONTH}", _of_months),
    Rule(rf"(?P<part>end of|early) (?:{_WHICH} )?year", _end_of_year),
    Rule(rf"{_NTH} (?P<what>{ANY_WEEKDAY}|working day|day) (?:of|in) {_SOME_MONTH}", _nth_of_month),
    Rule(rf"(?:in )?{_WHICH} (?P<unit>month|year)", _whole_month, period=True),
    Rule(rf"(?:in )?{ANY_MONTH}(?: (?P<year>\d{{4}}))?", _named_month, line=False, period=True),
)
