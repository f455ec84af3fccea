"""An interaction: a person's use of a command, button, select or form, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from tests.loopback.discord.errors import Json
from tests.loopback.discord.messages import Message
from tests.loopback.discord.places import Channel, User
from tests.loopback.discord.text import render_components

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
REPLY, DEFER, DEFER_UPDATE, UPDATE, CHOICES, OPEN_MODAL = 4, 5, 6, 7, 8, 9

# Which responses fit which interaction. A form cannot be answered by a form.
ALLOWED_RESPONSES = {
    COMMAND: (REPLY, DEFER, OPEN_MODAL),
    COMPONENT: (REPLY, DEFER, DEFER_UPDATE, UPDATE, OPEN_MODAL),
    AUTOCOMPLETE: (CHOICES,),
    MODAL_SUBMIT: (REPLY, DEFER, DEFER_UPDATE, UPDATE),
}


class Choice(NamedTuple):
    """One line of autocomplete: what is shown, and what is sent when it is picked."""

    name: str
    value: str | int | float


@dataclass(eq=False)
class Modal:
    """A form that is open in front of a person."""

    custom_id: str
    title: str
    components: list[Json] = field(repr=False)
    user: User = field(repr=False)
    channel: Channel = field(repr=False)
    source: Message | None = field(default=None, repr=False)
    submitted: bool = False

    @property
    def labels(self) -> list[str]:
        """The labels of its fields, in order."""
        found = []
        for one in self.components:
            inner = one["components"][0] if one["type"] == 1 else one
            if inner.get("label"):
                found.append(str(inner["label"]))
        return found

    def text_form(self) -> str:
        """The form as plain text, one field a line."""
        return "\n".join([self.title, *render_components(self.components)])

    def __contains__(self, text: str) -> bool:
        return text in self.text_form()


@dataclass(eq=False)
class Interaction:
    """What the bot was sent, and its answers so far. Times are of the server's clock."""

    id: int
    token: str = field(repr=False)
    kind: int
    user: User
    channel: Channel = field(repr=False)
    data: Json = field(repr=False)
    created: float = field(repr=False)
    source: Message | None = field(default=None, repr=False)
    response: int | None = None
    original: Message | None = field(default=None, repr=False)
    messages: list[Message] = field(default_factory=list, repr=False)
    updated: bool = False
    modal: Modal | None = field(default=None, repr=False)
    choices: list[Choice] = field(default_factory=list, repr=False)

    @property
    def settled(self) -> bool:
        """Whether the person sees an outcome rather than a spinner."""
        if self.response == DEFER:
            original = self.original
            return original is None or original.deleted or not original.loading
        if self.response == DEFER_UPDATE:
            return self.updated or bool(self.messages)
        return self.response is not None


@dataclass(eq=False)
class Answer:
    """What a person got for a use. `messages` grows as follow-ups arrive."""

    interaction: Interaction

    @property
    def messages(self) -> list[Message]:
        """The messages that the use brought, oldest first; an updated message counts."""
        source = self.interaction.source
        first = [source] if source is not None and self.interaction.updated else []
        return [one for one in [*first, *self.interaction.messages] if not one.deleted]

    @property
    def message(self) -> Message:
        """The first of the messages; fails when there is none."""
        if not self.messages:
            raise AssertionError("the bot answered without a message")
        return self.messages[0]

    @property
    def modal(self) -> Modal | None:
        """The form that opened, if one did."""
        return self.interaction.modal

    @property
    def text(self) -> str:
        """All messages as plain text (or the form)."""
        if self.modal is not None:
            return self.modal.text_form()
        return "\n".join(one.text_form() for one in self.messages)

    @property
    def ephemeral(self) -> bool:
        """Whether everything that came is for this person's eyes alone."""
        return bool(self.messages) and all(one.ephemeral for one in self.messages)

    def __contains__(self, text: str) -> bool:
        return text in self.text
