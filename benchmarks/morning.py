"""One morning: everybody who is due gets a digest, in a process of its own.

`python -m benchmarks.morning HOW URL` with HOW one of

- `bare`: plan, claim and finish, in batches; no message is composed
- `packed`: with every message composed
- `carried`: by the courier as the bot runs it, to a platform that takes everything at once
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr
from datetime import timedelta
from pathlib import Path

from benchmarks.histories import NOW
from benchmarks.measuring import Probe, memory_now, memory_peak, say, since
from bot.clock import Clock
from bot.courier import Courier
from bot.logs import set_up_logs
from bot.memory import settle
from bot.settings import Settings
from core.caller import Platform
from core.domain.deliveries import Delivered, Outcome, Parcel
from core.mailroom import Mailroom
from core.reply import Message
from core.store.database import Store
from core.store.deliveries import Delivery

EVERYWHERE = list(Platform)
FIRST_MANY = 10_000
"""The longest that the loop is blocked is told for so many digests, and for all of them."""


class Instant:
    """A platform that takes everything at once and loses nothing."""

    def __init__(self, at_first_many: Callable[[], None]) -> None:
        self._at_first_many = at_first_many
        self._sent = 0

    async def send(self, parcel: Parcel) -> Outcome:
        """Take it."""
        self._sent += 1
        if self._sent == FIRST_MANY:
            self._at_first_many()
        return taken(parcel)

    async def find(self, parcel: Parcel) -> Outcome | None:
        """Nothing is ever in doubt here."""
        return None


def taken(parcel: Parcel) -> Delivered:
    """What a platform answers that has taken a parcel."""
    return Delivered(parcel.channel or f"C{parcel.person.user}", f"m{parcel.id}")


async def bare(mailroom: Mailroom) -> int:
    """Plan, claim and finish without a message; how many were delivered."""
    await mailroom.plan()
    delivered = 0
    while claimed := await mailroom.claim(EVERYWHERE):
        parcels = [unpacked(delivery) for delivery in claimed]
        await mailroom.finish([(parcel, taken(parcel)) for parcel in parcels])
        delivered += len(parcels)
    return delivered


async def packed(mailroom: Mailroom) -> int:
    """Plan, claim, compose and finish; how many were delivered."""
    await mailroom.plan()
    delivered = 0
    while claimed := await mailroom.claim(EVERYWHERE):
        parcels = await mailroom.pack(claimed)
        await mailroom.finish([(parcel, taken(parcel)) for parcel in parcels])
        delivered += len(parcels)
    return delivered


async def carried(
    mailroom: Mailroom, clock: Clock, at_first_many: Callable[[], None] = lambda: None
) -> int:
    """Plan, and let the courier carry; how many arrived."""
    await mailroom.plan()
    return await courier_of(mailroom, clock, at_first_many).run()


def courier_of(mailroom: Mailroom, clock: Clock, at_first_many: Callable[[], None]) -> Courier:
    """The bot's courier, with a platform that takes everything at once."""
    instant = Instant(at_first_many)
    return Courier(mailroom, dict.fromkeys(EVERYWHERE, instant), clock.now, settled=clock.settled)


def unpacked(delivery: Delivery) -> Parcel:
    """A parcel whose message nobody has composed."""
    return Parcel(
        id=delivery.id,
        key=delivery.key,
        to=delivery.to,
        account_id=delivery.account_id,
        channel=delivery.channel,
        message=Message(()),
        attempt=delivery.attempts + 1,
        lane=delivery.lane,
    )


def morning_clock(late: timedelta = timedelta(0)) -> Clock:
    """A clock that stands at the hour of all who are due, and goes."""
    return Clock(NOW + late)


def log_as_the_bot_does() -> None:
    """A line for each delivery, written and thrown away."""
    nowhere = Path(os.devnull).open("w")  # noqa: SIM115 - it stays open for the lines
    with redirect_stderr(nowhere):
        set_up_logs(Settings.model_validate({"database_url": "sqlite://", "log_level": "INFO"}))


async def measured(how: str, url: str) -> None:
    """Have the morning, and print what it took."""
    store, clock = Store(url), morning_clock()
    mailroom = Mailroom(store, clock.now)
    settle()
    probe, blocked = Probe(), list[float]()
    ways = {
        "bare": lambda: bare(mailroom),
        "packed": lambda: packed(mailroom),
        "carried": lambda: carried(mailroom, clock, lambda: blocked.append(probe.worst)),
    }
    at_first, began = memory_now(), time.monotonic()
    async with probe:
        delivered = await ways[how]()
    seconds = since(began)
    await store.close()
    say(
        delivered=delivered,
        seconds=seconds,
        blocked=probe.worst,
        blocked_at_first=blocked[0] if blocked else probe.worst,
        at_first=at_first,
        peak=memory_peak(),
    )


def main(arguments: Sequence[str]) -> None:
    """Run it."""
    how, url = arguments
    if how == "carried":
        log_as_the_bot_does()
    asyncio.run(measured(how, url))


if __name__ == "__main__":
    main(sys.argv[1:])
