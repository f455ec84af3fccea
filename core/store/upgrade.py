"""Bringing the database to the schema of this version, under a lock."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from core.store.database import Store

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7_158_320_117  # any number that nobody else takes on the same PostgreSQL database


class UnknownSchemaError(Exception):
    """The schema is of a later version than this one; the message is its revision."""


async def upgrade(store: Store) -> None:
    """Apply every migration that is missing. Of several processes one does it, the rest wait.

    It is one transaction: a migration that fails leaves the database as it was. Raises
    UnknownSchemaError.
    """
    if store.is_sqlite:
        await _run(store)
        return
    url = store.engine.url.render_as_string(hide_password=False)
    patient = Store(url, patient=True, keys=store.keys)
    try:
        await _run(patient)
    finally:
        await patient.close()


async def _run(store: Store) -> None:
    async with store.writing() as session:
        connection = await session.connection()
        await connection.run_sync(_upgrade)


def config_for(connection: Connection) -> Config:
    """Alembic's settings, without a file of its own."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    config = config_for(connection)
    known = {one.revision for one in ScriptDirectory.from_config(config).walk_revisions()}
    for revision in MigrationContext.configure(connection).get_current_heads():
        if revision not in known:
            raise UnknownSchemaError(revision)
    command.upgrade(config, "head")
