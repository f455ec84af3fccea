"""How fast messages may go out: lanes with a pace each, so that no platform has to say "slow down".

A lane is what a platform limits together: one workspace, or the first messages to people there.
The arithmetic is the generic cell rate algorithm (a leaky bucket that is one instant): a lane's
`free_at` is when it will have recovered from everything it let through.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Pace:
    """So many a second in the long run, and at most `burst` at once."""

    per_second: float
    burst: int

    @property
    def interval(self) -> timedelta:
        """The time that one message takes up."""
        return timedelta(seconds=1 / self.per_second)

    @property
    def slack(self) -> timedelta:
        """How far ahead of its pace a lane may be."""
        return (self.burst - 1) * self.interval


@dataclass(frozen=True)
class Manners:
    """What is kind to one platform.

    - `pace`: messages to the people of one workspace.
    - `first`: messages to people there who have no conversation with the bot yet.
    - `refusals`: answers of the platform that it counts against a bot.
    """

    pace: Pace
    first: Pace
    refusals: Pace | None = None


def let_through(
    pace: Pace, free_at: datetime | None, now: datetime, wanted: int
) -> tuple[int, datetime]:
    """How many of `wanted` may go now, and the lane's `free_at` afterwards."""
    start = max(free_at or now, now)
    room = (now + pace.slack - start) // pace.interval + 1
    granted = max(0, min(wanted, room))
    return granted, start + granted * pace.interval


def turns(
    pace: Pace, free_at: datetime | None, now: datetime, wanted: int
) -> tuple[list[datetime], datetime]:
    """When each of `wanted` has its turn, and the lane's `free_at` after all of them."""
    start = max(free_at or now, now)
    found = [max(now, start - pace.slack + n * pace.interval) for n in range(wanted)]
    return found, start + wanted * pace.interval


def held_until(pace: Pace, free_at: datetime | None, until: datetime) -> datetime:
    """The lane's `free_at` when nothing may go before `until`, and no burst follows."""
    return max(free_at or until, until + pace.slack)
