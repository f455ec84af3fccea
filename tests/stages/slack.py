"""The scenarios' platform: the whole bot on a loopback Slack, by Socket Mode or HTTP."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime
from typing import Any

from adapters.slack.manifest import manifest
from bot.wiring import Bot
from core.caller import Platform, Room
from core.domain.days import Today, read_day
from tests.loopback.slack import Answer, Channel, Message, SlackServer, View
from tests.loopback.slack import Person as LoopbackPerson
from tests.loopback.slack.model import JSON
from tests.loopback.slack.render import all_options, block
from tests.loopback.slack.state import controls
from tests.stages.base import PRIVATE, Can, Person, as_shown
from tests.stages.running import line_of, make_bot

SECRET = "loopback-signing-secret"


class SlackPerson:
    """A member at their Slack client; see `tests.stages.base.Person`."""

    def __init__(
        self,
        server: SlackServer,
        person: LoopbackPerson,
        channel: Channel,
        today: Callable[[], date],
        where: Channel | None = None,
    ) -> None:
        """Commands go to `channel`; with `where`, nothing else than that is looked at.

        `today` is the day on the scenario's clock, from which days in words are picked.
        """
        self._server = server
        self._person = person
        self._channel = channel
        self._today = today
        self._where = where

    @property
    def id(self) -> str:
        return self._person.id

    @property
    def channel(self) -> Channel:
        """Where this person types commands."""
        return self._channel

    def at(self, channel: str) -> SlackPerson:
        where = self._person.dm if channel == PRIVATE else called(self._server, channel)
        return SlackPerson(self._server, self._person, where, self._today, where)

    async def join(self, channel: str) -> None:
        await self._server.invite(called(self._server, channel), self.id)
        await self._server.settle()

    async def leave(self, channel: str) -> None:
        await self._server.kick(called(self._server, channel), self.id)
        await self._server.settle()

    async def deactivate(self) -> None:
        await self._server.deactivate(self._person.user)
        await self._server.settle()

    async def command(self, verb: str, /, **options: str) -> str:
        text = line_of(verb, options)
        return await self._seen(await self._person.slash("/followup", text, self._channel))

    async def shortcut(self, name: str, *, on: str = "") -> None:
        """Use a shortcut of that name: on the newest message that says `on`, or a global one."""
        if on:
            shown = next(m for m in reversed(self._person.sees) if on in m.text_form())
            answer = await self._person.message_shortcut(name, shown)
        else:
            answer = await self._person.shortcut(name)
        await self._seen(answer)

    async def open_home(self) -> str:
        """Look at the Home tab."""
        await self._person.open_home()
        return (await self._person.wait_home()).text_form()

    @property
    def home(self) -> str:
        """What the Home tab shows; "" before it was opened."""
        return self._person.home.text_form() if self._person.home else ""

    async def home_after(self, doing: Callable[[], Awaitable[object]], text: str) -> str:
        """What the Home shows once something was done and it says this."""
        await doing()
        return (await self._person.wait_home(text)).text_form()

    async def press_home(self, label: str) -> str:
        """Press something in the Home tab."""
        view = self._person.home
        assert view is not None, "the Home was not opened"
        answer = await self._person.press(view, label, nth=0)
        await self._server.settle()
        return answer.text

    async def press(self, label: str, *, on: str = "") -> str:
        shown = _with_button(self._here(), label, on)
        nth = _nth(shown, label, on)
        return await self._seen(await self._person.press(shown, label, nth=nth))

    async def forge(self, token: str) -> str:
        shown = next(m for m in reversed(self._person.sees) if _labels(m.blocks))
        label = _labels(shown.blocks)[0]
        for _, element in controls(shown.blocks):
            if element["type"] == "button" and element["text"]["text"] == label:
                element["value"] = token
        return await self._seen(await self._person.press(shown, label, nth=0))

    async def fill(self, **values: str) -> str:
        view = self._person.view
        assert view is not None, "no form is open"
        named = {name: await self._given(view, name, value) for name, value in values.items()}
        return await self._seen(await self._person.submit(view, named))

    async def _given(self, view: View, name: str, value: str) -> Any:
        """A value as the client's control takes it: the first option of what is completed."""
        kind = _kind_of(view, name)
        if kind == "external_select":
            return (await self._person.suggest(view, name, value))[0] if value else None
        if kind == "datepicker" and value:
            return read_day(value, Today(self._today()))
        return _chosen(view, name, value)

    async def upload(self, name: str, content: bytes) -> str:
        view = self._person.view
        assert view is not None, "no form is open"
        return await self._seen(await self._person.submit(view, {"file": (name, content)}))

    @property
    def form(self) -> str:
        view = self._person.view
        return view.text_form() if view else ""

    async def files(self) -> dict[str, bytes]:
        uploads = self._server.web.uploads
        shared = [file["id"] for message in self._here() for file in message.files]
        blocks = [block for message in self._here() for block in message.blocks]
        shared += [block["slack_file"]["id"] for block in blocks if "slack_file" in block]
        return {uploads[id]["name"]: uploads[id]["data"] for id in shared}

    def private(self) -> list[str]:
        here = [m for m in self._person.sees if m.channel is self._person.dm]
        return [m.text_form() for m in here if m.ephemeral_to is None]

    def sees(self) -> list[str]:
        return [as_shown(m.text_form()) for m in self._here() if m.author != self._person.id]

    def _here(self) -> list[Message]:
        """What this person sees, where they look."""
        seen = self._person.sees
        return [m for m in seen if self._where is None or m.channel is self._where]

    async def _seen(self, answer: Answer) -> str:
        """The new text of an answer, once it is there and nothing more comes."""
        assert not answer.error, f"Slack says: {answer.error}"
        if answer.errors:
            return "\n".join(f"{label}: {said}" for label, said in answer.errors.items())
        await self._server.until(
            lambda: bool(answer.messages) or answer.view is not None, "an answer"
        )
        await self._server.settle()
        return "\n\n".join(message.text_form() for message in answer.messages)


class SlackStage:
    """The bot on Slack; see `tests.stages.base.Stage`. Made by `slack_stage`."""

    def __init__(
        self,
        server: SlackServer,
        database_url: str,
        start: datetime,
        settings: JSON,
        *,
        http: bool,
    ) -> None:
        self.name = "slack over HTTP" if http else "slack"
        self.server = server
        self._database_url = database_url
        self._settings = settings
        self._now = start
        self._http = http
        self._bot: Bot | None = None
        self._people: dict[str, SlackPerson] = {}
        self.can = frozenset(Can)
        self._channel = server.channel("C1", "job-club", team=server.team())

    async def person(
        self, name: str, zone: str = "Europe/Berlin", locale: str = "en-US"
    ) -> SlackPerson:
        if name not in self._people:
            number = len(self._people) + 1
            person = self.server.user(
                f"U{number}", name.lower(), tz=zone, locale=locale, real_name=name
            )
            self._channel.members.add(person.id)
            self._people[name] = SlackPerson(
                self.server, person, self._channel, lambda: self._now.date()
            )
        return self._people[name]

    async def channel(
        self, name: str, *people: Person, managers: Sequence[Person] | None = None
    ) -> None:
        found = [one for one in self.server.world.channels.values() if one.name == name]
        number = len(self.server.world.channels) + 1
        channel = found[0] if found else self.server.channel(f"C{number}", name)
        for one in people:
            assert isinstance(one, SlackPerson)
            channel.members.add(one.id)
        first, *others = people[:1] if managers is None else managers
        assert isinstance(first, SlackPerson)
        channel.creator = first.id
        for one in others:
            assert isinstance(one, SlackPerson)
            self.server.world.users[one.id].is_admin = True

    def room(self, channel: str) -> Room:
        found = called(self.server, channel)
        return Room(Platform.SLACK, found.team_id, found.id)

    def shown(self, channel: str) -> list[str]:
        here = called(self.server, channel)
        public = [m for m in self.server.world.messages if m.channel is here and m.bot_id]
        public = [m for m in public if m.ephemeral_to is None and not m.deleted]
        return [as_shown(m.text_form()) for m in public]

    async def archive(self, channel: str) -> None:
        await self.server.archive(called(self.server, channel))
        await self.server.settle()

    async def unarchive(self, channel: str) -> None:
        await self.server.unarchive(called(self.server, channel))
        await self.server.settle()

    async def delete(self, channel: str) -> None:
        await self.server.delete(called(self.server, channel))
        await self.server.settle()

    async def rename(self, channel: str, name: str) -> None:
        await self.server.rename(called(self.server, channel), name)
        await self.server.settle()

    async def remove_bot(self, channel: str) -> None:
        await self.server.kick(called(self.server, channel))
        await self.server.settle()

    async def invite_bot(self, channel: str) -> None:
        await self.server.invite(called(self.server, channel))
        await self.server.settle()

    async def move_to(self, instant: datetime) -> None:
        assert self._bot is not None
        self._now = instant
        self._bot.clock.move_to(instant)
        await self._bot.tick()
        await self.server.settle()

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def start(self) -> None:
        """Start the bot on the scenario's time and wait until Slack can reach it."""
        self._bot = await make_bot(self._database_url, self._now, **self._settings)
        await self._bot.start()
        if not self._http:
            await self.server.connected()

    async def stop(self) -> None:
        if self._bot is not None:
            await self._bot.stop()
            self._bot = None


@asynccontextmanager
async def slack_stage(
    database_url: str, start: datetime, *, http: bool = False
) -> AsyncIterator[SlackStage]:
    """The bot running at `start`; afterwards Slack must have had nothing to complain of."""
    async with SlackServer() as server:
        port = _free_port() if http else 0
        server.use_manifest(manifest(not http, f"http://127.0.0.1:{port}"))
        settings: JSON = {
            "slack_bot_token": server.team().bot_token,
            "slack_app_token": None if http else server.app_token,
            "slack_signing_secret": SECRET if http else None,
            "slack_api_url": server.api_url,
            "http_port": port,
        }
        stage = SlackStage(server, database_url, start, settings, http=http)
        await stage.start()
        if http:
            server.use_http(f"http://127.0.0.1:{port}/slack/events", SECRET)
        try:
            yield stage
        finally:
            await stage.stop()
        server.assert_clean()
        assert [shown for shown in server.world.messages if shown.bot_id and shown.pings] == []


def called(server: SlackServer, name: str) -> Channel:
    """The channel of that name."""
    return next(one for one in server.world.channels.values() if one.name == name)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _labels(blocks: list[JSON]) -> list[str]:
    """What can be pressed in these blocks: buttons, and the options of menus."""
    found = []
    for _, element in controls(blocks):
        own = [element["text"]["text"]] if element["type"] == "button" else []
        found += own + [option["text"]["text"] for option in all_options(element)]
    return found


def _with_button(seen: list[Message], label: str, on: str) -> Message:
    for shown in reversed(seen):
        if label in _labels(shown.blocks) and on in shown.text_form():
            return shown
    everything = "\n\n".join(shown.text_form() for shown in seen)
    raise AssertionError(f"nothing has {label!r} and says {on!r}:\n{everything}")


def _nth(shown: Message, label: str, on: str) -> int:
    """Which control of that label follows the text `on`, from 0; the last one if none does."""
    before = 0
    for number, found in enumerate(shown.blocks):
        if on in block(found, shown.names, {}):
            before = _labels(shown.blocks[:number]).count(label)
            break
    return min(before, _labels(shown.blocks).count(label) - 1)


def _kind_of(view: View, name: str) -> str:
    """The kind of control that a field is."""
    kinds = {found["block_id"]: element["type"] for found, element in controls(view.blocks)}
    return str(kinds[name])


def _chosen(view: View, name: str, value: str) -> Any:
    """A value as the client's control takes it: options go by what they say."""
    for found, element in controls(view.blocks):
        if found["block_id"] == name and "options" in element:
            says = {option["value"]: option["text"]["text"] for option in element["options"]}
            several = element["type"] in ("checkboxes", "multi_static_select")
            parts = [part.strip() for part in value.split(",")] if several else [value]
            words = [says.get(part, part) for part in parts if part]
            return (words if several else words[0]) if words else None
    return value or None
