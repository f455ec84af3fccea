"""What a member takes along of their clubs: what is theirs, and nothing of anybody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.clubs.introductions import State
from core.domain.clubs.records import Entry, Membership, Post
from core.domain.clubs.words import PostKind
from core.store import clubs, helping, memberships
from core.store.helping import Offer


async def in_clubs(session: AsyncSession, member_id: int) -> list[dict[str, Any]]:
    """One of each club in plain values, also of those that the member has left and said something
    to.
    """
    joined = {one.club_id: one for one in await memberships.of_member(session, member_id)}
    posts = await helping.posts_of(session, member_id)
    offers = await helping.offers_of(session, member_id)
    ids = {*joined, *(post.club_id for post in posts), *(post.club_id for _, post in offers)}
    return [
        {
            "club": club.name,
            "joined": await _joined(session, joined.get(club.id)),
            "asks": [_ask(one, offers) for one in posts if _is(one, PostKind.ASK, club.id)],
            "wins": [_said(one) for one in posts if _is(one, PostKind.WIN, club.id)],
            "offers": [
                {"organization": post.organization, "state": offer.state, "whom": offer.whom}
                for offer, post in offers
                if offer.member_id == member_id and post.club_id == club.id
            ],
        }
        for club in await clubs.some_clubs(session, sorted(ids))
    ]


async def _joined(session: AsyncSession, mine: Membership | None) -> Mapping[str, Any] | None:
    if mine is None:
        return None
    return {
        "on": mine.joined_on,
        "name": mine.name,
        "shows": mine.sharing,
        "hears_of_matches": mine.matches,
        "wants_a_buddy": mine.buddy,
        "nudge_after_days": mine.nudge_after,
        "stays_to_help": mine.alum,
        "streak": mine.streak,
        "weeks": [_week(one) for one in await memberships.weeks_of(session, mine.id)],
    }


def _week(entry: Entry) -> Mapping[str, Any]:
    return {"week": entry.week, "goal": entry.goal, "made": entry.made, "due": entry.due}


def _is(post: Post, kind: PostKind, club_id: int) -> bool:
    return post.kind is kind and post.club_id == club_id


def _said(post: Post) -> dict[str, Any]:
    return {"text": post.text, "named": post.named}


def _ask(post: Post, offers: Sequence[tuple[Offer, Post]]) -> Mapping[str, Any]:
    """With what was handed over to the member: before that an offer is its maker's alone."""
    whom = [o.whom for o, ask in offers if ask.id == post.id and o.state is State.AGREED]
    return {
        "organization": post.organization,
        "named": post.named,
        "closed": post.closed,
        "handed_over": whom,
    }
