"""The handful of histories that every member of a benchmark's population has, in many time zones.

They are folded by the bot's own rules, so a row made from one is as the desk would have written it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.domain.cadence import Position, fold
from core.domain.calendar import WorkCalendar
from core.domain.history import Terms, Touch
from core.domain.hours import local_day, next_digest
from core.domain.records import Contact, Member
from core.domain.words import Angle, Channel, Outcome, TouchKind

DUE_AT = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
"""The digest hour of everybody who is due: a Wednesday, in every zone a working day."""
NOW = DUE_AT + timedelta(seconds=1)
"""When a benchmark's clock starts."""

DUE_EACH = 3
"""Follow-ups that are due for a member whose digest is."""
FUTURE = 30
"""Histories that fall due on another working day each, the first one tomorrow."""
PATTERNS = DUE_EACH + FUTURE

ZONES = (
    "America/Los_Angeles America/Denver America/Chicago America/New_York America/Toronto "
    "America/Halifax America/St_Johns America/Mexico_City America/Bogota America/Lima "
    "America/Sao_Paulo America/Argentina/Buenos_Aires Pacific/Honolulu America/Anchorage "
    "Atlantic/Azores Europe/London Europe/Lisbon Europe/Berlin Europe/Paris Europe/Madrid "
    "Europe/Warsaw Europe/Athens Europe/Istanbul Africa/Lagos Africa/Johannesburg Africa/Nairobi "
    "Asia/Dubai Asia/Karachi Asia/Kolkata Asia/Kathmandu Asia/Dhaka Asia/Bangkok Asia/Singapore "
    "Asia/Manila Asia/Tokyo Australia/Sydney Pacific/Auckland"
).split()

SENT_TEXT = (
    "Hi, I read that you are moving the reporting to a new platform this winter. At my last place "
    "we did the same in six weeks, by moving one report a day and keeping both running. Happy to "
    "tell you what went wrong if that helps. Best, Dana"
)
REPLY_TEXT = "Thanks, this is useful. Busy until the release; talk after that."


@dataclass(frozen=True)
class Pattern:
    """One history in one zone, and where it stands.

    `next_at` is when the digest of a member comes for whom this one is due first.
    """

    touches: tuple[Touch, ...]
    position: Position
    next_at: datetime


def digest_hour(zone: str) -> time:
    """The local hour at which everybody who is due there has their digest."""
    return DUE_AT.astimezone(ZoneInfo(zone)).time()


def patterns_of(zone: str) -> list[Pattern]:
    """The histories in one zone: those that are due first."""
    member = Member(0, zone)
    today = local_day(DUE_AT, member.tz)
    calendar = member.calendar_with(Contact())
    return [_pattern(member, touches) for touches in _histories(today, calendar)]


def _pattern(member: Member, touches: tuple[Touch, ...]) -> Pattern:
    position = fold(touches, member.calendar_with(Contact()), member.rules)
    next_at = next_digest(member.rhythm, NOW, position.due)
    assert next_at is not None
    return Pattern(touches, position, next_at)


def _histories(today: date, calendar: WorkCalendar) -> Iterator[tuple[Touch, ...]]:
    """A first wait that is over, a check-in, a talk that rests; then those of days to come."""
    yield (_added(_working_days_before(calendar, today, 5)),)
    opened = _working_days_before(calendar, today, 5)
    yield _added(_working_days_before(calendar, opened, 5)), _sent(opened)
    replied = _working_days_before(calendar, today, 10)
    opened = _working_days_before(calendar, replied, 2)
    reply = Touch(TouchKind.REPLIED, replied, outcome=Outcome.TALKING, text=REPLY_TEXT)
    yield _added(_working_days_before(calendar, opened, 5)), _sent(opened), reply
    for ahead in range(1, FUTURE + 1):
        yield (_added(today - timedelta(days=7), calendar.after(today, ahead)),)


def _added(day: date, first_on: date | None = None) -> Touch:
    return Touch(TouchKind.ADDED, day, terms=Terms(first_on=first_on))


def _sent(day: date) -> Touch:
    return Touch(TouchKind.SENT, day, Channel.EMAIL, Angle.IDEA, text=SENT_TEXT)


def _working_days_before(calendar: WorkCalendar, day: date, count: int) -> date:
    """The latest day whose `count`-th working day afterwards is not later than `day`."""
    found = day
    while calendar.after(found, count) > day:
        found -= timedelta(days=1)
    return found
