"""What to look at again before a message is sent (M12). It warns; it never blocks.

Findings are facts and keys; their words are the voice's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from core.domain.angles import Known
from core.domain.drafting import GAP, gaps_in
from core.domain.likeness import FRAME, content_words, essence, holds, likeness, words
from core.domain.names import folded, is_legal_form
from core.domain.phrases import Instead, begging, empty_phrases
from core.domain.proofs import named_without_leave
from core.domain.words import Channel, Step

SAME = 78.0
"""Likeness from which two messages count as nearly the same, 0 to 100. Measured: the same message
sent again with changes has 79 and more, others that began as the same drafts have 74 at most."""
PHRASES_TOLD = 3
MOST = 0.6
"""The share of the words of a topic that name it: it is short, so half of it may say nothing."""
READ = 20_000
"""Characters that are looked at; nobody sends more."""


class FindingKind(StrEnum):
    """What may be wrong with a message."""

    BEGGING = "begging"
    NAMED = "named"
    GAP = "gap"
    REPEATED = "repeated"
    EMPTY = "empty"
    IMPERSONAL = "impersonal"
    TOO_LONG = "too long"


class Unit(StrEnum):
    """What a length is counted in."""

    CHARACTERS = "characters"
    WORDS = "words"


@dataclass(frozen=True)
class Limit:
    """The most that a channel carries well."""

    most: int
    unit: Unit

    def size(self, text: str) -> int:
        """How long a text is, in this unit."""
        return len(text.strip()) if self.unit is Unit.CHARACTERS else count_words(text)


@dataclass(frozen=True)
class Limits:
    """How long a message may be.

    - `by_channel`: a channel that is not there has no limit.
    - `linkedin_opener`: the note of an invitation to connect, which LinkedIn cuts off.
    """

    by_channel: Mapping[Channel, Limit] = field(
        default_factory=lambda: MappingProxyType(
            {
                Channel.EMAIL: Limit(150, Unit.WORDS),
                Channel.TEXT: Limit(320, Unit.CHARACTERS),
                Channel.PHONE: Limit(120, Unit.WORDS),
                Channel.VOICE: Limit(120, Unit.WORDS),
                Channel.LINKEDIN: Limit(120, Unit.WORDS),
                Channel.CHAT: Limit(80, Unit.WORDS),
                Channel.IN_PERSON: Limit(120, Unit.WORDS),
                Channel.OTHER: Limit(150, Unit.WORDS),
                Channel.UNKNOWN: Limit(150, Unit.WORDS),
            }
        )
    )
    linkedin_opener: Limit = Limit(300, Unit.CHARACTERS)


LIMITS = Limits()


@dataclass(frozen=True)
class Finding:
    """One thing to look at again.

    - `what`: the words it is about, as they stand; for REPEATED the start of the earlier message.
    - `instead`: for EMPTY, what to do in its place.
    - `size`: how many gaps, how alike (0 to 100), or how long it is against `limit` on `via`.
    """

    kind: FindingKind
    what: str = ""
    instead: Instead | None = None
    size: int = 0
    limit: Limit | None = None
    via: Channel = Channel.UNKNOWN


def check(
    text: str,
    *,
    via: Channel,
    known: Known,
    earlier: Sequence[str] = (),
    limits: Limits = LIMITS,
    frame: frozenset[str] = FRAME,
) -> tuple[Finding, ...]:
    """What could be better about a message, the gravest first; nothing for an empty one.

    `earlier` are the messages already sent to this contact, in any order; `frame` are the words of
    the drafts' own sentences, which two messages may share.
    """
    message = text[:READ]
    if not message.strip():
        return ()
    return (
        *_begging(message),
        *_named(message, known),
        *_gaps(message),
        *_repeated(message, earlier, frame),
        *_empty(message),
        *_impersonal(message, known),
        *_too_long(text, via, known, limits),
    )


def limit_for(via: Channel, known: Known, limits: Limits = LIMITS) -> Limit | None:
    """The length that suits the channel at this step; None where any does."""
    stranger = known.step is Step.OPENER and not known.talking
    if via is Channel.LINKEDIN and stranger:
        return limits.linkedin_opener
    return limits.by_channel.get(via)


def count_words(text: str) -> int:
    """Words as they take time to say; two characters of a script without spaces make one."""
    unspaced = len(_UNSPACED.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + (unspaced + 1) // 2


def placeholders(text: str) -> tuple[str, ...]:
    """What was left to fill in, each once: `[…]`, `{name}`, `<name>`, `XXX`, `___`."""
    found = [*gaps_in(text), *(m[0] for m in _PLACEHOLDER.finditer(text) if not _is_markup(m[0]))]
    return tuple(dict.fromkeys(found))


def is_personal(text: str, known: Known) -> bool:
    """Whether it names or quotes anything of this contact; gaps do not count.

    True where nothing is stored that it could name.
    """
    said = folded(GAP.sub(" ", text))
    named = [known.name, known.referrer, known.referred_to]
    noted = [*known.insights, known.last_reply, known.note]
    if not any((*named, known.organization, known.about, *noted)):
        return True
    if any(_names(said, name) for name in (*named, known.organization)):
        return True
    meant = content_words(said)
    return (
        holds(meant, known.about, MOST)
        or any(holds(meant, note) for note in noted)
        or bool(_QUOTED.search(said))
    )


_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_QUOTED = re.compile(r"[“„«\"][^“”„«»\"\n]{8,200}[”“»\"]")
_PLACEHOLDER = re.compile(
    r"\{\{?[ ]?[A-Za-z][\w .'-]{0,40}\}?\}"
    r"|<[A-Za-z][A-Za-z _'-]{0,40}>"
    r"|\bX{3,}\b|_{3,}"
    r"|\b(?:INSERT|YOUR|COMPANY|CONTACT|FIRST|LAST|HIRING MANAGER)[ _](?:NAME|COMPANY|TITLE|ROLE)\b"
    r"|\b(?:TU|SU|NOMBRE DE LA|NOMBRE DEL) (?:NOMBRE|EMPRESA|CONTACTO|PUESTO)\b"
    r"|\b(?:VOTRE|TON|NOM DE|NOM DU) (?:NOM|ENTREPRISE|L['’]ENTREPRISE|CONTACT|POSTE)\b"
)
_MARKUP = frozenset("a b i u p s br hr em strong li ul ol span div code pre h h1 h2 h3 sub".split())
_PARTICLES = frozenset("the and of von van der den de la le di da el bin al group global".split())


def _begging(text: str) -> tuple[Finding, ...]:
    asked = begging(text)
    return (Finding(FindingKind.BEGGING, asked),) if asked else ()


def _named(text: str, known: Known) -> tuple[Finding, ...]:
    """Somebody named without leave, other than whom the message goes to (M15)."""
    found = named_without_leave(text, known)
    return (Finding(FindingKind.NAMED, found),) if found else ()


def _gaps(text: str) -> tuple[Finding, ...]:
    left = placeholders(text)
    return (Finding(FindingKind.GAP, left[0], size=len(left)),) if left else ()


def _repeated(text: str, earlier: Sequence[str], frame: frozenset[str]) -> tuple[Finding, ...]:
    scored = [(likeness(text, other, frame), number) for number, other in enumerate(earlier)]
    score, number = max(scored, default=(0.0, 0))
    if score < SAME:
        return ()
    return (Finding(FindingKind.REPEATED, _first_line(earlier[number]), size=round(score)),)


def _first_line(text: str) -> str:
    """The first line that says something, or the whole on one line."""
    lines = [line.strip() for line in text.splitlines() if essence(line)]
    return lines[0] if lines else " ".join(text.split())


def _empty(text: str) -> tuple[Finding, ...]:
    found = empty_phrases(text)[:PHRASES_TOLD]
    return tuple(Finding(FindingKind.EMPTY, phrase, instead) for phrase, instead in found)


def _impersonal(text: str, known: Known) -> tuple[Finding, ...]:
    if is_personal(text, known):
        return ()
    return (Finding(FindingKind.IMPERSONAL, known.name or known.organization),)


def _too_long(text: str, via: Channel, known: Known, limits: Limits) -> tuple[Finding, ...]:
    limit = limit_for(via, known, limits)
    size = limit.size(text) if limit else 0
    if limit is None or size <= limit.most:
        return ()
    return (Finding(FindingKind.TOO_LONG, size=size, limit=limit, via=via),)


def _names(text: str, name: str) -> bool:
    """Whether any of the name's own words stands in the text, which is folded."""
    whole = folded(name)
    if not whole:
        return False
    if _UNSPACED.search(whole):
        return any(part in text for part in whole.split())
    parts = [part for part in words(whole) if len(part) > 1 and part not in _PARTICLES]
    own = [part for part in parts if not is_legal_form(part)] or parts or words(whole)
    return any(re.search(rf"\b{re.escape(part)}\b", text) for part in own)


def _is_markup(found: str) -> bool:
    return found.startswith("<") and found[1:-1].split(" ")[0].strip("/ ").lower() in _MARKUP
