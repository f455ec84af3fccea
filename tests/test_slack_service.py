"""The connection to Slack: made, kept, lost and found; and what a bad setting leads to."""

from __future__ import annotations

import asyncio
import json
import logging

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.slack.check import problems
from adapters.slack.client import LIBRARY_LOG, web_client
from adapters.slack.manifest import manifest
from adapters.slack.service import SlackService
from core.domain.deliveries import Delivered
from core.requests import COMMANDS
from tests.loopback.slack import Delivery, SlackServer
from tests.stages.slack_bench import (
    DeskDouble,
    bench,
    message,
    parcel,
    service_for,
    wall_clock,
)


async def until(service: SlackService, connected: bool) -> None:
    for _ in range(250):
        if service.connected is connected:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("not within 5 s")


async def test_a_refused_handshake_does_not_wedge_it() -> None:
    async with SlackServer() as server:
        server.team()
        server.faults.next("socket", "error", times=2)
        service = service_for(server, DeskDouble())
        await service.start()
        await server.connected()
        await until(service, True)
        await service.stop()
        assert not service.connected
        server.assert_clean()


async def test_a_dropped_connection_comes_back() -> None:
    async with bench() as b:
        await until(b.service, True)
        b.server.faults.next("socket", "error", times=2)
        await b.server.socket.drop()
        await b.server.until(lambda: len(b.server.socket.refused_handshakes) == 2)
        await b.server.connected()
        await (await b.dana.slash("/followup", "list")).wait_for("Done.")


async def test_after_a_long_outage_all_is_built_anew(caplog: pytest.LogCaptureFixture) -> None:
    async with bench(give_up=0.3) as b:
        await until(b.service, True)
        b.server.faults.always("apps.connections.open", "500")
        await b.server.socket.drop()
        await until(b.service, False)
        async with asyncio.timeout(5):
            while "no connection (Lost)" not in caplog.text:  # noqa: ASYNC110 - a log has no event
                await asyncio.sleep(0.02)
        b.server.faults.clear()
        await b.server.connected()
        await (await b.dana.slash("/followup", "list")).wait_for("Done.")


async def test_slack_can_move_us_to_another_host() -> None:
    async with bench() as b:
        before = list(b.server.socket.connections)
        await b.server.socket.disconnect()
        await b.server.until(lambda: b.server.socket.connections not in ([], before))
        await b.server.connected()
        await (await b.dana.slash("/followup", "list")).wait_for("Done.")


async def test_several_processes_share_the_requests() -> None:
    async with SlackServer() as server:
        desks = [DeskDouble() for _ in range(3)]
        services = [service_for(server, desk) for desk in desks]
        for service in services:
            await service.start()
        await server.connected(3)
        dana = server.user("U1", "dana")
        for _ in range(6):
            await (await dana.slash("/followup", "list")).wait_for("Done.")
        assert [len(desk.asked) for desk in desks] == [2, 2, 2]
        await services[0].stop()
        await server.connected(2)
        for _ in range(4):
            await (await dana.slash("/followup", "list")).wait_for("Done.")
        assert [len(desk.asked) for desk in desks] == [2, 4, 4]
        for service in services[1:]:
            await service.stop()
        server.assert_clean()


@pytest.mark.parametrize("http", [False, True])
async def test_one_that_does_not_listen_only_sends(http: bool) -> None:
    async with SlackServer() as server:
        service = service_for(server, DeskDouble(), http=http, listens=False)
        assert service.routes() == []
        await service.start()
        await until(service, True)
        assert service.team == "T1"
        dana = server.user("U1", "dana")
        assert isinstance(await service.messenger.send(parcel(message("Hello."))), Delivered)
        assert [shown.text_form() for shown in dana.sees] == ["Hello."]
        assert not server.calls_of("apps.connections.open")
        await service.stop()
        server.assert_clean()


async def test_a_stop_waits_for_no_one_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.slack.service.LAST_ANSWERS", 0.2)
    monkeypatch.setattr("adapters.slack.link.GOODBYE", 0.2)
    async with SlackServer() as server:
        desk = DeskDouble()
        desk.pause = asyncio.Event()
        service = service_for(server, desk)
        await service.start()
        await server.connected()
        await server.user("U1", "dana").slash("/followup", "list")
        await server.until(lambda: bool(desk.asked))
        server.socket.go_deaf()
        async with asyncio.timeout(5):  # left alone, the library would wait for 10 s
            await service.stop()
        desk.pause.set()


async def test_a_stop_lets_an_answer_finish() -> None:
    async with bench() as b:
        b.desk.pause = asyncio.Event()
        answer = await b.dana.slash("/followup", "list")
        await b.server.until(lambda: bool(b.desk.asked))
        stopping = asyncio.create_task(b.service.stop())
        await asyncio.sleep(0.05)
        b.desk.pause.set()
        await stopping
        await answer.wait_for("Done.")


async def test_a_bad_token_is_one_line_and_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    async with SlackServer() as server:
        server.team().token_error = "token_revoked"
        service = service_for(server, DeskDouble())
        with caplog.at_level(logging.INFO):
            await service.start()
            await server.until(lambda: bool(server.denials))
            await asyncio.sleep(0.05)
            await service.stop()
        lines = [record.getMessage() for record in caplog.records if "Slack" in record.message]
        assert lines == ["Slack: no connection (token_revoked); next try in 1 s"]
        assert "xoxb" not in caplog.text


async def test_an_unreachable_slack_leaves_the_process_alive() -> None:
    service = SlackService(
        bot_token="xoxb-1",
        desk=DeskDouble(),
        now=wall_clock,
        app_token="xapp-1",
        api_url="http://127.0.0.1:9/api/",
    )
    await service.start()
    await asyncio.sleep(0.05)
    assert not service.connected
    (problem, _) = await service.check()
    assert "can't be reached" in problem
    await service.stop()


def test_the_librarys_log_keeps_secrets(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError("xoxb-secret")
    except ValueError:
        LIBRARY_LOG.exception("failed with %s\nat wss://x/?ticket=1", "xoxb-1-a and xapp-1-b")
    assert [record.getMessage() for record in caplog.records] == [
        "failed with [hidden] and [hidden]"
    ]
    assert "secret" not in caplog.text


async def test_a_check_finds_nothing_wrong() -> None:
    async with bench() as b:
        assert await b.service.check() == []


async def test_a_check_names_the_setting_and_the_fix() -> None:
    async with SlackServer() as server:
        service = service_for(server, DeskDouble(), bot_token="xoxb-wrong")
        (problem,) = await service.check()
        assert problem.startswith("SLACK_BOT_TOKEN is not accepted (invalid_auth)")
        bare = SlackService(
            bot_token=server.team().bot_token,
            desk=DeskDouble(),
            now=wall_clock,
            api_url=server.api_url,
        )
        (problem,) = await bare.check()
        assert "SLACK_APP_TOKEN" in problem
        assert bare.routes() == []


async def test_a_check_names_the_scopes_that_are_missing() -> None:
    async def auth_test(request: web.Request) -> web.Response:
        headers = {"x-oauth-scopes": "commands,chat:write,im:write,users:read"}
        return web.json_response({"ok": True}, headers=headers)

    app = web.Application()
    app.router.add_post("/api/auth.test", auth_test)
    async with TestServer(app) as server:
        found = await problems(web_client("xoxb-1", str(server.make_url("/api/"))), "", "secret")
    assert found == [
        f"The scope {scope} is missing: add it under OAuth & Permissions and install the app again."
        for scope in (
            "im:history",
            "files:read",
            "files:write",
            "channels:read",
            "groups:read",
            "channels:history",
            "groups:history",
        )
    ]


async def test_only_slack_is_listened_to_over_http() -> None:
    async with bench(http=True) as b:
        http = b.server.delivering.http
        assert http is not None
        command = b.server.payloads.slash(b.dana.user, "/followup", "list", b.dana.dm)
        assert await http.unsigned(command) == 401
        assert await http.stale(command) == 401
        assert await http.wrongly_signed(command) == 401
        assert b.desk.asked == []
        assert await http.replayed(command) == [200, 200]
        await b.dana.wait_for("Done.")
        assert len(b.desk.asked) == 1
        for body in (b"\xff{", b"{not json"):
            async with http.session.post(http.url, data=body) as answer:
                assert answer.status == 401, "nothing is read that Slack has not signed"


async def test_slack_can_verify_the_address() -> None:
    async with bench(http=True) as b:
        http = b.server.delivering.http
        assert http is not None
        challenge = Delivery("events_api", {"type": "url_verification", "challenge": "abc"})
        assert await http.send(challenge) == [200]


def test_the_client_sends_each_call_once() -> None:
    web = web_client("xoxb-1", "http://127.0.0.1:9/api")
    assert web.retry_handlers == []
    assert web.base_url == "http://127.0.0.1:9/api/"


def test_the_manifest_follows_the_commands() -> None:
    made = manifest(socket_mode=True)
    (command,) = made["features"]["slash_commands"]
    assert command["should_escape"] is True
    assert command["usage_hint"].split(" | ") == [c.command.name for c in COMMANDS if c.command]
    assert made["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in json.dumps(made)


def test_the_manifest_for_http_says_where() -> None:
    made = manifest(socket_mode=False, url="https://bot.example.org/")
    address = "https://bot.example.org/slack/events"
    assert made["settings"]["interactivity"]["request_url"] == address
    assert made["settings"]["event_subscriptions"]["request_url"] == address
    assert made["features"]["slash_commands"][0]["url"] == address
    with pytest.raises(ValueError, match="address"):
        manifest(socket_mode=False)
