"""A person at Discord: what they can do, and what they see. Every wait is bounded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.loopback.discord.components import BUTTON, STRING_SELECT, walk
from tests.loopback.discord.controls import find_control
from tests.loopback.discord.errors import DidNotRespondError, Json, UsageError
from tests.loopback.discord.forms import option_value, submission
from tests.loopback.discord.interactions import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    DEFER_UPDATE,
    MODAL_SUBMIT,
    Answer,
    Choice,
    Interaction,
    Modal,
)
from tests.loopback.discord.invoking import (
    command_data,
    envelope,
    find_command,
    new_interaction,
)
from tests.loopback.discord.messages import Message
from tests.loopback.discord.payloads import message_json
from tests.loopback.discord.places import Channel, User
from tests.loopback.discord.posting import post
from tests.loopback.discord.world import World

PATIENCE = 5.0
AFTER_SILENT_DEFER = 1.0
DmFault = Literal["closed", "no_mutual_guild", "too_fast"]
Wanted = str | Callable[[Message], bool]


@dataclass(eq=False)
class Person(User):
    """A human. `dm_fault` makes the bot's DMs fail; `modal` is the form that is open."""

    world: World = field(default=None, repr=False, kw_only=True)  # type: ignore[assignment]
    dm_fault: DmFault | None = field(default=None, kw_only=True)
    modal: Modal | None = field(default=None, repr=False, kw_only=True)

    @property
    def sees(self) -> list[Message]:
        """Every message visible to this person, oldest first."""
        return [one for one in self.world.all_messages() if one.visible_to(self)]

    @property
    def dm_channel(self) -> Channel:
        """The DM with the bot; opening it from here is always possible."""
        return self.world.dm(self)

    @property
    def dm(self) -> list[Message]:
        """What this person sees in the DM with the bot, oldest first."""
        found = [one for one in self.world.channels.values() if one.recipient is self]
        return [one for channel in found for one in channel.messages if one.visible_to(self)]

    def say(
        self,
        text: str,
        *,
        channel: Channel | None = None,
        files: Mapping[str, bytes] | None = None,
        **more: Any,
    ) -> Message:
        """Write a message, in the DM unless a channel is given. `more` is for bots: embeds and so
        on.
        """
        body = {"content": text, **more}
        return post(self.world, channel or self.dm_channel, self, body, dict(files or {}))

    def forward(self, message: Message, channel: Channel) -> Message:
        """Forward a message: the new one has no text of its own, and carries a snapshot."""
        whole = message_json(self.world, message, whole=True)
        names = ("content", "embeds", "attachments", "components", "timestamp", "edited_timestamp")
        made = Message(self.world.new_id(), channel, self, self.world.now())
        kept = {name: whole[name] for name in names} | {"type": 0, "flags": 0}
        made.forwarded = [{"message": kept}]
        channel.messages.append(made)
        return made

    async def command(
        self,
        name: str,
        options: Mapping[str, Any] | None = None,
        *,
        channel: Channel | None = None,
        patience: float = PATIENCE,
    ) -> Answer:
        """Use `/name` (with subcommands: "followup add"), in the DM unless a channel is given."""
        where = channel or self.dm_channel
        data = command_data(self.world, where, self, name, options or {})
        return await self._use(COMMAND, where, data, None, patience)

    async def message_command(self, name: str, message: Message) -> Answer:
        """Use a command of a message's context menu."""
        self._must_see(message)
        command = find_command(self.world, message.channel, self, name, 3)
        target = str(message.id)
        resolved = {"messages": {target: message_json(self.world, message, whole=True)}}
        data: Json = {"id": command["id"], "name": name, "type": 3, "target_id": target}
        data["resolved"] = resolved
        return await self._use(COMMAND, message.channel, data, None, PATIENCE)

    async def autocomplete(
        self,
        name: str,
        options: Mapping[str, Any],
        focused: str,
        *,
        channel: Channel | None = None,
    ) -> list[Choice]:
        """What is offered while typing the focused option. Nothing in time is an error."""
        where = channel or self.dm_channel
        data = command_data(self.world, where, self, name, options, focused)
        answer = await self._use(AUTOCOMPLETE, where, data, None, PATIENCE)
        return answer.interaction.choices

    async def press(
        self,
        message: Message,
        label: str,
        *,
        near: str | None = None,
        patience: float = PATIENCE,
    ) -> Answer:
        """Press the button with this label, or pick the select option with it.

        When several say the same, `near` is a text above it (or beside it, in a section).
        """
        self._must_see(message)
        one = find_control(message, label, near)
        if one["type"] == STRING_SELECT:
            return await self._choose(message, one, [label], patience)
        return await self._press(message, one, label, patience)

    async def choose(
        self, message: Message, labels: list[str], *, select: str | None = None
    ) -> Answer:
        """Pick several options of a string select (the one with this placeholder, if given)."""
        self._must_see(message)
        for one in walk(message.components):
            if one["type"] == STRING_SELECT and select in (None, one.get("placeholder")):
                return await self._choose(message, one, labels, PATIENCE)
        raise UsageError(f"there is no select {select or ''!r}")

    def attach(self, name: str, data: bytes) -> Json:
        """A file from this person's computer, to be put into a form."""
        id = self.world.new_id()
        self.world.chosen[id] = (name, data)
        url = f"{self.world.files_url}/{id}/{name}"
        return {"id": str(id), "filename": name, "size": len(data), "url": url}

    async def submit(
        self,
        modal: Modal | None,
        values: Mapping[str, Any] | None = None,
        *,
        patience: float = PATIENCE,
    ) -> Answer:
        """Send a form, fields by label: text, an option's label, a list of them, or a bool."""
        if modal is None or self.modal is not modal or modal.submitted:
            raise UsageError("this form is not open")
        data = submission(modal, values or {})
        modal.submitted = True
        self.modal = None
        return await self._use(MODAL_SUBMIT, modal.channel, data, modal.source, patience)

    async def wait_for(
        self, wanted: Wanted, *, after: Message | None = None, patience: float = PATIENCE
    ) -> Message:
        """The newest visible message with this text (or that fits), as soon as there is one."""
        fits = wanted if callable(wanted) else (lambda one: wanted in one.text_form())

        def ready() -> Message | None:
            found = [one for one in self.sees if (after is None or one.id > after.id) and fits(one)]
            return found[-1] if found else None

        found = await self.world.bell.wait_until(ready, patience, f"a message with {wanted!r}")
        assert found is not None
        return found

    async def wait_until_gone(self, message: Message, *, patience: float = PATIENCE) -> None:
        """Wait until this person no longer sees the message."""
        gone = "the message to go"
        await self.world.bell.wait_until(lambda: not message.visible_to(self), patience, gone)

    def _must_see(self, message: Message) -> None:
        if not message.visible_to(self):
            raise UsageError(f"{self.name} does not see this message")

    async def _press(self, message: Message, one: Json, label: str, patience: float) -> Answer:
        if one.get("disabled") or one["style"] in (5, 6):
            raise UsageError(f"the button {label!r} is disabled or only a link")
        data = {"component_type": BUTTON, "id": one["id"], "custom_id": one["custom_id"]}
        return await self._use(COMPONENT, message.channel, data, message, patience)

    async def _choose(
        self, message: Message, one: Json, labels: list[str], patience: float
    ) -> Answer:
        low, high = one.get("min_values", 1), one.get("max_values", 1)
        if one.get("disabled") or not low <= len(labels) <= high:
            raise UsageError(f"this select takes {low} to {high} options, or is disabled")
        values = [option_value(one, label) for label in labels]
        data: Json = {"component_type": STRING_SELECT, "id": one["id"]}
        data |= {"custom_id": one["custom_id"], "values": values}
        return await self._use(COMPONENT, message.channel, data, message, patience)

    async def _use(
        self, kind: int, where: Channel, data: Json, source: Message | None, patience: float
    ) -> Answer:
        if not where.visible_to(self):
            raise UsageError(f"{self.name} is not in #{where.name}")
        made = new_interaction(self.world, kind, self, where, data, source)
        guild_id = where.guild.id if where.guild else None
        if not self.world.emit("INTERACTION_CREATE", envelope(self.world, made), guild_id, 0):
            raise DidNotRespondError("the bot is not connected: the application did not respond")
        await self._await_answer(made, patience)
        return Answer(made)

    async def _await_answer(self, made: Interaction, patience: float) -> None:
        bell = self.world.bell
        late = self.world.late_responses
        window = self.world.response_seconds

        def over() -> bool:
            return made.response is not None or made in late

        with suppress(AssertionError):
            await bell.wait_until(over, window, "a response")
        if made.response is None:
            text = f"The application did not respond within {window} s to {made.data}"
            raise DidNotRespondError(text)
        if made.response == DEFER_UPDATE:
            # Nothing more need come; give what follows a moment.
            patience = min(patience, AFTER_SILENT_DEFER)
        try:
            await bell.wait_until(lambda: made.settled, patience, "the deferred answer")
        except AssertionError:
            if made.response != DEFER_UPDATE:
                raise DidNotRespondError("the bot is still thinking") from None
        await asyncio.sleep(0)
