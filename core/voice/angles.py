"""The proposed angle and its reason, in one line of a digest (M11)."""

from __future__ import annotations

from core.domain.angles import Fresh, Ground, Known, Proposal
from core.domain.words import Angle
from core.text import Text, clip, join, say

FACT_LIMIT = 80

ANGLE_NAMES = {
    Angle.IDEA: "an idea",
    Angle.DISCUSSION: "a discussion",
    Angle.INFORMATION: "information",
    Angle.HELP: "help",
    Angle.RESULT: "a result",
    Angle.PROOF: "proof",
    Angle.ENDORSEMENT: "an endorsement",
    Angle.THANKS: "thanks",
}
"""Each angle as it stands after "offer"."""

_ON_FACT = {
    (Angle.IDEA, Ground.INSIGHT): "Offer __an idea__ for what you learned: “{fact}”.",
    (Angle.DISCUSSION, Ground.INSIGHT): "Start __a discussion__ on what you learned: “{fact}”.",
    (Angle.DISCUSSION, Ground.REPLY): "Start __a discussion__ on their last reply: “{fact}”.",
    (Angle.INFORMATION, Ground.INSIGHT): (
        "Send __information__ that helps with what you learned: “{fact}”."
    ),
    (Angle.HELP, Ground.INSIGHT): "Offer __help__ with what you learned: “{fact}”.",
    (Angle.RESULT, Ground.ACHIEVEMENT): "Show __a result__ of yours: “{fact}”.",
    (Angle.PROOF, Ground.ACHIEVEMENT): "Show __proof__, a piece of the work behind “{fact}”.",
    (Angle.ENDORSEMENT, Ground.ENDORSEMENT): "Send __an endorsement__: “{fact}”.",
    (Angle.THANKS, Ground.REFERRAL): "Send __thanks__: they pointed you to {fact}.",
    (Angle.THANKS, Ground.REPLY): "Send __thanks__ for their last reply: “{fact}”.",
}
_IN_GENERAL = {
    Angle.IDEA: "Offer __an idea__: one thing you would change{where}, and what it would save.",
    Angle.DISCUSSION: "Start __a discussion__: a question their team faces, and your own answer.",
    Angle.INFORMATION: "Send __information__: one article or number they can use this week.",
    Angle.HELP: "Offer __help__: name one thing you could take off their desk.",
    Angle.RESULT: "Show __a result__: one thing you did, with a number.",
    Angle.PROOF: "Show __proof__: a link to one piece of your work, and what it shows.",
    Angle.ENDORSEMENT: "Send __an endorsement__: ask somebody you worked with for one sentence.",
    Angle.THANKS: "Send __thanks__: name one thing they wrote, said or made that helped you.",
}
_REPLY_UNTOLD = "Send __thanks__ for their last reply: name what helped you in it."
_NOT_THIS_ROUND = {
    Fresh.NEVER: "You have not done so with them yet.",
    Fresh.THIS_CYCLE: "You have not done so this round.",
    Fresh.LONGEST_AGO: "You have used every angle this round; this one was longest ago.",
}


def angle_words(proposal: Proposal, known: Known) -> Text:
    """What to give, drawing on what is stored, and how long they have gone without it."""
    return join([_what(proposal, known), _since(proposal)])


def _what(proposal: Proposal, known: Known) -> Text:
    angle, why = proposal.angle, proposal.why
    fact = clip(why.fact, FACT_LIMIT).rstrip(".")
    if why.ground is Ground.REPLY and not fact:
        return say(_REPLY_UNTOLD)
    if why.ground is Ground.NOTHING:
        where = f" at {clip(known.organization, 40)}" if known.organization else ""
        template = _IN_GENERAL[angle]
        return say(template, where=where) if "{where}" in template else say(template)
    return say(_ON_FACT[angle, why.ground], fact=fact)


def _since(proposal: Proposal) -> Text:
    why = proposal.why
    if why.ground is Ground.REFERRAL or proposal.angle is Angle.THANKS:
        return ()
    if why.ground is Ground.NOTHING and why.fresh is Fresh.NEVER:
        return ()
    return say(_NOT_THIS_ROUND[why.fresh])
