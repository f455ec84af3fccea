"""Slack's requests over HTTP."""

from __future__ import annotations

from urllib.parse import parse_qsl

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_internals import build_async_context
from slack_bolt.request.async_request import AsyncBoltRequest


class Endpoint:
    """The one address that Slack sends commands, interactions and events to."""

    def __init__(self, app: AsyncApp) -> None:
        self._app = app

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request; Bolt verifies its signature and age."""
        try:
            bolt_request = await to_bolt_request(request)
        except ValueError:
            return web.Response(status=400)  # neither a form nor JSON, so not from Slack
        _read_command(bolt_request)
        return await to_aiohttp_response(await self._app.async_dispatch(bolt_request))


def _read_command(request: AsyncBoltRequest) -> None:
    """Read the form that slack-bolt 1.30 gives up on.

    It takes any form with the word "payload" somewhere in it for an interaction, and finds a
    command such as `/followup add Dana re: payload engineer` empty.
    """
    if not request.body and request.raw_body:
        request.body = dict(parse_qsl(request.raw_body, keep_blank_values=True))
        request.context = build_async_context(AsyncBoltContext({}), request.body)
