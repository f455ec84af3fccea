"""The database: migrations are the models, one of many processes applies them, both kinds alike."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError, StatementError

from core.store.database import DATABASE_ERRORS, Store, async_url
from core.store.tables import Base, MemberRow
from core.store.upgrade import upgrade
from tests.databases import Postgres
from tests.outages import wire_to
from tests.people import Office, TestClock


@pytest.fixture(params=["sqlite", "postgresql"])
async def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    server: Postgres = request.getfixturevalue("postgres_server")
    return await server.empty_url()


async def test_the_migrations_make_what_the_models_say(office: Office) -> None:
    def difference(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection)
        return list(compare_metadata(context, Base.metadata))

    async with office.store.engine.connect() as connection:
        assert await connection.run_sync(difference) == []


async def test_many_that_start_at_once_migrate_once(empty_url: str) -> None:
    stores = [Store(empty_url) for _ in range(4)]
    await asyncio.gather(*(upgrade(store) for store in stores))
    async with stores[0].reading() as session:
        versions = list(await session.scalars(text("SELECT version_num FROM alembic_version")))
    assert len(versions) == 1
    for store in stores:
        await store.close()


UPGRADE = """
import asyncio, sys
from core.store.database import Store
from core.store.upgrade import upgrade

async def main():
    store = Store(sys.argv[1])
    await upgrade(store)
    await store.close()

asyncio.run(main())
"""


async def test_several_processes_that_start_at_once_migrate_once(empty_url: str) -> None:
    """A lock of one process would not do: it is the database's."""
    running = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", UPGRADE, empty_url)
        for _ in range(3)
    ]
    assert [await process.wait() for process in running] == [0, 0, 0]


async def test_a_naive_instant_is_refused(office: Office) -> None:
    naive = datetime(2026, 11, 23)  # noqa: DTZ001 - the point of the test
    with pytest.raises(StatementError, match="naive"):
        async with office.store.writing() as session:
            await session.execute(MemberRow.__table__.select().where(MemberRow.created_at < naive))


async def test_foreign_keys_are_on(office: Office) -> None:
    with pytest.raises(IntegrityError):
        async with office.store.writing() as session:
            await session.execute(
                text(
                    'INSERT INTO kept_requests (member_id, at, verb, "values") '
                    "VALUES (99, '2026-01-01', 'x', '{}')"
                )
            )


async def test_a_failed_transaction_leaves_nothing(office: Office) -> None:
    dana = office.member()
    await dana.says("add Robin Patel @ Acme")
    with pytest.raises(RuntimeError):
        async with office.store.writing() as session:
            await session.execute(text("DELETE FROM touches"))
            raise RuntimeError("half way")
    assert "Robin Patel" in await dana.says("show 1")


async def test_sqlite_is_in_wal(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    async with store.reading() as session:
        assert await session.scalar(text("PRAGMA journal_mode")) == "wal"
    await store.close()


@pytest.mark.parametrize("url", ["mysql://u:secret@h/x", "nonsense", "oracle://h"])
def test_another_database_is_refused(url: str) -> None:
    with pytest.raises(Exception, match=r"SQLite and PostgreSQL|Could not parse|dialect") as raised:
        async_url(url)
    assert "secret" not in str(raised.value)


async def test_members_who_meet_at_once_are_enrolled_once(office: Office) -> None:
    dana = office.member("dana")
    await asyncio.gather(*(dana.desk.line("list", dana.caller()) for _ in range(8)))
    async with office.store.reading() as session:
        assert await session.scalar(text("SELECT count(*) FROM accounts")) == 1


async def test_a_goodbye_that_is_not_answered_leaves_no_connection_open(
    postgres_server: Postgres,
) -> None:
    async with wire_to(await postgres_server.url()) as wire:
        store = Store(wire.url)
        async with store.engine.connect() as one, store.engine.connect() as other:
            opened = [(await c.get_raw_connection()).driver_connection for c in (one, other)]
        wire.fall_silent()
        await store.close(0.2)
        assert [connection.is_closed() for connection in opened if connection] == [True, True]


async def end_all_others(store: Store) -> None:
    """As an administrator or a restart of the server does."""
    async with store.reading() as session:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        query = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"
        await session.execute(text(query))


async def asks_one(store: Store) -> object:
    async with store.reading() as session:
        return await session.scalar(text("SELECT 1"))


async def test_a_connection_that_died_while_it_rested_is_noticed_by_nobody(
    postgres_server: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.store.database.FRESH", 0.0)
    url = await postgres_server.url()
    store, admin = Store(url), Store(url)
    for _ in range(2):
        assert await asks_one(store) == 1
        await end_all_others(admin)
    assert await asks_one(store) == 1
    await store.close()
    await admin.close()


async def test_one_that_died_just_now_fails_once_and_costs_no_command(
    postgres_server: Postgres,
) -> None:
    url = await postgres_server.url()
    store, admin = Store(url), Store(url)
    desk = Office(store, TestClock()).member("dana")
    await desk.says("add Robin Patel @ Acme, tomorrow")
    await end_all_others(admin)
    assert "Robin" in await desk.says("list"), "whoever gets it starts over"
    await end_all_others(admin)
    with pytest.raises(DATABASE_ERRORS):
        await asks_one(store)
    assert await asks_one(store) == 1
    await store.close()
    await admin.close()
