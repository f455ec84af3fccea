"""What a check found, in words: what it is, and what to do instead (M12). Advice, not blame."""

from __future__ import annotations

from core.domain.checking import Finding, FindingKind, Unit
from core.domain.phrases import Instead
from core.domain.words import Channel
from core.text import Text, clip, say

QUOTE_LIMIT = 60

_SHORT = {
    FindingKind.BEGGING: (
        "“{what}” asks straight out for a job. Offer something they can use, and ask one small "
        "question about it."
    ),
    FindingKind.NAMED: (
        "“{what}” has not agreed to be named. Say how they know you instead, or ask them first."
    ),
    FindingKind.REPEATED: (
        "This is nearly the same as what you sent before: “{what}”. Give them something new, or "
        "another angle."
    ),
    FindingKind.IMPERSONAL: (
        "Nothing here is about {what}. Add one thing that only they would read: their project, "
        "their words, somebody you both know."
    ),
}
_INSTEAD = {
    Instead.NEWS: "“{what}” tells them nothing. Say what is new for them.",
    Instead.POINT: "“{what}” can go. Begin with your point; the first line is what they see.",
    Instead.QUESTION: "“{what}” leaves the work to them. Ask one thing they can answer in a word.",
    Instead.PLAIN: "“{what}” is a set phrase. Say it in your own words, or leave it out.",
    Instead.NO_GUILT: (
        "“{what}” can sound like a reproach. Leave it out: what you bring is reason enough."
    ),
}
_CARRIES = {
    Channel.EMAIL: "an email",
    Channel.TEXT: "a text",
    Channel.PHONE: "a call",
    Channel.VOICE: "a voice message",
    Channel.LINKEDIN: "LinkedIn",
    Channel.IN_PERSON: "a talk in passing",
    Channel.CHAT: "a chat message",
}
_CUT = {
    Unit.CHARACTERS: "Keep the gift and the question, and cut the rest.",
    Unit.WORDS: "Keep one gift and one question; the rest can wait for their answer.",
}


def finding_words(finding: Finding) -> Text:
    """One finding: what was found, and what to do instead."""
    if finding.kind is FindingKind.TOO_LONG:
        return _too_long(finding)
    if finding.kind is FindingKind.GAP:
        return _gap(finding)
    if finding.kind is FindingKind.EMPTY:
        return say(_INSTEAD[finding.instead or Instead.NEWS], what=clip(finding.what, QUOTE_LIMIT))
    what = clip(finding.what, QUOTE_LIMIT)
    return say(_SHORT[finding.kind], what=what or "them")


def _gap(finding: Finding) -> Text:
    what = clip(finding.what, QUOTE_LIMIT)
    if finding.size <= 1:
        return say("{what} is still a gap. Fill it in, or leave it out.", what=what)
    template = "{count} gaps are left; the first is {what}. Fill them in, or leave them out."
    return say(template, count=finding.size, what=what)


def _too_long(finding: Finding) -> Text:
    assert finding.limit is not None
    carries = _CARRIES.get(finding.via, "a message")
    if finding.via is Channel.LINKEDIN and finding.limit.unit is Unit.CHARACTERS:
        carries = "a LinkedIn invitation"
    return say(
        "{size} {unit} is long for {carries}; {most} is a good most. {cut}",
        size=finding.size,
        unit=finding.limit.unit,
        carries=carries,
        most=finding.limit.most,
        cut=_CUT[finding.limit.unit],
    )
