"""A file that a member sent with a form."""

from __future__ import annotations

import logging

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.controls import JSON
from adapters.slack.workspace_client import WorkspaceClient
from core.caller import MOST_UPLOAD, Upload

log = logging.getLogger(__name__)


async def download(web: AsyncWebClient, file: JSON) -> Upload:
    """Fetch a file, as far as it is not too large. Never raises.

    Slack gives it to who shows the bot's token; without the scope `files:read` it answers with a
    page to log in.
    """
    if int(file.get("size") or 0) > MOST_UPLOAD:
        return Upload(problem="large")
    assert web.session is not None
    try:
        if isinstance(web, WorkspaceClient):
            await web.ready()
        headers = {"Authorization": f"Bearer {web.token}"}
        async with web.session.get(
            str(file["url_private_download"]), headers=headers, allow_redirects=False
        ) as response:
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
