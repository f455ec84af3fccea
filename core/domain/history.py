"""A follow-up's history: touches, which are only ever added, and the terms they set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.domain.words import (
    Channel,
    CloseReason,
    Outcome,
    Priority,
    TouchKind,
    Trust,
    Urgency,
)


@dataclass(frozen=True)
class Terms:
    """What sets the first wait (M1). `first_on` is the day that the member named, if any."""

    urgency: Urgency = Urgency.NORMAL
    priority: Priority = Priority.NORMAL
    trust: Trust = Trust.SOME
    first_on: date | None = None


@dataclass(frozen=True)
class Touch:
    """One entry. `day` is the member's day on which it happened, not when it was written down.

    - `until`: the day agreed on or snoozed to.
    - `terms`: what an entry of kind ADDED or EDITED sets.
    - `angle`: one of the words of the method, or the member's own.
    - `text`: what was sent, said or noted, as the member wrote it.
    """

    kind: TouchKind
    day: date
    via: Channel = Channel.UNKNOWN
    angle: str = ""
    outcome: Outcome | None = None
    reason: CloseReason | None = None
    until: date | None = None
    text: str = ""
    terms: Terms | None = None
    id: int = 0
    change: int = 0
