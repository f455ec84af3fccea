"""Pages between aiohttp and Bolt: its own adapter makes cookies that any site may send along."""

from __future__ import annotations

from http.cookies import SimpleCookie

from aiohttp import web
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

COOKIE_PATH = "/slack/"


def as_bolts(request: web.Request) -> AsyncBoltRequest:
    """A request for a page, without a body."""
    return AsyncBoltRequest(
        body="",
        query=request.query_string,
        headers=request.headers,  # type: ignore[arg-type] # as slack-bolt's own adapter does
    )


def as_aiohttps(made: BoltResponse, *, secure: bool) -> web.Response:
    """Bolt's answer. Its cookie comes back when Slack sends the browser here, and at no other
    site's bidding.
    """
    response = web.Response(status=made.status, body=made.body.encode())
    response.content_type, response.charset = "text/html", "utf-8"
    for location in made.headers.get("location", []):
        response.headers["Location"] = location
    for text in made.headers.get("set-cookie", []):
        for cookie in SimpleCookie(text).values():
            response.set_cookie(
                cookie.key,
                cookie.value,
                max_age=cookie["max-age"] or None,
                expires=cookie["expires"] or None,
                path=COOKIE_PATH,
                secure=secure,
                httponly=True,
                samesite="Lax",
            )
    return response
