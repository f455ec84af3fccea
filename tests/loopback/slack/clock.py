import asyncio
from collections.abc import Callable

DEFAULT_WAIT = 5.0


class ManualClock:
    """A clock that moves only when a test moves it, in seconds.

    Assign it to `server.clock` to let triggers, response URLs and rate limits expire without
    sleeping. It does not move the 3 s acknowledgement timer, which is real time.
    """

    def __init__(self, start: float = 0.0) -> None:
        self.seconds = start

    def __call__(self) -> float:
        return self.seconds

    def advance(self, seconds: float) -> None:
        self.seconds += seconds


class Pulse:
    """Wakes everyone who waits for a condition each time something changes."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def beat(self) -> None:
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def until(self, condition: Callable[[], bool], within: float = DEFAULT_WAIT) -> bool:
        """Say whether the condition came true within that many seconds; never raises for time."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        while not condition():
            left = deadline - loop.time()
            if left <= 0:
                return False
            future: asyncio.Future[None] = loop.create_future()
            self._waiting.add(future)
            await asyncio.wait([future], timeout=left)
            self._waiting.discard(future)
        return True
