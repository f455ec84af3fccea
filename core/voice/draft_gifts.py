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
from core.voice.draft_words import (
    FACT_LIMIT,
    achievement_sentence,
    endorsement_sentence,
    gap,
    name_of,
    place,
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
    subject = f"An idea for {place(known.organization)}"
    if manner is Manner.FULL:
        idea = gap("your idea in two sentences: what to change, and what it saves")
        ask = "Would half a page on it be useful?"
        return Gift(subject, f"Here's one idea: {idea}.", ask, "I can send you half a page on it.")
    idea = gap("your idea in one sentence, and what it saves")
    return Gift(
        subject, f"One idea: {idea}.", "Would more on it be useful?", "I can send you more."
    )


def _discussion(known: Known, manner: Manner) -> Gift:
    ground, fact = ground_of(Angle.DISCUSSION, known)
    if ground is Ground.REPLY:
        line = f"I kept thinking about what you said: {gap('your view of it', fact)}."
    elif ground is Ground.INSIGHT and not mentions(known.last_sent, fact):
        line = f"Here's how I'd go about it: {gap('what you would do first, and why')}."
    else:
        question = gap("a question their team faces, and your answer in a sentence")
        line = f"One question I keep coming back to: {question}."
    return Gift(
        f"A thought on {topic(known.about) or 'your work'}",
        line,
        "Do you see it the same way?",
        "I'd like to hear how you see it.",
    )


def _information(known: Known, manner: Manner) -> Gift:
    subject = f"Something useful for {place(known.organization)}"
    if manner is Manner.SPOKEN:
        what = gap("what it is, and the one point that matters to them")
        line = f"I found something you may be able to use: {what}."
        return Gift(subject, line, "Would you like the link?", "I'll send you the link.")
    point = gap("title, link, and the one point that matters to them")
    more = "I have more of the kind, if it helps." if manner is Manner.FULL else ""
    return Gift(subject, f"You may be able to use this: {point}.", "", more)


def _help(known: Known, manner: Manner) -> Gift:
    task = gap("one small task you could do for them, and by when")
    line = f"I could take one thing off your desk: {task}."
    if manner is Manner.FULL:
        line += " I'd be glad to do it."
    return Gift("A small offer of help", line, "Would that help?", "Say the word and I'll start.")


def _result(known: Known, manner: Manner) -> Gift:
    ground, fact = ground_of(Angle.RESULT, known)
    start = "One result that may be useful to you:"
    if ground is Ground.ACHIEVEMENT:
        line = f"{start} {achievement_sentence(fact)}"
    else:
        line = f"{start} {gap('what you did, with a number')}."
    if manner is Manner.FULL:
        line += f" {gap('what made the difference, in one sentence')}"
    return Gift(
        f"A result that may be useful to {place(known.organization)}",
        line,
        "Would it help to see the steps?",
        "I can show you the steps, if that helps.",
    )


def _proof(known: Known, manner: Manner) -> Gift:
    ground, fact = ground_of(Angle.PROOF, known)
    told = ground is Ground.ACHIEVEMENT and not (manner is Manner.BRIEF and len(fact) > FACT_LIMIT)
    shown = f" The result: {achievement_sentence(fact)}" if told else ""
    subject = "A piece of work to look at"
    if manner is Manner.SPOKEN:
        what = gap("what it is" if shown else "what it is, and what it shows")
        line = f"I'd like to show you a piece of my work: {what}.{shown}"
        return Gift(subject, line, "Would you like to see it?", "I'll send it to you.")
    if not shown and manner is Manner.FULL:
        shown = f" {gap('what it shows, in one sentence')}"
    return Gift(
        subject,
        f"Here's a piece of my work: {gap('link, or the name of what you attach')}.{shown}",
        "Is it close to what your team does?",
        "I'd like to know if it's close to what your team does.",
    )


def _endorsement(known: Known, manner: Manner) -> Gift:
    ground, fact = ground_of(Angle.ENDORSEMENT, known)
    if ground is Ground.ENDORSEMENT:
        line = endorsement_sentence(fact)
    else:
        who = gap("who, and how they know your work")
        line = f"{who} can tell you what I'm like to work with."
    return Gift(
        "Somebody who knows my work",
        line,
        "Would you like me to put you in touch?",
        "I can put you in touch, if you like.",
    )


def _thanks(known: Known, manner: Manner) -> Gift:
    ground, fact = ground_of(Angle.THANKS, known)
    full = manner is Manner.FULL
    favour = "If I can do something for you in return, please say so." if full else ""
    if ground is Ground.REFERRAL:
        thanks = f"Thank you for pointing me to {name_of(fact)}"
        next_step = gap("what came of it so far, or when you will write to them")
        return Gift(thanks, f"{thanks}. {next_step}", "", f"I'll tell you how it goes. {favour}")
    if ground is Ground.REPLY:
        helped = gap("what in their reply helped you, and how", fact)
        return Gift("Thank you for your reply", f"Thank you for your reply. {helped}", "", favour)
    what = gap("a talk, a post or a piece of work of theirs")
    line = f"Thank you for {what}. {gap('how it helped you, in one sentence')}"
    return Gift("Thank you", line, "", favour)


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
