"""What people ask about clubs. `club` is its id; 0 for the one of the channel, or the only one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.domain.clubs.words import Sharing
from core.domain.words import Pace
from core.language import LANGUAGES
from core.options import Command, Kind, Request, option
from core.requests.base import YES_NO

NAME_LIMIT = 60
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WHEN_LIMIT = 30


@dataclass(frozen=True)
class ClubRequest(Request):
    """A request about one club."""

    club: int = 0


@dataclass(frozen=True)
class Club(ClubRequest):
    """How things stand in the club."""

    verb: ClassVar[str] = "club"
    about_room: ClassVar[bool] = True
    command: ClassVar[Command] = Command(
        "club show", "Your club: this week, your goal, what it sees of you"
    )


@dataclass(frozen=True)
class ClubSetup(ClubRequest):
    """Make this channel a club's, or change the club. `seen` is its revision as the form shows it.

    `filled` says that it comes from the form.
    """

    verb: ClassVar[str] = "club-setup"
    about_room: ClassVar[bool] = True
    command: ClassVar[Command] = Command(
        "club setup",
        "Make this channel a club, or change it",
        ("", "Tuesday Club, kickoff: Monday 9:00, wrapup: Friday 16:00", "midweek: Wednesday noon"),
        title="Your club",
    )
    name: str = option("Name", "What the club is called", max_length=NAME_LIMIT, rest=True)
    zone: str = option(
        "Time zone", "Start typing a city", Kind.ZONE, max_length=60, aliases=("time zone",)
    )
    kickoff: str = option(
        "Kickoff",
        "When the week begins, as Monday 9:00",
        max_length=WHEN_LIMIT,
        hints=("Monday 9:00", "Monday 12:00", "Sunday 18:00", "Tuesday 9:00"),
    )
    wrapup: str = option(
        "Wrap-up",
        "When the week is summed up, as Friday 16:00",
        max_length=WHEN_LIMIT,
        aliases=("wrap-up", "wrap up"),
        hints=("Friday 16:00", "Friday 12:00", "Thursday 16:00", "Saturday 10:00"),
    )
    pace: str = option("Pace", "The pace that new members begin with", Kind.CHOICE, choices=Pace)
    midweek: str = option(
        "Midweek",
        "A line in between, as Wednesday 12:00; or no",
        max_length=WHEN_LIMIT,
        hints=("Wednesday 12:00", "Wednesday 9:00", "Thursday 9:00", "no"),
    )
    week: str = option("Week", "The day on which weeks begin", Kind.CHOICE, choices=DAYS)
    language: str = option(
        "Language", "The one I speak in its channel", Kind.CHOICE, choices=tuple(LANGUAGES.values())
    )
    seen: int = 0


@dataclass(frozen=True)
class ClubAnnounce(ClubRequest):
    """Let the channel know that it has a club now."""

    verb: ClassVar[str] = "club-announce"
    about_room: ClassVar[bool] = True


@dataclass(frozen=True)
class ClubMove(ClubRequest):
    """Bring a club to this channel: a question at first, and with `sure` its answer."""

    verb: ClassVar[str] = "club-move"
    about_room: ClassVar[bool] = True
    command: ClassVar[Command] = Command("club move", "Bring your club to this channel")
    sure: bool = False


@dataclass(frozen=True)
class ClubStop(ClubRequest):
    """Stop a club: a question at first, and with `sure` its answer; with `go` it goes on again."""

    verb: ClassVar[str] = "club-stop"
    about_room: ClassVar[bool] = True
    command: ClassVar[Command] = Command("club stop", "Stop the club in this channel")
    sure: bool = False
    go: bool = False


@dataclass(frozen=True)
class ClubGoOn(ClubRequest):
    """What organizers answer when the club is asked whether to go on."""

    verb: ClassVar[str] = "club-go-on"
    about_room: ClassVar[bool] = True
    stop: bool = False


@dataclass(frozen=True)
class ClubJoin(ClubRequest):
    """Join, or change what the club sees: told first, and then asked how much.

    `kept` is what was typed before that question.
    """

    verb: ClassVar[str] = "club-join"
    command: ClassVar[Command] = Command(
        "club join",
        "Join the club here, or change what it sees of you",
        ("", "streak", "hidden", "name: Dana"),
        title="Join the club",
    )
    show: str = option(
        "Show",
        "What the club sees: counts, counts with your streak, or no name",
        Kind.CHOICE,
        choices=Sharing,
    )
    matches: str = option(
        "Tell of matches",
        "Hear privately when somebody in the club pursues the same organization",
        Kind.CHOICE,
        choices=YES_NO,
    )
    name: str = option("Name", "How the club knows you", max_length=NAME_LIMIT)
    kept: int = 0


@dataclass(frozen=True)
class ClubLeave(ClubRequest):
    """Leave: a question at first, and with `sure` its answer."""

    verb: ClassVar[str] = "club-leave"
    command: ClassVar[Command] = Command(
        "club leave", "Leave the club: you are off its board at once"
    )
    sure: bool = False


@dataclass(frozen=True)
class ClubGoal(ClubRequest):
    """Pick how many pings to make this week."""

    verb: ClassVar[str] = "club-goal"
    command: ClassVar[Command] = Command(
        "club goal", "How many pings you want to make this week", ("5",), title="Your goal"
    )
    pings: str = option(
        "Pings",
        "A number from 1 to 50",
        Kind.NUMBER,
        max_length=3,
        hints=("3", "5", "8", "10", "15", "20"),
    )


@dataclass(frozen=True)
class ClubTotals(ClubRequest):
    """The club in numbers, for those who look after it."""

    verb: ClassVar[str] = "club-totals"
    about_room: ClassVar[bool] = True
    command: ClassVar[Command] = Command(
        "club totals", "For organizers: the club in numbers, with a file"
    )
