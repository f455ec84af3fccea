"""Putting a backup in the place of a SQLite database. What was there is kept."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path

from core.store.backup import Contents, examined, proven_copy
from core.store.files import (
    BESIDE,
    FileProblem,
    draft_for,
    error_name,
    in_words,
    opened,
    with_ending,
    write_down,
)
from core.store.schema import Age, age_of

NO_DATABASE = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
"""What SQLite says of a file that nobody can work with."""


def restore(file: Path, database: Path) -> tuple[Contents, Path | None]:
    """Put a backup in the place of the database, which nobody may have open.

    What was there is kept beside it: its new name comes second, None where there was nothing.
    Raises FileProblem, and then all is as it was.
    """
    with in_words(database):
        if file.exists() and database.exists() and file.samefile(database):
            raise FileProblem(f"{file} is the database itself: name a backup of it.")
        found = examined(file)
        if age_of(found.revision) is Age.NEWER:
            raise FileProblem(
                f"{file} was made by a newer version of Squeaky (schema {found.revision}): "
                "restore it with that version."
            )
        if not database.parent.is_dir():
            raise FileProblem(f"There is no folder {database.parent}: make it first.")
        with draft_for(database) as draft, _to_itself(database):
            proven_copy(file, draft)
            _owned_like(draft, database)
            aside = _set_aside(database)
            draft.replace(database)
            write_down(database.parent)
    return found, aside


@contextmanager
def _to_itself(database: Path) -> Iterator[None]:
    """Nobody else has the database open, or can open it, in this block."""
    if not database.exists():
        yield
        return
    with closing(opened(database, "rw")) as connection:
        try:
            # SQLite gives up its log only when nobody else has the database open.
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if error_name(error) not in NO_DATABASE:
                raise
        yield


def _set_aside(database: Path) -> Path | None:
    """Give what is in the place of a database another name, with all that belongs to it."""
    if not database.exists() or not database.stat().st_size:
        return None
    names = (with_ending(database, f".before-restore-{number}") for number in count(1))
    aside = next(name for name in names if not name.exists())
    for ending in BESIDE:  # of one that was damaged, a log may be left
        with suppress(FileNotFoundError):
            with_ending(database, ending).rename(with_ending(aside, ending))
    with suppress(PermissionError):
        database.chmod(0o600)  # nobody watches over it any more
    try:
        aside.hardlink_to(database)  # so that its name is never without a database
    except OSError:
        database.rename(aside)
    return aside


def _owned_like(draft: Path, database: Path) -> None:
    """Let a bot that runs as another user use what root restored."""
    like = (database if database.exists() else database.parent).stat()
    if os.name == "posix" and (like.st_uid, like.st_gid) != (os.getuid(), os.getgid()):
        with suppress(PermissionError):
            os.chown(draft, like.st_uid, like.st_gid)
