"""Points discord.py at the loopback server, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import discord
import yarl

from tests.loopback.discord.server import DiscordServer


@contextmanager
def aimed_at(server: DiscordServer) -> Iterator[None]:
    """While it is open, every discord.py client of this process talks to the server."""
    route, socket = discord.http.Route, discord.gateway.DiscordWebSocket
    before = route.BASE, socket.DEFAULT_GATEWAY
    route.BASE = server.api_url
    socket.DEFAULT_GATEWAY = yarl.URL(server.gateway_url)
    try:
        yield
    finally:
        route.BASE, socket.DEFAULT_GATEWAY = before
