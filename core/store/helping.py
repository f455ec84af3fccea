"""How members of a club help each other: what they ask or tell it, and offers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.clubs.introductions import State
from core.domain.clubs.records import Post
from core.domain.clubs.words import PostKind
from core.store.tables import OfferRow, PostRow


@dataclass(frozen=True)
class Offer:
    """An answer to an ask."""

    id: int
    post_id: int
    member_id: int
    account_id: int
    state: State
    whom: str
    endorsed: bool


# --- posts ---------------------------------------------------------------------------


async def post(session: AsyncSession, made: Post, now: datetime) -> Post:
    """Keep what is to be said to the club; the record with its id."""
    row = PostRow(
        club_id=made.club_id,
        member_id=made.member_id,
        account_id=made.account_id,
        at=now,
        kind=made.kind,
        organization=made.organization,
        text=made.text,
        named=made.named,
        name=made.name,
    )
    session.add(row)
    await session.flush()
    return _post(row)


async def post_by_id(session: AsyncSession, id: int) -> Post | None:
    """A post, whoever's it is."""
    row = await session.get(PostRow, id)
    return _post(row) if row else None


async def posts_since(
    session: AsyncSession, member_id: int, club_id: int, kind: PostKind, since: datetime
) -> list[Post]:
    """What a member had said to a club lately."""
    query = select(PostRow).where(
        PostRow.member_id == member_id,
        PostRow.club_id == club_id,
        PostRow.kind == kind,
        PostRow.at >= since,
    )
    return [_post(row) for row in await session.scalars(query.order_by(PostRow.id))]


async def posts_of(session: AsyncSession, member_id: int) -> list[Post]:
    """All that a member had said to their clubs, oldest first."""
    query = select(PostRow).where(PostRow.member_id == member_id)
    return [_post(row) for row in await session.scalars(query.order_by(PostRow.id))]


async def open_asks(session: AsyncSession, member_id: int, club_id: int) -> list[Post]:
    """A member's asks that the club can still answer."""
    query = select(PostRow).where(
        PostRow.member_id == member_id,
        PostRow.club_id == club_id,
        PostRow.kind == PostKind.ASK,
        PostRow.closed.is_(False),
    )
    return [_post(row) for row in await session.scalars(query.order_by(PostRow.id))]


async def withdraw(session: AsyncSession, club_id: int, member_id: int) -> None:
    """Who leaves asks nothing any more, and offers nothing that was not handed over."""
    own = PostRow.club_id == club_id, PostRow.member_id == member_id
    await session.execute(update(PostRow).where(*own).values(closed=True))
    there = select(PostRow.id).where(PostRow.club_id == club_id)
    pending = OfferRow.post_id.in_(there), OfferRow.member_id == member_id, OfferRow.whom == ""
    await session.execute(delete(OfferRow).where(*pending))


async def close_posts(session: AsyncSession, club_id: int, ids: Collection[int]) -> list[Post]:
    """These are over, as far as they were open; which those were."""
    still = PostRow.id.in_(ids), PostRow.club_id == club_id, PostRow.closed.is_(False)
    found = [_post(row) for row in await session.scalars(select(PostRow).where(*still))]
    await session.execute(update(PostRow).where(*still).values(closed=True))
    return found


async def close_post(session: AsyncSession, id: int) -> None:
    """An ask is over."""
    await session.execute(update(PostRow).where(PostRow.id == id).values(closed=True))


# --- offers --------------------------------------------------------------------------


async def offer(
    session: AsyncSession,
    post_id: int,
    member_id: int,
    account_id: int,
    state: State,
    now: datetime,
) -> Offer:
    """Keep that somebody may help. Raises IntegrityError when they said so before."""
    row = OfferRow(
        post_id=post_id, member_id=member_id, account_id=account_id, at=now, state=state, whom=""
    )
    session.add(row)
    await session.flush()
    return _offer(row)


async def offer_by_id(session: AsyncSession, id: int, *, lock: bool = False) -> Offer | None:
    """An offer, whoever's it is; with `lock` nobody else changes it before the transaction ends."""
    query = select(OfferRow).where(OfferRow.id == id).execution_options(populate_existing=True)
    row = await session.scalar(query.with_for_update() if lock else query)
    return _offer(row) if row else None


async def offer_to(session: AsyncSession, post_id: int, member_id: int) -> Offer | None:
    """What a member offered to an ask."""
    where = OfferRow.post_id == post_id, OfferRow.member_id == member_id
    row = await session.scalar(select(OfferRow).where(*where))
    return _offer(row) if row else None


async def offers_of(session: AsyncSession, member_id: int) -> list[tuple[Offer, Post]]:
    """The offers that a member made or got, with what they answer, newest first."""
    query = (
        select(OfferRow, PostRow)
        .join(PostRow, OfferRow.post_id == PostRow.id)
        .where(or_(OfferRow.member_id == member_id, PostRow.member_id == member_id))
        .order_by(OfferRow.id.desc())
    )
    return [(_offer(row), _post(ask)) for row, ask in await session.execute(query)]


async def unanswered(session: AsyncSession, posts: Collection[int]) -> list[Offer]:
    """The offers to these asks that their askers have not answered."""
    where = OfferRow.post_id.in_(posts), OfferRow.state == State.OFFERED
    return [_offer(row) for row in await session.scalars(select(OfferRow).where(*where))]


async def put_offer(session: AsyncSession, id: int, state: State, whom: str | None = None) -> None:
    """Keep where an offer stands, and what was handed over."""
    row = await session.get_one(OfferRow, id)
    row.state = state
    if whom is not None:
        row.whom = whom
    await session.flush()


async def endorsed(session: AsyncSession, id: int) -> None:
    """A good word was given."""
    await session.execute(update(OfferRow).where(OfferRow.id == id).values(endorsed=True))


def _post(row: PostRow) -> Post:
    return Post(
        id=row.id,
        club_id=row.club_id,
        member_id=row.member_id,
        account_id=row.account_id,
        kind=PostKind(row.kind),
        organization=row.organization,
        text=row.text,
        named=row.named,
        name=row.name,
        closed=row.closed,
    )


def _offer(row: OfferRow) -> Offer:
    return Offer(
        id=row.id,
        post_id=row.post_id,
        member_id=row.member_id,
        account_id=row.account_id,
        state=State(row.state),
        whom=row.whom,
        endorsed=row.endorsed,
    )
