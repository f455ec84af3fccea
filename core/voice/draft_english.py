"""How English fits a member's note into a sentence: verbs, articles, capitals.

Only for a draft in English: every other language quotes the note as it stands.
"""

from __future__ import annotations

import re

from core.domain.names import folded

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
_OUR_FIRST_WORDS = frozenset("A As Did Here Here's In It's One Thank This What You".split())
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
_DONE = frozenset(
    "cut led built ran grew won wrote made saved taught set brought drove sold took got put found "
    "kept began held spoke shipped halved doubled tripled".split()
)


def topic(words: str) -> str:
    """What a follow-up is about, as it stands after "about": "the data PM role"."""
    if not words or _DETERMINED.match(words):
        return words
    if _NAMED_TOPIC.search(words):
        return f"the {words}"
    last = re.split(r"[\s/-]", words.rstrip(")"))[-1]
    return f"the {words} role" if _ROLE.fullmatch(last) else words


def own_words(noted: str) -> str:
    """A note without who said it, as in "they said that …"."""
    return _LEAD_IN.sub("", noted, count=1)


def insight(said: str, first_name: str, organization: str) -> str:
    """What was learned, said to the people it was learned of."""
    told = _told_to_them(said, first_name)
    if told:
        return f"I understand that you {told}."
    if organization and folded(said).startswith(f"{folded(organization)} "):
        return f"I understand that {said}."
    start = "As I understand it," if _FINITE.search(said) else "What I understand so far:"
    return f"{start} {_yours(_mid_sentence(said))}."


def achievement(did: str) -> str:
    """What the member did, as a sentence of theirs."""
    first = did.split(" ", 1)[0].casefold()
    if first in _DONE or (first.endswith("ed") and len(first) > 4):
        return f"I {did[:1].lower()}{did[1:]}."
    return f"{did}."


def running_on(sentence: str) -> str:
    """A sentence of ours as it goes on after a comma."""
    first = sentence.split(" ", 1)[0]
    return sentence[:1].lower() + sentence[1:] if first in _OUR_FIRST_WORDS else sentence


def _told_to_them(said: str, first_name: str) -> str:
    """The fact after "you", or "" where its shape does not allow it."""
    plain = said.replace("’", "'")
    for short, long in (("they're", "they are"), ("she's", "she is"), ("he's", "he is")):
        if plain.casefold().startswith(short):
            plain = long + plain[len(short) :]
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
