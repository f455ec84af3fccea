"""Members at the desk, without a platform between: what they type and press, and what comes."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count

from core.caller import Account, Caller, Platform, Room, Standing, Upload
from core.desk import Desk
from core.domain.deliveries import Delivered, Parcel
from core.mailroom import Mailroom
from core.reply import Actions, Button, Menu, Message, Reply
from core.store.database import Store

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_keys = count(time.time_ns())
"""Nobody has used them before: a database may be older than this process."""


class TestClock:
    """A clock that stands still until it is moved."""

    __test__ = False

    def __init__(self, start: datetime = MONDAY) -> None:
        self.time = start

    def now(self) -> datetime:
        """This instant."""
        return self.time


class Office:
    """The desk and the mailroom of one database."""

    def __init__(self, store: Store, clock: TestClock) -> None:
        self.store = store
        self.clock = clock
        self.desk = Desk(store, clock.now, draw=secrets.token_bytes)
        self.mailroom = Mailroom(store, clock.now)

    def member(
        self,
        user: str = "dana",
        platform: Platform = Platform.WEB,
        zone: str = "Europe/Berlin",
        form_size: int = 100,
    ) -> Member:
        """Somebody who can talk to the desk."""
        return Member(self.desk, Account(platform, "", user), zone, form_size)

    async def parcels(self) -> list[Parcel]:
        """What can be sent now, claimed and packed."""
        return await self.mailroom.pack(await self.mailroom.claim(list(Platform)))

    async def morning(self, instant: datetime) -> list[Parcel]:
        """Go on to an instant; what is sent there, to platforms that never fail."""
        self.clock.time = instant
        await self.mailroom.plan()
        parcels = await self.parcels()
        await self.mailroom.finish([(p, Delivered("D1", f"m{p.id}")) for p in parcels])
        return parcels


@dataclass
class Member:
    """One person and what they last saw."""

    desk: Desk
    account: Account
    zone: str = "Europe/Berlin"
    form_size: int = 100
    name: str = ""
    room: Room | None = None
    standing: Standing | None = None
    at_home: bool = False
    last: Reply = field(default_factory=Reply)

    async def says(self, line: str) -> str:
        """Type a line after /followup."""
        return self._saw(await self.desk.line(line, self.caller()))

    async def types(self, verb: str, **values: str) -> str:
        """Use a command with typed options."""
        return self._saw(await self.desk.typed(verb, values, self.caller()))

    async def presses(self, label: str, on: Message | None = None, row: int = 0) -> str:
        """Press a button of the last message, or of this one; `row` counts those so labelled."""
        message = on or self.last.message
        assert message is not None
        reply = await self.desk.press(token_of(message, label, row), self.caller())
        told = [self._saw(reply)]
        async for later in self.desk.going_on(reply, self.caller()):
            if later.message is not None:
                told.append(self._saw(later))
        return "\n".join(told)

    async def imports(self, content: bytes) -> str:
        """Send a file with the form of an import."""
        await self.says("import")
        form = self.last.form
        assert form is not None
        caller = replace(self.caller(), upload=Upload(content))
        return self._saw(await self.desk.submit(form.token, {"file": "list.csv"}, caller))

    async def presses_token(self, token: str) -> str:
        """Press a button that somebody made up."""
        return self._saw(await self.desk.press(token, self.caller()))

    async def fills(self, **values: str) -> str:
        """Send the open form, the other fields as they stand."""
        form = self.last.form
        assert form is not None, "no form is open"
        given = {field.name: field.value for field in form.fields} | values
        return self._saw(await self.desk.submit(form.token, given, self.caller()))

    def caller(self, key: str = "") -> Caller:
        """Who asks, with a key of its own unless one is given."""
        return Caller(
            self.account,
            key or f"k{next(_keys)}",
            zone=self.zone,
            name=self.name,
            form_size=self.form_size,
            room=self.room,
            standing=self.standing,
            at_home=self.at_home,
        )

    def _saw(self, reply: Reply) -> str:
        self.last = reply
        if reply.form is not None:
            return ""
        return reply.message.plain() if reply.message else ""


def buttons(message: Message) -> list[Button]:
    """Everything that can be pressed, options of menus included, from top to bottom."""
    found: list[Button] = []
    for block in message.blocks:
        for item in block.items if isinstance(block, Actions) else ():
            if isinstance(item, Button):
                found.append(item)
            elif isinstance(item, Menu):
                found.extend([Button(item.label, item.token), *item.options])
    return found


def token_of(message: Message, label: str, row: int = 0) -> str:
    """The token of a button by its label."""
    found = [button.token for button in buttons(message) if button.label == label]
    assert len(found) > row, f"no button {label!r} on:\n{message.plain()}"
    return found[row]
