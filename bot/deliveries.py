"""`python -m bot deliveries`: what is late, held or dead and why, and another try.

It shows opaque ids, days and reasons, and nothing of a member. It runs beside the bot, which sends
what was put back with its next tick.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.clock import Clock
from bot.database_trouble import unreachable
from bot.settings import Settings
from core.domain.deliveries import State
from core.overview import Overview
from core.store.database import DATABASE_ERRORS, Store
from core.store.overview import Listed, Standing

ALL = "all"
LIMIT = 50
_ID = re.compile(r"d?([0-9]{1,18})(?:-[0-9]+)?")
_NOT_CURRENT = (
    "The database is empty or of another version. Start the bot once: it brings it up to date."
)
_NOT_THERE = "There is no database yet: DATABASE_URL names a file that doesn't exist."
_NOTHING = {
    Standing.LATE: "Nothing is late.",
    Standing.HELD: "Nothing is held.",
    Standing.DEAD: "Nothing is dead.",
}
_HEAD = ("delivery", "platform", "day", "state", "attempts", "late by", "reason")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser("deliveries", help="list what did not arrive, or try it again")
    parser.add_argument(
        "--state", choices=[*Standing, ALL], default=ALL, help="which to list (default: all)"
    )
    parser.add_argument(
        "--limit", type=_limit, default=LIMIT, help=f"the most of each to list (default: {LIMIT})"
    )
    again = parser.add_mutually_exclusive_group()
    again.add_argument(
        "--retry",
        nargs="+",
        type=_id,
        metavar="ID",
        default=[],
        help="try these again, as 17 or d17-1795503600",
    )
    again.add_argument(
        "--retry-all",
        choices=[State.HELD.value, State.DEAD.value],
        help="try all of today's again that are held or dead",
    )


async def deliveries(
    settings: Settings,
    state: str = ALL,
    limit: int = LIMIT,
    retry: Sequence[int] = (),
    retry_all: str | None = None,
) -> int:
    """List what is late, held or dead, or have some tried again.

    0 when that was done; 1 when the database can't be used or one of `retry` was refused.
    """
    if _is_missing(settings.database_url):
        return _say([_NOT_THERE], 1)
    store = Store(settings.database_url, keys=settings.keys)
    clock = Clock(settings.squeaky_now)
    overview = Overview(store, clock.now)
    try:
        if not await overview.is_current():
            return _say([_NOT_CURRENT], 1)
        if retry:
            return await _retried(overview, retry)
        if retry_all:
            count = await overview.retry_all(State(retry_all))
            return _say([f"{count} of today's that were {retry_all} will be tried again."])
        wanted = list(Standing) if state == ALL else [Standing(state)]
        return await _listed(overview, wanted, limit, clock.now())
    except DATABASE_ERRORS as error:
        return _say([unreachable(error)], 1)
    finally:
        await store.close()


async def _retried(overview: Overview, ids: Sequence[int]) -> int:
    found = await overview.retry(ids)
    lines = [
        f"{id}: {f'not tried again: {why}' if why else 'will be tried again'}"
        for id, why in found.items()
    ]
    return _say(lines, 1 if any(found.values()) else 0)


async def _listed(overview: Overview, wanted: Iterable[Standing], limit: int, now: datetime) -> int:
    lines: list[str] = []
    rows: list[tuple[str, ...]] = []
    for standing in wanted:
        found = await overview.listed(standing, limit)
        rows += [_row(one, now) for one in found]
        if not found:
            lines.append(_NOTHING[standing])
        if len(found) == limit:
            lines.append(f"There may be more that are {standing}: --limit {2 * limit} shows them.")
    return _say([*(_table([_HEAD, *rows]) if rows else []), *lines])


def _row(one: Listed, now: datetime) -> tuple[str, ...]:
    state = "waiting" if one.state is State.QUEUED else one.state.value
    late = _span(now - one.planned_at)
    reason = " ".join(one.reason.split())
    return one.key, one.platform.value, one.day.isoformat(), state, str(one.attempts), late, reason


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]


def _span(span: timedelta) -> str:
    """As 3 d 4 h, 4 h 05 min or 5 min."""
    minutes = max(0, int(span.total_seconds() // 60))
    hours, days = minutes // 60, minutes // (24 * 60)
    if days:
        return f"{days} d {hours % 24} h"
    return f"{hours} h {minutes % 60:02} min" if hours else f"{minutes} min"


def _is_missing(database_url: str) -> bool:
    """Whether it is a SQLite file that isn't there: to look would make it."""
    url = make_url(database_url)
    return url.get_backend_name() == "sqlite" and not Path(url.database or "").exists()


def _id(text: str) -> int:
    found = _ID.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no delivery such as 17 or d17-1795503600")
    return int(found[1])


def _limit(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 10_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 10000")
    return int(text)


def _say(lines: Iterable[str], code: int = 0) -> int:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return code
