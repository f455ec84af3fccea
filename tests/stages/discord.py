"""The bot on a loopback Discord, for scenarios."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.wiring import Bot
from core.caller import Platform, Room
from core.grammar import SYNONYMS
from tests.loopback.discord import Answer, Channel, DiscordServer
from tests.loopback.discord import Message as Shown
from tests.loopback.discord import Person as Human
from tests.loopback.discord.components import walk
from tests.loopback.discord.errors import Json
from tests.stages.base import PRIVATE, Can, NotThereError, Person, as_shown
from tests.stages.running import make_bot

GUILD, ROOM = "Job club", "general"
ROW, TEXT = 1, 10
PATIENCE = 5.0

_MOMENT = re.compile(r"<t:(\d+):F>\*{0,2} \(<t:\1:R>\)")
_LINE_MARK = re.compile(r"^(?:### |-# )", re.MULTILINE)
_LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\]\\])*)\]\([^)]*\)")
_MARK = re.compile(r"\\([^0-9A-Za-z\s])|\*\*|[*`]")


@dataclass
class DiscordPerson:
    """One member at Discord's client, in a channel of a server."""

    human: Human
    server: DiscordServer
    where: Channel | None = None

    def at(self, channel: str) -> DiscordPerson:
        """The same person in one channel."""
        where = self.human.dm_channel if channel == PRIVATE else called(self.server, channel)
        return DiscordPerson(self.human, self.server, where)

    async def join(self, channel: str) -> None:
        """Come into the channel's server, where everybody sees it."""
        guild = called(self.server, channel).guild
        assert guild is not None
        guild.join(self.human)

    async def leave(self, channel: str) -> None:
        """Leave the channel's server. Nobody tells the bot."""
        guild = called(self.server, channel).guild
        assert guild is not None
        guild.leave(self.human)

    async def deactivate(self) -> None:
        """Discord takes a lost account out of its servers, and says no more of it."""
        raise NotThereError("discord", Can.DEACTIVATE)

    async def command(self, verb: str, /, **options: str) -> str:
        """Use `/followup VERB` with its typed options."""
        room = self.where or self.server.guild(GUILD).channel(ROOM)
        name = SYNONYMS.get(verb, verb)  # nobody types here: a word finds its command
        return _text(await self.human.command(f"followup {name}", options, channel=room))

    async def press(self, label: str, *, on: str = "") -> str:
        """Press a button. A menu's options are laid out in place first: see `Menu` in core."""
        for shown in self._messages(on):
            found = _button(shown, label, on)
            if found is None and await self._unfold(shown, label, on):
                found = _button(shown, label, on)
            if found is not None:
                return _text(await self._tap(shown, found))
        raise AssertionError(f"no button {label!r} on a message with {on!r}: {self.sees()}")

    async def forge(self, token: str) -> str:
        """Press a button whose custom id was replaced: no real client lets one do that."""
        shown = next(one for one in self._messages("") if list(_buttons(one, "")))
        button = next(_buttons(shown, "")) | {"custom_id": token}
        return _text(await self._tap(shown, button))

    async def fill(self, **values: str) -> str:
        """Send the open form."""
        modal = self.human.modal
        assert modal is not None, "no form is open"
        fields = {one["component"]["custom_id"]: one for one in modal.components}
        given = {fields[name]["label"]: _entry(fields[name], text) for name, text in values.items()}
        return _text(await self.human.submit(modal, given))

    async def upload(self, name: str, content: bytes) -> str:
        """Send the open form with a file."""
        modal = self.human.modal
        assert modal is not None, "no form is open"
        chosen = {modal.labels[0]: self.human.attach(name, content)}
        return _text(await self.human.submit(modal, chosen))

    @property
    def form(self) -> str:
        """The open form: its title and a line for each field."""
        modal = self.human.modal
        if modal is None:
            return ""
        return "\n".join([modal.title, *map(_field_line, modal.components)])

    def private(self) -> list[str]:
        """The bot's messages in the DM."""
        return [_read(one) for one in self.human.dm if self._is_bots(one)]

    async def files(self) -> dict[str, bytes]:
        """What came with the bot's messages."""
        mine = self._messages("")
        return {name: data for one in mine for name, data in one.files.items()}

    def sees(self) -> list[str]:
        """Everything of the bot's that this person sees."""
        return [as_shown(_read(one)) for one in self._messages("")[::-1]]

    def dismiss_all(self) -> None:
        """Click "Dismiss message" on everything that only this person sees."""
        for one in self.human.sees:
            one.deleted = one.deleted or one.ephemeral

    def _is_bots(self, shown: Shown) -> bool:
        return shown.author is self.server.world.bot

    def _messages(self, on: str) -> list[Shown]:
        """The bot's messages with this text, newest first."""
        mine = [one for one in self.human.sees if self._is_bots(one) and on in _read(one)]
        return [one for one in mine[::-1] if self.where is None or one.channel is self.where]

    async def _unfold(self, shown: Shown, label: str, on: str) -> bool:
        """Press the menus of a message until one of them has the option."""
        for one in list(_buttons(shown, on)):
            if str(one.get("custom_id", "")).startswith("unfold"):
                await self._tap(shown, one)
                if _button(shown, label, on) is not None:
                    return True
        return False

    async def _tap(self, shown: Shown, button: Json) -> Answer:
        # A digest has several buttons of one name: the loopback's own `press` takes the first.
        return await self.human._press(shown, button, str(button.get("label")), PATIENCE)


class DiscordStage:
    """The bot on Discord; see `tests.stages.base.Stage`. Made by `discord_stage`."""

    def __init__(self, server: DiscordServer, database_url: str, start: datetime) -> None:
        self.name = "discord"
        self.server = server
        self._database_url = database_url
        self._now = start
        self._bot: Bot | None = None
        self._people: dict[str, DiscordPerson] = {}
        self.can = frozenset(Can) - {Can.ARCHIVE, Can.DEACTIVATE}

    async def person(
        self, name: str, zone: str = "Europe/Berlin", locale: str = "en-US"
    ) -> DiscordPerson:
        """Somebody in a server with the bot. Discord tells no time zone, so they set theirs."""
        if name not in self._people:
            human = self.server.user(name, locale=locale)
            self.server.guild(GUILD).join(human)
            made = self._people[name] = DiscordPerson(human, self.server)
            if zone:
                await made.command("settings", zone=zone)
            made.dismiss_all()
        return self._people[name]

    async def channel(
        self, name: str, *people: Person, managers: Sequence[Person] | None = None
    ) -> None:
        """A channel of the server that everybody is in."""
        channel = self.server.guild(GUILD).channel(name)
        for one in people[:1] if managers is None else managers:
            assert isinstance(one, DiscordPerson)
            channel.managers.add(one.human.id)

    def room(self, channel: str) -> Room:
        """The channel, with its server."""
        found = called(self.server, channel)
        assert found.guild is not None
        return Room(Platform.DISCORD, "", str(found.id), server=str(found.guild.id))

    def shown(self, channel: str) -> list[str]:
        """The bot's messages there that are for everybody."""
        here = called(self.server, channel)
        public = [one for one in here.messages if one.author is self.server.world.bot]
        public = [one for one in public if one.ephemeral_for is None and not one.deleted]
        return [as_shown(_read(one)) for one in public]

    async def archive(self, channel: str) -> None:
        """Only threads are archived on Discord, and a message opens them again."""
        raise NotThereError(self.name, Can.ARCHIVE)

    async def unarchive(self, channel: str) -> None:
        """See `archive`."""
        raise NotThereError(self.name, Can.ARCHIVE)

    async def delete(self, channel: str) -> None:
        """Delete a channel; the name is free again."""
        found = called(self.server, channel)
        assert found.guild is not None
        found.delete()
        del found.guild.channels[channel]
        await _heard()

    async def rename(self, channel: str, name: str) -> None:
        """Call a channel something else."""
        called(self.server, channel).rename(name)
        await _heard()

    async def remove_bot(self, channel: str) -> None:
        """Take View Channel away from it."""
        called(self.server, channel).let_bot(see=False)
        await _heard()

    async def invite_bot(self, channel: str) -> None:
        """Give it back what it needs."""
        called(self.server, channel).let_bot()
        await _heard()

    async def move_to(self, instant: datetime) -> None:
        """Move both clocks, the bot's and Discord's, and let the bot do what is due."""
        assert self._bot is not None
        self.server.skip(max((instant - self._now).total_seconds(), 0.0))
        self._now = instant
        self._bot.clock.move_to(instant)
        await self._bot.tick()

    async def restart(self) -> None:
        """Stop the bot and start it again on the same database."""
        await self.stop()
        await self.start()

    async def start(self) -> None:
        """Start the bot on the scenario's time and wait until Discord can reach it."""
        self._bot = await make_bot(
            self._database_url,
            self._now,
            discord_token=self.server.token,
            discord_api_url=self.server.api_url,
            discord_gateway_url=self.server.gateway_url,
        )
        await self._bot.start()
        await self.server.wait_connected()
        await self.server.wait_for_commands()

    async def stop(self) -> None:
        """Stop the bot."""
        if self._bot is not None:
            await self._bot.stop()
            self._bot = None


@asynccontextmanager
async def discord_stage(database_url: str, start: datetime) -> AsyncIterator[DiscordStage]:
    """The bot running at `start`; afterwards Discord must have had nothing to complain of."""
    async with await DiscordServer.start() as server:
        stage = DiscordStage(server, database_url, start)
        await stage.start()
        try:
            yield stage
        finally:
            await stage.stop()
        assert server.violations == []
        assert server.refusals == []
        assert server.pings == []


def called(server: DiscordServer, name: str) -> Channel:
    """The channel of that name in the server that everybody is in."""
    return server.guild(GUILD).channels[name]


async def _heard() -> None:
    """Give what the gateway says a moment to be heard."""
    await asyncio.sleep(0.1)


def _by_clock(found: re.Match[str]) -> str:
    """A moment as Discord shows it; the people of a scenario are in Berlin."""
    there = datetime.fromtimestamp(int(found[1]), ZoneInfo("Europe/Berlin"))
    return f"{there:%A} {there.day} {there:%B}, {there.hour}:{there:%M}"


def visible(markdown: str) -> str:
    """What a person reads: no marks, no backslashes before marks, links by their words, moments by
    their clock.
    """
    bare = _MOMENT.sub(_by_clock, _LINK.sub(r"\1", _LINE_MARK.sub("", markdown)))
    return _MARK.sub(lambda found: found[1] or "", bare).replace("\u200b", "")


def _read(shown: Shown) -> str:
    return visible(shown.text_form())


def _text(answer: Answer) -> str:
    return "" if answer.modal is not None else visible(answer.text)


def _button(shown: Shown, label: str, on: str) -> Json | None:
    """The button with this label; of several, the one under the text `on`."""
    named = [one for one in _buttons(shown, on) if one.get("label") == label]
    return named[0] if named else None


def _buttons(shown: Shown, on: str) -> Iterator[Json]:
    """The message's buttons, those under the text `on` first."""
    near: list[Json] = []
    far: list[Json] = []
    here = False
    for one in walk(shown.components):
        if one["type"] == TEXT:
            here = bool(on) and on in visible(one["content"])
        elif one["type"] == ROW:
            (near if here else far).extend(one["components"])
    yield from near
    yield from far


def _entry(labelled: Json, text: str) -> str | list[str]:
    """What a person enters into a field: text, or the labels of the options with these values."""
    options = labelled["component"].get("options")
    if options is None:
        return text
    labels = {one["value"]: one["label"] for one in options}
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return [labels.get(part, part) for part in parts]


def _field_line(labelled: Json) -> str:
    one: dict[str, Any] = labelled["component"]
    chosen = [option["label"] for option in one.get("options") or () if option.get("default")]
    return f"{labelled['label']}: {', '.join(chosen) or one.get('value') or ''}".rstrip()
