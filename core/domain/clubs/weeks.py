"""The club's week: kickoff, perhaps a midweek line, wrap-up, and which of them comes next.

A club's week begins on a weekday of its choice (Monday 0) and is named by its first day. Instants
are aware, in UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import count, takewhile
from zoneinfo import ZoneInfo

from core.domain.calendar import WEEK
from core.domain.hours import instant_of, local_day

ONE_WEEK = timedelta(days=WEEK)
LATE = timedelta(hours=24)
"""How late a kickoff or a midweek line may be and still be told."""
APART = timedelta(seconds=1)
"""Between two that a clock change would put at once or in the wrong order. Schedules are in
minutes, so a second gets in nobody's way."""


class EventKind(StrEnum):
    """What the bot tells a club, in the order of the week."""

    KICKOFF = "kickoff"
    MIDWEEK = "midweek"
    WRAPUP = "wrap-up"


class Disorder(StrEnum):
    """Why the times of a week can't be kept."""

    WRAPUP_FIRST = "the wrap-up does not come after the kickoff"
    MIDWEEK_FIRST = "the midweek line does not come after the kickoff"
    MIDWEEK_LAST = "the midweek line does not come before the wrap-up"


@dataclass(frozen=True)
class WeekTime:
    """A weekday, 0 for Monday, and a local time of whole minutes. Raises ValueError for others."""

    day: int
    at: time

    def __post_init__(self) -> None:
        if self.day not in range(WEEK):
            raise ValueError(f"a weekday is 0 to 6: {self.day}")
        if self.at.tzinfo is not None or self.at.second or self.at.microsecond:
            raise ValueError(f"a local time of whole minutes is wanted: {self.at!r}")

    def from_start(self, week_start: int) -> tuple[int, time]:
        """Days since the week began, and the time."""
        return (self.day - week_start) % WEEK, self.at


@dataclass(frozen=True)
class Schedule:
    """When a club's week has its moments.

    Raises ValueError when they are in no order that a week can keep: ask `disorders` first.
    """

    zone: ZoneInfo
    week_start: int
    kickoff: WeekTime
    midweek: WeekTime | None
    wrapup: WeekTime

    def __post_init__(self) -> None:
        if self.week_start not in range(WEEK):
            raise ValueError(f"a week starts on 0 to 6: {self.week_start}")
        found = disorders(self.week_start, self.kickoff, self.midweek, self.wrapup)
        if found:
            raise ValueError("; ".join(found))

    @property
    def moments(self) -> tuple[tuple[EventKind, WeekTime], ...]:
        """Those that it has, in order."""
        midweek = [(EventKind.MIDWEEK, self.midweek)] if self.midweek else []
        return (EventKind.KICKOFF, self.kickoff), *midweek, (EventKind.WRAPUP, self.wrapup)


@dataclass(frozen=True)
class Event:
    """One moment of one week, which is named by its first day."""

    kind: EventKind
    at: datetime
    week: date


def disorders(
    week_start: int, kickoff: WeekTime, midweek: WeekTime | None, wrapup: WeekTime
) -> tuple[Disorder, ...]:
    """What is wrong with the order of these times in a week that starts on that weekday.

    A wrap-up on an earlier weekday than the kickoff needs a week that starts in between.
    """
    first, last = kickoff.from_start(week_start), wrapup.from_start(week_start)
    found = [Disorder.WRAPUP_FIRST] if last <= first else []
    if midweek is not None:
        middle = midweek.from_start(week_start)
        found += [Disorder.MIDWEEK_FIRST] if middle <= first else []
        found += [Disorder.MIDWEEK_LAST] if middle >= last else []
    return tuple(found)


def week_of(day: date, week_start: int) -> date:
    """The first day of the club's week that the day is in."""
    return day - timedelta(days=(day.weekday() - week_start) % WEEK)


def last_day(week: date) -> date:
    """The last day of the week that is named by that first one."""
    return week + ONE_WEEK - timedelta(days=1)


def events_of(schedule: Schedule, week: date) -> tuple[Event, ...]:
    """One of each kind that the club has, strictly in order whatever the clocks do."""
    latest = _instant(schedule, week - ONE_WEEK, schedule.wrapup)
    events = []
    for kind, moment in schedule.moments:
        latest = max(_instant(schedule, week, moment), latest + APART)
        events.append(Event(kind, latest, week))
    return tuple(events)


def next_event(schedule: Schedule, now: datetime) -> Event:
    """The first event strictly later than `now`. Raises ValueError for a naive instant."""
    return next(_events_after(schedule, now))


def rescheduled(
    schedule: Schedule, coming: Event, now: datetime, begun: date | None = None
) -> Event:
    """What comes next when the times of a week change while `coming` was to be the next event.

    No kickoff and no wrap-up comes twice, and none is left out: one whose new time has passed
    already, and that is worth telling yet, comes at once. `begun` is the last week that had its
    kickoff.
    """
    return next(
        event
        for event in _from_week(schedule, coming.week)
        if _may_come(event, coming, begun, now) and not has_lapsed(schedule, event, now)
    )


def renamed(event: Event, zone: ZoneInfo, week_start: int) -> Event:
    """The same event in weeks that begin on another day: of the week that its day is in."""
    return replace(event, week=week_of(local_day(event.at, zone), week_start))


def events_between(schedule: Schedule, after: datetime, until: datetime) -> tuple[Event, ...]:
    """The events later than `after` and not later than `until`, in order."""
    return tuple(takewhile(lambda event: event.at <= until, _events_after(schedule, after)))


def lapses_at(schedule: Schedule, event: Event) -> datetime:
    """From when on an event that was missed is not made up for.

    A kickoff or a midweek line is skipped after 24 hours, or when the week's wrap-up has come: it
    speaks of a week that is over then. A wrap-up is told until the next kickoff.
    """
    if event.kind is EventKind.WRAPUP:
        return events_of(schedule, event.week + ONE_WEEK)[0].at
    return min(event.at + LATE, events_of(schedule, event.week)[-1].at)


def has_lapsed(schedule: Schedule, event: Event, now: datetime) -> bool:
    """Whether it is too late to tell it."""
    return now >= lapses_at(schedule, event)


def _place(event: Event) -> tuple[date, int]:
    """Where it is in the order of all weeks, whenever it is."""
    return event.week, list(EventKind).index(event.kind)


def _events_after(schedule: Schedule, after: datetime) -> Iterator[Event]:
    first = week_of(local_day(after, schedule.zone), schedule.week_start) - ONE_WEEK
    return (event for event in _from_week(schedule, first) if event.at > after)


def _from_week(schedule: Schedule, week: date) -> Iterator[Event]:
    for number in count():
        yield from events_of(schedule, week + number * ONE_WEEK)


def _may_come(event: Event, coming: Event, begun: date | None, now: datetime) -> bool:
    """Whether it has not been. A line at midweek is only told at its time, and so is the kickoff of
    a week that was to do without: a club may be set up in the middle of one.
    """
    under_way = coming.kind is not EventKind.KICKOFF
    if event.kind is EventKind.MIDWEEK:
        return event.at > now
    if event.kind is EventKind.KICKOFF and under_way and event.week == coming.week:
        return event.at > now and begun != event.week
    return (event.week, event.kind is EventKind.WRAPUP) >= (coming.week, under_way)


def _instant(schedule: Schedule, week: date, moment: WeekTime) -> datetime:
    days, at = moment.from_start(schedule.week_start)
    return instant_of(week + timedelta(days=days), at, schedule.zone)
