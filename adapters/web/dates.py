"""Instants as a person in one zone reads them, and where the clock goes when they ask."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.language import tr
from core.voice.days import date_words, short_date

MORNING = time(8, 30)
"""When a day begins here: the hour at which digests come unless a member says otherwise."""

FARTHEST = timedelta(days=366)
"""The most that the clock moves at once."""


class Clock(Protocol):
    """The bot's clock as the playground uses it."""

    def now(self) -> datetime:
        """This instant, aware, in UTC."""
        ...

    async def move_to(self, instant: datetime) -> None:
        """Go on to an instant, and deliver all that is due by then."""
        ...


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of an IANA name; None when there is no such zone."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def full_words(instant: datetime, zone: ZoneInfo) -> str:
    """An instant in full: "Mon 23 Nov 2026, 14:40"."""
    local = instant.astimezone(zone)
    day = short_date(local.date(), local.date())
    return tr("{date} {year}, {hour}", date=day, year=local.year, hour=f"{local:%H:%M}")


def day_words(day: date) -> str:
    """A day as a heading: "Monday 23 November"."""
    return date_words(day, day)


def destination(to: str, day: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The instant that a clock button or the day picker means; None when it means none.

    `to` is "morning" (tomorrow's), "hour", "week" or "day" (the morning of `day`, as 2026-11-24).
    """
    local = now.astimezone(zone)
    if to == "hour":
        return now + timedelta(hours=1)
    if to == "week":
        return (local + timedelta(days=7)).astimezone(UTC)
    if to == "morning":
        return _morning(local.date() + timedelta(days=1), zone)
    try:
        return _morning(date.fromisoformat(day), zone)
    except (ValueError, OverflowError):
        return None


def _morning(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, MORNING, tzinfo=zone).astimezone(UTC)
