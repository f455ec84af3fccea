"""Working days, as a table and for any calendar."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.calendar import WorkCalendar

MONDAY = date(2026, 11, 23)
FRIDAY, SATURDAY, SUNDAY = (MONDAY + timedelta(days=n) for n in (4, 5, 6))
USUAL = WorkCalendar()
NO_MONDAYS = WorkCalendar(days_off=frozenset({0}))
THANKSGIVING = WorkCalendar(holidays=frozenset({date(2026, 11, 26), date(2026, 11, 27)}))

days = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@st.composite
def calendars(draw: st.DrawFn, around: date) -> WorkCalendar:
    """Any days off that leave a weekday, and any holidays in the five weeks around a day."""
    offsets = draw(st.sets(st.integers(-7, 28)))
    return WorkCalendar(
        draw(st.frozensets(st.integers(0, 6)).filter(lambda off: not off >= {0, 1, 2, 3, 4})),
        frozenset(around + timedelta(days=n) for n in offsets),
    )


@pytest.mark.parametrize(
    ("calendar", "day", "works"),
    [
        (USUAL, MONDAY, True),
        (USUAL, FRIDAY, True),
        (USUAL, SATURDAY, False),
        (USUAL, SUNDAY, False),
        (NO_MONDAYS, MONDAY, False),
        (NO_MONDAYS, FRIDAY, True),
        (THANKSGIVING, FRIDAY, False),
        (THANKSGIVING, MONDAY, True),
    ],
)
def test_M6_weekends_days_off_and_holidays_are_no_working_days(
    calendar: WorkCalendar, day: date, works: bool
) -> None:
    assert calendar.is_working(day) is works


@pytest.mark.parametrize(
    ("calendar", "day", "count", "then"),
    [
        (USUAL, MONDAY, 1, "2026-11-24"),
        (USUAL, MONDAY, 5, "2026-11-30"),
        (USUAL, FRIDAY, 1, "2026-11-30"),
        (USUAL, SATURDAY, 1, "2026-11-30"),
        (USUAL, SUNDAY, 5, "2026-12-04"),
        (NO_MONDAYS, FRIDAY, 1, "2026-12-01"),
        (THANKSGIVING, MONDAY, 3, "2026-11-30"),
    ],
)
def test_counting_begins_the_day_after(
    calendar: WorkCalendar, day: date, count: int, then: str
) -> None:
    assert calendar.after(day, count).isoformat() == then


@pytest.mark.parametrize("count", [0, -1])
def test_no_count_goes_back(count: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        USUAL.after(MONDAY, count)


@given(st.data(), days, st.integers(1, 12))
def test_exactly_count_working_days_lie_up_to_the_day(
    data: st.DataObject, day: date, count: int
) -> None:
    calendar = data.draw(calendars(day))
    then = calendar.after(day, count)
    between = [day + timedelta(days=n) for n in range(1, (then - day).days + 1)]
    assert sum(calendar.is_working(d) for d in between) == count
    assert calendar.is_working(then)


@given(st.data(), days)
def test_on_or_after_is_the_nearest_working_day(data: st.DataObject, day: date) -> None:
    calendar = data.draw(calendars(day))
    found = calendar.on_or_after(day)
    skipped = [day + timedelta(days=n) for n in range((found - day).days)]
    assert calendar.is_working(found)
    assert not any(calendar.is_working(d) for d in skipped)


@given(st.data(), days)
def test_days_from_steps_forward(data: st.DataObject, day: date) -> None:
    calendar = data.draw(calendars(day))
    found = list(islice(calendar.days_from(day), 10))
    assert all(a < b for a, b in pairwise(found))
    assert all(calendar.is_working(d) for d in found)


@pytest.mark.parametrize(
    ("free", "then"),
    [
        ((), "2026-11-30"),  # the 5th working day is the 7th day
        ((24,), "2026-11-30"),  # it would be the 8th: the last working day of the week instead
        ((24, 30), "2026-11-27"),
        ((24, 25, 26, 27, 30), "2026-11-30"),  # none is left: the last day that is no weekend
    ],
)
def test_M2_holidays_crowd_the_week(free: tuple[int, ...], then: str) -> None:
    calendar = WorkCalendar(holidays=frozenset(date(2026, 11, day) for day in free))
    assert calendar.within_week_of(MONDAY, 5).isoformat() == then
