"""Whether the database is there, can be written, and has a schema that we know."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from sqlalchemy import text

from bot.checks.machine import is_known
from bot.checks.report import Report
from bot.database_trouble import unreachable
from core.overview import Overview
from core.store.database import DATABASE_ERRORS, Store
from core.store.schema import Age, too_new
from core.store.seals import Seal, SealProblem, look

WHAT = "database"
PATIENCE = 10.0
"""Seconds to wait for one's turn to write."""
_NOT_WHOLE = (
    "Not all in it is sealed with the first key of SECRET_KEY yet: python -m bot reseal does that."
)
LOCKED = sqlite3.OperationalError("locked")
LOCKED.sqlite_errorname = "SQLITE_BUSY"


class _Enough(Exception):
    """Ends a transaction that was to leave nothing."""


async def database_report(store: Store, overview: Overview) -> Report:
    """Read, write, and take back what was written."""
    file = Path(str(store.engine.url.database)) if store.is_sqlite else None
    if file is not None and not file.exists():
        return _to_be_made(file)
    try:
        revision, age = await overview.schema()
        if age is Age.NEWER:
            return Report(WHAT, (f"DATABASE_URL: {too_new(revision)}",))
        async with asyncio.timeout(PATIENCE):
            await _write(store)
        if age is not Age.CURRENT:
            return Report(WHAT, notes=("The next start of the bot brings its tables up to date.",))
        async with store.reading() as session:
            seal = await look(session, store.keys)
        strange = _strange(await overview.zones())
        fine = f"ok, {_kind(store)}, schema {revision}, {_sealed(seal)}"
        notes = () if seal.whole else (_NOT_WHOLE,)
        return Report(WHAT, strange, notes, fine=fine, is_current=True)
    except SealProblem as problem:
        return Report(WHAT, (str(problem),))
    except TimeoutError:
        return Report(WHAT, (unreachable(LOCKED),))
    except DATABASE_ERRORS as error:
        return Report(WHAT, (unreachable(error),))


def _to_be_made(file: Path) -> Report:
    folder = file.absolute().parent
    if not folder.is_dir():
        return Report(WHAT, (f"DATABASE_URL: there is no folder {folder}; make it",))
    if not os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        return Report(
            WHAT, (f"DATABASE_URL: the folder {folder} can't be written; see whose it is",)
        )
    return Report(WHAT, fine="ok, the first start makes it")


async def _write(store: Store) -> None:
    """Make a table and take it back: what it takes to begin with, and nothing is left of it."""
    with suppress(_Enough):
        async with store.writing() as session:
            await session.execute(text("CREATE TABLE squeaky_check (x INTEGER)"))
            raise _Enough


def _strange(zones: Collection[str]) -> tuple[str, ...]:
    """A sentence for each zone of members that this computer doesn't know."""
    return tuple(
        f"Members live in {zone}, a time zone that this computer doesn't know: install newer time "
        "zone data (pip install --upgrade tzdata), or their digests wait."
        for zone in sorted(zones)
        if not is_known(zone)
    )


def _sealed(seal: Seal) -> str:
    return f"sealed with the key {', '.join(seal.keys)}" if seal.keys else "not sealed"


def _kind(store: Store) -> str:
    return "SQLite" if store.is_sqlite else "PostgreSQL"
