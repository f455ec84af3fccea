"""A gateway session, the connection that carries it, and the compression on the wire."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.loopback.discord.errors import Json

DISPATCH = 0


class ZlibStream:
    """The transport compression `zlib-stream`: one deflate stream, flushed after each payload."""

    def __init__(self) -> None:
        self._deflate = zlib.compressobj()

    def pack(self, text: str) -> bytes:
        """One payload as bytes that end in the sync marker."""
        return self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)


class ZstdStream:
    """The transport compression `zstd-stream`, on Pythons that bring zstd (3.14)."""

    def __init__(self) -> None:
        module: Any = importlib.import_module("compression.zstd")
        self._flush = module.ZstdCompressor.FLUSH_BLOCK
        self._zstd = module.ZstdCompressor()

    def pack(self, text: str) -> bytes:
        """One payload as one flushed block."""
        return bytes(self._zstd.compress(text.encode(), mode=self._flush))


@dataclass(eq=False)
class Session:
    """What IDENTIFY began. Events are kept for RESUME."""

    id: str
    intents: int
    shard: tuple[int, int]
    sequence: int = 0
    sent: list[Json] = field(default_factory=list, repr=False)
    link: Link | None = field(default=None, repr=False)

    def dispatch(self, event: str, data: Json) -> None:
        """Send an event, or keep it for a RESUME while nobody is connected."""
        self.sequence += 1
        payload = {"op": DISPATCH, "t": event, "s": self.sequence, "d": data}
        self.sent.append(payload)
        if self.link is not None:
            self.link.send(payload)

    def wants(self, guild_id: int | None, intent: int) -> bool:
        """Whether the shard and intents of this session cover an event."""
        number, count = self.shard
        here = (guild_id >> 22) % count == number if guild_id else number == 0
        return here and (intent == 0 or bool(self.intents & intent))


class Link:
    """One WebSocket connection. Everything goes out through a queue, in order."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.socket = socket
        self.session: Session | None = None
        self._transport = request.transport
        self._packer = _packer(request.query.get("compress"))
        self._queue: asyncio.Queue[Json | int] = asyncio.Queue()

    def send(self, payload: Json) -> None:
        """Queue a payload."""
        self._queue.put_nowait(payload)

    def close(self, code: int) -> None:
        """Close with a code, after what is queued."""
        self._queue.put_nowait(code)

    def cut(self) -> None:
        """Cut the connection without a goodbye."""
        if self._transport is not None:
            self._transport.abort()

    async def write_all(self, silent: Callable[[], bool]) -> None:
        """Send what is queued until the connection ends. While `silent()`, drop it."""
        with contextlib.suppress(ConnectionError):
            while True:
                item = await self._queue.get()
                if isinstance(item, int):
                    await self.socket.close(code=item)
                    return
                if not silent():
                    await self._write(item)

    async def _write(self, payload: Json) -> None:
        text = json.dumps(payload)
        if self._packer is None:
            await self.socket.send_str(text)
        else:
            await self.socket.send_bytes(self._packer.pack(text))


def _packer(asked: str | None) -> ZlibStream | ZstdStream | None:
    if asked == "zlib-stream":
        return ZlibStream()
    return ZstdStream() if asked == "zstd-stream" else None
