"""Members of a club who pursue the same organization, told in private if both want to hear (M19).

Neither learns who the other is, nor whom they write to there, before both say so.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from core.domain.clubs.records import Club, Membership
from core.domain.owed import Matter
from core.domain.records import Contact
from core.problem import Problem
from core.reply import Reply
from core.requests.helping import SayHello
from core.store import clubs, matches, memberships, owing
from core.store.contacts import place_of
from core.store.matches import Match
from core.usecases.clubs import meeting
from core.usecases.clubs.finding import NOT_THERE, active, everywhere
from core.usecases.work import Work
from core.voice.clubs import matching as voice


async def look(work: Work, contact: Contact) -> None:
    """After a contact was added or moved: tell both, in each club where both opted in."""
    place = place_of(contact)
    if not place:
        return
    for club, mine in await everywhere(work):
        if mine.matches and not mine.alum:
            await _tell(work, club, mine, {place})


async def look_again(work: Work) -> None:
    """After many contacts were added: as `look`, for all of them."""
    for club, mine in await everywhere(work):
        if mine.matches and not mine.alum:
            await look_everywhere(work, club, mine)


async def look_everywhere(work: Work, club: Club, mine: Membership) -> None:
    """Who has just opted in hears of everybody who did."""
    await _tell(work, club, mine, await matches.places_of(work.session, work.member.id))


async def say_hello(work: Work, request: SayHello) -> Reply:
    """One of the two wants to be known, or not. Once both do, each learns who it is."""
    match = await matches.match_by_id(work.session, request.match, lock=True)
    mine = await _mine(work, match)
    assert match is not None
    other = await memberships.by_id(work.session, _other(match, mine))
    if other is None:
        raise Problem(NOT_THERE)
    match = await matches.say_of_match(work.session, match.id, mine.id, not request.no)
    club = await clubs.club_by_id(work.session, match.club_id)
    assert club is not None
    if match.first_says and match.second_says:
        await _owe(work, club, Matter.HELLO, [(mine, match), (other, match)])
    waiting = await meeting.waiting(work.session, mine)
    return Reply(voice.said(waiting, no=request.no))


async def _tell(work: Work, club: Club, mine: Membership, places: Collection[str]) -> None:
    """Each hears once, however many there are: the first message leads to the others."""
    first: dict[int, tuple[Membership, Match]] = {}
    for place, mate in await matches.mates_at(work.session, club.id, mine.id, places):
        match = await matches.match(work.session, club.id, mine.id, mate.id, place)
        if match is None or mate.alum:
            continue
        for one in (mine, mate):
            first.setdefault(one.id, (one, match))
    await _owe(work, club, Matter.MATCH, [*first.values()])


async def _owe(
    work: Work, club: Club, matter: Matter, to: Sequence[tuple[Membership, Match]]
) -> None:
    rows = [(one.member_id, one.account_id, match.id) for one, match in to]
    await owing.owe_members(work.session, rows, matter, club.today(work.now), work.now)


async def _mine(work: Work, match: Match | None) -> Membership:
    """The caller's membership in a match; a stranger gets the same answer as for none."""
    for _, mine in await active(work):
        if match is not None and mine.id in (match.first_id, match.second_id):
            return mine
    raise Problem(NOT_THERE)


def _other(match: Match, mine: Membership) -> int:
    return match.second_id if match.first_id == mine.id else match.first_id
