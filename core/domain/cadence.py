"""The cadence: when the next ping is due, and why. Rules M1 to M5, over a history.

A position is a fold of the touches; nothing else is remembered, so voiding the last touch and
folding again is a whole undo.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from core.domain.calendar import WorkCalendar
from core.domain.history import Terms, Touch
from core.domain.words import (
    CloseReason,
    Outcome,
    Priority,
    Step,
    TouchKind,
    Trust,
    Urgency,
)

URGENCY_WAIT = {Urgency.URGENT: 1, Urgency.SOON: 3, Urgency.NORMAL: 5, Urgency.RELAXED: 8}
PRIORITY_WAIT = {Priority.HIGH: -1, Priority.NORMAL: 0, Priority.LOW: 2}
TRUST_WAIT = {Trust.STRONG: -1, Trust.SOME: 0, Trust.NONE: 1}
SHORTEST_WAIT, LONGEST_WAIT = 1, 10
CHECK_IN_WAIT = 5
REST_WEEKS = (3, 4, 6, 8)
TALKING_WAIT = 10
MY_TURN_WAIT = 1
REOPEN_WAIT = 1


class Because(StrEnum):
    """Why a ping is due on its day."""

    FIRST_WAIT = "first wait"  # M1
    NAMED = "named"  # M1: the member named the day
    CHECK_IN = "check-in"  # M2
    REST = "rest"  # M3
    TALKING = "talking"  # M5
    MY_TURN = "my turn"
    CALL_BACK = "call back"
    OPPORTUNITY = "new opportunity"
    AGREED = "agreed"
    SNOOZED = "snoozed"
    REOPENED = "reopened"


@dataclass(frozen=True)
class Why:
    """The rule behind a due day. `count` is in working days, or in weeks for a rest."""

    because: Because
    count: int = 0
    moved: bool = False  # the day named was no working day, so the next one was taken


@dataclass(frozen=True)
class Position:
    """Where a follow-up stands.

    - `due`: the day of the next ping; None when closed.
    - `cycle`: 1 for the first round; a rest or a reply begins the next one.
    - `unanswered`: pings sent since the last reply.
    - `rests`: rounds in a row that ended without an answer.
    - `last_ping`: the day of the last ping, if any.
    """

    terms: Terms
    step: Step = Step.OPENER
    cycle: int = 1
    unanswered: int = 0
    rests: int = 0
    due: date | None = None
    why: Why = Why(Because.FIRST_WAIT)
    closed: CloseReason | None = None
    last_ping: date | None = None
    added: date = date.min


def first_wait(terms: Terms) -> int:
    """M1: the wait before the first ping, in working days, 1 to 10."""
    wait = URGENCY_WAIT[terms.urgency] + PRIORITY_WAIT[terms.priority] + TRUST_WAIT[terms.trust]
    return max(SHORTEST_WAIT, min(LONGEST_WAIT, wait))


def fold(touches: Sequence[Touch], calendar: WorkCalendar) -> Position:
    """The position after these touches, oldest first and without the voided ones.

    Raises ValueError when the first is not of kind ADDED.
    """
    if not touches or touches[0].kind is not TouchKind.ADDED:
        raise ValueError("a history begins with the touch that added it")
    position = Position(terms=touches[0].terms or Terms())
    for touch in touches:
        position = step(position, touch, calendar)
    return position


def step(position: Position, touch: Touch, calendar: WorkCalendar) -> Position:
    """The position after one more touch."""
    match touch.kind:
        case TouchKind.ADDED:
            return _begin(replace(position, added=touch.day), calendar)
        case TouchKind.SENT:
            return _after_ping(position, touch.day, calendar)
        case TouchKind.REPLIED:
            return _after_reply(position, touch, calendar)
        case TouchKind.SNOOZED if touch.until is not None and position.closed is None:
            return _due_on(position, touch.until, Because.SNOOZED, calendar)
        case TouchKind.EDITED if touch.terms is not None:
            return _after_edit(position, touch.terms, calendar)
        case TouchKind.CLOSED:
            return replace(position, due=None, closed=touch.reason or CloseReason.NOT_INTERESTED)
        case TouchKind.REOPENED:
            return _after_reopening(position, touch.day, calendar)
        case _:
            return position


def foresee(position: Position, calendar: WorkCalendar, count: int) -> list[Position]:
    """M9: the positions that follow if each ping goes out on its day and none is answered."""
    ahead: list[Position] = []
    while len(ahead) < count and position.due is not None:
        position = step(position, Touch(TouchKind.SENT, position.due), calendar)
        ahead.append(position)
    return ahead


def _begin(position: Position, calendar: WorkCalendar) -> Position:
    if position.terms.first_on is not None:
        return _due_on(position, position.terms.first_on, Because.NAMED, calendar)
    wait = first_wait(position.terms)
    due = calendar.after(position.added, wait)
    return replace(position, due=due, why=Why(Because.FIRST_WAIT, wait))


def _after_ping(position: Position, day: date, calendar: WorkCalendar) -> Position:
    sent = replace(position, unanswered=position.unanswered + 1, last_ping=day, closed=None)
    if position.step is Step.OPENER:
        due = calendar.within_week_of(day, CHECK_IN_WAIT)
        return replace(sent, step=Step.CHECK_IN, due=due, why=Why(Because.CHECK_IN))
    weeks = REST_WEEKS[min(position.rests, len(REST_WEEKS) - 1)]
    due = calendar.on_or_after(day + timedelta(weeks=weeks))
    return replace(
        sent,
        step=Step.OPENER,
        cycle=position.cycle + 1,
        rests=position.rests + 1,
        due=due,
        why=Why(Because.REST, weeks),
    )


def _after_reply(position: Position, touch: Touch, calendar: WorkCalendar) -> Position:
    fresh = replace(
        position,
        step=Step.OPENER,
        cycle=position.cycle + (1 if position.unanswered else 0),
        unanswered=0,
        rests=0,
        closed=None,
    )
    outcome = touch.outcome or Outcome.TALKING
    if outcome is Outcome.DISMISSED:
        return replace(fresh, due=None, closed=CloseReason.DISMISSED)
    if touch.until is not None:
        because = Because.CALL_BACK if outcome is Outcome.CALL_BACK else Because.AGREED
        return _due_on(fresh, touch.until, because, calendar)
    wait, because = {
        Outcome.MY_TURN: (MY_TURN_WAIT, Because.MY_TURN),
        Outcome.OPPORTUNITY: (MY_TURN_WAIT, Because.OPPORTUNITY),
    }.get(outcome, (TALKING_WAIT, Because.TALKING))
    return replace(fresh, due=calendar.after(touch.day, wait), why=Why(because, wait))


def _after_edit(position: Position, terms: Terms, calendar: WorkCalendar) -> Position:
    edited = replace(position, terms=terms)
    waiting_for_first = position.why.because in (Because.FIRST_WAIT, Because.NAMED)
    return _begin(edited, calendar) if waiting_for_first and position.due else edited


def _after_reopening(position: Position, day: date, calendar: WorkCalendar) -> Position:
    return replace(
        position,
        step=Step.OPENER,
        unanswered=0,
        rests=0,
        closed=None,
        cycle=position.cycle + (1 if position.unanswered else 0),
        due=calendar.after(day, REOPEN_WAIT),
        why=Why(Because.REOPENED),
    )


def _due_on(position: Position, day: date, because: Because, calendar: WorkCalendar) -> Position:
    due = calendar.on_or_after(day)
    return replace(position, due=due, why=Why(because, moved=due != day))
