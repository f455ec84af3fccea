"""The club's week: in order and once each, in every zone, however the clocks are changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.domain.clubs.weeks import (
    Disorder,
    Event,
    EventKind,
    Schedule,
    WeekTime,
    disorders,
    events_between,
    events_of,
    has_lapsed,
    lapses_at,
    last_day,
    next_event,
    week_of,
)

ZONES = sorted(available_timezones())
BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 23)
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
NINE, FOUR = time(9), time(16)
USUAL = Schedule(BERLIN, MON, WeekTime(MON, NINE), WeekTime(WED, NINE), WeekTime(FRI, FOUR))

times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 30, 59]))
week_times = st.builds(WeekTime, st.integers(0, 6), times)
instants = st.timedeltas(timedelta(0), timedelta(days=7300)).map(
    lambda later: datetime(2010, 1, 1, tzinfo=UTC) + later
)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Any that a club can keep, in any zone."""
    start = draw(st.integers(0, 6))
    found = draw(st.lists(week_times, min_size=2, max_size=3, unique=True))
    first, *middle, last = sorted(found, key=lambda when: when.from_start(start))
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    return Schedule(zone, start, first, middle[0] if middle else None, last)


def berlin(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("day", "start", "first"),
    [
        (MONDAY, MON, "2026-11-23"),
        (MONDAY, TUE, "2026-11-17"),
        (MONDAY, SUN, "2026-11-22"),
        (date(2026, 11, 29), MON, "2026-11-23"),
        (date(2026, 11, 29), SUN, "2026-11-29"),
        (date(2026, 11, 25), THU, "2026-11-19"),
        (date(2027, 1, 1), MON, "2026-12-28"),
    ],
)
def test_the_week_that_a_day_is_in(day: date, start: int, first: str) -> None:
    assert week_of(day, start).isoformat() == first


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 6))
def test_every_day_is_in_one_week(day: date, start: int) -> None:
    first = week_of(day, start)
    assert first.weekday() == start
    assert first <= day <= last_day(first)
    assert week_of(last_day(first), start) == first
    assert week_of(last_day(first) + timedelta(days=1), start) == first + timedelta(days=7)


def test_the_events_of_one_week() -> None:
    assert events_of(USUAL, MONDAY) == (
        Event(EventKind.KICKOFF, berlin(23, 9), MONDAY),
        Event(EventKind.MIDWEEK, berlin(25, 9), MONDAY),
        Event(EventKind.WRAPUP, berlin(27, 16), MONDAY),
    )


@pytest.mark.parametrize(
    ("now", "kind", "at"),
    [
        (berlin(23, 8, 59), EventKind.KICKOFF, berlin(23, 9)),
        (berlin(23, 9), EventKind.MIDWEEK, berlin(25, 9)),
        (berlin(25, 9, 1), EventKind.WRAPUP, berlin(27, 16)),
        (berlin(27, 16), EventKind.KICKOFF, berlin(30, 9)),
        (berlin(29, 23, 59), EventKind.KICKOFF, berlin(30, 9)),
    ],
)
def test_the_next_event_is_later_than_now(now: datetime, kind: EventKind, at: datetime) -> None:
    event = next_event(USUAL, now)
    assert (event.kind, event.at) == (kind, at)


def test_a_club_may_do_without_midweek() -> None:
    quiet = Schedule(BERLIN, MON, USUAL.kickoff, None, USUAL.wrapup)
    assert [event.kind for event in events_of(quiet, MONDAY)] == ["kickoff", "wrap-up"]


def test_a_wrapup_on_an_earlier_weekday_is_in_the_same_week() -> None:
    """From Thursday to Wednesday: the wrap-up looks back on the kickoff six days before."""
    schedule = Schedule(BERLIN, THU, WeekTime(THU, NINE), None, WeekTime(WED, FOUR))
    week = date(2026, 11, 19)
    assert [(e.at, e.week) for e in events_of(schedule, week)] == [
        (berlin(19, 9), week),
        (berlin(25, 16), week),
    ]


@pytest.mark.parametrize(
    ("start", "kickoff", "midweek", "wrapup", "found"),
    [
        (MON, (MON, NINE), (WED, NINE), (FRI, FOUR), ()),
        (MON, (MON, NINE), None, (MON, FOUR), ()),
        (SUN, (SUN, NINE), None, (SAT, NINE), ()),
        (THU, (THU, NINE), (MON, NINE), (WED, NINE), ()),
        (MON, (THU, NINE), None, (WED, NINE), (Disorder.WRAPUP_FIRST,)),
        (MON, (MON, NINE), None, (MON, NINE), (Disorder.WRAPUP_FIRST,)),
        (SUN, (MON, NINE), None, (SUN, FOUR), (Disorder.WRAPUP_FIRST,)),
        (MON, (TUE, NINE), (MON, NINE), (FRI, NINE), (Disorder.MIDWEEK_FIRST,)),
        (MON, (MON, NINE), (MON, NINE), (FRI, NINE), (Disorder.MIDWEEK_FIRST,)),
        (MON, (MON, NINE), (SAT, NINE), (FRI, NINE), (Disorder.MIDWEEK_LAST,)),
        (MON, (MON, NINE), (FRI, NINE), (FRI, NINE), (Disorder.MIDWEEK_LAST,)),
    ],
)
def test_times_that_no_week_can_keep(
    start: int,
    kickoff: tuple[int, time],
    midweek: tuple[int, time] | None,
    wrapup: tuple[int, time],
    found: tuple[Disorder, ...],
) -> None:
    first, last = WeekTime(*kickoff), WeekTime(*wrapup)
    middle = WeekTime(*midweek) if midweek else None
    assert disorders(start, first, middle, last) == found
    if found:
        with pytest.raises(ValueError, match=found[0]):
            Schedule(BERLIN, start, first, middle, last)


@pytest.mark.parametrize(("day", "at"), [(7, NINE), (-1, NINE), (0, time(9, 0, 1))])
def test_no_weekday_or_no_time_is_refused(day: int, at: time) -> None:
    with pytest.raises(ValueError, match=r"weekday|whole minutes"):
        WeekTime(day, at)


def test_a_week_starts_on_a_weekday() -> None:
    with pytest.raises(ValueError, match="starts on"):
        Schedule(BERLIN, 7, USUAL.kickoff, None, USUAL.wrapup)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        next_event(USUAL, datetime(2026, 11, 23, 9))  # noqa: DTZ001 - the point


@pytest.mark.parametrize(
    "schedule",
    [
        USUAL,
        Schedule(BERLIN, SUN, WeekTime(SUN, time(2, 30)), None, WeekTime(SAT, time(23, 59))),
        Schedule(
            BERLIN, SUN, WeekTime(SUN, time(0)), WeekTime(SUN, time(2, 30)), WeekTime(SUN, time(3))
        ),
    ],
)
def test_one_of_each_a_week_for_two_years_in_every_zone(schedule: Schedule) -> None:
    begin = datetime(2026, 10, 1, tzinfo=UTC)
    for name in ZONES:
        there = Schedule(
            ZoneInfo(name),
            schedule.week_start,
            schedule.kickoff,
            schedule.midweek,
            schedule.wrapup,
        )
        check_two_years(there, begin)


@given(schedules(), instants)
def test_one_of_each_a_week_whenever_and_wherever(schedule: Schedule, begin: datetime) -> None:
    check_two_years(schedule, begin)


def check_two_years(schedule: Schedule, begin: datetime) -> None:
    events = events_between(schedule, begin, begin + timedelta(days=731))
    assert all(a.at < b.at for a, b in pairwise(events))
    weeks = [[e.kind for e in same] for _, same in groupby(events, key=lambda e: e.week)]
    whole = [kind for kind, _ in schedule.moments]
    assert len(weeks) >= 104
    assert all(kinds == whole for kinds in weeks[1:-1])
    starts = list(dict.fromkeys(e.week for e in events))
    assert all(b - a == timedelta(days=7) for a, b in pairwise(starts))


def test_a_whole_day_that_a_country_skipped() -> None:
    """Samoa had no 30 December 2011: what was due on it comes on the 31st, still in order."""
    apia = ZoneInfo("Pacific/Apia")
    schedule = Schedule(apia, FRI, WeekTime(FRI, NINE), WeekTime(SAT, NINE), WeekTime(THU, NINE))
    kickoff, midweek, _ = events_of(schedule, date(2011, 12, 30))
    assert kickoff.at.astimezone(apia).date() == date(2011, 12, 31)
    assert kickoff.at < midweek.at


@given(schedules(), instants)
def test_stepping_from_event_to_event_misses_none(schedule: Schedule, begin: datetime) -> None:
    stepped, now = [], begin
    for _ in range(7):
        stepped.append(next_event(schedule, now))
        now = stepped[-1].at
    assert tuple(stepped) == events_between(schedule, begin, now)


@pytest.mark.parametrize(
    ("event", "until"),
    [
        (0, berlin(24, 9)),  # the kickoff: a day
        (1, berlin(26, 9)),
        (2, berlin(30, 9)),  # the wrap-up: until the next kickoff
    ],
)
def test_how_long_a_missed_one_is_made_up_for(event: int, until: datetime) -> None:
    missed = events_of(USUAL, MONDAY)[event]
    assert lapses_at(USUAL, missed) == until
    assert not has_lapsed(USUAL, missed, until - timedelta(seconds=1))
    assert has_lapsed(USUAL, missed, until)


def test_no_kickoff_is_told_after_its_wrapup() -> None:
    meeting = Schedule(BERLIN, MON, WeekTime(MON, NINE), None, WeekTime(MON, time(11)))
    kickoff, wrapup = events_of(meeting, MONDAY)
    assert lapses_at(meeting, kickoff) == wrapup.at


@given(schedules(), instants, st.timedeltas(timedelta(0), timedelta(days=20)))
def test_after_an_outage_never_two_of_a_kind(
    schedule: Schedule, begin: datetime, outage: timedelta
) -> None:
    now = begin + outage
    missed = events_between(schedule, begin, now)
    assume(missed)
    told = [event for event in missed if not has_lapsed(schedule, event, now)]
    assert len({event.kind for event in told}) == len(told)
    assert told == sorted(told, key=lambda event: event.at)
