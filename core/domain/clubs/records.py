"""Clubs and who belongs to them, as frozen records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from core.caller import Room
from core.domain.clubs.weeks import Event, EventKind, Schedule, WeekTime, last_day
from core.domain.clubs.words import PostKind, Sharing
from core.domain.hours import local_day, zone_of
from core.domain.words import Pace
from core.language import N_

MONDAY_NINE = WeekTime(0, time(9))
FRIDAY_FOUR = WeekTime(4, time(16))
DEFAULT_NAME = N_("Job club")


@dataclass(frozen=True)
class Club:
    """One channel whose members keep each other at it.

    - `pace`: what new members begin with.
    - `language`: the code of the one that its channel reads.
    - `coming`: the next event of its week; None while it is stopped.
    - `begun`: the last week that had its kickoff.
    - `shut`: why nothing can be written in the channel, "" while it can.
    - `quiet`: weeks in a row without a ping; `asked` once whether to go on.
    - `revision`: grows with every change of what was set.
    """

    id: int
    room: Room
    name: str = DEFAULT_NAME
    zone: str = "UTC"
    week_start: int = 0
    kickoff: WeekTime = MONDAY_NINE
    midweek: WeekTime | None = None
    wrapup: WeekTime = FRIDAY_FOUR
    pace: Pace = Pace.STEADY
    language: str = ""
    revision: int = 1
    coming: Event | None = None
    begun: date | None = None
    shut: str = ""
    quiet: int = 0
    asked: bool = False

    @property
    def schedule(self) -> Schedule:
        """When its week has its moments."""
        return Schedule(
            zone_of(self.zone), self.week_start, self.kickoff, self.midweek, self.wrapup
        )

    @property
    def runs(self) -> bool:
        """Whether it goes on: nobody has stopped it."""
        return self.coming is not None

    def today(self, now: datetime) -> date:
        """The club's own calendar day."""
        return local_day(now, zone_of(self.zone))

    def at(self, event: Event | None) -> Club:
        """The same with another event to come."""
        return replace(self, coming=event)


@dataclass(frozen=True)
class Membership:
    """One member in one club, and what they agreed to. `skips` is a week without a buddy."""

    id: int
    club_id: int
    member_id: int
    account_id: int
    joined_on: date
    name: str = ""
    sharing: Sharing = Sharing.COUNTS
    matches: bool = False
    buddy: bool = False
    skips: date | None = None
    unanswered: int = 0
    nudge_after: int = 0
    alum: bool = False
    streak: int = 0

    @property
    def wants_nudges(self) -> bool:
        """Whether a buddy may be told of days of silence: only of who wants buddies."""
        return self.buddy and self.nudge_after > 0


@dataclass(frozen=True)
class Entry:
    """One member's week: the goal they picked, and what was made of what was due so far.

    `streak` is in weeks, this one included.
    """

    membership_id: int
    week: date
    goal: int | None = None
    made: int | None = None
    due: int | None = None
    streak: int = 0


@dataclass(frozen=True)
class WeekTotals:
    """What a week came to for the club as a whole.

    `settled`: the next week has begun, so streaks have been reckoned with it.
    """

    week: date
    members: int
    goals: int
    reached: int
    made: int
    due: int
    groups: dict[str, int]
    settled: bool = False


@dataclass(frozen=True)
class Post:
    """What a member lets the bot say to their club. `organization` of an ask, `text` of a win."""

    id: int
    club_id: int
    member_id: int
    account_id: int
    kind: PostKind
    organization: str = ""
    text: str = ""
    named: bool = False
    name: str = ""
    closed: bool = False


@dataclass(frozen=True)
class Buddy:
    """One member's part in this week's pair."""

    id: int
    club_id: int
    membership_id: int
    week: date
    pair: int
    answered: bool = False
    nudges: bool | None = None
    nudged_on: date | None = None


def deadline(club: Club, week: date) -> date:
    """The last day on which a ping counts for the board of that week."""
    days = club.wrapup.from_start(club.week_start)[0]
    return min(week.fromordinal(week.toordinal() + days), last_day(week))


__all__ = [
    "Buddy",
    "Club",
    "Entry",
    "EventKind",
    "Membership",
    "Post",
    "WeekTotals",
    "deadline",
]
