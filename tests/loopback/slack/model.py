import re
from dataclasses import dataclass, field
from typing import Any

from tests.loopback.slack import render

JSON = dict[str, Any]
State = dict[str, dict[str, JSON]]

DEFAULT_SCOPES = (
    "commands,chat:write,im:write,im:history,im:read,users:read,files:read,files:write,"
    "channels:join,channels:read,channels:history,groups:read,groups:history"
)
PING = re.compile(r"<(?:!channel|!here|!everyone|!subteam\^|@[UW])[^>]*>")


@dataclass(eq=False)
class Workspace:
    """A workspace with the app installed.

    `token_error`, `messages_tab` and `home_tab` switch errors on.

    `tokens` maps each token to when it expires on the server's clock; `bot_token` is the newest.
    `revoked` are those that were good once, with the error that they get.
    """

    id: str
    name: str
    app_id: str
    scopes: set[str] = field(default_factory=lambda: set(DEFAULT_SCOPES.split(",")))
    token_error: str | None = None
    messages_tab: bool = True
    home_tab: bool = True
    bot_token: str = ""
    tokens: dict[str, float | None] = field(default_factory=dict)
    revoked: dict[str, str] = field(default_factory=dict)

    def revoke(self, code: str) -> None:
        """Take all tokens back: from now on they are answered with that code."""
        self.revoked |= dict.fromkeys(self.tokens, code)
        self.tokens.clear()

    def __post_init__(self) -> None:
        self.bot_token = self.bot_token or f"xoxb-{self.id}"
        self.tokens[self.bot_token] = None

    @property
    def bot_user_id(self) -> str:
        return f"UBOT{self.id}"

    @property
    def bot_id(self) -> str:
        return f"B{self.id}"

    @property
    def domain(self) -> str:
        return self.name.lower().replace(" ", "-")


@dataclass(eq=False)
class User:
    """A member of a workspace, as `users.info` knows them."""

    id: str
    team_id: str
    name: str
    real_name: str
    tz: str
    locale: str
    deleted: bool = False
    is_bot: bool = False
    is_admin: bool = False
    is_owner: bool = False


@dataclass(eq=False)
class Channel:
    """A channel or a DM. `error` makes every post to it fail with that code.

    `creator` is the id of who made it; "" for somebody who is not here.
    """

    id: str
    team_id: str
    name: str
    members: set[str]
    is_im: bool = False
    is_private: bool = False
    archived: bool = False
    error: str | None = None
    creator: str = ""
    is_mpim: bool = False


@dataclass(eq=False)
class Message:
    """A message, changed in place by updates.

    `ephemeral_to` is the id of the one person who sees it, or None. `order` rises with every
    change in the whole server; `created` is the order it was born with.
    """

    channel: Channel
    ts: str
    author: str
    text: str
    blocks: list[JSON]
    order: int
    created: int
    names: render.Names
    metadata: JSON | None = None
    ephemeral_to: str | None = None
    thread_ts: str | None = None
    bot_id: str | None = None
    files: list[JSON] = field(default_factory=list)
    attachments: list[JSON] = field(default_factory=list)
    state: State = field(default_factory=dict)
    suggested: dict[str, list[JSON]] = field(default_factory=dict)
    deleted: bool = False
    edited: int = 0

    def text_form(self) -> str:
        """What the person reads; the text stands in only when there are no blocks."""
        shown = render.blocks(self.blocks, self.names, self.state) if self.blocks else ""
        shown = shown or render.mrkdwn(self.text, self.names)
        files = "".join(f"\n[file: {file['title']}]" for file in self.files)
        return shown + files

    @property
    def notification(self) -> str:
        """What a phone shows: the text, never the blocks."""
        return render.mrkdwn(self.text, self.names)

    @property
    def buttons(self) -> list[str]:
        return render.buttons(self.blocks)

    @property
    def pings(self) -> list[str]:
        """Mentions in the text or blocks that would notify somebody."""
        return PING.findall(self.text + "\n" + render.raw_mrkdwn(self.blocks))

    def body(self, with_metadata: bool = True) -> JSON:
        """The message as the Web API gives it."""
        body: JSON = {"type": "message", "ts": self.ts, "text": self.text}
        body["team"] = self.channel.team_id
        optional = {"bot_id": self.bot_id, "thread_ts": self.thread_ts, "blocks": self.blocks}
        optional |= {"user": self.author, "files": self.files, "attachments": self.attachments}
        body.update({key: value for key, value in optional.items() if value})
        if self.metadata is not None and with_metadata:
            body["metadata"] = self.metadata
        if self.edited:
            body["edited"] = {"user": self.author, "ts": f"{self.edited}.000000"}
        return body

    def __repr__(self) -> str:
        return f"<Message {self.ts} in {self.channel.id}: {self.text_form()!r}>"


@dataclass(eq=False)
class View:
    """A modal or Home tab on somebody's screen, changed in place by updates.

    `errors` maps the label of an input to what is said under it.
    """

    id: str
    team: Workspace
    user_id: str
    content: JSON
    order: int
    names: render.Names
    hash: str = ""
    state: State = field(default_factory=dict)
    suggested: dict[str, list[JSON]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    open: bool = True
    root_id: str = ""
    previous_id: str | None = None

    @property
    def blocks(self) -> list[JSON]:
        return list(self.content["blocks"])

    @property
    def title(self) -> str:
        return str(self.content.get("title", {}).get("text", ""))

    @property
    def labels(self) -> list[str]:
        """The labels of the inputs, in order."""
        return [b["label"]["text"] for b in self.blocks if b["type"] == "input"]

    @property
    def buttons(self) -> list[str]:
        return render.buttons(self.blocks)

    def text_form(self) -> str:
        """What the person reads, with what they have filled in so far."""
        return render.view(self.content, self.names, self.state, self.errors)

    def body(self) -> JSON:
        """The view as the Web API and payloads give it."""
        empty: JSON = {"title": None, "submit": None, "close": None, "private_metadata": ""}
        empty |= {"callback_id": "", "external_id": "", "clear_on_close": False}
        return {
            **empty,
            "notify_on_close": False,
            **self.content,
            "id": self.id,
            "team_id": self.team.id,
            "app_id": self.team.app_id,
            "app_installed_team_id": self.team.id,
            "bot_id": self.team.bot_id,
            "hash": self.hash,
            "root_view_id": self.root_id or self.id,
            "previous_view_id": self.previous_id,
            "state": {"values": self.state},
        }

    def __repr__(self) -> str:
        return f"<View {self.id}: {self.text_form()!r}>"
