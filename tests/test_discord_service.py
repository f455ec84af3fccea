"""The service: what it does when Discord is down, refuses the token, or goes away."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator

import pytest

from adapters.discord import service as service_module
from core.reply import Reply
from tests.loopback.discord import DiscordServer
from tests.test_discord_kit import FakeDesk, made, message, running


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with await DiscordServer.start() as made:
        yield made


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


async def test_a_token_that_is_refused_ends_the_trying(
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


async def test_a_discord_that_is_down_is_tried_again(
    server: DiscordServer,
    desk: FakeDesk,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(service_module, "FIRST_DELAY", 0.05)
    server.faults.next("GET *users/@me", "503")
    server.faults.next("GET *users/@me", "drop-before-store")
    async with running(server, desk) as service:
        await asyncio.sleep(0.1)
        assert service.connected
    assert "Next try in" in caplog.text
    assert server.token not in caplog.text


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
        assert f"client_id={server.world.application_id}" in service.install_link()
