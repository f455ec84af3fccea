"""What goes back to a person, on no platform in particular. Each has a plain-text form."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from core.caller import Account, Room
from core.language import spoken
from core.text import Text, plain

TOKEN_LIMIT = 100
"""Characters in a token: Discord's limit for a custom id, the smallest of the platforms."""


FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,60}\.[a-z0-9]{2,5}")


class Tone(StrEnum):
    """How much a button asks for attention."""

    NORMAL = "normal"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True)
class Button:
    """A request that can be tapped. `confirm`, when set, is asked before it is sent."""

    label: str
    token: str
    tone: Tone = Tone.NORMAL
    confirm: str = ""

    def __post_init__(self) -> None:
        if not 0 < len(self.token) <= TOKEN_LIMIT:
            raise ValueError(f"a token has 1 to {TOKEN_LIMIT} characters: {self.token!r}")


@dataclass(frozen=True)
class LinkButton:
    """Opens an address (http or https); no request comes of it."""

    label: str
    url: str


@dataclass(frozen=True)
class Menu:
    """A few requests under one label.

    Where the platform can open a menu inside a message it shows `options`. Where it can't, it shows
    one button with `token`, whose answer is the same message with the options laid out.
    """

    label: str
    options: tuple[Button, ...]
    token: str


@dataclass(frozen=True)
class PersonButton:
    """Opens a person's profile, from where one can write to them. It pings nobody.

    Where the platform has no such address it is left out.
    """

    label: str
    account: Account


@dataclass(frozen=True)
class RoomButton:
    """Opens a channel. Where the platform has no such address it is left out."""

    label: str
    room: Room


Action: TypeAlias = Button | LinkButton | Menu | PersonButton | RoomButton


@dataclass(frozen=True)
class Heading:
    """The line that says what the message is."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Lines of text. `quiet` ones are shown smaller or greyer where the platform can."""

    lines: tuple[Text, ...]
    quiet: bool = False


@dataclass(frozen=True)
class Actions:
    """Buttons in a row: at most 5."""

    items: tuple[Action, ...]


@dataclass(frozen=True)
class Divider:
    """A line between two things."""


Block: TypeAlias = Heading | Paragraph | Actions | Divider


@dataclass(frozen=True)
class Message:
    """One message: blocks from top to bottom, in the `language` in which it was made.

    Whoever shows it adds words of their own in that language.
    """

    blocks: tuple[Block, ...]
    language: str = field(default_factory=spoken, compare=False)

    def plain(self) -> str:
        """The message as text: what a notification, a screen reader and a transcript show."""
        return "\n".join(line for block in self.blocks for line in _plain_lines(block))


class FieldKind(StrEnum):
    """How a form field is filled in."""

    TEXT = "text"
    LONG = "long"
    CHOICE = "choice"
    CHOICES = "choices"
    DAY = "day"
    WHO = "who"  # one follow-up of the member's; what is typed, the desk completes
    FILE = "file"


@dataclass(frozen=True)
class Choice:
    """One thing to choose: what a person reads, and what comes back."""

    label: str
    value: str


@dataclass(frozen=True)
class Field:
    """One field of a form. `value` is what stands there at first; several are comma-separated.

    `picked` is the help of a day where it is picked and not typed.
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    value: str = ""
    required: bool = False
    help: str = ""
    choices: tuple[Choice, ...] = ()
    max_length: int = 200
    picked: str = ""


@dataclass(frozen=True)
class Form:
    """Fields to fill in; comes back with its token and a value for each name.

    `language` as of a message.
    """

    title: str
    token: str
    fields: tuple[Field, ...]
    submit: str = "Save"
    language: str = field(default_factory=spoken, compare=False)


@dataclass(frozen=True)
class File:
    """Something to look at or to keep.

    - `name`: as it is saved: letters, digits, dots and dashes (ASCII) with an ending.
    - `media_type`: as "text/csv".
    - `alt`: what a picture shows, in words.
    """

    name: str
    media_type: str
    content: bytes
    alt: str = ""

    def __post_init__(self) -> None:
        if not FILE_NAME.fullmatch(self.name):
            raise ValueError(f"no file name that every platform takes: {self.name!r}")

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown where it stands."""
        return self.media_type.startswith("image/")


@dataclass(frozen=True)
class Reply:
    """The answer to one request.

    - `message` is for the person's eyes alone. With `replace` it takes the place of the message
      that the button or form was on, unless others see that one; otherwise it is a new one.
    - `form` asks for more.
    - `refused` says that nothing was changed; `field` names the form field that was wrong.
    - `forgotten` says that the person was erased: whatever else is kept of them goes too.
    - `files` go with a message, which is then a new one.
    - `making` makes the reply from what the transaction has read, once that is over and off the
      event loop. A `message` beside it comes after what it makes.
    - `then` is the token of the next step of long work, each a transaction of its own. The adapter
      goes on with `Desk.going_on` once the message is shown, and shows what comes in its place.
    - `at_home` says that the message is a whole page of the person's Home.
    """

    message: Message | None = None
    form: Form | None = None
    replace: bool = False
    refused: bool = False
    field: str = ""
    forgotten: bool = False
    files: tuple[File, ...] = ()
    making: Callable[[], Reply] | None = None
    then: str = ""
    at_home: bool = False


@dataclass(frozen=True)
class Suggestion:
    """One completion of what is being typed: what a person reads, and the text it stands for."""

    label: str
    value: str


def action_labels(actions: Actions) -> list[str]:
    """What the buttons of a row say."""
    return [item.label for item in actions.items]


def _plain_lines(block: Block) -> list[str]:
    match block:
        case Heading(text):
            return [text]
        case Paragraph(lines):
            return [plain(line) for line in lines]
        case Actions():
            return [" ".join(f"[{label}]" for label in action_labels(block))]
        case Divider():
            return [""]
