"""What comes in from outside: only a page of ours may post, and only under a name of ours.

A browser on this computer may be looking at any web site while the playground runs. The Host check
keeps out a foreign name that was pointed at this address; the Origin check keeps out other pages.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Iterable

from aiohttp import web

from core.caller import MOST_UPLOAD
from core.language import language_for, speaking, tr
from core.trouble import kind_and_place

log = logging.getLogger(__name__)

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""Names that a browser on this computer uses for it."""

MOST_BYTES = 65_536
"""The longest post that is read."""
MOST_WITH_FILE = MOST_BYTES + 2 * MOST_UPLOAD
"""With a file: one that is a little too large is told so in its form."""

WITH_FILE = "multipart/form-data"
FORMS = ("application/x-www-form-urlencoded", WITH_FILE)
"""How a browser posts forms."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}

_LOCALE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Refused(Exception):
    """A request that is not answered: its status and a sentence for whoever sees it."""

    def __init__(self, status: int, sentence: str) -> None:
        self.status = status
        self.sentence = sentence
        super().__init__(sentence)


class Guard:
    """Lets requests through to handlers, and makes pages of what goes wrong.

    `allowed_hosts` are names as in a Host header: one is ours as it is written, and with the port
    that the server listens on. `problem_page` turns a status and a sentence into a page.
    """

    def __init__(
        self, allowed_hosts: Iterable[str], problem_page: Callable[[int, str], web.Response]
    ) -> None:
        self._allowed = frozenset(host.lower() for host in allowed_hosts)
        self._problem_page = problem_page

    def wrap(self, handler: Handler) -> Handler:
        """The handler, in the browser's language; with checks before it and headers after it."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            with speaking(language_for(locale_of(request))):
                response = await self._answer(request, handler)
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        return guarded

    async def _answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            self._check(request)
            return await handler(request.clone(client_max_size=_most(request)))
        except Refused as refused:
            return self._problem_page(refused.status, refused.sentence)
        except web.HTTPRequestEntityTooLarge:
            return self._problem_page(413, tr("That is too long to read. Nothing was changed."))
        except web.HTTPException:
            raise
        except Exception as error:
            log.error("%s %s failed: %s", request.method, request.path, kind_and_place(error))
            sentence = tr("Something broke on my side; the log says what. Go back and try again.")
            return self._problem_page(500, sentence)

    def _check(self, request: web.Request) -> None:
        if not self._is_ours(request):
            here = f"http://127.0.0.1:{_own_port(request)}"
            sentence = tr(
                "Nothing answers under this name. On the bot's own computer, open {here}.",
                here=here,
            )
            raise Refused(403, sentence)
        if request.method != "POST":
            return
        if not _from_our_page(request):
            raise Refused(403, tr("That came from another web site. Nothing was changed."))
        if request.content_type not in FORMS:
            sentence = tr("Only the forms on the page are understood. Nothing was changed.")
            raise Refused(415, sentence)

    def _is_ours(self, request: web.Request) -> bool:
        host = request.headers.get("Host", "").lower()
        name, _, port = host.rpartition(":")
        if not port.isdigit():
            name, port = host, "80"
        return host in self._allowed or (name in self._allowed and port == _own_port(request))


def locale_of(request: web.Request) -> str:
    """The language that a browser likes best; "" where it doesn't say."""
    first = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip()
    return first if _LOCALE.fullmatch(first) else ""


def _most(request: web.Request) -> int:
    return MOST_WITH_FILE if request.content_type == WITH_FILE else MOST_BYTES


def _own_port(request: web.Request) -> str:
    address = request.transport.get_extra_info("sockname") if request.transport else None
    return str(address[1]) if isinstance(address, tuple) else ""


def _from_our_page(request: web.Request) -> bool:
    """Whether a browser says that the post came from this very site; silence is a no."""
    site = request.headers.get("Sec-Fetch-Site", "")
    origin = request.headers.get("Origin", "")
    if site and site != "same-origin":
        return False
    if origin:
        return origin.lower().partition("://")[2] == request.headers.get("Host", "").lower()
    return bool(site)
