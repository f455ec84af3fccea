"""The loopback Slack works with the real clients, and refuses what Slack refuses."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.loopback.slack import ManualClock, Person, SlackServer
from tests.loopback.slack.trial import (
    actions,
    bolt_app,
    button,
    client,
    field,
    modal,
    options,
    over_http,
    over_socket,
    plain,
    section,
)

TEXT = {"type": "plain_text_input", "action_id": "text"}


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with await SlackServer.start() as slack:
        slack.team("T1")
        yield slack


@pytest.fixture
def dana(server: SlackServer) -> Person:
    return server.user("U1", "dana", tz="Europe/Berlin", locale="en-GB", real_name="Dana Lee")


@pytest.fixture
def api(server: SlackServer) -> AsyncWebClient:
    return client(server)


async def refused(call: Any) -> SlackApiError:
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value


async def code(call: Any) -> str:
    return str((await refused(call)).response["error"])


# --- The Web API ---------------------------------------------------------------------------


async def test_who_is_who(server: SlackServer, api: AsyncWebClient, dana: Person) -> None:
    assert (await api.auth_test())["team_id"] == "T1"
    user = (await api.users_info(user=dana.id, include_locale=True))["user"]
    assert (user["tz"], user["locale"], user["real_name"]) == ("Europe/Berlin", "en-GB", "Dana Lee")
    assert user["tz_offset"] in (3600, 7200)
    assert "locale" not in (await api.users_info(user=dana.id))["user"]
    assert await code(api.users_info(user="U404")) == "user_not_found"
    assert server.problems() == []


async def test_tokens_and_scopes(server: SlackServer, api: AsyncWebClient) -> None:
    assert await code(client(server, token="xoxb-wrong").auth_test()) == "invalid_auth"
    assert await code(client(server, token="").auth_test()) == "not_authed"
    assert await code(api.apps_connections_open(app_token="xoxb-T1")) == "not_allowed_token_type"
    server.team().scopes.discard("users:read")
    assert await code(api.users_info(user="U1")) == "missing_scope"
    assert len(server.refusals) == 4
    server.team().token_error = "token_revoked"
    assert await code(api.auth_test()) == "token_revoked"
    assert [denial.code for denial in server.denials] == ["token_revoked"]


async def test_an_unknown_method_is_a_violation(server: SlackServer, api: AsyncWebClient) -> None:
    assert await code(api.api_call("users.frobnicate")) == "unknown_method"
    assert server.violations == ["unknown method users.frobnicate"]


async def test_metadata_comes_back(api: AsyncWebClient, dana: Person) -> None:
    opened = (await api.conversations_open(users=dana.id))["channel"]["id"]
    mark = {"event_type": "digest", "event_payload": {"key": "d-1"}}
    await api.chat_postMessage(channel=opened, text="one", metadata=mark)
    await api.api_call("chat.postMessage", data={"channel": dana.id, "text": "two"})
    history = await api.conversations_history(channel=opened, include_all_metadata=True, limit=9)
    assert [(m["text"], m.get("metadata")) for m in history["messages"]] == [
        ("two", None),
        ("one", mark),
    ]
    assert "metadata" not in (await api.conversations_history(channel=opened))["messages"][1]
    newest = history["messages"][0]["ts"]
    older = await api.conversations_history(channel=opened, latest=newest)
    assert [m["text"] for m in older["messages"]] == ["one"]
    assert [m.text for m in dana.sees] == ["one", "two"]


async def test_who_sees_what(server: SlackServer, api: AsyncWebClient, dana: Person) -> None:
    other = server.user("U2", "kim")
    club = server.channel("C1", "club", members=[dana, other])
    await api.chat_postMessage(channel=club.id, text="for all")
    await api.chat_postEphemeral(channel=club.id, user=dana.id, text="for dana")
    await api.chat_postMessage(channel=other.id, text="for kim")
    assert [m.text for m in dana.sees] == ["for all", "for dana"]
    assert [m.text for m in other.sees] == ["for all", "for kim"]
    alone = server.channel("C2", members=[dana])
    wrong = api.chat_postEphemeral(channel=alone.id, user=other.id, text="x")
    assert await code(wrong) == "user_not_in_channel"


async def test_places_that_refuse(server: SlackServer, api: AsyncWebClient, dana: Person) -> None:
    def post(channel: str) -> Any:
        return code(api.chat_postMessage(channel=channel, text="x"))

    club = server.channel("C1", members=[dana], bot=False)
    assert await post("C404") == "channel_not_found"
    assert await post(club.id) == "not_in_channel"
    await api.conversations_join(channel=club.id)
    club.archived = True
    assert await post(club.id) == "is_archived"
    server.team().messages_tab = False
    assert await post(dana.id) == "messages_tab_disabled"
    dana.user.deleted = True
    assert await code(api.conversations_open(users=dana.id)) == "user_disabled"
    assert len(server.denials) == 5
    server.assert_clean()


async def test_updates_and_deletes(server: SlackServer, api: AsyncWebClient, dana: Person) -> None:
    sent = await api.chat_postMessage(channel=dana.id, text="a", blocks=[section("A")])
    where = {"channel": sent["channel"], "ts": sent["ts"]}
    (message,) = dana.sees
    await api.chat_update(**where, text="b")
    assert (message.text_form(), message.edited > 0) == ("b", True)
    assert await code(api.chat_update(**where, text="x" * 4001)) == "msg_too_long"
    assert await code(api.chat_update(channel=dana.id, ts=sent["ts"], text="c")) == (
        "channel_not_found"
    )
    await api.chat_delete(**where)
    assert dana.sees == []


async def test_an_ephemeral_message_cannot_be_updated(
    server: SlackServer, api: AsyncWebClient, dana: Person
) -> None:
    club = server.channel("C1", members=[dana])
    sent = await api.chat_postEphemeral(channel=club.id, user=dana.id, text="x")
    call = api.chat_update(channel=club.id, ts=sent["message_ts"], text="y")
    assert await code(call) == "message_not_found"
    assert [refusal.where for refusal in server.refusals] == ["chat.update"]


async def test_a_file_arrives(server: SlackServer, api: AsyncWebClient, dana: Person) -> None:
    await api.files_upload_v2(
        content=b"\x89PNG", filename="chart.png", title="Chart", channel=dana.dm.id
    )
    assert dana.sees[0].text_form().strip() == "[file: Chart]"
    (file,) = server.web.uploads.values()
    assert file["data"] == b"\x89PNG"


async def test_a_picture_is_shown_by_the_bot_that_uploaded_it_and_by_nobody_else(
    server: SlackServer, api: AsyncWebClient, dana: Person
) -> None:
    async def upload(web: AsyncWebClient, content: bytes = b"\x89PNG") -> str:
        done = await web.files_upload_v2(content=content, filename="chart.png", title="Chart")
        return str(done["files"][0]["id"])

    def post(id: str, **more: Any) -> Any:
        block = {"type": "image", "slack_file": {"id": id}, "alt_text": "Bars", **more}
        return api.chat_postMessage(channel=dana.id, text="x", blocks=[block])

    server.world.slow_files = 1
    mine = await upload(api)
    assert await code(post(mine)) == "invalid_blocks"
    assert server.refusals == []
    await post(mine)
    assert dana.sees[-1].text_form() == "(image: Bars)"
    other = await upload(client(server, server.team("T2", "Elsewhere")))
    for wrong in (other, "F00000404", await upload(api, b"no picture")):
        error = await refused(post(wrong))
        assert "invalid slack file" in error.response["response_metadata"]["messages"][0]
    assert await code(post(mine, alt_text="")) == "invalid_blocks"
    begun = await api.files_getUploadURLExternal(filename="a.png", length=4)
    assert await code(post(begun["file_id"])) == "invalid_blocks"


async def test_channels_have_members_and_scopes(
    server: SlackServer, api: AsyncWebClient, dana: Person
) -> None:
    club = server.channel("C1", members=[dana])
    page = await api.conversations_members(channel="C1", limit=1)
    rest = await api.conversations_members(
        channel="C1", limit=5, cursor=page["response_metadata"]["next_cursor"]
    )
    assert {*page["members"], *rest["members"]} == {dana.id, server.team().bot_user_id}
    server.team().scopes -= {"channels:read", "groups:history"}
    assert await code(api.conversations_info(channel="C1")) == "missing_scope"
    club.is_private = True
    assert (await api.conversations_info(channel="C1"))["channel"]["is_member"] is True
    assert await code(api.conversations_history(channel="C1")) == "missing_scope"
    await server.kick(club)
    assert await code(api.conversations_info(channel="C1")) == "channel_not_found"


# --- Block Kit -----------------------------------------------------------------------------

MENU = {"type": "static_select", "action_id": "m", "options": options("A", "B")}
BAD_BLOCKS: list[tuple[str, Any]] = [
    ("/blocks/0", {"type": "sectoin"}),
    ("/blocks/0/text/text", section("x" * 3001)),
    ("/blocks/0/text/text", section("")),
    ("/blocks/0", section("x", colour="red")),
    ("/blocks/0/fields", {"type": "section", "fields": [plain("x")] * 11}),
    ("/blocks/0/fields/0/text", {"type": "section", "fields": [plain("x" * 2001)]}),
    ("/blocks/0", {"type": "section"}),
    ("/blocks/0/text/text", {"type": "header", "text": plain("x" * 151)}),
    ("/blocks/0/text/type", {"type": "header", "text": section("x")["text"]}),
    ("/blocks/0/elements", actions(*[button("x", f"a{n}") for n in range(26)])),
    ("/blocks/0/elements", {"type": "context", "elements": [plain("x")] * 11}),
    ("/blocks/0/elements/0/text/text", actions(button("x" * 76, "a"))),
    ("/blocks/0/elements/0/value", actions(button("x", "a", value="x" * 2001))),
    ("/blocks/0/elements/0/action_id", actions(button("x", "a" * 256))),
    ("/blocks/0", actions(button("x", "a"), button("y", "a"))),
    ("/blocks/0/elements/0/options", actions({**MENU, "options": options(*["x"] * 101)})),
    ("/blocks/0/elements/0/options/0/text/text", actions({**MENU, "options": options("x" * 76)})),
    ("/blocks/0/elements/0/initial_option", actions({**MENU, "initial_option": options("C")[0]})),
    ("/blocks/0/elements/0/placeholder/text", actions({**MENU, "placeholder": plain("x" * 151)})),
    ("/blocks/0/elements/0/options", actions({"type": "overflow", "options": options("A")})),
    ("/blocks/0/elements/0", actions({"type": "slider"})),
    ("/blocks/0/elements/0", actions(TEXT)),
    ("/blocks/0/elements/0/initial_date", actions({"type": "datepicker", "initial_date": "1/2/3"})),
    ("/blocks/0", {"type": "image", "image_url": "https://x/y.png"}),
    ("/blocks/0", field("Name", TEXT)),
    ("/blocks/0/elements/0/confirm", actions(button("x", "a", confirm={"title": plain("x")}))),
]


@pytest.mark.parametrize(("place", "block"), BAD_BLOCKS, ids=lambda value: str(value)[:40])
async def test_bad_blocks(
    server: SlackServer, api: AsyncWebClient, dana: Person, place: str, block: Any
) -> None:
    error = await refused(api.chat_postMessage(channel=dana.id, text="x", blocks=[block]))
    assert error.response["error"] == "invalid_blocks"
    assert f"[json-pointer:{place}]" in error.response["response_metadata"]["messages"][0]
    assert [refusal.code for refusal in server.refusals] == ["invalid_blocks"]
    assert dana.sees == []


async def test_bad_messages(server: SlackServer, api: AsyncWebClient, dana: Person) -> None:
    def post(**more: Any) -> Any:
        return code(api.chat_postMessage(channel=dana.id, **{"text": "x", **more}))

    assert await post(text="x" * 40_001) == "msg_too_long"
    empty = {"channel": dana.id, "text": ""}
    assert await code(api.api_call("chat.postMessage", json=empty)) == "no_text"
    assert await post(blocks=[section("x")] * 51) == "invalid_blocks"
    assert await post(blocks=[section("x", block_id="b"), section("y", block_id="b")]) == (
        "invalid_blocks"
    )
    assert await post(blocks="[oops") == "invalid_blocks_format"
    assert await post(metadata={"event_type": "x"}) == "invalid_metadata_schema"
    assert len(server.refusals) == 6
    await api.chat_postMessage(channel=dana.id, text="x" * 40_000, blocks=[section("x")] * 50)


BAD_VIEWS: list[tuple[str, Any]] = [
    ("/view/title/text", modal(title=plain("x" * 25))),
    ("/view/submit/text", modal(submit=plain("x" * 25))),
    ("/view/close/text", modal(close=plain("x" * 25))),
    ("/view/private_metadata", modal(private_metadata="x" * 3001)),
    ("/view/callback_id", modal(callback_id="x" * 256)),
    ("/view/blocks", modal(*[section("x")] * 101)),
    ("/view/blocks/0/label/text", modal(field("x" * 2001, TEXT))),
    ("/view/blocks/0/hint/text", modal(field("x", TEXT, hint=plain("x" * 2001)))),
    ("/view/blocks/0/element", modal(field("x", button("x", "a")))),
    ("/view/blocks/0/element", modal(field("x", {**TEXT, "min_length": 9, "max_length": 3}))),
    ("/view/submit", {"type": "modal", "title": plain("x"), "blocks": [field("x", TEXT)]}),
    ("/view/type", {"type": "home", "blocks": []}),
]


@pytest.mark.parametrize(("place", "view"), BAD_VIEWS, ids=lambda value: str(value)[:40])
async def test_bad_views(
    server: SlackServer, api: AsyncWebClient, dana: Person, place: str, view: Any
) -> None:
    trigger = server.handles.trigger(dana.user)
    error = await refused(api.views_open(trigger_id=trigger, view=view))
    assert error.response["error"] == "invalid_arguments"
    assert f"[json-pointer:{place}]" in error.response["response_metadata"]["messages"][0]
    assert dana.view is None


async def test_every_kind_of_element_is_accepted(
    server: SlackServer, api: AsyncWebClient, dana: Person
) -> None:
    choices = {"options": options("A", "B")}
    kinds: list[dict[str, Any]] = [
        TEXT,
        {**MENU, "initial_option": options("B")[0]},
        {"type": "multi_static_select", **choices, "initial_options": options("A")},
        {"type": "checkboxes", **choices},
        {"type": "radio_buttons", **choices, "initial_option": options("A")[0]},
        {"type": "external_select", "min_query_length": 2},
        {"type": "datepicker", "initial_date": "2026-02-28", "placeholder": plain("When")},
        {"type": "timepicker", "initial_time": "09:30"},
        {"type": "number_input", "is_decimal_allowed": False},
        {"type": "users_select"},
    ]
    view = modal(*[field(kind["type"], kind, optional=True) for kind in kinds])
    await api.views_open(trigger_id=server.handles.trigger(dana.user), view=view)
    assert dana.view is not None
    assert "datepicker: [2026-02-28]" in dana.view.text_form()
    server.assert_clean()


# --- Triggers, response URLs and time --------------------------------------------------------


async def test_a_trigger_works_once_and_for_three_seconds(
    server: SlackServer, api: AsyncWebClient, dana: Person
) -> None:
    server.clock = clock = ManualClock()
    used, old = server.handles.trigger(dana.user), server.handles.trigger(dana.user)
    await api.views_open(trigger_id=used, view=modal())
    assert await code(api.views_open(trigger_id=used, view=modal())) == "exchanged_trigger_id"
    clock.advance(3.1)
    assert await code(api.views_open(trigger_id=old, view=modal())) == "expired_trigger_id"
    assert await code(api.views_open(trigger_id="none", view=modal())) == "invalid_trigger_id"
    assert len(server.refusals) == 3


async def test_a_response_url_works_five_times_for_half_an_hour(
    server: SlackServer, dana: Person
) -> None:
    server.clock = clock = ManualClock()
    url = server.handles.response_url(dana.user, dana.dm)
    late = server.handles.response_url(dana.user, dana.dm)
    async with aiohttp.ClientSession() as session:

        async def post(to: str, **body: Any) -> tuple[int, str]:
            async with session.post(to, json=body) as answer:
                return answer.status, await answer.text()

        assert await post(url, blocks=[section("")], text="x") != (200, "ok")
        assert [await post(url, text=str(n)) for n in range(4)] == [(200, "ok")] * 4
        assert (await post(url, text="x"))[0] == 404
        clock.advance(1801)
        assert "expired_url" in (await post(late, text="x"))[1]
    codes = [refusal.code for refusal in server.refusals]
    assert codes == ["invalid_blocks", "used_url", "expired_url"]
    assert [m.text for m in dana.sees] == ["0", "1", "2", "3"]


# --- Faults and limits -----------------------------------------------------------------------


async def test_a_lost_answer_is_stored_once(
    server: SlackServer, api: AsyncWebClient, dana: Person
) -> None:
    server.faults.next("chat.postMessage", "drop-after-store")
    with pytest.raises(aiohttp.ClientError):
        await api.chat_postMessage(channel=dana.id, text="stored")
    server.faults.next("chat.postMessage", "drop-before-store")
    with pytest.raises(aiohttp.ClientError):
        await api.chat_postMessage(channel=dana.id, text="lost")
    assert [m.text for m in dana.sees] == ["stored"]


async def test_faults(server: SlackServer, api: AsyncWebClient, dana: Person) -> None:
    def post() -> Any:
        return api.chat_postMessage(channel=dana.id, text="x")

    for kind in ("500", "503", "429"):
        server.faults.next("chat.postMessage", kind, retry_after=7)
        response = (await refused(post())).response
        assert response.status_code == int(kind)
    assert response.headers["Retry-After"] == "7"
    server.faults.next("chat.postMessage", "502")
    with pytest.raises(Exception, match=r"502|unexpected|html|JSON"):
        await post()
    server.faults.next("chat.postMessage", "error", error="fatal_error")
    assert await code(post()) == "fatal_error"
    assert dana.sees == []
    server.faults.next("chat.postMessage", "delay", seconds=0.01)
    await post()
    server.faults.next("chat.postMessage", "500-after-store", channel=dana.dm.id)
    await refused(post())
    assert len(dana.sees) == 2
    assert server.problems() == []


async def test_an_answer_can_be_late(server: SlackServer, api: AsyncWebClient) -> None:
    dana = server.user("U1", "dana")
    server.faults.next("chat.postMessage", "delay-after-store", seconds=30)
    posting = asyncio.create_task(api.chat_postMessage(channel=dana.id, text="stored"))
    await dana.wait_for("stored")
    assert not posting.done()
    posting.cancel()
    await asyncio.gather(posting, return_exceptions=True)


async def test_posts_can_be_thrown_away_for_speed(
    server: SlackServer, api: AsyncWebClient, dana: Person
) -> None:
    server.web.keeps = False
    answer = await api.chat_postMessage(channel=dana.id, text="gone")
    assert (answer["channel"], answer["message"]["text"]) == (dana.id, "gone")
    assert server.web.posted == 1
    assert not server.calls
    assert dana.sees == []


async def test_connections_are_counted(server: SlackServer, dana: Person) -> None:
    for session in (None, aiohttp.ClientSession()):
        before = server.callers
        api = client(server, session=session)
        for _ in range(3):
            await api.api_test()
        if session is None:
            assert server.callers == before + 3
        else:
            assert server.callers == before + 1
            await session.close()


async def test_rate_limits(server: SlackServer, api: AsyncWebClient, dana: Person) -> None:
    server.clock = clock = ManualClock()
    server.limits.like_slack()
    other = server.user("U2")
    await api.chat_postMessage(channel=dana.id, text="1")
    await api.chat_postMessage(channel=other.id, text="1")
    error = await refused(api.chat_postMessage(channel=dana.id, text="2"))
    assert (error.response.status_code, error.response.headers["Retry-After"]) == (429, "1")
    clock.advance(1.0)
    await api.chat_postMessage(channel=dana.id, text="2")
    assert len(dana.sees) == 2


# --- Socket Mode -----------------------------------------------------------------------------


async def test_a_ticket_opens_one_connection(server: SlackServer, api: AsyncWebClient) -> None:
    url = (await api.apps_connections_open(app_token=server.app_token))["url"]
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url) as socket:
            assert (await socket.receive_json())["type"] == "hello"
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(url)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url.replace("ticket=", "ticket=0"))
        server.faults.next("socket", "error")
        again = (await api.apps_connections_open(app_token=server.app_token))["url"]
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(again)
    assert server.socket.refused_handshakes == ["used", "unknown", "used"]


async def test_late_double_and_strange_acknowledgements(server: SlackServer, dana: Person) -> None:
    server.delivering.ack_timeout = 0.1
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(server.socket.open_ticket()) as socket,
    ):
        await socket.receive_json()
        answer = await dana.slash("/followup")
        assert answer.error == "operation_timeout"
        assert dana.notices == ['/followup failed with the error "operation_timeout"']
        assert server.missing_acks == ["slash_commands"]
        ack = {"envelope_id": (await socket.receive_json())["envelope_id"]}
        await socket.send_json(ack)
        await server.until(lambda: server.late_acks == ["slash_commands"])
        assert server.missing_acks == []
        await socket.send_json(ack)
        await server.until(lambda: server.double_acks == ["slash_commands"])
        await socket.send_json({"envelope_id": "no such"})
        await server.until(lambda: server.unknown_acks == ["no such"])
    assert len(server.problems()) == 3


async def test_a_handler_that_fails_leaves_silence(server: SlackServer, dana: Person) -> None:
    server.delivering.ack_timeout = 0.2
    app = bolt_app(server)

    @app.command("/followup")
    async def followup() -> None:
        raise ValueError("before the acknowledgement")

    @app.action("go")
    async def go(ack: Any) -> None:
        await ack("text that nobody reads")

    async with over_socket(server, app):
        assert (await dana.slash("/followup")).error == "operation_timeout"
        await client(server).chat_postMessage(
            channel=dana.id, text="x", blocks=[actions(button("Go", "go"))]
        )
        assert (await dana.press(dana.sees[0], "Go")).error == ""
    assert server.missing_acks == ["slash_commands"]
    assert server.violations == ["interactive: this acknowledgement takes no payload"]


async def test_nobody_there(dana: Person) -> None:
    assert (await dana.slash("/followup")).error == "dispatch_failed"


async def test_a_command_over_the_socket(server: SlackServer, dana: Person) -> None:
    app = bolt_app(server)
    club = server.channel("C1", "club", members=[dana])
    seen: list[str] = []

    @app.command("/followup")
    async def followup(ack: Any, respond: Any, command: dict[str, str]) -> None:
        seen.append(command["text"])
        await ack("Working")
        await respond("Done", response_type="in_channel")

    async with over_socket(server, app):
        answer = await dana.slash("/followup", "add @dana <Acme & Co> #club @nobody", channel=club)
        assert (await answer.wait_for("Working")).ephemeral_to == dana.id
        assert (await answer.wait_for("Done")).ephemeral_to is None
    assert seen == ["add <@U1|dana> &lt;Acme &amp; Co&gt; <#C1|club> @nobody"]
    server.assert_clean()


async def test_deliveries_come_twice_and_again(server: SlackServer, dana: Person) -> None:
    app = bolt_app(server)
    seen: list[str] = []

    @app.event("app_home_opened")
    async def opened(body: dict[str, Any]) -> None:
        seen.append(body["event_id"])

    async with over_socket(server, app), over_socket(server, app):
        server.delivering.send_twice()
        await dana.open_home()
        await server.until(lambda: len(seen) == 2)
        assert seen[0] == seen[1]
        await dana.open_home()
        await server.until(lambda: len(seen) == 3)
        await server.settle()
    server.assert_clean()


async def test_each_envelope_goes_to_one_of_several_connections(
    server: SlackServer, dana: Person
) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = [await session.ws_connect(server.socket.open_ticket()) for _ in range(3)]
        for socket in sockets:
            await socket.receive_json()

        async def take(socket: aiohttp.ClientWebSocketResponse) -> list[str]:
            taken: list[str] = []
            while len(taken) < 2:
                envelope = await socket.receive_json()
                await socket.send_json({"envelope_id": envelope["envelope_id"]})
                taken.append(envelope["envelope_id"])
            return taken

        taking = [asyncio.create_task(take(socket)) for socket in sockets]
        for _ in range(6):
            assert not (await dana.open_home()).error
        got = [name for taken in await asyncio.gather(*taking) for name in taken]
    assert len(set(got)) == 6
    server.assert_clean()


async def test_an_event_without_acknowledgement_is_retried(
    server: SlackServer, dana: Person
) -> None:
    server.delivering.ack_timeout = 0.1
    server.delivering.retries = 2
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(server.socket.open_ticket()) as socket,
    ):
        await socket.receive_json()
        await dana.message("hello")
        got = [await socket.receive_json() for _ in range(3)]
    assert [one["retry_attempt"] for one in got] == [0, 1, 2]
    assert len({one["payload"]["event_id"] for one in got}) == 1
    assert got[2]["retry_reason"] == "timeout"


async def test_the_client_comes_back_after_a_disconnect(server: SlackServer, dana: Person) -> None:
    app = bolt_app(server)

    @app.command("/ping")
    async def ping(ack: Any) -> None:
        await ack("pong")

    async with over_socket(server, app):
        (before,) = server.socket.connections
        await server.socket.disconnect()
        await server.until(lambda: before not in server.socket.connections)
        await server.connected()
        assert (await dana.slash("/ping")).message.text == "pong"


# --- People ----------------------------------------------------------------------------------


async def test_buttons_and_response_urls(server: SlackServer, dana: Person) -> None:
    app = bolt_app(server)
    menu = {"type": "overflow", "options": options("Edit", "Drop")}
    rows = [
        section("*Ada* & <@U1>", accessory=menu),
        actions(button("Sent", "sent", value="1"), button("They replied", "replied")),
        section("Bob"),
        actions(button("Sent", "sent", value="2")),
    ]
    values: list[str] = []

    @app.command("/due")
    async def due(ack: Any) -> None:
        await ack(blocks=rows, text="Due")

    @app.action("sent")
    async def sent(ack: Any, action: dict[str, str], body: dict[str, Any], respond: Any) -> None:
        await ack()
        assert body["container"]["is_ephemeral"] is True
        values.append(action["value"])
        await respond(text="Well done", replace_original=True)

    async with over_socket(server, app):
        due_now = (await dana.slash("/due")).message
        assert due_now.text_form().splitlines() == [
            "*Ada* & @dana",
            "[Edit | Drop]",
            "[Sent] [They replied]",
            "Bob",
            "[Sent]",
        ]
        with pytest.raises(AssertionError, match="2 controls"):
            await dana.press(due_now, "Sent")
        with pytest.raises(AssertionError, match="nothing to press"):
            await dana.press(due_now, "Remove")
        answer = await dana.press(due_now, "Sent", near="Bob")
        assert await answer.wait_for("Well done") is due_now
    assert values == ["2"]
    server.assert_clean()


async def test_a_form_from_start_to_end(server: SlackServer, dana: Person) -> None:
    app = bolt_app(server)
    search = {"type": "external_select", "action_id": "who", "min_query_length": 2}
    form = modal(
        field("Note", TEXT, block_id="note"),
        field("Channel", MENU, block_id="via"),
        field("Who", search, block_id="who", optional=True),
    )
    saved: list[Any] = []

    @app.shortcut("new")
    async def new(ack: Any, client: AsyncWebClient, shortcut: dict[str, str]) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=form)

    @app.options("who")
    async def who(ack: Any, payload: dict[str, str]) -> None:
        await ack(options=options(f"{payload['value']} Lovelace"))

    @app.view("form")
    async def save(ack: Any, view: dict[str, Any]) -> None:
        values = view["state"]["values"]
        if values["note"]["text"]["value"] == "bad":
            await ack(response_action="errors", errors={"note": "Not good"})
            return
        saved.append([values["via"]["m"]["selected_option"]["value"], values["who"]["who"]])
        await ack()

    async with over_socket(server, app):
        view = await (await dana.shortcut("new")).opened("Note")
        assert view.labels == ["Note", "Channel", "Who"]
        assert "Note" in (await dana.submit(view)).errors
        answer = await dana.submit(view, {"Note": "bad", "Channel": "B"})
        assert answer.errors == {"Note": "Not good"}
        assert "! Not good" in view.text_form()
        assert await dana.suggest(view, "Who", "Ada") == ["Ada Lovelace"]
        answer = await dana.submit(view, {"Note": "good", "Who": "Ada Lovelace"})
    assert (answer.errors, dana.view, view.open) == ({}, None, False)
    assert saved[0][0] == "b"
    assert saved[0][1]["selected_option"]["value"] == "ada lovelace"
    server.assert_clean()


async def test_views_stack_update_and_close(server: SlackServer, dana: Person) -> None:
    app = bolt_app(server)
    closed: list[str] = []

    @app.command("/form")
    async def form(ack: Any, client: AsyncWebClient, command: dict[str, str]) -> None:
        await ack()
        first = modal(actions(button("More", "more")), field("Name", TEXT, block_id="n"))
        await client.views_open(trigger_id=command["trigger_id"], view=first)

    @app.action("more")
    async def more(ack: Any, client: AsyncWebClient, body: dict[str, Any]) -> None:
        await ack()
        second = modal(section("Second"), callback_id="second", notify_on_close=True)
        await client.views_push(trigger_id=body["trigger_id"], view=second)
        first = modal(field("Name", TEXT, block_id="n"), title=plain("Changed"))
        await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=first)

    @app.view("second")
    async def second(ack: Any) -> None:
        await ack(response_action="update", view=modal(section("Third"), callback_id="third"))

    @app.view_closed("second")
    async def on_closed(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        closed.append(body["view"]["callback_id"])

    async with over_socket(server, app):
        first = await (await dana.slash("/form")).opened()
        await dana.fill(first, {"Name": "Ada"})
        second_view = await (await dana.press(first, "More")).opened("Second")
        await server.until(lambda: first.title == "Changed")
        assert "Name: [Ada]" in first.text_form()
        await dana.close(second_view)
        assert (closed, dana.view) == (["second"], first)
        await dana.close(first)
    assert dana.view is None
    gone = client(server).views_update(view_id=first.id, view=modal())
    assert await code(gone) == "not_found"


async def test_a_wrong_answer_to_a_form_is_refused(server: SlackServer, dana: Person) -> None:
    app = bolt_app(server)

    @app.view("form")
    async def save(ack: Any) -> None:
        await ack(response_action="errors", errors={"nowhere": "Bad"})

    async with over_socket(server, app):
        trigger = server.handles.trigger(dana.user)
        await client(server).views_open(trigger_id=trigger, view=modal(section("x")))
        assert dana.view is not None
        await dana.submit(dana.view)
    assert dana.view is not None
    assert dana.notices == ["We had some trouble connecting. Try again?"]
    assert [refusal.code for refusal in server.refusals] == ["invalid_errors"]


async def test_home_messages_and_shortcuts(server: SlackServer, dana: Person) -> None:
    app = bolt_app(server)

    @app.event("app_home_opened")
    async def opened(event: dict[str, str], client: AsyncWebClient) -> None:
        blocks = [section("Hello"), actions({**MENU, "placeholder": plain("Pick")})]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.event("message")
    async def message(event: dict[str, str], say: Any) -> None:
        await say(f"You said {event['text']}")

    @app.shortcut("track")
    async def track(ack: Any, respond: Any, shortcut: dict[str, Any]) -> None:
        await ack()
        await respond(f"Tracking: {shortcut['message']['text']}")

    @app.action("m")
    async def pick(ack: Any, respond: Any, action: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.chat_postMessage(channel="U1", text=action["selected_option"]["value"])

    async with over_socket(server, app):
        await dana.open_home()
        home = await dana.wait_home("Hello")
        assert "[Pick: A | B]" in home.text_form()
        await (await dana.choose(home, "Pick", "B")).wait_for("b")
        said = await (await dana.message("hi")).wait_for("You said hi")
        shortcut = await dana.message_shortcut("track", said)
        assert (await shortcut.wait_for("Tracking: You said hi")).ephemeral_to == dana.id
    server.assert_clean()


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated")  # slack_sdk's own use of it
async def test_installing_and_rotating_tokens(server: SlackServer, dana: Person) -> None:
    server.clock = clock = ManualClock()
    server.oauth.rotating = True
    keys = {"client_id": server.oauth.client_id, "client_secret": server.oauth.client_secret}
    nobody = AsyncWebClient(base_url=server.api_url, retry_handlers=[])
    code_once = server.oauth.code_for(dana.user)
    granted = await nobody.oauth_v2_access(**keys, code=code_once)
    assert await code(nobody.oauth_v2_access(**keys, code=code_once)) == "code_already_used"
    old = client(server, token=granted["access_token"])
    await old.auth_test()
    clock.advance(12 * 3600)
    assert await code(old.auth_test()) == "token_expired"
    refresh = {"grant_type": "refresh_token", "refresh_token": granted["refresh_token"]}
    fresh = await nobody.oauth_v2_access(**keys, **refresh)
    await client(server, token=fresh["access_token"]).auth_test()
    assert await code(nobody.oauth_v2_access(**keys, **refresh)) == "invalid_refresh_token"


async def test_two_workspaces_do_not_meet(server: SlackServer, dana: Person) -> None:
    far = server.team("T2", "Elsewhere")
    kim = server.user("U9", "kim", team=far)
    assert await code(client(server).users_info(user=kim.id)) == "user_not_found"
    assert await code(client(server).chat_postMessage(channel=kim.dm.id, text="x")) == (
        "channel_not_found"
    )
    await client(server, far).chat_postMessage(channel=kim.id, text="<!channel> x")
    assert (kim.sees[0].pings, dana.sees) == (["<!channel>"], [])


# --- HTTP mode -------------------------------------------------------------------------------


async def test_http_mode(server: SlackServer, dana: Person) -> None:
    app = bolt_app(server)
    runs: list[str] = []

    @app.command("/ping")
    async def ping(ack: Any, command: dict[str, str]) -> None:
        runs.append(command["text"])
        await ack("pong", response_type="in_channel")

    @app.view("form")
    async def save(ack: Any) -> None:
        await ack(response_action="clear")

    async with over_http(server, app) as http:
        assert (await dana.slash("/ping", "a")).message.text == "pong"
        assert (await dana.slash("/nothing")).error == "dispatch_failed"
        trigger = server.handles.trigger(dana.user)
        await client(server).views_open(trigger_id=trigger, view=modal(section("x")))
        view = await dana.wait_view("x")
        await dana.submit(view)
        assert not view.open
        forged = server.payloads.slash(dana.user, "/ping", "forged", dana.dm)
        assert await http.unsigned(forged) == 401
        assert await http.stale(forged) == 401
        assert await http.wrongly_signed(forged) == 401
        assert runs == ["a"]
        assert await http.replayed(forged) == [200, 200]
        assert await http.verify_url()
    server.assert_clean()


async def test_http_that_is_too_slow(server: SlackServer, dana: Person) -> None:
    server.delivering.ack_timeout = 0.1
    app = bolt_app(server)

    @app.command("/ping")
    async def ping(ack: Any) -> None:
        await asyncio.sleep(0.3)
        await ack()

    async with over_http(server, app):
        assert (await dana.slash("/ping")).error == "operation_timeout"
    assert server.missing_acks == ["slash_commands"]
