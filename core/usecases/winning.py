"""A win (M21): what is open is closed, who helped is thanked, the club hears what is to be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.domain.history import Touch
from core.domain.records import FollowUp
from core.domain.words import CloseReason, Outcome, TouchKind
from core.reply import Reply
from core.requests import Win
from core.store import changes, followups, helping, memberships, touches
from core.usecases.clubs.finding import active
from core.usecases.finding import find
from core.usecases.work import Work
from core.voice import winning as voice
from core.voice.winning import Helper


async def win(work: Work, request: Win) -> Reply:
    """Close everything that is open, in one step that one Undo takes back."""
    landed = await find(work, request) if request.target else None
    everything = await followups.all_of(work.session, work.member.id)
    to_close = [one for one in everything if one.position.closed is None]
    histories = await touches.histories(work.session, [one.id for one in everything])
    change = await _begun(work, request) if to_close else 0
    closing = Touch(TouchKind.CLOSED, work.today, reason=CloseReason.LANDED)
    for one in to_close:
        await touches.add_touch(work.session, one.id, change, closing, work.now)
    for one in to_close:
        await work.refold(one)
    closed = {one.id for one in to_close} | ({landed.id} if landed else set())
    helped = [
        one
        for one in everything
        if one.id in closed and (one == landed or _helped(histories[one.id]))
    ]
    clubs = [(club, mine) for club, mine in await active(work) if not mine.alum]
    message = voice.won(
        landed=landed,
        closed=len(to_close),
        thanks=one_for_each(helped, histories),
        helpers=await _helpers(work),
        clubs=[club for club, _ in clubs],
        change=change,
    )
    return Reply(message)


async def _begun(work: Work, request: Win) -> int:
    return await changes.begin_change(work.session, work.member.id, request.verb, work.now)


def one_for_each(
    helped: Sequence[FollowUp], histories: Mapping[int, Sequence[Touch]]
) -> list[FollowUp]:
    """One follow-up for each contact who helped, who referred to somebody first."""
    ranked = sorted(helped, key=lambda f: (not _referred(histories[f.id]), f.number))
    found: dict[int, FollowUp] = {}
    for followup in ranked:
        found.setdefault(followup.contact.id, followup)
    return list(found.values())


def _helped(history: Sequence[Touch]) -> bool:
    """Whether they ever answered, unless it was to dismiss."""
    outcomes = [t.outcome for t in history if t.kind is TouchKind.REPLIED]
    return any(outcome is not Outcome.DISMISSED for outcome in outcomes)


def _referred(history: Sequence[Touch]) -> bool:
    return any(touch.outcome is Outcome.REFERRED for touch in history)


async def _helpers(work: Work) -> list[Helper]:
    """Members of clubs who handed an introduction over."""
    found: list[Helper] = []
    for offered, post in await helping.offers_of(work.session, work.member.id):
        if post.member_id != work.member.id or not offered.whom:
            continue
        name = await memberships.name_of(work.session, post.club_id, offered.member_id)
        account = await memberships.account(work.session, offered.account_id)
        here = work.caller.account
        if (account.platform, account.workspace) != (here.platform, here.workspace):
            continue  # of the other self's clubs nothing is said here
        found.append(Helper(name, post.organization, account))
    return found
