"""Streaks: what keeps one, what leaves it as it is, and what ends it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.cadence import STEADY, fold
from core.domain.calendar import Pause, WorkCalendar
from core.domain.clubs.effort import Effort, effort
from core.domain.clubs.streaks import (
    Kept,
    MemberWeek,
    goal_reached,
    kept,
    streak_after,
    took_working_days,
)
from core.domain.history import Terms, Touch
from core.domain.words import TouchKind

MONDAY = date(2026, 11, 23)
SUNDAY = MONDAY + timedelta(days=6)
WEEK = timedelta(days=7)
KEPT, NEUTRAL, BROKEN = Kept

efforts = st.integers(0, 30).flatmap(
    lambda due: st.builds(Effort, st.just(due), st.integers(0, due))
)
goals = st.none() | st.integers(1, 25)
member_weeks = st.builds(MemberWeek, efforts, goals, st.booleans(), st.booleans())


@pytest.mark.parametrize(
    ("goal", "made", "due", "excused", "outcome"),
    [
        (3, 3, 5, False, KEPT),
        (3, 7, 9, False, KEPT),
        (3, 2, 5, False, BROKEN),
        (3, 2, 5, True, NEUTRAL),
        (3, 3, 3, True, KEPT),
        (3, 2, 2, False, BROKEN),  # the goal was one's own
        (3, 0, 0, False, BROKEN),
        (3, 0, 0, True, NEUTRAL),
        (None, 5, 5, False, KEPT),
        (None, 4, 5, False, BROKEN),
        (None, 4, 5, True, NEUTRAL),
        (None, 0, 5, False, BROKEN),
        (None, 0, 0, False, NEUTRAL),
        (None, 1, 1, True, KEPT),
        (1, 1, 1, False, KEPT),
    ],
)
def test_what_a_week_does_to_a_streak_M18(
    goal: int | None, made: int, due: int, excused: bool, outcome: Kept
) -> None:
    found = Effort(due, made)
    assert kept(MemberWeek(found, goal, on_break=excused)) is outcome
    assert kept(MemberWeek(found, goal, joined=excused)) is outcome


@pytest.mark.parametrize(
    ("goal", "made", "reached"), [(None, 0, False), (None, 9, False), (3, 2, False), (3, 3, True)]
)
def test_a_goal_is_reached_M18(goal: int | None, made: int, reached: bool) -> None:
    assert goal_reached(goal, made) is reached


@pytest.mark.parametrize(
    ("start", "end", "days_off", "took"),
    [
        (0, 7, (), True),
        (4, 7, (), True),
        (5, 7, (), False),  # a weekend
        (4, 5, (4,), False),  # a day off anyway
        (3, 5, (4,), True),
        (7, 14, (), False),  # next week
        (-7, 0, (), False),  # until Sunday: back on Monday
        (-7, 1, (), True),
    ],
)
def test_a_break_that_took_working_days_M18(
    start: int, end: int, days_off: tuple[int, ...], took: bool
) -> None:
    pause = Pause(MONDAY + timedelta(days=start), MONDAY + timedelta(days=end))
    calendar = WorkCalendar(frozenset(days_off), pauses=(pause,))
    assert took_working_days(calendar, MONDAY, SUNDAY) is took


def test_without_a_break_none_took_days() -> None:
    assert not took_working_days(WorkCalendar(frozenset({0, 1})), MONDAY, SUNDAY)


@given(st.integers(0, 500), member_weeks)
def test_a_streak_grows_by_one_stays_or_ends_M18(streak: int, week: MemberWeek) -> None:
    after = streak_after(streak, kept(week))
    assert after in {streak + 1, streak, 0}
    assert (after == streak + 1) is (kept(week) is KEPT)


@given(member_weeks)
def test_an_excuse_never_takes_a_kept_week_away_nor_makes_one_M18(week: MemberWeek) -> None:
    plain = kept(MemberWeek(week.effort, week.goal))
    assert (kept(week) is KEPT) is (plain is KEPT)
    if week.on_break or week.joined:
        assert kept(week) is not BROKEN


@given(member_weeks, st.integers(0, 5))
def test_one_ping_more_never_does_harm_M18(week: MemberWeek, more: int) -> None:
    order = [BROKEN, NEUTRAL, KEPT]
    due, made = week.effort.due + more, week.effort.made + more
    better = MemberWeek(Effort(due, made), week.goal, week.on_break, week.joined)
    assert order.index(kept(better)) >= order.index(kept(week))


@given(
    st.frozensets(st.integers(0, 6)).filter(lambda off: not off >= {0, 1, 2, 3, 4}),
    st.none() | st.tuples(st.integers(0, 40), st.integers(1, 20)),
)
def test_days_off_and_breaks_never_end_the_streak_of_who_pings_when_due_M18(
    days_off: frozenset[int], away: tuple[int, int] | None
) -> None:
    calendar = WorkCalendar(days_off, pauses=(_pause(*away),) if away else ())
    history = [Touch(TouchKind.ADDED, MONDAY, terms=Terms())]
    while (due := fold(history, calendar).due) is not None and due < MONDAY + 10 * WEEK:
        history.append(Touch(TouchKind.SENT, due))
    streak = best = 0
    for number in range(10):
        first, last = MONDAY + number * WEEK, SUNDAY + number * WEEK
        made = effort([(history, calendar)], STEADY, first, last, last)
        week = MemberWeek(made, on_break=took_working_days(calendar, first, last))
        assert kept(week) is not BROKEN
        streak = streak_after(streak, kept(week))
        best = max(best, streak)
    assert streak == best >= 2


def _pause(start: int, days: int) -> Pause:
    return Pause(MONDAY + timedelta(days=start), MONDAY + timedelta(days=start + days))
