"""What members of clubs ask of each other: introductions, buddies, and telling of a win."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.options import Command, Kind, Request, option
from core.requests.base import YES_NO, Targeted
from core.requests.clubs import ClubRequest

ORGANIZATION_LIMIT = 80
OFFER_LIMIT = 400
WIN_LIMIT = 500


@dataclass(frozen=True)
class ClubAsk(ClubRequest):
    """Ask the club for an introduction to an organization: previewed first."""

    verb: ClassVar[str] = "club-ask"
    command: ClassVar[Command] = Command(
        "club ask",
        "Ask the club for an introduction; you see the words first",
        ("Acme",),
        title="Ask the club",
        submit="Show me the words",
    )
    organization: str = option(
        "Organization",
        "Where you would value an introduction",
        Kind.ORGANIZATION,
        required=True,
        rest=True,
        max_length=ORGANIZATION_LIMIT,
    )


@dataclass(frozen=True)
class ClubBuddy(ClubRequest):
    """Want a buddy, or none, or none next week; and be nudged after days of silence."""

    verb: ClassVar[str] = "club-buddy"
    command: ClassVar[Command] = Command(
        "club buddy",
        "A weekly buddy from the club, if you want one",
        ("on", "skip", "on, nudge: 3", "off"),
        title="A buddy",
    )
    want: str = option(
        "Buddy", "on, off, or skip next week", Kind.CHOICE, choices=("on", "off", "skip")
    )
    nudge: str = option(
        "Nudge",
        "Your buddy hears when you are silent for so many days, 2 to 14; 0 for never",
        Kind.NUMBER,
        max_length=2,
        hints=("3", "5", "7", "14", "0"),
    )


@dataclass(frozen=True)
class Win(Targeted):
    """A job has been landed: close what is open, thank who helped, tell the club."""

    verb: ClassVar[str] = "win"
    command: ClassVar[Command] = Command(
        "win",
        "You landed a job: close the rest, thank who helped, tell your club",
        ("Acme", ""),
        title="You landed a job",
        submit="I landed it",
    )
    who: str = option("Where", "Which of your follow-ups it is, if one", Kind.WHO)


@dataclass(frozen=True)
class Tell(ClubRequest):
    """The words that a club is to read of a win. Only its form makes one; a preview follows."""

    verb: ClassVar[str] = "tell"
    command: ClassVar[Command] = Command(
        "tell", "What the club reads", title="Tell the club", submit="Show me the words"
    )
    text: str = option(
        "Your words",
        "They stand in the club's channel as you write them",
        Kind.LONG,
        required=True,
        max_length=WIN_LIMIT,
    )


@dataclass(frozen=True)
class Publish(ClubRequest):
    """A button under a preview: the kept words go to the club, under one's name or without it."""

    verb: ClassVar[str] = "publish"
    kept: int = 0
    named: bool = False
    cancel: bool = False


@dataclass(frozen=True)
class CloseAsk(Request):
    """An ask of one's own is over."""

    verb: ClassVar[str] = "close-ask"
    post: int = 0


@dataclass(frozen=True)
class MayKnow(Request):
    """The button under an ask in the channel: whoever presses it learns how to help."""

    verb: ClassVar[str] = "may-know"
    post: int = 0


@dataclass(frozen=True)
class Offer(Request):
    """A first yes of somebody who may know somebody: nothing is told but that."""

    verb: ClassVar[str] = "offer"
    post: int = 0


@dataclass(frozen=True)
class HandOver(Request):
    """What the helper hands over: their second yes. Only its form makes one."""

    verb: ClassVar[str] = "hand-over"
    command: ClassVar[Command] = Command(
        "hand-over", "Whom you know", title="Whom you know", submit="Hand it over"
    )
    whom: str = option(
        "Whom you know",
        "Name, role, how to reach them, and whether to mention you",
        Kind.LONG,
        required=True,
        max_length=OFFER_LIMIT,
    )
    offer: int = 0


@dataclass(frozen=True)
class Endorse(Request):
    """A good word of the helper for the asker, for their proof. Only its form makes one."""

    verb: ClassVar[str] = "endorse"
    command: ClassVar[Command] = Command(
        "endorse", "A good word", title="A good word", submit="Give it to them"
    )
    word: str = option(
        "Your words",
        "What you can say of them, in a sentence or two",
        Kind.LONG,
        required=True,
        max_length=OFFER_LIMIT,
    )
    knows: str = option("How you know them", "We work in the same club", max_length=80)
    named: str = option(
        "May you be named",
        "Whether they may quote you by name; without a yes they never do",
        Kind.CHOICE,
        choices=YES_NO,
    )
    offer: int = 0


@dataclass(frozen=True)
class Introduce(Request):
    """The asker's yes or no to an offer, or the helper's no."""

    verb: ClassVar[str] = "introduce"
    offer: int = 0
    no: bool = False


@dataclass(frozen=True)
class SayHello(Request):
    """A yes or no to being known to somebody who pursues the same organization."""

    verb: ClassVar[str] = "hello"
    match: int = 0
    no: bool = False


@dataclass(frozen=True)
class BuddyAnswer(Request):
    """A button on the message about this week's buddy. `do` is met, nudge, no-nudge or skip."""

    verb: ClassVar[str] = "buddy"
    buddy: int = 0
    do: str = ""


@dataclass(frozen=True)
class StayAlum(ClubRequest):
    """After a win: stay in the club to help, without goals and boards."""

    verb: ClassVar[str] = "alum"
