"""What people type about themselves and the bot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.domain.words import (
    Pace,
)
from core.options import Command, Kind, Request, option
from core.requests.base import DIGESTS, TONGUES, WEEKDAYS


@dataclass(frozen=True)
class Undo(Request):
    """Take back the last change, or the one a button names."""

    verb: ClassVar[str] = "undo"
    command: ClassVar[Command] = Command("undo", "Take back your last change")
    change: int = 0
    view: str = ""


@dataclass(frozen=True)
class Settings(Request):
    """See or change how the bot treats the member."""

    verb: ClassVar[str] = "settings"
    command: ClassVar[Command] = Command(
        "settings",
        "Your time zone, digest hour, days off, pace, pause",
        ("", "zone: Europe/Berlin", "hour: 7:45, days off: Monday", "pause: 5 Jan", "pace: gentle"),
        title="Settings",
    )
    zone: str = option(
        "Time zone", "Start typing your city", Kind.ZONE, max_length=60, aliases=("time zone",)
    )
    hour: str = option(
        "Digest hour",
        "When your morning message comes, as 8:30",
        Kind.CLOCK,
        max_length=20,
        hints=("7:00", "7:30", "8:00", "8:30", "9:00", "10:00", "12:00", "17:00"),
    )
    days_off: str | None = option(
        "Days off",
        "Besides the weekend: days on which nothing falls due",
        Kind.CHOICES,
        choices=WEEKDAYS,
        aliases=("days off", "off"),
        default=None,
    )
    most: str = option(
        "Pings a day",
        "How many a digest shows, 1 to 5",
        Kind.NUMBER,
        max_length=2,
        hints=("5", "4", "3", "2", "1"),
    )
    pause: str | None = option(
        "Pause until",
        'The day you are back, or 20 Dec to 5 Jan; "no" to go on',
        Kind.DAY,
        max_length=60,
        aliases=("pause until", "away", "away until"),
        span=True,
        default=None,
    )
    pace: str = option("Pace", "How often you want to be heard of", Kind.CHOICE, choices=Pace)
    digest: str = option("Digest", "How often it comes", Kind.CHOICE, choices=DIGESTS)
    name: str = option("Name", "How you sign your messages", max_length=80)
    language: str = option(
        "Language",
        "The one I speak to you; auto for that of your app",
        Kind.CHOICE,
        choices=TONGUES,
    )
    view: str = ""


@dataclass(frozen=True)
class Home(Request):
    """The member's own page on a platform that has one, as it was left. Only its opening asks."""

    verb: ClassVar[str] = "home"


@dataclass(frozen=True)
class Link(Request):
    """Be one person on several platforms: a code, and what comes of it.

    `do` is what a button asks: yes, no, digest, part or parted. `code_id` is the code that was
    entered, `keep` whose settings stay: here or there. `account` is the self that parts, 0 for the
    caller's; with `leave` it takes nothing along.
    """

    verb: ClassVar[str] = "link"
    command: ClassVar[Command] = Command(
        "link",
        "Be one person on Slack and Discord: one list, one morning message",
        ("", "WDJBM-JHTQR-KPXCF", "digest: here", "unlink"),
        title="Link",
    )
    code: str = option(
        "Code",
        "What I gave your other self; nothing for a code to enter there",
        rest=True,
        max_length=60,
    )
    digest: str = option(
        "Digest", "Where your one morning message comes", Kind.CHOICE, choices=("here",)
    )
    do: str = ""
    code_id: int = 0
    keep: str = ""
    account: int = 0
    leave: bool = False


@dataclass(frozen=True)
class Help(Request):
    """How to use the bot."""

    verb: ClassVar[str] = "help"
    command: ClassVar[Command] = Command("help", "How this works", ("", "add"))
    topic: str = option("Command", "The command to explain", Kind.COMMAND, aliases=("command",))
