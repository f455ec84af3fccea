"""Proof (M15): what a member achieved, and what others say of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.angles import Known
from core.domain.likeness import content_words, is_unspaced, words
from core.domain.names import folded
from core.language import N_, tr

PROOF_LIMIT, WHO_LIMIT, HOW_LIMIT = 500, 80, 120
NOBODY = N_("Somebody I worked with")
QUOTES = '“”„«»"\u00a0\u202f '
SHORTEST_PART = 3
"""Letters of a part of a name that gives somebody away; shorter ones are in many words."""
MOST_PROOFS = 50
"""Of one member: more than one can choose from."""


@dataclass(frozen=True)
class Proof:
    """One achievement, or one endorsement when somebody said it.

    - `by`: who said it; "" for an achievement.
    - `knows`: how they know the member, as in "my manager at Initech".
    - `named`: whether they agreed to be named. Without that their name appears in no draft.
    """

    id: int
    text: str
    by: str = ""
    knows: str = ""
    named: bool = False

    @property
    def is_endorsement(self) -> bool:
        """Whether somebody else said it."""
        return bool(self.by)

    @property
    def fact(self) -> str:
        """What may be told to others: an endorsement names nobody who did not agree to it."""
        if not self.is_endorsement:
            return self.text
        source = self._source
        who = f"{source[:1].upper()}{source[1:]}"
        return tr("{who}: “{words}”", who=who, words=self.text.strip(QUOTES))

    @property
    def _source(self) -> str:
        if not self.named:
            return self.knows or tr(NOBODY)
        return f"{self.by}, {self.knows}" if self.knows else self.by

    def name_given_away(self) -> str:
        """The part of a name that must not be told and stands in the words all the same, or ""."""
        return "" if self.named else told_of(self.by, f"{self.text} {self.knows}")


def told_of(name: str, text: str) -> str:
    """What of a name stands in a text: all of it, or a part that gives somebody away; or "".

    A part that is a word of its own, such as Will, gives nobody away.
    """
    said = words(text)
    whole = words(name)
    if not whole:
        return ""
    spaced = f" {' '.join(whole)} " in f" {' '.join(said)} "
    if spaced or (is_unspaced(name) and folded(name) in folded(text)):
        return name
    parts = [part for part in name.split() if len(part) >= SHORTEST_PART and content_words(part)]
    return next((part for part in parts if set(said) & set(words(part))), "")


def named_without_leave(text: str, known: Known) -> str:
    """Who of those that did not agree is named in a text to this contact, or "".

    The contact, and who stands between the two, may be named to each other for other reasons.
    """
    about = f"{known.name} {known.referrer} {known.referred_to}"
    told = (told_of(name, text) for name in known.unnamed if not told_of(name, about))
    return next((name for name in told if name), "")


def unnamed(proofs: Sequence[Proof]) -> tuple[str, ...]:
    """Who said something and did not agree to be named, for any of it."""
    agreed = {folded(proof.by) for proof in proofs if proof.named}
    names = (proof.by for proof in proofs if proof.is_endorsement)
    return tuple(dict.fromkeys(name for name in names if folded(name) not in agreed))


def shared_words(fact: str, known: Known) -> list[str]:
    """What a fact has in common with what this contact needs, in the order of the fact."""
    needs = content_words(" ".join((*known.insights, known.about)))
    found = content_words(fact) & needs
    said = [word.strip(".,;:!?“”\"'()") for word in fact.split()]
    return list(dict.fromkeys(word for word in said if content_words(word) & found))


def facts(proofs: Sequence[Proof], *, endorsements: bool) -> tuple[str, ...]:
    """The facts of one kind, newest first."""
    return tuple(proof.fact for proof in proofs if proof.is_endorsement == endorsements)
