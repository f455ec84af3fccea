"""One member becomes two again: an account goes, with what came from it.

A follow-up goes with the account that added it, and what a reply led to goes with what led to it.
A contact of both sides is copied, and so is a change that did something on both: each side can undo
its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.store.changes import SET_ASIDE, contacts_in
from core.store.joining import rename_contacts
from core.store.one_digest import as_before
from core.store.tables import (
    AccountRow,
    ChangeRow,
    ContactRow,
    DeliveryRow,
    FollowUpRow,
    InsightRow,
    KeptRow,
    LinkCodeRow,
    MembershipRow,
    OfferRow,
    OrganizerRow,
    PostRow,
    ProofRow,
    TouchRow,
)

BY_ACCOUNT = (
    KeptRow,
    DeliveryRow,
    MembershipRow,
    OrganizerRow,
    PostRow,
    OfferRow,
)
"""What belongs to an account whatever becomes of the list."""
_NOT_FETCHED = {"synchronize_session": False}


@dataclass
class Split:
    """What goes of a member's list, by id. `listed` of the follow-ups are on the list now."""

    followups: set[int] = field(default_factory=set)
    contacts: set[int] = field(default_factory=set)
    listed: int = 0
    stay: int = 0
    changes: set[int] = field(default_factory=set)
    proofs: set[int] = field(default_factory=set)
    insights: set[int] = field(default_factory=set)


async def split_of(session: AsyncSession, member_id: int, account_id: int) -> Split:
    """What goes when that account goes."""
    rows = await _followups(session, member_id)
    came = {id: account for id, _, _, _, account in rows}
    led = {id: by for id, _, by, _, _ in rows if by in came}
    found = Split()
    for id, contact, _, removed, _ in rows:
        if came[_root(id, led)] == account_id:
            found.followups.add(id)
            found.contacts.add(contact)
            found.listed += not removed
        else:
            found.stay += not removed
    await _other_things(session, member_id, account_id, found)
    return found


async def _followups(
    session: AsyncSession, member_id: int
) -> Sequence[tuple[int, int, int | None, bool, int | None]]:
    """Id, contact, what led to it, whether it is off the list, and the account that added it."""
    first = (
        select(TouchRow.followup_id, func.min(TouchRow.id).label("touch"))
        .join(FollowUpRow, TouchRow.followup_id == FollowUpRow.id)
        .where(FollowUpRow.member_id == member_id)
        .group_by(TouchRow.followup_id)
        .subquery()
    )
    query = (
        select(
            FollowUpRow.id,
            FollowUpRow.contact_id,
            FollowUpRow.referred_by,
            FollowUpRow.removed,
            ChangeRow.account_id,
        )
        .outerjoin(first, first.c.followup_id == FollowUpRow.id)
        .outerjoin(TouchRow, TouchRow.id == first.c.touch)
        .outerjoin(ChangeRow, ChangeRow.id == TouchRow.change_id)
        .where(FollowUpRow.member_id == member_id)
    )
    return [(a, b, c, d, e) for a, b, c, d, e in await session.execute(query)]


def _root(id: int, led: Mapping[int, int | None]) -> int:
    seen = {id}
    while (by := led.get(id)) is not None and by not in seen:
        seen.add(by)
        id = by
    return id


async def _other_things(
    session: AsyncSession, member_id: int, account_id: int, found: Split
) -> None:
    """Changes go with what they changed; what was learned or proved with the change it came by."""
    query = select(
        ChangeRow.id, ChangeRow.followup_id, ChangeRow.account_id, ChangeRow.verb, ChangeRow.before
    ).where(ChangeRow.member_id == member_id)
    changes = (await session.execute(query)).all()
    for row in changes:
        mine = (
            row.followup_id in found.followups
            if row.followup_id is not None
            else row.account_id == account_id and row.verb not in ("settings", SET_ASIDE)
        )
        if mine:
            found.changes.add(row.id)
    for table, into in ((ProofRow, found.proofs), (InsightRow, found.insights)):
        of_change = select(table.id, table.change_id).where(table.member_id == member_id)
        into |= {id for id, change in await session.execute(of_change) if change in found.changes}
    for row in changes:  # what altered a proof later goes with the proof
        if "proof" in row.before:
            goes = row.before["proof"]["id"] in found.proofs
            (found.changes.add if goes else found.changes.discard)(row.id)


async def part(
    session: AsyncSession, member_id: int, new_id: int, account_id: int, split: Split
) -> None:
    """Let an account, and what goes with it, be the other member's, who has nothing yet."""
    # A code names who made it and who entered it: nothing of the other is to stay with either.
    named = or_(LinkCodeRow.account_id == account_id, LinkCodeRow.entered_id == account_id)
    await session.execute(delete(LinkCodeRow).where(named))
    await _copy_changes(session, member_id, new_id, split)
    await _give(session, ChangeRow, split.changes, new_id)
    await _give(session, FollowUpRow, split.followups, new_id)
    await _give(session, InsightRow, split.insights, new_id)
    await _give(session, ProofRow, split.proofs, new_id)
    await _share_contacts(session, member_id, new_id)
    for table in BY_ACCOUNT:
        own = update(table).where(table.member_id == member_id, table.account_id == account_id)
        await session.execute(own.values(member_id=new_id), execution_options=_NOT_FETCHED)
    gone = update(AccountRow).where(AccountRow.id == account_id)
    await session.execute(gone.values(member_id=new_id), execution_options=_NOT_FETCHED)
    await _each_its_own(session, member_id, new_id, account_id)
    session.expire_all()


async def _give(
    session: AsyncSession,
    table: type[ChangeRow | FollowUpRow | InsightRow | ProofRow | ContactRow],
    ids: Collection[int],
    new_id: int,
) -> None:
    wanted = sorted(ids)
    for start in range(0, len(wanted), 500):
        some = update(table).where(table.id.in_(wanted[start : start + 500]))
        await session.execute(some.values(member_id=new_id), execution_options=_NOT_FETCHED)


async def _copy_changes(session: AsyncSession, member_id: int, new_id: int, split: Split) -> None:
    """A change that touched follow-ups of both sides is one for each; to take it back is too."""
    query = (
        select(TouchRow.change_id, TouchRow.followup_id)
        .join(ChangeRow, TouchRow.change_id == ChangeRow.id)
        .where(ChangeRow.member_id == member_id)
        .distinct()
    )
    crossing: dict[int, list[int]] = {}
    for change, followup in await session.execute(query):
        if (change in split.changes) != (followup in split.followups):
            crossing.setdefault(change, []).append(followup)
    for change, followups in sorted(crossing.items()):
        was = await session.get_one(ChangeRow, change)
        copy = ChangeRow(
            member_id=member_id if change in split.changes else new_id,
            at=was.at,
            account_id=was.account_id,
            verb=was.verb,
            followup_id=None if was.followup_id is None else min(followups),
            before={},
            undone=was.undone,
        )
        session.add(copy)
        await session.flush()
        theirs = update(TouchRow).where(
            TouchRow.change_id == change, TouchRow.followup_id.in_(followups)
        )
        await session.execute(theirs.values(change_id=copy.id), execution_options=_NOT_FETCHED)


async def _share_contacts(session: AsyncSession, member_id: int, new_id: int) -> None:
    """Each side has the contacts that it names; whom both name is copied for the one that goes."""
    theirs, ours = await _named(session, new_id), await _named(session, member_id)
    owned = select(ContactRow.id).where(ContactRow.member_id == member_id)
    known = set(await session.scalars(owned))
    await _give(session, ContactRow, (theirs - ours) & known, new_id)
    copies: dict[int, int] = {}
    for id in sorted(theirs & ours & known):
        was = await session.get_one(ContactRow, id)
        values = {c.key: getattr(was, c.key) for c in ContactRow.__table__.c if c.key != "id"}
        copy = ContactRow(**{**values, "member_id": new_id})
        session.add(copy)
        await session.flush()
        copies[id] = copy.id
        moved = update(FollowUpRow).where(
            FollowUpRow.member_id == new_id, FollowUpRow.contact_id == id
        )
        await session.execute(moved.values(contact_id=copy.id), execution_options=_NOT_FETCHED)
    if copies:
        await rename_contacts(session, new_id, copies)


async def _named(session: AsyncSession, member_id: int) -> set[int]:
    """The contacts that a member's follow-ups are with, or that an undo would bring back."""
    query = select(FollowUpRow.contact_id).where(FollowUpRow.member_id == member_id)
    found = set(await session.scalars(query))
    kept = select(ChangeRow.before).where(ChangeRow.member_id == member_id)
    for before in await session.scalars(kept):
        found |= contacts_in(before)
    return found


async def _each_its_own(
    session: AsyncSession, member_id: int, new_id: int, account_id: int
) -> None:
    """Nothing of the one names an account of the other; and a day has one digest again."""
    other = select(func.min(AccountRow.id)).where(AccountRow.member_id == member_id)
    remaining = await session.scalar(other)
    tables: Sequence[type[ChangeRow | KeptRow]] = (ChangeRow, KeptRow)
    for table in tables:
        theirs = update(table).where(table.member_id == new_id).values(account_id=account_id)
        await session.execute(theirs, execution_options=_NOT_FETCHED)
        ours = update(table).where(table.member_id == member_id, table.account_id == account_id)
        await session.execute(ours.values(account_id=remaining), execution_options=_NOT_FETCHED)
    await as_before(session, (member_id, new_id))
