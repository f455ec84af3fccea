"""The parts of a draft that depend on how a member wrote something down: names, topics, facts.

What is stored is a note, not a sentence, so each note is fitted into a sentence that holds whatever
shape it has. A fact too long to stand in a message becomes a gap that quotes it.
"""

from __future__ import annotations

import re

from core.domain.names import clean, folded
from core.text import clip

FACT_LIMIT = 110
TOPIC_LIMIT = 60
NAME_LIMIT = 50
NOTED_LIMIT = 50

_TITLES = frozenset("dr prof professor mr mrs ms miss mx sir dame rev fr herr frau".split())
_FAMILY_FIRST = frozenset(
    "nguyen tran pham huynh hoang phan vu vo dang bui do ho ngo duong ly le dinh "
    "kim choi wang zhang chen liu zhao zhou huang".split()
)
"""Family names that usually stand first: whoever bears one is greeted by the whole name."""

_ROLE = re.compile(
    r"(?:pm|po|swe|sre|cto|ceo|coo|cfo|vp|qa|lead|head|chief|intern|nurse|chef|clerk|partner|"
    r"architect|scientist|consultant|assistant|accountant|specialist|strategist|"
    r"\w+(?:ager|ineer|eloper|igner|lyst|ator|ector|rdinator|itor|eacher|river|writer|"
    r"ician|ographer|ounsel|associate|officer|tester|trainer|recruiter|planner|buyer))s?",
    re.IGNORECASE,
)
_NAMED_TOPIC = re.compile(
    r"\b(role|position|job|posting|opening|project|contract|internship)\b", re.I
)
_DETERMINED = re.compile(r"(the|a|an|your|my|our|their|this|that)\b", re.IGNORECASE)

_LEAD_IN = re.compile(
    r"(?:they|she|he)\s+(?:said|says|mentioned|told me|wrote)\s+(?:that\s+)?", re.IGNORECASE
)
_SUBJECT = re.compile(r"(?:they|she|he|they're|she's|he's)\b[\s]*", re.IGNORECASE)
_VERBS = {
    "is": "are", "are": "are", "was": "were", "were": "were", "has": "have", "have": "have",
    "needs": "need", "need": "need", "wants": "want", "want": "want", "lacks": "lack",
    "lack": "lack", "struggles": "struggle", "struggle": "struggle", "uses": "use", "use": "use",
    "plans": "plan", "plan": "plan", "hopes": "hope", "hope": "hope", "runs": "run", "run": "run",
    "spends": "spend", "spend": "spend", "loses": "lose", "lose": "lose", "will": "will",
    "can't": "can't", "cannot": "cannot", "don't": "don't", "doesn't": "don't",
}  # fmt: skip
_BARE = frozenset(
    "is are has have needs need wants want lacks lack struggles struggle uses spends loses".split()
)
_AFTER_GERUND = frozenset(
    "to from a an the their its more new away for with on into out up down in off over all two "
    "three four five towards".split()
)
_FINITE = re.compile(
    r"\b(is|are|was|were|has|have|takes?|costs|needs|means|gets?|will|would|can|slows|makes?|"
    r"wants?|uses|loses?|spends?|goes|comes)\b"
)
_ORDINARY = frozenset(
    "a all an budget customers data every few hires it many more most new no nobody old one "
    "people projects reports slow some teams the their there three too two".split()
)
_LITTLE = frozenset("a an and at by de del e for in la of on or the to with y &".split())
_DONE = frozenset(
    "cut led built ran grew won wrote made saved taught set brought drove sold took got put found "
    "kept began held spoke shipped halved doubled tripled".split()
)


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
    """What a follow-up is about, as it stands after "about": "the data PM role"."""
    words = _whole_words(about, TOPIC_LIMIT)
    if not words or _DETERMINED.match(words):
        return words
    if _NAMED_TOPIC.search(words):
        return f"the {words}"
    last = re.split(r"[\s/-]", words.rstrip(")"))[-1]
    return f"the {words} role" if _ROLE.fullmatch(last) else words


def insight_sentence(fact: str, name: str, organization: str) -> str:
    """What was learned, said to the people it was learned of."""
    noted = clean(fact).rstrip(".;,! ")
    if len(noted) > FACT_LIMIT:
        return gap("what you understand they need, in one sentence", noted)
    said = _safe(_LEAD_IN.sub("", noted, count=1), FACT_LIMIT)
    told = _told_to_them(said, name)
    if told:
        return f"I understand that you {told}."
    if organization and folded(said).startswith(f"{folded(organization)} "):
        return f"I understand that {said}."
    start = "As I understand it," if _FINITE.search(said) else "What I understand so far:"
    return f"{start} {_yours(_mid_sentence(said))}."


def achievement_sentence(fact: str) -> str:
    """What the member did, as a sentence of theirs."""
    noted = clean(fact).rstrip(".;,! ")
    if len(noted) > FACT_LIMIT:
        return gap("your result, in one sentence", noted)
    did = _safe(noted, FACT_LIMIT)
    first = did.split(" ", 1)[0].casefold()
    if first in _DONE or (first.endswith("ed") and len(first) > 4):
        return f"I {did[:1].lower()}{did[1:]}."
    return f"{did}."


def endorsement_sentence(fact: str) -> str:
    """Who speaks for the member, with their words where they are known."""
    noted = clean(fact).rstrip(".;, ")
    if len(noted) > FACT_LIMIT:
        return gap("who speaks for you, and a few of their words", noted)
    said = _safe(noted, FACT_LIMIT)
    if re.search(r"[:“”\"«»]|\b(says?|said|called|wrote)\b", said):
        return f"A few words from somebody who knows my work. {said}."
    return f"{said} can tell you what I'm like to work with."


def gap(what: str, noted: str = "") -> str:
    """A gap that only the member can fill, with their own note as a hint."""
    hint = f"; you noted: {_safe(noted, NOTED_LIMIT)}" if noted else ""
    return f"[{what}{hint}]"


def place(organization: str) -> str:
    """Their organization, or their team while it is not known."""
    return _whole_words(organization, NAME_LIMIT) or "your team"


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


def _told_to_them(said: str, name: str) -> str:
    """The fact after "you", or "" where its shape does not allow it."""
    plain = said.replace("’", "'")
    for short, long in (("they're", "they are"), ("she's", "she is"), ("he's", "he is")):
        if plain.casefold().startswith(short):
            plain = long + plain[len(short) :]
    first_name = greeting_name(name)
    subject = _SUBJECT.match(plain)
    if subject is None and first_name and folded(plain).startswith(f"{folded(first_name)} "):
        subject = re.match(r"\S+\s+", plain)
    rest = plain[subject.end() :] if subject else plain
    verb, _, tail = rest.partition(" ")
    known = _VERBS if subject else _BARE
    if verb.casefold() in known and tail:
        return _yours(f"{_VERBS[verb.casefold()]} {tail}")
    return "" if subject else _gerund(rest)


def _gerund(said: str) -> str:
    first, _, tail = said.partition(" ")
    second = tail.split(" ", 1)[0].casefold()
    if first.casefold().endswith("ing") and second in _AFTER_GERUND and not _FINITE.search(tail):
        return _yours(f"are {first[:1].lower()}{first[1:]} {tail}")
    return ""


def _mid_sentence(said: str) -> str:
    """Without the capital of a first word that is certainly no name."""
    first = said.split(" ", 1)[0]
    if first.istitle() and (first.endswith("ing") or first.casefold() in _ORDINARY):
        return said[:1].lower() + said[1:]
    return said


def _yours(said: str) -> str:
    said = re.sub(r"\b(their|her|his)\b", "your", said)
    return re.sub(r"\b(takes|costs|saves|gives) them\b", r"\1 you", said)


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
