"""Joining a club, what it sees of a member, and leaving."""

from __future__ import annotations

from dataclasses import replace

from core.domain.clubs.records import Club, Membership
from core.domain.clubs.words import Sharing
from core.domain.names import folded
from core.language import LANGUAGES, N_, speaking, tr
from core.problem import Problem
from core.reply import Reply
from core.requests.clubs import ClubJoin, ClubLeave
from core.requests.helping import StayAlum
from core.store import changes, followups, memberships
from core.text import clip
from core.usecases.clubs import departing, matching
from core.usecases.clubs.finding import here, joined
from core.usecases.work import Work
from core.voice.clubs import joining as voice

NAME_LIMIT = 80
TAKEN = N_(
    "{club} would take “{name}” for somebody else. Say a name that tells you apart, as in "
    "`/followup club join name: Dana L.`"
)
NAMELESS = N_("I don't know your name yet. Say it, as in `/followup club join name: Dana`.")


async def current(work: Work, request: ClubJoin) -> dict[str, str]:
    """What the form begins with. Who stays to help shows nothing, and goes on so when it is sent
    as it is.
    """
    found = await here(work, request)
    mine = found.membership
    shown = mine.sharing.value if mine else Sharing.COUNTS.value
    return {
        "show": "" if mine and mine.alum else shown,
        "matches": "yes" if mine and mine.matches else "no",
        "name": mine.name if mine else work.member.name,
    }


async def join(work: Work, request: ClubJoin) -> Reply:
    """Tell what the club will see and never will, and ask; with an answer, join or change it."""
    found = await here(work, request)
    mine = found.membership
    if mine is None and not request.show:
        return await _asked(work, request, found.club)
    if mine is None:
        return await _joined(work, await _as_typed(work, request), found.club)
    changed = _as_asked(mine, request)
    if changed == mine:
        return Reply(voice.membership_message(found.club, mine))
    if changed.name != mine.name or changed.sharing is not mine.sharing:
        await _refuse_taken(work, found.club, changed)
    await memberships.save(work.session, changed)
    if changed.matches and not mine.matches:
        await matching.look_everywhere(work, found.club, changed)
    return Reply(voice.membership_message(found.club, changed, changed=True))


async def leave(work: Work, request: ClubLeave) -> Reply:
    """Ask, and with `sure` leave: off every board at once."""
    club, mine = await joined(work, request)
    if not request.sure:
        return Reply(voice.leave_question(club, mine))
    await departing.leave(work.session, club.id, work.member.id, work.now)
    return Reply(voice.left(club), replace=True)


async def stay_as_alum(work: Work, request: StayAlum) -> Reply:
    """After a win: stay to help, with no goals, boards, buddies or digests."""
    club, mine = await joined(work, request)
    alum = replace(mine, alum=True, buddy=False, nudge_after=0, matches=False)
    await memberships.save(work.session, alum)
    return Reply(voice.alum(club))


async def _asked(work: Work, request: ClubJoin, club: Club) -> Reply:
    """The question before anybody joins. What was typed already waits for its answer."""
    kept = 0
    if request.name or request.matches:
        values = {"name": request.name, "matches": request.matches}
        kept = await changes.keep(work.session, work.member.id, ClubJoin.verb, values, work.now)
    return Reply(voice.question(club, request.name or work.member.name, kept))


async def _as_typed(work: Work, request: ClubJoin) -> ClubJoin:
    """The answer, with what was typed before the question. Raises Problem when it is gone."""
    if not request.kept:
        return request
    _, typed = await work.kept(request.kept, ClubJoin.verb)
    return replace(
        request,
        name=request.name or typed["name"],
        matches=request.matches or typed["matches"],
    )


async def _joined(work: Work, request: ClubJoin, club: Club) -> Reply:
    name = clip(request.name or work.member.name, NAME_LIMIT)
    sharing = Sharing(request.show)
    if not name and sharing is not Sharing.HIDDEN:
        raise Problem(NAMELESS, field="name")
    account = await memberships.account_id(work.session, work.caller.account)
    mine = Membership(
        id=0,
        club_id=club.id,
        member_id=work.member.id,
        account_id=account,
        joined_on=club.today(work.now),
        name=name,
        sharing=sharing,
        matches=request.matches == "yes",
    )
    await _refuse_taken(work, club, mine)
    mine = await memberships.join(work.session, mine)
    inherits = await _takes_the_pace(work, club)
    if mine.matches:
        await matching.look_everywhere(work, club, mine)
    return Reply(voice.joined(club, mine, work.now, inherits=inherits), replace=True)


async def _refuse_taken(work: Work, club: Club, mine: Membership) -> None:
    """Raise Problem for a name that the club would take for somebody else's, or for mine.

    Who is on the board without a name is not looked at: a refusal would tell that they are there.
    """
    shown = await memberships.shown_names(work.session, club.id, besides=mine.id)
    if folded(mine.name) in {*_reserved(), *map(folded, shown)}:
        raise Problem(TAKEN, field="name", club=club.name, name=mine.name)


def _reserved() -> set[str]:
    """What stands on boards for somebody else, in whatever language a club reads."""
    names = {"squeaky"}
    for language in LANGUAGES:
        with speaking(language):
            names.add(folded(tr("a member")))
    return names


async def _takes_the_pace(work: Work, club: Club) -> bool:
    """Who has no follow-up yet begins at the club's pace; whether that is another one."""
    if work.member.pace is club.pace or await followups.all_of(work.session, work.member.id):
        return False
    work.member = replace(work.member, pace=club.pace)
    await work.reckon()
    return True


def _as_asked(mine: Membership, request: ClubJoin) -> Membership:
    return replace(
        mine,
        sharing=Sharing(request.show) if request.show else mine.sharing,
        matches=request.matches == "yes" if request.matches else mine.matches,
        name=clip(request.name, NAME_LIMIT) if request.name else mine.name,
        alum=mine.alum and not request.show,
    )
