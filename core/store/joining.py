"""Two members become one: what the one had is the other's, and nothing is lost or told twice.

One of the two goes. Its accounts keep what they had set, and its changes of settings are set aside:
both come back should the selves part again; see `parting`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.clubs.introductions import State as OfferState
from core.store import own_settings
from core.store.accounts import accounts_of, mark, send_digest_to
from core.store.bulk import update_each
from core.store.changes import with_contacts
from core.store.one_digest import apart, one_digest
from core.store.tables import (
    AccountRow,
    ChangeRow,
    ContactRow,
    DeliveryRow,
    FollowUpRow,
    InsightRow,
    KeptRow,
    LinkCodeRow,
    MemberRow,
    MembershipRow,
    OfferRow,
    OrganizerRow,
    PostRow,
    ProofRow,
)

MOVED = (
    FollowUpRow,
    ContactRow,
    ChangeRow,
    InsightRow,
    ProofRow,
    KeptRow,
    DeliveryRow,
    MembershipRow,
    OrganizerRow,
    PostRow,
    OfferRow,
    LinkCodeRow,
    AccountRow,
)
"""Every table that names a member: a test looks whether one is missing."""
_FOLLOWUPS: Table = FollowUpRow.__table__  # type: ignore[assignment] # a Table, as declared
_CHANGES: Table = ChangeRow.__table__  # type: ignore[assignment] # a Table, as declared


@dataclass(frozen=True)
class Meeting:
    """What two lists have to do with each other.

    - `numbers`: how many numbers both have given out to something.
    - `same`: contacts of both that are alike in everything, each with who it is in the list that
      stays; `alike`: how many have one name, and differ.
    - `shared_clubs`: those in which both are, by id.
    """

    numbers: int
    same: Mapping[int, int]
    alike: int
    shared_clubs: tuple[int, ...]


async def locked(session: AsyncSession, ids: Sequence[int]) -> list[int]:
    """Those of these members that there are, locked in one order, so that no two wait in turn."""
    query = select(MemberRow.id).where(MemberRow.id.in_(ids)).order_by(MemberRow.id)
    return list(await session.scalars(query.with_for_update()))


async def meeting(session: AsyncSession, stays: int, goes: int) -> Meeting:
    """What would become of the two lists as one."""
    theirs, ours = await _contacts(session, goes), await _contacts(session, stays)
    known = {who: id for id, who in ours.items()}
    same = {id: known[who] for id, who in theirs.items() if who in known}
    keys = {who[0] for who in ours.values()}
    alike = {who[0] for id, who in theirs.items() if id not in same and who[0] in keys}
    numbers = await _numbers(session, stays) & await _numbers(session, goes)
    both = select(MembershipRow.club_id).where(MembershipRow.member_id.in_((stays, goes)))
    clubs = both.group_by(MembershipRow.club_id).having(func.count() > 1)
    return Meeting(len(numbers), same, len(alike), tuple(await session.scalars(clubs)))


async def join(
    session: AsyncSession,
    stays: int,
    goes: int,
    settings: Mapping[str, Any],
    digest_to: int,
    spent_on: date | None,
    now: datetime,
) -> dict[int, tuple[int, int]]:
    """Let one member be another as well: the numbers that changed, old and new, by follow-up.

    `settings` are those of the one that goes. `digest_to` is the account that gets the one digest;
    `spent_on` the last day, in the zone that stays, on which either has had one.
    """
    for id in (stays, goes):
        await mark(session, id, (await accounts_of(session, id))[0].id)
    await own_settings.put_aside(session, goes, settings)
    found = await meeting(session, stays, goes)
    await _one_contact(session, goes, found.same)
    renumbered = await _renumber(session, stays, goes)
    await one_digest(session, (stays, goes), digest_to, now)
    await apart(session, stays, goes)
    for table in MOVED:
        theirs = update(table).where(table.member_id == goes).values(member_id=stays)
        await session.execute(theirs.execution_options(synchronize_session=False))
    await _no_offer_to_oneself(session, stays)
    alone = update(AccountRow).where(AccountRow.member_id == stays, AccountRow.linked_at.is_(None))
    await session.execute(alone.values(linked_at=now).execution_options(synchronize_session=False))
    await send_digest_to(session, stays, digest_to)
    if spent_on is not None:
        kept = update(MemberRow).where(MemberRow.id == stays).values(last_digest_on=spent_on)
        await session.execute(kept.execution_options(synchronize_session=False))
    session.expunge_all()
    await session.execute(delete(MemberRow).where(MemberRow.id == goes))
    return renumbered


async def _contacts(session: AsyncSession, member_id: int) -> dict[int, tuple[str, ...]]:
    """A member's contacts with all that is known of each; who has no name is nobody's like."""
    columns = (
        ContactRow.key,
        ContactRow.name,
        ContactRow.organization,
        ContactRow.via,
        ContactRow.address,
        ContactRow.country,
    )
    pursued = select(FollowUpRow.contact_id).where(
        FollowUpRow.member_id == member_id, FollowUpRow.removed.is_(False)
    )
    query = select(ContactRow.id, *columns).where(
        ContactRow.member_id == member_id, ContactRow.name != "", ContactRow.id.in_(pursued)
    )
    rows = await session.execute(query.order_by(ContactRow.id))
    return {id: tuple(who) for id, *who in rows}


async def _numbers(session: AsyncSession, member_id: int) -> set[int]:
    query = select(FollowUpRow.number).where(FollowUpRow.member_id == member_id)
    return set(await session.scalars(query))


async def _one_contact(session: AsyncSession, goes: int, same: Mapping[int, int]) -> None:
    """Who is the same in everything is one contact; what could be undone there names that one."""
    if not same:
        return
    rows = await session.execute(
        select(FollowUpRow.id, FollowUpRow.contact_id).where(
            FollowUpRow.member_id == goes, FollowUpRow.contact_id.in_(same)
        )
    )
    moved = [{"id": id, "contact_id": same[contact]} for id, contact in rows]
    await update_each(session, _FOLLOWUPS, moved, "id")
    await rename_contacts(session, goes, same)
    session.expire_all()
    await session.execute(delete(ContactRow).where(ContactRow.id.in_(same)))


async def rename_contacts(session: AsyncSession, member_id: int, names: Mapping[int, int]) -> None:
    """What the member's changes would restore is of these contacts instead, by id."""
    query = select(ChangeRow.id, ChangeRow.before).where(ChangeRow.member_id == member_id)
    rows = [
        {"id": id, "before": after}
        for id, before in (await session.execute(query)).all()
        if (after := with_contacts(before, names)) != before
    ]
    await update_each(session, _CHANGES, rows, "id")


async def _renumber(session: AsyncSession, stays: int, goes: int) -> dict[int, tuple[int, int]]:
    """Numbers are one's own: where both have one, the one that comes gets the next free one."""
    taken = await _numbers(session, stays)
    query = select(func.max(MemberRow.last_number)).where(MemberRow.id.in_((stays, goes)))
    last = max(await session.scalar(query) or 0, *taken, *await _numbers(session, goes), 0)
    mine = select(FollowUpRow.id, FollowUpRow.number).where(FollowUpRow.member_id == goes)
    rows = (await session.execute(mine.order_by(FollowUpRow.number))).all()
    meeting = [(id, number) for id, number in rows if number in taken]
    found = {id: (number, last + n) for n, (id, number) in enumerate(meeting, 1)}
    values = [{"id": id, "number": new, "member_id": stays} for id, (_, new) in found.items()]
    await update_each(session, _FOLLOWUPS, values, "id")
    moved = update(MemberRow).where(MemberRow.id == stays).values(last_number=last + len(found))
    await session.execute(moved.execution_options(synchronize_session=False))
    return found


async def _no_offer_to_oneself(session: AsyncSession, member_id: int) -> None:
    """Nobody answers an ask of their own: what waited between the two selves is over."""
    own = select(PostRow.id).where(PostRow.member_id == member_id)
    waiting = or_(OfferRow.state == OfferState.OFFERED, OfferRow.state == OfferState.ACCEPTED)
    over = update(OfferRow).where(OfferRow.member_id == member_id, OfferRow.post_id.in_(own))
    await session.execute(
        over.where(waiting)
        .values(state=OfferState.DECLINED)
        .execution_options(synchronize_session=False)
    )
