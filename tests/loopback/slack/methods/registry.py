from collections.abc import Callable
from dataclasses import dataclass, field

from tests.loopback.slack.errors import ApiError
from tests.loopback.slack.handles import Handles
from tests.loopback.slack.model import JSON, Channel, User, Workspace
from tests.loopback.slack.world import World


@dataclass(frozen=True)
class Context:
    """One call, with the workspace that its token belongs to."""

    team: Workspace
    args: JSON
    world: World
    handles: Handles
    uploads: dict[str, JSON] = field(default_factory=dict)

    def need(self, name: str) -> str:
        """An argument that must be there and not empty."""
        value = self.args.get(name)
        if value is None or value == "":
            raise ApiError("invalid_arguments", f"[ERROR] missing required field: {name}")
        return str(value)

    def allowed(self, kind: str, channel: Channel) -> None:
        """Refuse without the scope for this kind of conversation: `read` or `history`."""
        sort = "im" if channel.is_im else "groups" if channel.is_private else "channels"
        needed = f"{sort}:{kind}"
        if needed not in self.team.scopes:
            provided = ",".join(sorted(self.team.scopes))
            raise ApiError("missing_scope", needed=needed, provided=provided)

    def channel(self, name: str = "channel", *, people: bool = False) -> Channel:
        """The channel of that argument; with `people`, a user's id stands for their DM."""
        wanted = self.need(name)
        user = self.world.users.get(wanted)
        if people and user is not None and user.team_id == self.team.id:
            return self.world.dm(user)
        found = self.world.channels.get(wanted)
        if found is None or found.team_id != self.team.id:
            raise ApiError("channel_not_found")
        if found.is_private and self.team.bot_user_id not in found.members:
            raise ApiError("channel_not_found")
        return found

    def writable(self, name: str = "channel", *, people: bool = False) -> Channel:
        """A channel that the bot may post to."""
        found = self.channel(name, people=people)
        if found.error:
            raise ApiError(found.error, blame=False)
        if found.archived:
            raise ApiError("is_archived")
        if found.is_im and not self.team.messages_tab:
            raise ApiError("messages_tab_disabled")
        if self.team.bot_user_id not in found.members:
            raise ApiError("not_in_channel")
        return found

    def user(self, name: str) -> User:
        found = self.world.users.get(name)
        if found is None or found.team_id != self.team.id:
            raise ApiError("user_not_found")
        return found


@dataclass(frozen=True)
class Method:
    call: Callable[[Context], JSON]
    scope: str | None


METHODS: dict[str, Method] = {}


def method(
    name: str, scope: str | None = None
) -> Callable[[Callable[[Context], JSON]], Callable[[Context], JSON]]:
    """Register a Web API method and the scope that it needs."""

    def register(call: Callable[[Context], JSON]) -> Callable[[Context], JSON]:
        METHODS[name] = Method(call, scope)
        return call

    return register
