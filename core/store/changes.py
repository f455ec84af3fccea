"""Changes: what each request did, so that it can be taken back, and what has arrived before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.store.tables import ArrivalRow, ChangeRow, InsightRow, KeptRow, ProofRow, TouchRow

GIVEN = "given"
"""The verb of what somebody else gave a member: it is not theirs to take back as their own last."""
SET_ASIDE = "set-aside"
"""The verb of changes of settings whose place another self's have taken."""


@dataclass(frozen=True)
class Change:
    """One request that changed something. `before` holds what no fold can restore."""

    id: int
    verb: str
    followup_id: int | None
    before: dict[str, Any]
    undone: bool
    at: datetime


async def begin_change(
    session: AsyncSession,
    member_id: int,
    verb: str,
    now: datetime,
    followup_id: int | None = None,
    before: dict[str, Any] | None = None,
    account_id: int | None = None,
) -> int:
    """Write down that something changes; its id. `account_id` where it is not the caller's."""
    row = ChangeRow(
        member_id=member_id,
        at=now,
        account_id=account_id,
        verb=verb,
        followup_id=followup_id,
        before=before or {},
    )
    session.add(row)
    await session.flush()
    return row.id


async def change_of(session: AsyncSession, member_id: int, id: int) -> Change | None:
    """One of the member's changes; None for anybody else's."""
    query = select(ChangeRow).where(ChangeRow.member_id == member_id, ChangeRow.id == id)
    row = await session.scalar(query)
    return _change(row) if row else None


async def last_change(
    session: AsyncSession, member_id: int, *, followup_id: int | None = None, verb: str = ""
) -> Change | None:
    """The newest change of the member's own that still stands: of all, of one follow-up or verb."""
    query = select(ChangeRow).where(
        ChangeRow.member_id == member_id,
        ChangeRow.undone.is_(False),
        ChangeRow.verb.not_in((GIVEN, SET_ASIDE)),
    )
    if followup_id is not None:
        query = query.where(ChangeRow.followup_id == followup_id)
    if verb:
        query = query.where(ChangeRow.verb == verb)
    row = await session.scalar(query.order_by(ChangeRow.id.desc()).limit(1))
    return _change(row) if row else None


async def void(session: AsyncSession, change_id: int) -> list[int]:
    """Mark a change as taken back, and what it added as not counting. Nothing is deleted.

    Returns the follow-ups whose history it was in: they must be folded again.
    """
    await session.execute(update(ChangeRow).where(ChangeRow.id == change_id).values(undone=True))
    for table in (TouchRow, InsightRow, ProofRow):
        await session.execute(update(table).where(table.change_id == change_id).values(voided=True))
    query = select(TouchRow.followup_id).where(TouchRow.change_id == change_id).distinct()
    return list(await session.scalars(query.order_by(TouchRow.followup_id)))


async def keep(
    session: AsyncSession, member_id: int, verb: str, values: dict[str, Any], now: datetime
) -> int:
    """Keep a request until the member has chosen or corrected something; its id."""
    row = KeptRow(member_id=member_id, at=now, verb=verb, values=values)
    session.add(row)
    await session.flush()
    return row.id


async def kept(session: AsyncSession, member_id: int, id: int) -> tuple[str, dict[str, Any]] | None:
    """Verb and values of a kept request; None when it is gone or somebody else's."""
    query = select(KeptRow).where(KeptRow.member_id == member_id, KeptRow.id == id)
    row = await session.scalar(query)
    return (row.verb, dict(row.values)) if row else None


async def put_kept(session: AsyncSession, member_id: int, id: int, values: dict[str, Any]) -> None:
    """Keep other values in place of those that were."""
    await session.execute(
        update(KeptRow)
        .where(KeptRow.member_id == member_id, KeptRow.id == id)
        .values({KeptRow.values: values})
    )


async def drop_kept(session: AsyncSession, member_id: int, ids: Sequence[int]) -> None:
    """Keep these requests no longer."""
    await session.execute(
        delete(KeptRow).where(KeptRow.member_id == member_id, KeptRow.id.in_(ids))
    )


async def seen_before(session: AsyncSession, key: str, now: datetime) -> bool:
    """Whether this interaction was acted on already; if not, it is from now on."""
    if await session.get(ArrivalRow, key) is not None:
        return True
    session.add(ArrivalRow(key=key, at=now))
    await session.flush()
    return False


async def sweep(session: AsyncSession, arrived_before: datetime, kept_before: datetime) -> None:
    """Forget interactions and kept requests that are too old to matter."""
    tables: Sequence[tuple[type[ArrivalRow | KeptRow], datetime]] = (
        (ArrivalRow, arrived_before),
        (KeptRow, kept_before),
    )
    for table, before in tables:
        await session.execute(delete(table).where(table.at < before))


def contacts_in(before: Mapping[str, Any]) -> set[int]:
    """The contacts that a change would restore, by id."""
    found = {int(before["contact"]["id"])} if "contact" in before else set()
    return found | ({int(before["contact_id"])} if "contact_id" in before else set())


def with_contacts(before: dict[str, Any], names: Mapping[int, int]) -> dict[str, Any]:
    """What a change would restore, of other contacts where `names` says so."""
    made = dict(before)
    if "contact" in made:
        id = made["contact"]["id"]
        made["contact"] = {**made["contact"], "id": names.get(id, id)}
    if "contact_id" in made:
        made["contact_id"] = names.get(made["contact_id"], made["contact_id"])
    return made


def _change(row: ChangeRow) -> Change:
    return Change(row.id, row.verb, row.followup_id, dict(row.before), row.undone, row.at)
