"""Working days: which calendar days count, and stepping along them.

A day is a `datetime.date` of the member; weekdays are numbered as in `date.weekday()`, Monday 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

WEEKEND = frozenset({5, 6})
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkCalendar:
    """The days on which a ping may fall due (M6): no weekend, no day off, no listed holiday."""

    days_off: frozenset[int] = frozenset()
    holidays: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether a ping may fall due on that day."""
        free = WEEKEND | self.days_off
        return day.weekday() not in free and day not in self.holidays

    def days_from(self, day: date) -> Iterator[date]:
        """Working days in order, from that day on (it is the first if it is one)."""
        while True:
            if self.is_working(day):
                yield day
            day += ONE_DAY

    def on_or_after(self, day: date) -> date:
        """The first working day that is not before `day`."""
        return next(self.days_from(day))

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; `day` itself is never counted."""
        if count < 1:
            raise ValueError("count must be at least 1")
        days = self.days_from(day + ONE_DAY)
        for _ in range(count - 1):
            next(days)
        return next(days)

    def within_week_of(self, day: date, count: int) -> date:
        """As `after`, but never more than 7 calendar days after `day` (M2).

        Where holidays leave no working day in that week, the last day of it that is no weekend.
        """
        wanted = self.after(day, count)
        week = [day + n * ONE_DAY for n in range(7, 0, -1)]
        if wanted <= week[0]:
            return wanted
        working = [d for d in week if self.is_working(d)]
        return working[0] if working else next(d for d in week if d.weekday() not in WEEKEND)
