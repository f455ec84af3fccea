"""What every rule for written days works with."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from core.domain.calendar import WorkCalendar

Days: TypeAlias = tuple[date, ...]
"""What words may mean: one day is clear, several are ambiguous, none is no day."""

MONTHS = (
    "january february march april may june july august september october november december"
).split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
DEEPEST = 3
"""How many times a day may be counted from another: "2 days after a week from Monday" is two."""


@dataclass(frozen=True)
class Today:
    """What a written day is read against.

    - `locale`: decides between 4/22 and 22/04; "" when unknown.
    - `country`: whose public holidays are meant by their names, and are no business days.
    - `language`: the code of the one that it may be written in, besides English.
    """

    day: date
    calendar: WorkCalendar = WorkCalendar()
    locale: str = ""
    country: str = ""
    language: str = ""


class Unclear(StrEnum):
    """Why words were not taken for a day."""

    NO_DAY = "no day"
    PAST = "past"
    FUTURE = "future"
    FAR = "far"
    AMBIGUOUS = "ambiguous"


class UnclearDay(ValueError):
    """The words name no day, or none that was surely meant.

    `suggestions` are two days that may have been meant, or none where the words made no sense;
    `past` says whether a day that already was had been asked for.
    """

    def __init__(self, kind: Unclear, suggestions: Days = (), *, past: bool = False) -> None:
        super().__init__(str(kind))
        self.kind, self.suggestions, self.past = kind, suggestions, past


@dataclass(frozen=True)
class Scene:
    """One reading: today, which way it looks, and how to read a day within a day.

    - `line`: only what can't be an ordinary word of a line is a day.
    - `inner`: the words stand after "3 days after" and the like.
    """

    today: Today
    reader: Callable[[str, Scene], Days]
    past: bool = False
    line: bool = False
    inner: int = 0

    @property
    def day(self) -> date:
        """Today."""
        return self.today.day

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The member's working days, without the public holidays of the country."""
        calendar = self.today.calendar
        return replace(calendar, country=calendar.country or self.today.country)

    def on_side(self, day: date) -> bool:
        """Whether it is from today on, or up to today where a day of the past is wanted."""
        return day <= self.day if self.past else day >= self.day

    def anchor(self, words: str) -> Days:
        """The day that another one is counted from."""
        if self.inner >= DEEPEST:
            return ()
        return self.reader(words, replace(self, inner=self.inner + 1))


FURTHEST = timedelta(days=2 * 366)
Found: TypeAlias = re.Match[str]


@dataclass(frozen=True)
class Rule:
    """One way to write a day.

    - `line`: also within a line of other words; else only where a day is asked for.
    - `period`: it names a stretch of time, so nothing is counted from it.
    """

    pattern: str
    days: Callable[[Found, Scene], Days]
    line: bool = True
    period: bool = False


def weekday_number(word: str) -> int:
    """Monday is 0."""
    return WEEKDAYS.index(word)


def month_number(word: str) -> int:
    """January is 1."""
    return MONTHS.index(word) + 1


def optional(day: date | None) -> Days:
    """One day or none."""
    return (day,) if day is not None else ()


ANY_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
ANY_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
COUNT = r"(?P<count>\d{1,4}|an?)"
UNIT = r"(?P<unit>working day|day|week|month|year)s?"
