"""From a member's local hour to an instant, and the next digest. Instants are aware, in UTC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from core.domain.calendar import WorkCalendar
from core.domain.names import folded

DEFAULT_ZONE = "UTC"
_WORDS = {
    **dict.fromkeys(("noon", "midday", "mediodia", "midi", "12 de la manana"), time(12)),
    **dict.fromkeys(("midnight", "medianoche", "minuit", "12 de la noche"), time(0)),
}
_HALVES = {
    **dict.fromkeys(("de la manana", "du matin"), "am"),
    **dict.fromkeys(("de la tarde", "de la noche", "de l'apres-midi", "du soir"), "pm"),
}
"""Halves of a day as Spanish and French say them, without accents."""
_H = re.compile(r"(?<=\d)\s*h(?:oras?|eures?|rs?)?\s*(?:(?=(\d))|$)")
"""The h of "9h30", "9 h" and "9 horas"."""
_BEFORE = re.compile(r"^(?:at|a las?|las?|al?|vers)\s+(?=\d|mi[dn]|noon|medi)")
"""What may stand before the hour, here without accents."""
_HALF_PAST = re.compile(r"(?<=\d)\s*(?:h(?:eures?)?\s*)?(?:y media|et demie?)\b")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h ]?([0-5]\d))?\s*(am|pm|a\.m\.|p\.m\.)?")


@dataclass(frozen=True)
class Rhythm:
    """When a member wants the digest: local hour, working days, each of them or one a week."""

    zone: ZoneInfo
    hour: time
    calendar: WorkCalendar
    weekly: bool = False

    def allows(self, day: date, after: date | None) -> bool:
        """Whether that day may have a digest when the last one was on `after`."""
        if not self.calendar.is_working(day) or (after is not None and day <= after):
            return False
        return not (self.weekly and after is not None and _week(day) == _week(after))


@cache
def zone_of(name: str) -> ZoneInfo:
    """The zone of an IANA name, read once. Raises ZoneInfoNotFoundError."""
    return ZoneInfo(name)


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
    for day in rhythm.calendar.days_from(max(local_day(now, rhythm.zone), first_due)):
        instant = instant_of(day, rhythm.hour, rhythm.zone)
        if instant > now and rhythm.allows(day, after):
            return instant
    raise AssertionError("working days never end")


def todays_digest(rhythm: Rhythm, now: datetime, after: date | None = None) -> datetime | None:
    """Today's digest hour if it has come and today may have a digest; else None."""
    today = local_day(now, rhythm.zone)
    if not rhythm.allows(today, after):
        return None
    instant = instant_of(today, rhythm.hour, rhythm.zone)
    return instant if instant <= now else None


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]


def is_late(planned: datetime, now: datetime) -> bool:
    """Whether a digest that was planned for then should say that it is late."""
    return now - planned > timedelta(hours=1)


def read_clock(text: str) -> time | None:
    """A time of day as people write it: "8:30", "7:45 am", "noon", "8 h 30", "4 de la tarde".

    None for what is not one.
    """
    word = _BEFORE.sub("", folded(text).replace("’", "'"))
    word = _HALF_PAST.sub(":30", word)
    if word in _WORDS:
        return _WORDS[word]
    for theirs, half in _HALVES.items():
        if word.endswith(f" {theirs}"):
            word = f"{_in_digits(word.removesuffix(theirs))} {half}"
    match = _CLOCK.fullmatch(_in_digits(word))
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[3].startswith("p") else 0)
    return time(hour, minute) if hour < 24 else None


def _in_digits(words: str) -> str:
    """Without the word for hours: "9:30" of "9 h 30"."""
    return _H.sub(lambda found: ":" if found[1] else "", words.strip())
