import asyncio
import json
import uuid
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tests.loopback.slack.clock import Pulse
from tests.loopback.slack.delivery import FAILED, TIMED_OUT, Ack, Delivery, Retry
from tests.loopback.slack.errors import Ledger
from tests.loopback.slack.faults import Faults

MOST_CONNECTIONS = 10


@dataclass
class Pending:
    """An envelope sent `copies` times, with the acknowledgements that it got."""

    envelope_id: str
    delivery: Delivery
    done: asyncio.Future[Ack]
    copies: int = 0
    acks: int = 0
    expired: bool = False


@dataclass
class AckLog:
    """Acknowledgements that went wrong, each named by the kind of its delivery.

    `missing` ones had not come in time; one that comes later moves to `late`.
    """

    missing: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    double: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


class SocketMode:
    """The WebSocket side: single-use tickets, envelopes, acknowledgements."""

    def __init__(self, app_id: str, pulse: Pulse, ledger: Ledger, faults: Faults) -> None:
        self.app_id = app_id
        self.pulse = pulse
        self.ledger = ledger
        self.faults = faults
        self.base = ""
        self.tickets: set[str] = set()
        self.used_tickets: set[str] = set()
        self.refused_handshakes: list[str] = []
        self.connections: list[web.WebSocketResponse] = []
        self.acks = AckLog()
        self._transports: list[asyncio.Transport] = []
        self._pending: dict[str, Pending] = {}
        self._turn = 0

    def open_ticket(self) -> str:
        """The URL for one connection."""
        ticket = uuid.uuid4().hex
        self.tickets.add(ticket)
        return f"{self.base.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={self.app_id}"

    async def handshake(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if self.faults.take("socket", None) is not None:
            self.used_tickets.add(ticket)
            self.tickets.discard(ticket)
        if ticket not in self.tickets or len(self.connections) >= MOST_CONNECTIONS:
            self.refused_handshakes.append("used" if ticket in self.used_tickets else "unknown")
            self.pulse.beat()
            return web.Response(status=403 if ticket in self.used_tickets else 404)
        self.tickets.discard(ticket)
        self.used_tickets.add(ticket)
        socket = web.WebSocketResponse(timeout=0.5)
        await socket.prepare(request)
        if request.transport is not None:
            self._transports.append(request.transport)
        await self._serve(socket)
        return socket

    async def _serve(self, socket: web.WebSocketResponse) -> None:
        self.connections.append(socket)
        info = {"app_id": self.app_id}
        debug = {"host": "loopback", "build_number": 1, "approximate_connection_time": 3600}
        hello = {"type": "hello", "connection_info": info, "debug_info": debug}
        try:
            await socket.send_json({**hello, "num_connections": len(self.connections)})
            self.pulse.beat()
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acknowledged(message.data)
        except ConnectionError:
            pass  # the bot hung up while being greeted
        finally:
            self.connections.remove(socket)
            self.pulse.beat()

    def _acknowledged(self, text: str) -> None:
        try:
            body = json.loads(text)
            envelope_id = str(body["envelope_id"])
        except (ValueError, KeyError, TypeError):
            self.ledger.violations.append(f"not an acknowledgement: {text[:100]}")
            return
        pending = self._pending.get(envelope_id)
        if pending is None:
            self.acks.unknown.append(envelope_id)
        else:
            pending.acks += 1
            self._judge(pending, body.get("payload") or {})
        self.pulse.beat()

    def _judge(self, pending: Pending, payload: dict[str, object]) -> None:
        kind = pending.delivery.kind
        if pending.acks > pending.copies:
            self.acks.double.append(kind)
        elif pending.expired:
            self.acks.late.append(kind)
            if kind in self.acks.missing:
                self.acks.missing.remove(kind)
        elif not pending.done.done():
            if payload and not pending.delivery.answers:
                self.ledger.violations.append(f"{kind}: this acknowledgement takes no payload")
            pending.done.set_result(Ack(payload=payload))

    async def deliver(
        self, delivery: Delivery, within: float, *, copies: int = 1, retry: Retry | None = None
    ) -> Ack:
        """Send to one connection after the other in turn and wait for the first ack."""
        if not self.connections:
            return FAILED
        done = asyncio.get_running_loop().create_future()
        pending = Pending(str(uuid.uuid4()), delivery, done)
        self._pending[pending.envelope_id] = pending
        for _ in range(copies):
            await self._send(pending, retry)
        await asyncio.wait([done], timeout=within)
        if done.done():
            return pending.done.result()
        pending.expired = True
        done.cancel()
        self.acks.missing.append(delivery.kind)
        return TIMED_OUT

    async def _send(self, pending: Pending, retry: Retry | None) -> None:
        delivery = pending.delivery
        envelope = {"envelope_id": pending.envelope_id, "type": delivery.kind}
        body: dict[str, object] = {**envelope, "payload": delivery.payload}
        body["accepts_response_payload"] = delivery.answers
        if delivery.kind == "events_api":
            body["retry_attempt"] = retry.attempt if retry else 0
            body["retry_reason"] = retry.reason if retry else ""
        self._turn += 1
        socket = self.connections[self._turn % len(self.connections)]
        pending.copies += 1
        try:
            await socket.send_json(body)
        except ConnectionError:
            return  # nobody will acknowledge it, which is what the timeout says

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tell every connection to go, as Slack does before it replaces a host."""
        for socket in list(self.connections):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})

    def go_deaf(self) -> None:
        """Read nothing more from the connections that there are, not even a goodbye."""
        for transport in self._transports:
            transport.pause_reading()

    async def drop(self) -> None:
        """Close every connection without a word."""
        for socket in list(self.connections):
            await socket.close()
