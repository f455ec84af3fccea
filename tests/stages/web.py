"""The scenarios' third platform: the whole bot with its playground, used as a browser would."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, CookieJar, FormData
from yarl import URL

from bot.wiring import Bot
from core.caller import Platform, Room
from tests.stages.base import PRIVATE, Can, NotThereError, Person
from tests.stages.running import beside, line_of, make_bot
from tests.stages.web_page import (
    Node,
    Shown,
    filled,
    form_text,
    messages,
    open_form,
    read_page,
    refusal,
    shown,
)


class Browser:
    """One member's browser: the page in front, and what each channel looked like last."""

    def __init__(self, name: str, zone: str, locale: str) -> None:
        self.name = name
        self.http = ClientSession(
            cookie_jar=CookieJar(unsafe=True), headers={"Accept-Language": locale}
        )
        self.url = ""
        self.page = Node("page")
        self.channels: dict[str, Node] = {}
        self._zone = zone

    @property
    def channel(self) -> str:
        """The channel that is looked at."""
        return next(self.page.all("body"))["data-channel"]

    async def arrive(self, url: str) -> None:
        """Open the playground at this address and be this member."""
        self.url = url
        self.http.cookie_jar.update_cookies({"squeaky_zone": self._zone}, URL(url))
        await self.go("")
        form = next(f for f in self.page.all("form") if any(n["id"] == "name" for n in f.all()))
        await self.post(form, [*_kept(form, "name"), ("name", self.name)])

    async def go(self, channel: str) -> None:
        """Look at a channel; "" is the first one."""
        query = {"channel": channel} if channel else {}
        async with self.http.get(self.url, params=query) as response:
            assert response.status == 200
            self._shows(await response.text())

    async def look(self) -> None:
        """See what is new, in all channels."""
        here = self.channel
        for channel in [name for name in _channels(self.page) if name != here]:
            await self.go(channel)
        await self.go(here)

    async def post(self, form: Node, data: FormData | list[tuple[str, str]]) -> None:
        """Post a form as a browser does, and see the page that follows."""
        headers = {"Origin": self.url, "Sec-Fetch-Site": "same-origin"}
        async with self.http.post(
            self.url + form["action"], data=data, headers=headers
        ) as response:
            text = await response.text()
            assert response.status == 200, text
        self._shows(text)

    def seen(self, where: str) -> dict[int, Shown]:
        """The bot's messages in a channel, PRIVATE or, with "", everywhere, by their ids."""
        found = messages(self.page, PRIVATE) if where in ("", PRIVATE) else []
        for channel, page in self.channels.items():
            if where in ("", channel):
                found += messages(page, "channel")
        return {message.id: message for message in sorted(found, key=lambda each: each.id)}

    def _shows(self, html: str) -> None:
        self.page = read_page(html)
        self.channels[self.channel] = self.page


class WebPerson:
    """A member at their browser; see `tests.stages.base.Person`. `where` is "" for everywhere."""

    def __init__(self, browser: Browser, where: str = "") -> None:
        self.browser = browser
        self._where = where

    def at(self, channel: str) -> WebPerson:
        return WebPerson(self.browser, channel)

    async def join(self, channel: str) -> None:
        assert channel in _channels(self.browser.page), "everybody is in every channel"

    async def leave(self, channel: str) -> None:
        raise NotThereError("playground", Can.LEAVE)

    async def deactivate(self) -> None:
        raise NotThereError("playground", Can.DEACTIVATE)

    async def command(self, verb: str, /, **options: str) -> str:
        pane = PRIVATE if self._where == PRIVATE else "channel"
        await self._go(self._where)
        form = next(f for f in self._pane(pane).all("form") if f.is_a("composer"))
        return await self._send(form, text=f"/followup {line_of(verb, options)}")

    async def press(self, label: str, *, on: str = "") -> str:
        for message in self._pressable():
            value = message.button(label, on) if on in message.text else None
            if value is not None:
                return await self._press(message, value)
        everything = "\n\n".join(self.sees())
        raise AssertionError(f"nothing has {label!r} and says {on!r}:\n{everything}")

    async def forge(self, token: str) -> str:
        found = ((m, m.button("Edit", "")) for m in self._pressable())
        message, value = next((m, v) for m, v in found if v is not None)
        return await self._press(message, f"{value.partition(' ')[0]} {token}")

    async def fill(self, **values: str) -> str:
        form = open_form(self.browser.page)
        assert form is not None, "no form is open"
        return await self._send(form, **{f"f.{name}": value for name, value in values.items()})

    async def upload(self, name: str, content: bytes) -> str:
        form = open_form(self.browser.page)
        assert form is not None, "no form is open"
        assert form["enctype"] == "multipart/form-data"
        data = FormData()
        for key, value in filled(form):
            if key != "f.file":
                data.add_field(key, value)
        data.add_field("f.file", BytesIO(content), filename=name, content_type="text/csv")
        return await self._post(form, data)

    @property
    def form(self) -> str:
        panel = self.browser.page.first(role="dialog")
        return form_text(panel) if panel else ""

    async def files(self) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        pages = [self.browser.page, *self.browser.channels.values()]
        links = {link["href"] for page in pages for link in page.all("a")}
        for link in sorted(link for link in links if link.startswith("/file/")):
            async with self.browser.http.get(self.browser.url + link) as response:
                assert response.status == 200
                disposition = response.headers["Content-Disposition"]
                found[disposition.split('"')[1]] = await response.read()
        return found

    def private(self) -> list[str]:
        return [message.text for message in self.browser.seen(PRIVATE).values()]

    def sees(self) -> list[str]:
        return [message.text for message in self.browser.seen(self._where).values()]

    async def make_channel(self, name: str) -> None:
        """Add a channel, or look at the one of that name."""
        form = next(f for f in self.browser.page.all("form") if f["action"] == "/channels")
        await self.browser.post(form, [*_kept(form, "name"), ("name", name)])

    async def _go(self, channel: str) -> None:
        """Look at a channel, for a form of its page that nobody has sent yet."""
        if channel not in ("", PRIVATE) and channel != self.browser.channel:
            await self.browser.go(channel)

    def _pane(self, place: str) -> Node:
        pane = self.browser.page.first(id=f"pane-{place}")
        assert pane is not None
        return pane

    def _pressable(self) -> list[Shown]:
        """What has buttons within reach, newest first; an open form covers the rest."""
        refused = self.browser.page.first(class_="refusal")
        if refused is not None:
            return [shown(0, refused)]
        return list(self.browser.seen(self._where).values())[::-1]

    async def _press(self, message: Shown, value: str) -> str:
        for channel in self.browser.channels:
            if message.id in self.browser.seen(channel):
                await self._go(channel)
        form = self.browser.page.first(id="press")
        assert form is not None
        return await self._send(form, press=value)

    async def _send(self, form: Node, **values: str) -> str:
        """Post a form as a browser does; what is new to see for it."""
        return await self._post(form, [*_kept(form, *values), *values.items()])

    async def _post(self, form: Node, data: FormData | list[tuple[str, str]]) -> str:
        before = {id: message.text for id, message in self.browser.seen("").items()}
        await self.browser.post(form, data)
        after = self.browser.seen("")
        new = [message.text for id, message in after.items() if before.get(id) != message.text]
        return "\n\n".join(new) or refusal(self.browser.page)


def _kept(form: Node, *names: str) -> list[tuple[str, str]]:
    """What a browser sends for a form besides these fields."""
    return [(name, value) for name, value in filled(form) if name not in names]


def _channels(page: Node) -> list[str]:
    """The channels that a page offers."""
    links = (link for link in page.all("a") if link.is_a("option"))
    return [next(link.all("bdi")).words().removeprefix("#") for link in links]


class WebStage:
    """The bot in the playground; see `tests.stages.base.Stage`. Made by `web_stage`."""

    def __init__(
        self, database_url: str, start: datetime, transcript: Path, settings: dict[str, Any]
    ) -> None:
        self.name = "playground"
        self._database_url = database_url
        self._transcript = transcript
        self._settings = settings
        self._now = start
        self._bot: Bot | None = None
        self._people: dict[str, WebPerson] = {}
        self._seen_version = ""
        self.can: frozenset[Can] = frozenset()

    async def person(
        self, name: str, zone: str = "Europe/Berlin", locale: str = "en-US"
    ) -> WebPerson:
        if name not in self._people:
            person = self._people[name] = WebPerson(Browser(name, zone, locale))
            await person.browser.arrive(self._url())
        return self._people[name]

    async def channel(
        self, name: str, *people: Person, managers: Sequence[Person] | None = None
    ) -> None:
        maker = next(one for one in people or managers or () if isinstance(one, WebPerson))
        await maker.make_channel(name)
        await self._all_look()

    def room(self, channel: str) -> Room:
        return Room(Platform.WEB, "", channel)

    def shown(self, channel: str) -> list[str]:
        """What everybody has who is here: a private answer is in one browser alone."""
        seen = [person.browser.seen(channel) for person in self._people.values()]
        public = {id: one.text for each in seen for id, one in each.items() if not one.only_you}
        return [public[id] for id in sorted(public)]

    async def archive(self, channel: str) -> None:
        raise NotThereError(self.name, Can.ARCHIVE)

    async def unarchive(self, channel: str) -> None:
        raise NotThereError(self.name, Can.ARCHIVE)

    async def delete(self, channel: str) -> None:
        raise NotThereError(self.name, Can.DELETE)

    async def rename(self, channel: str, name: str) -> None:
        raise NotThereError(self.name, Can.RENAME)

    async def remove_bot(self, channel: str) -> None:
        raise NotThereError(self.name, Can.REMOVE_BOT)

    async def invite_bot(self, channel: str) -> None:
        raise NotThereError(self.name, Can.REMOVE_BOT)

    async def move_to(self, instant: datetime) -> None:
        assert self._bot is not None
        self._now = instant
        self._bot.clock.move_to(instant)
        await self._bot.tick()
        await self._all_look()

    async def restart(self) -> None:
        assert self._bot is not None
        await self._bot.stop()
        await self.start()
        for person in self._people.values():
            await person.browser.arrive(self._url())
        self._seen_version = ""
        await self._all_look()

    async def start(self) -> None:
        """Start the bot on the scenario's time."""
        self._bot = await make_bot(
            self._database_url,
            self._now,
            playground="on",
            playground_file=str(self._transcript),
            **self._settings,
        )
        await self._bot.start()

    async def stop(self) -> None:
        """Close the browsers and stop the bot."""
        for person in self._people.values():
            await person.browser.http.close()
        if self._bot is not None:
            await self._bot.stop()

    async def _all_look(self) -> None:
        """Everybody sees what is new, if anything is: reading a page takes a while."""
        if not self._people:
            return
        first = next(iter(self._people.values())).browser
        async with first.http.get(f"{self._url()}/version") as response:
            said = (await response.text()).partition("-")[0]
        if said != self._seen_version:
            for person in self._people.values():
                await person.browser.look()
        self._seen_version = said

    def _url(self) -> str:
        assert self._bot is not None
        return f"http://127.0.0.1:{self._bot.http_port}"


@asynccontextmanager
async def web_stage(
    database_url: str, start: datetime, folder: Path, **settings: Any
) -> AsyncIterator[WebStage]:
    """The bot running at `start`, its conversations kept in that folder."""
    transcript = beside(database_url, folder, "playground.jsonl")
    stage = WebStage(database_url, start, transcript, settings)
    try:
        await stage.start()
        yield stage
    finally:
        await stage.stop()
