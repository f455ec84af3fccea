"""The Socket Mode connection, kept alive."""

from __future__ import annotations

import asyncio
import logging

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.client import LIBRARY_LOG

log = logging.getLogger(__name__)

WATCH = 2.0
"""Seconds between two looks at the connection."""
PING = 10.0
"""Seconds between pings; the library also tries a lost connection again this often."""
GIVE_UP = 60.0
"""Seconds without a connection after which everything is built anew."""
GOODBYE = 1.0
"""Seconds that Slack has to say goodbye; the library would wait for 10."""


class Lost(Exception):
    """The connection was gone for too long."""


class SocketLink:
    """One Socket Mode connection at a time."""

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        web: AsyncWebClient,
        *,
        watch: float = WATCH,
        ping: float = PING,
        give_up: float = GIVE_UP,
    ) -> None:
        self._app = app
        self._token = app_token
        self._web = web
        self._watch = watch
        self._ping = ping
        self._give_up = give_up
        self.connected = False

    async def run(self) -> None:
        """Connect and stay connected until cancelled.

        Raises what the first call to Slack raises (a token that is not accepted, no network),
        and Lost when a connection does not come back.
        """
        url = (await self._web.apps_connections_open(app_token=self._token))["url"]
        # Made here and not earlier: the handler needs the running loop.
        handler = AsyncSocketModeHandler(
            self._app,
            self._token,
            logger=LIBRARY_LOG,
            web_client=self._web,
            ping_interval=self._ping,
        )
        handler.client.wss_uri = url
        connecting = asyncio.create_task(handler.connect_async())  # type: ignore[no-untyped-call]
        try:
            await self._stay(handler.client)
        finally:
            self.connected = False
            connecting.cancel()
            await asyncio.gather(connecting, return_exceptions=True)
            await _close(handler)

    async def _stay(self, client: SocketModeClient) -> None:
        """Look at the connection now and then.

        After a failed handshake the library tries the same single-use address for ever; without
        one it asks Slack for the next.
        """
        gone = 0.0
        while gone < self._give_up:
            await asyncio.sleep(self._watch)
            connected = await client.is_connected()
            self._note(connected)
            gone = 0.0 if connected else gone + self._watch
            if not connected:
                client.wss_uri = None
        raise Lost("no connection")

    def _note(self, connected: bool) -> None:
        if connected != self.connected:
            log.info("Slack: %s", "connected" if connected else "connection lost; trying again")
        self.connected = connected


async def _close(handler: AsyncSocketModeHandler) -> None:
    """Say goodbye; a Slack that doesn't answer is hung up on, which leaves nothing to wait for."""
    try:
        async with asyncio.timeout(GOODBYE):
            await handler.close_async()  # type: ignore[no-untyped-call]
    except TimeoutError:
        await handler.close_async()  # type: ignore[no-untyped-call]
