"""Which ping comes first (M8)."""

from __future__ import annotations

from datetime import date

from core.domain.cadence import Position
from core.domain.words import Priority, Urgency

_URGENCY = {
    u: n for n, u in enumerate((Urgency.URGENT, Urgency.SOON, Urgency.NORMAL, Urgency.RELAXED))
}
_PRIORITY = {p: n for n, p in enumerate((Priority.HIGH, Priority.NORMAL, Priority.LOW))}


def turn(position: Position, mornings: int) -> tuple[int, int, int, date]:
    """A sort key for who is shown when there are more than fit: as `pressing`, but among equals
    those that were shown least often come first, so that everybody has a turn.
    """
    urgency, priority, due = pressing(position)
    return urgency, priority, mornings, due


def pressing(position: Position) -> tuple[int, int, date]:
    """A sort key: urgency, priority, then days overdue; the most pressing is the smallest."""
    terms = position.terms
    return (
        _URGENCY[terms.urgency],
        _PRIORITY[terms.priority],
        position.due or date.max,
    )
