"""A message as the server keeps it. Edits change it in place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.loopback.discord.components import BUTTON, STRING_SELECT, walk
from tests.loopback.discord.errors import Json
from tests.loopback.discord.mentions import Pings
from tests.loopback.discord.places import Channel, User
from tests.loopback.discord.text import render_components, render_embed, visible_label
from tests.loopback.discord.validation import EPHEMERAL, LOADING

if TYPE_CHECKING:
    from tests.loopback.discord.interactions import Interaction

THINKING = "… is thinking"


@dataclass(eq=False)
class Message:
    """One message. `ephemeral_for` is the only person who sees it, when it is ephemeral."""

    id: int
    channel: Channel = field(repr=False)
    author: User = field(repr=False)
    created: float = field(repr=False)
    content: str = ""
    embeds: list[Json] = field(default_factory=list, repr=False)
    components: list[Json] = field(default_factory=list, repr=False)
    files: dict[str, bytes] = field(default_factory=dict, repr=False)
    # What was forwarded, as message snapshots: the text of a forwarded message stands there alone.
    forwarded: list[Json] = field(default_factory=list, repr=False)
    flags: int = 0
    nonce: str | None = None
    pings: Pings = Pings()
    allowed_mentions: Json | None = field(default=None, repr=False)
    ephemeral_for: User | None = field(default=None, repr=False)
    interaction: Interaction | None = field(default=None, repr=False)
    edited: float | None = None
    edits: int = 0
    deleted: bool = False

    @property
    def ephemeral(self) -> bool:
        """Whether "Only you can see this" stands under it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        """Whether it is still the "is thinking" of a deferred response."""
        return bool(self.flags & LOADING)

    @property
    def buttons(self) -> list[str]:
        """The labels of all buttons, in order, disabled ones too."""
        return [visible_label(one) for one in walk(self.components) if one["type"] == BUTTON]

    @property
    def options(self) -> list[str]:
        """The labels of all options of all string selects, in order."""
        selects = (one for one in walk(self.components) if one["type"] == STRING_SELECT)
        return [visible_label(option) for one in selects for option in one["options"]]

    def text_form(self) -> str:
        """The message as plain text, buttons as `[Sent] [They replied]`."""
        if self.loading:
            return f"{self.author.display_name}{THINKING}"
        lines = [self.content] if self.content else []
        lines += [line for embed in self.embeds for line in render_embed(embed)]
        lines += render_components(self.components)
        lines += [f"(file {name})" for name in self.files]
        return "\n".join(lines)

    def __contains__(self, text: str) -> bool:
        return text in self.text_form()

    def visible_to(self, user: User) -> bool:
        """Whether this person sees it now."""
        if self.deleted or not self.channel.visible_to(user):
            return False
        return self.ephemeral_for is None or self.ephemeral_for is user
