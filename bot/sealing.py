"""`python -m bot key` and `reseal`: a key for the database, and everything sealed anew with it."""

from __future__ import annotations

import argparse
import secrets
import sqlite3
import sys
from pathlib import Path

from sqlalchemy.engine import make_url

from adapters.web.journal import Journal
from bot.database_trouble import unreachable
from bot.settings import Settings
from core.store.copying import others_are_connected, to_itself
from core.store.database import DATABASE_ERRORS, Store
from core.store.installations import remove_all
from core.store.resealing import Progress, ResealProblem
from core.store.resealing import reseal as sealed_anew
from core.store.schema import Age, age_of, revision_of
from core.store.sealing import Keys, UnknownKey
from core.store.seals import SealProblem, look


def new_key() -> str:
    """A key that nobody has: 256 bits."""
    return secrets.token_urlsafe(32)


def add_parsers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare both commands and their options."""
    commands.add_parser("key", help="make a key for SECRET_KEY, and print it")
    parser = commands.add_parser(
        "reseal", help="seal all that is in the database with the first key of SECRET_KEY"
    )
    parser.add_argument(
        "--plain", action="store_true", help="take the seal off instead: anybody can read it then"
    )


async def reseal(settings: Settings, *, plain: bool = False) -> int:
    """Write everything anew and say what was done; 0 when all of it was read back, else 1."""
    if not settings.keys:
        return _failed("SECRET_KEY: set it first; `python -m bot key` makes one.")
    if plain and settings.is_distributed:
        return _failed(
            "SLACK_CLIENT_ID: leave it and SLACK_CLIENT_SECRET out first: the tokens of workspaces "
            "are never kept unsealed, so they are deleted when the seal is taken off."
        )
    if _is_missing(settings.database_url):
        return _failed("There is no database yet. What the bot writes will be sealed.")
    keys = settings.keys.unsealing() if plain else settings.keys
    store = Store(settings.database_url, patient=True, keys=keys)
    if store.is_sqlite:
        to_itself(store)
    try:
        await _check(store, alone=plain)
        if plain:
            await _drop_tokens(store)
        done = await sealed_anew(store, _told)
        _seal_conversations(settings.playground_file, keys)
    except (ResealProblem, SealProblem) as problem:
        return _failed(str(problem).rstrip(".") + ".")
    except (*DATABASE_ERRORS, sqlite3.Error) as error:  # VACUUM goes past SQLAlchemy
        return _failed(_unusable(error))
    finally:
        await store.close()
    _tell(done, keys, is_sqlite=store.is_sqlite)
    return 0


def _seal_conversations(file: str, keys: Keys) -> None:
    """Write the playground's file anew. Raises ResealProblem."""
    try:
        Journal(Path(file), keys).read()
    except UnknownKey:
        raise ResealProblem(
            f"PLAYGROUND_FILE: {file} is sealed with another key: add that one, or move the file "
            "away. The database is done"
        ) from None
    except OSError as error:
        raise ResealProblem(
            f"PLAYGROUND_FILE: {file} can't be written anew ({error.strerror}). The database is "
            "done"
        ) from None


async def _drop_tokens(store: Store) -> None:
    """Delete what must not be kept unsealed."""
    async with store.writing() as session:
        count = await remove_all(session)
    if count:
        _say(f"The tokens of workspaces were deleted ({count}): they can add the bot again.")


async def _check(store: Store, *, alone: bool) -> None:
    """Raises SealProblem and ResealProblem. Whoever takes the seal off has to be `alone`."""
    async with store.engine.connect() as connection:
        age = age_of(await connection.run_sync(revision_of))
        if age is not Age.CURRENT:
            raise ResealProblem("The database is empty or of another version: start the bot once.")
        if alone and not store.is_sqlite and await others_are_connected(connection):
            raise ResealProblem("Others are connected to the database: stop the bot first.")
        await look(connection, store.keys)


def _told(table: str, rows: int) -> None:
    _say(f"{table}: {_rows(rows)} written anew")


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _tell(done: Progress, keys: Keys, *, is_sqlite: bool) -> None:
    total = f"In all: {_rows(done.rewritten)} written anew, {_rows(done.proven)} read back"
    if keys:
        _say(f"{total}. All that is sealed is sealed with the key {keys.ids[0]}.")
        _say("Other keys may go from SECRET_KEY. Backups from before still need them.")
    else:
        _say(f"{total}. Nothing is sealed any more. Take SECRET_KEY out of .env before the start.")
    if done.rewritten and not is_sqlite:
        _say("PostgreSQL keeps old rows in its files until VACUUM FULL.")


def _unusable(error: Exception) -> str:
    if "locked" in str(getattr(error, "orig", None) or error):
        return "The database is in use: stop the bot, or whatever else uses it."
    return f"{unreachable(error)}."


def _is_missing(address: str) -> bool:
    """Whether it is a SQLite file that isn't there: to look would make it."""
    url = make_url(address)
    return url.get_backend_name() == "sqlite" and not Path(str(url.database)).is_file()


def _failed(why: str) -> int:
    sys.stderr.write(f"{why}\n")
    return 1


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
