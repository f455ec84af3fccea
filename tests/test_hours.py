"""Digest hours in every zone of the IANA database, over two years of clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from core.domain.calendar import Pause, WorkCalendar
from core.domain.hours import (
    Rhythm,
    instant_of,
    is_late,
    local_day,
    next_digest,
    todays_digest,
)

ZONES = sorted(available_timezones())
TWO_YEARS = [date(2026, 11, 1) + timedelta(days=n) for n in range(731)]
HOURS = [time(2, 30), time(0, 0), time(8, 30)]
BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
HALF_PAST_EIGHT = time(8, 30)
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


class EveryDay(WorkCalendar):
    """Weekends count too, so that the Sundays on which clocks change are not stepped over."""

    def is_working(self, day: date) -> bool:
        return True


def berlin(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def rhythm(
    zone: ZoneInfo = BERLIN,
    hour: time = HALF_PAST_EIGHT,
    calendar: WorkCalendar | None = None,
    weekly: bool = False,
) -> Rhythm:
    return Rhythm(zone, hour, calendar or WorkCalendar(), weekly)


def test_the_database_has_every_zone() -> None:
    assert len(ZONES) > 500


@pytest.mark.parametrize("hour", HOURS, ids=str)
def test_each_local_day_has_one_digest_hour_in_every_zone(hour: time) -> None:
    for name in ZONES:
        zone = ZoneInfo(name)
        instants = [instant_of(day, hour, zone) for day in TWO_YEARS]
        assert [instant.astimezone(zone).date() for instant in instants] == TWO_YEARS, name
        assert all(a < b for a, b in pairwise(instants)), name


@pytest.mark.parametrize("hour", [time(2, 30), time(0, 0)], ids=str)
def test_the_next_digest_walks_day_by_day_in_every_zone(hour: time) -> None:
    for name in ZONES:
        wanted = rhythm(ZoneInfo(name), hour, EveryDay())
        now = instant_of(TWO_YEARS[0], hour, wanted.zone)
        for day in TWO_YEARS[1:]:
            found = next_digest(wanted, now, TWO_YEARS[0])
            assert found is not None
            assert local_day(found, wanted.zone) == day, name
            now = found


@pytest.mark.parametrize(
    ("zone", "day", "hour", "utc"),
    [
        # put forward: 02:30 does not exist, and comes as 03:30
        ("Europe/Berlin", "2027-03-28", "02:30", "2027-03-28T01:30"),
        ("America/New_York", "2027-03-14", "02:30", "2027-03-14T07:30"),
        # put back: 02:30 comes twice, the first counts
        ("Europe/Berlin", "2027-10-31", "02:30", "2027-10-31T00:30"),
        ("America/New_York", "2027-11-07", "01:30", "2027-11-07T05:30"),
        # put back across midnight, and by half an hour
        ("America/Havana", "2027-11-07", "00:00", "2027-11-07T04:00"),
        ("Australia/Lord_Howe", "2027-04-04", "01:45", "2027-04-03T14:45"),
        # an hour skipped at the end of a day is the exception: it comes when the next day begins
        ("America/Nuuk", "2027-03-27", "23:30", "2027-03-28T01:30"),
    ],
)
def test_an_hour_that_is_skipped_or_doubled(zone: str, day: str, hour: str, utc: str) -> None:
    instant = instant_of(date.fromisoformat(day), time.fromisoformat(hour), ZoneInfo(zone))
    assert instant == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "first_due", "after", "expected"),
    [
        (berlin(23, 7), MONDAY, None, berlin(23, 8, 30)),
        (berlin(23, 8, 30), MONDAY, None, berlin(24, 8, 30)),  # later than now, never now
        (berlin(23, 7), date(2026, 11, 1), None, berlin(23, 8, 30)),  # overdue
        (berlin(23, 7), date(2026, 11, 26), None, berlin(26, 8, 30)),
        (berlin(23, 7), date(2026, 11, 28), None, berlin(30, 8, 30)),  # due on a Saturday
        (berlin(27, 9), MONDAY, None, berlin(30, 8, 30)),  # over the weekend
        (berlin(23, 7), MONDAY, MONDAY, berlin(24, 8, 30)),  # today had its digest
        (berlin(23, 7), MONDAY, date(2026, 11, 20), berlin(23, 8, 30)),
        (berlin(23, 7), None, None, None),
    ],
)
def test_the_next_digest_has_something_due(
    now: datetime, first_due: date | None, after: date | None, expected: datetime | None
) -> None:
    assert next_digest(rhythm(), now, first_due, after) == expected


def test_M7_weekly_is_one_digest_a_week_on_the_first_day_that_has_something() -> None:
    once = rhythm(weekly=True)
    assert next_digest(once, berlin(23, 7), MONDAY, after=MONDAY) == berlin(30, 8, 30)
    assert next_digest(once, berlin(24, 7), date(2026, 11, 26)) == berlin(26, 8, 30)
    assert todays_digest(once, berlin(27, 9), after=MONDAY) is None
    assert todays_digest(once, berlin(30, 9), after=MONDAY) == berlin(30, 8, 30)


def test_a_pause_holds_the_digest_back() -> None:
    away = Pause(MONDAY, date(2026, 12, 2))
    paused = rhythm(calendar=WorkCalendar(pauses=(away,)))
    assert next_digest(paused, berlin(23, 7), MONDAY) == berlin(2, 8, 30, month=12)
    assert todays_digest(paused, berlin(23, 12)) is None
    assert todays_digest(paused, berlin(2, 9, month=12)) == berlin(2, 8, 30, month=12)


def test_M6_no_digest_on_a_day_off() -> None:
    no_mondays = rhythm(calendar=WorkCalendar(days_off=frozenset({0})))
    assert next_digest(no_mondays, berlin(23, 7), MONDAY) == berlin(24, 8, 30)
    assert todays_digest(no_mondays, berlin(23, 12)) is None
    assert todays_digest(rhythm(), berlin(28, 12)) is None


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (berlin(23, 8, 29), None),
        (berlin(23, 8, 30), berlin(23, 8, 30)),
        (berlin(23, 23, 59), berlin(23, 8, 30)),
        (berlin(24, 0, 0), None),
    ],
)
def test_todays_digest_once_its_hour_has_come(now: datetime, expected: datetime | None) -> None:
    assert todays_digest(rhythm(), now) == expected


@pytest.mark.parametrize(("minutes", "late"), [(0, False), (60, False), (61, True), (600, True)])
def test_a_digest_is_late_after_an_hour(minutes: int, late: bool) -> None:
    planned = berlin(23, 8, 30)
    assert is_late(planned, planned + timedelta(minutes=minutes)) is late


def test_the_same_instant_is_another_day_elsewhere() -> None:
    now = berlin(24, 3)
    assert local_day(now, BERLIN) == TUESDAY
    assert local_day(now, NEW_YORK) == MONDAY


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        local_day(datetime(2026, 11, 23, 8), BERLIN)  # noqa: DTZ001 - the point of the test
