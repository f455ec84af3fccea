"""What goes out: a digest, or one of the messages that clubs bring with them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.owed import Matter
from core.domain.records import Member
from core.language import ENGLISH, in_this_language, language_of, speaking
from core.store import accounts, linking
from core.store.accounts import OwnAccount
from core.store.deliveries import Delivery
from core.usecases import digests
from core.usecases.clubs import telling
from core.usecases.digests import Composed
from core.voice.parting import was_used, was_used_once

__all__ = ["Composed", "compose"]


async def compose(
    session: AsyncSession,
    owed: Sequence[Delivery],
    known: Mapping[int, Member],
    late: Collection[int],
    unsure: Collection[int],
    give_way: Callable[[], Awaitable[None]],
    now: datetime,
) -> dict[int, Composed]:
    """The messages of these deliveries, by id; none of what there is no more reason to say.

    `known`, `late`, `unsure` and `give_way` are as for digests.
    """
    mornings = [delivery for delivery in owed if delivery.kind == Matter.DIGEST]
    found = await digests.compose(session, mornings, known, late, unsure, give_way)
    for delivery in owed:
        if delivery.kind == Matter.DIGEST:
            continue
        with speaking(_language(known.get(delivery.member_id))):
            told = await _told(session, delivery, now)
        if told is not None:
            found[delivery.id] = told
        await give_way()
    return found


async def _told(session: AsyncSession, delivery: Delivery, now: datetime) -> Composed | None:
    if delivery.kind == Matter.LINKED:
        return await _linked(session, delivery)
    told = await telling.compose(session, delivery, now)
    if told is None or told.making is None:
        return told
    return replace(told, making=in_this_language(told.making))


def _language(member: Member | None) -> str:
    return language_of(member.language, member.locale) if member else ENGLISH


async def _linked(session: AsyncSession, delivery: Delivery) -> Composed:
    """That a code was used; also when the two have parted since, for somebody saw the list."""
    code = await linking.code_by_id(session, delivery.about)
    own = {one.id: one for one in await accounts.accounts_of(session, delivery.member_id)}
    if code is None or code.entered_id not in own or code.entered_id == delivery.account_id:
        return Composed(was_used_once())
    mine, other = own[delivery.account_id], own[code.entered_id]
    return Composed(was_used(other.account, mine.account, _came_last(mine, other).id))


def _came_last(mine: OwnAccount, other: OwnAccount) -> OwnAccount:
    """Who parts when it is taken back: of the two the one that was alone before.

    The other may have brought more selves along, and all of them are to be gone.
    """
    assert mine.linked_at is not None
    assert other.linked_at is not None
    return mine if mine.linked_at > other.linked_at else other
