"""Sends a second through the platform's real client: `python -m benchmarks.sends PLATFORM COUNT`.

The messages are a digest as the mailroom composes it; the platform runs in another process, without
limits. As many are under way at once as the courier has.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from adapters.discord.service import DiscordService
from adapters.slack.service import SlackService
from benchmarks.measuring import child, say, since
from benchmarks.morning import EVERYWHERE, morning_clock
from bot.clock import Clock
from bot.courier import AT_ONCE
from bot.memory import settle
from core.caller import Account, Caller, Platform
from core.desk import Desk
from core.domain.deliveries import Delivered, Parcel
from core.mailroom import Mailroom
from core.reply import Message
from core.store.database import Store
from core.store.upgrade import upgrade

PEOPLE = 200
WARM_UP = 200
LINES = (
    "add Dana Lee @ Acme re: platform role, email, tomorrow",
    "add Omar Haddad @ Borealis re: data lead, linkedin, urgent, tomorrow",
    "add Ines Moreau @ Cobalt, phone, tomorrow",
)


async def digest() -> Message:
    """The digest of somebody with three pings due, as the mailroom composes it."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{Path(folder) / 'one.sqlite3'}")
        await upgrade(store)
        clock = morning_clock()
        desk, mailroom = Desk(store, clock.now), Mailroom(store, clock.now)
        for number, line in enumerate(LINES):
            await desk.line(line, Caller(Account(Platform.WEB, "", "1"), str(number), zone="UTC"))
        clock.move_to(clock.now() + timedelta(days=1))
        await mailroom.plan()
        (parcel,) = await mailroom.pack(await mailroom.claim(EVERYWHERE))
        await store.close()
    return parcel.message


def service_of(platform: str, there: dict[str, Any], desk: Desk, clock: Clock) -> Any:
    """The adapter, as a process has it that only delivers."""
    if platform == "slack":
        return SlackService(
            bot_token=there["token"],
            desk=desk,
            now=clock.now,
            app_token="xapp-1-unused",
            api_url=there["url"],
            listens=False,
        )
    gateway = there["gateway"]
    return DiscordService(there["token"], desk, clock.now, there["url"], gateway, listens=False)


def parcels(platform: str, users: list[list[str]], message: Message) -> Iterator[Parcel]:
    """One after another, to everybody in turn, each with a key of its own."""
    number = 0
    while True:
        user, channel = users[number % len(users)]
        number += 1
        account = Account(Platform(platform), "T1" if platform == "slack" else "", user)
        first = Parcel(number, f"d{number}-1", account, number, channel, message)
        yield replace(first, attempt=1)


async def measured(platform: str, count: int) -> None:
    """Send them all, and print how long it took."""
    message, clock = await digest(), morning_clock()
    async with child("platform", platform, str(PEOPLE)) as server:
        there = await server.line()
        service = service_of(platform, there, Desk(Store("sqlite://"), clock.now), clock)
        await service.start()
        made = parcels(platform, there["users"], message)
        await _sent(service, made, WARM_UP)
        settle()
        began, cpu = time.monotonic(), time.process_time()
        await _sent(service, made, count)
        seconds, cpu = since(began), time.process_time() - cpu
        await service.stop()
    say(sent=count, seconds=seconds, cpu=cpu)


async def _sent(service: Any, made: Iterator[Parcel], count: int) -> None:
    left = iter(range(count))

    async def carrier() -> None:
        for _ in left:
            outcome = await service.messenger.send(next(made))
            assert isinstance(outcome, Delivered), outcome

    await asyncio.gather(*(carrier() for _ in range(AT_ONCE)))


def main(arguments: Sequence[str]) -> None:
    """Run it."""
    platform, count = arguments
    asyncio.run(measured(platform, int(count)))


if __name__ == "__main__":
    main(sys.argv[1:])
