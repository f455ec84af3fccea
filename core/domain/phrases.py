"""Phrases that say nothing, and ways of asking straight out for a job.

They are looked for in one line of lower-case text with straight apostrophes and single spaces, and
without accents: in English, and in the language that its writer is spoken to in. Each pattern is
anchored on words and bounded, so a long text costs little.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from unicodedata import normalize

from core.domain import phrases_es, phrases_fr
from core.language import spoken


class Instead(StrEnum):
    """What to do in place of an empty phrase."""

    NEWS = "news"  # say what is new for them
    POINT = "point"  # begin with the point
    QUESTION = "question"  # ask one small question that can be answered in a word
    PLAIN = "plain"  # say plainly what is meant
    NO_GUILT = "no guilt"  # leave it out: they owe nothing


_END = r"(?= (?:on|with|about|regarding|to see|again|here|quickly|as|and)\b|[.,;:!?)…–—-]| [-–—]|$)"
_SINCE = r"(?:my|our|the) (?:last|previous|earlier|prior|recent|first)"

_EMPTY = {
    Instead.NEWS: (
        rf"(?:just |quickly |only |simply ){{0,3}}checking (?:back )?in{_END}",
        rf"(?:just|quickly|only|simply|wanted to|want to|would like to|i'd like to|thought i'd) "
        rf"check (?:back )?in{_END}",
        rf"(?:a |this is a )?(?:quick|little|friendly) check-?in{_END}",
        r"(?:touch|touching|touched) base(?= with| again| on| about|[.,;:!?]|$)",
        r"any (?:new |further |recent |possible )?(?:updates?|news)"
        r"(?= (?:on|about|regarding|for|from|yet|since|with)\b|[.,;:!?]|$)",
        r"(?:circle|circling|circled) back",
        r"(?:just |only |simply ){1,3}following up(?= on| with| about| again|[.,;:!?]|$)",
        rf"(?:follow|following) up (?:on|to|with) {_SINCE} (?:e-?mail|message|note|letter|text)",
        r"(?:bump|bumping) this(?= up| to| back|[.,;:!?]|$)",
        r"(?:to the )?top of your inbox",
        r"(?:stay|staying|keep|keeping) on your radar",
        r"(?:just )?(?:pinging|ping) you(?= again| about this|[.,;:!?]|$)",
    ),
    Instead.POINT: (
        r"hope (?:that )?(?:this|my|the) (?:e-?mail|message|note|letter|text|mail)? ?"
        r"finds you",
        r"hope (?:that )?(?:you're|you are|you've been|you have been|all is|everything is|"
        r"all's|everything's) (?:doing |keeping |going )?(?:very )?(?:well|fine|great|good)"
        r"(?=[.,;:!?]| and | with you|$)",
        r"trust (?:that )?(?:this (?:e-?mail|message) finds you|you are) well",
        r"to whom (?:it|this) may concern",
        r"(?:just |only |simply |wanted to |want to ){1,3}(?:reach|reaching) out",
        r"i(?:'d| would) like to add you to my (?:professional )?network",
        r"allow me to introduce myself",
    ),
    Instead.QUESTION: (
        r"pick your brains?",
        r"at your earliest convenience",
        r"love to (?:connect|hop on a call|jump on a call|grab a (?:virtual )?coffee)"
        r"(?=[.,;:!?]| with you[.!?]| sometime|$)",
        r"(?:let me know|tell me) your thoughts(?=[.,;:!?]|$)",
        r"thoughts\?",
    ),
    Instead.PLAIN: (
        r"(?:as )?per (?:my|our) (?:last|previous|earlier) (?:e-?mail|message|conversation)",
        r"(?:don't|do not) hesitate to (?:contact|reach|get in touch|call|ask|let)",
        r"(?:win-win|synerg(?:y|ies)|move the needle|low-hanging fruit)",
        r"i(?:'m| am) (?:a )?(?:highly motivated|passionate|team player|results-driven|go-getter)",
    ),
    Instead.NO_GUILT: (
        r"(?:haven't|have not|have yet to|hadn't|did not|didn't|never) (?:hear|heard)"
        r"(?: anything)?(?: back)? from you",
        r"(?:haven't|have not|have yet to|never) (?:received|gotten|got|had) "
        r"(?:a|any|your) (?:reply|response|answer)",
        r"sorry (?:to|for) (?:bother|bothering|disturb|disturbing|pester|pestering|bug|bugging)"
        r"(?: you)?",
        r"(?:i know|i'm sure|i am sure) you(?:'re| are) (?:very |really |super |so )?busy,? but",
        r"(?:still|patiently|eagerly) (?:waiting for|awaiting) your (?:reply|response|answer)",
    ),
}

_WORK = r"(?:job|jobs|position|positions|role|roles|work|employment|vacancy|vacancies)"
_KIND = r"(?:(?:full-time|part-time|new|open|current|suitable|paid|entry-level|any|steady) ){0,3}"
_NOT_A_THING = (
    r"(?! ?-?(?:description|descriptions|ad|ads|posting|postings|post|title|titles|board|boards|"
    r"design|spec|runner|scheduler|queue|queues|model|models|permit|that|to do|done|on|in your|"
    r"in the)\b)"
)
_A_JOB = rf"(?:a |an |the |this |that |any |some |me a )?{_KIND}{_WORK}\b{_NOT_A_THING}"
_OPENINGS = (
    rf"(?:any|an|a|some) (?:(?:open|job|current|suitable|new|available|other|similar) ){{0,3}}"
    rf"(?:openings?|vacanc(?:y|ies)|{_WORK})\b{_NOT_A_THING}"
    r"(?! (?:in|on) (?:your|the|my) (?:calendar|diary|schedule|agenda|market|week|day))"
    r"(?! (?:this|next|on|for a (?:call|chat|coffee|meeting)))"
)

_BEGGING = (
    rf"(?:give|get|find|offer|grant|land|hand|secure) me {_A_JOB}",
    r"(?:give|offer|grant) me (?:a|one|another|the) (?:chance|shot|opportunity)\b(?! to (?:show|"
    r"explain|thank|say|add|fix|help))",
    r"(?:please|would you|could you|can you|will you|should|if you could|hope you(?:'ll| will|"
    r" can)?|want you to|to) (?:just )?(?:hire|employ|recruit) me\b",
    r"please consider (?:me|my application|my (?:cv|resume|résumé|profile))\b",
    r"consider me for",
    rf"i (?:really |badly |desperately |urgently |truly |just |would ){{0,3}}"
    rf"(?:need|want) {_A_JOB}",
    rf"(?:i'm|i am) (?:really |badly |very |so ){{0,3}}(?:desperate|begging)"
    rf"(?: for (?:{_A_JOB}|anything|a chance)|(?=[.,;!?]| and |$))",
    rf"(?:i'm|i am|i've been|i have been) (?:currently |actively |still |now |also ){{0,3}}"
    rf"(?:looking|searching|hunting|seeking|in search) (?:for |of )?{_A_JOB}",
    rf"(?:do|does|would|might) (?:you|your (?:company|team|firm|group)|they) (?:currently |still |"
    rf"happen to |guys |possibly ){{0,3}}have {_OPENINGS}",
    r"(?:do|would) you (?:currently |still ){0,3}have (?:anything|something|a place|a spot|room|"
    r"work) for (?:me|someone like me|somebody like me)\b",
    rf"(?:are|is) there (?:currently |still |perhaps ){{0,3}}{_OPENINGS}(?=[^?.!]{{0,80}}\?)",
    r"(?:are you|are you guys|is your (?:company|team|firm|group)) (?:currently |still |also |now |"
    r"actively ){0,3}(?:hiring|recruiting)(?! (?:manager|process|plan|page|freeze|managers))",
    r"are you (?:currently |still ){0,3}looking (?:to hire|for (?:new |more )?(?:people|staff))\b",
    rf"(?:can|could|may) i (?:please )?(?:have|get) (?:a |the |this |that )?{_KIND}"
    rf"(?:job|position|role)\b{_NOT_A_THING}",
    r"keep me in mind (?:for|if|when|should)\b",
    r"(?:i'll|i will|i would|i'd) (?:take|do|accept) (?:any|whatever) (?:job|work|role|position)",
    r"any (?:job|work|role|position) (?:will|would) do\b",
)


@cache
def _patterns(language: str) -> tuple[list[tuple[Instead, re.Pattern[str]]], list[re.Pattern[str]]]:
    """Empty phrases and ways of begging. Who speaks another language may write in English too."""
    empty = [(hint, _one(part)) for hint, parts in _EMPTY.items() for part in parts]
    asking = [_one(part) for part in _BEGGING]
    if language in _ELSEWHERE:
        phrases, begs = _ELSEWHERE[language]
        empty += [(Instead(key), _word(part)) for key, parts in phrases.items() for part in parts]
        asking += [_word(part) for part in begs]
    return empty, asking


def _one(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])(?:{pattern})")


def _word(pattern: str) -> re.Pattern[str]:
    """Where an apostrophe stands between words, as in "j'espère"."""
    return re.compile(rf"(?<!\w)(?:{pattern})")


def flat(text: str) -> str:
    """One line in lower case, as it is quoted."""
    straight = text.translate({0x2018: "'", 0x2019: "'", 0x02BC: "'", 0x2010: "-", 0x2011: "-"})
    return " ".join(normalize("NFC", straight).lower().split())


def bare(line: str) -> str:
    """The form in which phrases are looked for: without accents, each in its place."""
    return "".join(normalize("NFD", character)[0] for character in line)


def empty_phrases(text: str) -> list[tuple[str, Instead]]:
    """The empty phrases in a text, each once, in order, and what to do in place of each."""
    line = flat(text)
    looked_at = bare(line)
    found = [
        (match.start(), line[match.start() : match.end()].strip(), hint)
        for hint, pattern in _patterns(spoken())[0]
        for match in [pattern.search(looked_at)]
        if match
    ]
    return [(phrase, hint) for _, phrase, hint in sorted(found)]


def begging(text: str) -> str:
    """The first words that ask straight out for a job, or ""."""
    line = flat(text)
    looked_at = bare(line)
    found = [
        (match.start(), match.end())
        for pattern in _patterns(spoken())[1]
        for match in [pattern.search(looked_at)]
        if match
    ]
    if not found:
        return ""
    start, end = min(found, key=lambda place: place[0])
    return line[start:end].strip()


_ELSEWHERE = {
    "es": (phrases_es.EMPTY, phrases_es.BEGGING),
    "fr": (phrases_fr.EMPTY, phrases_fr.BEGGING),
}
