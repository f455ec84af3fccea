"""`python -m bot copy`: everything goes over, to PostgreSQL and back, or nothing does."""

from __future__ import annotations

import asyncio
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Table, func, insert, select, text

from bot.__main__ import main
from bot.copying import copy
from core.store import fingerprints, schema
from core.store.backup import back_up
from core.store.copying import source_of
from core.store.database import Store
from core.store.fingerprints import Fingerprint, fingerprint
from core.store.tables import Base
from tests.databases import Postgres, migrated
from tests.lives import MONDAY_AGAIN, QUIRKS, TABLES, lived, rows_of
from tests.people import MONDAY, Office, TestClock
from tests.test_command_line import ROOT, bot

Capture = pytest.CaptureFixture[str]


@pytest.fixture
async def other_url(database_url: str, tmp_path: Path, postgres_server: Postgres) -> str:
    """A database of the other kind, without any table."""
    if database_url.startswith("sqlite"):
        return await postgres_server.empty_url()
    return f"sqlite:///{tmp_path / 'other.sqlite3'}"


@asynccontextmanager
async def at(url: str, now: datetime = MONDAY) -> AsyncIterator[Office]:
    """A bot at work on a database."""
    store = Store(url)
    yield Office(store, TestClock(now))
    await store.close()


async def fingerprints_of(url: str) -> dict[str, Fingerprint]:
    async with at(url) as office, office.store.engine.connect() as connection:
        return {table.name: await fingerprint(connection, table) for table in TABLES}


async def add(url: str, table: Table, *rows: dict[str, Any]) -> None:
    """Put rows into a table as the program would."""
    async with at(url) as office, office.store.writing() as session:
        await session.execute(insert(table), list(rows))


async def run(url: str, *statements: str) -> None:
    async with at(url) as office, office.store.writing() as session:
        for statement in statements:
            await session.execute(text(statement))


async def test_all_goes_over_and_back_and_is_the_same(
    database_url: str, other_url: str, tmp_path: Path, postgres_server: Postgres, capsys: Capture
) -> None:
    async with at(database_url) as office:
        await lived(office)
        rows = await rows_of(office.store)
    assert min(rows.values()) > 0, "a table that is empty proves nothing"
    back = (
        f"sqlite:///{tmp_path / 'back.sqlite3'}"
        if database_url.startswith("sqlite")
        else await postgres_server.empty_url()
    )
    assert await copy(database_url, other_url) == 0
    first = capsys.readouterr().out
    assert await copy(other_url, back) == 0
    assert capsys.readouterr().out == first, "the same checksums on both kinds"
    before = await fingerprints_of(database_url)
    assert {name: found.rows for name, found in before.items()} == rows
    assert await fingerprints_of(other_url) == await fingerprints_of(back) == before
    shown = re.findall(r"^(\w+) +(\d+)  ([0-9a-f]{16})$", first, re.MULTILINE)
    assert shown == [(name, str(one.rows), one.checksum) for name, one in before.items()]
    assert f"{len(rows)} tables with {sum(rows.values())} rows, schema 0001: read back" in first


async def test_the_bot_goes_on_with_the_copy(database_url: str, other_url: str) -> None:
    """It knows everybody, gives out new ids and sends what is owed once."""
    async with at(database_url) as office:
        dana, _ = await lived(office)
        shown = await dana.says("show 1")
        old = dana.last.message
        stats = await dana.says("stats")
        ids = await ids_of(office.store)
    assert await copy(database_url, other_url) == 0
    async with at(other_url, MONDAY_AGAIN) as office:
        dana, eve = office.member("dana"), office.member("eve")
        dana.name = "Dana"
        assert await dana.says("show 1") == shown
        assert await dana.says("stats") == stats
        assert "Lou Reyes" in await dana.presses("7 days", on=old)
        assert "Undone" in await dana.says("undo")
        assert "(#2)" in await dana.says("add Robin Patel @ Acme, tomorrow")
        await eve.says("add Sam Okafor @ Initech, tomorrow")
        assert min(await ids_of(office.store) - ids) > max(ids)
        parcels = await office.morning(datetime(2026, 12, 8, 7, 30, tzinfo=UTC))
        told = [one.to for one in parcels if "ping" in one.message.plain().splitlines()[0]]
        assert sorted(told, key=str) == [dana.account, eve.account, office.member("kim").account]
        assert await office.morning(datetime(2026, 12, 8, 7, 31, tzinfo=UTC)) == []


async def ids_of(store: Store) -> set[int]:
    async with store.reading() as session:
        return set(await session.scalars(text("SELECT id FROM followups")))


async def test_every_table_counts_on(database_url: str, other_url: str) -> None:
    async with at(database_url) as office:
        await lived(office)
    assert await copy(database_url, other_url) == 0
    async with at(other_url) as office, office.store.reading() as session:
        for table in TABLES:
            if office.store.is_sqlite or table.autoincrement_column is None:
                continue
            sequence = func.pg_get_serial_sequence(table.name, table.autoincrement_column.name)
            following = await session.scalar(select(func.nextval(sequence)))
            assert following == 1 + (await session.scalar(select(func.max(table.c.id))) or 0)


MEMBER: dict[str, Any] = {
    "created_at": MONDAY,
    "digest_minute": 510,
    "most": 5,
    "pauses": [],
    "pace": "steady",
}
ODD_MEMBERS: list[dict[str, Any]] = [
    {"name": QUIRKS},
    {"name": "", "weekly": True, "asked": True},
    {"created_at": datetime(1, 1, 1, tzinfo=UTC), "last_digest_on": date(1, 1, 1)},
    {"created_at": datetime(9999, 12, 31, 23, 59, 59, 999999, UTC), "last_number": 2**31},
    {"created_at": datetime(2026, 3, 29, 1, 0, 0, 1, UTC), "last_digest_on": date(9999, 12, 31)},
    {"pauses": [["2026-12-24", "2027-01-05"]]},
    {"pauses": [[QUIRKS, ""], [1.5, -0.1, 1e300, 2**70, True, None, {"b": 1, "a": [{}]}]]},
    {"pauses": None},
    {"pauses": "text"},
]


async def test_odd_values_go_over_unchanged(
    database_url: str, other_url: str, tmp_path: Path
) -> None:
    rows = [{**MEMBER, **odd} for odd in ODD_MEMBERS]
    for number, row in enumerate(rows):
        await add(database_url, Base.metadata.tables["members"], {"id": number * 10 + 1, **row})
    back = f"sqlite:///{tmp_path / 'back.sqlite3'}"
    assert await copy(database_url, other_url) == 0
    assert await copy(other_url, back) == 0
    read = [await members_of(url) for url in (database_url, other_url, back)]
    assert read[0] == read[1] == read[2]
    assert len(read[0]) == len(rows)


async def members_of(url: str) -> list[tuple[object, ...]]:
    members = Base.metadata.tables["members"]
    async with at(url) as office, office.store.reading() as session:
        found = await session.execute(select(members).order_by(members.c.id))
        return [tuple(row) for row in found]


async def test_nothing_and_the_null_of_json_are_two_things(
    database_url: str, other_url: str
) -> None:
    async with at(database_url) as office:
        await office.member().says("add Robin Patel @ Acme")
        await office.member().says("sent Robin")
    await run(database_url, "UPDATE touches SET terms = NULL WHERE kind = 'added'")
    await run(database_url, "UPDATE touches SET terms = 'null' WHERE kind <> 'added'")
    assert await copy(database_url, other_url) == 0
    for url in (database_url, other_url):
        async with at(url) as office, office.store.reading() as session:
            told = await session.scalars(text("SELECT terms IS NULL FROM touches ORDER BY id"))
            assert list(map(bool, told)) == [True, False]


async def test_a_follow_up_may_refer_to_a_later_one(
    database_url: str, other_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And more than one batch of them."""
    monkeypatch.setattr(fingerprints, "BATCH", 2)
    async with at(database_url) as office:
        for number in range(5):
            await office.member().says(f"add Contact {number} @ Acme re: role {number}")
    await run(database_url, "UPDATE followups SET referred_by = 6 - id WHERE id <> 3")
    assert await copy(database_url, other_url) == 0
    assert await fingerprints_of(database_url) == await fingerprints_of(other_url)
    async with at(other_url) as office, office.store.reading() as session:
        links = await session.scalars(text("SELECT referred_by FROM followups ORDER BY id"))
        assert list(links) == [5, 4, None, 2, 1]


async def test_a_backup_moves_to_postgresql(tmp_path: Path, postgres_server: Postgres) -> None:
    """Of a bot that runs: what `backup` wrote is a database as any other."""
    url = f"sqlite:///{tmp_path / 'squeaky.sqlite3'}"
    await migrated(url)
    target = await postgres_server.empty_url()
    async with at(url) as office:
        await lived(office)
        back_up(tmp_path / "squeaky.sqlite3", tmp_path / "backup.sqlite3")
        assert await copy(f"sqlite:///{tmp_path / 'backup.sqlite3'}", target) == 0
        assert await fingerprints_of(target) == await fingerprints_of(url)


# --- while FROM is in use ------------------------------------------------------------


async def test_what_is_in_use_is_not_copied_unless_one_asks_for_it(
    database_url: str, other_url: str, capsys: Capture
) -> None:
    async with at(database_url) as office:
        dana = office.member()
        await dana.says("add Robin Patel @ Acme")
        assert await copy(database_url, other_url) == 1
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.startswith("Nothing was copied. ")
        assert "stop the bot" in said.err
        await dana.says("add Kim Sato @ Globex")
        over = asyncio.Event()
        writing = asyncio.create_task(keep_writing(office, over))
        assert await copy(database_url, other_url, live=True) == 0
        over.set()
        await writing
        assert "What was written to FROM since this began is not in TO." in capsys.readouterr().out
    found = await fingerprints_of(other_url)
    assert found["followups"].rows == found["contacts"].rows == found["changes"].rows >= 2


async def keep_writing(office: Office, over: asyncio.Event) -> None:
    number = 0
    while not over.is_set():
        number += 1
        await office.member().says(f"add Contact {number} @ Initech re: role {number}")


async def test_nobody_comes_in_while_it_is_copied(
    tmp_path: Path, postgres_server: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bot that starts on FROM meanwhile can't write what would be lost."""
    url = f"sqlite:///{tmp_path / 'squeaky.sqlite3'}"
    await migrated(url)
    store = Store(url)
    monkeypatch.setattr("core.store.database.BUSY_TIMEOUT_MS", 200)
    async with source_of(store, live=False), at(url) as office:
        with pytest.raises(Exception, match="locked"):
            async with office.store.reading() as session:
                await session.execute(text("SELECT 1 FROM members"))
    await store.close()


# --- refused -------------------------------------------------------------------------


async def refused(capsys: Capture, source: str, target: str) -> str:
    assert await copy(source, target) == 1
    said = capsys.readouterr()
    assert "hunter2" not in said.err
    return said.err


async def test_a_target_that_has_something_is_refused(
    database_url: str, other_url: str, capsys: Capture
) -> None:
    async with at(database_url) as office:
        await office.member().says("add Robin Patel @ Acme")
    await run(other_url, "CREATE TABLE birds (name VARCHAR(20))")
    assert "TO has tables of something else" in await refused(capsys, database_url, other_url)
    await run(other_url, "DROP TABLE birds")
    assert await copy(database_url, other_url) == 0
    before = await fingerprints_of(other_url)
    assert "TO is not empty: arrivals has rows" in await refused(capsys, database_url, other_url)
    assert await fingerprints_of(other_url) == before
    await run(other_url, "UPDATE alembic_version SET version_num = '9999'")
    assert "newer version" in await refused(capsys, database_url, other_url)


async def test_a_source_that_is_no_database_of_ours_is_refused(
    database_url: str, other_url: str, tmp_path: Path, capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    none = tmp_path / "none.sqlite3"
    assert "There is no database at FROM" in await refused(capsys, f"sqlite:///{none}", other_url)
    assert not none.exists()
    none.write_bytes(b"Dear diary, " * 500)
    assert "FROM can't be used" in await refused(capsys, f"sqlite:///{none}", other_url)
    nobody = "postgresql://squeaky:hunter2@127.0.0.1:1/squeaky"
    assert "FROM can't be used" in await refused(capsys, nobody, other_url)
    assert "TO can't be used" in await refused(capsys, database_url, nobody)
    nowhere = f"sqlite:///{tmp_path / 'nowhere' / 'x.sqlite3'}"
    assert "TO can't be used" in await refused(capsys, database_url, nowhere)
    assert "the same database" in await refused(capsys, database_url, database_url)
    assert "FROM is no database of Squeaky's" in await refused(capsys, other_url, database_url)
    await run(database_url, "CREATE TABLE birds (name VARCHAR(20))")
    assert "tables that I don't know: birds" in await refused(capsys, database_url, other_url)
    await run(database_url, "DROP TABLE birds")
    monkeypatch.setattr(schema, "_known", lambda: ("0002", "0001"))
    assert "start the bot on it once" in await refused(capsys, database_url, other_url)
    monkeypatch.setattr(schema, "_known", lambda: ("0000",))
    assert "FROM was made by a newer" in await refused(capsys, database_url, other_url)


@pytest.mark.parametrize(
    ("value", "why"), [("x" * 201, "is too long for TO"), ("a\0b", "has a character that TO")]
)
async def test_what_the_other_cannot_hold_is_named_and_nothing_is_copied(
    tmp_path: Path, postgres_server: Postgres, value: str, why: str, capsys: Capture
) -> None:
    """The bot cuts off and cleans what is typed; this is somebody else's hand in the file."""
    url, target = f"sqlite:///{tmp_path / 'x.sqlite3'}", await postgres_server.empty_url()
    await migrated(url)
    async with at(url) as office:
        await office.member().says("add Robin Patel @ Acme")
    async with at(url) as office, office.store.writing() as session:
        await session.execute(text("UPDATE accounts SET home = :value"), {"value": value})
    said = await refused(capsys, url, target)
    assert f"accounts: `home` of row 1 {why}" in said
    assert set((await fingerprints_of(target)).values()) == {Fingerprint()}, "not even members"
    await run(url, "UPDATE accounts SET home = 'well'")
    assert await copy(url, target) == 0


KILLED = """
import asyncio, os, signal, sys
from bot.copying import copy
from core.store import copying

async def dies(*_):
    os.kill(os.getpid(), signal.SIGKILL)

copying._copy_link = dies  # half of the tables are there by then
asyncio.run(copy(*sys.argv[1:]))
"""


def killed(*urls: str) -> int:
    """How a process ends that dies in the middle of it."""
    command = [sys.executable, "-c", KILLED, *urls]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode


async def test_one_that_is_killed_leaves_nothing_and_is_begun_anew(
    database_url: str, other_url: str
) -> None:
    async with at(database_url) as office:
        await lived(office)
    assert await asyncio.to_thread(killed, database_url, other_url) == -signal.SIGKILL
    assert set((await fingerprints_of(other_url)).values()) == {Fingerprint()}
    assert await copy(database_url, other_url) == 0
    assert await fingerprints_of(database_url) == await fingerprints_of(other_url)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["sqlite:///a"],
        ["mysql://u:hunter2@h/x", "sqlite:///a"],
        ["sqlite:///a", "postgres:hunter2"],
        ["sqlite://", "sqlite:///a"],
        ["sqlite:///:memory:", "sqlite:///a"],
        ["squeaky.sqlite3", "sqlite:///a"],
    ],
)
def test_addresses_that_are_none_show_the_usage(arguments: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as left:
        main(["copy", *arguments])
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert "usage: python -m bot copy" in said
    assert "hunter2" not in said


def test_the_command_line_copies(tmp_path: Path) -> None:
    one, other = (f"sqlite:///{tmp_path / name}" for name in ("one.sqlite3", "other.sqlite3"))
    asyncio.run(migrated(one))
    done = bot("copy", one, other, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "the same as in FROM" in done.stdout
    assert (tmp_path / "other.sqlite3").stat().st_mode & 0o777 == 0o600
    done = bot("copy", one, "mysql://u:hunter2@h/x", folder=tmp_path)
    assert done.returncode == 2
    assert "hunter2" not in done.stderr


# --- checksums -----------------------------------------------------------------------

LANES = Base.metadata.tables["lanes"]
ROWS = st.lists(
    st.tuples(
        st.text(max_size=9),
        *[st.none() | st.datetimes(timezones=st.just(UTC))] * 2,
    ),
    max_size=6,
)


def told(rows: list[tuple[object, ...]]) -> Fingerprint:
    found = Fingerprint()
    for row in rows:
        found = found.with_row(LANES, row)
    return found


@given(ROWS, st.randoms(use_true_random=False), ROWS)
def test_a_checksum_knows_rows_and_no_order(
    rows: list[tuple[object, ...]], random: Any, others: list[tuple[object, ...]]
) -> None:
    mixed = random.sample(rows, len(rows))
    assert told(mixed) == told(rows)
    same = sorted(map(repr, rows)) == sorted(map(repr, others))
    assert (told(others) == told(rows)) is same


def test_a_row_that_is_there_twice_counts_twice() -> None:
    row = ("web:", None, None)
    assert len({told([row] * times).sum for times in range(4)}) == 4
