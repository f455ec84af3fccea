"""A small real Bolt app to try the server with, over Socket Mode or HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.loopback.slack.httpmode import HttpMode
from tests.loopback.slack.model import Workspace
from tests.loopback.slack.server import SlackServer

JSON = dict[str, Any]
SECRET = "signing-secret"


def client(server: SlackServer, team: Workspace | None = None, **more: Any) -> AsyncWebClient:
    """A Web API client with the bot's token and without retries."""
    token = more.pop("token", (team or server.team()).bot_token)
    return AsyncWebClient(token, base_url=server.api_url, retry_handlers=[], **more)


def bolt_app(server: SlackServer) -> AsyncApp:
    return AsyncApp(client=client(server), signing_secret=SECRET)


@asynccontextmanager
async def over_socket(server: SlackServer, app: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    """Connect the app over one WebSocket, and close it at the end."""
    handler = AsyncSocketModeHandler(app, server.app_token)
    count = len(server.socket.connections)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await server.connected(count + 1)
    try:
        yield handler
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]
        await server.connected(count)


@asynccontextmanager
async def over_http(server: SlackServer, app: AsyncApp) -> AsyncIterator[HttpMode]:
    """Serve the app on a request URL of its own."""
    runner = web.AppRunner(app.web_app("/slack/events", port=0), shutdown_timeout=0.5)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        yield server.use_http(url, SECRET)
    finally:
        await runner.cleanup()


def button(label: str, action_id: str, **more: Any) -> JSON:
    text = {"type": "plain_text", "text": label}
    return {"type": "button", "text": text, "action_id": action_id, **more}


def section(text: str, **more: Any) -> JSON:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def actions(*elements: JSON, **more: Any) -> JSON:
    return {"type": "actions", "elements": list(elements), **more}


def plain(text: str) -> JSON:
    return {"type": "plain_text", "text": text}


def options(*labels: str) -> list[JSON]:
    return [{"text": plain(label), "value": label.lower()} for label in labels]


def field(label: str, element: JSON, **more: Any) -> JSON:
    return {"type": "input", "label": plain(label), "element": element, **more}


def modal(*blocks: JSON, **more: Any) -> JSON:
    head = {"type": "modal", "title": plain("Follow-up"), "submit": plain("Save")}
    return {**head, "callback_id": "form", "blocks": list(blocks), **more}
