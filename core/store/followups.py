"""Follow-ups, contacts and their histories."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, case, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.cadence import Because, Position, Why
from core.domain.history import Terms, Touch
from core.domain.names import contact_key, folded
from core.domain.records import Contact, FollowUp
from core.domain.words import (
    Channel,
    CloseReason,
    Outcome,
    Priority,
    Step,
    TouchKind,
    Trust,
    Urgency,
)
from core.store.tables import ContactRow, FollowUpRow, TouchRow

SKIPS_KEPT = 12


def _of_member(member_id: int) -> Select[FollowUpRow, ContactRow]:
    return (
        select(FollowUpRow, ContactRow)
        .join(ContactRow)
        .where(FollowUpRow.member_id == member_id, FollowUpRow.removed.is_(False))
    )


async def all_of(session: AsyncSession, member_id: int) -> list[FollowUp]:
    """Everything on the member's list, open and closed."""
    rows = await session.execute(_of_member(member_id).order_by(FollowUpRow.number))
    return [_followup(*row) for row in rows]


async def due_by(session: AsyncSession, member_id: int, day: date) -> list[FollowUp]:
    """What is due on that day or before it."""
    rows = await session.execute(_of_member(member_id).where(FollowUpRow.due_on <= day))
    return [_followup(*row) for row in rows]


async def some_of(session: AsyncSession, member_id: int, ids: Sequence[int]) -> list[FollowUp]:
    """These of the member's follow-ups, in this order; what is not the member's is left out."""
    rows = await session.execute(_of_member(member_id).where(FollowUpRow.id.in_(ids)))
    found = {row[0].id: _followup(*row) for row in rows}
    return [found[id] for id in ids if id in found]


async def one_of(session: AsyncSession, member_id: int, id: int) -> FollowUp | None:
    """One of the member's follow-ups; None for anybody else's, as for one that never was."""
    found = await some_of(session, member_id, [id])
    return found[0] if found else None


async def of_contact(session: AsyncSession, member_id: int, contact_id: int) -> list[FollowUp]:
    """Every follow-up with one contact, open and closed."""
    query = _of_member(member_id).where(FollowUpRow.contact_id == contact_id)
    return [_followup(*row) for row in await session.execute(query.order_by(FollowUpRow.id))]


async def referred_by(session: AsyncSession, member_id: int, id: int) -> list[FollowUp]:
    """The follow-ups that this one led to, oldest first."""
    query = _of_member(member_id).where(FollowUpRow.referred_by == id)
    return [_followup(*row) for row in await session.execute(query.order_by(FollowUpRow.id))]


async def skip_angle(session: AsyncSession, id: int, angle: str) -> None:
    """Pass an angle over until the follow-up moves."""
    row = await session.get_one(FollowUpRow, id)
    kept = [*row.skipped.split(","), angle] if row.skipped else [angle]
    row.skipped = ",".join(kept[-SKIPS_KEPT:])
    await session.flush()


async def shown_once_more(session: AsyncSession, ids: Sequence[int]) -> None:
    """Count a morning for each of these."""
    if ids:
        await session.execute(
            update(FollowUpRow)
            .where(FollowUpRow.id.in_(ids))
            .values(mornings=FollowUpRow.mornings + 1)
        )


async def first_due(session: AsyncSession, member_id: int) -> date | None:
    """The earliest due day on the member's list; None when nothing is due."""
    query = select(func.min(FollowUpRow.due_on)).where(
        FollowUpRow.member_id == member_id, FollowUpRow.removed.is_(False)
    )
    return await session.scalar(query)


async def contact_like(
    session: AsyncSession, member_id: int, name: str, organization: str
) -> Contact | None:
    """The member's contact with this name and organization; nobody without a name is the same."""
    if not name:
        return None
    key = contact_key(name, organization)
    query = select(ContactRow).where(ContactRow.member_id == member_id, ContactRow.key == key)
    row = await session.scalar(query.order_by(ContactRow.id.desc()).limit(1))
    return _contact(row) if row else None


async def save_contact(session: AsyncSession, member_id: int, contact: Contact) -> Contact:
    """Write a contact, a new one when it has no id; the record with its id."""
    if contact.id:
        row = await session.get_one(ContactRow, contact.id)
    else:
        row = ContactRow(member_id=member_id)
        session.add(row)
    row.name, row.organization = contact.name, contact.organization
    row.key = contact_key(contact.name, contact.organization)
    row.via, row.address, row.country = contact.via, contact.address, contact.country
    await session.flush()
    return _contact(row)


async def create(
    session: AsyncSession,
    member_id: int,
    number: int,
    contact_id: int,
    about: str,
    referred_by: int = 0,
) -> int:
    """A new follow-up without a history yet; its id. A touch must follow."""
    row = FollowUpRow(
        member_id=member_id,
        contact_id=contact_id,
        number=number,
        about=about,
        revision=0,
        referred_by=referred_by or None,
    )
    _place(row, Position(Terms()))
    session.add(row)
    await session.flush()
    return row.id


async def move_to_contact(session: AsyncSession, id: int, contact_id: int) -> None:
    """Let a follow-up be with another contact of the same member."""
    (await session.get_one(FollowUpRow, id)).contact_id = contact_id
    await session.flush()


async def works_there(session: AsyncSession, member_id: int, organization: str) -> bool:
    """Whether some follow-up of the member is with somebody at this organization."""
    wanted = folded(organization)
    everything = await all_of(session, member_id)
    return any(folded(followup.contact.organization) == wanted for followup in everything)


async def contact_by_id(session: AsyncSession, member_id: int, id: int) -> Contact | None:
    """One of the member's contacts."""
    query = select(ContactRow).where(ContactRow.member_id == member_id, ContactRow.id == id)
    row = await session.scalar(query)
    return _contact(row) if row else None


async def set_about(session: AsyncSession, id: int, about: str) -> None:
    """Change what it is about."""
    (await session.get_one(FollowUpRow, id)).about = about


async def put_position(session: AsyncSession, id: int, position: Position | None) -> None:
    """Keep the fold of the history; None when nothing of it is left, so that it is gone.

    The revision grows only when something moved: a note must not make yesterday's buttons stale.
    """
    row = await session.get_one(FollowUpRow, id)
    row.removed = position is None
    if position is None:
        row.due_on = None
        row.revision += 1
    elif row.revision == 0 or position != _position(row):
        _place(row, position)
        row.revision += 1
        row.mornings, row.skipped = 0, ""
    await session.flush()


async def history(session: AsyncSession, id: int) -> list[Touch]:
    """The touches that count, oldest first."""
    return (await histories(session, [id]))[id]


async def histories(session: AsyncSession, ids: Sequence[int]) -> dict[int, list[Touch]]:
    """The touches that count of each of these follow-ups, by the day on which they happened.

    Something may be written down later than it happened; only the first entry stays the first.
    """
    query = select(TouchRow).where(TouchRow.followup_id.in_(ids), TouchRow.voided.is_(False))
    found: dict[int, list[Touch]] = {id: [] for id in ids}
    first = case((TouchRow.kind == TouchKind.ADDED, 0), else_=1)
    for row in await session.scalars(query.order_by(first, TouchRow.day, TouchRow.id)):
        found[row.followup_id].append(_touch(row))
    return found


async def add_touch(
    session: AsyncSession, id: int, change_id: int, touch: Touch, now: datetime
) -> None:
    """Append one touch. The caller folds the history again."""
    session.add(
        TouchRow(
            followup_id=id,
            change_id=change_id,
            at=now,
            kind=touch.kind,
            day=touch.day,
            via=touch.via,
            angle=touch.angle,
            outcome=touch.outcome,
            reason=touch.reason,
            until=touch.until,
            text=touch.text,
            terms=_terms_out(touch.terms),
        )
    )
    await session.flush()


def _place(row: FollowUpRow, position: Position) -> None:
    terms = position.terms
    row.urgency, row.priority, row.trust = terms.urgency, terms.priority, terms.trust
    row.first_on = terms.first_on
    row.step, row.cycle = position.step, position.cycle
    row.unanswered, row.rests = position.unanswered, position.rests
    row.due_on, row.closed = position.due, position.closed
    row.because = position.why.because
    row.because_count, row.because_moved = position.why.count, position.why.moved
    row.because_spaced = position.why.spaced
    row.last_ping_on, row.added_on = position.last_ping, position.added


def _position(row: FollowUpRow) -> Position:
    return Position(
        terms=Terms(Urgency(row.urgency), Priority(row.priority), Trust(row.trust), row.first_on),
        step=Step(row.step),
        cycle=row.cycle,
        unanswered=row.unanswered,
        rests=row.rests,
        due=row.due_on,
        why=Why(Because(row.because), row.because_count, row.because_moved, row.because_spaced),
        closed=CloseReason(row.closed) if row.closed else None,
        last_ping=row.last_ping_on,
        added=row.added_on,
    )


def _contact(row: ContactRow) -> Contact:
    return Contact(row.id, row.name, row.organization, Channel(row.via), row.address, row.country)


def _followup(row: FollowUpRow, contact: ContactRow) -> FollowUp:
    return FollowUp(
        id=row.id,
        number=row.number,
        contact=_contact(contact),
        about=row.about,
        position=_position(row),
        revision=row.revision,
        mornings=row.mornings,
        skipped=tuple(angle for angle in row.skipped.split(",") if angle),
        referred_by=row.referred_by or 0,
    )


def _touch(row: TouchRow) -> Touch:
    return Touch(
        kind=TouchKind(row.kind),
        day=row.day,
        via=Channel(row.via),
        angle=row.angle,
        outcome=Outcome(row.outcome) if row.outcome else None,
        reason=CloseReason(row.reason) if row.reason else None,
        until=row.until,
        text=row.text,
        terms=_terms_in(row.terms),
        id=row.id,
        change=row.change_id,
    )


def _terms_out(terms: Terms | None) -> dict[str, Any] | None:
    if terms is None:
        return None
    return {
        "urgency": terms.urgency,
        "priority": terms.priority,
        "trust": terms.trust,
        "first_on": terms.first_on.isoformat() if terms.first_on else None,
    }


def _terms_in(kept: dict[str, Any] | None) -> Terms | None:
    if kept is None:
        return None
    first_on = date.fromisoformat(kept["first_on"]) if kept["first_on"] else None
    return Terms(
        Urgency(kept["urgency"]), Priority(kept["priority"]), Trust(kept["trust"]), first_on
    )
