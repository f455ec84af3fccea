"""What a browser posts: text, and at most one file."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from multidict import MultiDict

from core.caller import MOST_UPLOAD, Upload

UPLOAD = "upload"
"""The name under which a post holds its file; no field is called so."""

Post = MultiDict[Any]


async def posted(request: web.Request) -> Post:
    """What was posted, as text; a file under `UPLOAD`, and its name as the value of its field."""
    values = await request.post()
    found: Post = MultiDict()
    for name, value in values.items():
        if isinstance(value, str):
            found.add(name, value)
        elif isinstance(value, web.FileField):
            with value.file as file:
                content = file.read(MOST_UPLOAD + 1)
            large = len(content) > MOST_UPLOAD
            found[UPLOAD] = Upload(problem="large") if large else Upload(content)
            found.add(name, value.filename)
    return found
