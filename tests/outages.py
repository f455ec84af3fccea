"""What a whole bot has to live with: a database that is away or full, a platform's shut door."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncpg
from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url

from bot.wiring import Bot
from tests.loopback.discord import DiscordServer
from tests.loopback.slack import SlackServer


@asynccontextmanager
async def database_away(database_url: str) -> AsyncIterator[None]:
    """Nobody can write. PostgreSQL hangs up and lets nobody in; SQLite's file is locked."""
    name = make_url(database_url).database
    if database_url.startswith("sqlite"):
        other = sqlite3.connect(str(name), timeout=20, check_same_thread=False)
        try:
            await asyncio.to_thread(other.execute, "BEGIN EXCLUSIVE")
            yield
        finally:
            other.close()
        return
    hang_up = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1"
    postgres = await _connected(database_url, "postgres")
    try:
        await postgres.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        await postgres.execute(hang_up, name)
        yield
    finally:
        await postgres.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
        await postgres.close()


@asynccontextmanager
async def disk_full(bot: Bot) -> AsyncIterator[None]:
    """No table can grow. PostgreSQL can't change a delivery either: it writes a row anew."""
    if bot.store.is_sqlite:
        pages = 1  # fewer than there are already means: no more

        def limit(connection: Connection) -> None:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

        event.listen(bot.store.engine.sync_engine, "begin", limit)
        yield
        pages = 1 << 30
        return
    url = bot.settings.database_url
    database = await _connected(url, str(make_url(url).database))
    try:
        await database.execute(FULL)
        yield
        await database.execute("DROP FUNCTION disk_full CASCADE")
    finally:
        await database.close()


FULL = """
CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
END $$;
CREATE TRIGGER full_touches BEFORE INSERT ON touches EXECUTE FUNCTION disk_full();
CREATE TRIGGER full_deliveries BEFORE INSERT OR UPDATE ON deliveries EXECUTE FUNCTION disk_full();
"""


async def _connected(database_url: str, name: str) -> Any:
    host = str(make_url(database_url).query["host"])
    return await asyncpg.connect(user="postgres", host=host, database=name)


class Door:
    """A port before a server, which can be shut and opened again."""

    def __init__(self, behind: str) -> None:
        self.behind = int(behind.rpartition(":")[2])
        self.port = 0
        self._server: asyncio.Server | None = None
        self._through: set[asyncio.StreamWriter] = set()

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._let_in, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def shut(self) -> None:
        """Refuse connections, and cut those that there are."""
        if self._server is not None:
            self._server.close()
        for writer in list(self._through):
            writer.transport.abort()
        await asyncio.sleep(0.1)

    async def _let_in(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inside, onward = await asyncio.open_connection("127.0.0.1", self.behind)
        self._through |= {writer, onward}
        await asyncio.gather(_pump(reader, onward), _pump(inside, writer))
        self._through -= {writer, onward}


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while part := await reader.read(1 << 16):
            writer.write(part)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def door_to(platform: SlackServer | DiscordServer) -> AsyncIterator[Door]:
    """The only way to a platform, until the end."""
    address = platform.api_url.partition("/api")[0]
    door = Door(address)
    await door.open()
    entrance = f"127.0.0.1:{door.port}"
    if isinstance(platform, SlackServer):
        platform.url = platform.socket.base = platform.handles.base = f"http://{entrance}"
    else:
        platform.api_url = platform.api_url.replace(address, f"http://{entrance}")
        platform.gateway_url = f"ws://{entrance}/gateway"
        platform.gateway.url = platform.rest.gateway_url = platform.gateway_url
    try:
        yield door
    finally:
        await door.shut()


class Wire:
    """The only way to a PostgreSQL, which can fall silent: nothing more comes through, either way.

    What was connected then is never heard of again, as when a server or a network is gone.
    """

    def __init__(self, database_url: str) -> None:
        parsed = make_url(database_url)
        self._socket = f"{parsed.query['host']}/.s.PGSQL.5432"
        self._name = parsed.database
        self._port = 0
        self._wires: list[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = []
        self._cut: set[asyncio.StreamWriter] = set()
        self.silent = False

    @property
    def url(self) -> str:
        """The same database at the other end."""
        return f"postgresql://postgres@127.0.0.1:{self._port}/{self._name}?ssl=disable"

    def fall_silent(self) -> None:
        self.silent = True
        self._cut |= {writer for pair in self._wires for writer in pair}

    async def _let_in(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.silent:
            self._cut.add(writer)
            self._wires.append((writer, writer))
            return
        inside, onward = await asyncio.open_unix_connection(self._socket)
        self._wires.append((writer, onward))
        await asyncio.gather(self._pump(reader, onward), self._pump(inside, writer))

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while part := await reader.read(1 << 16):
                if writer not in self._cut:
                    writer.write(part)
                    await writer.drain()
        if writer not in self._cut:
            writer.close()


@asynccontextmanager
async def wire_to(database_url: str) -> AsyncIterator[Wire]:
    """A wire, until the end."""
    wire = Wire(database_url)
    server = await asyncio.start_server(wire._let_in, "127.0.0.1", 0)
    wire._port = server.sockets[0].getsockname()[1]
    try:
        yield wire
    finally:
        server.close()
        for pair in wire._wires:
            for writer in pair:
                writer.transport.abort()
        await asyncio.sleep(0.1)
