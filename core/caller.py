"""Who asks, and from where: what an adapter knows of a person before the desk looks them up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

MOST_UPLOAD = 10_000_000
"""Bytes of a file that is taken at all; what it holds may have less room."""


class Platform(StrEnum):
    """Where a message comes from and goes to."""

    SLACK = "slack"
    DISCORD = "discord"
    WEB = "web"


@dataclass(frozen=True)
class Account:
    """One person on one platform. `workspace` is the Slack team; empty where people are global."""

    platform: Platform
    workspace: str
    user: str


@dataclass(frozen=True)
class Room:
    """A channel that several people see.

    - `workspace`: as of the accounts there: the Slack team; empty where people are global.
    - `channel`: its id on the platform.
    - `server`: the Discord server that it belongs to; empty elsewhere.
    """

    platform: Platform
    workspace: str
    channel: str
    server: str = ""


Lack: TypeAlias = Callable[[], str]
"""Makes the sentence that says what the bot lacks somewhere and how to give it, in the words of the
platform and in the language that is spoken.
"""


@dataclass(frozen=True)
class Standing:
    """What a person may do in a room, and what keeps the bot from writing there.

    - `manages`: whether they may manage the room; None when the platform did not say.
    - `lacks`: what the bot lacks there.
    """

    manages: bool | None = None
    lacks: tuple[Lack, ...] = ()


@dataclass(frozen=True)
class Upload:
    """A file that came with a form. `problem` is "large" or "lost" where it did not come."""

    content: bytes = b""
    problem: str = ""


@dataclass(frozen=True)
class Caller:
    """The person behind one request.

    - `key`: unique for this interaction on its platform; the same key again has no second effect.
      Empty where the platform gives none.
    - `zone`: an IANA name where the platform knows it, else empty.
    - `name`: what the person calls themselves there, else empty.
    - `form_size`: the most fields that a form may hold here.
    - `installed`: whether it is known that they added the bot to their own account, and so have it
      also where they share no workspace with it.
    - `opens_mail`: whether a link here may be a `mailto:`.
    - `link_size`: the most characters of an address that a link button takes here.
    - `upload`: the file that came with this form, if any.
    - `room`: the channel that it came from; None in a private conversation.
    - `standing`: what they may do in that room, where the request asks for it (`about_room`).
    - `at_home`: it came from their Home, a page of their own on the platform, and its answer is
      shown there as a whole page.
    """

    account: Account
    key: str = ""
    zone: str = ""
    locale: str = ""
    name: str = ""
    form_size: int = 100
    link_size: int = 2000
    installed: bool = False
    opens_mail: bool = False
    upload: Upload | None = None
    room: Room | None = None
    standing: Standing | None = None
    at_home: bool = False
