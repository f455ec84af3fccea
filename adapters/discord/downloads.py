"""A file that a member sent with a form."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import aiohttp

from core.caller import MOST_UPLOAD, Upload

log = logging.getLogger(__name__)

PATIENCE = aiohttp.ClientTimeout(total=20)


def attachment_of(data: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What Discord tells of the file in a form that came back; None without one."""
    found: Mapping[str, Mapping[str, Any]] = (data.get("resolved") or {}).get("attachments") or {}
    return next(iter(found.values()), None)


async def download(attachment: Mapping[str, Any]) -> Upload:
    """Fetch a file, as far as it is not too large. Never raises."""
    if int(attachment.get("size") or 0) > MOST_UPLOAD:
        return Upload(problem="large")
    content = b""
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE) as http,
            http.get(str(attachment["url"])) as response,
        ):
            response.raise_for_status()
            async for chunk in response.content.iter_chunked(1 << 16):
                content += chunk
                if len(content) > MOST_UPLOAD:
                    return Upload(problem="large")
    except Exception as error:
        log.warning("Discord: a file could not be fetched: %s", type(error).__name__)
        return Upload(problem="lost")
    return Upload(content)
