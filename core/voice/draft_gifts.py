"""What each angle gives, in a sentence or two: written, brief, or spoken.

A gift has one question at most, small enough to answer in a word; after the question of a check-in
it has an offer instead. Whatever only the member can know is a gap.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from core.domain.angles import Ground, Known, ground_of
from core.domain.words import Angle
from core.voice.draft_words import (
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
    idea = {
        Manner.FULL: gap("your idea in two sentences: what to change, and what it saves"),
        Manner.BRIEF: gap("your idea in one sentence"),
        Manner.SPOKEN: gap("your idea in one sentence, and what it saves"),
    }[manner]
    return Gift(
        f"An idea for {place(known.organization)}",
        f"{'Here is one idea' if manner is Manner.FULL else 'One idea'}: {idea}.",
        "Shall I send you half a page on it?",
        "I can send you half a page on it if you like.",
    )


def _discussion(known: Known, manner: Manner) -> Gift:
    subject = f"A thought on {topic(known.about) or 'your work'}"
    ask, offer = "Do you see it the same way?", "I would like to hear how you see it."
    ground, fact = ground_of(Angle.DISCUSSION, known)
    if ground is Ground.REPLY:
        line = f"I kept thinking about what you said. {gap('your view of it', fact)}."
    elif ground is Ground.INSIGHT:
        line = f"My own view: {gap('what you would do first, and why')}."
    else:
        start = "I have been turning over" if manner is Manner.FULL else "I keep thinking about"
        line = f"{start} {gap('a question their team faces, and your answer in a sentence')}."
    return Gift(subject, line, ask, offer)


def _information(known: Known, manner: Manner) -> Gift:
    subject = f"Something useful for {place(known.organization)}"
    if manner is Manner.SPOKEN:
        what = gap("what it is, and the one point that matters to them")
        return Gift(
            subject,
            f"I found something that you may be able to use: {what}.",
            "Shall I send you the link?",
            "I will send you the link.",
        )
    point = gap("title, link, and the one point that matters to them")
    more = "There is more where that came from, if it helps." if manner is Manner.FULL else ""
    return Gift(subject, f"I found something that you may be able to use: {point}.", "", more)


def _help(known: Known, manner: Manner) -> Gift:
    task = gap("one small task you could do for them, and by when")
    line = f"I could take one thing off your desk: {task}."
    if manner is Manner.FULL:
        line += " No strings attached."
    return Gift(
        "A small offer of help", line, "Would that help?", "Say the word, and I will do it."
    )


def _result(known: Known, manner: Manner) -> Gift:
    ground, fact = ground_of(Angle.RESULT, known)
    if ground is Ground.ACHIEVEMENT:
        line = f"A result that may be of use to you: {achievement_sentence(fact)}"
    else:
        line = f"A result that may be of use to you: {gap('what you did, with a number')}."
    if manner is Manner.FULL:
        line += f" {gap('how you did it, in one sentence')}."
    return Gift(
        f"A result that may be of use to {place(known.organization)}",
        line,
        "Would it help to see how?",
        "I can show you how, if that helps.",
    )


def _proof(known: Known, manner: Manner) -> Gift:
    ground, fact = ground_of(Angle.PROOF, known)
    if manner is Manner.SPOKEN:
        line = f"I would like to show you a piece of my work: {gap('what it is')}."
    else:
        line = f"Here is a piece of my work: {gap('link, or the name of what you attach')}."
    if ground is Ground.ACHIEVEMENT:
        line += f" It goes with this result: {achievement_sentence(fact)}"
    elif manner is not Manner.BRIEF:
        line += f" {gap('what it shows, in one sentence')}."
    ask, offer = "Is it close to what your team does?", "It takes two minutes to look through."
    if manner is Manner.SPOKEN:
        ask, offer = "Shall I send it to you?", "I will send it to you."
    return Gift("A piece of work to look at", line, ask, offer)


def _endorsement(known: Known, manner: Manner) -> Gift:
    ground, fact = ground_of(Angle.ENDORSEMENT, known)
    if ground is Ground.ENDORSEMENT:
        line = endorsement_sentence(fact)
    else:
        who = gap("who, and how they know your work")
        line = f"{who} can tell you what I am like to work with."
    return Gift(
        "Somebody who knows my work",
        line,
        "Shall I put the two of you in touch?",
        "I can put the two of you in touch if you like.",
    )


def _thanks(known: Known, manner: Manner) -> Gift:
    ground, fact = ground_of(Angle.THANKS, known)
    brief = manner is Manner.BRIEF
    if ground is Ground.REFERRAL:
        next_step = gap("what came of it so far, or when you will write to them")
        promise = "I will let you know how it goes."
        line = f"Thank you for pointing me to {name_of(fact)}. {next_step}."
        return Gift(f"Thank you for pointing me to {name_of(fact)}", line, "", promise)
    if ground is Ground.REPLY:
        helped = gap("what in their reply helped you, and how", fact)
        favour = "" if brief else "If there is something I can do for you in return, please say so."
        return Gift("Thank you for your reply", f"Thank you for your reply. {helped}.", "", favour)
    what = gap("a talk, a post or a piece of work of theirs")
    how = gap("how it helped you")
    favour = "" if brief else "If I can ever return the favour, I would be glad to."
    return Gift("Thank you", f"Thank you for {what}. {how}.", "", favour)


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
