"""A history read for the pings that were due: since when, until when, and whether each was made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.cadence import Position, Rules, step
from core.domain.calendar import WorkCalendar
from core.domain.history import Terms, Touch
from core.domain.words import TouchKind

_SETTLES = (TouchKind.SENT, TouchKind.REPLIED, TouchKind.CLOSED)


@dataclass(frozen=True)
class Move:
    """One touch, and the positions before and after it."""

    before: Position
    touch: Touch
    after: Position


@dataclass(frozen=True)
class Span:
    """Days on which one ping was due.

    `until` is the day on which it was sent, answered, closed or put off; None while it waits.
    """

    since: date
    until: date | None
    put_off: bool = False


@dataclass(frozen=True)
class Due:
    """One ping that was due: in one span, or in several when it was put off and fell due again.

    `made` is the day on which it was sent, or None.
    """

    spans: tuple[Span, ...]
    made: date | None = None

    @property
    def fell_due(self) -> date | None:
        """The day on which it fell due at last, or was sent before it did; None if put off."""
        last = self.spans[-1]
        return None if last.put_off else last.since

    def was_due(self, first: date, last: date) -> bool:
        """Whether it was due at some time from `first` to `last`."""
        return any(
            span.since <= last and (span.until is None or span.until >= first)
            for span in self.spans
        )


def moves(history: Sequence[Touch], calendar: WorkCalendar, rules: Rules) -> list[Move]:
    """The touches of one follow-up, oldest first, with what each of them changed."""
    position = Position((history[0].terms if history else None) or Terms())
    found = []
    for touch in history:
        before, position = position, step(position, touch, calendar, rules)
        found.append(Move(before, touch, position))
    return found


def dues(found: Iterable[Move], today: date) -> Iterator[Due]:
    """The pings that were due until today, each once, oldest first.

    What was answered, closed or put off on its very day, or before, was not due: that day was not
    over. A ping sent early was due on the day it was sent; one that was set for a day gone by was
    due from the day on which it was set.
    """
    spans: list[Span] = []
    since: date | None = None
    for move in found:
        day, due, kind = move.touch.day, move.after.due, move.touch.kind
        if kind not in _SETTLES and due == move.before.due:
            continue
        spans += _span(since, move.touch)
        if kind in _SETTLES and spans:
            yield Due(tuple(spans), day if kind is TouchKind.SENT else None)
            spans = []
        since = None if due is None else max(due, day)
    if since is not None and since <= today:
        spans.append(Span(since, None))
    if spans:
        yield Due(tuple(spans))


def _span(since: date | None, touch: Touch) -> Iterator[Span]:
    """The days on which it was due until this touch, if any."""
    if touch.kind is TouchKind.SENT:
        yield Span(min(since or touch.day, touch.day), touch.day)
    elif since is not None and since < touch.day:
        yield Span(since, touch.day, put_off=touch.kind not in _SETTLES)
