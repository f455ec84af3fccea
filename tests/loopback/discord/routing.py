"""The table of REST routes: which handler answers which method and path."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.loopback.discord.errors import Json
from tests.loopback.discord.world import World

Reply = Json | list[Json] | None


@dataclass
class Call:
    """One request, its JSON (also from `payload_json`) and its uploaded files."""

    method: str
    path: str
    params: dict[str, str]
    query: dict[str, str]
    body: Any = None
    files: dict[str, bytes] = field(default_factory=dict)


Handler = Callable[[World, Call], Reply]


@dataclass(frozen=True)
class Route:
    """A route. Without `auth` the secret, if any, is in the path (as of interactions)."""

    method: str
    template: str
    pattern: re.Pattern[str]
    handler: Handler
    auth: bool

    def bucket(self, params: dict[str, str]) -> str:
        """The rate limit bucket: the route and its major parameter."""
        names = ("channel_id", "guild_id", "application_id", "token")
        major = [params.get(name, "") for name in names]
        return f"{self.method} {self.template} {major}"


ROUTES: list[Route] = []


def route(method: str, template: str, *, auth: bool = True) -> Callable[[Handler], Handler]:
    """Register a handler for a method and path template such as `/channels/{channel_id}`."""
    pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template) + "$")

    def register(handler: Handler) -> Handler:
        ROUTES.append(Route(method, template, pattern, handler, auth))
        return handler

    return register


def find(method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    """The first route that fits, with its parameters."""
    for one in ROUTES:
        match = one.pattern.match(path)
        if match and one.method == method:
            return one, match.groupdict()
    return None
