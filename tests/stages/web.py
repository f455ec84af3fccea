"""The scenarios' third platform: the whole bot with its playground, used as a browser would."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path

from aiohttp import ClientSession, CookieJar, FormData
from yarl import URL

from bot.wiring import Bot
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


class WebPerson:
    """A member at their browser; see `tests.stages.base.Person`."""

    def __init__(self, name: str, zone: str) -> None:
        self.name = name
        self._http = ClientSession(cookie_jar=CookieJar(unsafe=True))
        self._url = ""
        self._page = Node("page")
        self._zone = zone

    async def command(self, verb: str, /, **options: str) -> str:
        form = next(f for f in self._pane("channel").all("form") if f.is_a("composer"))
        return await self._send(form, text=f"/followup {line_of(verb, options)}")

    async def press(self, label: str, *, on: str = "") -> str:
        form = self._page.first(id="press")
        assert form is not None
        for message in self._pressable():
            value = message.button(label, on) if on in message.text else None
            if value is not None:
                return await self._send(form, press=value)
        everything = "\n\n".join(self.sees())
        raise AssertionError(f"nothing has {label!r} and says {on!r}:\n{everything}")

    async def forge(self, token: str) -> str:
        form = self._page.first(id="press")
        assert form is not None
        value = next(v for m in self._pressable() if (v := m.button("Edit", "")) is not None)
        number = value.partition(" ")[0]
        return await self._send(form, press=f"{number} {token}")

    async def fill(self, **values: str) -> str:
        form = open_form(self._page)
        assert form is not None, "no form is open"
        return await self._send(form, **{f"f.{name}": value for name, value in values.items()})

    async def upload(self, name: str, content: bytes) -> str:
        form = open_form(self._page)
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
        panel = self._page.first(role="dialog")
        return form_text(panel) if panel else ""

    async def files(self) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for link in self._page.all("a"):
            if link["href"].startswith("/file/"):
                async with self._http.get(self._url + link["href"]) as response:
                    assert response.status == 200
                    disposition = response.headers["Content-Disposition"]
                    found[disposition.split('"')[1]] = await response.read()
        return found

    def private(self) -> list[str]:
        return [message.text for message in messages(self._page, "private")]

    def sees(self) -> list[str]:
        return [message.text for message in self._messages()]

    async def arrive(self, url: str) -> None:
        """Open the playground at this address and be this member."""
        self._url = url
        self._http.cookie_jar.update_cookies({"squeaky_zone": self._zone}, URL(url))
        await self.look()
        form = next(f for f in self._page.all("form") if any(n["id"] == "name" for n in f.all()))
        await self._send(form, name=self.name)

    async def look(self) -> None:
        """See what is new."""
        async with self._http.get(self._url) as response:
            assert response.status == 200
            self._page = read_page(await response.text())

    async def leave(self) -> None:
        """Close the browser."""
        await self._http.close()

    def _pane(self, place: str) -> Node:
        pane = self._page.first(id=f"pane-{place}")
        assert pane is not None
        return pane

    def _messages(self) -> list[Shown]:
        found = messages(self._page, "channel") + messages(self._page, "private")
        return sorted(found, key=lambda message: message.id)

    def _pressable(self) -> list[Shown]:
        """What has buttons within reach, newest first; an open form covers the rest."""
        refused = self._page.first(class_="refusal")
        if refused is not None:
            return [shown(0, refused)]
        return self._messages()[::-1]

    async def _send(self, form: Node, **values: str) -> str:
        """Post a form as a browser does; what is new to see for it."""
        kept = [(name, value) for name, value in filled(form) if name not in values]
        return await self._post(form, [*kept, *values.items()])

    async def _post(self, form: Node, data: FormData | list[tuple[str, str]]) -> str:
        before = {message.id: message.text for message in self._messages()}
        headers = {"Origin": self._url, "Sec-Fetch-Site": "same-origin"}
        async with self._http.post(
            self._url + form["action"], data=data, headers=headers
        ) as response:
            text = await response.text()
            assert response.status == 200, text
            self._page = read_page(text)
        new = [m.text for m in self._messages() if before.get(m.id) != m.text]
        return "\n\n".join(new) or refusal(self._page)


class WebStage:
    """The bot in the playground; see `tests.stages.base.Stage`. Made by `web_stage`."""

    def __init__(self, database_url: str, start: datetime, transcript: Path) -> None:
        self.name = "playground"
        self._database_url = database_url
        self._transcript = transcript
        self._now = start
        self._bot: Bot | None = None
        self._people: dict[str, WebPerson] = {}

    async def person(self, name: str, zone: str = "Europe/Berlin") -> WebPerson:
        if name not in self._people:
            person = self._people[name] = WebPerson(name, zone)
            await person.arrive(self._url())
        return self._people[name]

    async def move_to(self, instant: datetime) -> None:
        assert self._bot is not None
        self._now = instant
        self._bot.clock.move_to(instant)
        await self._bot.tick()
        for person in self._people.values():
            await person.look()

    async def restart(self) -> None:
        assert self._bot is not None
        await self._bot.stop()
        await self.start()
        for person in self._people.values():
            await person.arrive(self._url())

    async def start(self) -> None:
        """Start the bot on the scenario's time."""
        self._bot = await make_bot(
            self._database_url,
            self._now,
            playground="on",
            playground_file=str(self._transcript),
        )
        await self._bot.start()

    async def stop(self) -> None:
        """Close the browsers and stop the bot."""
        for person in self._people.values():
            await person.leave()
        if self._bot is not None:
            await self._bot.stop()

    def _url(self) -> str:
        assert self._bot is not None
        return f"http://127.0.0.1:{self._bot.http_port}"


@asynccontextmanager
async def web_stage(database_url: str, start: datetime, folder: Path) -> AsyncIterator[WebStage]:
    """The bot running at `start`, its conversations kept in that folder."""
    stage = WebStage(database_url, start, beside(database_url, folder, "playground.jsonl"))
    try:
        await stage.start()
        yield stage
    finally:
        await stage.stop()
