"""Many workspaces on one bot: each with its own token, people and lists; and how they leave."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update

from adapters.slack.many import Many
from adapters.slack.service import SlackService
from bot.wiring import Bot
from core.caller import Platform, Room
from core.domain.deliveries import Delivered, Later, Outcome, State
from core.domain.installing import Installation
from core.installations import Installations
from core.store.tables import AccountRow, DeliveryRow, InstallationRow
from tests.loopback.slack import SlackServer
from tests.stages.slack_bench import message, parcel
from tests.stages.slack_town import MONDAY, TEAMS, Town, town_of

TOKEN = re.compile(r"xox[a-z][.-][\w.-]+")
TUESDAY = MONDAY.replace(day=24, hour=8)
WHOM = {"T1": "Robin Patel", "T2": "Sam Okafor"}


@pytest.fixture(autouse=True)
def nothing_tells_a_token(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.set_level(logging.DEBUG, "adapters")
    caplog.set_level(logging.DEBUG, "core")
    yield
    for record in caplog.get_records("call"):
        assert not TOKEN.search(record.getMessage()), record.getMessage()
        assert "code-T" not in record.getMessage()


async def both_installed(town: Town) -> None:
    for team, name in TEAMS.items():
        assert f"Squeaky is in {name}" in await town.install(team)
        answer = await town.people[team].slash("/followup", f"add {WHOM[team]} @ Acme, tomorrow")
        await answer.wait_for(WHOM[team])


async def morning(town: Town, *others: Bot, at: datetime = TUESDAY) -> None:
    """Go on to the next morning, and let every process send what is owed."""
    for bot in (town.bot, *others):
        bot.clock.move_to(at)
    await asyncio.gather(*(bot.tick() for bot in (town.bot, *others)))
    await town.settle()


def digests(server: SlackServer) -> list[str]:
    return [one.text_form() for one in server.world.messages if one.metadata and not one.deleted]


async def rows(town: Town, column: Any) -> list[Any]:
    async with town.bot.store.reading() as session:
        return list(await session.scalars(select(column)))


async def until(town: Town, column: Any, done: Callable[[list[Any]], bool]) -> None:
    async with asyncio.timeout(10):
        while not done(await rows(town, column)):  # noqa: ASYNC110 - a database has no event
            await asyncio.sleep(0.02)


async def test_two_workspaces_with_the_same_ids_live_side_by_side(database_url: str) -> None:
    async with town_of(database_url) as town:
        await both_installed(town)
        await morning(town)
        for team, whom in WHOM.items():
            person, (other,) = town.people[team], set(WHOM.values()) - {whom}
            (digest,) = digests(town.server(team))
            await person.open_home()
            home = await person.wait_home(whom)
            listed = await (await person.slash("/followup", "list")).wait_for(whom)
            assert whom in digest
            for shown in (digest, home.text_form(), listed.text_form()):
                assert other not in shown
        assert sorted(await rows(town, AccountRow.workspace)) == ["T1", "T2"]


async def test_files_doubts_and_roll_calls_stay_in_their_workspace(database_url: str) -> None:
    async with town_of(database_url) as town:
        await both_installed(town)
        one, other = town.server("T1"), town.server("T2")
        await (await town.people["T1"].slash("/followup", "data export")).wait_for()
        await one.until(lambda: len(one.web.uploads) == 2, "two files")
        assert other.web.uploads == {}
        one.channel("C1", members=[town.people["T1"]])
        other.channel("C1", team=other.world.teams["T2"])
        attendance = town.bot.services[Platform.SLACK].attendance  # type: ignore[attr-defined]
        rooms = [Room(Platform.SLACK, team, "C1") for team in ("T1", "T2")]
        assert [await attendance.present(room, {"U1"}) for room in rooms] == [{"U1"}, set()]
        other.faults.next("chat.postMessage", "drop-after-store")
        await morning(town)
        await morning(town, at=TUESDAY + timedelta(minutes=30))
        assert len(digests(one)) == len(digests(other)) == 1
        assert other.calls_of("conversations.history")
        assert not one.calls_of("conversations.history")
        assert set(await rows(town, DeliveryRow.state)) == {State.SENT}


async def test_in_socket_mode_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_REDIRECT_URI", "SLACK_SCOPES"):
        monkeypatch.setenv(name, "which Bolt would read by itself")
    async with town_of(f"sqlite:///{tmp_path / 'one.sqlite3'}", http=False) as town:
        await both_installed(town)
        shown = await (await town.people["T2"].slash("/followup", "list")).wait_for(WHOM["T2"])
        assert WHOM["T1"] not in shown.text_form()


async def test_no_token_stands_in_the_database(tmp_path: Path, database_url: str) -> None:
    async with town_of(database_url) as town:
        await both_installed(town)
        given = [
            token
            for server in town.slack.slacks.values()
            for team in server.world.teams.values()
            for token in team.tokens
        ]
        assert len(given) == 2
        await expired(town)
        await morning(town)
        if database_url.startswith("sqlite"):
            raw = await asyncio.to_thread(_all_bytes, tmp_path)
        else:
            async with town.bot.store.reading() as session:
                found = await session.execute(text("SELECT * FROM slack_installations"))
                raw = repr(found.all()).encode()
        assert b"sq1." in raw
        assert not re.search(rb"xox[a-z][.-]", raw)


def _all_bytes(folder: Path) -> bytes:
    return b"".join(one.read_bytes() for one in folder.iterdir() if one.is_file())


async def expired(town: Town) -> None:
    """Let every token be at its end, by the bot's reckoning, and unknown to its memory."""
    async with town.bot.store.writing() as session:
        past = datetime.fromtimestamp(time.time(), UTC) - timedelta(minutes=1)
        await session.execute(update(InstallationRow).values(expires_at=past))


def many_of(bot: Bot) -> Many:
    service = bot.services[Platform.SLACK]
    assert isinstance(service, SlackService)
    assert service.many is not None
    return service.many


def in_memory_it_is_good_no_more(bot: Bot) -> None:
    for team in TEAMS:
        many_of(bot).tokens.forget(team)


@pytest.mark.parametrize("slack_says_so", [True, False])
async def test_an_expired_token_is_renewed_once_by_two_processes_that_send(
    database_url: str, slack_says_so: bool
) -> None:
    async with town_of(database_url) as town:
        await both_installed(town)
        other = await town.another()
        await other.start()
        try:
            await sent(other, "before")
            if slack_says_so:
                for server in town.slack.slacks.values():
                    server.clock = lambda: asyncio.get_running_loop().time() + 13 * 3600
            else:
                await expired(town)
                for bot in (town.bot, other):
                    in_memory_it_is_good_no_more(bot)
            town.server("T1").faults.next("oauth.v2.access", "delay-after-store", seconds=0.3)
            outcomes = await asyncio.gather(
                *(sent(bot, f"{n} of {who}") for n in range(4) for who, bot in _named(town, other))
            )
            assert all(isinstance(one, Delivered) for one in outcomes), outcomes
            assert town.server("T1").oauth.refreshed == 1
            await morning(town)
            assert [WHOM["T2"] in one for one in digests(town.server("T2"))] == [True]
            assert town.server("T2").oauth.refreshed == 1
        finally:
            await other.stop()


def _named(town: Town, other: Bot) -> list[tuple[str, Bot]]:
    return [("one", town.bot), ("other", other)]


async def sent(bot: Bot, what: str) -> Outcome:
    """One message to somebody in T1, as the courier sends it."""
    service = bot.services[Platform.SLACK]
    assert isinstance(service, SlackService)
    return await service.messenger.send(parcel(message(what), key=what))


async def test_what_cannot_be_renewed_waits_and_goes_out_later(database_url: str) -> None:
    async with town_of(database_url) as town:
        await both_installed(town)
        server = town.server("T1")
        for fault in ("500", "502", "drop-before-store", "429"):
            await expired(town)
            in_memory_it_is_good_no_more(town.bot)
            server.faults.next("oauth.v2.access", fault)
            outcome = await sent(town.bot, fault)
            assert isinstance(outcome, Later), outcome
        assert isinstance(await sent(town.bot, "again"), Delivered)
        assert await rows(town, AccountRow.left_at) == [None, None]


async def test_removed_and_installed_again(database_url: str) -> None:
    async with town_of(database_url) as town:
        await both_installed(town)
        server = town.server("T1")
        team = server.world.teams["T1"]
        asked = len(server.calls_of("users.info"))
        await server.uninstall(team)
        await until(town, InstallationRow.team, lambda found: found == ["T2"])
        await until(town, AccountRow.left_at, lambda found: len([at for at in found if at]) == 1)
        answer = await town.people["T1"].slash("/followup", "list")
        assert "can't be used here" in (await answer.wait_for("add me again")).text_form()
        await morning(town)
        assert digests(server) == []
        assert len(digests(town.server("T2"))) == 1
        await town.install("T1")
        await until(town, AccountRow.left_at, lambda found: found == [None, None])
        shown = await (await town.people["T1"].slash("/followup", "list")).wait_for(WHOM["T1"])
        assert WHOM["T2"] not in shown.text_form()
        assert len(server.calls_of("users.info")) > asked, "nobody was remembered meanwhile"
        await morning(town, at=TUESDAY + timedelta(days=1))
        (digest,) = digests(server)
        assert WHOM["T1"] in digest
        # Slack tells of the first removal once more, an hour late: that is old news.
        wall = server.world.wall
        server.world.wall = lambda: wall() - 3600
        await server.emit({"type": "app_uninstalled"}, team)
        await town.settle()
        assert sorted(await rows(town, InstallationRow.team)) == ["T1", "T2"]


async def test_a_removal_that_nobody_told_of_is_noticed_when_something_is_sent(
    database_url: str,
) -> None:
    async with town_of(database_url) as town:
        await both_installed(town)
        town.server("T1").world.teams["T1"].token_error = "account_inactive"
        await morning(town)
        assert await rows(town, InstallationRow.team) == ["T2"]
        await until(town, AccountRow.left_at, lambda found: len([at for at in found if at]) == 1)
        assert digests(town.server("T1")) == []
        assert len(digests(town.server("T2"))) == 1
        found = await rows(town, DeliveryRow.state)
        assert sorted(found) in ([State.DEAD, State.SENT], [State.QUEUED, State.SENT]), found
        await morning(town, at=TUESDAY + timedelta(days=1))
        assert State.QUEUED not in await rows(town, DeliveryRow.state)


async def test_a_token_of_another_process_is_found_when_ones_own_is_refused(
    database_url: str,
) -> None:
    async with town_of(database_url) as town:
        await both_installed(town)
        other = await town.another()
        await other.start()
        try:
            assert isinstance(await sent(other, "first"), Delivered)
            await town.install("T1")  # the old token is revoked, and the other process has it
            assert isinstance(await sent(other, "second"), Delivered)
            assert sorted(await rows(town, InstallationRow.team)) == ["T1", "T2"]
        finally:
            await other.stop()


async def test_without_the_key_nothing_is_sent_and_nothing_deleted(database_url: str) -> None:
    async with town_of(database_url) as town:
        await both_installed(town)
        async with town.bot.store.writing() as session:
            await session.execute(
                text("UPDATE slack_installations SET token = 'sq1.00000000.AAAA'")
            )
        in_memory_it_is_good_no_more(town.bot)
        assert isinstance(await sent(town.bot, "lost"), Later)
        assert len(await rows(town, InstallationRow.team)) == 2
        await town.install("T1")
        assert isinstance(await sent(town.bot, "found"), Delivered)


async def test_when_the_answer_to_a_renewal_is_lost_the_workspace_adds_the_bot_again(
    database_url: str,
) -> None:
    async with town_of(database_url, clean=False) as town:
        await both_installed(town)
        server = town.server("T1")
        async with town.bot.store.writing() as session:
            soon = datetime.fromtimestamp(time.time(), UTC) + timedelta(hours=1)
            await session.execute(update(InstallationRow).values(expires_at=soon))
        in_memory_it_is_good_no_more(town.bot)
        server.faults.next("oauth.v2.access", "drop-after-store")
        assert isinstance(await sent(town.bot, "with the old one"), Delivered)
        assert isinstance(await sent(town.bot, "and again"), Delivered)
        await expired(town)
        in_memory_it_is_good_no_more(town.bot)
        assert isinstance(await sent(town.bot, "too late"), Later)
        await until(town, InstallationRow.team, lambda found: found == ["T2"])
        await until(town, AccountRow.left_at, lambda found: len([at for at in found if at]) == 1)
        await town.install("T1")
        assert await rows(town, AccountRow.left_at) == [None, None]
        assert isinstance(await sent(town.bot, "at last"), Delivered)


async def test_a_stop_between_an_installation_and_the_return_is_made_good(
    database_url: str,
) -> None:
    async with town_of(database_url) as town:
        await both_installed(town)
        async with town.bot.store.writing() as session:
            left = update(AccountRow).where(AccountRow.workspace == "T1").values(left_at=MONDAY)
            await session.execute(left)
        other = await town.another()
        await other.start()
        try:
            await until(town, AccountRow.left_at, lambda found: found == [None, None])
        finally:
            await other.stop()


async def test_who_is_installed_while_it_is_noticed_that_they_are_not_stays(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with town_of(database_url) as town:
        await both_installed(town)
        find, looks = Installations.find, []

        async def late(kept: Installations, team: str) -> Installation | None:
            looks.append(team)
            return None if len(looks) == 1 else await find(kept, team)

        in_memory_it_is_good_no_more(town.bot)
        monkeypatch.setattr(Installations, "find", late)
        assert isinstance(await sent(town.bot, "before"), Later)
        assert isinstance(await sent(town.bot, "after"), Delivered)
        assert await rows(town, AccountRow.left_at) == [None, None]


async def test_bolts_own_store_is_ours(database_url: str) -> None:
    async with town_of(database_url) as town:
        await both_installed(town)
        store = many_of(town.bot).flow.settings.installation_store
        for enterprise in (None, "E1"):
            bot = await store.async_find_bot(enterprise_id=enterprise, team_id="T1")
            assert bot is not None
            assert bot.bot_token in town.server("T1").world.teams["T1"].tokens
            whole = await store.async_find_installation(enterprise_id=enterprise, team_id="T1")
            assert whole is not None
            assert (whole.bot_refresh_token, whole.user_token) == (bot.bot_refresh_token, None)
        nowhere = await store.async_find_bot(
            enterprise_id="E1", team_id="T1", is_enterprise_install=True
        )
        assert nowhere is None
        await store.async_delete_installation(enterprise_id=None, team_id="T1", user_id="U1")
        assert sorted(await rows(town, InstallationRow.team)) == ["T1", "T2"]
        await store.async_delete_all(enterprise_id=None, team_id="T1")
        assert await rows(town, InstallationRow.team) == ["T2"]
