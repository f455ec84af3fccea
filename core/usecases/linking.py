"""One person on several platforms: a code, the question that follows it, and one list of two."""

from __future__ import annotations

from datetime import date

from core.caller import Account
from core.domain.hours import instant_of, local_day
from core.domain.linking import BYTES, code_from, fingerprint_of
from core.domain.owed import Matter
from core.domain.records import FollowUp, Member
from core.language import N_
from core.problem import Problem
from core.reply import Message, Reply
from core.requests import Link
from core.store import accounts, clubs, followups, importing, joining, linking, members, owing
from core.store.linking import Code
from core.usecases import parting
from core.usecases.undoing import settings_of
from core.usecases.work import Work
from core.voice import linking as voice

HERE = frozenset({"here", "digest", "digest here"})
OFF = frozenset({"unlink", "off", "part", "undo", "split"})
STALE = N_("That question was answered, or it is too old. For a new code: `/followup link`.")


async def link(work: Work, request: Link) -> Reply:
    """A code, or what is to come of the one that was typed; and all that buttons ask."""
    word = request.code.casefold()
    if request.do in ("part", "parted") or word in OFF:
        return await parting.part(work, request)
    if request.do == "digest" or request.digest or word in HERE:
        return await _digest_here(work)
    if request.do:
        return await _answered(work, request)
    return await (_entered(work, request.code) if request.code else _code(work))


async def _code(work: Work) -> Reply:
    """How things stand, and a code for another self. It is shown here and kept nowhere."""
    code = code_from(work.draw(BYTES))
    mine = work.member.id, work.account_id
    await linking.put_code(work.session, *mine, fingerprint_of(code), work.now)
    own = await accounts.accounts_of(work.session, work.member.id)
    return Reply(voice.code_message(code, work.account_id, own))


async def _digest_here(work: Work) -> Reply:
    if not work.linked:
        raise Problem(
            "Your morning message comes here already: I know you nowhere else. "
            "To be one person in two places: `/followup link`."
        )
    await accounts.send_digest_to(work.session, work.member.id, work.account_id)
    return Reply(voice.digest_here())


async def _entered(work: Work, typed: str) -> Reply:
    """The question before two become one. Wrong codes are counted, so nothing is raised for them:
    a refusal would take the count back.
    """
    account = work.caller.account
    wait = await linking.wait_for(work.session, account, work.now)
    if wait:
        return Reply(voice.wait(wait), refused=True)
    fingerprint = fingerprint_of(typed)
    member_id, account_id = await linking.maker_of(work.session, fingerprint, work.now)
    if account_id == work.account_id:
        raise Problem(voice.OWN_CODE)
    if member_id == work.member.id:
        raise Problem(voice.ONE_ALREADY)
    if member_id:
        await _refuse_crowds(work, member_id)
    code = await linking.enter(work.session, fingerprint, work.account_id, work.now)
    if code is None:
        await linking.count_wrong(work.session, account, work.now)
        return Reply(voice.wrong(), refused=True)
    return Reply(await _question(work, code))


async def _refuse_crowds(work: Work, other: int) -> None:
    """Raise Problem where two that are several already would meet, or are in one club. The code
    stays good meanwhile.
    """
    theirs = await accounts.accounts_of(work.session, other)
    if work.linked and len(theirs) > 1:
        raise Problem(voice.CROWD)
    found = await joining.meeting(work.session, work.member.id, other)
    if found.shared_clubs:
        names = [c.name for c in await clubs.some_clubs(work.session, found.shared_clubs)]
        raise Problem(voice.ONE_CLUB, club=names[0])


async def _question(work: Work, code: Code) -> Message:
    other = (await members.some_members(work.session, {code.member_id}))[code.member_id]
    there = await _account(work, code.account_id, code.member_id)
    met = await joining.meeting(work.session, work.member.id, other.id)
    return voice.question(
        code.id,
        here=await _side(work, work.member, work.caller.account),
        there=await _side(work, other, there),
        met=voice.Met(met.numbers, len(met.same), met.alike),
    )


async def _side(work: Work, member: Member, account: Account) -> voice.Side:
    listed = len(await importing.titles(work.session, member.id))
    return voice.Side(account, member, listed)


async def _account(work: Work, id: int, member_id: int) -> Account:
    own = await accounts.accounts_of(work.session, member_id)
    return next(one.account for one in own if one.id == id)


async def _answered(work: Work, request: Link) -> Reply:
    """The yes or no of who entered the code. Pressed twice, the second changes nothing."""
    code = await linking.entered_by(work.session, request.code_id, work.account_id, work.now)
    if code is None:
        raise Problem(STALE)
    if request.do != "yes":
        await linking.spend(work.session, code.id)
        return Reply(voice.left_apart(), replace=True)
    both = [work.member.id, code.member_id]
    if len(await joining.locked(work.session, both)) != len(set(both)) or len(set(both)) == 1:
        raise Problem(STALE)
    await _refuse_crowds(work, code.member_id)
    return await _joined(work, code, request.keep)


async def _joined(work: Work, code: Code, keep: str) -> Reply:
    """Both are locked. Whose settings stay is the member that stays."""
    other = (await members.some_members(work.session, {code.member_id}))[code.member_id]
    await members.save_member(work.session, work.member)
    await work.session.flush()
    stays, goes = (other, work.member) if keep == "there" else (work.member, other)
    there = await _account(work, code.account_id, code.member_id)
    await linking.spend(work.session, code.id)
    renumbered = await joining.join(
        work.session,
        stays.id,
        goes.id,
        settings_of(goes),
        work.account_id,
        _last_digest(stays, goes),
        work.now,
    )
    work.member = (await members.some_members(work.session, {stays.id}))[stays.id]
    work.linked = True
    await work.refold_all()
    await work.reckon()
    await owing.owe_member(
        work.session,
        stays.id,
        code.account_id,
        Matter.LINKED,
        work.today,
        work.now,
        code.id,
    )
    listed = await followups.all_of(work.session, stays.id)
    changed = [(renumbered[f.id][0], f) for f in listed if f.id in renumbered]
    return Reply(voice.joined(there, len(listed), _by_number(changed)), replace=True)


def _by_number(changed: list[tuple[int, FollowUp]]) -> list[tuple[int, FollowUp]]:
    return sorted(changed, key=lambda pair: pair[0])


def _last_digest(stays: Member, goes: Member) -> date | None:
    """The last day with a digest, in the zone that stays: one a day, also on the day of joining."""
    theirs = goes.last_digest_on
    if theirs is None:
        return stays.last_digest_on
    there = local_day(instant_of(theirs, goes.hour, goes.tz), stays.tz)
    return max(there, stays.last_digest_on or there)
