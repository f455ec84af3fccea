"""What SECRET_KEY costs: the same commands and digests on two databases, one of them sealed.

`python -m benchmarks.sealed [KIND…]`: both are filled alike, one is sealed by `reseal`, and they
are asked in turns, so that a busy machine is busy for both.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
import time
from collections.abc import Sequence

from benchmarks.commands import commands
from benchmarks.databases import KINDS, Databases, databases
from benchmarks.loading import fill, reset
from benchmarks.measuring import median, since
from benchmarks.morning import EVERYWHERE, log_as_the_bot_does, morning_clock
from benchmarks.population import Size
from bot.memory import settle
from core.desk import Desk
from core.mailroom import Mailroom
from core.store.database import Store
from core.store.resealing import reseal
from core.store.sealing import NO_KEYS, Keys

SIZE = Size(2_000, 400)
ROUNDS, COMMANDS, TOGETHER = 8, 50, 25


async def measured(made: Databases, kind: str) -> None:
    """Fill, seal, ask, and print the medians."""
    urls = [await made.bare(kind), await made.bare(kind)]
    for url in urls:
        await fill(url, SIZE)
        await reset(url, SIZE)
    keys = (NO_KEYS, Keys(secrets.token_urlsafe(32)))
    stores = [Store(url, keys=one) for url, one in zip(urls, keys, strict=True)]
    began = time.monotonic()
    rows = (await reseal(stores[1])).proven
    print(f"{kind}: {rows:,} rows sealed and read back, {rows / since(began):,.0f}/s")
    sizes = [await made.size_of(kind, url) / 1e6 for url in urls]
    _tell(kind, "megabytes on disk", sizes, "MB")
    clock = morning_clock()
    packed = await _packed([Mailroom(store, clock.now) for store in stores])
    _tell(kind, "processor time to compose a digest of three pings", packed, "ms")
    desks = [Desk(store, clock.now) for store in stores]
    settle()
    found: list[tuple[list[float], list[float]]] = [([], []), ([], [])]
    for number in range(-1, ROUNDS):
        for desk, (adds, lists) in zip(desks, found, strict=True):
            some = await commands(desk, COMMANDS, SIZE.members, os.getpid() + number)
            if number >= 0:  # the first ones load and compile everything
                adds += some[0]
                lists += some[1]
    for place, name in enumerate(("add", "list")):
        _tell(kind, f"p50 of `{name}`", [1e3 * median(one[place]) for one in found], "ms")
    for store in stores:
        await store.close()


async def _packed(mailrooms: Sequence[Mailroom]) -> list[float]:
    """Milliseconds of processor time for each digest: read, composed and written down."""
    claimed = []
    for mailroom in mailrooms:
        await mailroom.plan()
        claimed.append(await mailroom.claim(EVERYWHERE, SIZE.due))
    took: list[list[float]] = [[] for _ in mailrooms]
    for start in range(0, SIZE.due, TOGETHER):
        for place, mailroom in enumerate(mailrooms):
            some = claimed[place][start : start + TOGETHER]
            began = time.process_time()
            await mailroom.pack(some)
            took[place].append(1e3 * (time.process_time() - began) / len(some))
    return [median(one[1:]) for one in took]


def _tell(kind: str, what: str, both: Sequence[float], unit: str) -> None:
    plain, sealed = both
    change = 100 * (sealed / plain - 1)
    print(f"{kind}: {what}: {plain:.2f} {unit} plain, {sealed:.2f} {unit} sealed ({change:+.0f} %)")


async def main(kinds: Sequence[str]) -> None:
    """Measure on databases of these kinds."""
    log_as_the_bot_does()
    async with databases() as made:
        for kind in kinds or KINDS:
            await measured(made, kind)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
