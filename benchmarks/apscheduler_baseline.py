"""The named alternative: APScheduler with one persistent cron job for each member.

`python -m benchmarks.apscheduler_baseline URL JOBS`: all of them are due now and do nothing; how
long until the last has run and its next time is in the database, and how long the loop was blocked.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from sqlite3 import Connection
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from sqlalchemy import Engine, create_engine, event, make_url

from benchmarks.measuring import Probe, say, since

_fired: list[int] = []


async def fire(member: int) -> None:
    """What a job does here: as good as nothing."""
    _fired.append(member)


def engine_of(url: str) -> Engine:
    """An engine that waits for its answers: APScheduler has no other; as careful as ours."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed)
        event.listen(engine, "connect", _as_careful)
        return engine
    return create_engine(parsed.set(drivername="postgresql+psycopg"))


def _as_careful(connection: Connection, record: Any) -> None:
    del record
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


async def measured(url: str, jobs: int) -> None:
    """Let all of them fire once."""
    scheduler = AsyncIOScheduler(
        jobstores={"default": SQLAlchemyJobStore(engine=engine_of(url))},
        # With the default of one second of grace, those that come later would be dropped.
        job_defaults={"misfire_grace_time": None, "coalesce": True},
        timezone=UTC,
    )
    scheduler.start(paused=True)
    now = datetime.now(UTC)  # noqa: TID251 - it is APScheduler's clock
    for member in range(jobs):
        daily = CronTrigger(hour=8, minute=30, timezone=UTC)
        scheduler.add_job(fire, daily, args=(member,), id=str(member), next_run_time=now)
    async with Probe() as probe:
        began = time.monotonic()
        scheduler.resume()
        while len(_fired) < jobs:  # noqa: ASYNC110 - APScheduler has nothing to wait for
            await asyncio.sleep(0.01)
        seconds = since(began)
    scheduler.shutdown(wait=False)
    say(fired=jobs, seconds=seconds, blocked=probe.worst)


def main(arguments: Sequence[str]) -> None:
    """Run it."""
    url, jobs = arguments
    asyncio.run(measured(url, int(jobs)))


if __name__ == "__main__":
    main(sys.argv[1:])
