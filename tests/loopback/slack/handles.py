from collections.abc import Callable
from dataclasses import dataclass

from tests.loopback.slack.errors import ApiError
from tests.loopback.slack.model import Channel, Message, User, View
from tests.loopback.slack.world import World

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 1800.0
RESPONSE_USES = 5


@dataclass
class Trigger:
    """What a `trigger_id` stands for."""

    user: User
    view: View | None
    made: float
    used: bool = False


@dataclass
class ResponseUrl:
    """What a `response_url` stands for; `origin` is the message it came from, if any."""

    user: User
    channel: Channel
    origin: Message | None
    made: float
    uses: int = 0


class Handles:
    """Trigger ids and response URLs: handed out with payloads, refused when old or used up."""

    def __init__(self, world: World, clock: Callable[[], float]) -> None:
        self.world = world
        self.clock = clock
        self.base = ""
        self._triggers: dict[str, Trigger] = {}
        self._responses: dict[str, ResponseUrl] = {}

    def trigger(self, user: User, view: View | None = None) -> str:
        name = f"{self.world.next_id('1')}.{self.world.next_id('2')}.loopback"
        self._triggers[name] = Trigger(user, view, self.clock())
        return name

    def exchange(self, name: str) -> Trigger:
        """Use a trigger up: once, within 3 s."""
        found = self._triggers.get(name)
        if found is None:
            raise ApiError("invalid_trigger_id")
        if found.used:
            raise ApiError("exchanged_trigger_id")
        if self.clock() - found.made > TRIGGER_SECONDS:
            raise ApiError("expired_trigger_id")
        found.used = True
        return found

    def response_url(self, user: User, channel: Channel, origin: Message | None = None) -> str:
        name = self.world.next_id("R")
        self._responses[name] = ResponseUrl(user, channel, origin, self.clock())
        return f"{self.base}/actions/{user.team_id}/{name}"

    def use_response(self, name: str) -> ResponseUrl:
        """Count one use: 5 in 30 minutes."""
        found = self._responses.get(name)
        if found is None:
            raise ApiError("invalid_url")
        if self.clock() - found.made > RESPONSE_SECONDS:
            raise ApiError("expired_url")
        if found.uses >= RESPONSE_USES:
            raise ApiError("used_url")
        found.uses += 1
        return found
