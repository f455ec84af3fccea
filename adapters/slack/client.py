"""Slack's own clients, set up the one way that this adapter uses them."""

from __future__ import annotations

import logging
import re

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

API_URL = "https://slack.com/api/"
TIMEOUT = 10
"""Seconds that one call may take."""
CONNECTING = 5
"""Seconds of these in which a connection must be there; after that, nothing was sent."""
CONNECTIONS = 100
"""How many calls can be under way at once."""
KEPT_ALIVE = 5.0
"""Seconds that an idle connection is kept.

Not for longer, because Slack may have closed it: a message that is posted on such a connection
gets no answer, and has to be looked for.
"""

_SECRETS = re.compile(r"x(?:ox[a-z]|app)-[\w.-]+|wss?://\S+|https?://hooks\.\S+")


class _Discreet(logging.Filter):
    """Lets the library's errors through as one line, without tokens, tickets or payloads."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = _SECRETS.sub("[hidden]", record.getMessage())
        record.msg, record.args = message.splitlines()[0] if message else "", None
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def _library_log() -> logging.Logger:
    log = logging.getLogger("adapters.slack.library")
    log.setLevel(logging.ERROR)  # below that, payloads with people's names are written out
    log.addFilter(_Discreet())
    return log


LIBRARY_LOG = _library_log()
"""The logger that slack_sdk and slack-bolt are given."""


def web_client(token: str | None, api_url: str) -> AsyncWebClient:
    """A Web API client that sends each call once.

    The library's default posts again when the connection drops after Slack has stored a message,
    and then there are two. It connects anew for each call until its `session` is set.
    """
    return AsyncWebClient(
        token=token, base_url=api_url, timeout=TIMEOUT, retry_handlers=[], logger=LIBRARY_LOG
    )


async def exchanged(
    web: AsyncWebClient, client: tuple[str, str], **given: str
) -> AsyncSlackResponse:
    """A code or a refresh token for a new token. Raises what Slack raises.

    `client` is the app's id and secret. They go into the body, as Slack takes them too: the
    library would make a header of them in a way that aiohttp has given up.
    """
    id, secret = client
    body = {"client_id": id, "client_secret": secret, **given}
    return await web.api_call("oauth.v2.access", data=body)


def webhook(url: str, session: aiohttp.ClientSession | None) -> AsyncWebhookClient:
    """A client for one `response_url` that sends each call once."""
    return AsyncWebhookClient(
        url, timeout=TIMEOUT, retry_handlers=[], logger=LIBRARY_LOG, session=session
    )


def new_session(seconds: float = TIMEOUT) -> aiohttp.ClientSession:
    """Connections for the clients to share, and the patience for one call.

    Make it inside the running loop, and close it.
    """
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=KEPT_ALIVE),
        timeout=aiohttp.ClientTimeout(total=seconds, connect=CONNECTING),
        cookie_jar=aiohttp.DummyCookieJar(),
    )
