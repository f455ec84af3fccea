"""What each angle gives, in a sentence or two: written, brief, or spoken.

A gift has one question at most, small enough to answer in a word; after the question of a check-in
it has an offer instead. Whatever only the member can know is a gap.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from core.domain.angles import Ground, Known, ground_of
from core.domain.likeness import mentions
from core.domain.words import Angle
from core.language import N_, tr
from core.voice.draft_words import (
    FACT_LIMIT,
    achievement_sentence,
    endorsement_sentence,
    for_them,
    gap,
    name_of,
    together,
    topic,
)


class Manner(StrEnum):
    """How a message is said."""

    FULL = "full"  # email
    BRIEF = "brief"  # text, chat, LinkedIn
    SPOKEN = "spoken"  # phone, voice message, in person


@dataclass(frozen=True)
class Gift:
    """What a ping gives.

    - `line`: the thing itself.
    - `ask`: one small question, or "".
    - `offer`: what stands in for the question where one was asked already.
    """

    subject: str
    line: str
    ask: str = ""
    offer: str = ""


def gift_of(known: Known, angle: Angle, manner: Manner) -> Gift:
    """The gift of an angle, filled from what is known."""
    return _GIFTS[angle](known, manner)


def _idea(known: Known, manner: Manner) -> Gift:
    subject = for_them(known.organization, N_("An idea for {place}"), N_("An idea for your team"))
    if manner is Manner.FULL:
        idea = gap(tr("your idea in two sentences: what to change, and what it saves"))
        return Gift(
            subject,
            tr("Here's one idea: {gap}.", gap=idea),
            tr("Would half a page on it be useful?"),
            tr("I can send you half a page on it."),
        )
    idea = gap(tr("your idea in one sentence, and what it saves"))
    return Gift(
        subject,
        tr("One idea: {gap}.", gap=idea),
        tr("Would more on it be useful?"),
        tr("I can send you more."),
    )


def _discussion(known: Known, manner: Manner) -> Gift:
    ground, fact = ground_of(Angle.DISCUSSION, known)
    if ground is Ground.REPLY:
        view = gap(tr("your view of it"), fact)
        line = tr("I kept thinking about what you said: {gap}.", gap=view)
    elif ground is Ground.INSIGHT and not mentions(known.last_sent, fact):
        steps = gap(tr("what you would do first, and why"))
        line = tr("Here's how I'd go about it: {gap}.", gap=steps)
    else:
        question = gap(tr("a question their team faces, and your answer in a sentence"))
        line = tr("One question I keep coming back to: {gap}.", gap=question)
    about = topic(known.about)
    return Gift(
        tr("A thought on {about}", about=about) if about else tr("A thought on your work"),
        line,
        tr("Do you see it the same way?"),
        tr("I'd like to hear how you see it."),
    )


def _information(known: Known, manner: Manner) -> Gift:
    subject = for_them(
        known.organization,
        N_("Something useful for {place}"),
        N_("Something useful for your team"),
    )
    if manner is Manner.SPOKEN:
        what = gap(tr("what it is, and the one point that matters to them"))
        return Gift(
            subject,
            tr("I found something you may be able to use: {gap}.", gap=what),
            tr("Would you like the link?"),
            tr("I'll send you the link."),
        )
    point = gap(tr("title, link, and the one point that matters to them"))
    more = tr("I have more of the kind, if it helps.") if manner is Manner.FULL else ""
    return Gift(subject, tr("You may be able to use this: {gap}.", gap=point), "", more)


def _help(known: Known, manner: Manner) -> Gift:
    task = gap(tr("one small task you could do for them, and by when"))
    glad = tr("I'd be glad to do it.") if manner is Manner.FULL else ""
    return Gift(
        tr("A small offer of help"),
        together(tr("I could take one thing off your desk: {gap}.", gap=task), glad),
        tr("Would that help?"),
        tr("Say the word and I'll start."),
    )


def _result(known: Known, manner: Manner) -> Gift:
    ground, fact = ground_of(Angle.RESULT, known)
    result = f"{gap(tr('what you did, with a number'))}."
    if ground is Ground.ACHIEVEMENT:
        result = achievement_sentence(fact)
    full = manner is Manner.FULL
    cause = gap(tr("what made the difference, in one sentence")) if full else ""
    return Gift(
        for_them(
            known.organization,
            N_("A result that may be useful to {place}"),
            N_("A result that may be useful to your team"),
        ),
        together(tr("One result that may be useful to you: {sentence}", sentence=result), cause),
        tr("Would it help to see the steps?"),
        tr("I can show you the steps, if that helps."),
    )


def _proof(known: Known, manner: Manner) -> Gift:
    ground, fact = ground_of(Angle.PROOF, known)
    told = ground is Ground.ACHIEVEMENT and not (manner is Manner.BRIEF and len(fact) > FACT_LIMIT)
    shown = tr("The result: {sentence}", sentence=achievement_sentence(fact)) if told else ""
    subject = tr("A piece of work to look at")
    if manner is Manner.SPOKEN:
        what = gap(tr("what it is") if shown else tr("what it is, and what it shows"))
        line = tr("I'd like to show you a piece of my work: {gap}.", gap=what)
        return Gift(
            subject,
            together(line, shown),
            tr("Would you like to see it?"),
            tr("I'll send it to you."),
        )
    if not shown and manner is Manner.FULL:
        shown = gap(tr("what it shows, in one sentence"))
    link = gap(tr("link, or the name of what you attach"))
    return Gift(
        subject,
        together(tr("Here's a piece of my work: {gap}.", gap=link), shown),
        tr("Is it close to what your team does?"),
        tr("I'd like to know if it's close to what your team does."),
    )


def _endorsement(known: Known, manner: Manner) -> Gift:
    ground, fact = ground_of(Angle.ENDORSEMENT, known)
    if ground is Ground.ENDORSEMENT:
        line = endorsement_sentence(fact)
    else:
        who = gap(tr("who, and how they know your work"))
        line = tr("{who} can tell you what I'm like to work with.", who=who)
    return Gift(
        tr("Somebody who knows my work"),
        line,
        tr("Would you like me to put you in touch?"),
        tr("I can put you in touch, if you like."),
    )


def _thanks(known: Known, manner: Manner) -> Gift:
    ground, fact = ground_of(Angle.THANKS, known)
    full = manner is Manner.FULL
    favour = tr("If I can do something for you in return, please say so.") if full else ""
    if ground is Ground.REFERRAL:
        name = name_of(fact)
        next_step = gap(tr("what came of it so far, or when you will write to them"))
        return Gift(
            tr("Thank you for pointing me to {name}", name=name),
            together(tr("Thank you for pointing me to {name}.", name=name), next_step),
            "",
            together(tr("I'll tell you how it goes."), favour),
        )
    if ground is Ground.REPLY:
        helped = gap(tr("what in their reply helped you, and how"), fact)
        line = together(tr("Thank you for your reply."), helped)
        return Gift(tr("Thank you for your reply"), line, "", favour)
    what = gap(tr("a talk, a post or a piece of work of theirs"))
    helped = gap(tr("how it helped you, in one sentence"))
    line = together(tr("Thank you for {gap}.", gap=what), helped)
    return Gift(tr("Thank you"), line, "", favour)


_GIFTS: dict[Angle, Callable[[Known, Manner], Gift]] = {
    Angle.IDEA: _idea,
    Angle.DISCUSSION: _discussion,
    Angle.INFORMATION: _information,
    Angle.HELP: _help,
    Angle.RESULT: _result,
    Angle.PROOF: _proof,
    Angle.ENDORSEMENT: _endorsement,
    Angle.THANKS: _thanks,
}
