"""What the playground remembers: members, lines and messages, as frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from core.reply import Message

Place: TypeAlias = str
"""Where something is said: the id of a channel, or PRIVATE."""
PRIVATE: Place = "private"
"""A member's conversation with the bot."""


@dataclass(frozen=True)
class Opened:
    """A channel, which everybody sees. The id is what stands after its "#"; it never changes."""

    id: Place
    kind: Literal["opened"] = "opened"


@dataclass(frozen=True)
class Joined:
    """Somebody to be. The id is their account's user; it never changes."""

    id: str
    name: str
    kind: Literal["joined"] = "joined"


@dataclass(frozen=True)
class Attached:
    """A file that came with a message. Its content is kept for a while under `id`."""

    id: str
    name: str
    is_picture: bool
    alt: str


@dataclass(frozen=True)
class Entry:
    """One thing in a conversation.

    - `reader`: the only member who sees it; "" for everybody in the channel.
    - `author`: the member who wrote `text`; "" when the bot says `message`.
    - `key`: the delivery it came with, or "".
    - `files`: what came with the message.
    """

    id: int
    place: Place
    reader: str
    author: str
    at: datetime
    text: str = ""
    message: Message | None = None
    key: str = ""
    files: tuple[Attached, ...] = ()
    kind: Literal["entry"] = "entry"


@dataclass(frozen=True)
class Replaced:
    """Entry `id` now says `message`."""

    id: int
    message: Message
    kind: Literal["replaced"] = "replaced"


Record: TypeAlias = Joined | Opened | Entry | Replaced
