import itertools
import time
from collections.abc import Callable
from typing import Any

from tests.loopback.slack.clock import Pulse
from tests.loopback.slack.errors import ApiError
from tests.loopback.slack.model import JSON, Channel, Message, User, View, Workspace
from tests.loopback.slack.state import initial_state


class World:
    """Everything that Slack remembers. It judges nothing; the Web API does.

    `wall` gives the seconds since 1970 that time stamps are made of. `slow_files` is how often a
    message that shows a new upload is refused before it is ready. Ids count from `first`.
    """

    def __init__(self, first: int = 1) -> None:
        self.pulse = Pulse()
        self.wall: Callable[[], float] = time.time
        self.teams: dict[str, Workspace] = {}
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: list[Message] = []
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.names: dict[str, str] = {}
        self.order = 0
        self.slow_files = 0
        self._numbers = itertools.count(first)
        self._last_ts = 0

    def next_id(self, prefix: str) -> str:
        return f"{prefix}{next(self._numbers):08d}"

    def changed(self) -> int:
        """Count one change and wake whoever waits."""
        self.order += 1
        self.pulse.beat()
        return self.order

    def next_ts(self) -> str:
        """A time stamp in microseconds that is later than every other."""
        self._last_ts = max(self._last_ts + 1, int(self.wall() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def bot_of(self, team_id: str) -> Workspace:
        return self.teams[team_id]

    def dm(self, user: User) -> Channel:
        """The DM of this person with the bot, made when there is none."""
        found = self.channels.get(f"D{user.id}")
        if found is None:
            bot = self.teams[user.team_id].bot_user_id
            found = Channel(f"D{user.id}", user.team_id, "directmessage", {user.id, bot}, True)
            self.channels[found.id] = found
        return found

    def post(self, channel: Channel, author: str, text: str, **more: Any) -> Message:
        """Store a message; ids that its blocks lack are filled in as Slack does."""
        blocks = self.with_ids(more.pop("blocks", None) or [])
        order = self.changed()
        message = Message(
            channel, self.next_ts(), author, text, blocks, order, order, self.names, **more
        )
        message.state = initial_state(blocks)
        self.messages.append(message)
        return message

    def rewrite(self, message: Message, text: str | None, blocks: list[JSON] | None) -> None:
        """Replace what a message says. A text without blocks takes the blocks away."""
        message.text = message.text if text is None else text
        message.blocks = self.with_ids(blocks or [])
        message.state = initial_state(message.blocks)
        message.edited = int(self.wall())
        message.order = self.changed()

    def remove(self, message: Message) -> None:
        message.deleted = True
        message.order = self.changed()

    def find(self, channel: Channel, ts: str) -> Message | None:
        here = (m for m in self.messages if m.channel is channel and m.ts == ts)
        return next((m for m in here if not m.deleted), None)

    def visible_to(self, user_id: str) -> list[Message]:
        """What this person can read now, oldest first."""
        return [
            m
            for m in self.messages
            if not m.deleted and user_id in m.channel.members and m.ephemeral_to in (None, user_id)
        ]

    def with_ids(self, blocks: list[JSON]) -> list[JSON]:
        """Copies of the blocks in which every block and control has an id."""
        return [self._with_id(block) for block in blocks]

    def _with_id(self, block: JSON) -> JSON:
        filled = {**block, "block_id": block.get("block_id") or self.next_id("b")}
        for key in ("accessory", "element"):
            if key in filled:
                filled[key] = self._named(filled[key])
        if filled["type"] == "actions":
            filled["elements"] = [self._named(item) for item in filled["elements"]]
        return filled

    def _named(self, element: JSON) -> JSON:
        if element["type"] == "image":
            return element
        return {**element, "action_id": element.get("action_id") or self.next_id("a")}

    def show(self, user: User, content: JSON) -> View:
        """A new view, not yet on any stack."""
        content = {**content, "blocks": self.with_ids(content["blocks"])}
        view = View(
            self.next_id("V"),
            self.teams[user.team_id],
            user.id,
            content,
            self.changed(),
            self.names,
        )
        view.hash = self.next_id("h")
        view.state = initial_state(view.blocks)
        self.views[view.id] = view
        return view

    def reshow(self, view: View, content: JSON) -> None:
        """Update a view; what is typed in inputs that stay is kept."""
        view.content = {**content, "blocks": self.with_ids(content["blocks"])}
        view.state = initial_state(view.blocks, view.state)
        view.hash, view.errors = self.next_id("h"), {}
        view.order = self.changed()

    def stack(self, user_id: str) -> list[View]:
        """The modals open for a person, the top one last."""
        return self.stacks.setdefault(user_id, [])

    def push(self, view: View) -> None:
        stack = self.stack(view.user_id)
        if len(stack) >= 3:
            raise ApiError("push_limit_reached")
        view.root_id = stack[0].id if stack else view.id
        view.previous_id = stack[-1].id if stack else None
        stack.append(view)
        view.order = self.changed()

    def close(self, view: View, *, everything: bool = False) -> None:
        """Take a view, or all of its stack, off the screen."""
        stack = self.stack(view.user_id)
        for gone in list(stack) if everything else [view]:
            gone.open = False
            gone.order = self.changed()
            if gone in stack:
                stack.remove(gone)
