"""Copying all that is in one database into another, of the same kind or not, and proving it.

What there is to copy follows from the tables, so one that comes later is not forgotten. The target
gets everything in one transaction, or nothing.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Insert,
    String,
    Table,
    Text,
    bindparam,
    cast,
    event,
    func,
    insert,
    inspect,
    select,
    text,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from core.store.backup import VERSIONS
from core.store.database import Store
from core.store.fingerprints import (
    Fingerprint,
    Row,
    batches,
    everything,
    fingerprint,
    readable,
)
from core.store.schema import Age, age_of, revision_of
from core.store.seals import SEALS, SealProblem, look, sealed_anew
from core.store.tables import Base
from core.store.tables.sealed import Sealed
from core.store.upgrade import upgrade

TABLES: list[Table] = [table for table in Base.metadata.sorted_tables if table is not SEALS]
"""Those that others refer to come first. Which key sealed a database is its own affair."""


class CopyProblem(Exception):
    """Why nothing was copied, and what to do: a sentence without anything of a member."""


@asynccontextmanager
async def source_of(store: Store, *, live: bool) -> AsyncIterator[AsyncConnection]:
    """One moment of a database, which nobody else may have open unless it is `live`."""
    if store.is_sqlite and not live:
        to_itself(store)
    async with store.engine.connect() as connection:
        if not store.is_sqlite:
            if not live and await others_are_connected(connection):
                raise CopyProblem("Others are connected to FROM: stop the bot first.")
            await connection.rollback()
            await connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        revision = await connection.run_sync(revision_of)
        if age_of(revision) is not Age.CURRENT:
            raise CopyProblem(_NOT_CURRENT[age_of(revision)])
        unknown = set(await connection.run_sync(_names)) - set(Base.metadata.tables)
        if unknown:
            raise CopyProblem(f"FROM has tables that I don't know: {', '.join(sorted(unknown))}.")
        await _check_keys(connection, store, "FROM")
        yield connection


@asynccontextmanager
async def target_of(store: Store) -> AsyncIterator[AsyncConnection]:
    """An empty database of this schema, for one transaction that ends with the block.

    It is made or brought up to date first. Nobody else can write to it meanwhile.
    """
    async with store.engine.connect() as connection:
        await _check_empty(connection)
    await upgrade(store)
    options = {"writes": True}
    async with store.engine.connect() as connection:
        await connection.execution_options(**options)
        async with connection.begin():
            if not store.is_sqlite:
                names = ", ".join(f'"{table.name}"' for table in TABLES)
                await connection.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))
            await _check_empty(connection)
            await _check_keys(connection, store, "TO")
            yield connection
            await sealed_anew(connection, store.keys)


async def copy_all(
    source: AsyncConnection, target: AsyncConnection
) -> AsyncGenerator[tuple[str, Fingerprint], None]:
    """Copy table by table. Each is told once it was read back and found to be the same.

    Raises CopyProblem for what the target can't hold, or holds otherwise.
    """
    for table in TABLES:
        there = await _copy(source, target, table)
        if await fingerprint(target, table) != there:
            raise CopyProblem(f"{table.name} is not the same in TO as in FROM.")
        yield table.name, there
    if target.dialect.name == "postgresql":
        for table in TABLES:
            await _count_on(target, table)


async def _copy(source: AsyncConnection, target: AsyncConnection, table: Table) -> Fingerprint:
    found = Fingerprint()
    links = [column for column in table.c if _is_own_link(column)]
    adding = _insert(target.dialect, table, links)
    async for batch in batches(source, everything(table)):
        for row in batch:
            _check_fits(table, row)
            found = found.with_row(table, row)
        await target.execute(adding, [_numbered(row) for row in batch])
    for link in links:  # now that what they lead to is there, wherever it stood
        await _copy_link(source, target, link)
    return found


def _insert(dialect: Dialect, table: Table, left_out: Sequence[Column[Any]]) -> Insert:
    """An INSERT with a parameter for each column by its place; those left out become NULL."""
    values = {
        column.name: _parameter(dialect, column, place)
        for place, column in enumerate(table.c)
        if column not in left_out
    }
    return insert(table).values(values)


def _parameter(dialect: Dialect, column: Column[Any], place: int) -> ColumnElement[Any]:
    if not isinstance(column.type, JSON):
        return bindparam(f"v{place}", type_=column.type)
    written = bindparam(f"v{place}", type_=Text)
    return cast(written, JSON) if dialect.name == "postgresql" else type_coerce(written, Text)


async def _copy_link(source: AsyncConnection, target: AsyncConnection, link: Column[Any]) -> None:
    table = link.table
    (key,) = table.primary_key.columns
    query = select(key, readable(link)).where(link.is_not(None)).order_by(key)
    setting = update(table).where(key == bindparam("v0")).values({link.name: bindparam("v1")})
    async for batch in batches(source, query):
        await target.execute(setting, [_numbered(row) for row in batch])


def _numbered(row: Row) -> dict[str, object]:
    return {f"v{place}": value for place, value in enumerate(row)}


def _is_own_link(column: Column[Any]) -> bool:
    """Whether it refers to another row of its table, which may come later."""
    return any(key.column.table is column.table for key in column.foreign_keys)


def _check_fits(table: Table, row: Row) -> None:
    """SQLite holds text of any length, and characters that PostgreSQL refuses."""
    for column, value in zip(table.c, row, strict=True):
        if not isinstance(value, str) or not isinstance(column.type, String | Sealed):
            continue
        most = getattr(column.type, "length", None)
        if "\0" in value or (most is not None and len(value) > most):
            what = "has a character that TO refuses" if "\0" in value else "is too long for TO"
            keys = ", ".join(str(row[table.c.values().index(key)]) for key in table.primary_key)
            raise CopyProblem(f"{table.name}: `{column.name}` of row {keys} {what}.")


async def _count_on(target: AsyncConnection, table: Table) -> None:
    """Let new rows be numbered after those that are there."""
    column = table.autoincrement_column
    if column is not None:
        sequence = func.pg_get_serial_sequence(f'"{table.name}"', column.name)
        following = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
        await target.execute(select(func.setval(sequence, following, False)))


async def _check_empty(target: AsyncConnection) -> None:
    names = await target.run_sync(_names)
    age = age_of(await target.run_sync(revision_of))
    if age is Age.NEWER:
        raise CopyProblem("TO was made by a newer version of Squeaky: use that version.")
    if age is Age.NONE and names:
        raise CopyProblem("TO has tables of something else: make an empty database for the bot.")
    for table in TABLES:
        if (
            table.name in names
            and await target.scalar(select(table.primary_key.columns[0]).limit(1)) is not None
        ):
            raise CopyProblem(f"TO is not empty: {table.name} has rows. Make an empty database.")


def _names(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {VERSIONS}


async def _check_keys(connection: AsyncConnection, store: Store, name: str) -> None:
    try:
        await look(connection, store.keys)
    except SealProblem as problem:
        raise CopyProblem(f"{name}: {problem}.") from None


def to_itself(store: Store) -> None:
    """Have SQLite keep everybody else out from its first connection on, or refuse."""
    event.listen(store.engine.sync_engine, "connect", _exclusive, insert=True)


async def others_are_connected(connection: AsyncConnection) -> bool:
    """Whether anybody else uses this PostgreSQL database."""
    return bool(await connection.scalar(text(_OTHERS)))


def _exclusive(connection: Any, record: object) -> None:
    del record
    connection.cursor().execute("PRAGMA locking_mode=EXCLUSIVE")


_NOT_CURRENT = {
    Age.NONE: "FROM is no database of Squeaky's: it has none of its tables.",
    Age.OLDER: "FROM is of an older version of Squeaky: start the bot on it once.",
    Age.NEWER: "FROM was made by a newer version of Squeaky: use that version.",
}
_OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND usesysid IS NOT NULL
AND coalesce(backend_type, 'client backend') = 'client backend'
"""
