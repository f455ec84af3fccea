"""The cadence: when the next ping is due, and why. Rules M1 to M6 and M9, over a history.

A position is a fold of the touches; nothing else is remembered, so voiding the last touch and
folding again is a whole undo.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from core.domain.calendar import WorkCalendar
from core.domain.history import Terms, Touch
from core.domain.words import (
    Angle,
    CloseReason,
    Outcome,
    Pace,
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
MY_TURN_WAIT = 1
REOPEN_WAIT = 1
THANKS_WAIT = 1
SPACING = 2
"""Working days from one ping to a contact until the next, at every pace (M6)."""


@dataclass(frozen=True)
class Rules:
    """What a pace changes. Waits are in working days, rests in weeks.

    - `first`: added to the first wait, which stays within its bounds.
    - `check_in`: from the opener to the check-in; never more than a week (M2).
    - `rests`: after the first round without an answer, the second, and so on.
    - `talking`: while the two are talking.
    """

    first: int = 0
    check_in: int = 5
    rests: tuple[int, ...] = (3, 4, 6, 8)
    talking: int = 10


STEADY = Rules()
RULES = {
    Pace.GENTLE: Rules(first=2, rests=(4, 6, 8, 10), talking=12),
    Pace.STEADY: STEADY,
    Pace.BOLD: Rules(first=-1, check_in=3, rests=(2, 3, 4, 6), talking=7),
}


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
    THANKS = "thanks"


@dataclass(frozen=True)
class Why:
    """The rule behind a due day.

    - `count`: in working days, or in weeks for a rest.
    - `moved`: the day named was no working day, so the next one was taken.
    - `spaced`: it was too soon after another ping to the same contact (M6).
    """

    because: Because
    count: int = 0
    moved: bool = False
    spaced: bool = False


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


def first_wait(terms: Terms, rules: Rules = STEADY) -> int:
    """M1: the wait before the first ping, in working days, 1 to 10."""
    wait = URGENCY_WAIT[terms.urgency] + PRIORITY_WAIT[terms.priority] + TRUST_WAIT[terms.trust]
    return max(SHORTEST_WAIT, min(LONGEST_WAIT, wait + rules.first))


def fold(touches: Sequence[Touch], calendar: WorkCalendar, rules: Rules = STEADY) -> Position:
    """The position after these touches, oldest first and without the voided ones.

    Raises ValueError when the first is not of kind ADDED.
    """
    if not touches or touches[0].kind is not TouchKind.ADDED:
        raise ValueError("a history begins with the touch that added it")
    position = Position(terms=touches[0].terms or Terms())
    for touch in touches:
        position = step(position, touch, calendar, rules)
    return position


def step(
    position: Position, touch: Touch, calendar: WorkCalendar, rules: Rules = STEADY
) -> Position:
    """The position after one more touch."""
    moved = _Mover(calendar, rules).after(position, touch)
    if moved.why.because is Because.CHECK_IN:
        return moved  # M2 is the stricter one here: within a week, however few working days it has
    return spaced(moved, moved.last_ping, calendar)


def spaced(position: Position, last_ping: date | None, calendar: WorkCalendar) -> Position:
    """M6: at most one ping in 2 working days, the last one to the contact being on that day."""
    if position.due is None or last_ping is None:
        return position
    earliest = calendar.after(last_ping, SPACING)
    if position.due >= earliest:
        return position
    return replace(position, due=earliest, why=replace(position.why, spaced=True))


def foresee(
    position: Position,
    calendar: WorkCalendar,
    count: int,
    rules: Rules = STEADY,
    today: date = date.min,
) -> list[Position]:
    """M9: the positions that follow if each ping goes out on its day and none is answered.

    One that is overdue goes out today.
    """
    ahead: list[Position] = []
    while len(ahead) < count and position.due is not None:
        sent = Touch(TouchKind.SENT, max(position.due, today))
        position = step(position, sent, calendar, rules)
        ahead.append(position)
    return ahead


@dataclass(frozen=True)
class _Mover:
    """Moves a position on, in one calendar and by the rules of one pace."""

    calendar: WorkCalendar
    rules: Rules

    def after(self, position: Position, touch: Touch) -> Position:
        match touch.kind:
            case TouchKind.ADDED:
                return self._begin(replace(position, added=touch.day))
            case TouchKind.SENT:
                return self._after_ping(position, touch)
            case TouchKind.REPLIED:
                return self._after_reply(position, touch)
            case TouchKind.SNOOZED if touch.until is not None and position.closed is None:
                return self._due_on(position, touch.until, Because.SNOOZED)
            case TouchKind.EDITED if touch.terms is not None:
                return self._after_edit(position, touch.terms)
            case TouchKind.CLOSED:
                reason = touch.reason or CloseReason.NOT_INTERESTED
                return replace(position, due=None, closed=reason)
            case TouchKind.REOPENED:
                return self._wait(_fresh(position), touch.day, REOPEN_WAIT, Because.REOPENED)
            case _:
                return position

    def _begin(self, position: Position) -> Position:
        if position.terms.first_on is not None:
            return self._due_on(position, position.terms.first_on, Because.NAMED)
        wait = first_wait(position.terms, self.rules)
        return self._wait(position, position.added, wait, Because.FIRST_WAIT)

    def _after_ping(self, position: Position, touch: Touch) -> Position:
        day = touch.day
        if position.closed is CloseReason.LANDED and touch.angle == Angle.THANKS:
            return replace(position, last_ping=day)  # thanks after a win begin nothing anew (M21)
        sent = replace(position, unanswered=position.unanswered + 1, last_ping=day, closed=None)
        if position.why.because is Because.THANKS:
            # Thanks are not chased: the next ping keeps the contact posted.
            return self._wait(sent, day, self.rules.talking, Because.TALKING)
        if position.step is Step.OPENER:
            due = self.calendar.within_week_of(day, self.rules.check_in)
            return replace(sent, step=Step.CHECK_IN, due=due, why=Why(Because.CHECK_IN))
        weeks = self.rules.rests[min(position.rests, len(self.rules.rests) - 1)]
        due = self.calendar.on_or_after(self.calendar.weeks_after(day, weeks))
        return replace(
            sent,
            step=Step.OPENER,
            cycle=position.cycle + 1,
            rests=position.rests + 1,
            due=due,
            why=Why(Because.REST, weeks),
        )

    def _after_reply(self, position: Position, touch: Touch) -> Position:
        fresh = _fresh(position)
        outcome = touch.outcome or Outcome.TALKING
        if outcome is Outcome.DISMISSED:
            return replace(fresh, due=None, closed=CloseReason.DISMISSED)
        if touch.until is not None:
            because = Because.CALL_BACK if outcome is Outcome.CALL_BACK else Because.AGREED
            return self._due_on(fresh, touch.until, because)
        wait, because = {
            Outcome.MY_TURN: (MY_TURN_WAIT, Because.MY_TURN),
            Outcome.OPPORTUNITY: (MY_TURN_WAIT, Because.OPPORTUNITY),
            Outcome.REFERRED: (THANKS_WAIT, Because.THANKS),
        }.get(outcome, (self.rules.talking, Because.TALKING))
        return self._wait(fresh, touch.day, wait, because)

    def _after_edit(self, position: Position, terms: Terms) -> Position:
        edited = replace(position, terms=terms)
        waiting_for_first = position.why.because in (Because.FIRST_WAIT, Because.NAMED)
        return self._begin(edited) if waiting_for_first and position.due else edited

    def _wait(self, position: Position, day: date, wait: int, because: Because) -> Position:
        return replace(position, due=self.calendar.after(day, wait), why=Why(because, wait))

    def _due_on(self, position: Position, day: date, because: Because) -> Position:
        due = self.calendar.on_or_after(day)
        return replace(position, due=due, why=Why(because, moved=due != day))


def _fresh(position: Position) -> Position:
    """A cycle that begins anew: nothing is unanswered and no rest counts."""
    return replace(
        position,
        step=Step.OPENER,
        cycle=position.cycle + (1 if position.unanswered else 0),
        unanswered=0,
        rests=0,
        closed=None,
    )
