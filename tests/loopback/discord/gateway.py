"""The gateway: sessions that outlive their connections, and the faults of a WebSocket."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets

from aiohttp import WSMsgType, web

from tests.loopback.discord.errors import Json
from tests.loopback.discord.payloads import guild_json, user_json
from tests.loopback.discord.places import INTENT_GUILDS
from tests.loopback.discord.sessions import Link, Session
from tests.loopback.discord.world import World

HEARTBEAT, IDENTIFY, PRESENCE, VOICE_STATE, RESUME = 1, 2, 3, 4, 6
RECONNECT, REQUEST_MEMBERS, INVALID_SESSION, HELLO, ACK = 7, 8, 9, 10, 11
PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15
KNOWN_INTENTS = (1 << 26) - 1
UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED, BAD_TOKEN = 4001, 4002, 4003, 4004
ALREADY_AUTHENTICATED, BAD_SHARD, BAD_INTENTS, DISALLOWED_INTENTS = 4005, 4010, 4013, 4014


class Gateway:
    """Accepts connections, keeps sessions, and misbehaves when a test asks.

    `refuse` turns new connections away with a 503, `deliveries` is how often each interaction is
    delivered, `doubled` counts sessions that began while another one was connected for their shard.
    Payload compression and presences are not done.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.url = ""
        self.heartbeat_ms = 41250
        self.refuse = False
        self.deliveries = 1
        self.heartbeats = 0
        self.resumes = 0
        self.doubled = 0
        self.identifies: list[Json] = []
        self.close_codes: list[int] = []
        self.sessions: dict[str, Session] = {}
        self.links: set[Link] = set()
        self._silent: set[Link] = set()
        world.emit = self.emit

    @property
    def connected(self) -> bool:
        """Whether any session has a connection."""
        return bool(self.shards)

    @property
    def shards(self) -> list[tuple[int, int]]:
        """The shard of each session that has a connection, as (number, count)."""
        found = (one.shard for one in self.sessions.values() if one.link is not None)
        return sorted(found)

    def emit(self, event: str, data: Json, guild_id: int | None, intent: int) -> int:
        """Dispatch to every session that wants it; gives back how many there are."""
        wanting = [one for one in self.sessions.values() if one.wants(guild_id, intent)]
        times = self.deliveries if event == "INTERACTION_CREATE" else 1
        for session in wanting:
            for _ in range(times):
                session.dispatch(event, data)
        return len(wanting)

    def drop(self, code: int | None = None, *, forget: bool = False) -> None:
        """Cut every connection (or close it with a code); `forget` makes a RESUME fail."""
        for link in list(self.links):
            if code is None:
                link.cut()
            else:
                link.close(code)
        for session in self.sessions.values():
            session.link = None
        if forget:
            self.sessions.clear()

    def silence(self) -> None:
        """Make zombies of all connections: they stay open and say nothing, not even an ACK."""
        self._silent |= self.links

    def reconnect(self) -> None:
        """Ask every client to reconnect and resume (opcode 7)."""
        for link in list(self.links):
            link.send({"op": RECONNECT, "d": None})

    def invalidate(self, *, resumable: bool = False) -> None:
        """Declare every session invalid (opcode 9)."""
        for link in list(self.links):
            link.send({"op": INVALID_SESSION, "d": resumable})
        if not resumable:
            self.sessions.clear()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one WebSocket connection."""
        if self.refuse:
            return web.Response(status=503, text="no gateway")
        socket = web.WebSocketResponse(timeout=1.0, max_msg_size=1 << 22)
        await socket.prepare(request)
        link = Link(socket, request)
        self.links.add(link)
        writer = asyncio.create_task(link.write_all(lambda: link in self._silent))
        link.send({"op": HELLO, "d": {"heartbeat_interval": self.heartbeat_ms}})
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._receive(link, message.data)
        finally:
            await self._leave(link, writer)
        return socket

    async def _leave(self, link: Link, writer: asyncio.Task[None]) -> None:
        self.links.discard(link)
        self._silent.discard(link)
        session = link.session
        if session is not None and session.link is link:
            session.link = None
            # Only a goodbye with 1000 or 1001 ends a session. The `Client.close()` of
            # discord.py means 1000 and says 4000, so its session stays resumable.
            if link.socket.close_code in (1000, 1001):
                self.sessions.pop(session.id, None)
        self.world.bell.ring()
        writer.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await writer

    def _receive(self, link: Link, text: str) -> None:
        try:
            payload = json.loads(text)
            op, data = payload["op"], payload.get("d")
        except (ValueError, KeyError, TypeError):
            self._refuse(link, DECODE_ERROR)
            return
        if op == HEARTBEAT:
            self.heartbeats += 1
            link.send({"op": ACK})
        elif op == IDENTIFY:
            self._identify(link, data)
        elif op == RESUME:
            self._resume(link, data)
        elif op not in (PRESENCE, VOICE_STATE, REQUEST_MEMBERS):
            self._refuse(link, UNKNOWN_OPCODE)
        elif link.session is None:
            self._refuse(link, NOT_AUTHENTICATED)

    def _refuse(self, link: Link, code: int) -> None:
        self.close_codes.append(code)
        link.close(code)

    def _identify(self, link: Link, data: Json) -> None:
        self.identifies.append(data)
        intents = data.get("intents")
        shard = _shard_of(data)
        if link.session is not None:
            self._refuse(link, ALREADY_AUTHENTICATED)
        elif data.get("token") != self.world.token:
            self._refuse(link, BAD_TOKEN)
        elif shard is None:
            self._refuse(link, BAD_SHARD)
        elif not isinstance(intents, int) or intents & ~KNOWN_INTENTS:
            self._refuse(link, BAD_INTENTS)
        elif intents & PRIVILEGED & ~self.world.privileged_intents:
            self._refuse(link, DISALLOWED_INTENTS)
        else:
            self.doubled += shard in self.shards
            session = Session(secrets.token_hex(16), intents, shard, link=link)
            self.sessions[session.id] = link.session = session
            self._ready(session)

    def _ready(self, session: Session) -> None:
        inside = [one for one in self.world.guilds.values() if one.bot_inside]
        mine = [one for one in inside if session.wants(one.id, 0)]
        data: Json = {
            "v": 10,
            "user": user_json(self.world.bot),
            "guilds": [{"id": str(one.id), "unavailable": True} for one in mine],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "application": {"id": str(self.world.application_id), "flags": 0},
            "shard": list(session.shard),
        }
        session.dispatch("READY", data)
        for one in mine if session.intents & INTENT_GUILDS else ():
            session.dispatch("GUILD_CREATE", guild_json(self.world, one))
        self.world.bell.ring()

    def _resume(self, link: Link, data: Json) -> None:
        session = self.sessions.get(str(data.get("session_id")))
        if data.get("token") != self.world.token:
            self._refuse(link, BAD_TOKEN)
        elif session is None or int(data.get("seq") or 0) > session.sequence:
            link.send({"op": INVALID_SESSION, "d": False})
        else:
            self.resumes += 1
            link.session, session.link = session, link
            for payload in session.sent[int(data.get("seq") or 0) :]:
                link.send(payload)
            session.dispatch("RESUMED", {})
            self.world.bell.ring()


def _shard_of(identify: Json) -> tuple[int, int] | None:
    """The shard that IDENTIFY asks for, as (number, count); None when there is no such shard.

    Events of a guild go to shard `(guild_id >> 22) % count`, those of DMs to shard 0.
    """
    match identify.get("shard", [0, 1]):
        case [int(number), int(count)] if 0 <= number < count:
            return number, count
    return None
