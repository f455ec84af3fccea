"""Filling a database quickly: no waiting for the disk, keys and indexes made once at the end."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Table, UniqueConstraint, event, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.schema import AddConstraint, CreateIndex, DropConstraint, DropIndex

from benchmarks.population import Load, Size, loads, rearm
from benchmarks.seeds import SEEDS, plant
from core.store.database import Store, async_url
from core.store.tables import Base
from core.store.upgrade import upgrade

_HURRY = ("synchronous=OFF", "cache_size=-1000000", "foreign_keys=OFF", "threads=2")


async def fill(url: str, size: Size) -> None:
    """Bring an empty database to the newest schema and populate it."""
    store = Store(url)
    await upgrade(store)
    await store.close()
    async with _hurried(url, "OFF") as engine:
        async with engine.begin() as connection:
            await _drop(engine, connection)
            await plant(connection)
        for stage in loads(size):
            at_once = asyncio.Semaphore(1 if _is_sqlite(engine) else 2)
            await asyncio.gather(*(_load(engine, load, at_once) for load in stage))
        async with engine.begin() as connection:
            await connection.run_sync(SEEDS.drop_all)
            if not _is_sqlite(engine):
                await _bind(connection)
        await _settle(engine)


async def reset(url: str, size: Size) -> None:
    """Everybody who was due is due again, as if no digest had gone out."""
    async with _hurried(url, "WAL") as engine:
        async with engine.begin() as connection:
            await rearm(connection, size)
        await _settle(engine)


@asynccontextmanager
async def _hurried(url: str, journal: str) -> AsyncIterator[AsyncEngine]:
    """Connections that don't wait for the disk: whoever fills a database can make it again."""
    engine = create_async_engine(async_url(url))
    if _is_sqlite(engine):
        event.listen(engine.sync_engine, "connect", partial(_hurry, journal))
        yield engine
    else:
        await _alone(engine, "ALTER SYSTEM SET max_wal_size = '16GB'", "SELECT pg_reload_conf()")
        yield engine
        await _alone(engine, "ALTER SYSTEM RESET max_wal_size", "SELECT pg_reload_conf()")
    await engine.dispose()


def _is_sqlite(engine: AsyncEngine) -> bool:
    return engine.dialect.name == "sqlite"


def _hurry(journal: str, connection: Any, record: object) -> None:
    del record
    cursor: sqlite3.Cursor = connection.cursor()
    for pragma in (*_HURRY, f"journal_mode={journal}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


async def _load(engine: AsyncEngine, load: Load, at_once: asyncio.Semaphore) -> None:
    """Fill one table and make its indexes."""
    table, statements = load
    async with at_once, engine.begin() as connection:
        if not _is_sqlite(engine):
            await connection.execute(text("SET LOCAL maintenance_work_mem = '1GB'"))
            await connection.execute(text("SET LOCAL work_mem = '500MB'"))
        for statement in statements:
            await connection.execute(statement)
        for index in table.indexes:
            await connection.execute(CreateIndex(index))
        for unique in _uniques(engine, table):
            await connection.execute(AddConstraint(unique))


async def _drop(engine: AsyncEngine, connection: AsyncConnection) -> None:
    """SQLite can't drop a constraint; it has its foreign keys off instead."""
    if not _is_sqlite(engine):
        for key in _foreign_keys():
            await connection.execute(DropConstraint(key))
    for table in {table for stage in loads(Size()) for table, _ in stage}:
        for index in table.indexes:
            await connection.execute(DropIndex(index))
        for unique in _uniques(engine, table):
            await connection.execute(DropConstraint(unique))


async def _bind(connection: AsyncConnection) -> None:
    """PostgreSQL's foreign keys again, and its sequences after the ids that were given out.

    The keys hold for new rows at once; that the old rows keep them needs no looking at.
    """
    for key in _foreign_keys():
        made = str(AddConstraint(key).compile(dialect=connection.dialect))
        await connection.execute(text(f"{made} NOT VALID"))
    for table in Base.metadata.sorted_tables:
        if "id" in table.c:
            sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
            last = f"(SELECT coalesce(max(id), 1) FROM {table.name})"
            await connection.execute(text(f"SELECT setval({sequence}, {last})"))


def _uniques(engine: AsyncEngine, table: Table) -> list[UniqueConstraint]:
    found = [] if _is_sqlite(engine) else table.constraints
    return [constraint for constraint in found if isinstance(constraint, UniqueConstraint)]


def _foreign_keys() -> list[ForeignKeyConstraint]:
    found = [c for table in Base.metadata.sorted_tables for c in table.constraints]
    return [c for c in found if isinstance(c, ForeignKeyConstraint)]


async def _settle(engine: AsyncEngine) -> None:
    """Let the database do now what it would otherwise do while something is measured."""
    if _is_sqlite(engine):
        await _alone(engine, "PRAGMA wal_checkpoint(TRUNCATE)")
        return
    tables = [table.name for table in Base.metadata.sorted_tables]
    largest = {"followups", "contacts"} & set(tables)
    rest = ", ".join(name for name in tables if name not in largest)
    vacuums = [f"VACUUM ANALYZE {names}" for names in (*largest, rest)]
    await asyncio.gather(*(_alone(engine, vacuum) for vacuum in vacuums))
    await _alone(engine, "CHECKPOINT")


async def _alone(engine: AsyncEngine, *statements: str) -> None:
    """Run statements outside any transaction."""
    async with engine.connect() as connection:
        free = await connection.execution_options(isolation_level="AUTOCOMMIT")
        for statement in statements:
            await free.execute(text(statement))
