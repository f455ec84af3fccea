"""The proposed angle and its reason, in one line of a digest (M11)."""

from __future__ import annotations

from core.domain.angles import Fresh, Ground, Known, Proposal
from core.domain.words import Angle
from core.text import Text, clip, join, say

FACT_LIMIT = 80

_ON_FACT = {
    (Angle.IDEA, Ground.INSIGHT): "Offer __an idea__: you learned “{fact}”",
    (Angle.DISCUSSION, Ground.INSIGHT): "Start __a discussion__: you learned “{fact}”",
    (Angle.DISCUSSION, Ground.REPLY): "Start __a discussion__ on their last reply, “{fact}”",
    (Angle.INFORMATION, Ground.INSIGHT): "Send __information__: you learned “{fact}”",
    (Angle.HELP, Ground.INSIGHT): "Offer __help__: you learned “{fact}”",
    (Angle.RESULT, Ground.ACHIEVEMENT): "Show __a result__ of yours, “{fact}”",
    (Angle.PROOF, Ground.ACHIEVEMENT): "Show __proof__, a piece of the work behind “{fact}”",
    (Angle.ENDORSEMENT, Ground.ENDORSEMENT): "Send __an endorsement__, {fact}",
    (Angle.THANKS, Ground.REFERRAL): "Send __thanks__: they pointed you to {fact}",
    (Angle.THANKS, Ground.REPLY): "Send __thanks__ for their last reply, “{fact}”",
}
_IN_GENERAL = {
    Angle.IDEA: "Offer __an idea__: one thing you would change{where}, and what it saves.",
    Angle.DISCUSSION: "Start __a discussion__: a question their team faces, and your own answer.",
    Angle.INFORMATION: "Send __information__: one article or number they can use this week.",
    Angle.HELP: "Offer __help__: name one thing you could take off their desk.",
    Angle.RESULT: "Show __a result__: one thing you did, with a number.",
    Angle.PROOF: "Show __proof__: a link to one piece of your work, and what it shows.",
    Angle.ENDORSEMENT: "Send __an endorsement__: ask somebody you worked with for one sentence.",
    Angle.THANKS: "Send __thanks__: name one thing they wrote, said or made that helped you.",
}
_REPLY_UNTOLD = "Send __thanks__ for their last reply: name what helped you in it."
_NOT_DONE = {
    Angle.IDEA: "you have not sent one",
    Angle.DISCUSSION: "you have not started one",
    Angle.INFORMATION: "you have not sent any",
    Angle.HELP: "you have not offered any",
    Angle.RESULT: "you have not shown one",
    Angle.PROOF: "you have not shown any",
    Angle.ENDORSEMENT: "you have not sent one",
    Angle.THANKS: "you have not sent any",
}
_LONGEST_AGO = "of all the angles this one was longest ago"


def angle_words(proposal: Proposal, known: Known) -> Text:
    """What to give, drawing on what is stored, and how long they have gone without it."""
    angle, why = proposal.angle, proposal.why
    fact = clip(why.fact, FACT_LIMIT).rstrip(".")
    if why.ground is Ground.NOTHING or not fact:
        return join([_in_general(proposal, known), _since_in_general(proposal)])
    what = say(_ON_FACT[angle, why.ground], fact=fact)
    if angle is Angle.THANKS and why.fresh is not Fresh.LONGEST_AGO:
        return say("{what}.", what=what)
    return say("{what}, and {since}.", what=what, since=_since(proposal))


def _in_general(proposal: Proposal, known: Known) -> Text:
    if proposal.why.ground is Ground.REPLY:
        return say(_REPLY_UNTOLD)
    where = f" at {clip(known.organization, 40)}" if known.organization else ""
    return say(_IN_GENERAL[proposal.angle], where=where)


def _since_in_general(proposal: Proposal) -> Text:
    if proposal.angle is Angle.THANKS:
        return ()
    since = _since(proposal)
    return say("{since}.", since=since[:1].upper() + since[1:])


def _since(proposal: Proposal) -> str:
    fresh = proposal.why.fresh
    if fresh is Fresh.LONGEST_AGO:
        return _LONGEST_AGO
    return f"{_NOT_DONE[proposal.angle]} {'yet' if fresh is Fresh.NEVER else 'this round'}"
