"""Why a database can't be used, and the fix, in a sentence that names the setting.

Never its address, for that holds a password, and nothing of what the error says, for that may
quote somebody.
"""

from __future__ import annotations

_SQLITE = {
    "SQLITE_BUSY": "another program keeps the SQLite file locked; see which one (fuser FILE) and "
    "end it: the bot itself locks it for moments only",
    "SQLITE_READONLY": "the SQLite file or its folder can't be written; see whose they are (ls -l) "
    "and run the bot as that user",
    "SQLITE_CANTOPEN": "the SQLite file can't be opened; its folder has to exist, and both have to "
    "be the bot's to write",
    "SQLITE_FULL": "there is no room left on the disk",
    "SQLITE_NOTADB": "the file is no SQLite database; name another one, or restore a backup",
    "SQLITE_CORRUPT": "the SQLite file is damaged; restore a backup (python -m bot restore FILE)",
    "SQLITE_IOERR": "the disk refuses the SQLite file; see whether it is full or broken",
}
_POSTGRESQL = {
    "28P01": "PostgreSQL does not accept the name or the password",
    "28000": "PostgreSQL does not let this name in; see its pg_hba.conf",
    "3D000": "PostgreSQL has no database of that name; make it (createdb NAME)",
    "42501": "the name in it may not make tables; make it the owner of the database "
    "(ALTER DATABASE … OWNER TO …)",
    "25006": "this PostgreSQL only lets one read; take the server that is written to",
    "53300": "PostgreSQL has no connection left; raise its max_connections",
    "57P03": "PostgreSQL is just starting; try again in a moment",
}


def unreachable(error: Exception) -> str:
    """What to say of a database that raised this."""
    cause = getattr(error, "orig", None) or error
    known = _SQLITE.get(_sqlite_name(cause)) or _POSTGRESQL.get(_state(cause))
    if known:
        return f"DATABASE_URL: {known}"
    return (
        f"DATABASE_URL: the database can't be used ({type(cause).__name__}); check that it runs, "
        "that the name and password are right and that its folder can be written"
    )


def _sqlite_name(error: BaseException) -> str:
    """SQLite's name for it without the details, as SQLITE_BUSY; "" for another database's."""
    return "_".join(str(getattr(error, "sqlite_errorname", "")).split("_")[:2])


def _state(error: BaseException) -> str:
    """PostgreSQL's code for it."""
    state = getattr(error, "sqlstate", None) or getattr(error.__cause__, "sqlstate", None)
    return str(state or "")
