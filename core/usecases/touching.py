"""What happens to a follow-up: a ping sent, a reply, another day, a note, closed, reopened."""

from __future__ import annotations

from dataclasses import replace

from core.domain.history import Touch
from core.domain.records import FollowUp
from core.domain.words import Channel, CloseReason, Outcome, TouchKind
from core.problem import Problem
from core.reply import Reply
from core.requests import Close, Note, Reopen, Replied, Sent, Snooze, Targeted
from core.store import followups
from core.usecases.finding import find
from core.usecases.work import Work
from core.voice import answers


async def sent(work: Work, request: Sent) -> Reply:
    """Log a ping. It goes by the contact's channel unless another is named."""
    followup = await find(work, request, closed=False)
    touch = Touch(
        TouchKind.SENT,
        work.day(request.on, "on", past=True) or work.today,
        via=Channel(request.via) if request.via else followup.contact.via,
        angle=request.angle,
        text=request.note,
    )
    return await _done(work, followup, request, touch)


async def replied(work: Work, request: Replied) -> Reply:
    """Log a reply and what came of it. The channel it came by becomes the preferred one (M10)."""
    followup = await find(work, request, closed=False)
    outcome = Outcome(request.outcome)
    until = work.day(request.next, "next")
    if outcome is Outcome.CALL_BACK and until is None:
        raise Problem("When do they want you to call back? Name the day.", field="next")
    touch = Touch(
        TouchKind.REPLIED,
        work.day(request.on, "on", past=True) or work.today,
        via=Channel(request.via) if request.via else Channel.UNKNOWN,
        outcome=outcome,
        until=None if outcome is Outcome.DISMISSED else until,
        text=request.note,
    )
    via_before = followup.contact.via
    if touch.via not in (Channel.UNKNOWN, via_before):
        contact = replace(followup.contact, via=touch.via)
        await followups.save_contact(work.session, work.member.id, contact)
    return await _done(work, followup, request, touch, {"via": via_before})


async def snooze(work: Work, request: Snooze) -> Reply:
    """Put the next ping off."""
    followup = await find(work, request, closed=False)
    _refuse_closed(followup)
    until = work.day(request.until, "until")
    return await _done(work, followup, request, Touch(TouchKind.SNOOZED, work.today, until=until))


async def note(work: Work, request: Note) -> Reply:
    """Keep a note; the due day stays."""
    followup = await find(work, request)
    touch = Touch(TouchKind.NOTED, work.today, text=request.text)
    return await _done(work, followup, request, touch)


async def close(work: Work, request: Close) -> Reply:
    """Close it, for the reason that the member gives."""
    followup = await find(work, request, closed=False)
    _refuse_closed(followup)
    reason = CloseReason(request.reason)
    return await _done(work, followup, request, Touch(TouchKind.CLOSED, work.today, reason=reason))


async def reopen(work: Work, request: Reopen) -> Reply:
    """Take a closed one up again."""
    followup = await find(work, request, closed=True)
    if followup.position.closed is None:
        raise Problem("{who} is open already.", who=followup.title)
    touch = Touch(TouchKind.REOPENED, work.today, text=request.reason)
    return await _done(work, followup, request, touch)


def _refuse_closed(followup: FollowUp) -> None:
    if followup.position.closed is not None:
        raise Problem(
            "{who} is closed. Take it up again first: `/followup reopen {number}`.",
            who=followup.title,
            number=followup.number,
        )


async def _done(
    work: Work,
    followup: FollowUp,
    request: Targeted,
    touch: Touch,
    before: dict[str, str] | None = None,
) -> Reply:
    now, change = await work.record(followup, request.verb, touch, before)
    return Reply(answers.changed(now, touch, work.today, change))
