"""Who may set up, change or move a club, and whether the bot can work in the channel."""

from __future__ import annotations

from core.domain.clubs.records import Club
from core.problem import Problem
from core.store import clubs, memberships
from core.usecases.clubs.finding import NOT_THERE, ORGANIZERS, UNKNOWN_RIGHTS
from core.usecases.work import Work


def refuse_who_does_not_manage(work: Work) -> None:
    """Raise Problem for who may not manage the channel, or of whom the platform doesn't say."""
    standing = work.caller.standing
    if standing is None or standing.manages is None:
        raise Problem(UNKNOWN_RIGHTS)
    if not standing.manages:
        raise Problem(ORGANIZERS)


def refuse_if_lacking(work: Work) -> None:
    """Raise Problem with what the bot lacks in the channel, and how to give it."""
    standing = work.caller.standing
    if standing is not None and standing.lacks:
        raise Problem(
            "I can't write in this channel yet, so nothing was set up. {lacks}",
            lacks=" ".join(lack() for lack in standing.lacks),
        )


async def held(work: Work, club: Club) -> Club:
    """The club as it is, while nobody else changes it: two organizers may press at once."""
    found = await clubs.held(work.session, club.id)
    if found is None:
        raise Problem(NOT_THERE)
    return found


async def look_after(work: Work, club: Club) -> None:
    """The caller is one of its organizers from now on."""
    account = await memberships.account_id(work.session, work.caller.account)
    await clubs.add_organizer(work.session, club.id, work.member.id, account)
