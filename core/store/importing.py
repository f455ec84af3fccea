"""Many follow-ups at once, and taking all of them back in one step."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.cadence import Position
from core.domain.history import Touch
from core.domain.names import contact_key, folded
from core.domain.records import Contact
from core.store.followups import place
from core.store.tables import (
    ChangeRow,
    ContactRow,
    FollowUpRow,
    InsightRow,
    MemberRow,
    ProofRow,
    TouchRow,
)
from core.store.touches import row_of

CHUNK = 100
"""Follow-ups written together: each step of it blocks the loop."""


@dataclass(frozen=True)
class New:
    """A follow-up to be. `contact` has an id when it is there already.

    `number` and `referred_by` are as in the export that it comes from, 0 for none.
    """

    contact: Contact
    about: str
    touches: Sequence[Touch]
    position: Position
    number: int = 0
    referred_by: int = 0


async def add_many(
    session: AsyncSession, member_id: int, change_id: int, news: Sequence[New], now: datetime
) -> None:
    """Write follow-ups with their contacts and histories. Numbers go on from the last one."""
    member = await session.get_one(MemberRow, member_id)
    by_key: dict[str, int] = {}
    by_number: dict[int, int] = {}
    referred: list[tuple[FollowUpRow, int]] = []
    for start in range(0, len(news), CHUNK):
        chunk = news[start : start + CHUNK]
        ids = await _contacts(session, member_id, chunk, by_key)
        rows = []
        for new, contact in zip(chunk, ids, strict=True):
            member.last_number += 1
            row = FollowUpRow(
                member_id=member_id,
                contact_id=contact,
                number=member.last_number,
                about=new.about,
                revision=1,
            )
            place(row, new.position)
            rows.append(row)
        session.add_all(rows)
        await session.flush()
        by_number |= {new.number: row.id for new, row in zip(chunk, rows, strict=True)}
        referred += [
            (row, new.referred_by) for new, row in zip(chunk, rows, strict=True) if new.referred_by
        ]
        session.add_all(
            row_of(row.id, change_id, touch, now)
            for new, row in zip(chunk, rows, strict=True)
            for touch in new.touches
        )
        await session.flush()
        await asyncio.sleep(0)
    for row, number in referred:
        row.referred_by = by_number.get(number)
    await session.flush()


async def _contacts(
    session: AsyncSession, member_id: int, news: Sequence[New], by_key: dict[str, int]
) -> list[int]:
    """The ids of their contacts. One name at one place is one contact; nobody named is nobody's."""
    keys = [contact_key(new.contact.name, new.contact.organization) for new in news]
    rows: dict[int, ContactRow] = {}
    first: dict[str, int] = {}
    for number, (new, key) in enumerate(zip(news, keys, strict=True)):
        named = bool(new.contact.name)
        if new.contact.id or (named and (key in by_key or key in first)):
            continue
        first[key] = number
        rows[number] = ContactRow(
            member_id=member_id,
            name=new.contact.name,
            organization=new.contact.organization,
            key=key,
            via=new.contact.via,
            address=new.contact.address,
            country=new.contact.country,
        )
    session.add_all(rows.values())
    await session.flush()
    by_key |= {key: rows[number].id for key, number in first.items() if news[number].contact.name}
    return [
        new.contact.id or (rows[number].id if number in rows else by_key[keys[number]])
        for number, new in enumerate(news)
    ]


async def take_back(session: AsyncSession, member_id: int, change_id: int) -> tuple[int, int]:
    """Take back what an import added: how many are gone, and how many stay.

    Those stay in whose histories something has happened since.
    """
    mine = select(FollowUpRow.id).where(FollowUpRow.member_id == member_id)
    added = (
        select(TouchRow.followup_id)
        .where(TouchRow.change_id == change_id, TouchRow.followup_id.in_(mine))
        .distinct()
    )
    worked_on = (
        select(TouchRow.followup_id)
        .where(
            TouchRow.followup_id.in_(added),
            TouchRow.change_id != change_id,
            TouchRow.voided.is_(False),
        )
        .distinct()
    )
    stay = set(await session.scalars(worked_on))
    gone = [id for id in await session.scalars(added) if id not in stay]
    for start in range(0, len(gone), 500):
        some = gone[start : start + 500]
        await session.execute(
            update(FollowUpRow)
            .where(FollowUpRow.id.in_(some))
            .values(removed=True, due_on=None, revision=FollowUpRow.revision + 1)
        )
        await session.execute(
            update(TouchRow)
            .where(TouchRow.followup_id.in_(some), TouchRow.change_id == change_id)
            .values(voided=True)
        )
    for table in (InsightRow, ProofRow):
        await session.execute(update(table).where(table.change_id == change_id).values(voided=True))
    await session.execute(update(ChangeRow).where(ChangeRow.id == change_id).values(undone=True))
    return len(gone), len(stay)


async def due_counts(session: AsyncSession, member_id: int, today: date) -> dict[date, int]:
    """How many are due on each day; what is overdue counts as today's."""
    query = (
        select(FollowUpRow.due_on, func.count())
        .where(
            FollowUpRow.member_id == member_id,
            FollowUpRow.removed.is_(False),
            FollowUpRow.due_on.is_not(None),
        )
        .group_by(FollowUpRow.due_on)
    )
    found: dict[date, int] = {}
    for day, count in await session.execute(query):
        if day is not None:
            day = max(day, today)
            found[day] = found.get(day, 0) + count
    return found


async def known_insights(session: AsyncSession, member_id: int) -> set[tuple[str, str]]:
    """What the member keeps already: the folded organization and the text."""
    query = select(InsightRow.key, InsightRow.text).where(
        InsightRow.member_id == member_id, InsightRow.voided.is_(False)
    )
    return {(key, text) for key, text in await session.execute(query)}


def insight_key(organization: str, text: str) -> tuple[str, str]:
    """By what two insights are the same."""
    return folded(organization), text
