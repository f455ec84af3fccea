"""Dates: 2026-12-01, 4/22, 22.4., 5 January, the 20th."""

from __future__ import annotations

import re
from datetime import date, timedelta

from core.domain.calendar import ONE_DAY
from core.domain.day_rules.base import (
    ANY_MONTH,
    ANY_WEEKDAY,
    MONTHS,
    Days,
    Found,
    Rule,
    Scene,
    Unclear,
    UnclearDay,
    month_number,
    weekday_number,
)
from core.domain.day_rules.steps import around, month_end, month_of

MONTH_FIRST = ("en-us", "en-ph", "ja", "ko", "zh", "hu", "lt")
"""Where 4/5 is the fifth of April."""
CENTURY = 2000
LONGEST_MONTH = 31


def month_first(locale: str) -> bool | None:
    """Whether the month comes first in a date of digits; None when that can't be known.

    English without a country can't: Americans and the British write it differently.
    """
    code = locale.lower().replace("_", "-")
    if code in ("", "en"):
        return None
    return any(code == known or code.startswith(f"{known}-") for known in MONTH_FIRST)


def valid(year: int, month: int, day: int) -> date | None:
    """The date, if there is one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _iso(found: Found, scene: Scene) -> Days:
    day = valid(int(found["year"]), int(found["month"]), int(found["day"]))
    return (day,) if day else ()


def _numeric(found: Found, scene: Scene) -> Days:
    """Two numbers, as the locale orders them; both ways where it is unknown."""
    first, second, year = int(found["first"]), int(found["second"]), found["year"]
    if scene.line and not year and _is_everyday(found):
        return ()
    orders = [(second, first), (first, second)]  # the day first, then the month first
    leading = _leading(found, scene.today.locale)
    if leading is not None:
        orders = orders[::-1] if leading else orders
    readings = [_dated(scene, month, day, year) for month, day in orders]
    clear = [days for days in readings if days]
    if leading is not None:
        return clear[0] if clear else ()
    return tuple(day for days in clear for day in days)


def _leading(found: Found, locale: str) -> bool | None:
    """As `month_first`; dots are for the day first, but an American may mean the month."""
    leading = month_first(locale)
    if found["mark"] != ".":
        return leading
    if found[0].endswith(".") or leading is None:
        return False
    return None if locale.lower().replace("_", "-") == "en-us" and not found["year"] else leading


def _is_everyday(found: Found) -> bool:
    """ "1/2", "24/7" and "5.1" are other things than days in a line of words."""
    numbers = int(found["first"]), int(found["second"])
    return not found[0].endswith(".") and (max(numbers) <= 12 or numbers == (24, 7))


def _dated(scene: Scene, month: int, day: int, year: str | None) -> Days:
    if year:
        made = valid(int(year) + (CENTURY if len(year) == 2 else 0), month, day)
        return (made,) if made else ()
    return around(scene, lambda year: valid(year, month, day))


def _named(found: Found, scene: Scene) -> Days:
    month, day, year = month_number(found["month"]), int(found["day"]), found["year"]
    days = _dated(scene, month, day, year)
    if not days and not scene.line and day <= LONGEST_MONTH + 1:
        raise UnclearDay(Unclear.NO_DAY, _beside(scene, month, year), past=scene.past)
    return days


def _beside(scene: Scene, month: int, year: str | None) -> Days:
    """There is no 31 February: the last of that month and the day after it."""
    if year:
        last = month_end(date(int(year) + (CENTURY if len(year) == 2 else 0), month, 1))
    else:
        lasts = around(scene, lambda year: month_end(date(year, month, 1)))
        last = lasts[0] if scene.past else lasts[-1]
    return last, last + ONE_DAY


def _weekday_and_date(found: Found, scene: Scene) -> Days:
    """Both must agree; else it may be the date, or that weekday nearest to it."""
    wanted = weekday_number(found["weekday"])
    days = scene.anchor(found["date"])
    right = tuple(day for day in days if scene.on_side(day)) or days
    agreed = tuple(day for day in right if day.weekday() == wanted)
    if agreed:
        return agreed
    nearby = [day + timedelta(days=(wanted - day.weekday() + 3) % 7 - 3) for day in right]
    return (*right, *nearby)


def _of_some_month(found: Found, scene: Scene) -> Days:
    """The 20th: the next one, or for the past the last one; on the 20th itself both."""
    number = int(found["day"])
    if found["which"]:
        first = month_of(scene.day, {"last": -1, "this": 0, "next": 1}[found["which"]])
        day = valid(first.year, first.month, number)
        return (day,) if day else ()
    sign = -1 if scene.past else 1
    firsts = [month_of(scene.day, sign * n) for n in range(3 if number <= LONGEST_MONTH else 0)]
    days = [day for first in firsts if (day := valid(first.year, first.month, number))]
    right = [day for day in days if (day <= scene.day if scene.past else day >= scene.day)]
    return tuple(right[:2] if scene.day in right else right[:1])


def _union(found: Found, scene: Scene) -> Days:
    first, second = scene.anchor(found["first"]), scene.anchor(found["second"])
    return (*first, *second) if first and second else ()


def has_date(words: str) -> bool:
    """Whether a date is among the words, so that the same one of another month may be meant."""
    return bool(
        re.search(rf"\d[/.-]\d|\d(?:st|nd|rd|th)\b|\b(?:month|{'|'.join(MONTHS)})\b", words)
    )


_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_YEAR = r"(?P<year>\d{4})"
DATES = (
    Rule(rf"{_YEAR}(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})", _iso),
    Rule(
        r"(?P<first>\d{1,2})(?P<mark>[/.])(?P<second>\d{1,2})(?:(?P=mark)(?P<year>\d{4}|\d\d)|\.)?",
        _numeric,
    ),
    Rule(r"(?P<first>\d{1,2})(?P<mark>-)(?P<second>\d{1,2})-(?P<year>\d{4})", _numeric),
    Rule(rf"{_DAY}(?: of)? {ANY_MONTH}(?: (?P<year>\d{{4}}|\d\d))?", _named),
    Rule(rf"{ANY_MONTH} {_DAY}(?: {_YEAR})?", _named),
    Rule(
        rf"{ANY_WEEKDAY} (?P<date>\d.*|(?:{'|'.join(MONTHS)}) \d.*)",
        _weekday_and_date,
    ),
    Rule(
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)(?: (?:of )?(?:(?P<which>this|next|last) )?month)?",
        _of_some_month,
    ),
    Rule(r"(?P<first>.+) \((?P<second>.+)\)", _union),
    Rule(r"(?P<first>.+?) or (?P<second>.+)", _union),
    Rule(r"between (?P<first>.+?) and (?P<second>.+)", _union),
)
