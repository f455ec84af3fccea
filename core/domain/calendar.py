"""Working days: which calendar days count, and stepping along them.

A day is a `datetime.date` of the member; weekdays are numbered as in `date.weekday()`, Monday 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from core.domain.holidays import is_holiday

WEEKEND = frozenset({5, 6})
ONE_DAY = timedelta(days=1)
WEEK = 7


@dataclass(frozen=True)
class Pause:
    """Days on which nothing falls due and no wait is used up: from `start`, back on `end`."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end


@dataclass(frozen=True)
class WorkCalendar:
    """The days on which a ping may fall due (M6).

    No weekend, no day off, no listed holiday, no public holiday of `country` ("" for none), and no
    day of a pause.
    """

    days_off: frozenset[int] = frozenset()
    holidays: frozenset[date] = frozenset()
    country: str = ""
    pauses: tuple[Pause, ...] = ()
    _known: dict[date, bool] = field(default_factory=dict, init=False, repr=False, compare=False)

    def is_working(self, day: date) -> bool:
        """Whether a ping may fall due on that day."""
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = self._is_working(day)
        return known

    def _is_working(self, day: date) -> bool:
        if day.weekday() in WEEKEND or day.weekday() in self.days_off or day in self.holidays:
            return False
        return self.is_live(day) and not is_holiday(self.country, day)

    def is_live(self, day: date) -> bool:
        """Whether the day is outside every pause, so that waits go on."""
        return not any(day in pause for pause in self.pauses)

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

    def live_days_after(self, day: date, count: int) -> list[date]:
        """The next `count` calendar days after `day` that are outside every pause."""
        found: list[date] = []
        while len(found) < count:
            day += ONE_DAY
            if self.is_live(day):
                found.append(day)
        return found

    def weeks_after(self, day: date, weeks: int) -> date:
        """So many weeks later, the days of pauses not counted."""
        return self.live_days_after(day, weeks * WEEK)[-1]

    def within_week_of(self, day: date, count: int) -> date:
        """As `after`, but never more than 7 calendar days after `day`, pauses not counted (M2).

        Where holidays leave no working day in that week, the last day of it that is no weekend.
        """
        wanted = self.after(day, count)
        week = self.live_days_after(day, WEEK)[::-1]
        if wanted <= week[0]:
            return wanted
        working = [d for d in week if self.is_working(d)]
        weekdays = [d for d in week if d.weekday() not in WEEKEND]
        # A week cut up by pauses may be all weekend: then the first working day after it.
        return next(iter([*working, *weekdays]), wanted)


@lru_cache(maxsize=512)
def calendar_of(
    days_off: frozenset[int], pauses: tuple[Pause, ...], country: str = ""
) -> WorkCalendar:
    """The calendar of whoever keeps these days free. Many keep the same, so it is made once."""
    return WorkCalendar(days_off, country=country, pauses=pauses)
