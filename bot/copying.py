"""`python -m bot copy FROM TO`: everything from one database to another, and the proof of it."""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
from contextlib import aclosing, suppress
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from core.store.copying import TABLES, CopyProblem, copy_all, source_of, target_of
from core.store.database import DATABASE_ERRORS, Store, async_url
from core.store.schema import newest
from core.store.sealing import NO_KEYS, CannotOpen, Keys

_WIDTH = max(len(table.name) for table in TABLES)
_FORM = "write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser("copy", help="copy everything from one database to another")
    parser.add_argument("source", type=_address, metavar="FROM", help=_FORM)
    parser.add_argument("target", type=_address, metavar="TO", help="an empty one, written so too")
    parser.add_argument(
        "--live",
        action="store_true",
        help="even if FROM is in use: what is written to it meanwhile stays behind",
    )


async def copy(source: str, target: str, *, live: bool = False, keys: Keys = NO_KEYS) -> int:
    """Copy and tell of each table. 0 when TO has all that FROM has; 1, and TO is empty, if not.

    Both are opened with the same keys; what is written is sealed with the first.
    """
    origin, place = make_url(source), make_url(target)
    if _is_same(origin, place):
        return _failed("FROM and TO are the same database.")
    if _is_missing(origin):
        return _failed("There is no database at FROM.")
    _make_private(place)
    stores = Store(source, patient=True, keys=keys), Store(target, patient=True, keys=keys)
    try:
        return await _copied(*stores, live=live)
    except CopyProblem as problem:
        return _failed(str(problem))
    finally:
        for store in stores:
            await store.close()


async def _copied(source: Store, target: Store, *, live: bool) -> int:
    rows = 0
    name = "FROM"
    try:
        async with source_of(source, live=live) as there:
            name = "TO"
            async with target_of(target) as here, aclosing(copy_all(there, here)) as told:
                _say(f"{'table':<{_WIDTH}}  {'rows':>10}  checksum")
                async for table, found in told:
                    rows += found.rows
                    if found.rows:
                        _say(f"{table:<{_WIDTH}}  {found.rows:>10,}  {found.checksum}")
    except CannotOpen as error:
        raise CopyProblem(f"FROM has text that can't be opened: {error}.") from None
    except (*DATABASE_ERRORS, sqlite3.Error) as error:
        raise CopyProblem(_unusable(name, error)) from None
    _say(
        f"{len(TABLES)} tables with {rows:,} rows, schema {newest()}: read back from TO, and the "
        "same as in FROM."
    )
    if live:
        _say("What was written to FROM since this began is not in TO.")
    _say("Set DATABASE_URL to TO and start the bot. Keep FROM until all is well.")
    return 0


def _unusable(name: str, error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    if "locked" in str(cause):
        return f"{name} is in use: stop the bot, or whatever else uses it."
    return (
        f"{name} can't be used ({type(cause).__name__}): check that it runs, that the name and "
        "password are right and that its folder can be written."
    )


def _is_same(one: URL, other: URL) -> bool:
    files = _file(one), _file(other)
    return one == other or (files[0] is not None and files[0] == files[1])


def _is_missing(url: URL) -> bool:
    """Whether it is a SQLite file that isn't there: to look would make it."""
    file = _file(url)
    return file is not None and not file.is_file()


def _file(url: URL) -> Path | None:
    return Path(url.database).resolve() if _is_sqlite(url) and url.database else None


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _make_private(target: URL) -> None:
    """Make the file of a new SQLite database, for its owner alone."""
    file = _file(target)
    if file is not None:
        with suppress(OSError):  # one that is there stays as it is; what is wrong is told later
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _address(written: str) -> str:
    try:
        url = async_url(written)
    except Exception:  # the message of the library would show the password
        raise argparse.ArgumentTypeError(_FORM) from None
    if make_url(url).database in (None, "", ":memory:"):
        raise argparse.ArgumentTypeError(_FORM)
    return url


def _failed(why: str) -> int:
    sys.stderr.write(f"Nothing was copied. {why}\n")
    return 1


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
