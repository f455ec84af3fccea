"""`python -m bot deliveries`, on both databases: what it lists, tries again, refuses and hides."""

from __future__ import annotations

import argparse
import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.deliveries import add_parser, deliveries
from bot.settings import Settings
from core.domain.deliveries import Dead, Delivered, Held, Later, Outcome, Parcel
from core.store.database import Store
from tests.databases import Postgres
from tests.people import Office

HOUR = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
NOON = HOUR + timedelta(hours=4, minutes=35)
PERSONAL = re.compile("dana|lee|acme|hunter2", re.IGNORECASE)

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def settings(database_url: str) -> Settings:
    """What the command is run with: at noon, beside a bot on the same database."""
    return settings_for(database_url)


def settings_for(url: str, now: datetime = NOON) -> Settings:
    return Settings.model_validate({"database_url": url, "squeaky_now": now})


@pytest.fixture
async def parcels(office: Office) -> list[Parcel]:
    """This morning's digests of four members, under way."""
    for number in range(4):
        await office.member(f"U0DANA{number}").says("add Dana Lee @ Acme, tomorrow")
    office.clock.time = HOUR
    await office.mailroom.plan()
    return await office.parcels()


async def end(office: Office, parcels: list[Parcel], *outcomes: Outcome) -> None:
    await office.mailroom.finish(list(zip(parcels, outcomes, strict=False)))


def said(capsys: Capture) -> list[str]:
    """The lines that it printed. They never name a person or what somebody typed."""
    printed = capsys.readouterr()
    assert printed.err == ""
    assert not PERSONAL.search(printed.out)
    return printed.out.splitlines()


async def test_it_lists_what_is_late_held_or_dead_and_why(
    office: Office, parcels: list[Parcel], settings: Settings, capsys: Capture
) -> None:
    _, waiting, held, dead = parcels
    await end(
        office,
        [waiting, held, dead],
        Later(3600, "Slack can't be reached"),
        Held("their direct messages\nare closed"),
        Dead("Slack refused the message"),
    )
    assert await deliveries(settings) == 0
    head, *rows = said(capsys)
    assert re.split(r"  +", head) == [
        "delivery",
        "platform",
        "day",
        "state",
        "attempts",
        "late by",
        "reason",
    ]
    day, late = "2026-11-24", "4 h 35 min"
    assert [re.split(r"  +", row) for row in rows] == [
        [parcels[0].key, "web", day, "sending", "1", late],
        [waiting.key, "web", day, "waiting", "1", late, "Slack can't be reached"],
        [held.key, "web", day, "held", "1", late, "their direct messages are closed"],
        [dead.key, "web", day, "dead", "1", late, "Slack refused the message"],
    ]


async def test_it_lists_one_kind_and_so_many(
    office: Office, parcels: list[Parcel], settings: Settings, capsys: Capture
) -> None:
    await end(office, parcels, *[Held("closed")] * 3, Dead("refused"))
    assert await deliveries(settings, state="held", limit=2) == 0
    _, *rows, more = said(capsys)
    assert [row.split()[0] for row in rows] == [parcels[2].key, parcels[1].key]
    assert more == "There may be more that are held: --limit 4 shows them."


async def test_it_says_when_there_is_nothing(settings: Settings, capsys: Capture) -> None:
    assert await deliveries(settings) == 0
    assert said(capsys) == ["Nothing is late.", "Nothing is held.", "Nothing is dead."]


async def test_some_are_tried_again_beside_a_bot_that_is_writing(
    office: Office, parcels: list[Parcel], settings: Settings, capsys: Capture
) -> None:
    sent, under_way, held, dead = parcels
    await end(office, [sent, held, dead], Delivered("D1", "m1"), Held("closed"), Dead("refused"))
    ids = [held.id, dead.id, under_way.id, sent.id, 999]
    command = asyncio.create_task(deliveries(settings, retry=ids))
    async with office.store.writing() as session:
        await asyncio.sleep(0.1)
        await session.execute(text("SELECT 1"))
    assert await command == 1
    lines = said(capsys)
    assert lines[:2] == [f"{held.id}: will be tried again", f"{dead.id}: will be tried again"]
    assert re.fullmatch(rf"{under_way.id}: not tried again: it may be on its way; .*", lines[2])
    assert lines[3:] == [
        f"{sent.id}: not tried again: it has arrived",
        "999: not tried again: there is no such delivery",
    ]
    office.clock.time = NOON + timedelta(minutes=1)
    again = [parcel.id for parcel in await office.parcels()]
    assert again == [under_way.id, held.id, dead.id]  # its lease has run out meanwhile


@pytest.mark.parametrize(("state", "count"), [("held", 3), ("dead", 1)])
async def test_all_of_one_kind_are_tried_again(
    office: Office,
    parcels: list[Parcel],
    settings: Settings,
    capsys: Capture,
    state: str,
    count: int,
) -> None:
    await end(office, parcels, *[Held("closed")] * 3, Dead("refused"))
    assert await deliveries(settings, retry_all=state) == 0
    assert said(capsys) == [f"{count} of today's that were {state} will be tried again."]
    office.clock.time = NOON + timedelta(minutes=1)
    assert len(await office.parcels()) == count


async def test_those_of_a_day_that_is_over_are_refused_with_a_sentence(
    office: Office, parcels: list[Parcel], database_url: str, capsys: Capture
) -> None:
    await end(office, parcels, *[Held("closed")] * 4)
    tomorrow = settings_for(database_url, NOON + timedelta(days=1))
    assert await deliveries(tomorrow, retry=[parcels[0].id]) == 1
    (line,) = said(capsys)
    assert line.endswith(
        "its day is over, and what it says no longer true; the next morning's says it all"
    )
    assert await deliveries(tomorrow, retry_all="held") == 0
    assert said(capsys) == ["0 of today's that were held will be tried again."]


async def test_an_empty_database_and_one_of_another_version_are_told(
    tmp_path: Path, postgres_server: Postgres, database_url: str, capsys: Capture
) -> None:
    store = Store(database_url)
    async with store.writing() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    await store.close()
    file = tmp_path / "empty.sqlite3"
    file.touch()
    for url in (f"sqlite:///{file}", await postgres_server.empty_url(), database_url):
        assert await deliveries(settings_for(url)) == 1
        assert await deliveries(settings_for(url), retry_all="held") == 1
        line, again = said(capsys)
        assert line == again
        assert "Start the bot once" in line


async def test_a_database_that_is_not_there_is_told_and_not_made(
    tmp_path: Path, capsys: Capture
) -> None:
    assert await deliveries(settings_for(f"sqlite:///{tmp_path / 'none.sqlite3'}")) == 1
    assert said(capsys) == [
        "There is no database yet: DATABASE_URL names a file that doesn't exist."
    ]
    assert not _files(tmp_path)
    away = settings_for("postgresql://squeaky:hunter2@127.0.0.1:1/squeaky")
    assert await deliveries(away) == 1
    (line,) = said(capsys)
    assert line.startswith("DATABASE_URL: the database can't be used")


def _files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def parse(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    return parser.parse_args(["deliveries", *arguments])


def test_its_options_are_what_it_takes() -> None:
    assert vars(parse()) == {"state": "all", "limit": 50, "retry": [], "retry_all": None}
    assert parse("--state", "dead", "--limit", "7").limit == 7
    assert parse("--retry", "17", "d18-1795503600", "d19").retry == [17, 18, 19]
    assert parse("--retry-all", "held").retry_all == "held"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--state", "sent"],
        ["--limit", "0"],
        ["--limit", "-5"],
        ["--limit", "²"],
        ["--retry"],
        ["--retry", "x17"],
        ["--retry", "17;"],
        ["--retry", "9" * 30],
        ["--retry-all", "sent"],
        ["--retry", "17", "--retry-all", "held"],
    ],
)
def test_what_it_does_not_take_shows_the_usage(arguments: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as left:
        parse(*arguments)
    assert left.value.code == 2
    assert "usage:" in capsys.readouterr().err
