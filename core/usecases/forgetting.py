"""Forget me: everything that is a member's, erased at once after one question."""

from __future__ import annotations

from core.problem import Problem
from core.reply import Reply
from core.requests import Forget
from core.store import erasing, memberships
from core.usecases import parting
from core.usecases.clubs import departing
from core.usecases.work import Work
from core.voice import forgetting as voice

_ALL = frozenset({"", "me", "everything", "all", "myself"})


async def forget(work: Work, request: Forget) -> Reply:
    """Say what goes and ask; with `sure`, let it go."""
    if request.what.casefold() not in _ALL:
        raise Problem(
            "I can forget you and all that is yours: `/followup forget me`. To stop following up "
            "with one: `/followup close {who}`.",
            who=request.what,
        )
    if work.linked and await parting.is_fresh(work):
        return await _own_part(work, sure=request.sure)
    if not request.sure:
        return Reply(voice.question(await erasing.owned_by(work.session, work.member.id)))
    return await _erased(work)


async def _own_part(work: Work, *, sure: bool) -> Reply:
    """Soon after two were joined, what came from here alone: a code may have been stolen, and
    whoever did so must not erase what is somebody else's.
    """
    if not sure:
        return Reply(voice.own_part_question(await parting.listed_here(work)))
    await parting.leave_with_own(work)
    return await _erased(work)


async def _erased(work: Work) -> Reply:
    for one in await memberships.of_member(work.session, work.member.id):
        await departing.leave(work.session, one.club_id, work.member.id, work.now)
    await erasing.erase_member(work.session, work.member.id)
    return Reply(voice.forgotten(), replace=True, forgotten=True)
