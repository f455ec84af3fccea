"""What a member did in a week: pings made against pings due, and goals that suit the week (M18).

Nothing but pings counts: no reply, no offer, no note. Counts are all that leaves here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.cadence import Position, Rules
from core.domain.calendar import WorkCalendar
from core.domain.dues import dues, moves
from core.domain.history import Touch

A_DAY = 5
"""Pings that one can do well in a day (M8)."""
WORKING_DAYS = 5
MOST = A_DAY * WORKING_DAYS
"""The highest goal that is suggested."""


@dataclass(frozen=True)
class Effort:
    """Pings of some days. What was made was due: `made` is never more than `due`."""

    due: int = 0
    made: int = 0

    def __add__(self, other: Effort) -> Effort:
        return Effort(self.due + other.due, self.made + other.made)


def effort(
    histories: Iterable[tuple[Sequence[Touch], WorkCalendar]],
    rules: Rules,
    first: date,
    last: date,
    today: date,
) -> Effort:
    """The pings from `first` to `last`, as they stand today, of all of a member's follow-ups.

    Each history comes with its calendar, oldest touch first and without the voided ones. Due is
    what fell due by `last` and was not sent, answered, closed or put off before `first`, and what
    was sent early. One ping that was put off and fell due again is one.
    """
    due = made = 0
    for history, calendar in histories:
        for one in dues(moves(history, calendar, rules), today):
            due += one.was_due(first, last)
            made += one.made is not None and first <= one.made <= last
    return Effort(due, made)


def coming(positions: Iterable[Position], last: date) -> int:
    """How many pings are due already or will be by `last`, as the follow-ups stand now.

    What those pings bring about in the same days is not foreseen.
    """
    return sum(position.due is not None and position.due <= last for position in positions)


def suggested_goals(due: int, working_days: int = WORKING_DAYS) -> tuple[int, ...]:
    """One to three goals, the easiest first: about half of what is due, three quarters, all.

    None is more than one can do well in the member's working days of the week, nor less than 1.
    """
    highest = max(1, min(due, A_DAY * min(working_days, WORKING_DAYS)))
    return tuple(sorted({-(-highest * quarters // 4) for quarters in (2, 3, 4)}))
