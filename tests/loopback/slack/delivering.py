from tests.loopback.slack.delivery import Ack, Delivery, Retry
from tests.loopback.slack.httpmode import HttpMode
from tests.loopback.slack.socketmode import SocketMode

ACK_SECONDS = 3.0


class Delivering:
    """Sends to the bot over its request URL when it has one, else over its WebSockets.

    `retries` is how often an event without a good acknowledgement comes again at once; Slack
    itself does so 3 times in an hour. Commands and clicks are never repeated by Slack.
    """

    def __init__(self, socket: SocketMode) -> None:
        self.socket = socket
        self.http: HttpMode | None = None
        self.ack_timeout = ACK_SECONDS
        self.retries = 0
        self.busy = 0
        self._twice = 0

    def send_twice(self, times: int = 1) -> None:
        """Let the next deliveries arrive twice, as after a lost acknowledgement."""
        self._twice += times

    async def send(self, delivery: Delivery) -> Ack:
        self.busy += 1
        try:
            return await self._send(delivery)
        finally:
            self.busy -= 1
            self.socket.pulse.beat()

    async def _send(self, delivery: Delivery) -> Ack:
        copies = 2 if self._twice else 1
        self._twice = max(0, self._twice - 1)
        ack = await self._once(delivery, copies)
        for attempt in range(1, self.retries + 1):
            if not ack.error or delivery.kind != "events_api":
                break
            reason = "timeout" if ack.error == "operation_timeout" else "error"
            ack = await self._once(delivery, 1, Retry(attempt, reason))
        return ack

    async def _once(self, delivery: Delivery, copies: int, retry: Retry | None = None) -> Ack:
        way = self.http or self.socket
        return await way.deliver(delivery, self.ack_timeout, copies=copies, retry=retry)
