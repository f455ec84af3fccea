import asyncio
from collections.abc import Callable

from tests.loopback.slack.clock import DEFAULT_WAIT
from tests.loopback.slack.delivering import Delivering
from tests.loopback.slack.errors import Ledger, Refusal
from tests.loopback.slack.responding import Responding
from tests.loopback.slack.socketmode import SocketMode
from tests.loopback.slack.webapi import Call, WebApi
from tests.loopback.slack.world import World


class Reports:
    """What tests ask a server afterwards, and how they wait for it."""

    world: World
    ledger: Ledger
    socket: SocketMode
    delivering: Delivering
    responding: Responding
    web: WebApi

    @property
    def refusals(self) -> list[Refusal]:
        """What the bot did that Slack does not accept."""
        return self.ledger.refusals

    @property
    def violations(self) -> list[str]:
        """Breaches that Slack has no error for, such as an unknown method."""
        return self.ledger.violations

    @property
    def denials(self) -> list[Refusal]:
        """Errors that the test asked for, such as an archived channel."""
        return self.ledger.denials

    @property
    def missing_acks(self) -> list[str]:
        return self.socket.acks.missing

    @property
    def late_acks(self) -> list[str]:
        return self.socket.acks.late

    @property
    def double_acks(self) -> list[str]:
        return self.socket.acks.double

    @property
    def unknown_acks(self) -> list[str]:
        return self.socket.acks.unknown

    @property
    def calls(self) -> list[Call]:
        """Every call of the Web API that was not refused, in order."""
        return self.web.calls

    @property
    def callers(self) -> int:
        """How many connections the calls of the Web API have come over."""
        return len(self.web.peers)

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.web.calls if call.method == method]

    def problems(self) -> list[str]:
        """Every mistake of the bot, in words."""
        acks = self.socket.acks
        found = [f"{r.where} refused: {r.code} {'; '.join(r.messages)}" for r in self.refusals]
        found += self.violations
        found += [f"no acknowledgement of {kind}" for kind in acks.missing]
        found += [f"late acknowledgement of {kind}" for kind in acks.late]
        found += [f"second acknowledgement of {kind}" for kind in acks.double]
        found += [f"acknowledgement of an unknown envelope {name}" for name in acks.unknown]
        return found

    def assert_clean(self) -> None:
        """Fail if the bot did anything that Slack does not accept."""
        assert not self.problems(), "\n".join(self.problems())

    async def until(
        self, condition: Callable[[], bool], what: str = "", *, within: float = DEFAULT_WAIT
    ) -> None:
        """Wait for anything in this server; looks again at each change, and fails after."""
        if not await self.world.pulse.until(condition, within):
            raise AssertionError(f"not within {within} s: {what or condition}")

    async def connected(self, count: int = 1, *, within: float = DEFAULT_WAIT) -> None:
        """Wait until the bot has this many WebSockets open."""
        await self.until(
            lambda: len(self.socket.connections) == count, "connections", within=within
        )

    async def settle(self, quiet: float = 0.05, *, within: float = DEFAULT_WAIT) -> None:
        """Wait until no request is under way and nothing has changed for `quiet` seconds.

        It cannot see work that the bot does without talking to Slack.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        while loop.time() < deadline:
            order, calls = self.world.order, len(self.calls)
            await asyncio.sleep(quiet)
            busy = self.web.busy + self.responding.busy + self.delivering.busy
            if not busy and (order, calls) == (self.world.order, len(self.calls)):
                return
        raise AssertionError(f"the bot is still busy after {within} s")
