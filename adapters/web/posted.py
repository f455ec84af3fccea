"""What a browser posts."""

from __future__ import annotations

from typing import Any, TypeAlias

from aiohttp import web
from multidict import MultiDict

from core.caller import Upload
from core.domain.importing.sheets import MOST_BYTES

UPLOAD = "upload"
"""The name under which a post holds its file; no field is called so."""

Post: TypeAlias = MultiDict[Any]


async def posted(request: web.Request) -> Post:
    """What was posted, as text; a file under `UPLOAD`, and its name as the value of its field."""
    found: Post = MultiDict()
    for name, value in (await request.post()).items():
        if isinstance(value, str):
            found.add(name, value)
        elif isinstance(value, web.FileField):
            with value.file as file:
                content = file.read(MOST_BYTES + 1)
            large = len(content) > MOST_BYTES
            found[UPLOAD] = Upload(problem="large") if large else Upload(content)
            found.add(name, value.filename)
    return found
