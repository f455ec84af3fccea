import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass(frozen=True)
class Delivery:
    """Something Slack tells the bot. `answers` says whether a payload in the ack is read."""

    kind: str
    payload: dict[str, Any]
    answers: bool = False


@dataclass(frozen=True)
class Retry:
    """Which repetition of a delivery this is, from 1, and why."""

    attempt: int
    reason: str


@dataclass(frozen=True)
class Ack:
    """What came back. `error` is what the person is told, empty when all went well."""

    error: str = ""
    payload: dict[str, Any] = field(default_factory=dict)


TIMED_OUT = Ack("operation_timeout")
FAILED = Ack("dispatch_failed")


def as_json(body: dict[str, Any], status: int = 200, **headers: str) -> web.Response:
    return web.Response(
        text=json.dumps(body),
        status=status,
        content_type="application/json",
        charset="utf-8",
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )
