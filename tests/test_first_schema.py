"""A database of the first released version goes on with this one, on both kinds, with all its data.

`tests/golden/first_schema.sql` is one of SQLite's as that version left it, with something in every
table. Until the first release it may be written anew, after the first migration was changed:

    UPDATE_GOLDEN=1 .venv/bin/python -m pytest tests/test_first_schema.py
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import JSON, Boolean, Connection, Date, DateTime, MetaData, Table, insert, text

from core.store.backup import VERSIONS
from core.store.database import Store
from core.store.fingerprints import fingerprint
from core.store.schema import newest
from core.store.seals import SEALS
from core.store.upgrade import config_for, upgrade
from tests.databases import Postgres
from tests.goldens import GOLDEN
from tests.lives import MONDAY_AGAIN, TABLES, lived, rows_of
from tests.people import Office, TestClock

FILE = GOLDEN / "first_schema.sql"
FIRST = "0001"
ANEW = os.environ.get("UPDATE_GOLDEN") and newest() == FIRST


@pytest.fixture(scope="module", autouse=True)
def written_anew(tmp_path_factory: pytest.TempPathFactory) -> None:
    """While nothing was released, the first version is this one."""
    if ANEW:
        asyncio.run(_write(tmp_path_factory.mktemp("first") / "first.sqlite3"))


async def _write(database: Path) -> None:
    store = Store(f"sqlite:///{database}")
    await upgrade(store)
    await lived(Office(store, TestClock()))
    await store.close()
    with closing(sqlite3.connect(database)) as connection:
        FILE.write_text("\n".join(connection.iterdump()) + "\n", encoding="utf-8")


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A SQLite database as the first version left it."""
    file = tmp_path / "first.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(FILE.read_text(encoding="utf-8"))
    return file


def to_first(connection: Connection) -> None:
    command.upgrade(config_for(connection), FIRST)


@asynccontextmanager
async def at_first(url: str) -> AsyncIterator[Store]:
    """An empty database with the schema of the first version."""
    store = Store(url)
    async with store.writing() as session:
        await (await session.connection()).run_sync(to_first)
    yield store
    await store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
async def released_url(
    request: pytest.FixtureRequest, first: Path, postgres_server: Postgres
) -> str:
    """The same data in a database of either kind, with the schema of the first version."""
    if request.param == "sqlite":
        return f"sqlite:///{first}"
    url = await postgres_server.empty_url()
    async with at_first(url) as store, store.writing() as session:
        connection = await session.connection()
        await connection.run_sync(_filled, first)
    return url


def _filled(connection: Connection, first: Path) -> None:
    """Put all rows of the SQLite file into tables that are there, whatever they are."""
    tables = MetaData()
    tables.reflect(connection)
    for table in tables.sorted_tables:
        for column in table.c:
            if isinstance(column.type, JSON):
                column.type.none_as_null = True  # NULL, and not JSON's own null
    with closing(sqlite3.connect(first)) as source:
        source.row_factory = sqlite3.Row
        for table in tables.sorted_tables:
            rows = source.execute(f'SELECT * FROM "{table.name}"').fetchall()
            if table.name == VERSIONS or not rows:
                continue
            found = [{name: _value(table, name, row[name]) for name in row.keys()} for row in rows]  # noqa: SIM118 - a Row has no names otherwise
            connection.execute(insert(table), found)
            if "id" in table.c:
                following = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id))"
                connection.execute(text(f'{following} FROM "{table.name}"'))


def _value(table: Table, name: str, kept: Any) -> Any:
    """What SQLite keeps, as PostgreSQL's type for that column wants it."""
    kind = table.c[name].type
    if kept is None:
        return None
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(kept).replace(tzinfo=UTC)
    if isinstance(kind, Date):
        return date.fromisoformat(kept)
    if isinstance(kind, JSON):
        return JSON.NULL if kept == "null" else json.loads(kept)
    return bool(kept) if isinstance(kind, Boolean) else kept


async def test_the_first_schema_is_as_it_was_released(first: Path, tmp_path: Path) -> None:
    """A migration that others have applied is never changed: another one follows it."""
    async with at_first(f"sqlite:///{tmp_path / 'now.sqlite3'}"):
        pass
    now = _schema(tmp_path / "now.sqlite3")
    assert _schema(first) == now, "before the first release: UPDATE_GOLDEN=1; after it: never"


def _schema(file: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(file)) as connection:
        query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
        return connection.execute(query).fetchall()


async def test_every_table_of_it_has_something(first: Path) -> None:
    with closing(sqlite3.connect(first)) as connection:
        made = [name for name, sql in _schema(first) if sql.startswith("CREATE TABLE")]
        names = [name for name in made if name != SEALS.name]
        counts = {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for name in names
        }
    assert len(counts) > 20
    assert min(counts.values()) > 0, counts
    with closing(sqlite3.connect(first)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [
            (FIRST,)
        ]


async def test_it_comes_up_to_date_with_all_that_it_had(released_url: str, first: Path) -> None:
    store = Store(released_url)
    await upgrade(store)
    rows = await rows_of(store)
    with closing(sqlite3.connect(first)) as connection:
        for name, sql in _schema(first):
            if sql.startswith("CREATE TABLE") and name in rows:
                (count,) = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()
                assert rows[name] == count, name
    await upgrade(store)  # a second start changes nothing
    assert await rows_of(store) == rows
    await store.close()


async def test_both_kinds_come_to_the_same(first: Path, postgres_server: Postgres) -> None:
    url = await postgres_server.empty_url()
    async with at_first(url) as store, store.writing() as session:
        await (await session.connection()).run_sync(_filled, first)
    found = []
    for one in (f"sqlite:///{first}", url):
        store = Store(one)
        await upgrade(store)
        async with store.engine.connect() as connection:
            found.append([await fingerprint(connection, table) for table in TABLES])
        await store.close()
    assert found[0] == found[1]


async def test_the_bot_goes_on_with_it(released_url: str) -> None:
    store = Store(released_url)
    await upgrade(store)
    office = Office(store, TestClock(MONDAY_AGAIN))
    dana = office.member("dana")
    assert "Lou Reyes" in await dana.says("list")
    assert "Tuesday Club" in await dana.says("club show")
    assert "(#2)" in await dana.says("add Robin Patel @ Acme, tomorrow")
    await dana.says("undo")
    assert "(#3)" in await dana.says("add Sam Okafor @ Initech, tomorrow")
    sent = await office.morning(datetime(2026, 12, 8, 7, 30, tzinfo=UTC))
    told = [one for one in sent if one.to == dana.account and "Sam Okafor" in one.message.plain()]
    assert len(told) == 1
    assert await office.morning(datetime(2026, 12, 8, 7, 31, tzinfo=UTC)) == []
    await store.close()
