"""Which angle a ping takes (M11): the one that this contact has gone without for longest.

Ties go to what fits: the angles that can draw on something stored, then those that need nothing,
in an order that suits the step. Nothing here is random, so the same history has the same answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.domain.likeness import content_words, mentions
from core.domain.words import Angle, Channel, Step


@dataclass(frozen=True)
class Known:
    """What is stored that a ping can draw on. Any of it may be empty.

    - `talking`: they have replied at least once.
    - `insights`: what was learned of the organization's needs, newest first.
    - `last_reply`, `note`: the member's own notes on the last reply and of the first add.
    - `last_sent`: the text of the last ping.
    - `referrer`: who referred the member to this contact.
    - `referred_to`: whom this contact referred the member to, while they have not been thanked.
    - `endorsements`: who, and what they said if it is known.
    - `landed`: the member has a job now, and this one closed for that.
    - `unnamed`: who endorsed the member and did not agree to be named.
    """

    name: str = ""
    organization: str = ""
    about: str = ""
    via: Channel = Channel.UNKNOWN
    step: Step = Step.OPENER
    cycle: int = 1
    talking: bool = False
    insights: tuple[str, ...] = ()
    last_reply: str = ""
    last_sent: str = ""
    note: str = ""
    referrer: str = ""
    referred_to: str = ""
    achievements: tuple[str, ...] = ()
    endorsements: tuple[str, ...] = ()
    landed: bool = False
    unnamed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Used:
    """An angle that a ping to this contact took, and the cycle in which it went out."""

    angle: Angle
    cycle: int


class Ground(StrEnum):
    """What a proposal draws on."""

    REFERRAL = "referral"  # they pointed the member to somebody
    INSIGHT = "insight"
    REPLY = "reply"
    ACHIEVEMENT = "achievement"
    ENDORSEMENT = "endorsement"
    NOTHING = "nothing"


class Fresh(StrEnum):
    """How long this contact has gone without the angle."""

    NEVER = "never"
    THIS_CYCLE = "this cycle"  # used before, but not in this cycle
    LONGEST_AGO = "longest ago"  # used in this cycle, as all the others were


@dataclass(frozen=True)
class Reason:
    """Why an angle is proposed. `fact` is the stored text it draws on, as it was written."""

    ground: Ground
    fact: str
    fresh: Fresh


@dataclass(frozen=True)
class Proposal:
    """What the next ping could give, and why."""

    angle: Angle
    why: Reason


_OPENER = (
    Angle.IDEA,
    Angle.INFORMATION,
    Angle.HELP,
    Angle.DISCUSSION,
    Angle.RESULT,
    Angle.PROOF,
    Angle.ENDORSEMENT,
    Angle.THANKS,
)
_CHECK_IN = (
    Angle.INFORMATION,
    Angle.RESULT,
    Angle.IDEA,
    Angle.PROOF,
    Angle.HELP,
    Angle.ENDORSEMENT,
    Angle.DISCUSSION,
    Angle.THANKS,
)
_AFTER_REPLY = (Angle.THANKS, *(angle for angle in _OPENER if angle is not Angle.THANKS))

_ON_INSIGHT = frozenset({Angle.IDEA, Angle.DISCUSSION, Angle.INFORMATION, Angle.HELP})
_NEEDS_GROUND = frozenset({Angle.RESULT, Angle.PROOF, Angle.ENDORSEMENT, Angle.THANKS})


def propose(used: Sequence[Used], known: Known, skipped: Sequence[Angle] = ()) -> Proposal:
    """The angle for the next ping.

    - `used`: oldest first; those of `known.cycle` wait until the other angles have had their turn.
    - `skipped`: each angle that the member passed over for this ping, once for each time. When all
      were passed over it starts again with the one used longest ago.
    """
    last = {use.angle: number for number, use in enumerate(used)}
    in_cycle = {use.angle for use in used if use.cycle == known.cycle}
    passed = tuple(skipped)

    def turn(angle: Angle) -> tuple[int, bool, bool, int, tuple[int, int]]:
        pending = angle is Angle.THANKS and bool(known.referred_to)
        recency = last.get(angle, -1)
        return passed.count(angle), angle in in_cycle, not pending, recency, _fit(angle, known)

    angle = min(Angle, key=turn)
    ground, fact = ground_of(angle, known)
    return Proposal(angle, Reason(ground, fact, _fresh(angle in last, angle in in_cycle)))


def ground_of(angle: Angle, known: Known) -> tuple[Ground, str]:
    """What the angle can draw on, and the fact itself; NOTHING and "" where nothing is stored."""
    if angle is Angle.THANKS:
        return _thanks_for(known)
    if angle in _ON_INSIGHT and known.insights:
        return Ground.INSIGHT, newest(known.insights, known.last_sent)
    if angle is Angle.DISCUSSION and known.last_reply:
        return Ground.REPLY, known.last_reply
    if angle in (Angle.RESULT, Angle.PROOF) and known.achievements:
        return Ground.ACHIEVEMENT, fitting(known.achievements, known)
    if angle is Angle.ENDORSEMENT and known.endorsements:
        return Ground.ENDORSEMENT, fitting(known.endorsements, known)
    return Ground.NOTHING, ""


def newest(facts: Sequence[str], last_sent: str) -> str:
    """The newest fact that the last message did not bring up; the newest where it had them all."""
    fresh = (fact for fact in facts if not mentions(last_sent, fact))
    return next(fresh, facts[0])


def fitting(facts: Sequence[str], known: Known) -> str:
    """M15: the one that shares most with what they need, before those they have just read.

    Where that is the same for two, one with a number in it, then the one that comes first.
    """
    needs = content_words(" ".join((*known.insights, known.about)))

    def fit(fact: str) -> tuple[bool, int, bool]:
        shared = len(content_words(fact) & needs)
        return not mentions(known.last_sent, fact), shared, any(c.isdigit() for c in fact)

    return max(facts, key=fit)


def _thanks_for(known: Known) -> tuple[Ground, str]:
    if known.referred_to:
        return Ground.REFERRAL, known.referred_to
    if known.talking or known.last_reply:
        return Ground.REPLY, known.last_reply
    return Ground.NOTHING, ""


def _fit(angle: Angle, known: Known) -> tuple[int, int]:
    order = _order(known).index(angle)
    ground, _ = ground_of(angle, known)
    if ground is Ground.INSIGHT and angle is Angle.IDEA:
        return 0, order
    if ground is not Ground.NOTHING:
        return 1, order
    return (3 if angle in _NEEDS_GROUND else 2), order


def _order(known: Known) -> tuple[Angle, ...]:
    if known.step is Step.CHECK_IN:
        return _CHECK_IN
    return _AFTER_REPLY if known.talking else _OPENER


def _fresh(used_before: bool, used_in_cycle: bool) -> Fresh:
    if used_in_cycle:
        return Fresh.LONGEST_AGO
    return Fresh.THIS_CYCLE if used_before else Fresh.NEVER
