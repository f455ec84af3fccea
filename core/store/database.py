"""The database: one engine, read and write transactions, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import math
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any
from weakref import WeakSet

import asyncpg
from sqlalchemy import Connection, Dialect, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    DataError,
    IntegrityError,
    InvalidatePoolError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from core.store.sealing import NO_KEYS, Keys, give_keys
from core.store.turns import Turns

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
}
BUSY_TIMEOUT_MS = 5_000
POOL_TIMEOUT = CONNECT_TIMEOUT = 5.0
"""Seconds to wait for a connection: who asks wants to hear soon that the database is away, and a
stop has to be over within 10."""
ANSWER_TIMEOUT = 15.0
"""Seconds that PostgreSQL has for the answer to one statement: a server that vanished, or a network
that lets nothing through, hangs up on nobody."""

DATABASE_ERRORS = (SQLAlchemyError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
"""What a database raises. asyncpg's own errors come as they are while a connection is made."""
FRESH = 1.0
"""Seconds for which a connection to PostgreSQL that has just been used counts as a living one."""
_LAST_USED = "last used"
_NO_TRACE = "no trace"
_OURS = (IntegrityError, ProgrammingError, DataError)


def is_away(error: Exception) -> bool:
    """Whether the database can't be used now (not reached, full, locked): no fault of a request."""
    return isinstance(error, DATABASE_ERRORS) and not isinstance(error, _OURS)


class Store:
    """Opens transactions. On SQLite those that write take turns, first come first served.

    SQLite has one writer; without a queue a busy loop of writes starves everybody else for
    seconds, because a waiter polls instead of queueing. The queue holds over processes too.
    """

    def __init__(self, url: str, *, patient: bool = False, keys: Keys = NO_KEYS) -> None:
        """`url` as SQLAlchemy writes it. Raises ValueError for another database.

        A `patient` one gives PostgreSQL any time for a statement, as making an index needs it.
        `keys` seal what is written, and open what is read.
        """
        self.keys = keys
        self.engine = _engine(url, None if patient else ANSWER_TIMEOUT)
        give_keys(self.engine.dialect, keys)
        self._turns = _turns(self.engine) if self.is_sqlite else None
        self._open: WeakSet[asyncpg.Connection] = WeakSet()
        if not self.is_sqlite:
            event.listen(self.engine.sync_engine, "connect", self._opened)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is SQLite: one file, one writer at a time."""
        return self.engine.dialect.name == "sqlite"

    @asynccontextmanager
    async def writing(self, *, patient: bool = False) -> AsyncIterator[AsyncSession]:
        """A transaction that may write; committed at the end, rolled back on any exception.

        A `patient` one lets those go first for whom a person waits.
        """
        turn = self._turns.mine(patient=patient) if self._turns else nullcontext()
        async with turn, AsyncSession(self.engine) as session:
            connection = {"execution_options": {"writes": True}}
            async with _not_hung(session):
                await session.connection(**connection)
                async with _committed(session):
                    yield session
            if session.info.get(_NO_TRACE) and self.is_sqlite:
                await self._empty_log()

    async def _empty_log(self) -> None:
        """Write SQLite's log into the file and cut it off: it holds what was deleted."""
        async with self.engine.connect() as connection:
            raw = await connection.get_raw_connection()
            driver: Any = raw.driver_connection
            await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A transaction that only reads."""
        async with AsyncSession(self.engine) as session, _not_hung(session):
            yield session

    async def close(self, within: float | None = None) -> None:
        """Let go of every connection, and after so many seconds hang up on PostgreSQL.

        It takes leave of one connection after another, and may not answer.
        """
        try:
            async with asyncio.timeout(within):
                await self.engine.dispose()
        except TimeoutError:
            for connection in self._open:
                connection.terminate()
            await asyncio.sleep(0)  # the loop closes the sockets

    def _opened(self, connection: Any, record: object) -> None:
        del record
        self._open.add(connection.driver_connection)


def leave_no_trace(session: AsyncSession) -> None:
    """Let nothing of what this transaction deletes stay in the database's files after it."""
    session.info[_NO_TRACE] = True


GIVEN_UP = (TimeoutError, asyncio.CancelledError)


def _hangs_up(session: AsyncSession) -> bool:
    """Whether it can hang up instead of rolling back: on PostgreSQL that is the same."""
    return session.get_bind().dialect.name == "postgresql"


@asynccontextmanager
async def _not_hung(session: AsyncSession) -> AsyncIterator[None]:
    """Hang up where an answer was given up: a rollback might wait for it for ever."""
    try:
        yield
    except GIVEN_UP:
        if _hangs_up(session):
            await session.invalidate()
        raise


@asynccontextmanager
async def _committed(session: AsyncSession) -> AsyncIterator[None]:
    try:
        yield
    except BaseException as error:
        if not (isinstance(error, GIVEN_UP) and _hangs_up(session)):
            await session.rollback()
        raise
    await session.commit()


def async_url(url: str) -> str:
    """The URL with the driver that we use. Raises ValueError for a database we don't know."""
    parsed = make_url(url)
    driver = _DRIVERS.get(parsed.get_backend_name())
    if driver is None:
        raise ValueError("only SQLite and PostgreSQL are supported")
    return parsed.set(drivername=driver).render_as_string(hide_password=False)


def _turns(engine: AsyncEngine) -> Turns | None:
    """None for a database in memory, which nobody else has."""
    name = engine.url.database
    return Turns(Path(name)) if name and name != ":memory:" else None


def _engine(url: str, answer_within: float | None) -> AsyncEngine:
    target = async_url(url)
    if target.startswith("sqlite"):
        engine = create_async_engine(target, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
        return engine
    engine = create_async_engine(
        target,
        pool_size=10,
        max_overflow=10,
        pool_timeout=POOL_TIMEOUT,
        connect_args={
            "timeout": CONNECT_TIMEOUT,
            "command_timeout": answer_within,
            "server_settings": _unheard_of(answer_within),
        },
    )
    event.listen(engine.sync_engine, "checkin", _put_back)
    event.listen(engine.sync_engine, "checkout", partial(_tried, engine.dialect))
    return engine


def _unheard_of(answer_within: float | None) -> dict[str, str]:
    """How long PostgreSQL keeps a transaction of ours open of which it hears nothing more.

    Where the network lets nothing through it hears of no end either, and what we have locked would
    stay locked for hours. Ours never rest for half as long.
    """
    if answer_within is None:
        return {}
    return {"idle_in_transaction_session_timeout": f"{2000 * answer_within:.0f}"}


def _put_back(connection: object, record: ConnectionPoolEntry) -> None:
    del connection
    record.info[_LAST_USED] = time.monotonic()


def _tried(
    dialect: Dialect, connection: Any, record: ConnectionPoolEntry, proxy: PoolProxiedConnection
) -> None:
    """Ask a rested connection whether the server is still there; else all are made anew.

    One that was used just now is taken as it is: to ask takes three of the dozen ways to the server
    and back that a command costs. Should it be dead, whoever uses it starts over.
    """
    del proxy
    if time.monotonic() - record.info.get(_LAST_USED, -math.inf) < FRESH:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        if dialect.is_disconnect(error, connection, None):
            raise InvalidatePoolError from error
        raise


def _prepare_sqlite(connection: Any, record: object) -> None:
    """WAL lets readers go on beside the writer; foreign keys are off unless asked for."""
    del record
    connection.isolation_level = None  # transactions are ours to begin
    cursor: sqlite3.Cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer locks at once: one that upgrades later can fail where it should have waited."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
