"""What happens to a follow-up: a ping sent, another day, a note, closed, reopened."""

from __future__ import annotations

from core.domain.cadence import SPACING
from core.domain.history import Touch
from core.domain.records import FollowUp
from core.domain.words import Channel, CloseReason, TouchKind
from core.language import N_
from core.problem import Problem
from core.reply import Reply
from core.requests import Close, Note, Reopen, Sent, Snooze, Targeted
from core.store import followups
from core.text import Text, say
from core.usecases.finding import find
from core.usecases.work import Work
from core.voice import answers
from core.voice.days import short_date

SOON = N_(
    "You wrote to {who} on {day} already. One message in 2 working days is enough, so the next "
    "one waits."
)


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
    soon = await _too_soon(work, followup, touch)
    return await _done(work, followup, request, touch, notes=soon)


async def _too_soon(work: Work, followup: FollowUp, touch: Touch) -> tuple[Text, ...]:
    """What to say of a second ping to one contact within 2 working days (M6)."""
    siblings = await followups.of_contact(work.session, work.member.id, followup.contact.id)
    pings = [f.position.last_ping for f in siblings if f.position.last_ping is not None]
    last = max((day for day in pings if day <= touch.day), default=None)
    if last is None:
        return ()
    calendar = work.member.calendar_with(followup.contact)
    if touch.day >= calendar.after(last, SPACING):
        return ()
    return (say(SOON, who=followup.title, day=short_date(last, work.today)),)


async def snooze(work: Work, request: Snooze) -> Reply:
    """Put the next ping off."""
    followup = await find(work, request, closed=False)
    refuse_closed(followup)
    until = work.day(request.until, "until")
    if until is not None and until <= work.today:
        raise Problem("Name a day after today. What is due today is in your list.", field="until")
    return await _done(work, followup, request, Touch(TouchKind.SNOOZED, work.today, until=until))


async def note(work: Work, request: Note) -> Reply:
    """Keep a note; the due day stays."""
    followup = await find(work, request)
    touch = Touch(TouchKind.NOTED, work.today, text=request.text)
    return await _done(work, followup, request, touch)


async def close(work: Work, request: Close) -> Reply:
    """Close it, for the reason that the member gives."""
    followup = await find(work, request, closed=False)
    refuse_closed(followup)
    reason = CloseReason(request.reason)
    return await _done(work, followup, request, Touch(TouchKind.CLOSED, work.today, reason=reason))


async def reopen(work: Work, request: Reopen) -> Reply:
    """Take a closed one up again."""
    followup = await find(work, request, closed=True)
    if followup.position.closed is None:
        raise Problem("{who} is open already.", who=followup.title)
    touch = Touch(TouchKind.REOPENED, work.today, text=request.reason)
    return await _done(work, followup, request, touch)


def refuse_closed(followup: FollowUp) -> None:
    """Raise Problem for a closed one, with the way to open it again."""
    if followup.position.closed is not None:
        raise Problem(
            "{who} is closed. Take it up again first: `/followup reopen {number}`.",
            who=followup.title,
            number=followup.number,
            choices=(answers.reopen_button(followup),),
        )


def opened_again(was: FollowUp, now: FollowUp) -> tuple[Text, ...]:
    """What to say when a ping or a reply has opened a closed one."""
    if was.position.closed is None or now.position.closed is not None:
        return ()
    return (say("It was closed; it is open again."),)


async def _done(
    work: Work,
    followup: FollowUp,
    request: Targeted,
    touch: Touch,
    notes: tuple[Text, ...] = (),
) -> Reply:
    now, change = await work.record(followup, request.verb, touch)
    if touch.kind is not TouchKind.REOPENED:
        notes = (*notes, *opened_again(followup, now))
    return Reply(answers.changed(now, touch, work.today, change, notes))
