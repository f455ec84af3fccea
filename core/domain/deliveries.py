"""Deliveries: messages that the bot owes to somebody, and what a platform answered.

States: queued → sending (under a lease) → sent | held | dead | dropped. What was `sending` when its
process died, or whose answer never came, is looked for on the platform before it is sent again.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeAlias

from core.caller import Account, Room
from core.reply import File, Message


class State(StrEnum):
    """Where a delivery stands. One is dropped when nothing was due any more at its turn."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    HELD = "held"
    DEAD = "dead"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Delivered:
    """The platform has it. `channel` and `message` name it there.

    `refused`, here and below: how many requests for it the platform refused, which some count.
    """

    channel: str
    message: str
    refused: int = 0


@dataclass(frozen=True)
class Held:
    """Can't reach the person now (DMs closed, account inactive); kept until they speak to us.

    `parted`: the bot was removed from where it met them. If that lasts, their data is erased,
    unless they added the bot to their own account.
    """

    reason: str
    parted: bool = False
    refused: int = 1


@dataclass(frozen=True)
class Dead:
    """Will never arrive, and why."""

    reason: str
    refused: int = 0


def key_of(id: int, planned_at: datetime) -> str:
    """A delivery's own name on a platform and in the log, at most 25 characters; never used twice.

    The hour is in it because a database may give an id again.
    """
    return f"d{id}-{int(planned_at.timestamp())}"


class Reach(StrEnum):
    """Whom else a platform's "not now" concerns."""

    PARCEL = "parcel"
    LANE = "lane"
    WORKSPACE = "workspace"


@dataclass(frozen=True)
class Later:
    """Certainly not sent; try again after so many seconds, and so for all that it reaches.

    `limited`: the platform said that we are too fast.
    """

    seconds: float
    reason: str
    reach: Reach = Reach.PARCEL
    limited: bool = False
    refused: int = 1


@dataclass(frozen=True)
class Unknown:
    """The answer was lost: it may be there or not. Look for it before sending again."""

    reason: str
    refused: int = 0


Outcome: TypeAlias = Delivered | Held | Dead | Later | Unknown


@dataclass(frozen=True)
class Parcel:
    """One claimed delivery, ready to go.

    - `key`: this delivery's own name on the platform (at most 25 characters, never used twice for
      different messages).
    - `to`: one person, or a room that several people see.
    - `account_id`: the account's id at the desk, 0 for a room; adapters pass it through.
    - `channel`: the private channel used before, or ""; of a room, its own.
    - `doubtful_since`: when an earlier attempt began whose end is unknown; None for a first try.
    - `attempt`: which attempt this is, from 1; only the newest may write down what came of it.
    - `lane`: what it is paced with; see `core.domain.pacing`.
    - `planned_at`: when it should have gone out; None for what has no hour.
    - `over`: its day is over, so that it may be looked for and must not be sent any more.
    - `files`: pictures that are part of the message.
    """

    id: int
    key: str
    to: Account | Room
    account_id: int
    channel: str
    message: Message
    doubtful_since: datetime | None = None
    attempt: int = 1
    lane: str = ""
    planned_at: datetime | None = None
    over: bool = False
    files: tuple[File, ...] = ()

    @property
    def person(self) -> Account:
        """Whom it is for, where that is one person. Raises TypeError for a room."""
        if isinstance(self.to, Account):
            return self.to
        raise TypeError("a room is no person")


class Messenger(Protocol):
    """An adapter as the courier sees it: messages to one person, or into a room."""

    async def send(self, parcel: Parcel) -> Outcome:
        """Send once. Never raises for what a platform or network does; never retries by itself."""
        ...

    async def find(self, parcel: Parcel) -> Outcome | None:
        """Look for an earlier attempt of this parcel.

        Returns Delivered when it is there, None when sending it cannot make it two, and Unknown
        when the platform could not say: the doubt stays.
        """
        ...


class Attendance(Protocol):
    """An adapter as whoever asks about rooms sees it: roll calls, and closings of clubs."""

    async def present(self, room: Room, users: Collection[str]) -> frozenset[str] | None:
        """Those of these people who are in the room now and can read it.

        None when the platform did not say: nobody is taken for gone. Never raises for what a
        platform or network does.
        """
        ...

    async def writable(self, room: Room) -> bool | None:
        """Whether the room is there and the bot in it.

        None when the platform did not say. Never raises for what a platform or network does.
        """
        ...
