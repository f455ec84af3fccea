"""Follow-ups: the row keeps the fold of the history, so that what is due can be found."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.cadence import Because, Position, Why
from core.domain.history import Terms
from core.domain.names import folded
from core.domain.records import FollowUp
from core.domain.words import (
    CloseReason,
    Priority,
    Step,
    Trust,
    Urgency,
)
from core.store.contacts import contact_from
from core.store.tables import ContactRow, FollowUpRow
from core.store.tables.sealed import written_as

SKIPS_KEPT = 12
PORTION = 200
"""Follow-ups read together: each step of it blocks the loop."""


def _of_member(member_id: int) -> Select[FollowUpRow, ContactRow]:
    return _everything().where(FollowUpRow.member_id == member_id)


def _of_members(ids: Collection[int]) -> Select[FollowUpRow, ContactRow]:
    return _everything().where(FollowUpRow.member_id.in_(ids))


def _everything() -> Select[FollowUpRow, ContactRow]:
    query = select(FollowUpRow, ContactRow).join(ContactRow)
    return query.where(FollowUpRow.removed.is_(False))


async def all_of(session: AsyncSession, member_id: int) -> list[FollowUp]:
    """Everything on the member's list, open and closed.

    In portions, between which the loop goes on: a list may have thousands.
    """
    found: list[FollowUp] = []
    query = _of_member(member_id).order_by(FollowUpRow.number).limit(PORTION)
    while True:
        after = found[-1].number if found else 0
        rows = (await session.execute(query.where(FollowUpRow.number > after))).all()
        found += [_followup(*row) for row in rows]
        if len(rows) < PORTION:
            return found


async def has_any(session: AsyncSession, member_id: int) -> bool:
    """Whether anything is on the member's list, open or closed."""
    one = select(FollowUpRow.id).where(
        FollowUpRow.member_id == member_id, FollowUpRow.removed.is_(False)
    )
    return await session.scalar(one.limit(1)) is not None


async def of_each(session: AsyncSession, ids: Collection[int]) -> dict[int, list[FollowUp]]:
    """Everything on the lists of these members, by member."""
    found: dict[int, list[FollowUp]] = {id: [] for id in ids}
    for row, contact in await session.execute(_of_members(ids).order_by(FollowUpRow.id)):
        found[row.member_id].append(_followup(row, contact))
    return found


async def organization_at(session: AsyncSession, member_id: int, place: str) -> str:
    """What a member calls the organization at that `place`; "" when they pursue none there."""
    query = (
        select(ContactRow.organization, ContactRow.address)
        .join(FollowUpRow, FollowUpRow.contact_id == ContactRow.id)
        .where(
            ContactRow.member_id == member_id,
            written_as(session, ContactRow.place, [place]),
            FollowUpRow.removed.is_(False),
            FollowUpRow.due_on.is_not(None),
        )
        .order_by(ContactRow.id)
        .limit(1)
    )
    found = (await session.execute(query)).first()
    return (found.organization or found.address) if found else ""


async def due_by(session: AsyncSession, member_id: int, day: date) -> list[FollowUp]:
    """What is due on that day or before it."""
    rows = await session.execute(_of_member(member_id).where(FollowUpRow.due_on <= day))
    return [_followup(*row) for row in rows]


async def due_each(session: AsyncSession, wanted: Mapping[int, date]) -> dict[int, list[FollowUp]]:
    """What is due for each of these members on their day or before it, by member."""
    if not wanted:
        return {}
    query = _of_members(wanted).where(FollowUpRow.due_on <= max(wanted.values()))
    found: dict[int, list[FollowUp]] = {}
    for row, contact in await session.execute(query.order_by(FollowUpRow.id)):
        if row.due_on is not None and row.due_on <= wanted[row.member_id]:
            found.setdefault(row.member_id, []).append(_followup(row, contact))
    return found


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


async def others_of_contacts(
    session: AsyncSession,
    member_ids: Collection[int],
    contact_ids: Collection[int],
    known: Collection[int],
) -> list[FollowUp]:
    """The follow-ups with these contacts of these members, open and closed, besides those known."""
    query = _of_members(member_ids).where(
        FollowUpRow.contact_id.in_(contact_ids), FollowUpRow.id.not_in(known)
    )
    return [_followup(*row) for row in await session.execute(query.order_by(FollowUpRow.id))]


async def referrals(
    session: AsyncSession, member_ids: Collection[int], ids: Collection[int], led: Collection[int]
) -> list[FollowUp]:
    """These of the members' follow-ups, and those that the ones in `led` led to, oldest first."""
    wanted = or_(FollowUpRow.id.in_(ids), FollowUpRow.referred_by.in_(led))
    query = _of_members(member_ids).where(wanted)
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
    place(row, Position(Terms()))
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
        place(row, position)
        row.revision += 1
        row.mornings, row.skipped = 0, ""
    await session.flush()


def place(row: FollowUpRow, position: Position) -> None:
    """Write a position into a row."""
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


def _followup(row: FollowUpRow, contact: ContactRow) -> FollowUp:
    return FollowUp(
        id=row.id,
        number=row.number,
        contact=contact_from(contact),
        about=row.about,
        position=_position(row),
        revision=row.revision,
        mornings=row.mornings,
        skipped=tuple(angle for angle in row.skipped.split(",") if angle),
        referred_by=row.referred_by or 0,
    )
