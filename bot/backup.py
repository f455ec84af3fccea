"""`python -m bot backup FILE` and `restore FILE`: a SQLite database, whole, in one file.

PostgreSQL has tools of its own for that, which know better.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.settings import Settings
from core.store.backup import Contents, back_up
from core.store.files import FileProblem
from core.store.restoring import restore

_POSTGRESQL = {
    "backup": "pg_dump --format=custom --file=FILE --dbname=ADDRESS",
    "restore": "pg_restore --clean --if-exists --single-transaction --dbname=ADDRESS FILE",
}


def add_parsers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare both commands."""
    backup = commands.add_parser("backup", help="write the SQLite database to a file, checked")
    backup.add_argument("file", type=Path, metavar="FILE", help="the backup to write")
    backup.add_argument(
        "--replace", action="store_true", help="let a file of that name give way to the new one"
    )
    restored = commands.add_parser("restore", help="put a backup in the database's place")
    restored.add_argument("file", type=Path, metavar="FILE", help="the backup to take")


def done(settings: Settings, parsed: argparse.Namespace) -> int:
    """Do either command; 0 when it is done, else 1."""
    if parsed.command == "backup":
        return backup(settings, parsed.file, replace=parsed.replace)
    return put_back(settings, parsed.file)


def backup(settings: Settings, file: Path, *, replace: bool = False) -> int:
    """Write a backup and say what is in it, or what keeps it from being made."""
    try:
        found = back_up(_database(settings, "backup"), file, replace=replace)
    except FileProblem as problem:
        return _say(f"No backup was made. {problem}", 1)
    return _say(f"{file}: {_told(found)}. Whole, checked, and for you alone to read.")


def put_back(settings: Settings, file: Path) -> int:
    """Restore a backup and say what is there now, or what keeps it from being done."""
    try:
        database = _database(settings, "restore")
        found, aside = restore(file, database)
    except FileProblem as problem:
        return _say(f"Nothing was restored. {problem}", 1)
    kept = f"\nWhat was there before is kept in {aside}: delete it when all is well."
    told = f"{database}: {_told(found)}, from {file}. Start the bot now."
    return _say(told + (kept if aside else ""))


def _database(settings: Settings, command: str) -> Path:
    """The file that holds the database. Raises FileProblem where there is none."""
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite":
        raise FileProblem(
            "The database is PostgreSQL, which has a tool of its own for that: "
            f"{_POSTGRESQL[command]} (ADDRESS is what DATABASE_URL says)."
        )
    if url.database in (None, "", ":memory:"):
        raise FileProblem("The database is kept in memory alone.")
    return Path(str(url.database))


def _told(found: Contents) -> str:
    rows = f"{found.total:,} rows" if found.total != 1 else "1 row"
    return f"{rows} in {len(found.rows)} tables, schema {found.revision}"


def _say(text: str, code: int = 0) -> int:
    (sys.stderr if code else sys.stdout).write(f"{text}\n")
    return code
