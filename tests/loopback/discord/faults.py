"""What goes wrong on the wire: errors, lost answers, delays and rate limits, when a test asks."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Literal, get_args
from zlib import crc32

Kind = Literal[
    "500", "502", "503", "504", "429", "429-global", "ban", "drop-before-store",
    "drop-after-store", "delay",
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass
class Fault:
    """One fault that waits for its request. `seconds` is the delay or the Retry-After."""

    pattern: str
    kind: Kind
    times: int = 1
    seconds: float = 0.0
    hits: int = 0


@dataclass
class Faults:
    """Faults by route. `ban` is a 429 of Cloudflare's, without `Via`; the others are Discord's."""

    waiting: list[Fault] = field(default_factory=list)

    def next(self, pattern: str, kind: Kind, *, times: int = 1, seconds: float = 0.0) -> Fault:
        """Let the next requests that fit `METHOD /path` fail; `*` stands for anything."""
        if kind not in KINDS:
            raise ValueError(f"unknown kind {kind!r}; one of {', '.join(KINDS)}")
        fault = Fault(pattern, kind, times, seconds)
        self.waiting.append(fault)
        return fault

    def take(self, method: str, path: str) -> Fault | None:
        """The fault for this request, used up by it."""
        for fault in self.waiting:
            if fault.hits < fault.times and fnmatchcase(f"{method} {path}", fault.pattern):
                fault.hits += 1
                return fault
        return None

    def clear(self) -> None:
        """Let everything go well again."""
        self.waiting.clear()


@dataclass
class Limited:
    """A request over a limit: how long to wait, and of whose limit."""

    seconds: float
    everywhere: bool


@dataclass
class Limits:
    """Rate limits. Per route 50 in a second unless changed; the global one is off unless set."""

    per_route: int = 50
    window: float = 1.0
    per_second: int | None = None
    _routes: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _everything: deque[float] = field(default_factory=deque)

    def check(self, bucket: str, *, exempt: bool) -> Limited | None:
        """Count a request; give back what is over the limit, if anything."""
        now = time.monotonic()
        if not exempt and self.per_second is not None:
            wait = self._use(self._everything, now, self.per_second, 1.0)
            if wait is not None:
                return Limited(wait, True)
        wait = self._use(self._routes[bucket], now, self.per_route, self.window)
        return None if wait is None else Limited(wait, False)

    def headers(self, bucket: str) -> dict[str, str]:
        """The X-RateLimit headers of an answer."""
        used = self._routes[bucket]
        reset = max(0.0, used[0] + self.window - time.monotonic()) if used else self.window
        return {
            "X-RateLimit-Limit": str(self.per_route),
            "X-RateLimit-Remaining": str(max(0, self.per_route - len(used))),
            "X-RateLimit-Reset": f"{time.time() + reset:.3f}",
            "X-RateLimit-Reset-After": f"{reset:.3f}",
            "X-RateLimit-Bucket": f"{crc32(bucket.rsplit(' [', 1)[0].encode()):08x}",
        }

    @staticmethod
    def _use(used: deque[float], now: float, most: int, window: float) -> float | None:
        while used and used[0] <= now - window:
            used.popleft()
        if len(used) >= most:
            oldest = used[0] if used else now
            return round(oldest + window - now, 3)
        used.append(now)
        return None
