"""Slack's requests over HTTP."""

from __future__ import annotations

from urllib.parse import parse_qsl

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_internals import build_async_context
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

_NO_REQUEST = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
    web.RequestPayloadError,
)
"""What reading raises where a body is none of Slack's: Bolt takes each part on trust."""


class Endpoint:
    """The one address that Slack sends commands, interactions and events to."""

    def __init__(self, app: AsyncApp, signing_secret: str) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret)

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request. Nothing is read of one that Slack has not just signed.

        Bolt would verify it too, but only after it has read the body, whoever sent it.
        """
        try:
            body = await request.read()
            if not self._is_slacks(request, body):
                return web.Response(status=401)
            bolt_request = _as_signed(request, body)
        except _NO_REQUEST:
            return web.Response(status=400)
        _read_command(bolt_request)
        return await to_aiohttp_response(await self._app.async_dispatch(bolt_request))

    def _is_slacks(self, request: web.Request, body: bytes) -> bool:
        """Whether its signature is right and at most 5 minutes old."""
        stamp = request.headers.get("X-Slack-Request-Timestamp")
        signature = request.headers.get("X-Slack-Signature")
        try:
            return self._verifier.is_valid(body, stamp, signature)
        except (ValueError, TypeError, OverflowError):  # no number, no UTF-8, no signature at all
            return False


def _as_signed(request: web.Request, body: bytes) -> AsyncBoltRequest:
    """The body as it was signed, in UTF-8, whatever its header calls it."""
    return AsyncBoltRequest(
        body=body.decode(),
        query=request.query_string,
        headers=request.headers,  # type: ignore[arg-type] # as slack-bolt's own adapter does
    )


def _read_command(request: AsyncBoltRequest) -> None:
    """Read the form that slack-bolt 1.30 gives up on.

    It takes any form with the word "payload" somewhere in it for an interaction, and finds a
    command such as `/followup add Dana re: payload engineer` empty.
    """
    if not request.body and request.raw_body:
        request.body = dict(parse_qsl(request.raw_body, keep_blank_values=True))
        request.context = build_async_context(AsyncBoltContext({}), request.body)
