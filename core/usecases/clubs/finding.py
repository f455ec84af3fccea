"""Which club a request is about, and what the caller may do there."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.clubs.records import Club, Membership
from core.language import N_
from core.problem import Problem
from core.requests.clubs import ClubRequest
from core.store import clubs, memberships
from core.usecases.work import Work

NOT_THERE = N_(
    "There is no such club for you any more. `/followup club show` says which clubs you are in."
)
NO_CLUB = N_(
    "This channel has no club. Whoever may manage it can set one up: `/followup club setup`."
)
NOT_IN = N_(
    "You are in no club. Type `/followup club join` in the channel of one, or ask whoever runs it."
)
ORGANIZERS = N_("Only those who may manage this channel, or who set the club up, can do that.")
STOPPED = N_("{club} is stopped for now, so I post nothing there, and there is no goal to set.")
UNKNOWN_RIGHTS = N_(
    "I could not find out whether you may manage this channel, so nothing was changed. "
    "Try again in a minute."
)


PICKS = 10


class SeveralClubs(Problem):
    """The caller is in more than one; they pick, and the request goes on."""

    def __init__(self, found: list[Club]) -> None:
        super().__init__(N_("You are in several clubs. Which one?"))
        self.found = found


@dataclass(frozen=True)
class Here:
    """A club and the caller in it; `membership` is None for who has not joined."""

    club: Club
    membership: Membership | None
    organizes: bool


async def here(work: Work, request: ClubRequest) -> Here:
    """The club that is meant: the one named, that of the channel, or the caller's only one.

    Raises Problem when there is none, or when several are possible.
    """
    club = await _named(work, request) or await _of_channel(work) or await _only(work)
    mine = await memberships.one_of(work.session, club.id, work.member.id)
    organizes = club.id in await clubs.organizes(work.session, work.member.id)
    return Here(club, mine, organizes)


async def joined(work: Work, request: ClubRequest) -> tuple[Club, Membership]:
    """The club that is meant, of which the caller is a member. Raises Problem for a stranger."""
    found = await here(work, request)
    if found.membership is None:
        raise Problem(
            "You are not in {club}. Join it first: `/followup club join`.", club=found.club.name
        )
    return found.club, found.membership


async def organized(work: Work, request: ClubRequest) -> Club:
    """The club that is meant, which the caller may manage. Raises Problem for others."""
    found = await here(work, request)
    if not found.organizes and not _manages(work, found.club):
        raise Problem(UNKNOWN_RIGHTS if _rights_unknown(work, found.club) else ORGANIZERS)
    return found.club


async def active(work: Work) -> list[tuple[Club, Membership]]:
    """The caller's clubs where they speak from, in the order of joining."""
    return [(club, one) for club, one in await everywhere(work) if is_near(work, club)]


async def everywhere(work: Work) -> list[tuple[Club, Membership]]:
    """The clubs of all the caller's selves, in the order of joining."""
    mine = await memberships.of_member(work.session, work.member.id)
    known = {c.id: c for c in await clubs.some_clubs(work.session, [m.club_id for m in mine])}
    return [(known[one.club_id], one) for one in mine]


def is_near(work: Work, club: Club) -> bool:
    """Whether it is where the caller speaks from: the clubs of their other selves stay there."""
    account = work.caller.account
    return (club.room.platform, club.room.workspace) == (account.platform, account.workspace)


def _manages(work: Work, club: Club) -> bool:
    """Whether the platform says so, of the very channel."""
    standing = work.caller.standing
    return work.caller.room == club.room and standing is not None and bool(standing.manages)


def _rights_unknown(work: Work, club: Club) -> bool:
    standing = work.caller.standing
    return work.caller.room == club.room and (standing is None or standing.manages is None)


async def _named(work: Work, request: ClubRequest) -> Club | None:
    """The club whose id a button carries, if the caller has to do with it."""
    if not request.club:
        return None
    club = await clubs.club_by_id(work.session, request.club)
    if club is None or not is_near(work, club) or not await _concerns(work, club):
        raise Problem(NOT_THERE)
    return club


async def _concerns(work: Work, club: Club) -> bool:
    if work.caller.room == club.room:
        return True
    if await memberships.one_of(work.session, club.id, work.member.id) is not None:
        return True
    return club.id in await clubs.organizes(work.session, work.member.id)


async def _of_channel(work: Work) -> Club | None:
    room = work.caller.room
    return await clubs.club_at(work.session, room) if room is not None else None


async def _only(work: Work) -> Club:
    mine = [club for club, _ in await active(work)]
    known = {club.id for club in mine}
    looked_after = await clubs.organizes(work.session, work.member.id)
    others = [id for id in looked_after if id not in known]
    looked_after_here = await clubs.some_clubs(work.session, others)
    mine += [club for club in looked_after_here if is_near(work, club)]
    if len(mine) == 1:
        return mine[0]
    if not mine:
        raise Problem(NO_CLUB if work.caller.room is not None else NOT_IN)
    raise SeveralClubs(mine[:PICKS])
