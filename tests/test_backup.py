"""Backups of SQLite: whole, proven, private, never in anything's place; and how they come back."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.backup import backup, put_back
from bot.settings import Settings
from core.store.backup import back_up, examined
from core.store.database import Store
from core.store.files import FileProblem, beside
from core.store.restoring import restore
from core.store.seals import SEALS
from core.store.upgrade import upgrade
from tests.databases import migrated
from tests.lives import lived, rows_of
from tests.people import Office, TestClock
from tests.test_command_line import ROOT, bot

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where the bot keeps its database."""
    (tmp_path / "bot").mkdir()
    return tmp_path / "bot" / "squeaky.sqlite3"


@pytest.fixture
async def office(database: Path) -> AsyncIterator[Office]:
    """A bot at work on it."""
    store = Store(f"sqlite:///{database}")
    await upgrade(store)
    yield Office(store, TestClock())
    await store.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a backup goes."""
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups" / "monday #1?.sqlite3"


def settings_for(database: Path) -> Settings:
    return Settings.model_validate({"database_url": f"sqlite:///{database}"})


def files_in(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def content(file: Path) -> bytes:
    return file.read_bytes()


def put(file: Path, content: bytes = b"") -> Path:
    file.write_bytes(content)
    return file


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def cramped(*arguments: str, at: Path) -> subprocess.CompletedProcess[str]:
    """Run the bot in a folder, where no file may grow beyond 64 KB."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=at,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536)),
        capture_output=True,
        text=True,
        check=False,
    )


KILLED = """
import os, signal, sys
from pathlib import Path
from core.store import backup
backup.examined = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
backup.back_up(Path(sys.argv[1]), Path(sys.argv[2]), replace=True)
"""
"""A backup whose process dies when all is written and nothing is proven yet."""


def killed(*paths: Path) -> int:
    """How that process ends."""
    command = [sys.executable, "-c", KILLED, *map(str, paths)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def done(database: Path, *statements: str) -> None:
    """Do something to a database behind the program's back."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


async def test_a_backup_has_everything_while_the_bot_runs(
    office: Office, database: Path, file: Path, capsys: Capture
) -> None:
    await lived(office)
    assert backup(settings_for(database), file) == 0
    rows = await rows_of(office.store)
    assert min(rows.values()) > 0, "a table that is empty proves nothing"
    assert examined(file).rows == rows | {SEALS.name: 0}
    total = f"{sum(rows.values()):,} rows in {len(rows) + 1} tables, schema 0001"
    assert capsys.readouterr().out == (
        f"{file}: {total}. Whole, checked, and for you alone to read.\n"
    )
    assert mode(file) == 0o600
    assert files_in(file.parent) == [file.name], "one file, and nothing is left beside it"


async def test_what_is_written_meanwhile_is_in_it_whole_or_not_at_all(
    office: Office, database: Path, file: Path
) -> None:
    dana = office.member()
    written = 0
    over = asyncio.Event()

    async def write() -> None:
        nonlocal written
        while not over.is_set():
            await dana.says(f"add Contact {written} @ Acme re: role {written}")
            written += 1

    writing = asyncio.create_task(write())
    for number in range(5):
        await asyncio.sleep(0.1)
        before = written
        found = await asyncio.to_thread(back_up, database, file.with_name(f"{number}.sqlite3"))
        assert before <= found.rows["followups"] <= written + 1
        assert found.rows["followups"] == found.rows["contacts"] == found.rows["changes"]
    over.set()
    await writing
    assert written > 5


async def test_what_was_erased_is_in_no_backup(office: Office, database: Path, file: Path) -> None:
    dana = office.member()
    await dana.says("add Vera Zanzibarova @ Quixotech")
    await dana.says("forget me")
    await dana.presses("Erase everything")
    back_up(database, file)
    assert b"Zanzibarova" not in content(file)


async def test_a_file_that_is_there_stays(office: Office, database: Path, file: Path) -> None:
    put(file, b"precious")
    with pytest.raises(FileProblem, match="exists already: take another name, or add --replace"):
        back_up(database, file)
    assert content(file) == b"precious"
    back_up(database, file, replace=True)
    assert examined(file).revision == "0001"
    assert files_in(file.parent) == [file.name]
    assert mode(file) == 0o600


@pytest.mark.parametrize("ending", ["", "-wal", "-shm", "-journal", "-next", "-busy"])
@pytest.mark.parametrize("replace", [False, True])
async def test_it_never_writes_over_the_database_itself(
    office: Office, database: Path, ending: str, replace: bool
) -> None:
    await office.member().says("add Robin Patel @ Acme")
    itself = database.parent / ".." / "bot" / (database.name + ending)
    with pytest.raises(FileProblem, match="belongs to the database itself"):
        back_up(database, itself, replace=replace)
    assert "Robin Patel" in await office.member().says("list")


async def test_a_place_where_it_cannot_be_is_named(
    office: Office, database: Path, file: Path, tmp_path: Path
) -> None:
    for place, why in (
        (file.parent, "is a folder: name a file in it"),
        (tmp_path / "none" / "x", f"There is no folder {tmp_path / 'none'}: make it first"),
    ):
        with pytest.raises(FileProblem, match=why):
            back_up(database, place)
    log = beside(file)[1]
    put(log)
    with pytest.raises(FileProblem, match=r"Somebody has .* open"):
        back_up(database, file, replace=True)
    assert files_in(file.parent) == [log.name]


async def test_no_database_no_backup(tmp_path: Path, file: Path) -> None:
    with pytest.raises(FileProblem, match=r"There is no database at .*none\.sqlite3"):
        back_up(tmp_path / "none.sqlite3", file)
    assert files_in(tmp_path) == ["backups"]
    other = tmp_path / "other.sqlite3"
    done(other, "CREATE TABLE birds (name TEXT)")
    with pytest.raises(FileProblem, match="no database of Squeaky's"):
        back_up(other, file)
    put(other, b"Dear diary, " * 500)
    with pytest.raises(FileProblem, match="no SQLite database"):
        back_up(other, file)
    assert files_in(file.parent) == []


async def test_a_damaged_database_gives_no_backup(
    office: Office, database: Path, file: Path
) -> None:
    dana = office.member()
    for number in range(40):
        await dana.says(f"add Contact {number} @ Acme re: {'x' * 150}")
    await office.store.close()
    pages = bytearray(content(database))
    for page in range(8, len(pages) // 4096, 3):
        pages[page * 4096 : page * 4096 + 64] = b"\xa5" * 64
    put(database, bytes(pages))
    with pytest.raises(FileProblem, match=rf"^{database} is damaged"):
        back_up(database, file)
    assert files_in(file.parent) == []


async def test_a_row_that_refers_to_nothing_gives_no_backup(
    office: Office, database: Path, file: Path
) -> None:
    await office.member().says("add Robin Patel @ Acme")
    done(database, "PRAGMA foreign_keys=OFF", "DELETE FROM contacts")
    with pytest.raises(FileProblem, match="refer to others that are gone"):
        back_up(database, file)
    assert files_in(file.parent) == []


async def test_where_there_is_no_room_the_earlier_backup_stays(
    office: Office, database: Path, file: Path
) -> None:
    back_up(database, file)
    before = content(file)
    run = await asyncio.to_thread(cramped, "backup", str(file), "--replace", at=database.parent)
    assert run.returncode == 1
    assert run.stderr.startswith("No backup was made. ")
    assert "Traceback" not in run.stderr
    assert content(file) == before
    assert files_in(file.parent) == [file.name]


async def test_a_backup_that_is_killed_leaves_the_earlier_one(
    office: Office, database: Path, file: Path
) -> None:
    back_up(database, file)
    before = content(file)
    await office.member().says("add Robin Patel @ Acme")
    assert await asyncio.to_thread(killed, database, file) == -signal.SIGKILL
    assert content(file) == before
    back_up(database, file, replace=True)
    assert examined(file).rows["followups"] == 1


def test_postgresql_has_a_tool_of_its_own(tmp_path: Path, file: Path) -> None:
    url = "postgresql://squeaky:hunter2@127.0.0.1:1/squeaky"
    for command, tool in (("backup", "pg_dump --"), ("restore", "pg_restore --")):
        ran = bot(command, str(file), folder=tmp_path, DATABASE_URL=url)
        assert (ran.returncode, ran.stdout) == (1, "")
        assert tool in ran.stderr
        assert "hunter2" not in ran.stderr
    memory = Settings.model_validate({"database_url": "sqlite://"})
    assert backup(memory, file) == 1


def test_the_command_line_makes_one_and_brings_it_back(database: Path, file: Path) -> None:
    url = f"sqlite:///{database}"
    asyncio.run(migrated(url))
    made = bot("backup", str(file), folder=database.parent, DATABASE_URL=url)
    assert (made.returncode, made.stderr) == (0, "")
    again = bot("backup", str(file), folder=database.parent, DATABASE_URL=url)
    assert (again.returncode, again.stdout) == (1, "")
    back = bot("restore", str(file), folder=database.parent, DATABASE_URL=url)
    assert (back.returncode, back.stderr) == (0, "")
    assert f"kept in {database}.before-restore-1" in back.stdout


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_file_has_to_be_named(command: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as left:
        main([command])
    assert left.value.code == 2
    assert "FILE" in capsys.readouterr().err


# --- back again ----------------------------------------------------------------------


async def test_a_backup_comes_back_and_what_was_there_is_kept(
    office: Office, database: Path, file: Path
) -> None:
    dana = office.member()
    await dana.says("add Robin Patel @ Acme")
    back_up(database, file)
    await dana.says("add Kim Sato @ Globex")
    await office.store.close()
    found, aside = restore(file, database)
    assert found.rows["followups"] == 1
    assert "Kim Sato" not in await dana.says("list")
    assert "Robin Patel" in await dana.says("list")
    assert "(#2)" in await dana.says("add Sam Okafor @ Initech")
    assert aside == database.with_name("squeaky.sqlite3.before-restore-1")
    assert examined(aside).rows["followups"] == 2
    assert examined(file).rows["followups"] == 1
    await office.store.close()
    assert restore(file, database)[1] == database.with_name("squeaky.sqlite3.before-restore-2")
    assert mode(database) == mode(aside) == 0o600


async def test_it_comes_back_where_there_is_nothing(
    office: Office, database: Path, file: Path, tmp_path: Path, capsys: Capture
) -> None:
    await office.member().says("add Robin Patel @ Acme")
    back_up(database, file)
    place = tmp_path / "new.sqlite3"
    assert put_back(settings_for(place), file) == 0
    assert "Start the bot now.\n" in capsys.readouterr().out
    assert examined(place) == examined(file)


async def test_nothing_is_restored_under_a_running_bot(
    office: Office, database: Path, file: Path
) -> None:
    dana = office.member()
    await dana.says("add Robin Patel @ Acme")
    back_up(database, file)
    await dana.says("add Kim Sato @ Globex")
    with pytest.raises(FileProblem, match="is in use: stop the bot"):
        await asyncio.to_thread(restore, file, database)
    assert "Kim Sato" in await dana.says("list")
    assert not [name for name in files_in(database.parent) if "restore" in name or "part" in name]


async def test_a_damaged_database_gives_way_to_a_backup(
    office: Office, database: Path, file: Path
) -> None:
    dana = office.member()
    await dana.says("add Robin Patel @ Acme")
    back_up(database, file)
    await office.store.close()
    put(database, b"what was this once? " * 1000)
    put(beside(database)[1], b"and a log of it")
    _, aside = restore(file, database)
    assert aside is not None
    assert content(aside).startswith(b"what was this once")
    names = files_in(database.parent)
    assert beside(aside)[1].name in names
    assert beside(database)[1].name not in names
    assert "Robin Patel" in await dana.says("list")


async def test_what_cannot_be_restored_is_named_and_changes_nothing(
    office: Office, database: Path, file: Path, tmp_path: Path
) -> None:
    dana = office.member()
    await dana.says("add Robin Patel @ Acme")
    back_up(database, file)
    await office.store.close()
    newer = tmp_path / "newer.sqlite3"
    put(newer, content(file))
    done(newer, "UPDATE alembic_version SET version_num = '9999'")
    half = tmp_path / "half.sqlite3"
    put(half, content(file)[: len(content(file)) // 2])
    before = content(database)
    for what, why in (
        (tmp_path / "none.sqlite3", "There is no file"),
        (newer, r"newer version of Squeaky \(schema 9999\)"),
        (half, "damaged"),
        (database, "is the database itself"),
    ):
        with pytest.raises(FileProblem, match=why):
            restore(what, database)
    with pytest.raises(FileProblem, match="There is no folder"):
        restore(file, tmp_path / "nowhere" / "x.sqlite3")
    assert content(database) == before
    assert files_in(database.parent) == sorted(
        [database.name, f"{database.name}-next", f"{database.name}-busy"]
    )
