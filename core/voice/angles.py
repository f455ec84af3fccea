"""The proposed angle and its reason, in one line of a digest (M11)."""

from __future__ import annotations

from core.domain.angles import Fresh, Ground, Known, Proposal
from core.domain.words import Angle
from core.language import ENGLISH, N_, spoken
from core.text import Span, Text, clip, join, say

FACT_LIMIT = 80

_ON_FACT = {
    (Angle.IDEA, Ground.INSIGHT): N_("Offer __an idea__: you learned “{fact}”"),
    (Angle.DISCUSSION, Ground.INSIGHT): N_("Start __a discussion__: you learned “{fact}”"),
    (Angle.DISCUSSION, Ground.REPLY): N_("Start __a discussion__ on their last reply, “{fact}”"),
    (Angle.INFORMATION, Ground.INSIGHT): N_("Send __information__: you learned “{fact}”"),
    (Angle.HELP, Ground.INSIGHT): N_("Offer __help__: you learned “{fact}”"),
    (Angle.RESULT, Ground.ACHIEVEMENT): N_("Show __a result__ of yours, “{fact}”"),
    (Angle.PROOF, Ground.ACHIEVEMENT): N_("Show __proof__, a piece of the work behind “{fact}”"),
    (Angle.ENDORSEMENT, Ground.ENDORSEMENT): N_("Send __an endorsement__, {fact}"),
    (Angle.THANKS, Ground.REFERRAL): N_("Send __thanks__: they pointed you to {fact}"),
    (Angle.THANKS, Ground.REPLY): N_("Send __thanks__ for their last reply, “{fact}”"),
}
_IN_GENERAL = {
    Angle.IDEA: N_("Offer __an idea__: one thing you would change, and what it saves."),
    Angle.DISCUSSION: N_(
        "Start __a discussion__: a question their team faces, and your own answer."
    ),
    Angle.INFORMATION: N_("Send __information__: one article or number they can use this week."),
    Angle.HELP: N_("Offer __help__: name one thing you could take off their desk."),
    Angle.RESULT: N_("Show __a result__: one thing you did, with a number."),
    Angle.PROOF: N_("Show __proof__: a link to one piece of your work, and what it shows."),
    Angle.ENDORSEMENT: N_(
        "Send __an endorsement__: ask somebody you worked with for one sentence."
    ),
    Angle.THANKS: N_("Send __thanks__: name one thing they wrote, said or made that helped you."),
}
_IDEA_THERE = N_("Offer __an idea__: one thing you would change at {place}, and what it saves.")
_REPLY_UNTOLD = N_("Send __thanks__ for their last reply: name what helped you in it.")
_NEVER = {
    Angle.IDEA: N_("You have not sent one yet."),
    Angle.DISCUSSION: N_("You have not started one yet."),
    Angle.INFORMATION: N_("You have not sent any yet."),
    Angle.HELP: N_("You have not offered any yet."),
    Angle.RESULT: N_("You have not shown one yet."),
    Angle.PROOF: N_("You have not shown any yet."),
    Angle.ENDORSEMENT: N_("You have not sent one yet."),
    Angle.THANKS: N_("You have not sent any yet."),
}
_NOT_THIS_ROUND = {
    Angle.IDEA: N_("You have not sent one this round."),
    Angle.DISCUSSION: N_("You have not started one this round."),
    Angle.INFORMATION: N_("You have not sent any this round."),
    Angle.HELP: N_("You have not offered any this round."),
    Angle.RESULT: N_("You have not shown one this round."),
    Angle.PROOF: N_("You have not shown any this round."),
    Angle.ENDORSEMENT: N_("You have not sent one this round."),
    Angle.THANKS: N_("You have not sent any this round."),
}
_LONGEST_AGO = N_("Of all the angles this one was longest ago.")


def angle_words(proposal: Proposal, known: Known) -> Text:
    """What to give, drawing on what is stored, and how long they have gone without it."""
    angle, why = proposal.angle, proposal.why
    fact = clip(why.fact, FACT_LIMIT).rstrip(".")
    if why.ground is Ground.NOTHING or not fact:
        since = () if angle is Angle.THANKS else say(_since(proposal))
        return join([_in_general(proposal, known), since])
    what = say(_ON_FACT[angle, why.ground], fact=fact)
    if angle is Angle.THANKS and why.fresh is not Fresh.LONGEST_AGO:
        return (*what, Span("."))
    if spoken() != ENGLISH:
        return (*what, Span(". "), *say(_since(proposal)))
    since_then = _since(proposal)
    return (*what, Span(f", and {since_then[:1].lower()}{since_then[1:]}"))


def _in_general(proposal: Proposal, known: Known) -> Text:
    if proposal.why.ground is Ground.REPLY:
        return say(_REPLY_UNTOLD)
    if proposal.angle is Angle.IDEA and known.organization:
        return say(_IDEA_THERE, place=clip(known.organization, 40))
    return say(_IN_GENERAL[proposal.angle])


def _since(proposal: Proposal) -> str:
    """How long they have gone without the angle, in a sentence of its own."""
    fresh = proposal.why.fresh
    if fresh is Fresh.LONGEST_AGO:
        return _LONGEST_AGO
    return (_NEVER if fresh is Fresh.NEVER else _NOT_THIS_ROUND)[proposal.angle]
