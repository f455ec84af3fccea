"""One person becomes two again: what each has then is said before, and asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from core.domain.records import Member
from core.language import N_
from core.problem import Problem
from core.reply import Reply
from core.requests import Link
from core.store import accounts, joining, members, own_settings
from core.store import parting as store
from core.store.accounts import OwnAccount
from core.store.parting import Split, split_of
from core.usecases.undoing import member_with
from core.usecases.work import Work
from core.voice import parting as voice

FRESH = timedelta(days=7)
"""For so long nobody can erase from one side what came from the other."""
ALONE = N_(
    "You are joined with nobody: what you see is yours alone. To be one person in two places: "
    "`/followup link`."
)


async def part(work: Work, request: Link) -> Reply:
    """Say what each side has then, and ask; with an answer, do it."""
    own = await accounts.accounts_of(work.session, work.member.id)
    wanted = request.account or work.account_id
    goes = next((one for one in own if one.id == wanted), None)
    if len(own) < 2 or goes is None:
        raise Problem(ALONE)
    split = await split_of(work.session, work.member.id, goes.id)
    if request.do != "parted":
        others = [one.account for one in own if one is not goes]
        mine = goes.id == work.account_id
        return Reply(
            voice.parting_question(
                goes.id, goes.account, others, split.listed, split.stay, mine=mine
            )
        )
    if request.leave and goes.id != work.account_id:
        raise Problem(ALONE)  # one may leave what is one's own, and take nobody else's away
    if request.leave:
        split = Split(stay=split.listed + split.stay)
    await _parted(work, own, goes, split)
    here, there = split.stay, split.listed
    if goes.id == work.account_id:
        here, there = there, here
    return Reply(voice.parted(here, there), replace=True)


async def is_fresh(work: Work) -> bool:
    """Whether the caller's selves were joined not long ago."""
    own = await accounts.accounts_of(work.session, work.member.id)
    mine = next(one for one in own if one.id == work.account_id)
    return mine.linked_at is not None and work.now - mine.linked_at < FRESH


async def listed_here(work: Work) -> int:
    """How many of the follow-ups came from where the caller is."""
    return (await split_of(work.session, work.member.id, work.account_id)).listed


async def leave_with_own(work: Work) -> None:
    """Part the caller from their other selves, each with its own."""
    own = await accounts.accounts_of(work.session, work.member.id)
    mine = next(one for one in own if one.id == work.account_id)
    split = await split_of(work.session, work.member.id, mine.id)
    await _parted(work, own, mine, split)


async def _parted(work: Work, own: Sequence[OwnAccount], goes: OwnAccount, split: Split) -> None:
    session, was = work.session, work.member
    await members.save_member(session, was)
    await joining.locked(session, [was.id])
    new = await members.another(session, was, work.now)
    rest = [one for one in own if one is not goes]
    if goes.settings is not None:
        new = member_with(new, goes.settings)
        await own_settings.settings_go(session, was.id, new.id, goes.id)
    elif rest[0].settings is not None:
        was = member_with(was, rest[0].settings)
        await own_settings.settings_are_its_own(session, was.id, rest[0].id)
        await own_settings.settings_stay(session, was.id, new.id, rest[0].id)
    await store.part(session, was.id, new.id, goes.id, split)
    for member in (was, new):
        await accounts.alone(session, member.id)
    await _reckoned(work, was, new, mine=goes.id == work.account_id)


async def _reckoned(work: Work, was: Member, new: Member, *, mine: bool) -> None:
    """Both lists are folded by the settings that each has now; the caller goes on with theirs."""
    for member in (was, new):
        side = replace(work, member=member)
        await side.refold_all()
        await side.reckon()
        if mine == (member is new):
            work.member = side.member
    work.linked = len(await accounts.accounts_of(work.session, work.member.id)) > 1
