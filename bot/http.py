"""The process's one web server, for whatever a part of it wants to be reached at."""

from __future__ import annotations

from collections.abc import Iterable

from aiohttp import web
from aiohttp.typedefs import Handler

from core.language import language_liked, speaking

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""What goes with every answer that says nothing else: no script, no frame, and no page learns where
somebody came from. An address here may hold a code of Slack's."""
GRACE = 5.0
"""Seconds that a stop waits for requests under way."""


class PortTakenError(Exception):
    """Somebody else listens there; the message names the setting and the fix."""


class HttpServer:
    """Listens at one port for all parts of the process."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._wanted = host, port
        self._routes: list[web.RouteDef] = []
        self._runner: web.AppRunner | None = None
        self.port = 0

    def add(self, routes: Iterable[web.RouteDef]) -> None:
        """Serve these too; before the start."""
        self._routes.extend(routes)

    @property
    def url(self) -> str:
        """The address to open in a browser; "" before the start."""
        host = "127.0.0.1" if self._host in ("0.0.0.0", "::") else self._host  # noqa: S104
        return f"http://{host}:{self.port}" if self.port else ""

    async def start(self) -> None:
        """Begin to listen. Raises PortTakenError."""
        app = web.Application(middlewares=[_in_their_language])
        app.add_routes(self._routes)
        app.on_response_prepare.append(_with_headers)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=GRACE)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._wanted)
        try:
            await site.start()
        except OSError as error:
            await self.stop()
            raise PortTakenError(
                f"HTTP_PORT: {self._host}:{self._wanted} can't be listened on "
                f"({error.strerror or type(error).__name__}); "
                "stop what uses it, or set HTTP_PORT to another number, or to 0 for any that is "
                "free: that suits several processes on one machine"
            ) from None
        self.port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Finish the requests under way and stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        self.port = 0


@web.middleware
async def _in_their_language(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Pages are in the language that the browser likes best."""
    with speaking(language_liked(request.headers.get("Accept-Language", ""))):
        return await handler(request)


async def _with_headers(request: web.Request, response: web.StreamResponse) -> None:
    del request
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
