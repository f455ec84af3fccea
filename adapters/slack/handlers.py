"""Slack's interactions become requests at the desk, and its replies go back.

Everything is acknowledged before any work that could be slow: after 3 s without an
acknowledgement the person sees an error, and nothing of ours.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import replace

from slack_bolt.context.ack.async_ack import AsyncAck

from adapters.slack.controls import JSON
from adapters.slack.happenings import Happenings
from adapters.slack.installation import Installation
from adapters.slack.modal import field_names, file_of, modal, values_of
from adapters.slack.once import Once, Running
from adapters.slack.people import People
from adapters.slack.place import Place, of_command, of_press, unpacked
from adapters.slack.render import sentence
from adapters.slack.screen import TOO_LATE, Screen
from adapters.slack.standing import Standings
from adapters.slack.words import typed
from core.about_room import line_asks, token_asks
from core.caller import Account, Caller, Platform, Room
from core.desk import Desk
from core.reply import Message, Paragraph, Reply
from core.text import say
from core.trouble import kind_and_place

log = logging.getLogger(__name__)

FORM_PATIENCE = 2.0
"""Seconds that a form stays open for the desk's answer; Slack gives up after 3."""

_BROKEN = say(
    "Something went wrong on my side. Type `/followup list` to see where you stand, then try again."
)
BROKEN = Reply(Message((Paragraph((_BROKEN,)),)), refused=True)
UNCLEAR = "That did not work. Change something here and try again."


class Handlers:
    """Listeners for slack-bolt; their argument names are the ones that it fills in."""

    def __init__(
        self,
        desk: Desk,
        people: People,
        standings: Standings,
        screen: Screen,
        installation: Installation,
        happenings: Happenings,
    ) -> None:
        self._desk = desk
        self._people = people
        self._standings = standings
        self._screen = screen
        self._installation = installation
        self._happenings = happenings
        self._once = Once()
        self.running = Running()

    async def command(self, ack: AsyncAck, body: JSON) -> None:
        """`/followup …`"""
        await ack()
        key = str(body.get("trigger_id") or "")
        if not self._once.first(key):
            return
        with self.running.here():
            account = Account(Platform.SLACK, body["team_id"], body["user_id"])
            place = of_command(body)
            line = typed(body.get("text") or "")
            caller = await self._caller(account, key, place, line_asks(line))
            reply = await _safely(self._desk.line(line, caller))
            await self._answer(reply, place, caller)

    async def press(self, ack: AsyncAck, body: JSON, action: JSON) -> None:
        """A button or an option of a menu."""
        await ack()
        key = str(body.get("trigger_id") or "")
        token = _token(action)
        if not token or not self._once.first(key):
            return  # without a token it only opened an address
        with self.running.here():
            place = of_press(body)
            caller = await self._caller(_account(body), key, place, token_asks(token))
            reply = await _safely(self._desk.press(token, caller))
            await self._answer(reply, place, caller)

    async def submit(self, ack: AsyncAck, body: JSON, view: JSON) -> None:
        """A form that comes back. It stays open with what was wrong, if that is known in time."""
        key = str(body.get("trigger_id") or f"{view['id']}.{view.get('hash', '')}")
        if not self._once.first(key):
            await ack()
            return
        with self.running.here():
            token, place = unpacked(view["private_metadata"])
            asking = self._caller(_account(body), key, place, token_asks(token))
            answer = self._submitted(token, view, asking)
            work = asyncio.create_task(answer)
            await asyncio.wait({work}, timeout=FORM_PATIENCE)
            if work.done():
                await self._close(ack, work.result(), view, place)
            else:
                await ack()
                await self._late(await work, place)

    async def event(self, ack: AsyncAck, body: JSON) -> None:
        """Something that nobody waits for an answer to, such as the app being removed."""
        await ack()
        with self.running.here():
            await self._installation.event(body)
            await self._happenings.event(body)

    async def _close(self, ack: AsyncAck, reply: Reply, view: JSON, place: Place) -> None:
        names = field_names(view)
        if reply.refused and names:
            name = reply.field if reply.field in names else names[0]
            wrong = {name: sentence(reply.message, UNCLEAR)}
            await ack(response_action="errors", errors=wrong)
            return
        if reply.form is not None:
            await ack(response_action="update", view=modal(reply.form, place))
        else:
            await ack()
        await self._screen.reply(reply, place)

    async def _late(self, reply: Reply, place: Place) -> None:
        """The form is gone, so all that is left is to show what came of it."""
        message = reply.message or (TOO_LATE if reply.form else None)
        in_place = reply.replace and not reply.refused
        await self._screen.reply(replace(reply, message=message, replace=in_place), place)

    async def _answer(self, reply: Reply, place: Place, caller: Caller) -> None:
        if reply.form is not None:
            await self._screen.open(reply.form, place, caller.key)
        await self._screen.reply(reply, place)
        async for later in self._desk.going_on(reply, caller):
            await self._screen.reply(later, place)

    async def _submitted(self, token: str, view: JSON, asking: Awaitable[Caller]) -> Reply:
        caller = await asking
        file = file_of(view)
        if file is not None:
            caller = replace(caller, upload=await self._screen.fetch(file))
        return await _safely(self._desk.submit(token, values_of(view), caller))

    async def _caller(self, account: Account, key: str, place: Place, asks: bool) -> Caller:
        """Who it is and where; with `asks` also what they may do there."""
        room = Room(Platform.SLACK, account.workspace, place.room) if place.room else None
        standing = None
        if room is not None and asks:
            standing = await self._standings.of(room, account.user)
        person = await self._people.person(account.user)
        return Caller(
            account, key, person.zone, person.locale, person.name, room=room, standing=standing
        )


async def _safely(answer: Awaitable[Reply]) -> Reply:
    """The desk's answer; a fault of ours is logged, and the person told."""
    try:
        return await answer
    except Exception as error:
        log.error("Slack: a request could not be answered: %s", kind_and_place(error))
        return BROKEN


def _account(body: JSON) -> Account:
    user = body["user"]
    team = (body.get("team") or {}).get("id") or user.get("team_id") or ""
    return Account(Platform.SLACK, team, user["id"])


def _token(action: JSON) -> str:
    chosen = action.get("selected_option") or action
    return str(chosen.get("value") or "")
