import math
from collections.abc import Callable
from dataclasses import dataclass

KINDS = {
    "500",
    "502",
    "503",
    "429",
    "drop-before-store",
    "drop-after-store",
    "500-after-store",
    "delay",
    "delay-after-store",
    "error",
}


@dataclass
class Fault:
    """Something to go wrong with one method, `times` more times."""

    method: str
    kind: str
    times: float = 1
    retry_after: int = 1
    seconds: float = 0.0
    error: str = "internal_error"
    channel: str | None = None

    @property
    def stores(self) -> bool:
        """Whether the call still does its work."""
        return self.kind == "delay" or self.kind.endswith("-after-store")


class Faults:
    """Faults that tests queue up.

    `method` is a Web API method, "response_url", "upload", or "socket" for the WebSocket
    handshake. Kinds: 500, 502 (an HTML body), 503, 429 (with `retry_after` seconds),
    drop-before-store, drop-after-store, 500-after-store, error (`error`), and delay and
    delay-after-store (`seconds`): the first works late, the second answers late.
    """

    def __init__(self) -> None:
        self._queue: list[Fault] = []

    def next(
        self,
        method: str,
        kind: str,
        *,
        times: float = 1,
        retry_after: int = 1,
        seconds: float = 0.0,
        error: str = "internal_error",
        channel: str | None = None,
    ) -> None:
        """Make the next `times` calls fail so."""
        if kind not in KINDS:
            raise ValueError(f"unknown kind {kind!r}; there are {sorted(KINDS)}")
        self._queue.append(Fault(method, kind, times, retry_after, seconds, error, channel))

    def always(self, method: str, kind: str, *, error: str = "internal_error") -> None:
        """Make every call fail so, until `clear`."""
        self.next(method, kind, times=math.inf, error=error)

    def clear(self) -> None:
        self._queue.clear()

    def take(self, method: str, channel: str | None) -> Fault | None:
        """The fault that befalls this call, used up."""
        for fault in self._queue:
            if fault.method == method and fault.channel in (None, channel):
                fault.times -= 1
                if fault.times <= 0:
                    self._queue.remove(fault)
                return fault
        return None


@dataclass
class Limit:
    calls: int
    seconds: float
    per_channel: bool


class RateLimits:
    """Limits that tests switch on; there are none at first. Refused calls do not count."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self._limits: dict[str, Limit] = {}
        self._past: dict[tuple[str, str], list[float]] = {}

    def set(
        self, method: str, calls: int, seconds: float = 60.0, *, per_channel: bool = False
    ) -> None:
        """Allow `calls` in any `seconds`, in all or in each channel."""
        self._limits[method] = Limit(calls, seconds, per_channel)

    def like_slack(self) -> None:
        """The limits that Slack documents."""
        self.set("chat.postMessage", 1, 1.0, per_channel=True)
        self.set("conversations.open", 50)
        self.set("conversations.history", 50)
        self.set("users.info", 100)
        self.set("chat.update", 50)
        self.set("views.publish", 100)

    def wait_for(self, method: str, channel: str) -> int | None:
        """Seconds to wait before this call is allowed; None when it is, and is counted."""
        limit = self._limits.get(method)
        if limit is None:
            return None
        now = self.clock()
        key = (method, channel if limit.per_channel else "")
        past = [at for at in self._past.get(key, []) if at > now - limit.seconds]
        if len(past) >= limit.calls:
            return max(1, math.ceil(past[0] + limit.seconds - now))
        self._past[key] = [*past, now]
        return None
