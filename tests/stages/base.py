"""What a scenario needs of a platform: people who type, press and fill in, and what they see.

A scenario is written once against these protocols and played on Slack, Discord and the playground.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from core.caller import Room

PRIVATE = "private"
"""For `Person.at`: the conversation with the bot."""


class Can(StrEnum):
    """What happens to channels and people on some platforms and not on others."""

    ARCHIVE = "archive a channel"
    DELETE = "delete a channel"
    RENAME = "rename a channel"
    REMOVE_BOT = "take a channel from the bot"
    LEAVE = "leave a channel"
    DEACTIVATE = "deactivate an account"
    MANAGE = "let only some people manage a channel"


class NotThereError(AssertionError):
    """The platform has no such thing: a scenario looks at `Stage.can` first."""

    def __init__(self, stage: str, what: Can) -> None:
        super().__init__(f"{stage}: nobody can {what} here")


class Person(Protocol):
    """One member at one platform's client."""

    def at(self, channel: str) -> Person:
        """The same person, who looks at this channel alone (or PRIVATE).

        Commands are typed there, buttons are those of messages there, and `sees` is what this
        person sees there.
        """
        ...

    async def join(self, channel: str) -> None:
        """Come into a channel that there is."""
        ...

    async def leave(self, channel: str) -> None:
        """Leave a channel; on Discord the server that it is in. See `Can.LEAVE`."""
        ...

    async def deactivate(self) -> None:
        """Lose the account. See `Can.DEACTIVATE`."""
        ...

    async def command(self, verb: str, /, **options: str) -> str:
        """Use `/followup VERB` in a channel; the new text that this person sees for it.

        `verb` is the command's name, which may have two words.

        The first option is positional where the platform has lines. An opened form is not text:
        see `form`.
        """
        ...

    async def press(self, label: str, *, on: str = "") -> str:
        """Press a button or choose a menu option by its label.

        It is taken from the newest visible message that has it and holds the text `on`. Returns
        what the person sees for it: the message after it changed in place, or a new one.
        """
        ...

    async def forge(self, token: str) -> str:
        """Press a button of one's own whose token was replaced by this one."""
        ...

    async def fill(self, **values: str) -> str:
        """Send the open form, with values by field name (the rest as it stands)."""
        ...

    async def upload(self, name: str, content: bytes) -> str:
        """Send the open form, which asks for a file, with this one."""
        ...

    @property
    def form(self) -> str:
        """The open form as text: its title and a line for each field; "" when none is open."""
        ...

    def private(self) -> list[str]:
        """The bot's messages in this person's private conversation, as they stand now."""
        ...

    async def files(self) -> dict[str, bytes]:
        """What the bot gave this person to download, by name."""
        ...

    def sees(self) -> list[str]:
        """Everything of the bot's that is visible to this person now, oldest first."""
        ...


class Stage(Protocol):
    """The bot running on one platform, with a clock that the scenario moves."""

    name: str
    can: frozenset[Can]

    async def channel(
        self, name: str, *people: Person, managers: Sequence[Person] | None = None
    ) -> None:
        """Make a channel with the bot and these people in it, or let them into the one there is.

        Where `Can.MANAGE`, only the managers may manage it: the first of the people unless said
        otherwise.
        """
        ...

    def room(self, channel: str) -> Room:
        """A channel as the bot knows it."""
        ...

    def shown(self, channel: str) -> list[str]:
        """The bot's messages that everybody in the channel sees, with the words of pictures."""
        ...

    async def archive(self, channel: str) -> None:
        """Close a channel, and keep what was said. See `Can.ARCHIVE`."""
        ...

    async def unarchive(self, channel: str) -> None:
        """Open an archived channel again; the bot is still in it."""
        ...

    async def delete(self, channel: str) -> None:
        """Delete a channel with all that was said. See `Can.DELETE`."""
        ...

    async def rename(self, channel: str, name: str) -> None:
        """Call a channel something else, also here from now on. See `Can.RENAME`."""
        ...

    async def remove_bot(self, channel: str) -> None:
        """Take a channel from the bot. See `Can.REMOVE_BOT`."""
        ...

    async def invite_bot(self, channel: str) -> None:
        """Give it the channel again."""
        ...

    async def person(self, name: str, zone: str = "Europe/Berlin", locale: str = "en-US") -> Person:
        """Somebody new (or the same one again, by name), in a channel where the bot is."""
        ...

    async def move_to(self, instant: datetime) -> None:
        """Move the clock on, let it tick, and wait until everything owed has been sent."""
        ...

    async def restart(self) -> None:
        """Stop the bot and start it again on the same database."""
        ...


_PICTURE = re.compile(r"^\(image: (.*)\)$|^\(picture (.*)\)$", re.MULTILINE)
_FILE = re.compile(r"^\(file .*\)\n?", re.MULTILINE)


def as_shown(text: str) -> str:
    """A message as text, its pictures told in one way on all platforms: [picture: its words]."""
    words = _PICTURE.sub(lambda found: f"[picture: {found[1] or found[2]}]", text)
    return _FILE.sub("", words).rstrip()
