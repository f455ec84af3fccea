"""`python -m bot check`: the common mistakes, each made here, are found and come with their fix."""

from __future__ import annotations

import asyncio
import os
import socket
import sqlite3
import sys
import tempfile
import zoneinfo
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import text

from adapters.slack.reasons import MEMBERS
from bot.__main__ import main
from bot.check import check
from bot.checks import database as database_checks
from bot.checks.machine import clock_report, port_report, zones_report
from bot.settings import Settings
from core.caller import Account, Platform, Room
from core.domain.deliveries import Held
from core.store.database import Store
from core.store.upgrade import upgrade
from tests.clubs import MANAGES, ClubHouse
from tests.databases import Postgres, migrated
from tests.loopback.discord import DiscordServer
from tests.loopback.slack import SlackServer
from tests.people import Office
from tests.test_backup import files_in, put
from tests.test_command_line import NAMES, bot
from tests.whole_bot import settings_of

Capture = pytest.CaptureFixture[str]
NOBODY = 65534


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer() as server:
        server.team()
        yield server


@pytest.fixture
async def discord() -> AsyncIterator[DiscordServer]:
    async with await DiscordServer.start() as server:
        yield server


async def said(capsys: Capture, database_url: str, *servers: SlackServer | DiscordServer,
               code: int = 1, **values: object) -> list[str]:  # fmt: skip
    """The lines that a check prints, which ends with that code and hides what is secret."""
    wanted: dict[str, object] = {"database_url": database_url, "http_port": 0}
    for server in servers:
        wanted |= settings_of(server)
    settings = Settings.model_validate(wanted | values)
    assert await check(settings) == code, capsys.readouterr().out
    printed = capsys.readouterr()
    for secret in settings.secrets:
        assert secret not in printed.out + printed.err
    return printed.out.splitlines()


def problem(lines: list[str], what: str) -> str:
    """The one problem of that thing."""
    at = lines.index(f"✗ {what}")
    assert lines[at + 1].startswith("    ")
    return lines[at + 1].strip()


async def test_all_is_well(
    database_url: str, slack: SlackServer, discord: DiscordServer, capsys: Capture
) -> None:
    lines = await said(capsys, database_url, slack, discord, code=0)
    kind = "SQLite" if database_url.startswith("sqlite") else "PostgreSQL"
    assert [line for line in lines if not line.startswith(" ")] == [
        f"✓ database: ok, {kind}, schema 0001, not sealed",
        "✓ slack: ok",
        "✓ discord: ok",
        "✓ clock: ok, the same as Slack and Discord",
        "✓ port: ok, any that is free",
        "✓ time zones: ok",
    ]
    slack.assert_clean()
    assert discord.troubles == []
    assert discord.commands == []


# --- tokens --------------------------------------------------------------------------

BOT, APP = "xoxb-1-2-abc", "xapp-1-A0ABC-2-abc"
DISCORD = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GaBcDe.abcdefghijklmnopqrstuvwxyz0123"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (
            {"SLACK_BOT_TOKEN": APP, "SLACK_APP_TOKEN": BOT},
            "SLACK_BOT_TOKEN: this is an App-Level Token of Slack's, which goes into "
            "SLACK_APP_TOKEN; it begins with xoxb-",
        ),
        (
            {"SLACK_BOT_TOKEN": APP, "SLACK_APP_TOKEN": BOT},
            "SLACK_APP_TOKEN: this is a Bot User OAuth Token of Slack's, which goes into "
            "SLACK_BOT_TOKEN; it begins with xapp-",
        ),
        ({"SLACK_BOT_TOKEN": "xoxp-1"}, "SLACK_BOT_TOKEN: this is a User OAuth Token"),
        ({"SLACK_BOT_TOKEN": "xoxe.xoxb-1-x"}, "SLACK_BOT_TOKEN: this is a token that Slack rotat"),
        ({"SLACK_BOT_TOKEN": "0a" * 16}, "SLACK_BOT_TOKEN: this is a secret of a Slack app"),
        ({"SLACK_BOT_TOKEN": DISCORD}, "which goes into DISCORD_TOKEN; it begins with xoxb-"),
        (
            {"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": APP},
            "SLACK_SIGNING_SECRET: this is an App-Level Token of Slack's, which goes into "
            "SLACK_APP_TOKEN; take the Signing Secret, under Basic Information",
        ),
        ({"DISCORD_TOKEN": BOT}, "DISCORD_TOKEN: this is a Bot User OAuth Token of Slack's"),
        (
            {"DISCORD_TOKEN": "123456789012345678"},
            "DISCORD_TOKEN: this is an Application ID of Discord's; take the bot's token, under "
            "Bot, Reset Token",
        ),
        ({"DISCORD_TOKEN": "0f" * 32}, "DISCORD_TOKEN: this is a Public Key of Discord's"),
        ({"DISCORD_TOKEN": "x-Y_" * 8}, "DISCORD_TOKEN: this is a Client Secret of Discord's"),
        ({"DISCORD_TOKEN": f"Bot {DISCORD}"}, "DISCORD_TOKEN: leave out the word before the token"),
    ],
)
def test_a_token_of_the_wrong_kind_is_told_where_it_belongs(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    values: dict[str, str],
    told: str,
    capsys: Capture,
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    assert main(["check"]) == 2
    printed = capsys.readouterr()
    assert told in printed.err
    for value in values.values():
        assert value not in printed.err + printed.out


async def test_slack_takes_no_token_and_says_why(
    database_url: str, slack: SlackServer, capsys: Capture
) -> None:
    for error, told in (
        ("invalid_auth", "SLACK_BOT_TOKEN is not accepted (invalid_auth): copy it anew from OAuth"),
        ("token_revoked", "SLACK_BOT_TOKEN was revoked: install it again and set SLACK_BOT_TOKEN"),
        ("account_inactive", "The app was removed from the workspace: install it again"),
        ("token_expired", "SLACK_BOT_TOKEN has expired: use an app that doesn't rotate its tokens"),
    ):
        slack.team().token_error = error
        assert problem(await said(capsys, database_url, slack), "slack").startswith(told)


async def test_a_missing_scope_is_named(
    database_url: str, slack: SlackServer, capsys: Capture
) -> None:
    slack.team().scopes -= {"im:history"}
    assert problem(await said(capsys, database_url, slack), "slack") == (
        "The scope im:history is missing: add it under OAuth & Permissions and install the app "
        "again."
    )
    slack.team().scopes |= {"im:history"}
    slack.faults.next("apps.connections.open", "error", error="missing_scope")
    assert problem(await said(capsys, database_url, slack), "slack").startswith(
        "SLACK_APP_TOKEN lacks connections:write: generate one with it at Basic Information"
    )


async def test_tokens_of_two_apps_are_found(
    database_url: str, slack: SlackServer, capsys: Capture
) -> None:
    lines = await said(capsys, database_url, slack, slack_app_token="xapp-1-A0OTHER-17-abc")
    assert "are of two apps: take both from the same one" in problem(lines, "slack")


async def test_discord_takes_no_token(
    database_url: str, discord: DiscordServer, capsys: Capture
) -> None:
    lines = await said(capsys, database_url, discord, discord_token="wrong")
    assert "Discord refuses DISCORD_TOKEN. Make a new one" in problem(lines, "discord")
    discord.world.advised_shards = 3
    lines = await said(capsys, database_url, discord)
    assert problem(lines, "discord").endswith("advises 3 shards: set DISCORD_SHARDS to 3.")
    await said(capsys, database_url, discord, code=0, discord_shards=3)
    discord.world.sessions_left = 0
    lines = await said(capsys, database_url, discord, discord_shards=3)
    assert "has connected too often today" in problem(lines, "discord")


# --- where it may write --------------------------------------------------------------


async def test_the_messages_tab_is_off(
    office: Office, database_url: str, slack: SlackServer, capsys: Capture
) -> None:
    """Slack says so only when something is sent, and the bot remembers."""
    lines = await said(capsys, database_url, slack, code=0)
    assert "under App Home, Show Tabs, turn the Messages Tab on" in "".join(lines)
    dana = office.member("dana", Platform.SLACK)
    await dana.says("add Robin Patel @ Acme, tomorrow")
    office.clock.time = office.clock.time.replace(day=24)
    await office.mailroom.plan()
    parcels = await office.parcels()
    held = Held(MEMBERS["messages_tab_disabled"])
    await office.mailroom.finish([(parcel, held) for parcel in parcels])
    lines = await said(capsys, database_url, slack, squeaky_now=office.clock.time)
    assert problem(lines, "slack") == (
        "1 message was refused because the app's Messages Tab is off: under App Home, Show Tabs, "
        "turn the Messages Tab on and tick the box below it."
    )


async def club_in(office: Office, room: Room) -> None:
    house = ClubHouse(office)
    person = house.person("U0DANA", room, MANAGES)
    person.account = Account(room.platform, room.workspace, "U0DANA")
    assert "Nobody has joined yet" in await person.says("club setup Tuesday Club")


async def test_the_bot_is_not_in_the_channel_of_a_club(
    office: Office, database_url: str, slack: SlackServer, discord: DiscordServer, capsys: Capture
) -> None:
    slack.channel("C0IN", "in")
    slack.channel("C0OUT", "out", bot=False)
    for name in ("C0IN", "C0OUT"):
        await club_in(office, Room(Platform.SLACK, "T1", name))
    lines = await said(capsys, database_url, slack)
    assert problem(lines, "slack") == (
        "The club in C0OUT: I am not in the channel. Type `/invite @Squeaky` there."
    )
    assert "C0IN:" not in "".join(lines)
    guild = discord.guild("Job club")
    room = Room(Platform.DISCORD, "", str(guild.id + 999), str(guild.id))
    await club_in(office, room)
    lines = await said(capsys, database_url, discord)
    assert problem(lines, "discord").startswith(f"The club in {room.channel}: The channel was del")


# --- the database --------------------------------------------------------------------


async def test_a_database_that_is_locked(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.store.database.BUSY_TIMEOUT_MS", 200)
    url = f"sqlite:///{tmp_path / 'x.sqlite3'}"
    await migrated(url)
    with closing(sqlite3.connect(tmp_path / "x.sqlite3")) as other:
        other.execute("BEGIN IMMEDIATE")
        lines = await said(capsys, url)
    assert "another program keeps the SQLite file locked" in problem(lines, "database")


async def test_a_turn_to_write_that_never_comes(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_checks, "PATIENCE", 0.3)
    url = f"sqlite:///{tmp_path / 'x.sqlite3'}"
    store = Store(url)
    await upgrade(store)
    async with store.writing():
        lines = await said(capsys, url)
    await store.close()
    assert "another program keeps the SQLite file locked" in problem(lines, "database")


@contextmanager
def of_somebody_else(folder: Path) -> Iterator[None]:
    """Nothing in the folder can be written. Root could: whoever is root acts as nobody."""
    for one in (*folder.iterdir(), folder):
        one.chmod(0o444 if one.is_file() else 0o555)
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(os.getuid())
        folder.chmod(0o755)


async def test_a_database_that_cannot_be_written_or_made(tmp_path: Path, capsys: Capture) -> None:
    lines = await said(capsys, f"sqlite:///{tmp_path / 'none' / 'x.sqlite3'}")
    assert problem(lines, "database").endswith(f"there is no folder {tmp_path / 'none'}; make it")
    diary = put(tmp_path / "diary", b"Dear diary, " * 500)
    assert "is no SQLite database" in problem(await said(capsys, f"sqlite:///{diary}"), "database")
    # pytest's own folders are nobody's to enter
    with tempfile.TemporaryDirectory(prefix="sq-check-", dir="/tmp") as name:
        url = await migrated(f"sqlite:///{name}/x.sqlite3")
        await said(capsys, url, code=0)
        with of_somebody_else(Path(name)):
            there = await said(capsys, url)
            new = await said(capsys, f"sqlite:///{name}/y.sqlite3")
        assert "the SQLite file" in problem(there, "database")
        assert "see whose they are" in problem(there, "database")
        assert problem(new, "database").endswith(f"{name} can't be written; see whose it is")


async def test_looking_makes_nothing(tmp_path: Path, capsys: Capture) -> None:
    lines = await said(capsys, f"sqlite:///{tmp_path / 'x.sqlite3'}", code=0)
    assert lines[0] == "✓ database: ok, the first start makes it"
    assert files_in(tmp_path) == []


async def test_looking_leaves_nothing(office: Office, database_url: str, capsys: Capture) -> None:
    await office.member().says("add Robin Patel @ Acme")
    await said(capsys, database_url, code=0)
    async with office.store.reading() as session:
        with pytest.raises(Exception, match="squeaky_check"):
            await session.execute(text("SELECT * FROM squeaky_check"))


async def test_what_postgresql_refuses_is_told_in_words(
    postgres_server: Postgres, capsys: Capture
) -> None:
    url = await postgres_server.url()
    store = Store(url)
    async with store.writing() as session:
        for statement in (
            "CREATE ROLE reader LOGIN",
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader",
        ):
            await session.execute(text(statement))
    await store.close()
    lines = await said(capsys, url.replace("postgres@", "reader@"))
    assert "may not make tables; make it the owner" in problem(lines, "database")
    lines = await said(capsys, url.replace("/squeaky_", "/nowhere_"))
    assert "PostgreSQL has no database of that name" in problem(lines, "database")
    lines = await said(capsys, url.replace("postgres@", "stranger@"))
    assert "PostgreSQL does not let this name in" in problem(lines, "database")


async def test_a_schema_that_is_newer_is_told_by_check_and_start(
    office: Office, database_url: str, tmp_path: Path, capsys: Capture
) -> None:
    async with office.store.writing() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    told = "a newer version of Squeaky made this database (its schema is 9999, and the newest"
    assert told in problem(await said(capsys, database_url), "database")
    run = await asyncio.to_thread(
        bot, "run", folder=tmp_path, DATABASE_URL=database_url, HTTP_PORT="0"
    )
    assert run.returncode == 2
    assert told in run.stderr
    assert "Traceback" not in run.stderr


async def test_a_zone_that_this_computer_does_not_know(
    office: Office, database_url: str, capsys: Capture
) -> None:
    await office.member().says("add Robin Patel @ Acme")
    async with office.store.writing() as session:
        await session.execute(text("UPDATE members SET zone = 'Mars/Olympus_Mons'"))
    told = problem(await said(capsys, database_url), "database")
    assert told.startswith("Members live in Mars/Olympus_Mons, a time zone that this computer")


# --- the computer --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ahead", "told"),
    [(3725.0, "1 h 02 min behind"), (-130.0, "2 min 10 s ahead of"), (30.0, "30 s behind")],
)
async def test_a_clock_that_is_wrong_and_by_how_much(
    database_url: str,
    slack: SlackServer,
    discord: DiscordServer,
    ahead: float,
    told: str,
    capsys: Capture,
) -> None:
    slack.clock_ahead = discord.clock_ahead = ahead
    lines = await said(capsys, database_url, slack, discord)
    words = problem(lines, "clock")
    assert words.startswith("This computer's clock is ")
    assert near(words, told), words
    assert "Slack's: let the network set it (timedatectl set-ntp true)" in words
    assert "Discord's" in lines[lines.index("✗ clock") + 2]
    slack.clock_ahead = discord.clock_ahead = 3.0
    assert "✓ clock" in "".join(await said(capsys, database_url, slack, discord, code=0))


def near(words: str, told: str) -> bool:
    """As told, or a second beside it: the header leaves out what its second has begun with."""
    number, *rest = told.split(" s ")
    if not rest:
        return told in words
    *minutes, seconds = number.split()
    beside = (
        f"{' '.join([*minutes, f'{int(seconds) + off:02}'])} s {rest[0]}" for off in (-1, 0, 1)
    )
    return any(one.strip() in words for one in beside)


async def test_a_platform_that_does_not_tell_the_time_is_no_problem() -> None:
    async def plain(request: web.Request) -> web.Response:
        return web.Response()

    app = web.Application()
    app.router.add_get("/", plain)

    async def no_date(request: web.Request, response: web.StreamResponse) -> None:
        del response.headers["Date"]

    app.on_response_prepare.append(no_date)
    async with TestServer(app) as server:
        report = await clock_report({"A": str(server.make_url("/")), "B": "http://127.0.0.1:9"})
    assert list(report.lines()) == [
        "✓ clock: not compared with anybody's",
        "    (A did not tell the time.)",
        "    (B did not tell the time.)",
    ]


async def test_a_port_that_somebody_has(tmp_path: Path, capsys: Capture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        taken.settimeout(0)
        port = taken.getsockname()[1]
        url = f"sqlite:///{tmp_path / 'x.sqlite3'}"
        asking = asyncio.create_task(said(capsys, url, http_port=port))
        lines = await asking
        assert problem(lines, f"port {port}").startswith(f"HTTP_PORT: 127.0.0.1:{port} can't be ")
        assert "or set HTTP_PORT to another number" in problem(lines, f"port {port}")
    assert f"✓ port {port}: ok, free" in await said(capsys, url, code=0, http_port=port)


async def test_a_port_that_the_bot_has() -> None:
    async def alive(request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    app = web.Application()
    app.router.add_get("/healthz", alive)
    async with TestServer(app) as server:
        assert server.port is not None
        report = await port_report("127.0.0.1", server.port)
    assert (report.problems, report.fine) == ((), "ok, a bot runs there")


async def test_an_address_that_is_none() -> None:
    (told,) = (await port_report("no.such.host.invalid", 8080)).problems
    assert told.startswith("HTTP_HOST: no.such.host.invalid is no address")
    (told,) = (await port_report("192.0.2.1", 8080)).problems  # nobody's, and not this computer's
    assert told.startswith("HTTP_HOST: 192.0.2.1 is no address of this computer")


def test_time_zone_data_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert zones_report().problems == ()
    for name in [name for name in sys.modules if name.partition(".")[0] == "tzdata"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "tzdata", None)
    try:
        zoneinfo.reset_tzpath(to=[])
        zoneinfo.ZoneInfo.clear_cache()
        (told,) = zones_report().problems
    finally:
        zoneinfo.reset_tzpath()
        zoneinfo.ZoneInfo.clear_cache()
    assert "There is no time zone data (UTC, Europe/Berlin" in told
    assert "pip install tzdata" in told
