"""Digests: what one says when it goes out, and what it says when a button on it was pressed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from core.domain.cadence import step
from core.domain.calendar import WorkCalendar
from core.domain.history import Touch
from core.domain.order import pressing
from core.domain.records import FollowUp
from core.domain.words import TouchKind
from core.problem import Problem
from core.reply import Message
from core.store import changes, deliveries, followups
from core.tokens import STALE
from core.usecases.work import Work
from core.voice.days import hour_words
from core.voice.digest import Digest, Row, digest_message


@dataclass(frozen=True)
class Due:
    """What is due for one member: all of it, most pressing first, and the last pings."""

    followups: list[FollowUp]
    last: dict[int, Touch]


def in_order(due: list[FollowUp]) -> list[FollowUp]:
    """Most pressing first (M8)."""
    return sorted(due, key=lambda f: (pressing(f.position), f.number))


def waiting_row(followup: FollowUp, last: Touch | None, today: date, calendar: WorkCalendar) -> Row:
    """The row of a ping that is still to be made."""
    following = step(followup.position, Touch(TouchKind.SENT, today), calendar)
    return Row(followup, last, following)


async def shown_again(work: Work, id: int, unfolded: int, menu: str) -> Message:
    """The digest with that id as things stand now: what was done is one line with Undo."""
    delivery = await deliveries.one_of(work.session, work.member.id, id)
    if delivery is None:
        raise Problem(STALE)
    shown = await followups.some_of(work.session, work.member.id, delivery.rows)
    pings = await followups.last_pings(work.session, delivery.rows)
    touches = await followups.last_touches(work.session, delivery.rows)
    rows = []
    for followup in shown:
        if _waits(followup, work.today):
            rows.append(
                waiting_row(followup, pings.get(followup.id), work.today, work.member.calendar)
            )
        else:
            change = await changes.last_change(
                work.session, work.member.id, followup_id=followup.id
            )
            rows.append(Row(followup, touches[followup.id], change=change.id if change else 0))
    due = await followups.due_by(work.session, work.member.id, work.today)
    hidden = len([followup for followup in due if followup.id not in delivery.rows])
    digest = Digest(delivery.day, work.today, tuple(rows), hidden, f"d{id}")
    return digest_message(digest, unfolded, menu)


def composed(id: int, day: date, rows: list[Row], hidden: int, planned: datetime | None) -> Message:
    """The digest as it goes out. `planned` is the member's local hour, when it is late."""
    hour = hour_words(planned.timetz().replace(tzinfo=None)) if planned else ""
    return digest_message(Digest(day, day, tuple(rows), hidden, f"d{id}", hour))


def _waits(followup: FollowUp, today: date) -> bool:
    due = followup.position.due
    return due is not None and due <= today
