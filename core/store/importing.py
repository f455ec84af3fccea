"""Many follow-ups at once, and taking all of them back in one step."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.cadence import Position
from core.domain.history import Touch
from core.domain.names import contact_key
from core.domain.records import Contact
from core.store.bulk import insert_or_leave
from core.store.contacts import place_of
from core.store.followups import place
from core.store.insights import key_of
from core.store.tables import (
    Base,
    ChangeRow,
    ContactRow,
    FollowUpRow,
    InsightRow,
    MemberRow,
    ProofRow,
    TouchRow,
)
from core.store.tables.sealed import written_as
from core.store.touches import row_of

_CONTACTS: Table = ContactRow.__table__  # type: ignore[assignment] # a Table, as declared
_FOLLOWUPS: Table = FollowUpRow.__table__  # type: ignore[assignment] # a Table, as declared
_TOUCHES: Table = TouchRow.__table__  # type: ignore[assignment] # a Table, as declared


@dataclass(frozen=True)
class New:
    """A follow-up to be. `number` and `referred_by` are as in its export, 0 for none."""

    contact: Contact
    about: str
    touches: Sequence[Touch]
    position: Position
    number: int = 0
    referred_by: int = 0


async def add_many(
    session: AsyncSession, member_id: int, change_id: int, news: Sequence[New], now: datetime
) -> list[int]:
    """Write follow-ups with their contacts and histories; their ids, in the same order.

    Numbers go on from the last one: the member is locked, so nobody else gives any out meanwhile.
    """
    if not news:
        return []
    member = await session.get_one(MemberRow, member_id)
    contacts = await _contacts(session, member_id, news)
    first = member.last_number + 1
    member.last_number += len(news)
    rows = [
        _followup(new, contact, number)
        for number, (new, contact) in enumerate(zip(news, contacts, strict=True), first)
    ]
    await insert_or_leave(session, _FOLLOWUPS, rows, {"member_id": member_id})
    wanted = select(FollowUpRow.id).where(
        FollowUpRow.member_id == member_id, FollowUpRow.number >= first
    )
    ids = list(await session.scalars(wanted.order_by(FollowUpRow.number)))
    touches = [
        _values(row_of(id, change_id, touch, now)) | {"voided": False}
        for new, id in zip(news, ids, strict=True)
        for touch in new.touches
    ]
    await insert_or_leave(session, _TOUCHES, touches)
    return ids


async def link(
    session: AsyncSession, links: Sequence[Sequence[int]], ids: Mapping[str, int]
) -> None:
    """Write down who referred whom: pairs of numbers, by which `ids` knows the follow-ups."""
    for number, referred_by in links:
        one, other = ids.get(str(number)), ids.get(str(referred_by))
        if one and other:
            query = update(FollowUpRow).where(FollowUpRow.id == one)
            await session.execute(query.values(referred_by=other))


async def titles(session: AsyncSession, member_id: int) -> list[tuple[str, str, str]]:
    """Name, organization and matter of each follow-up on the list."""
    query = (
        select(ContactRow.name, ContactRow.organization, FollowUpRow.about)
        .join(FollowUpRow, FollowUpRow.contact_id == ContactRow.id)
        .where(FollowUpRow.member_id == member_id, FollowUpRow.removed.is_(False))
    )
    return [
        (name, organization, about) for name, organization, about in await session.execute(query)
    ]


def _followup(new: New, contact: int, number: int) -> dict[str, Any]:
    row = FollowUpRow(contact_id=contact, number=number, about=new.about, revision=1)
    row.removed, row.mornings, row.skipped = False, 0, ""
    place(row, new.position)
    values = _values(row)
    del values["member_id"]
    return values


async def _contacts(session: AsyncSession, member_id: int, news: Sequence[New]) -> list[int]:
    """The ids of their contacts. One name at one place is one contact; nobody named is nobody's."""
    keys = [contact_key(new.contact.name, new.contact.organization) for new in news]
    named = {key for new, key in zip(news, keys, strict=True) if new.contact.name}
    known = await _known(session, member_id, named)
    missing: dict[int, dict[str, Any]] = {}
    coming: set[str] = set()
    for number, (new, key) in enumerate(zip(news, keys, strict=True)):
        contact = new.contact
        if contact.name and (key in known or key in coming):
            continue
        coming |= {key} if contact.name else set()
        missing[number] = {
            "name": contact.name,
            "organization": contact.organization,
            "key": key,
            "via": contact.via,
            "address": contact.address,
            "country": contact.country,
            "place": place_of(contact),
        }
    ids = dict(zip(missing, await _added(session, member_id, [*missing.values()]), strict=True))
    known |= {keys[number]: id for number, id in ids.items() if news[number].contact.name}
    return [ids[number] if number in ids else known[key] for number, key in enumerate(keys)]


async def _known(session: AsyncSession, member_id: int, keys: Collection[str]) -> dict[str, int]:
    """The newest of the member's contacts with each of these keys."""
    query = select(ContactRow.key, func.max(ContactRow.id)).where(
        ContactRow.member_id == member_id,
        written_as(session, ContactRow.key, keys),
        ContactRow.name != "",
    )
    found: dict[str, int] = {}
    for key, id in await session.execute(query.group_by(ContactRow.key)):
        found[key] = max(found.get(key, 0), id or 0)  # a key may have sealed it, and another
    return found


async def _added(
    session: AsyncSession, member_id: int, rows: Sequence[dict[str, Any]]
) -> list[int]:
    """Insert contacts; their ids, in the same order. Raises RuntimeError if they are in another."""
    newest = select(func.coalesce(func.max(ContactRow.id), 0)).where(
        ContactRow.member_id == member_id
    )
    before = await session.scalar(newest)
    await insert_or_leave(session, _CONTACTS, rows, {"member_id": member_id})
    query = select(ContactRow.id, ContactRow.key).where(
        ContactRow.member_id == member_id, ContactRow.id > before
    )
    found = list(await session.execute(query.order_by(ContactRow.id)))
    if [key for _, key in found] != [row["key"] for row in rows]:
        raise RuntimeError("the contacts are not in the order in which they were inserted")
    return [id for id, _ in found]


def _values(row: Base) -> dict[str, Any]:
    """The values of a row that is not written yet, by column, without its id."""
    return {
        column.key: getattr(row, column.key) for column in row.__table__.c if column.key != "id"
    }


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
    return key_of(organization), text
