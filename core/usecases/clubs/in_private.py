"""What clubs bring to one member, composed when it goes out, of what is true then.

What it was about may be gone by then, and on SQLite something newer may have its id: each looks
whether that is this member's, too.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.clubs.introductions import Party, State
from core.domain.clubs.records import Buddy, Post
from core.domain.clubs.words import PostKind
from core.domain.owed import Matter
from core.reply import Message
from core.store import buddies, clubs, helping, memberships, proofs
from core.store.deliveries import Delivery
from core.store.helping import Offer
from core.usecases.clubs import meeting
from core.usecases.clubs.buddying import silence
from core.voice.clubs import buddying, introducing, matching, moving, setup

Telling = Callable[[AsyncSession, Delivery, datetime], Awaitable[Message | None]]
"""The message of a delivery to a member; None when there is no more reason for it."""


async def _buddy(session: AsyncSession, delivery: Delivery, now: datetime) -> Message | None:
    del now
    own = await buddies.buddy_by_id(session, delivery.about)
    club = await clubs.club_by_id(session, own.club_id) if own else None
    mine = await memberships.by_id(session, own.membership_id) if own else None
    if own is None or club is None or mine is None or mine.member_id != delivery.member_id:
        return None
    theirs = [
        membership
        for one in await buddies.together(session, own)
        if one.id != own.id
        and (membership := await memberships.by_id(session, one.membership_id)) is not None
    ]
    if not theirs:
        return None
    accounts = await memberships.accounts(session, {one.account_id for one in theirs})
    others = [(one.name, accounts[one.account_id]) for one in theirs]
    wanting = [(one.name, one.nudge_after) for one in theirs if one.wants_nudges]
    return buddying.buddies_message(club, own, others, wanting)


async def _unpaired(session: AsyncSession, delivery: Delivery, now: datetime) -> Message | None:
    del now
    mine = await memberships.by_id(session, delivery.about)
    club = await clubs.club_by_id(session, mine.club_id) if mine else None
    if club is None or mine is None or mine.member_id != delivery.member_id or mine.buddy:
        return None
    return buddying.unpaired(club)


async def _nudge(session: AsyncSession, delivery: Delivery, now: datetime) -> Message | None:
    """Only if the silence lasts and both want it yet: they may have changed that meanwhile."""
    other = await buddies.buddy_by_id(session, delivery.about)
    silent = await memberships.by_id(session, other.membership_id) if other else None
    club = await clubs.club_by_id(session, other.club_id) if other else None
    if other is None or silent is None or club is None or not silent.wants_nudges:
        return None
    if not await _nudges(session, other, delivery.member_id):
        return None
    days, due = await silence(session, silent, now)
    if days < silent.nudge_after or not due:
        return None
    account = await memberships.account(session, silent.account_id)
    return buddying.nudge(club, silent.name, account, days, due)


async def _nudges(session: AsyncSession, silent: Buddy, member_id: int) -> bool:
    """Whether the member is a buddy of the silent one and agreed to nudge."""
    for one in await buddies.together(session, silent):
        membership = await memberships.by_id(session, one.membership_id)
        if membership is not None and membership.member_id == member_id:
            return bool(one.nudges)
    return False


async def _offer(session: AsyncSession, delivery: Delivery, now: datetime) -> Message | None:
    del now
    found = await _offered(session, delivery, Party.ASKER)
    if found is None or found[0].state is not State.OFFERED:
        return None
    return introducing.offer_message(found[1], found[0].id)


async def _answer(session: AsyncSession, delivery: Delivery, now: datetime) -> Message | None:
    del now
    found = await _offered(session, delivery, Party.HELPER)
    if found is None or found[0].state not in (State.ACCEPTED, State.DECLINED):
        return None
    offered, post = found
    name = ""
    if offered.state is State.ACCEPTED:
        name = await memberships.name_of(session, post.club_id, post.member_id)
    return introducing.answer(post, offered.state, name, offered.id)


async def _agreed(session: AsyncSession, delivery: Delivery, now: datetime) -> Message | None:
    del now
    found = await _offered(session, delivery, Party.ASKER)
    if found is None or found[0].state is not State.AGREED:
        return None
    offered, post = found
    name = await memberships.name_of(session, post.club_id, offered.member_id)
    account = await memberships.account(session, offered.account_id)
    return introducing.agreed(post, name, account, offered.whom)


async def _nothing(session: AsyncSession, delivery: Delivery, now: datetime) -> Message | None:
    del now
    post = await helping.post_by_id(session, delivery.about)
    if post is None or post.closed or post.member_id != delivery.member_id:
        return None
    return introducing.came_to_nothing(post)


async def _word(session: AsyncSession, delivery: Delivery, now: datetime) -> Message | None:
    del now
    proof = await proofs.proof_of(session, delivery.member_id, delivery.about)
    if proof is None:
        return None
    return introducing.word_message(proof.by, proof.text, proof.id, named=proof.named)


async def _match(session: AsyncSession, delivery: Delivery, now: datetime) -> Message | None:
    """That match, or if it has come to nothing meanwhile another: this one stands for several."""
    del now
    found = [
        waiting
        for mine in await memberships.of_member(session, delivery.member_id)
        if mine.account_id == delivery.account_id  # clubs of one's other selves stay there
        and (waiting := await meeting.waiting(session, mine, first=delivery.about))
    ]
    found.sort(key=lambda waiting: waiting.id != delivery.about)
    return matching.match(found[0]) if found else None


async def _hello(session: AsyncSession, delivery: Delivery, now: datetime) -> Message | None:
    del now
    met = await meeting.met(session, delivery.about, delivery.member_id)
    if met is None or not (met.match.first_says and met.match.second_says):
        return None
    account = await memberships.account(session, met.other.account_id)
    return matching.hello(met.club, met.other.name, account, met.organization)


async def _trouble(session: AsyncSession, delivery: Delivery, now: datetime) -> Message | None:
    del now
    club = await clubs.club_by_id(session, delivery.about)
    if club is None or not club.shut:
        return None
    looks_after = await clubs.organizes(session, delivery.member_id)
    return setup.trouble(club) if club.id in looks_after else None


async def _offered(
    session: AsyncSession, delivery: Delivery, party: Party
) -> tuple[Offer, Post] | None:
    """The offer, if the reader is that party of it."""
    offered = await helping.offer_by_id(session, delivery.about)
    post = await helping.post_by_id(session, offered.post_id) if offered else None
    if offered is None or post is None:
        return None
    whose = post.member_id if party is Party.ASKER else offered.member_id
    return (offered, post) if whose == delivery.member_id else None


async def _moved(session: AsyncSession, delivery: Delivery, now: datetime) -> Message | None:
    del now
    club = await clubs.club_by_id(session, delivery.about)
    mine = await memberships.one_of(session, delivery.about, delivery.member_id)
    return moving.moved(club) if club is not None and mine is not None else None


async def _unposted(session: AsyncSession, delivery: Delivery, now: datetime) -> Message | None:
    del now
    post = await helping.post_by_id(session, delivery.about)
    club = await clubs.club_by_id(session, post.club_id) if post else None
    if post is None or club is None or post.member_id != delivery.member_id:
        return None
    if post.kind is PostKind.WIN:
        return moving.unposted_win(club)
    return moving.unposted_ask(club, post)


TELLINGS: dict[Matter, Telling] = {
    Matter.BUDDY: _buddy,
    Matter.WISHES: _buddy,
    Matter.UNPAIRED: _unpaired,
    Matter.NUDGE: _nudge,
    Matter.OFFER: _offer,
    Matter.ANSWER: _answer,
    Matter.AGREED: _agreed,
    Matter.NOTHING: _nothing,
    Matter.WORD: _word,
    Matter.MATCH: _match,
    Matter.HELLO: _hello,
    Matter.TROUBLE: _trouble,
    Matter.MOVED: _moved,
    Matter.UNPOSTED: _unposted,
}
