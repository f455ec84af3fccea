"""Words for the next ping: offered, written on by the member, checked, and kept when sent."""

from __future__ import annotations

from dataclasses import replace

from core.domain.angles import ground_of
from core.domain.checking import check
from core.domain.drafting import Draft as Words
from core.domain.records import FollowUp
from core.domain.words import Angle, Channel, CloseReason
from core.reply import Reply
from core.requests import Another, Draft, Write
from core.store import changes, followups
from core.usecases.finding import find
from core.usecases.knowing import Background, backgrounds
from core.usecases.touching import refuse_closed
from core.usecases.views import view_message
from core.usecases.work import Work
from core.voice import drafting as voice
from core.voice.angles import angle_words
from core.voice.draft_frame import frame
from core.voice.drafts import draft as words_for
from core.voice.proofs import why_chosen


async def draft(work: Work, request: Draft) -> Reply:
    """Offer words for an angle and a channel: those asked for, else those that are proposed."""
    followup = await find(work, request)
    if not _is_last_thanks(followup, request.angle):
        refuse_closed(followup)
    known = await _background(work, followup)
    angle = Angle(request.angle) if request.angle else known.proposal.angle
    via = Channel(request.via) if request.via else followup.contact.via
    return await _shown(work, known, angle, via)


def _is_last_thanks(followup: FollowUp, angle: str) -> bool:
    """Whether it is for thanking somebody once a job is landed (M21)."""
    return followup.position.closed is CloseReason.LANDED and angle == Angle.THANKS


async def another(work: Work, request: Another) -> Reply:
    """Pass the proposed angle over; a draft for the next one where a draft was shown."""
    followup = await find(work, request)
    await followups.skip_angle(work.session, followup.id, request.angle)
    followup = await find(work, request)
    known = await _background(work, followup)
    if request.drafts:
        via = Channel(request.via) if request.via else followup.contact.via
        return replace(await _shown(work, known, known.proposal.angle, via), replace=True)
    if request.view:
        return Reply(await view_message(work, request.view), replace=True)
    return Reply(voice.proposal_message(followup, angle_words(known.proposal, known.known)))


async def write(work: Work, request: Write) -> Reply:
    """Check what the member wrote, and offer to send it from their own mail or log it as sent."""
    followup = await find(work, request)
    known = await _background(work, followup)
    angle = Angle(request.angle) if request.angle else known.proposal.angle
    via = Channel(request.via) if request.via else followup.contact.via
    words = Words(request.subject, request.text)
    return replace(await _message(work, known, angle, via, words), replace=True)


async def _background(work: Work, followup: FollowUp) -> Background:
    return (await backgrounds(work.session, [(work.member, followup)]))[0]


async def _shown(work: Work, known: Background, angle: Angle, via: Channel) -> Reply:
    words = words_for(known.known, angle, via, work.member.name)
    return await _message(work, known, angle, via, words)


async def _message(
    work: Work, known: Background, angle: Angle, via: Channel, words: Words
) -> Reply:
    followup = known.followup
    findings = check(words.body, via=via, known=known.known, earlier=known.earlier, frame=frame())
    hidden = {"target": followup.id, "seen": followup.revision}
    sent = {**hidden, "angle": angle.value, "via": _named(via), "note": words.body}
    written = {
        **hidden,
        "angle": angle.value,
        "via": _named(via),
        "subject": words.subject,
        "text": words.body,
    }
    keep = changes.keep
    return Reply(
        voice.draft_message(
            followup,
            angle,
            via,
            words,
            findings,
            caller=work.caller,
            chosen=why_chosen(*ground_of(angle, known.known), known.known),
            sent=await keep(work.session, work.member.id, "sent", sent, work.now),
            written=await keep(work.session, work.member.id, "write", written, work.now),
        )
    )


def _named(via: Channel) -> str:
    return "" if via is Channel.UNKNOWN else via.value
