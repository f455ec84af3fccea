"""What a browser posts: text, and at most one file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from multidict import MultiDict

from adapters.web.guard import Refused
from core.caller import MOST_UPLOAD, Upload
from core.language import tr

UPLOAD = "upload"
"""The name under which a post holds its file; no field is called so."""

Post = MultiDict[Any]


async def posted(request: web.Request) -> Post:
    """What was posted, as text; a file under `UPLOAD`, and its name as the value of its field.

    Raises Refused for what no browser sends: it was cut off on its way, or made by hand.
    """
    try:
        return _read(await request.post())
    except web.HTTPException:
        raise
    except Exception:  # aiohttp has a dozen for a body that is not what its headers say
        sentence = tr(
            "That form did not arrive whole. Nothing was changed; go back and send it again."
        )
        raise Refused(400, sentence) from None


def _read(values: Mapping[str, Any]) -> Post:
    found: Post = MultiDict()
    for name, value in values.items():
        if name == UPLOAD:
            continue
        if isinstance(value, str):
            f"{name}{value}".encode()  # some encodings have halves of characters
            found.add(name, value)
        elif isinstance(value, web.FileField):
            with value.file as file:
                content = file.read(MOST_UPLOAD + 1)
            large = len(content) > MOST_UPLOAD
            found[UPLOAD] = Upload(problem="large") if large else Upload(content)
            found.add(name, value.filename)
    return found
