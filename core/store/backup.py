"""Backups of a SQLite database: taken while others write, and proven before they count.

A backup is one file, with no log beside it, that its owner alone can read. It is written under
another name and gets its own when all of it is known to be good, so there is never half a backup.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from core.store.files import FileProblem, beside, draft_for, in_words, name_draft, opened
from core.store.turns import lock_files

VERSIONS = "alembic_version"
"""Where the schema's revision stands."""


@dataclass(frozen=True)
class Contents:
    """What is in a database: its schema, and how many rows each table has."""

    revision: str
    rows: Mapping[str, int]

    @property
    def total(self) -> int:
        """All rows."""
        return sum(self.rows.values())


def back_up(database: Path, file: Path, *, replace: bool = False) -> Contents:
    """Write the database, as it is at one moment, to a new file. Raises FileProblem.

    With `replace` a file of that name gives way, once the new one is proven good.
    """
    with in_words(database):
        if not database.is_file():
            raise FileProblem(f"There is no database at {database}.")
        _check_place(database, file, replace=replace)
        with draft_for(file) as draft:
            found = proven_copy(database, draft)
            name_draft(draft, file, replace=replace)
    return found


def examined(file: Path, called: Path | None = None) -> Contents:
    """What is in a file, when it is a whole database of ours. Raises FileProblem.

    `called` is the name to speak of, where the file is a copy of it that nobody has seen.
    """
    name = called or file
    with in_words(name):
        if not file.is_file():
            raise FileProblem(f"There is no file {name}.")
        with closing(opened(file, "ro")) as connection:
            told = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
            if told != ["ok"]:
                raise FileProblem(f"{name} is damaged: take an earlier backup.")
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise FileProblem(f"{name} is damaged: some rows refer to others that are gone.")
            return _contents(connection, name)


def proven_copy(source: Path, draft: Path) -> Contents:
    """Copy one moment of a database into an empty file, and look whether all of it is there."""
    with in_words(source), closing(opened(source, "rw")) as origin:
        origin.execute("BEGIN")
        wanted = _contents(origin, source)  # the same moment as what is copied next
        with closing(opened(draft, "rw")) as copy:
            origin.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, with no log beside it
    found = examined(draft, source)
    if found != wanted:
        raise FileProblem(f"The copy has not all that {source} has: try again.")
    return found


def _contents(connection: sqlite3.Connection, name: Path) -> Contents:
    listed = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    tables = {table for (table,) in listed}
    if VERSIONS not in tables:
        raise FileProblem(f"{name} is no database of Squeaky's: it has none of its tables.")
    versions = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    rows = {}
    for table in sorted(tables - {VERSIONS}):
        quoted = table.replace('"', '""')
        query = f'SELECT count(*) FROM "{quoted}"'  # noqa: S608 - a name that the schema has
        (rows[table],) = connection.execute(query).fetchone()
    return Contents(",".join(sorted(version for (version,) in versions)), rows)


def _check_place(database: Path, file: Path, *, replace: bool) -> None:
    """Refuse a place where a backup can't be, or where it would destroy something."""
    if file.is_dir():
        raise FileProblem(f"{file} is a folder: name a file in it.")
    if not file.parent.is_dir():
        raise FileProblem(f"There is no folder {file.parent}: make it first.")
    taken = [database, *beside(database), *lock_files(database)]
    if file.resolve() in [one.resolve() for one in taken]:
        raise FileProblem(f"{file} belongs to the database itself: take another name.")
    if any(one.exists() for one in beside(file)):
        raise FileProblem(f"Somebody has {file} open: take another name.")
    if file.exists() and not replace:
        raise FileProblem(f"{file} exists already: take another name, or add --replace.")
