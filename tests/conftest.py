"""Fixtures that every test may use."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from adapters.slack import patience
from core.store.database import Store
from core.store.upgrade import upgrade
from tests.databases import Postgres, postgres
from tests.people import Office, TestClock

settings.register_profile("squeaky", deadline=None)  # a busy machine is no fault
settings.load_profile("squeaky")

MOST_WORKERS = 4
"""Each drives servers and databases of its own: more of them need much memory."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: half of the time a test waits for an answer."""
    return min(MOST_WORKERS, (os.cpu_count() or 1) + 1)


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine gets no "one moment" between a question and its answer."""
    monkeypatch.setattr(patience, "MOMENT", 60.0)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """A PostgreSQL server, started for the first test that wants one."""
    with postgres(hurried=True) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new database at the newest schema: each test that uses it runs on both kinds."""
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres_server")
        return await server.url()
    url = f"sqlite:///{tmp_path / 'squeaky.sqlite3'}"
    store = Store(url)
    await upgrade(store)
    await store.close()
    return url


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    """A desk and a mailroom on a database, with a clock that the test moves."""
    store = Store(database_url)
    yield Office(store, TestClock())
    await store.close()
