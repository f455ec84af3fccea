"""Steps along the calendar that rules for written days share. Every loop here is bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from dateutil.easter import easter  # type: ignore[import-untyped]
from dateutil.relativedelta import relativedelta, weekday  # type: ignore[import-untyped]

from core.domain.calendar import ONE_DAY, WorkCalendar
from core.domain.day_rules.base import Days, Scene

LONGEST_WALK = 1100
LEAP = 4


def months_on(day: date, count: int) -> date:
    """So many months later, or on the last day of a shorter month. Raises ValueError beyond 9999"""
    found: date = day + relativedelta(months=count)
    return found


def easter_sunday(year: int) -> date:
    """The western one."""
    found: date = easter(year)
    return found


def nth_weekday(first: date, number: int, nth: int) -> date | None:
    """The nth such weekday of the month that begins on `first`; -1 is the last one."""
    start = months_on(first, 1) - ONE_DAY if nth < 0 else first
    found: date = start + relativedelta(weekday=weekday(number)(nth))
    return found if found.month == first.month else None


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - ONE_DAY * day.weekday()


def month_of(day: date, ahead: int = 0) -> date:
    """The first day of its month, or of one so many months on."""
    return months_on(day.replace(day=1), ahead)


def month_end(first: date) -> date:
    """The last day of the month that begins on `first`."""
    return months_on(first, 1) - ONE_DAY


def working_days_on(calendar: WorkCalendar, day: date, count: int) -> date | None:
    """The count-th working day after it, before it for a negative one; None when there is none."""
    left = abs(count)
    for _ in range(LONGEST_WALK):
        day += ONE_DAY if count > 0 else -ONE_DAY
        left -= calendar.is_working(day)
        if not left:
            return day
    return None


def first_working(calendar: WorkCalendar, days: Iterable[date]) -> date | None:
    """The first of them that is a working day."""
    return next((day for day in days if calendar.is_working(day)), None)


def days_up(day: date, count: int = 31) -> list[date]:
    """So many days in order, from that day on."""
    return [day + ONE_DAY * step for step in range(count)]


def days_down(day: date, count: int = 31) -> list[date]:
    """So many days back in order, from that day on."""
    return [day - ONE_DAY * step for step in range(count)]


def nearest_working(calendar: WorkCalendar, day: date) -> date:
    """The day itself or the working day nearest to it, the earlier of two as near."""
    steps = sorted(range(-7, 8), key=lambda step: (abs(step), step))
    return first_working(calendar, (day + ONE_DAY * step for step in steps)) or day


def around(scene: Scene, make: Callable[[int], date | None], span: int = LEAP) -> Days:
    """A day that comes once a year, without its year: the last one that was, the next to come.

    Today is one to come, or one that was when a day of the past is wanted.
    """
    limit = scene.day + (ONE_DAY if scene.past else timedelta(0))
    year = scene.day.year
    found = [day for y in range(year - span, year + span + 1) if (day := make(y)) is not None]
    return tuple([day for day in found if day < limit][-1:] + [d for d in found if d >= limit][:1])
