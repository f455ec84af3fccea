"""What a check found, in words: what it is, and what to do instead (M12). Advice, not blame."""

from __future__ import annotations

from core.domain.checking import Finding, FindingKind, Unit
from core.domain.phrases import Instead
from core.domain.words import Channel
from core.language import N_, tr
from core.text import Text, clip, say, say_n

QUOTE_LIMIT = 60

_SHORT = {
    FindingKind.BEGGING: N_(
        "“{what}” asks straight out for a job. Offer something they can use, and ask one small "
        "question about it."
    ),
    FindingKind.NAMED: N_(
        "“{what}” has not agreed to be named. Say how they know you instead, or ask them first."
    ),
    FindingKind.REPEATED: N_(
        "This is nearly the same as what you sent before: “{what}”. Give them something new, or "
        "another angle."
    ),
    FindingKind.IMPERSONAL: N_(
        "Nothing here is about {what}. Add one thing that only they would read: their project, "
        "their words, somebody you both know."
    ),
}
_IMPERSONAL = N_(
    "Nothing here is about them. Add one thing that only they would read: their project, "
    "their words, somebody you both know."
)
_INSTEAD = {
    Instead.NEWS: N_("“{what}” tells them nothing. Say what is new for them."),
    Instead.POINT: N_("“{what}” can go. Begin with your point; the first line is what they see."),
    Instead.QUESTION: N_(
        "“{what}” leaves the work to them. Ask one thing they can answer in a word."
    ),
    Instead.PLAIN: N_("“{what}” is a set phrase. Say it in your own words, or leave it out."),
    Instead.NO_GUILT: N_(
        "“{what}” can sound like a reproach. Leave it out: what you bring is reason enough."
    ),
}
_CARRIES = {
    Channel.EMAIL: N_("an email"),
    Channel.TEXT: N_("a text"),
    Channel.PHONE: N_("a call"),
    Channel.VOICE: N_("a voice message"),
    Channel.LINKEDIN: N_("LinkedIn"),
    Channel.IN_PERSON: N_("a talk in passing"),
    Channel.CHAT: N_("a chat message"),
}
_LONG = {
    Unit.CHARACTERS: N_(
        "{size} characters is long for {carries}; {most} is a good most. Keep the gift and the "
        "question, and cut the rest."
    ),
    Unit.WORDS: N_(
        "{size} words is long for {carries}; {most} is a good most. Keep one gift and one "
        "question; the rest can wait for their answer."
    ),
}


def finding_words(finding: Finding) -> Text:
    """One finding: what was found, and what to do instead."""
    if finding.kind is FindingKind.TOO_LONG:
        return _too_long(finding)
    if finding.kind is FindingKind.GAP:
        return _gap(finding)
    what = clip(finding.what, QUOTE_LIMIT)
    if finding.kind is FindingKind.EMPTY:
        return say(_INSTEAD[finding.instead or Instead.NEWS], what=what)
    if finding.kind is FindingKind.IMPERSONAL and not what:
        return say(_IMPERSONAL)
    return say(_SHORT[finding.kind], what=what)


def _gap(finding: Finding) -> Text:
    return say_n(
        "{what} is still a gap. Fill it in, or leave it out.",
        "{count} gaps are left; the first is {what}. Fill them in, or leave them out.",
        max(finding.size, 1),
        what=clip(finding.what, QUOTE_LIMIT),
    )


def _too_long(finding: Finding) -> Text:
    assert finding.limit is not None
    carries = _CARRIES.get(finding.via, N_("a message"))
    if finding.via is Channel.LINKEDIN and finding.limit.unit is Unit.CHARACTERS:
        carries = N_("a LinkedIn invitation")
    return say(
        _LONG[finding.limit.unit],
        size=finding.size,
        carries=tr(carries),
        most=finding.limit.most,
    )
