"""An introduction: a helper offers one, both sides say yes, and only then does either see more.

The helper's offer is their yes, the asker's answer the other one (M19). From then on the helper
knows who asks, and has the last word: only by handing over whom they know do they become known
themselves. One no ends it, and nobody is told more than that it came to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class State(StrEnum):
    """Where an introduction stands. The last two are final."""

    OFFERED = "offered"
    ACCEPTED = "accepted"  # by the asker; the helper's word is wanted
    AGREED = "agreed"
    DECLINED = "declined"


class Party(StrEnum):
    """Who looks at it."""

    ASKER = "asker"
    HELPER = "helper"
    CLUB = "club"


class Fact(StrEnum):
    """What there is to see."""

    REQUEST = "request"  # the text that the asker previewed and posted, with its organization
    OFFER = "offer"  # that somebody may know somebody, and how far the two have come
    ASKER = "asker"  # the asker's name and account
    HELPER = "helper"  # the helper's name and account
    KNOWN = "known"  # whom the helper knows, and what they wrote about it


FINAL = frozenset({State.AGREED, State.DECLINED})
_NEXT = {
    (State.OFFERED, Party.ASKER): State.ACCEPTED,
    (State.ACCEPTED, Party.HELPER): State.AGREED,
}
_OWN = {
    Party.ASKER: frozenset({Fact.OFFER, Fact.ASKER}),
    Party.HELPER: frozenset({Fact.OFFER, Fact.HELPER, Fact.KNOWN}),
    Party.CLUB: frozenset[Fact](),
}


@dataclass(frozen=True)
class Introduction:
    """One offer to one request. `named`: the asker chose to have their name in the request."""

    state: State = State.OFFERED
    named: bool = False


def turn(introduction: Introduction) -> Party | None:
    """Whose answer is wanted; None when it is over."""
    return {State.OFFERED: Party.ASKER, State.ACCEPTED: Party.HELPER}.get(introduction.state)


def answered(introduction: Introduction, party: Party, yes: bool) -> Introduction:
    """After an answer of the asker or the helper.

    A yes counts when it is that party's turn: the helper can't agree ahead of the asker, and a yes
    said twice is one. A no counts until it is over, also from who offered or said yes before. What
    is over stays as it is. Raises ValueError for the club, which has no say.
    """
    if party is Party.CLUB:
        raise ValueError("an introduction is between two people")
    if introduction.state in FINAL:
        return introduction
    if not yes:
        return replace(introduction, state=State.DECLINED)
    state = _NEXT.get((introduction.state, party), introduction.state)
    return replace(introduction, state=state)


def sees(party: Party, introduction: Introduction) -> frozenset[Fact]:
    """What the party may be shown: its own facts, the asker once they accepted, and the helper once
    they handed over whom they know.

    An asker who posted under their name has told it to the whole club.
    """
    posted = {Fact.REQUEST, Fact.ASKER} if introduction.named else {Fact.REQUEST}
    seen = _OWN[party] | posted
    if introduction.state in (State.ACCEPTED, State.AGREED) and party is Party.HELPER:
        seen |= _OWN[Party.ASKER]
    if introduction.state is State.AGREED and party is Party.ASKER:
        seen |= _OWN[Party.HELPER]
    return frozenset(seen)
