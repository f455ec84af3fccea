"""From a member's local hour to an instant, and the next digest. Instants are aware, in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.domain.calendar import ONE_DAY, WorkCalendar

DEFAULT_ZONE = "UTC"


@dataclass(frozen=True)
class Rhythm:
    """When a member wants the digest: local hour, working days, not before the pause is over."""

    zone: ZoneInfo
    hour: time
    calendar: WorkCalendar
    paused_until: date | None = None


def local_day(now: datetime, zone: ZoneInfo) -> date:
    """The calendar day in that zone. Raises ValueError for a naive instant."""
    if now.tzinfo is None:
        raise ValueError("a naive datetime is no instant")
    return now.astimezone(zone).date()


def instant_of(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """When that local hour of that day is, in UTC.

    An hour that happens twice is taken the first time; one that is skipped is taken as much later
    as the clock was put forward. Either way there is one instant for each day.
    """
    return datetime.combine(day, hour, tzinfo=zone).astimezone(UTC)


def next_digest(
    rhythm: Rhythm, now: datetime, first_due: date | None, after: date | None = None
) -> datetime | None:
    """The first digest hour later than `now` on which something will be due; None if nothing is.

    `after` is the last day that had its digest: each day has one at most.
    """
    if first_due is None:
        return None
    today = local_day(now, rhythm.zone)
    day = max(d for d in (today, first_due, rhythm.paused_until) if d is not None)
    if after is not None:
        day = max(day, after + ONE_DAY)
    for working in rhythm.calendar.days_from(day):
        instant = instant_of(working, rhythm.hour, rhythm.zone)
        if instant > now:
            return instant
    return None


def todays_digest(rhythm: Rhythm, now: datetime) -> datetime | None:
    """Today's digest hour if it has come and today is a working day; else None."""
    today = local_day(now, rhythm.zone)
    if not rhythm.calendar.is_working(today):
        return None
    if rhythm.paused_until is not None and today < rhythm.paused_until:
        return None
    instant = instant_of(today, rhythm.hour, rhythm.zone)
    return instant if instant <= now else None


def is_late(planned: datetime, now: datetime) -> bool:
    """Whether a digest that was planned for then should say that it is late."""
    return now - planned > timedelta(hours=1)
