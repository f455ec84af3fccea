"""A reply, and what came of it (M5): a referral opens a follow-up of its own and is thanked for."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from core.domain.history import Terms, Touch
from core.domain.records import Contact, FollowUp
from core.domain.words import Channel, Outcome, TouchKind, Trust
from core.language import tr
from core.problem import Problem
from core.reply import Reply
from core.requests import Replied
from core.store import changes, contacts, followups, touches
from core.text import Text, say
from core.usecases.adding import begin, contact_named, refuse_twin
from core.usecases.finding import find
from core.usecases.touching import opened_again
from core.usecases.work import Work
from core.voice import answers
from core.voice.answers import FIRST, next_words
from core.voice.people import headline


async def replied(work: Work, request: Replied) -> Reply:
    """Log a reply and what came of it. The channel it came by becomes the preferred one (M10)."""
    followup = await find(work, request, closed=False)
    outcome = Outcome(request.outcome)
    if outcome is Outcome.REFERRED and not request.lead and "@" in request.note:
        request = replace(request, lead=request.note, note="")  # "referred me, Lee Chen @ Hooli"
    touch = _touch(work, request, outcome)
    before: dict[str, Any] = {"contact": asdict(followup.contact)} if touch.via else {}
    change = await changes.begin_change(
        work.session, work.member.id, request.verb, work.now, followup.id, before
    )
    await _mirror_channel(work, followup, touch)
    opened = await _opened(work, followup, outcome, request.lead, change)
    await touches.add_touch(work.session, followup.id, change, touch, work.now)
    now = await work.refold(followup)
    notes = (*opened_again(followup, now), *_told(opened, work))
    is_open = now.position.closed is None
    return Reply(answers.changed(now, touch, work.today, change, notes, asks_insight=is_open))


def _touch(work: Work, request: Replied, outcome: Outcome) -> Touch:
    until = work.day(request.next, "next")
    if outcome is Outcome.CALL_BACK and until is None:
        raise Problem("When do they want you to call back? Name the day.", field="next")
    if outcome is Outcome.REFERRED and not request.lead:
        raise Problem(
            "Whom did they refer you to? Write it as `Robin Patel @ Globex`.", field="lead"
        )
    return Touch(
        TouchKind.REPLIED,
        work.day(request.on, "on", past=True) or work.today,
        via=Channel(request.via) if request.via else Channel.UNKNOWN,
        outcome=outcome,
        until=None if outcome is Outcome.DISMISSED else until,
        text=request.note,
    )


async def _mirror_channel(work: Work, followup: FollowUp, touch: Touch) -> None:
    if touch.via not in (Channel.UNKNOWN, followup.contact.via):
        contact = replace(followup.contact, via=touch.via)
        await contacts.save_contact(work.session, work.member.id, contact)


async def _opened(
    work: Work, followup: FollowUp, outcome: Outcome, lead: str, change: int
) -> FollowUp | None:
    """The follow-up that the reply led to: with somebody else, or about something new."""
    if outcome is Outcome.REFERRED:
        contact, about = await contact_named(work, lead, "lead"), ""
        if contact.id == followup.contact.id:
            raise Problem(
                "That is {who}. Name whom they referred you to.", field="lead", who=followup.title
            )
        if contact.id and await _pursued(work, contact):
            return None
        terms = Terms(trust=Trust.SOME)
    elif outcome is Outcome.OPPORTUNITY and lead:
        contact, about, terms = followup.contact, lead, followup.position.terms
        terms = replace(terms, first_on=None)
    else:
        return None
    await refuse_twin(work, contact, about)
    new = await begin(work, contact, about, referred_by=followup.id)
    text = ""
    if outcome is Outcome.REFERRED:
        text = tr("Referred by {who}", who=followup.title)
    touch = Touch(TouchKind.ADDED, work.today, text=text, terms=terms)
    await touches.add_touch(work.session, new.id, change, touch, work.now)
    return await work.refold(new)


async def _pursued(work: Work, contact: Contact) -> bool:
    """Whether there is an open follow-up with them already: the referral is in the history."""
    siblings = await followups.of_contact(work.session, work.member.id, contact.id)
    return any(sibling.position.closed is None for sibling in siblings)


def _told(opened: FollowUp | None, work: Work) -> tuple[Text, ...]:
    if opened is None:
        return ()
    words = next_words(opened, work.today, FIRST)
    return (say("New: {who}. {words}", who=headline(opened), words=words),)
