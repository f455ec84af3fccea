"""An introduction, in private: each step says what nobody sees yet."""

from __future__ import annotations

from core.caller import Account
from core.domain.clubs.introductions import State
from core.domain.clubs.records import Club, Post
from core.language import N_, tr
from core.reply import Button, Message, Tone
from core.requests import Ask, Introduce, Offer, RemoveProof
from core.text import say
from core.tokens import token
from core.voice.clubs.common import A_MEMBER, told, write_to

A_MEMBER_OF_MINE = N_("A member of my club")
"""Who gave a good word and is not named, as it stands among the asker's proof."""
_WRONG_TIME = {
    State.OFFERED: N_("The member who asks has not answered yet. I write to you when they have."),
    State.ACCEPTED: N_("That could not be handed over. Try again."),
    State.AGREED: N_("You have handed it over already."),
    State.DECLINED: N_("That came to nothing meanwhile, so nothing was handed over."),
}


# --- what the helper reads -----------------------------------------------------------


def may_know(club: Club, post: Post) -> Message:
    """How helping works, before anything is said."""
    yes = Button(tr("Tell them that somebody may"), token(Offer(post=post.id)), Tone.PRIMARY)
    return told(
        say("You may know somebody at **{organization}**.", organization=post.organization),
        say(
            "1. The member who asks hears that somebody in {club} may help, not who.",
            club=club.name,
        ),
        say(
            "2. If they want it, I tell you."
            if post.named
            else "2. If they want it, you hear who asks."
        ),
        say(
            "3. Then you hand over whom you know, or you don't. Only then do they hear who you are."
        ),
        actions=(yes,),
    )


def offered(post: Post) -> Message:
    """The asker hears of it."""
    return told(
        say(
            "The member who asks about **{organization}** hears that somebody may help. I write "
            "to you when they have answered.",
            organization=post.organization,
        )
    )


def offered_before(post: Post, state: State, offer: int) -> Message:
    """Somebody offers a second time: how their first offer stands."""
    if state is State.OFFERED:
        return offered(post)
    if state is State.ACCEPTED:
        return _wanted(post, post.name, offer)
    return told(say(wrong_time(state)))


def answer(post: Post, state: State, asker: str, offer: int) -> Message:
    """What the asker said to an offer."""
    if state is State.DECLINED:
        return told(
            say(
                "The member who asked about **{organization}** needs no introduction there any "
                "more. Thank you for offering.",
                organization=post.organization,
            )
        )
    return _wanted(post, asker, offer)


def _wanted(post: Post, asker: str, offer: int) -> Message:
    hand = Button(tr("Hand it over"), token(Ask(form="hand-over", target=offer)), Tone.PRIMARY)
    no = Button(tr("Rather not"), token(Introduce(offer=offer, no=True)))
    return told(
        say(
            "**{asker}** asked about **{organization}**, and would be glad of your help.",
            asker=asker or tr(A_MEMBER),
            organization=post.organization,
        ),
        say("Hand over whom you know there, as much as you like. They see it, and your name."),
        actions=(hand, no),
    )


def helper_declined() -> Message:
    """The helper thought better of it."""
    return told(say("Then nothing is handed over, and nobody hears who you are."))


def handed_over(post: Post, asker: str, account: Account, offer: int) -> Message:
    """It is with the asker."""
    word = Button(tr("A good word for them"), token(Ask(form="endorse", target=offer)))
    return told(
        say(
            "**{asker}** has it now, with your name. Thank you.",
            asker=asker or tr("The member who asked"),
        ),
        say("If you know their work, a good word goes among their proof."),
        actions=(write_to(asker, account), word),
    )


def wrong_time(state: State) -> str:
    """Why nothing can be handed over now, as it is written in the catalogues."""
    return _WRONG_TIME[state]


def endorsed() -> Message:
    """The good word is with the asker."""
    return told(say("They have it among their proof. Thank you."))


# --- what the asker reads ------------------------------------------------------------


def offer_message(post: Post, offer: int) -> Message:
    """Somebody may help."""
    yes = Button(tr("Yes, tell them who I am"), token(Introduce(offer=offer)), Tone.PRIMARY)
    no = Button(tr("No, thank you"), token(Introduce(offer=offer, no=True)))
    return told(
        say(
            "Somebody in your club may know somebody at **{organization}**.",
            organization=post.organization,
        ),
        say(
            "If you say yes, they hear who you are, and decide whether to hand over whom they know."
        ),
        actions=(yes, no),
    )


def asker_said(post: Post, state: State) -> Message:
    """What the asker said is kept."""
    if state is State.DECLINED:
        return told(
            say(
                "Then it stays at that."
                if post.named
                else "Then it stays at that. They don't hear who asked."
            )
        )
    return told(
        say(
            "They hear who asks about **{organization}**. I write to you when they have decided.",
            organization=post.organization,
        )
    )


def asker_said_before(post: Post, state: State) -> Message:
    """The asker says something of what is decided already."""
    if state is State.DECLINED:
        return told(say("That came to nothing meanwhile."))
    if state is State.AGREED:
        return told(say("They have handed it over already: look further down."))
    return asker_said(post, state)


def came_to_nothing(post: Post) -> Message:
    """Whoever wanted to help an asker does not, or is not there any more."""
    return told(
        say(
            "The introduction at **{organization}** came to nothing this time. Your ask stays "
            "open, so somebody else may know somebody.",
            organization=post.organization,
        )
    )


def agreed(post: Post, helper: str, account: Account, whom: str) -> Message:
    """What was handed over."""
    return told(
        say(
            "**{helper}** knows somebody at **{organization}**:",
            helper=helper or tr(A_MEMBER),
            organization=post.organization,
        ),
        say("“{whom}”", whom=whom),
        say(
            "Thank them, and add it: `/followup add NAME @ {organization}`.",
            organization=post.organization,
        ),
        actions=(write_to(helper, account),),
    )


def word_message(by: str, word: str, proof: int, *, named: bool) -> Message:
    """A good word has come."""
    may = (
        say("They may be named. It is among your proof: drafts and pitches may use it.")
        if named
        else say("They did not agree to be named. It is among your proof, without their name.")
    )
    remove = Button(tr("Remove it"), token(RemoveProof(item=proof)))
    return told(
        say("**{by}** gave you a good word:", by=by),
        say("“{word}”", word=word),
        may,
        actions=(remove,),
    )
