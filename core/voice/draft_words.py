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
NAME_LIMIT = 60
NOTED_LIMIT = 60

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
    r"\b(is|are|was|were|has|have|takes?|costs?|needs?|means?|gets?|will|would|can|slows?|makes?)\b"
)
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
        return clip(whole, NAME_LIMIT)
    return clip(words[0], NAME_LIMIT)


def topic(about: str) -> str:
    """What a follow-up is about, as it stands after "about": "the data PM role"."""
    words = _safe(about, TOPIC_LIMIT)
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
        return f"{gap('what you understand they need', noted)}."
    said = _safe(_LEAD_IN.sub("", noted, count=1), FACT_LIMIT)
    told = _told_to_them(said, name)
    if told:
        return f"I understand that you {told}."
    if organization and folded(said).startswith(f"{folded(organization)} "):
        return f"I understand that {said}."
    return f"One thing I know about {place(organization)}: {said}."


def achievement_sentence(fact: str) -> str:
    """What the member did, as a sentence of theirs."""
    noted = clean(fact).rstrip(".;,! ")
    if len(noted) > FACT_LIMIT:
        return f"{gap('your result, in one sentence', noted)}."
    did = _safe(noted, FACT_LIMIT)
    first = did.split(" ", 1)[0].casefold()
    if first in _DONE or (first.endswith("ed") and len(first) > 4):
        return f"I {did[:1].lower()}{did[1:]}."
    return f"{did}."


def endorsement_sentence(fact: str) -> str:
    """Who speaks for the member, with their words where they are known."""
    noted = clean(fact).rstrip(".;, ")
    if len(noted) > FACT_LIMIT:
        return f"{gap('who speaks for you, and a few of their words', noted)}."
    said = _safe(noted, FACT_LIMIT)
    if re.search(r"[:“”\"«»]|\b(says?|said|called|wrote)\b", said):
        stop = "" if said.endswith(("”", '"', "»")) else "."
        return f"A few words from somebody who knows my work. {said}{stop}"
    return f"{said} can tell you what I am like to work with."


def gap(what: str, noted: str = "") -> str:
    """A gap that only the member can fill, with their own note as a hint."""
    hint = f"; you noted: {_safe(noted, NOTED_LIMIT)}" if noted else ""
    return f"[{what}{hint}]"


def place(organization: str) -> str:
    """Their organization, or their team while it is not known."""
    return _safe(organization, NAME_LIMIT) or "your team"


def name_of(somebody: str) -> str:
    """The whole name of a third person."""
    return _safe(somebody, NAME_LIMIT)


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


def _yours(said: str) -> str:
    said = re.sub(r"\b(their|her|his)\b", "your", said)
    return re.sub(r"\b(takes|costs|saves|gives) them\b", r"\1 you", said)


def _safe(text: str, limit: int) -> str:
    """One line that cannot be taken for a gap."""
    return clip(clean(text).replace("[", "(").replace("]", ")"), limit)
