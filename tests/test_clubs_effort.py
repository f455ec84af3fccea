"""Made against due in a week of the club, and the goals that are suggested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.domain.cadence import STEADY, Position, fold
from core.domain.calendar import Pause, WorkCalendar
from core.domain.clubs.effort import MOST, Effort, coming, effort, suggested_goals
from core.domain.dues import Span, dues, moves
from core.domain.history import Terms, Touch
from core.domain.words import CloseReason, Outcome, TouchKind

MONDAY = date(2026, 11, 23)
SUNDAY = MONDAY + timedelta(days=6)
LATER = MONDAY + timedelta(days=60)
USUAL = WorkCalendar()

offsets = st.integers(-20, 30).map(lambda days: MONDAY + timedelta(days=days))
kinds = st.sampled_from([kind for kind in TouchKind if kind is not TouchKind.ADDED])
later_touches = st.builds(
    Touch,
    kinds,
    offsets,
    outcome=st.none() | st.sampled_from(Outcome),
    reason=st.none() | st.sampled_from(CloseReason),
    until=st.none() | offsets,
    terms=st.none() | st.builds(Terms, first_on=st.none() | offsets),
)
beginnings = st.builds(
    lambda day, first: Touch(TouchKind.ADDED, day, terms=Terms(first_on=first)),
    offsets,
    st.none() | offsets,
)
any_order = st.builds(
    lambda first, rest: [first, *rest], beginnings, st.lists(later_touches, max_size=10)
)
in_order = any_order.map(lambda touches: [touches[0], *sorted(touches[1:], key=lambda t: t.day)])
windows = st.tuples(offsets, st.integers(0, 9)).map(lambda w: (w[0], w[0] + timedelta(days=w[1])))


def on(days: int) -> date:
    """So many days after the Monday of the week."""
    return MONDAY + timedelta(days=days)


def added(day: int, due: int) -> Touch:
    return Touch(TouchKind.ADDED, on(day), terms=Terms(first_on=on(due)))


def touch(kind: TouchKind, day: int, until: int | None = None) -> Touch:
    return Touch(kind, on(day), until=None if until is None else on(until))


SENT, REPLIED, CLOSED, SNOOZED, NOTED, REOPENED = (
    TouchKind.SENT,
    TouchKind.REPLIED,
    TouchKind.CLOSED,
    TouchKind.SNOOZED,
    TouchKind.NOTED,
    TouchKind.REOPENED,
)


def of_week(*history: Touch, today: date = LATER, calendar: WorkCalendar = USUAL) -> Effort:
    return effort([(history, calendar)], STEADY, MONDAY, SUNDAY, today)


@pytest.mark.parametrize(
    ("story", "history", "due", "made"),
    [
        ("made on its day", [added(-3, 1), touch(SENT, 1)], 1, 1),
        ("missed", [added(-3, 1)], 1, 0),
        ("made a week late", [added(-3, 1), touch(SENT, 8)], 1, 0),
        ("overdue since last week, made", [added(-20, -10), touch(SENT, 2)], 1, 1),
        ("overdue since last week, missed", [added(-20, -10)], 1, 0),
        ("made early, due next week", [added(-3, 9), touch(SENT, 1)], 1, 1),
        ("made early last week", [added(-20, 1), touch(SENT, -3), touch(CLOSED, -2)], 0, 0),
        ("made on Sunday", [added(-3, 1), touch(SENT, 6)], 1, 1),
        ("due next week", [added(-3, 7)], 0, 0),
        ("answered before it was due", [added(-3, 3), touch(REPLIED, 1, 20)], 0, 0),
        ("answered on the day it was due", [added(-3, 1), touch(REPLIED, 1, 20)], 0, 0),
        ("answered when it was overdue", [added(-3, 1), touch(REPLIED, 2, 20)], 1, 0),
        ("answered last week", [added(-20, -10), touch(REPLIED, -3, 20)], 0, 0),
        ("closed before it was due", [added(-3, 3), touch(CLOSED, 1)], 0, 0),
        ("closed when it was overdue", [added(-3, 1), touch(CLOSED, 4)], 1, 0),
        ("put off before it was due", [added(-3, 3), touch(SNOOZED, 1, 20)], 0, 0),
        ("put off on the day", [added(-3, 1), touch(SNOOZED, 1, 20)], 0, 0),
        ("put off when overdue", [added(-3, 1), touch(SNOOZED, 2, 20)], 1, 0),
        ("put off last week", [added(-20, -10), touch(SNOOZED, -3, 20)], 0, 0),
        ("put off within the week is one", [added(-3, 0), touch(SNOOZED, 1, 3)], 1, 0),
        ("and made", [added(-3, 0), touch(SNOOZED, 1, 3), touch(SENT, 3)], 1, 1),
        ("a note changes nothing", [added(-3, 0), touch(NOTED, 1), touch(SENT, 3)], 1, 1),
        ("two in one week", [added(-3, 0), touch(SENT, 0), touch(SENT, 3)], 2, 2),
        ("a check-in missed", [added(-9, -3), touch(SENT, -3)], 1, 0),
        ("sent when closed", [added(-9, 30), touch(CLOSED, -1), touch(SENT, 1)], 1, 1),
        ("closed and sent again", [added(-3, 0), touch(CLOSED, 2), touch(SENT, 3)], 2, 1),
        ("set for a day gone by", [added(7, -9)], 0, 0),
        ("reopened", [added(-9, 30), touch(CLOSED, -1), touch(REOPENED, 1)], 1, 0),
    ],
)
def test_made_against_due_M18(story: str, history: list[Touch], due: int, made: int) -> None:
    assert of_week(*history) == Effort(due, made), story


def test_what_is_to_come_is_not_due_yet_M18() -> None:
    assert of_week(added(-3, 3), today=on(2)) == Effort(0, 0)
    assert of_week(added(-3, 3), today=on(3)) == Effort(1, 0)


def test_nothing_falls_due_in_a_break_M18() -> None:
    on_break = WorkCalendar(pauses=(Pause(on(-1), on(9)),))
    assert of_week(added(-3, 1), calendar=on_break) == Effort(0, 0)
    assert of_week(added(-3, 1), touch(SENT, 2), calendar=on_break) == Effort(1, 1)


def test_all_of_a_members_follow_ups_together() -> None:
    made, missed = [added(-3, 1), touch(SENT, 1)], [added(-3, 2)]
    histories = [(made, USUAL), (missed, USUAL), ([], USUAL)]
    assert effort(histories, STEADY, MONDAY, SUNDAY, LATER) == Effort(due=2, made=1)
    assert effort([], STEADY, MONDAY, SUNDAY, LATER) == Effort()


def test_the_spans_of_a_ping_that_was_put_off() -> None:
    history = [added(-3, 0), touch(SNOOZED, 1, 3), touch(SENT, 4)]
    one, check_in = dues(moves(history, USUAL, STEADY), LATER)
    assert one.spans == (Span(on(0), on(1), put_off=True), Span(on(3), on(4)))
    assert one.made == on(4)
    assert one.fell_due == on(3)
    assert check_in.spans == (Span(on(11), None),)


@given(st.lists(any_order, max_size=4), windows, offsets)
def test_never_more_made_than_due_M18(
    histories: list[list[Touch]], window: tuple[date, date], today: date
) -> None:
    found = effort([(history, USUAL) for history in histories], STEADY, *window, today)
    assert 0 <= found.made <= found.due


@given(st.lists(any_order, max_size=4), windows, offsets)
def test_made_are_the_pings_sent_and_nothing_else_M18(
    histories: list[list[Touch]], window: tuple[date, date], today: date
) -> None:
    found = effort([(history, USUAL) for history in histories], STEADY, *window, today)
    sent = [t for history in histories for t in history if t.kind is TouchKind.SENT]
    assert found.made == sum(window[0] <= t.day <= window[1] for t in sent)


@given(in_order, windows)
def test_due_is_what_a_digest_of_those_days_would_show_M18(
    history: Sequence[Touch], window: tuple[date, date]
) -> None:
    """Read once more day by day: what was due in the evening of a day, or was sent on it."""
    assume(all(history[0].day <= touch.day for touch in history))
    first, last = window
    evenings = [first + timedelta(days=n) for n in range(-1, (last - first).days + 1)]
    sent = any(t.kind is TouchKind.SENT and first <= t.day <= last for t in history)
    waited = any(due_in_the_evening(history, day, min(day, last)) for day in evenings)
    found = effort([(history, USUAL)], STEADY, first, last, LATER)
    assert (found.due > 0) is (sent or waited)


def due_in_the_evening(history: Sequence[Touch], day: date, by: date) -> bool:
    if history[0].day > day:
        return False
    known = [history[0], *(t for t in history[1:] if t.day <= day)]
    due = fold(known, USUAL).due
    return due is not None and due <= by


@given(in_order, st.integers(1, 4))
def test_weeks_side_by_side_have_every_ping_M18(history: list[Touch], weeks: int) -> None:
    """A ping may be due in two weeks; it is made in one."""
    whole = effort([(history, USUAL)], STEADY, MONDAY, on(7 * weeks - 1), LATER)
    parts = [
        effort([(history, USUAL)], STEADY, on(7 * n), on(7 * n + 6), LATER) for n in range(weeks)
    ]
    assert sum(part.made for part in parts) == whole.made
    assert max(part.due for part in parts) <= whole.due <= sum(part.due for part in parts)


@given(in_order, st.data())
def test_a_note_or_a_reply_more_makes_no_ping_M18(
    history: list[Touch], data: st.DataObject
) -> None:
    kind = data.draw(st.sampled_from([NOTED, REPLIED, SNOOZED, CLOSED, REOPENED]))
    more = [*history, replace(history[-1], kind=kind, terms=None)]
    assert of_week(*more).made == of_week(*history).made or history[-1].kind is TouchKind.SENT
    assert of_week(*more).made <= of_week(*history).made


def test_what_is_coming_counts_what_is_overdue_too() -> None:
    positions = [
        Position(Terms(), due=on(-9)),
        Position(Terms(), due=on(0)),
        Position(Terms(), due=on(6)),
        Position(Terms(), due=on(7)),
        Position(Terms(), due=None, closed=CloseReason.LANDED),
    ]
    assert coming(positions, SUNDAY) == 3
    assert coming([], SUNDAY) == 0


@pytest.mark.parametrize(
    ("due", "goals"),
    [
        (0, (1,)),
        (1, (1,)),
        (2, (1, 2)),
        (3, (2, 3)),
        (4, (2, 3, 4)),
        (5, (3, 4, 5)),
        (8, (4, 6, 8)),
        (12, (6, 9, 12)),
        (25, (13, 19, 25)),
        (400, (13, 19, 25)),
    ],
)
def test_the_goals_that_are_suggested(due: int, goals: tuple[int, ...]) -> None:
    assert suggested_goals(due) == goals


def test_fewer_days_make_smaller_goals() -> None:
    assert suggested_goals(40, working_days=2) == (5, 8, 10)
    assert suggested_goals(40, working_days=0) == (1,)
    assert suggested_goals(40, working_days=7) == suggested_goals(40)


@given(st.integers(0, 10_000), st.integers(0, 7))
def test_goals_are_few_and_within_reach(due: int, days: int) -> None:
    goals = suggested_goals(due, days)
    assert 1 <= len(goals) <= 3
    assert list(goals) == sorted(set(goals))
    assert all(1 <= goal <= min(MOST, max(1, due)) for goal in goals)
