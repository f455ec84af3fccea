"""What a scenario needs of a platform: people who type, press and fill in, and what they see.

A scenario is written once against these protocols and played on Slack, Discord and the playground.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Person(Protocol):
    """One member at one platform's client."""

    async def command(self, verb: str, /, **options: str) -> str:
        """Use `/followup VERB` in a channel; the new text that this person sees for it.

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

    async def person(self, name: str, zone: str = "Europe/Berlin") -> Person:
        """Somebody new (or the same one again, by name), in a channel where the bot is."""
        ...

    async def move_to(self, instant: datetime) -> None:
        """Move the clock on, let it tick, and wait until everything owed has been sent."""
        ...

    async def restart(self) -> None:
        """Stop the bot and start it again on the same database."""
        ...
