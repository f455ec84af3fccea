"""The files of a SQLite database: drafts that get their name when they are good, and sentences."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

BESIDE = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a database while somebody has it open."""
PATIENCE = 5.0
"""Seconds to wait for a lock."""


class FileProblem(Exception):
    """Why nothing was done, and what to do: a sentence without anything of a member."""


def opened(file: Path, mode: str) -> sqlite3.Connection:
    """A connection to a file that is there: `mode` is "ro" or "rw". Transactions are ours."""
    address = f"{file.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=PATIENCE)


def beside(file: Path) -> list[Path]:
    """Where SQLite keeps what it is about to write into a file."""
    return [with_ending(file, ending) for ending in BESIDE]


def with_ending(file: Path, ending: str) -> Path:
    """A file beside another."""
    return file.with_name(file.name + ending)


@contextmanager
def draft_for(file: Path) -> Iterator[Path]:
    """An empty file beside the other, for its owner alone; gone at the end unless it was moved."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".part", dir=file.parent)
    except PermissionError:
        raise FileProblem(f"The folder {file.parent} can't be written: see whose it is.") from None
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
    finally:
        for one in (draft, *beside(draft)):
            one.unlink(missing_ok=True)


def name_draft(draft: Path, file: Path, *, replace: bool) -> None:
    """Give a draft its name; without `replace` only if nothing has that name by now."""
    if replace:
        draft.replace(file)
    else:
        try:
            file.hardlink_to(draft)
        except FileExistsError:
            raise FileProblem(f"{file} exists already: take another name.") from None
        except OSError:  # not every file system has links
            if file.exists():
                raise FileProblem(f"{file} exists already: take another name.") from None
            draft.replace(file)
    write_down(file.parent)


def write_down(folder: Path) -> None:
    """Have the disk know the names in a folder, as far as the system lets one ask."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


_WORDS = {
    "SQLITE_BUSY": "{file} is in use: stop the bot, or whatever else uses it.",
    "SQLITE_LOCKED": "{file} is in use: stop the bot, or whatever else uses it.",
    "SQLITE_FULL": "There is no room left on the disk.",
    "SQLITE_NOTADB": "{file} is no SQLite database.",
    "SQLITE_CORRUPT": "{file} is damaged: take an earlier backup.",
    "SQLITE_CANTOPEN": "{file} can't be opened: see whose it is.",
    "SQLITE_READONLY": "{file} can't be written: see whose it is.",
    "SQLITE_PERM": "{file} can't be opened: see whose it is.",
}


@contextmanager
def in_words(file: Path) -> Iterator[None]:
    """Errors of the system and of SQLite become a sentence. Their own words are not passed on."""
    try:
        yield
    except sqlite3.Error as error:
        words = _WORDS.get(error_name(error), f"{{file}} can't be used ({error_name(error)}).")
        raise FileProblem(words.format(file=file)) from None
    except OSError as error:
        where = error.filename or file
        raise FileProblem(f"{where}: {error.strerror or type(error).__name__}.") from None


def error_name(error: sqlite3.Error) -> str:
    """SQLite's name for what happened, without its details: SQLITE_BUSY."""
    whole = getattr(error, "sqlite_errorname", None) or type(error).__name__
    return "_".join(whole.split("_")[:2])
