"""Matches as one of the two may have them: the organization by the name that they gave it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.clubs.records import Club, Membership
from core.store import clubs, followups, matches, memberships
from core.store.matches import Match
from core.voice.clubs.matching import Waiting


@dataclass(frozen=True)
class Met:
    """A match with its two memberships, the reader's own first."""

    match: Match
    club: Club
    mine: Membership
    other: Membership
    organization: str


async def met(session: AsyncSession, match_id: int, member_id: int) -> Met | None:
    """The match, if both of the two are there, and the reader is one and still pursues it."""
    match = await matches.match_by_id(session, match_id)
    club = await clubs.club_by_id(session, match.club_id) if match else None
    if match is None or club is None:
        return None
    first = await memberships.by_id(session, match.first_id)
    second = await memberships.by_id(session, match.second_id)
    if first is None or second is None:
        return None
    mine, other = (first, second) if first.member_id == member_id else (second, first)
    organization = await followups.organization_at(session, member_id, match.key)
    if mine.member_id != member_id or not organization:
        return None
    return Met(match, club, mine, other, organization)


async def waiting(session: AsyncSession, mine: Membership, first: int = 0) -> Waiting | None:
    """The match that the member is to answer next, and how many more there are.

    The one with the id `first` comes first, if it waits. Those are left out of which somebody does
    not want to hear any more, or nor that others do.
    """
    unanswered = await matches.unanswered(session, mine.id)
    found = [await met(session, one.id, mine.member_id) for one in unanswered]
    wanted = [one for one in found if one is not None and _want_to_hear(one)]
    wanted.sort(key=lambda one: one.match.id != first)
    if not wanted:
        return None
    return Waiting(wanted[0].club, wanted[0].organization, wanted[0].match.id, len(wanted) - 1)


def _want_to_hear(met: Met) -> bool:
    return all(one.matches and not one.alum for one in (met.mine, met.other))
