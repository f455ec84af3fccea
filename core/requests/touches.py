"""What people type of what happened, or of what they want to send next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.domain.pitches import NUMBERS_LIMIT, TEXT_LIMIT, Gain
from core.domain.words import (
    Angle,
    Outcome,
)
from core.options import Command, Kind, option
from core.requests.base import CHANNELS, NOTE_LIMIT, WHO_HELP, Targeted


@dataclass(frozen=True)
class Sent(Targeted):
    """The member sent a ping."""

    verb: ClassVar[str] = "sent"
    command: ClassVar[Command] = Command(
        "sent",
        "You sent a ping",
        ("Dana", "Dana, idea, note: two ways to cut reporting time", "Acme, phone, yesterday"),
        title="You sent a ping",
    )
    who: str = option("Who", WHO_HELP, Kind.WHO, required=True)
    angle: str = option("Angle", "What it gave them", Kind.OPEN, choices=Angle, max_length=60)
    via: str = option("Via", "How it went out", Kind.CHOICE, choices=CHANNELS)
    on: str = option("On", "The day you sent it, if not today", Kind.DAY, max_length=60)
    note: str = option(
        "Note", "What you sent, in a line", Kind.LONG, max_length=NOTE_LIMIT, rest=True
    )


@dataclass(frozen=True)
class Replied(Targeted):
    """The contact answered."""

    verb: ClassVar[str] = "replied"
    command: ClassVar[Command] = Command(
        "replied",
        "They answered you",
        (
            "Dana, talking",
            "Dana, call back, next Friday",
            "Dana, referred me, lead: Robin Patel @ Globex",
            "Acme, dismissed",
        ),
        title="They replied",
    )
    who: str = option("Who", WHO_HELP, Kind.WHO, required=True)
    outcome: str = option(
        "What came of it",
        "Talking, my turn, call back …",
        Kind.CHOICE,
        choices=Outcome,
        required=True,
    )
    next: str = option("Next ping", "The day you agreed on, if any", Kind.DAY, max_length=60)
    note: str = option(
        "Note", "What they said or need", Kind.LONG, max_length=NOTE_LIMIT, rest=True
    )
    lead: str = option("Lead", "Whom they referred you to, or what is new")
    via: str = option("Via", "How they answered", Kind.CHOICE, choices=CHANNELS)
    on: str = option("On", "The day they answered, if not today", Kind.DAY, max_length=60)


@dataclass(frozen=True)
class Snooze(Targeted):
    """Put the next ping off."""

    verb: ClassVar[str] = "snooze"
    command: ClassVar[Command] = Command(
        "snooze",
        "Put the next ping off to another day",
        ("Dana, in 3 days", "Acme until: next Friday"),
        title="Another day",
    )
    who: str = option("Who", WHO_HELP, Kind.WHO, required=True)
    until: str = option(
        "Until",
        "in 3 days, Friday, 1 Dec",
        Kind.DAY,
        required=True,
        max_length=60,
        picked="The day of the next ping",
    )


@dataclass(frozen=True)
class Note(Targeted):
    """Keep a note in the history."""

    verb: ClassVar[str] = "note"
    command: ClassVar[Command] = Command(
        "note",
        "Remember something about them",
        ("Dana, prefers calls before ten",),
        title="A note",
    )
    who: str = option("Who", WHO_HELP, Kind.WHO, required=True)
    text: str = option(
        "Text", "What to remember", Kind.LONG, required=True, rest=True, max_length=NOTE_LIMIT
    )


@dataclass(frozen=True)
class Insight(Targeted):
    """Keep what was learned of an organization's needs."""

    verb: ClassVar[str] = "insight"
    command: ClassVar[Command] = Command(
        "insight",
        "Keep what you learned about an organization's needs",
        ("Acme, they are moving to dbt", "Dana, two people left the team"),
        title="What they need",
    )
    who: str = option("Who", WHO_HELP, Kind.WHO, required=True)
    text: str = option(
        "Text",
        "What they need, in a sentence",
        Kind.LONG,
        required=True,
        rest=True,
        max_length=500,
    )


@dataclass(frozen=True)
class Draft(Targeted):
    """Offer words for the next ping."""

    verb: ClassVar[str] = "draft"
    command: ClassVar[Command] = Command(
        "draft", "Words to begin the next ping with", ("Dana", "Dana, idea, email")
    )
    who: str = option("Who", WHO_HELP, Kind.WHO, required=True)
    angle: str = option("Angle", "What it should give them", Kind.CHOICE, choices=Angle)
    via: str = option("Via", "How it will go out", Kind.CHOICE, choices=CHANNELS)


@dataclass(frozen=True)
class Pitch(Targeted):
    """One picture of what the member would change for them, and in numbers what it brings."""

    verb: ClassVar[str] = "pitch"
    command: ClassVar[Command] = Command(
        "pitch",
        "A picture of what you would change for them, in numbers",
        ("Dana",),
        title="Your pitch",
        submit="Draw it",
    )
    who: str = option("Who", WHO_HELP, Kind.WHO, required=True)
    problem: str = option(
        "Problem",
        "What costs them time or money, in a sentence",
        Kind.LONG,
        required=True,
        max_length=TEXT_LIMIT,
    )
    change: str = option(
        "Change",
        "What you would change, in a sentence: it is the headline",
        Kind.LONG,
        required=True,
        max_length=TEXT_LIMIT,
    )
    numbers: str = option(
        "Before and after",
        "With unit and time: 12 hours to 2 hours a week",
        required=True,
        max_length=NUMBERS_LIMIT,
    )
    achievement: str = option(
        "Achievement", "What you did of the kind, as evidence", Kind.LONG, max_length=TEXT_LIMIT
    )
    endorsement: str = option(
        "Endorsement", "Who says so, and what", Kind.LONG, max_length=TEXT_LIMIT
    )
    gain: str = option("Gain", "What it brings, if I guess wrong", Kind.CHOICE, choices=Gain)
