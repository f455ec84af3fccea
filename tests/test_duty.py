"""A duty, on both databases: one holder at a time, another within one lease, given back at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from core.duty import Duty
from core.store.database import Store
from tests.people import Office

LEASE = timedelta(seconds=1.5)
SOON = 0.2
ENOUGH = 10.0


@pytest.fixture
async def stores(database_url: str) -> AsyncIterator[list[Store]]:
    """As two processes have them."""
    made = [Store(database_url), Store(database_url)]
    yield made
    for store in made:
        await store.close()


def duty(office: Office, store: Store, holder: str, name: str = "gateway") -> Duty:
    return Duty(store, office.clock.now, name, holder, LEASE)


async def test_one_has_it_and_the_other_waits(office: Office, stores: list[Store]) -> None:
    mine, theirs = (duty(office, store, str(n)) for n, store in enumerate(stores))
    await mine.taken()
    waiting = asyncio.create_task(theirs.taken())
    await asyncio.sleep(1.0)
    assert not waiting.done()
    await asyncio.wait_for(mine.taken(), ENOUGH)  # whose it is may take it again
    await mine.release()
    await asyncio.wait_for(waiting, ENOUGH)


async def test_another_name_is_another_duty(office: Office, stores: list[Store]) -> None:
    await duty(office, stores[0], "a", "shard 1").taken()
    await asyncio.wait_for(duty(office, stores[1], "b", "shard 2").taken(), ENOUGH)


async def test_a_holder_that_died_is_replaced_after_its_lease(
    office: Office, stores: list[Store]
) -> None:
    mine, theirs = (duty(office, store, str(n)) for n, store in enumerate(stores))
    await mine.taken()
    office.clock.time += LEASE - timedelta(seconds=0.1)
    waiting = asyncio.create_task(theirs.taken())
    await asyncio.sleep(SOON)
    assert not waiting.done()
    office.clock.time += timedelta(seconds=0.2)
    await asyncio.wait_for(waiting, ENOUGH)
    await asyncio.wait_for(mine.lost(), ENOUGH)


async def test_while_it_is_renewed_it_stays(office: Office, stores: list[Store]) -> None:
    mine, theirs = (duty(office, store, str(n)) for n, store in enumerate(stores))
    await mine.taken()
    keeping = asyncio.create_task(mine.lost())
    waiting = asyncio.create_task(theirs.taken())
    for _ in range(6):
        await asyncio.sleep(LEASE.total_seconds() / 3)
        office.clock.time += LEASE / 2
    assert not keeping.done()
    assert not waiting.done()
    for task in (keeping, waiting):
        task.cancel()


async def test_without_the_database_it_is_given_up_before_its_lease_ends(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    store = Store("postgresql://squeaky:hunter2@127.0.0.1:1/squeaky")
    began = asyncio.get_running_loop().time()
    await asyncio.wait_for(duty(office, store, "me").lost(), LEASE.total_seconds())
    assert asyncio.get_running_loop().time() - began < LEASE.total_seconds()
    assert "another process may have it now" in caplog.text
    assert "hunter2" not in caplog.text
    await store.close()
