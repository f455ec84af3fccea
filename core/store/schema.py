"""How the schema of a database stands to that of this version of the program."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from core.store.upgrade import MIGRATIONS


class Age(StrEnum):
    """A schema's age. NONE is a database without a table of ours, NEWER one we don't know."""

    NONE = "none"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


def revision_of(connection: Connection) -> str:
    """The schema that a database has, as "0001"; "" for none."""
    return ",".join(sorted(MigrationContext.configure(connection).get_current_heads()))


def newest() -> str:
    """The schema of this version."""
    return _known()[0]


def age_of(revision: str) -> Age:
    """How old that schema is."""
    if not revision:
        return Age.NONE
    if revision == newest():
        return Age.CURRENT
    return Age.OLDER if revision in _known() else Age.NEWER


def too_new(revision: str) -> str:
    """What to say of a schema that a later version made."""
    return (
        f"a newer version of Squeaky made this database (its schema is {revision}, and the newest "
        f"that this version knows is {newest()}); start that version, or restore a backup from "
        "before"
    )


@lru_cache(maxsize=1)
def _known() -> tuple[str, ...]:
    """Every schema there ever was, the newest first."""
    scripts = ScriptDirectory(str(MIGRATIONS))
    return tuple(one.revision for one in scripts.walk_revisions())
