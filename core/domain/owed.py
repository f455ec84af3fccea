"""What kinds of messages the bot owes, and for how long each of them is worth sending."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class Matter(StrEnum):
    """What a delivery says.

    To one member: the DIGEST of a morning; who their BUDDY of the week is, or that they are
    UNPAIRED after weeks without an answer; that their buddy WISHES to be nudged, and that one who
    wanted a NUDGE is silent; an OFFER to know somebody; the ANSWER to an offer of theirs; what was
    handed over when it was AGREED, or that it came to NOTHING; a good WORD for them; a MATCH with
    somebody who pursues the same organization, and who it is once both said HELLO; TROUBLE with a
    club they look after; that a club of theirs has MOVED, and a post of theirs is UNPOSTED; that a
    code of theirs was used, and they are LINKED.
    Into a club's channel: a WELCOME, the KICKOFF, MIDWEEK and WRAPUP of its week, an ASK or a WIN
    of a member, and the question whether to GO_ON.
    """

    DIGEST = "digest"
    BUDDY = "buddy"
    UNPAIRED = "unpaired"
    WISHES = "wishes"
    NUDGE = "nudge"
    OFFER = "offer"
    ANSWER = "answer"
    AGREED = "agreed"
    NOTHING = "nothing"
    WORD = "word"
    MATCH = "match"
    HELLO = "hello"
    TROUBLE = "trouble"
    MOVED = "moved"
    UNPOSTED = "unposted"
    LINKED = "linked"
    WELCOME = "welcome"
    KICKOFF = "kickoff"
    MIDWEEK = "midweek"
    WRAPUP = "wrap-up"
    ASK = "ask"
    WIN = "win"
    GO_ON = "go-on"


_DAYS = {
    Matter.DIGEST: 0,
    Matter.NUDGE: 1,
    Matter.MIDWEEK: 1,
    Matter.KICKOFF: 1,
    Matter.WRAPUP: 3,
    Matter.BUDDY: 3,
    Matter.WISHES: 3,
}
"""How many days later it may still be sent. What a club owes is of the club's day, and whoever gets
it may be in another one by their own clock: that is a day at least."""
A_WHILE = 14
"""Days for what is of no particular day."""


def is_over(kind: str, day: date, today: date) -> bool:
    """Whether a message that was owed on `day` is not worth sending `today` any more."""
    return day + timedelta(days=_DAYS.get(Matter(kind), A_WHILE)) < today
