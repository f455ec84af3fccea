"""The coming due days as an iCalendar file (RFC 5545), for the member's own calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event


@dataclass(frozen=True)
class Due:
    """One due day.

    - `uid`: the same for the same follow-up for ever, so that importing again moves it.
    - `sequence`: grows with every move.
    - `is_off`: nothing is due any more, so an event that was imported earlier goes.
    """

    uid: str
    sequence: int
    day: date
    title: str
    details: str
    is_off: bool = False


def agenda(dues: Sequence[Due], now: datetime, name: str) -> bytes:
    """The calendar with this name: one event of a whole day for each, that blocks no time."""
    calendar = Calendar()
    calendar.add("prodid", "-//Squeaky//Follow-ups//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for due in dues:
        calendar.add_component(_event(due, now))
    return bytes(calendar.to_ical())


def _event(due: Due, now: datetime) -> Event:
    event = Event()
    event.add("uid", due.uid)
    event.add("dtstamp", now)
    event.add("last-modified", now)
    event.add("sequence", due.sequence)
    event.add("dtstart", due.day)
    event.add("dtend", due.day + timedelta(days=1))
    event.add("summary", due.title)
    event.add("description", due.details)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if due.is_off else "CONFIRMED")
    return event
