"""The parts of a draft that depend on how a member wrote something down: names, topics, facts.

What is stored is a note, not a sentence, so each note is fitted into a sentence that holds whatever
shape it has: quoted as it stands, but for English, which bends it to read better. A fact too long
to stand in a message becomes a gap that quotes it.
"""

from __future__ import annotations

import re

from core.domain.names import clean, folded
from core.language import ENGLISH, spoken, tr
from core.text import clip
from core.voice import draft_english

FACT_LIMIT = 110
TOPIC_LIMIT = 60
NAME_LIMIT = 50
NOTED_LIMIT = 50

_TITLES = frozenset(
    "dr prof professor mr mrs ms miss mx sir dame rev fr herr frau sr sra srta dra mme mlle".split()
)
_FAMILY_FIRST = frozenset(
    "nguyen tran pham huynh hoang phan vu vo dang bui do ho ngo duong ly le dinh "
    "kim choi wang zhang chen liu zhao zhou huang".split()
)
"""Family names that usually stand first: whoever bears one is greeted by the whole name."""

_LITTLE = frozenset("a an and at by de del e for in la of on or the to with y &".split())


def greeting_name(name: str) -> str:
    """What to call somebody: the given name where it is plain which one that is, else all of it."""
    whole = clean(name)
    family, comma, given = whole.partition(",")
    if comma and given.strip() and " " not in family.strip():
        whole = given.strip()
    words = whole.split()
    if len(words) < 2 or not _given_first(words):
        return _whole_words(whole, NAME_LIMIT)
    return _whole_words(words[0], NAME_LIMIT)


def topic(about: str) -> str:
    """What a follow-up is about, as it stands in a sentence: "the data PM role"."""
    words = _whole_words(about, TOPIC_LIMIT)
    return draft_english.topic(words) if is_english() else words


def insight_sentence(fact: str, name: str, organization: str) -> str:
    """What was learned, said to the people it was learned of."""
    noted = clean(fact).rstrip(".;,! ")
    if len(noted) > FACT_LIMIT:
        return gap(tr("what you understand they need, in one sentence"), noted)
    if is_english():
        said = _safe(draft_english.own_words(noted), FACT_LIMIT)
        return draft_english.insight(said, greeting_name(name), organization)
    return tr("What I understand so far: {note}.", note=_safe(noted, FACT_LIMIT))


def achievement_sentence(fact: str) -> str:
    """What the member did, as a sentence of theirs."""
    noted = clean(fact).rstrip(".;,! ")
    if len(noted) > FACT_LIMIT:
        return gap(tr("your result, in one sentence"), noted)
    did = _safe(noted, FACT_LIMIT)
    return draft_english.achievement(did) if is_english() else f"{did}."


def endorsement_sentence(fact: str) -> str:
    """Who speaks for the member, with their words where they are known."""
    noted = clean(fact).rstrip(".;, ")
    if len(noted) > FACT_LIMIT:
        return gap(tr("who speaks for you, and a few of their words"), noted)
    said = _safe(noted, FACT_LIMIT)
    if re.search(r"[:“”\"«»]|\b(says?|said|called|wrote)\b", said):
        return tr("A few words from somebody who knows my work. {words}.", words=said)
    return tr("{who} can tell you what I'm like to work with.", who=said)


def gap(what: str, noted: str = "") -> str:
    """A gap that only the member can fill, with their own note as a hint."""
    if not noted:
        return f"[{what}]"
    return tr("[{what}; you noted: {note}]", what=what, note=_safe(noted, NOTED_LIMIT))


def place(organization: str) -> str:
    """Their organization; "" while it is not known."""
    return _whole_words(organization, NAME_LIMIT)


def for_them(organization: str, named: str, nameless: str) -> str:
    """One of two sentences of ours: with the `{place}`, or with none while it is not known."""
    where = place(organization)
    return tr(named, place=where) if where else tr(nameless)


def together(*parts: str) -> str:
    """Sentences in a row; empty ones are left out."""
    return " ".join(part.strip() for part in parts if part.strip())


def running_on(sentence: str) -> str:
    """A sentence of ours that stands behind a few words, as this language writes it there."""
    return draft_english.running_on(sentence) if is_english() else sentence


def is_english() -> bool:
    """Whether notes can be bent: no other language knows how."""
    return spoken() == ENGLISH


def name_of(somebody: str) -> str:
    """The whole name of a third person."""
    return _whole_words(somebody, NAME_LIMIT)


def _given_first(words: list[str]) -> bool:
    first = words[0].rstrip(".")
    if folded(first) in _TITLES or len(first) < 2:
        return False
    if folded(first) in _FAMILY_FIRST:
        return False
    return all(ord(character) < 0x250 or character in "’‘" for character in first)


def _safe(text: str, limit: int) -> str:
    """One line that cannot be taken for a gap."""
    return clip(clean(text).replace("[", "(").replace("]", ")"), limit)


def _whole_words(text: str, limit: int) -> str:
    """As `_safe`, cut after a word that can end a phrase, with nothing to show for it."""
    safe = _safe(text, limit)
    if not safe.endswith("…"):
        return safe
    kept = safe[:-1].split()[:-1] or [safe[:-1]]
    while len(kept) > 1 and kept[-1].casefold() in _LITTLE:
        kept.pop()
    return " ".join(kept).rstrip(",;:-–— ")
