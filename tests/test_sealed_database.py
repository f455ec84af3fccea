"""With SECRET_KEY set, whoever has the database without the key reads nothing of anybody's search.

Both kinds of database are lived in by several members, and searched byte by byte, column by column.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, String, Text, cast, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.types import TypeEngine

from adapters.web.journal import PLACE
from bot.__main__ import main
from bot.check import check
from bot.copying import copy
from bot.run import DatabaseError, run
from bot.sealing import reseal
from bot.settings import Settings
from core.store import database, resealing
from core.store.database import Store
from core.store.fingerprints import Fingerprint, fingerprint
from core.store.sealing import MARK, NO_KEYS, Broken, Keys
from core.store.seals import SealProblem, hold, look
from core.store.tables import Base, ContactRow
from core.store.tables.sealed import Sealed, SealedJson
from tests import test_scenario as scenario
from tests.clubs import ClubHouse, messages_to
from tests.databases import Postgres, migrated
from tests.lives import QUIRKS, TABLES, lived
from tests.people import MONDAY, Office, TestClock
from tests.stages.base import Stage
from tests.stages.web import web_stage
from tests.test_command_line import ROOT, bot
from tests.test_forgetting import SECRETS, a_life

Capture = pytest.CaptureFixture[str]
OLD, NEW = secrets.token_urlsafe(32), secrets.token_hex(32)
TYPED = (
    *SECRETS,
    *("Robin Patel", "Kim Sato", "Lou Reyes", "Sam Okafor", "Acme", "Globex", "Hooli", "Initech"),
    *("data PM", "two ways", "to save a day", "they move to dbt", "Calm in a launch"),
    *("Tuesday Club", "Grüße", QUIRKS),
)
"""What members type in the course of `a_life` and `lived`, and names that they go by."""


# Which columns


def plain_columns() -> set[str]:
    """The columns that hold text, or anything, and are not sealed."""
    return {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.c
        if _is_text(column.type)
    }


def _is_text(kind: TypeEngine[object]) -> bool:
    return isinstance(kind, String | JSON)


def test_every_column_of_text_is_sealed_or_said_to_be_readable_and_why() -> None:
    """A column that comes later has to be one or the other."""
    document = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    _, _, after = document.partition("### What stays readable")
    listed = [line for line in after.partition("\n#")[0].splitlines() if line.startswith("- ")]
    named = {name: line for line in listed for name in re.findall(r"`(\w+\.\w+)`", line)}
    assert set(named) == plain_columns()
    assert all(re.search(r": \w.{15}", line) for line in listed), "a reason"


def test_what_is_sealed_is_bound_to_its_own_column() -> None:
    found = 0
    for table in Base.metadata.sorted_tables:
        for column in table.c:
            if isinstance(column.type, Sealed | SealedJson):
                assert column.type.where == f"{table.name}.{column.name}"
                found += 1
    assert found > 25


def test_sealed_text_can_not_be_compared_by_mistake() -> None:
    with pytest.raises(TypeError, match="written_as"):
        _ = ContactRow.name == "Robin"
    with pytest.raises(TypeError, match="written_as"):
        ContactRow.key.in_(["robin@"])
    assert str(ContactRow.name != "") == "contacts.name != :name_1"


# A life, and what a thief has of it


@asynccontextmanager
async def at(url: str, keys: Keys = NO_KEYS, now: datetime = MONDAY) -> AsyncIterator[Office]:
    """A desk and a mailroom on a database that is opened with these keys."""
    store = Store(url, keys=keys)
    try:
        await hold(store)
        yield Office(store, TestClock(now))
    finally:
        await store.close()


async def stolen(url: str) -> str:
    """All that somebody has who has the database: SQLite's files, or every column as text."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        path = Path(str(parsed.database))
        files = [one for one in path.parent.iterdir() if one.is_file()]
        return b"\n".join(one.read_bytes() for one in files).decode(errors="replace")
    return await columns_of(url)


async def columns_of(url: str) -> str:
    """All that is in all tables, as the database has it."""
    store = Store(url)
    found = []
    async with store.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            columns = [cast(text(f'"{table.name}"."{one.name}"'), Text) for one in table.c]
            rows = await connection.execute(select(*columns).select_from(table))
            found += ["\t".join(str(value) for value in row) for row in rows]
    await store.close()
    return "\n".join(found)


def readable_in(found: str) -> list[str]:
    """The typed words that stand there, as they are or as JSON has them."""
    return [
        word
        for word in TYPED
        if word in found or word.encode("ascii", "backslashreplace").decode() in found
    ]


async def fingerprints_of(url: str, keys: Keys) -> dict[str, Fingerprint]:
    """What the program reads of each table."""
    async with at(url, keys) as office, office.store.engine.connect() as connection:
        return {table.name: await fingerprint(connection, table) for table in TABLES}


async def execute(url: str, statement: str) -> None:
    """Change something behind the program's back."""
    store = Store(url)
    async with store.writing() as session:
        await session.execute(text(statement))
    await store.close()


def settings_at(url: str, file: Path, *keys: str) -> Settings:
    """With these keys, and the playground's file there."""
    values = {"database_url": url, "playground_file": str(file), "http_port": 0}
    return Settings.model_validate(values | ({"secret_key": ",".join(keys)} if keys else {}))


async def test_a_thief_reads_nothing_that_was_typed(database_url: str) -> None:
    keys = Keys(OLD)
    async with at(database_url, keys) as office:
        await a_life(office.member("vera"))
        await lived(office)
        during = await stolen(database_url)  # with SQLite's log beside the file
        assert "Robin Patel" in await office.member("dana").says("add Robin Patel @ Acme, tomorrow")
    after = await stolen(database_url)
    assert readable_in(during) == readable_in(after) == []
    sealed = re.findall(r"sq1\.\w{8}\.[\w=-]+", await columns_of(database_url))
    assert len(sealed) == len(set(sealed)) > 500, "not even equal texts of one batch look alike"
    await execute(database_url, "UPDATE lanes SET name = 'Quixotech' WHERE name LIKE 'slack%'")
    assert readable_in(await stolen(database_url)) == ["Quixotech"], "a leak is found"
    async with at(database_url, keys) as office:
        shown = await office.member("vera").says("show Vera")
        assert "Zanzibarova" in shown or "Vera Z" in shown
    for other in (NO_KEYS, Keys(NEW)):
        with pytest.raises(SealProblem, match="^SECRET_KEY: .*" + keys.ids[0]):
            async with at(database_url, other):
                pass


async def test_switched_on_turned_and_switched_off_it_says_the_same(
    database_url: str, tmp_path: Path, capsys: Capture
) -> None:
    async with at(database_url) as office:
        await a_life(office.member("vera"))
        await lived(office)
    before = await fingerprints_of(database_url, NO_KEYS)
    plain = readable_in(await stolen(database_url))
    assert len(plain) > 15, "without a key all of it can be read"

    # A key comes: what was there is read; then it is sealed as well.
    assert await fingerprints_of(database_url, Keys(OLD)) == before
    async with at(database_url, Keys(OLD)) as office, office.store.reading() as session:
        assert not (await look(session, office.store.keys)).whole
    assert await reseal(settings_at(database_url, tmp_path / "none", OLD)) == 0
    assert readable_in(await stolen(database_url)) == []
    assert await fingerprints_of(database_url, Keys(OLD)) == before

    # Another key: the process dies in the middle, and the bot goes on with both meanwhile.
    assert killed(database_url, f"{NEW},{OLD}", tmp_path) == -signal.SIGKILL
    found = await stolen(database_url)
    assert all(f"{MARK}{Keys(key).ids[0]}" in found for key in (OLD, NEW)), "it was in the middle"
    assert await fingerprints_of(database_url, Keys(NEW, OLD)) == before
    for one in (OLD, NEW):
        with pytest.raises(SealProblem):
            await fingerprints_of(database_url, Keys(one))
    assert await reseal(settings_at(database_url, tmp_path / "none", NEW, OLD)) == 0
    assert "Other keys may go" in capsys.readouterr().out
    found = await stolen(database_url)
    assert readable_in(found) == [] and f"{MARK}{Keys(OLD).ids[0]}" not in found
    assert await fingerprints_of(database_url, Keys(NEW)) == before

    # And off.
    assert await reseal(settings_at(database_url, tmp_path / "none", NEW), plain=True) == 0
    after = await fingerprints_of(database_url, NO_KEYS)
    assert "tokens of workspaces were deleted (1)" in capsys.readouterr().out
    assert after.pop("slack_installations").rows == 0
    assert after == {table: said for table, said in before.items() if table in after}
    found = await stolen(database_url)
    assert MARK not in found and readable_in(found) == plain


KILLED = """
import asyncio, os, signal, sys
from bot.sealing import reseal
from bot.settings import Settings
from core.store import resealing
resealing.BATCH = 10
looked, made = [], resealing._update
def update(*given):
    looked.append(1)
    if len(looked) > 8:
        os.kill(os.getpid(), signal.SIGKILL)
    return made(*given)
resealing._update = update
url, key, file = sys.argv[1:]
settings = {"database_url": url, "secret_key": key, "playground_file": file}
asyncio.run(reseal(Settings.model_validate(settings)))
"""
"""A rotation whose process dies between two batches."""


def killed(url: str, key: str, folder: Path) -> int:
    """How that process ends."""
    command = [sys.executable, "-c", KILLED, url, key, str(folder / "playground.jsonl")]
    return subprocess.run(command, cwd=ROOT, check=False, timeout=60).returncode


async def test_members_are_found_whichever_key_sealed_them(database_url: str) -> None:
    """While a key is new nobody becomes two, and what was learned of their organization is told."""
    async with at(database_url) as office:
        await office.member().says("add Robin Patel @ Acme re: one")
        await office.member().says("insight Robin, they move to dbt")
    for number, keys in enumerate((Keys(OLD), Keys(NEW, OLD))):
        async with at(database_url, keys) as office:
            dana = office.member()
            await dana.says(f"add robin patel @ ACME re: two {number}")
            rows = f"Robin Patel,Acme,three {number}\nRobin Patel,Acme,four {number}\n"
            await dana.imports(f"Name,Company,Role\n{rows}".encode())
            await dana.presses("Import 2")
            assert "they move to dbt" in await dana.says("draft 1")
            async with office.store.reading() as session:
                assert (await session.scalars(select(ContactRow.name))).all() == ["Robin Patel"]


async def test_mates_meet_whichever_key_sealed_where_they_go(database_url: str) -> None:
    """And once, though another key seals that they were told."""
    async with at(database_url) as office:
        for one in await ClubHouse(office).club("dana", "kim"):
            await one.says("club join matches: yes")
        await ClubHouse(office).person("kim").says("add Lou Reyes @ Globex")
    told = []
    for keys in (Keys(OLD), Keys(NEW, OLD)):
        async with at(database_url, keys) as office:
            house = ClubHouse(office)
            await house.person("dana").says(f"add Somebody {keys.ids[0]} @ GLOBEX")
            told.append(messages_to(await house.carry(), house.person("dana")))
    assert [len(some) for some in told] == [1, 0]
    assert "Globex" in told[0][0].plain() or "GLOBEX" in told[0][0].plain()


async def test_text_that_was_changed_or_moved_is_refused(
    database_url: str, tmp_path: Path, capsys: Capture
) -> None:
    keys = Keys(OLD)
    async with at(database_url, keys) as office:
        await office.member("dana").says("add Robin Patel @ Acme, tomorrow")
        await office.member("eve").says("add Kim Sato @ Globex, tomorrow")
    await execute(database_url, "UPDATE contacts SET name = organization WHERE id = 1")
    async with at(database_url, keys) as office:
        with pytest.raises(Broken, match=r"contacts\.name"):
            async with office.store.reading() as session:
                await session.scalars(select(ContactRow.name))
        told = await office.member("dana").says("list")
        assert "Acme" not in told and "code" in told
        assert "Kim Sato" in await office.member("eve").says("list"), "others go on"
        sent = await office.morning(MONDAY.replace(day=24, hour=8))
        assert [parcel.to for parcel in sent] == [office.member("eve").account]
    assert await reseal(settings_at(database_url, tmp_path / "none", NEW, OLD)) == 1
    assert "These rows can't be opened: contacts 1. " in capsys.readouterr().err
    with pytest.raises(SealProblem, match=keys.ids[0]):  # so the old key can't be lost by mistake
        async with at(database_url, Keys(NEW)):
            pass


# The bot and its commands


async def test_the_start_and_the_check_stop_without_the_key(
    database_url: str, tmp_path: Path, capsys: Capture
) -> None:
    async with at(database_url, Keys(OLD)) as office:
        await office.member().says("add Robin Patel @ Acme")
    conversations = tmp_path / "conversations"
    (old,), (new,) = Keys(OLD).ids, Keys(NEW).ids
    for keys, told in (((), "set it to that key"), ((NEW,), f"you have {new}; write that key too")):
        settings = settings_at(database_url, conversations, *keys)
        with pytest.raises(DatabaseError) as stopped:
            await run(settings)
        assert await check(settings) == 1
        for said in (str(stopped.value), capsys.readouterr().out):
            assert re.search(rf"SECRET_KEY: .*key {old}.*{told}", said), said
            assert NEW not in said
    assert not conversations.exists(), "nothing is sealed with a key that is not the right one"
    assert await check(settings_at(database_url, conversations, OLD)) == 0
    assert f"sealed with the key {old}" in capsys.readouterr().out
    async with at(database_url, Keys(NEW, OLD)):
        assert await check(settings_at(database_url, conversations, NEW, OLD)) == 0
    assert "python -m bot reseal" in capsys.readouterr().out


def test_a_key_is_made_and_a_wrong_one_stops_the_process(tmp_path: Path, capsys: Capture) -> None:
    assert main(["key"]) == 0
    key = capsys.readouterr().out.strip()
    url = asyncio.run(migrated(f"sqlite:///{tmp_path / 'squeaky.sqlite3'}"))
    assert asyncio.run(reseal(settings_at(url, tmp_path / "none", key))) == 0
    done = bot("run", folder=tmp_path, DATABASE_URL=url, SECRET_KEY=NEW, HTTP_PORT="0")
    assert done.returncode == 2
    assert done.stderr.startswith("Squeaky can't start.\nSECRET_KEY: the database has text sealed")
    assert key not in done.stderr and NEW not in done.stderr


async def test_nothing_is_sealed_anew_beside_a_bot_that_would_not_notice(
    database_url: str, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 100)
    async with at(database_url, Keys(OLD)) as office:
        await office.member().says("add Robin Patel @ Acme")
        settings = settings_at(database_url, tmp_path / "none", OLD)
        assert await reseal(settings, plain=True) == 1
        said = capsys.readouterr().err
        assert said.endswith(
            (": stop the bot, or whatever else uses it.\n", "stop the bot first.\n")
        )
        assert "Robin Patel" in await office.member().says("list")
        if not office.store.is_sqlite:  # a key may change while all have both
            assert await reseal(settings) == 0
    assert await reseal(settings_at(database_url, tmp_path / "none")) == 1
    assert "SECRET_KEY: set it first" in capsys.readouterr().err


async def test_of_two_processes_that_start_on_a_new_database_neither_says_to_reseal(
    database_url: str,
) -> None:
    stores = [Store(database_url, keys=Keys(OLD)) for _ in range(4)]
    await asyncio.gather(*(hold(store) for store in stores))
    assert (await hold(stores[0])).whole
    for store in stores:
        await store.close()


async def test_a_disk_that_is_full_is_said_and_reseal_goes_on_later(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def too_large(store: Store) -> None:
        async with store.engine.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            await driver.execute("PRAGMA max_page_count = 1")  # which is as many as there are
            await driver.execute("CREATE TABLE more AS SELECT randomblob(1000000)")

    url = await migrated(f"sqlite:///{tmp_path / 'squeaky.sqlite3'}")
    settings = settings_at(url, tmp_path / "none", OLD)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(resealing, "_rebuild", too_large)
        assert await reseal(settings) == 1
    assert capsys.readouterr().err == "DATABASE_URL: there is no room left on the disk.\n"
    async with at(url, Keys(OLD)) as office, office.store.reading() as session:
        assert not (await look(session, office.store.keys)).whole
    assert await reseal(settings) == 0


async def test_conversations_that_can_not_be_sealed_are_named(
    tmp_path: Path, capsys: Capture
) -> None:
    url = await migrated(f"sqlite:///{tmp_path / 'squeaky.sqlite3'}")
    file = tmp_path / "conversations"
    for make, why in (
        (file.mkdir, "can't be written anew (Is a directory)"),
        (lambda: file.write_text(Keys(NEW).seal("{}", PLACE)), "is sealed with another key"),
    ):
        make()
        assert await reseal(settings_at(url, file, OLD)) == 1
        said = capsys.readouterr().err
        assert said.startswith(f"PLAYGROUND_FILE: {file} {why}") and "database is done" in said
        if file.is_dir():
            file.rmdir()


async def test_a_copy_is_sealed_and_proven(
    database_url: str, tmp_path: Path, postgres_server: Postgres, capsys: Capture
) -> None:
    """Into the other kind; the checksums are of what the program reads, so they are the same."""
    sqlite = database_url.startswith("sqlite")
    (tmp_path / "copy").mkdir()
    target = f"sqlite:///{tmp_path / 'copy' / 'other.sqlite3'}"
    other = await postgres_server.empty_url() if sqlite else target
    async with at(database_url) as office:
        await lived(office)
    plain = await fingerprints_of(database_url, NO_KEYS)
    async with at(database_url, Keys(OLD)):
        pass
    assert await copy(database_url, other) == 1
    assert f"FROM: SECRET_KEY: the database is sealed with the key {Keys(OLD).ids[0]}" in (
        capsys.readouterr().err
    )
    assert await copy(database_url, other, keys=Keys(NEW, OLD)) == 0
    assert readable_in(await stolen(other)) == []
    assert await fingerprints_of(other, Keys(NEW)) == plain


@pytest.mark.parametrize("play", [scenario.test_a_week, scenario.test_the_digest_of_three_pings])
async def test_the_playground_with_a_key(
    play: Callable[[Stage], Awaitable[None]], database_url: str, tmp_path: Path
) -> None:
    """The same stories, to the same golden file; and the playground's own file is sealed too."""
    files = tmp_path / "playground"
    files.mkdir()
    async with web_stage(database_url, scenario.MONDAY, files, secret_key=OLD) as stage:
        await play(stage)
    (transcript,) = files.iterdir()
    assert transcript.stat().st_size > 5_000
    assert readable_in(transcript.read_text() + await stolen(database_url)) == []
    with pytest.raises(SealProblem, match="PLAYGROUND_FILE"):
        async with web_stage(database_url, scenario.MONDAY, files):
            pass
    assert await reseal(settings_at(database_url, transcript, OLD), plain=True) == 0
    assert "Robin Patel" in transcript.read_text()
