"""A file that a member sent with a form."""

from __future__ import annotations

import logging

from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from adapters.slack.controls import JSON
from adapters.slack.workspace_client import WorkspaceClient
from core.caller import MOST_UPLOAD, Upload

log = logging.getLogger(__name__)

_SLACKS = ("slack.com", "slack-gov.com")


async def download(web: AsyncWebClient, file: JSON) -> Upload:
    """Fetch a file, as far as it is not too large. Never raises.

    Slack gives it to who shows the bot's token; without the scope `files:read` it answers with a
    page to log in. The token goes nowhere else: what a file is said to be at may be anybody's.
    """
    if int(file.get("size") or 0) > MOST_UPLOAD:
        return Upload(problem="large")
    assert web.session is not None
    address = str(file.get("url_private_download") or "")
    if not is_slacks(address, web.base_url):
        log.warning("Slack: a file is not Slack's own, so it is not fetched")
        return Upload(problem="lost")
    try:
        if isinstance(web, WorkspaceClient):
            await web.ready()
        headers = {"Authorization": f"Bearer {web.token}"}
        async with web.session.get(address, headers=headers, allow_redirects=False) as response:
            if response.status != 200:
                log.warning("Slack: a file could not be fetched: %s", response.status)
                return Upload(problem="lost")
            content = await response.content.read(MOST_UPLOAD + 1)
            while len(content) <= MOST_UPLOAD and not response.content.at_eof():
                content += await response.content.read(MOST_UPLOAD + 1 - len(content))
    except Exception as error:
        log.warning("Slack: a file could not be fetched: %s", type(error).__name__)
        return Upload(problem="lost")
    return Upload(problem="large") if len(content) > MOST_UPLOAD else Upload(content)


def is_slacks(address: str, api_url: str) -> bool:
    """Whether it is at one of Slack's own names, or where the API is."""
    try:
        there, api = URL(address), URL(api_url)
    except ValueError:
        return False
    host = there.host or ""
    if host == api.host:
        return there.scheme == api.scheme
    return there.scheme == "https" and any(
        host == name or host.endswith(f".{name}") for name in _SLACKS
    )
