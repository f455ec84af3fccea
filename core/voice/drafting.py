"""A draft as the member sees it: the words, what could be better, and what to do with them."""

from __future__ import annotations

from collections.abc import Sequence

from core.caller import Caller
from core.domain.checking import Finding
from core.domain.drafting import Draft, MailService, compose_link, mail_link
from core.domain.records import FollowUp
from core.domain.words import Angle, Channel
from core.language import N_, tr
from core.reply import (
    Action,
    Actions,
    Block,
    Button,
    Divider,
    Heading,
    LinkButton,
    Message,
    Paragraph,
    Tone,
)
from core.requests import Another, Resume
from core.text import Text, say, text_of
from core.tokens import token
from core.voice.draft_findings import finding_words
from core.voice.people import named, via_words
from core.voice.words import word

NO_FINDINGS = N_("Nothing stands in its way: send it from your own account, then press Sent.")


def draft_message(
    followup: FollowUp,
    angle: Angle,
    via: Channel,
    words: Draft,
    findings: Sequence[Finding],
    *,
    caller: Caller,
    chosen: Text,
    sent: int,
    written: int,
) -> Message:
    """A draft; `chosen` says which proof it holds and why.

    `sent` and `written` are the kept requests that log it and open it to write on.
    """
    blocks: list[Block] = [Heading(_heading(followup, angle, via))]
    if words.subject:
        blocks.append(Paragraph((say("Subject: **{subject}**", subject=words.subject),)))
    blocks.append(Paragraph(tuple(text_of(line) for line in words.body.split("\n"))))
    advice = [chosen, *_advice(findings)] if chosen else _advice(findings)
    blocks += [Divider(), Paragraph(tuple(advice))]
    another = Another(
        target=followup.id,
        seen=followup.revision,
        angle=angle.value,
        via="" if via is Channel.UNKNOWN else via.value,
        drafts=True,
    )
    actions: list[Action] = [
        Button(tr("Write on"), token(Resume(kept=written, form=True)), Tone.PRIMARY),
        Button(tr("Sent"), token(Resume(kept=sent))),
        Button(tr("Another angle"), token(another)),
        *_mail(followup, via, words, caller),
    ]
    return Message((*blocks, Actions(tuple(actions))))


def proposal_message(followup: FollowUp, proposal: Text) -> Message:
    """The next angle, for a ping that is not shown on a message of its own."""
    return Message((Paragraph((named(followup), proposal)),))


def _heading(followup: FollowUp, angle: Angle, via: Channel) -> str:
    how = via_words(via)
    if not how:
        words = tr("Draft for {title}: {angle}", title=followup.title, angle=word(angle))
    else:
        words = tr(
            "Draft for {title}: {angle}, {how}", title=followup.title, angle=word(angle), how=how
        )
    return words[:140]


def _advice(findings: Sequence[Finding]) -> list[Text]:
    if not findings:
        return [say(NO_FINDINGS)]
    return [say("• {words}", words=finding_words(finding)) for finding in findings]


def _mail(followup: FollowUp, via: Channel, words: Draft, caller: Caller) -> list[LinkButton]:
    """Links that open the draft in the member's own mail; where only https is allowed, on the web.

    Without an address the member fills it in there.
    """
    if via is not Channel.EMAIL:
        return []
    address = followup.contact.address
    if caller.opens_mail:
        return [LinkButton(tr("Open in my mail"), mail_link(address, words))]
    return [
        LinkButton(
            tr("Open in {service}", service=service.value),
            compose_link(address, words, service, caller.link_size),
        )
        for service in (MailService.GMAIL, MailService.OUTLOOK)
    ]
