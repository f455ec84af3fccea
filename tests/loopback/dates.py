"""The `Date` head of a server's answers, for a server whose clock a test sets."""

from __future__ import annotations

import time
from collections.abc import Callable
from email.utils import formatdate

from aiohttp import web


def tells_time(app: web.Application, ahead: Callable[[], float]) -> None:
    """Let every answer of it say what the clock does, so many seconds ahead."""

    async def date(request: web.Request, response: web.StreamResponse) -> None:
        del request
        response.headers["Date"] = formatdate(time.time() + ahead(), usegmt=True)

    app.on_response_prepare.append(date)
