"""The service: what it does when Discord is down, refuses the token, or goes away."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from yarl import URL

from adapters.discord import sender as sender_module
from adapters.discord import shards as shards_module
from adapters.discord.outcomes import REFUSED
from core.reply import Reply
from tests.loopback.discord import DiscordServer
from tests.test_discord_kit import FakeDesk, made, message, running, until

REAL = base64.b64encode(b"123456789012345678").decode().rstrip("=") + ".x.y"


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with await DiscordServer.start() as made:
        yield made


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries again at once."""
    monkeypatch.setattr(sender_module, "FIRST_DELAY", 0.05)
    monkeypatch.setattr(shards_module, "FIRST_DELAY", 0.05)


async def test_a_token_that_is_refused_is_shown_once(
    server: DiscordServer, desk: FakeDesk, caplog: pytest.LogCaptureFixture
) -> None:
    service = made(server, desk, token="wrong.secret.token")
    await service.start()
    await asyncio.sleep(0.3)
    assert not service.connected
    await service.stop()
    assert server.count("GET", "/users/@me") == 1
    assert "Reset Token" in caplog.text
    assert "secret" not in caplog.text


async def test_a_token_that_was_refused_is_tried_again_after_a_while(
    server: DiscordServer, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert REFUSED.seconds >= 300
    monkeypatch.setattr(sender_module, "REFUSED", replace(REFUSED, seconds=0.2))
    server.world.token = "not yet"
    service = made(server, desk)
    await service.start()
    await until(lambda: server.count("GET", "/users/@me") == 1)
    server.world.token = server.token
    await server.wait_connected()
    await service.stop()


async def test_a_token_that_is_withdrawn_at_the_gateway_is_not_shown_again(
    server: DiscordServer, desk: FakeDesk
) -> None:
    async with running(server, desk) as service:
        logins = server.count("GET", "/users/@me")
        server.world.token = "another"
        server.gateway.drop(1000, forget=True)
        await until(lambda: server.gateway.close_codes == [4004])
        await asyncio.sleep(0.3)
        assert not service.connected
        assert server.count("GET", "/users/@me") == logins
        assert len(server.gateway.identifies) <= 2


@pytest.mark.usefixtures("impatient")
async def test_a_discord_that_is_down_is_tried_again(
    server: DiscordServer, desk: FakeDesk, caplog: pytest.LogCaptureFixture
) -> None:
    server.faults.next("GET *users/@me", "503", times=2)
    server.faults.next("GET *users/@me", "drop-before-store")
    async with running(server, desk) as service:
        await until(lambda: service.connected)
    assert caplog.text.count("Next try in") >= 2
    assert server.token not in caplog.text


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("code", "told"),
    [
        (4011, "raise DISCORD_SHARDS"),
        (4013, "no privileged intent"),
        (4014, "no privileged intent"),
    ],
)
async def test_a_gateway_that_ends_the_connection_is_tried_again(
    server: DiscordServer, desk: FakeDesk, caplog: pytest.LogCaptureFixture, code: int, told: str
) -> None:
    async with running(server, desk):
        server.gateway.drop(code, forget=True)
        await until(lambda: len(server.gateway.identifies) == 2)
    assert told in caplog.text


@pytest.mark.usefixtures("impatient")
async def test_a_gateway_that_is_away_for_long_is_begun_anew(
    server: DiscordServer, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards_module, "CUT_OFF", 0.4)
    async with running(server, desk) as service:
        await until(lambda: service.connected)
        logins = server.count("GET", "/users/@me")
        server.gateway.refuse = True
        server.gateway.drop()
        await until(lambda: server.count("GET", "/users/@me") > logins)
        server.gateway.refuse = False
        await until(lambda: service.connected)


async def test_commands_that_discord_does_not_take_leave_the_bot_alive(
    server: DiscordServer, desk: FakeDesk, caplog: pytest.LogCaptureFixture
) -> None:
    server.faults.next("GET *commands", "503")
    async with running(server, desk):
        pass
    assert "commands are not up to date" in caplog.text


async def test_a_stop_waits_for_what_is_at_the_desk(server: DiscordServer, desk: FakeDesk) -> None:
    ann = server.user("ann")
    desk.seconds, desk.reply = 0.5, Reply(message=message("Kept."))
    async with running(server, desk) as service:
        asked = asyncio.create_task(ann.command("followup list"))
        await desk.busy.wait()
        await service.stop()
    answer = await asked
    assert answer.text == "Kept."


async def test_a_stop_hangs_up_first(server: DiscordServer, desk: FakeDesk) -> None:
    ann = server.user("ann")
    desk.seconds = 1.0
    async with running(server, desk) as service:
        asked = asyncio.create_task(ann.command("followup list"))
        await desk.busy.wait()
        stopped = asyncio.create_task(service.stop())
        await server.wait_disconnected()
        assert not asked.done()
        await stopped
        assert (await asked).text == "Fine."


async def test_nothing_is_wrong(server: DiscordServer, desk: FakeDesk) -> None:
    assert await made(server, desk).check() == []
    assert server.count("PUT", "/commands") == 0


async def test_what_is_wrong_comes_with_its_fix(server: DiscordServer, desk: FakeDesk) -> None:
    [refused] = await made(server, desk, token="wrong").check()
    assert "Reset Token" in refused
    server.faults.next("GET *users/@me", "503")
    [overloaded] = await made(server, desk).check()
    assert "503" in overloaded
    await server.stop()
    [down] = await made(server, desk).check()
    assert "can't be reached" in down


async def test_the_install_link_is_known_from_the_token_alone(
    server: DiscordServer, desk: FakeDesk
) -> None:
    token = base64.b64encode(b"123456789012345678").decode().rstrip("=") + ".x.y"
    link = made(server, desk, token=token).install_link()
    assert "client_id=123456789012345678" in link
    assert "applications.commands" in link
    assert made(server, desk, token="nonsense").install_link().endswith("/applications")
    async with running(server, desk) as service:
        await until(lambda: service.connected)
        assert f"client_id={server.world.application_id}" in service.install_link()


async def test_each_install_link_holds_what_that_installation_needs_and_nothing_more(
    server: DiscordServer, desk: FakeDesk
) -> None:
    async with running(server, desk) as service:
        await until(lambda: service.connected)
        for link, asked in (
            (service.install_link(), {"scope": "bot applications.commands", "permissions": "101376",
                                      "integration_type": "0"}),
            (service.own_install_link(), {"scope": "applications.commands",
                                          "integration_type": "1"}),
        ):  # fmt: skip
            url = URL(link)
            assert str(url.with_query(None)) == "https://discord.com/oauth2/authorize"
            assert dict(url.query) == {"client_id": str(server.world.application_id), **asked}


async def test_where_people_may_not_install_it_themselves_that_is_said(
    server: DiscordServer, desk: FakeDesk
) -> None:
    service = made(server, desk)
    assert await service.check() == []
    assert "integration_type=1" in made(server, desk, token=REAL).own_install_link()
    server.world.integration_types = (0,)
    assert await service.check() == []
    assert "User Install is off" in service.own_install_link()
