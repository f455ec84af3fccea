"""The playground: the same bot in a browser on this computer, no token needed.

A page with two conversations of one member: a channel of a club, and the private one with the
bot. Everything typed or pressed becomes a call to the desk; every post ends in a redirect.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from aiohttp import web
from multidict import MultiDict

from adapters.web import dates, typed
from adapters.web.answers import Answers, Asked
from adapters.web.attendance import WebAttendance
from adapters.web.forms import OpenForm, values_of
from adapters.web.guard import LOOPBACK, Guard, Refused
from adapters.web.journal import Seal
from adapters.web.messenger import WebMessenger
from adapters.web.pages import Pages
from adapters.web.posts import UPLOAD, Post, posted
from adapters.web.records import PRIVATE, Joined, Opened
from adapters.web.transcript import Transcript
from adapters.web.visitor import (
    CHANNEL,
    FIRST_CHANNEL,
    FIRST_MEMBER,
    MEMBER_COOKIE,
    MOST_NAME,
    Visitor,
    channel_id,
    interaction_key,
    member_id,
    placed,
    visitor_of,
)
from core.caller import Caller, Upload
from core.desk import Desk
from core.language import speaking, tr
from core.reply import Form, Reply

FIRST = (Joined(*FIRST_MEMBER), Opened(FIRST_CHANNEL))
"""Who is here, and where, before anybody came."""
MOST_DONE = 1000
"""Interactions that are remembered, so that a form sent twice has one effect."""

Act = Callable[[Visitor, Post, Caller], Awaitable[str]]


class Playground:
    """Serves the page at `/`.

    - `transcript_path`: where conversations are kept; None keeps them in memory.
    - `allowed_hosts`: names in a Host header, as written or with the server's port.
    - `zone`: the server's zone, for browsers that don't tell theirs; "" when it is unknown.
    - `seal`: what conversations are sealed with in their file; None leaves them readable.
    """

    def __init__(
        self,
        desk: Desk,
        clock: dates.Clock,
        transcript_path: Path | None = None,
        allowed_hosts: Iterable[str] = LOOPBACK,
        zone: str = "",
        seal: Seal | None = None,
    ) -> None:
        self._desk = desk
        self._clock = clock
        self._zone = zone
        self._transcript = Transcript(transcript_path, seal=seal, first=FIRST)
        self._answers = Answers(self._transcript)
        self._pages = Pages(self._transcript)
        self._guard = Guard(allowed_hosts, self._pages.problem)
        self._done: dict[str, str] = {}
        self._going: set[asyncio.Task[None]] = set()
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.messenger = WebMessenger(self._transcript, self._answers.files, clock.now)
        self.attendance = WebAttendance(self._transcript)

    def setup(self, app: web.Application) -> None:
        """Add the playground to an application."""
        app.add_routes(self.routes())

    def routes(self) -> list[web.RouteDef]:
        """Everything the playground answers, each behind the guard."""
        gets = {
            "/": self._home,
            "/form/{form}": self._show_form,
            "/file/{file}": self._file,
            "/version": self._version,
            "/suggest": self._suggest,
            "/favicon.svg": self._icon,
            "/static/{name}": self._pages.assets.serve,
        }
        posts: dict[str, Act] = {
            "/say": self._say,
            "/press": self._press,
            "/form/{form}": self._submit,
            "/clock": self._move_clock,
        }
        return [
            *(web.get(path, self._guard.wrap(handler)) for path, handler in gets.items()),
            *(web.post(path, self._guard.wrap(self._once(act))) for path, act in posts.items()),
            web.post("/members", self._guard.wrap(self._be_member)),
            web.post("/channels", self._guard.wrap(self._add_channel)),
        ]

    async def _home(self, request: web.Request) -> web.Response:
        notice = request.query.get("notice", "")
        return self._pages.chat(self._visitor(request), self._clock.now(), notice)

    async def _show_form(self, request: web.Request) -> web.Response:
        visitor = self._visitor(request)
        form = self._answers.forms.find(request.match_info["form"], visitor.member)
        if form is None:
            return _redirect(f"/?pane={visitor.pane}&notice=form", visitor)
        return self._pages.chat(visitor, self._clock.now(), form=form)

    async def _file(self, request: web.Request) -> web.Response:
        member = self._visitor(request).member
        found = self._answers.files.response(request.match_info["file"], member)
        if found is None:
            raise Refused(404, tr("That file is not kept any more. Ask for it once more."))
        return found

    async def _version(self, _request: web.Request) -> web.Response:
        return web.Response(text=self._pages.version(self._clock.now()))

    async def _icon(self, _request: web.Request) -> web.Response:
        return self._pages.icon()

    async def _suggest(self, request: web.Request) -> web.Response:
        visitor = self._visitor(request)
        text = request.query.get("text", "")[: typed.MOST_TYPED]
        caller = placed(visitor.caller(), visitor.place)
        with self._speaking_to(caller):
            found = await typed.completions(self._desk, text, visitor.place, caller)
        return web.json_response([{"label": each.label, "value": each.value} for each in found])

    def _once(self, act: Act) -> Callable[[web.Request], Awaitable[web.Response]]:
        """A handler of posts that acts once for each form on each page, and then redirects."""

        async def handler(request: web.Request) -> web.Response:
            post = await posted(request)
            visitor = self._visitor(request, post)
            if post.get("me", visitor.member) != visitor.member:
                sentence = tr("You have become another member in a second tab. Nothing was sent.")
                raise Refused(409, sentence)
            post["form"] = request.match_info.get("form", "")
            key = interaction_key(visitor.member, request.path, list(post.items()))
            async with self._locks[visitor.member]:
                if key not in self._done:
                    self._remember(key, await act(visitor, post, visitor.caller(key)))
            return _redirect(self._done[key], visitor)

        return handler

    async def _say(self, visitor: Visitor, post: Post, caller: Caller) -> str:
        text = str(post.get("chip") or post.get("text") or "")
        if len(text) > typed.MOST_TYPED:
            return f"/?pane={visitor.pane}&notice=long"
        now = self._clock.now()
        asked = Asked(visitor.member, visitor.place)
        match typed.read(text, visitor.place):
            case typed.ChatLine(said):
                entry = self._transcript.say(visitor.place, "", visitor.member, said, now)
                return f"/?pane={visitor.pane}#m{entry.id}"
            case typed.CommandLine(line):
                self._transcript.say(
                    visitor.place, visitor.member, visitor.member, text.strip(), now
                )
                reply = await self._desk.line(line, placed(caller, visitor.place))
                return self._answers.take(reply, asked, now)
            case typed.Slip():
                with self._speaking_to(caller):
                    return self._answers.hint(asked, now)

    async def _press(self, visitor: Visitor, post: Post, caller: Caller) -> str:
        on, _, token = post.get("press", "").partition(" ")
        asked = self._asked(visitor, on)
        caller = placed(caller, asked.place)
        reply = await self._desk.press(token, caller)
        where = self._answers.take(reply, asked, self._clock.now())
        if reply.then:  # the page asks every other second what is new
            task = asyncio.create_task(self._go_on(reply, asked, caller))
            self._going.add(task)
            task.add_done_callback(self._going.discard)
        return where

    async def _go_on(self, reply: Reply, asked: Asked, caller: Caller) -> None:
        async for later in self._desk.going_on(reply, caller):
            self._answers.take(later, asked, self._clock.now())

    async def _submit(self, visitor: Visitor, post: Post, caller: Caller) -> str:
        values = values_of(post)
        found = self._answers.forms.find(post["form"], visitor.member)
        if found is None:  # opened before a restart: all that it needs came with it
            asked = self._asked(visitor, post.get("on", ""))
            form = Form("", post.get("token", ""), ())
            found = OpenForm(post["form"], visitor.member, asked.place, form, asked.on)
        if isinstance(post.get(UPLOAD), Upload):
            caller = replace(caller, upload=post[UPLOAD])
        reply = await self._desk.submit(found.form.token, values, placed(caller, found.place))
        with self._speaking_to(caller):
            return self._answers.take_filled(reply, found.with_typed(values), self._clock.now())

    async def _move_clock(self, visitor: Visitor, post: Post, _caller: Caller) -> str:
        now = self._clock.now()
        to = dates.destination(post.get("to", ""), post.get("day", ""), now, visitor.clock_zone)
        if to is None:
            return f"/?pane={visitor.pane}&notice=day"
        if to <= now:
            return f"/?pane={visitor.pane}&notice=backwards"
        if to - now > dates.FARTHEST:
            return f"/?pane={visitor.pane}&notice=far"
        before = self._transcript.newest(PRIVATE, visitor.member)
        await self._clock.move_to(to)
        after = self._transcript.newest(PRIVATE, visitor.member)
        if after == before:
            return f"/?pane={visitor.pane}&notice=moved"
        return f"/?pane={PRIVATE}&notice=mail#m{after}"

    async def _be_member(self, request: web.Request) -> web.Response:
        """Become one of the members, or a new one; it has the same effect however often."""
        post = await posted(request)
        member = post.get("member", "")
        if member not in self._transcript.members:
            name = " ".join(post.get("name", "").split())
            if not 0 < len(name) <= MOST_NAME:
                return _redirect("/?notice=name", self._visitor(request, post))
            member = member_id(name)
            self._transcript.join(member, name)
        visitor = self._visitor(request, post)
        response = _redirect(f"/?pane={visitor.pane}", visitor)
        response.set_cookie(MEMBER_COOKIE, member, httponly=True, samesite="Strict")
        return response

    async def _add_channel(self, request: web.Request) -> web.Response:
        """Make a channel, or go to the one of that name; the same however often."""
        post = await posted(request)
        channel = channel_id(str(post.get("name", "")))
        visitor = self._visitor(request, post)
        if not channel:
            return _redirect(f"/?pane={CHANNEL}&notice=channel", visitor)
        self._transcript.open(channel)
        return _redirect(f"/?pane={CHANNEL}", replace(visitor, channel=channel))

    def _speaking_to(self, caller: Caller) -> AbstractContextManager[None]:
        """The language of the member's own messages; the page around them is in the browser's."""
        return speaking(self._desk.tongues.of(caller))

    def _visitor(self, request: web.Request, post: Post | None = None) -> Visitor:
        known = self._transcript.members, self._transcript.channels
        return visitor_of(request, *known, self._zone, post or MultiDict())

    def _asked(self, visitor: Visitor, on: str) -> Asked:
        """Where a button or form was. Raises Refused when that message is not this member's."""
        if on in ("", "0"):
            return Asked(visitor.member, visitor.place)
        digits = on.isascii() and on.isdecimal() and len(on) < 16
        entry = self._transcript.message(int(on), visitor.member) if digits else None
        if entry is None:
            raise Refused(404, tr("There is no such message here. Nothing was changed."))
        return Asked(visitor.member, entry.place, entry.id)

    def _remember(self, key: str, address: str) -> None:
        self._done[key] = address
        while len(self._done) > MOST_DONE:
            del self._done[next(iter(self._done))]


def _redirect(address: str, visitor: Visitor) -> web.Response:
    """To an address with a query, where they look at the same channel as before."""
    where = address.replace("?", f"?channel={quote(visitor.channel)}&", 1)
    return web.Response(status=303, headers={"Location": where})
