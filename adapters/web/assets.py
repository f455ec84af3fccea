"""The stylesheet and the script, read once and served from memory."""

from __future__ import annotations

import hashlib
from importlib import resources

from aiohttp import web

_TYPES = {".css": "text/css", ".js": "text/javascript"}
_FOREVER = "public, max-age=31536000, immutable"


class Assets:
    """Files of the `static` folder by name. Their addresses change when they do."""

    def __init__(self) -> None:
        folder = resources.files("adapters.web") / "static"
        self._files = {
            item.name: item.read_bytes()
            for item in folder.iterdir()
            if item.name.endswith(tuple(_TYPES))
        }

    def address(self, name: str) -> str:
        """Where a page finds the file. Raises KeyError when there is none."""
        return f"/static/{name}?v={hashlib.sha256(self._files[name]).hexdigest()[:12]}"

    async def serve(self, request: web.Request) -> web.Response:
        """Answer GET /static/{name}."""
        name = request.match_info["name"]
        if name not in self._files:
            return web.Response(status=404, text="Not found.")
        kind = _TYPES[name[name.rindex(".") :]]
        return web.Response(
            body=self._files[name],
            content_type=kind,
            charset="utf-8",
            headers={"Cache-Control": _FOREVER},
        )
