"""The HTTP front: tokens, faults, rate limits, bodies; then the routes."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from aiohttp import BodyPartReader, web

from tests.loopback.discord import routes_app, routes_channels, routes_interactions, routing
from tests.loopback.discord.errors import ApiError, Json, Refusal, unauthorized
from tests.loopback.discord.faults import Fault, Faults, Limited, Limits
from tests.loopback.discord.routing import Call, Route
from tests.loopback.discord.world import World

API = "/api/v10"
HTML = "<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center></body></html>"
_TITLES = {"502": "502 Bad Gateway", "504": "504 Gateway Time-out"}
_REGISTERED = (routes_app, routes_channels, routes_interactions)


@dataclass(frozen=True)
class Request:
    """One request as it was answered; status 0 when it was dropped."""

    method: str
    path: str
    status: int
    body: Any


def _json(status: int, data: Any, headers: dict[str, str] | None = None) -> web.Response:
    plain = {"Content-Type": "application/json", "Via": "1.1 google", **(headers or {})}
    return web.Response(status=status, body=json.dumps(data).encode(), headers=plain)


def _drop(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


class Rest:
    """Answers `/api/v10/…`."""

    def __init__(self, world: World, faults: Faults, limits: Limits) -> None:
        self.world = world
        self.faults = faults
        self.limits = limits
        self.requests: list[Request] = []
        self.gateway_url = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request and keep a note of it."""
        path = request.path.removeprefix(API)
        body, files = await _read(request)
        fault = self.faults.take(request.method, path)
        if fault is not None and fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
        response = self._broken(request, fault) or self._answer(request, path, body, files)
        lost = fault is not None and fault.kind == "drop-after-store"
        dropped = lost or (fault is not None and fault.kind == "drop-before-store")
        status = 0 if dropped else response.status
        self.requests.append(Request(request.method, path, status, body))
        if status in (401, 403, 429):
            self.world.invalid_requests += 1
        return _drop(request) if lost else response

    def _broken(self, request: web.Request, fault: Fault | None) -> web.Response | None:
        if fault is None or fault.kind in ("delay", "drop-after-store"):
            return None
        if fault.kind == "drop-before-store":
            return _drop(request)
        if fault.kind == "ban":
            text = HTML.format("You are being rate limited")
            return web.Response(status=429, text=text, content_type="text/html")
        if fault.kind.startswith("429"):
            found = routing.find(request.method, request.path.removeprefix(API))
            bucket = found[0].bucket(found[1]) if found else ""
            return self._limited(Limited(fault.seconds, fault.kind == "429-global"), bucket)
        if fault.kind in _TITLES:
            text = HTML.format(_TITLES[fault.kind])
            return web.Response(status=int(fault.kind), text=text, content_type="text/html")
        return _json(int(fault.kind), {"message": f"{fault.kind}: Server Error", "code": 0})

    def _answer(self, request: web.Request, path: str, body: Any, files: Any) -> web.Response:
        found = routing.find(request.method, path)
        try:
            if found is None:
                self.world.violations.append(f"unknown route {request.method} {path}")
                raise ApiError(404, 0, "404: Not Found")
            call = Call(request.method, path, found[1], dict(request.query), body, files)
            return self._routed(request, found[0], call)
        except ApiError as error:
            refusal = Refusal(
                request.method, path, error.status, error.code, error.message, error.errors
            )
            self.world.refusals.append(refusal)
            return _json(error.status, error.body())

    def _routed(self, request: web.Request, route: Route, call: Call) -> web.Response:
        if route.auth and request.headers.get("Authorization") != f"Bot {self.world.token}":
            raise unauthorized()
        bucket = route.bucket(call.params)
        limited = self.limits.check(bucket, exempt="{token}" in route.template)
        if limited is not None:
            return self._limited(limited, bucket)
        headers = self.limits.headers(bucket)
        try:
            reply = route.handler(self.world, call)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            self.world.violations.append(f"malformed {call.method} {call.path}: {error!r}")
            raise ApiError(400, 50109, "The request body contains invalid JSON.") from error
        if route.template.startswith("/gateway") and isinstance(reply, dict):
            reply["url"] = self.gateway_url
        if reply is None:
            return web.Response(status=204, headers=headers)
        return _json(200, reply, headers)

    def _limited(self, limited: Limited, bucket: str) -> web.Response:
        headers = {
            "Retry-After": str(limited.seconds),
            "X-RateLimit-Scope": "global" if limited.everywhere else "user",
        }
        if limited.everywhere:
            headers["X-RateLimit-Global"] = "true"
        else:
            headers |= self.limits.headers(bucket) | {"X-RateLimit-Remaining": "0"}
        body: Json = {"message": "You are being rate limited.", "retry_after": limited.seconds}
        return _json(429, body | {"global": limited.everywhere}, headers)


async def _read(request: web.Request) -> tuple[Any, dict[str, bytes]]:
    """The JSON and the uploads of a request, sent as JSON or as multipart."""
    if request.content_type.startswith("multipart/"):
        return await _read_parts(request)
    raw = await request.read()
    return (json.loads(raw) if raw else None), {}


async def _read_parts(request: web.Request) -> tuple[Any, dict[str, bytes]]:
    body: Any = None
    files: dict[str, bytes] = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        data = bytes(await part.read())
        if part.name == "payload_json":
            body = json.loads(data)
        else:
            files[part.filename or f"file{len(files)}"] = data
    return body, files
