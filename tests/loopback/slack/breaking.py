import asyncio

from aiohttp import web

from tests.loopback.slack.delivery import as_json
from tests.loopback.slack.faults import Fault

GATEWAY = "<html><body><h1>502 Bad Gateway</h1></body></html>"


def hang_up(request: web.Request) -> web.Response:
    """Close the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def too_many(seconds: int) -> web.Response:
    body = {"ok": False, "error": "ratelimited"}
    return as_json(body, 429, Retry_After=str(seconds))


async def before(request: web.Request, fault: Fault | None) -> web.Response | None:
    """What a fault answers instead of doing the work, if it stops the work."""
    if fault is None or fault.stores:
        if fault is not None and fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
        return None
    if fault.kind == "429":
        return too_many(fault.retry_after)
    if fault.kind == "502":
        return web.Response(text=GATEWAY, status=502, content_type="text/html")
    if fault.kind == "drop-before-store":
        return hang_up(request)
    if fault.kind == "error":
        return as_json({"ok": False, "error": fault.error})
    return as_json({"ok": False, "error": "internal_error"}, int(fault.kind))


async def after(request: web.Request, fault: Fault | None, answer: web.Response) -> web.Response:
    """The answer, or what a fault puts in its place after the work is done."""
    if fault is not None and fault.kind == "drop-after-store":
        return hang_up(request)
    if fault is not None and fault.kind == "500-after-store":
        return as_json({"ok": False, "error": "internal_error"}, 500)
    if fault is not None and fault.kind == "delay-after-store":
        await asyncio.sleep(fault.seconds)
    return answer
