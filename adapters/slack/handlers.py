"""Slack's interactions become requests at the desk, and its replies go back.

Everything is acknowledged before any work that could be slow: after 3 s without an
acknowledgement the person sees an error, and nothing of ours.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace

from slack_bolt.context.ack.async_ack import AsyncAck

from adapters.slack.controls import JSON
from adapters.slack.happenings import is_late
from adapters.slack.modal import field_names, file_of, modal, suggested, values_of
from adapters.slack.once import Once, Running
from adapters.slack.patience import patiently
from adapters.slack.place import (
    Place,
    account_of,
    of_command,
    of_opening,
    of_press,
    of_shortcut,
    team_of,
    unpacked,
)
from adapters.slack.quoted import permalink, text_of
from adapters.slack.render import sentence
from adapters.slack.screen import TOO_LATE, note
from adapters.slack.words import typed
from adapters.slack.workspaces import Workspace, Workspaces
from core.about_room import line_asks, token_asks
from core.caller import Account, Caller, Platform, Room
from core.desk import Desk
from core.language import N_, speaking, tr
from core.quoting import add_values
from core.reply import Reply, Suggestion
from core.requests import Add, Home
from core.tokens import token as token_of
from core.trouble import kind_and_place

log = logging.getLogger(__name__)

FORM_PATIENCE = 2.0
"""Seconds that a form stays open for the desk's answer; Slack gives up after 3."""

HOME_OPENED = "app_home_opened"

BROKEN = N_(
    "Something went wrong on my side. Type `/followup list` to see where you stand, then try again."
)
UNCLEAR = N_("That did not work. Change something here and try again.")


class Handlers:
    """Listeners for slack-bolt; their argument names are the ones that it fills in."""

    def __init__(
        self, desk: Desk, workspaces: Workspaces, removals: Callable[[JSON], Awaitable[None]]
    ) -> None:
        """`removals` looks at every event for whether the app was removed."""
        self._desk = desk
        self._workspaces = workspaces
        self._removals = removals
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
            with self._speaking_to(caller):
                answer = _safely(self._desk.line(line, caller))
                reply = await patiently(answer, self._of(account).screen, place)
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
            account = account_of(body)
            caller = await self._caller(account, key, place, token_asks(token))
            with self._speaking_to(caller):
                answer = _safely(self._desk.press(token, caller))
                reply = await patiently(answer, self._of(account).screen, place)
            await self._answer(reply, place, caller)

    async def shortcut(self, ack: AsyncAck, body: JSON) -> None:
        """A shortcut to the form of a new follow-up; on a message, with what that tells."""
        await ack()
        key = str(body.get("trigger_id") or "")
        if not self._once.first(key):
            return
        with self.running.here():
            place = of_shortcut(body)
            message: JSON = body.get("message") or {}
            caller = await self._caller(account_of(body), key, place, asks=False)
            with self._speaking_to(caller):
                values = add_values(text_of(message), permalink(body))
                reply = await _safely(self._desk.form(Add.verb, values, caller))
            await self._answer(reply, place, caller)

    async def submit(self, ack: AsyncAck, body: JSON, view: JSON) -> None:
        """A form that comes back. It stays open with what was wrong, if that is known in time."""
        key = str(body.get("trigger_id") or f"{view['id']}.{view.get('hash', '')}")
        if not self._once.first(key):
            await ack()
            return
        with self.running.here():
            token, place = unpacked(view["private_metadata"])
            account = account_of(body)
            there = self._of(account)
            asking = asyncio.create_task(self._caller(account, key, place, token_asks(token)))
            work = asyncio.create_task(self._submitted(token, view, asking))
            await asyncio.wait({work}, timeout=FORM_PATIENCE)
            if work.done():
                with self._speaking_to(await asking):
                    await self._close(ack, work.result(), view, place, there)
            else:
                await ack()
                with self._speaking_to(await asking):
                    await there.screen.one_moment(place)
                await self._late(await work, place, there)
            self._tell_home(work.result(), account, place)

    async def suggest(self, ack: AsyncAck, body: JSON) -> None:
        """What is being typed into a field that the desk completes; nothing is better than late."""
        token, _ = unpacked((body.get("view") or {}).get("private_metadata") or "")
        verb, field, text = token.partition(":")[0], body["block_id"], body.get("value") or ""
        found: Sequence[Suggestion] = ()
        with self.running.here(), suppress(TimeoutError):
            async with asyncio.timeout(FORM_PATIENCE):
                found = await self._desk.suggest(verb, field, text, Caller(account_of(body)))
        await ack(suggested(found, text))

    async def event(self, ack: AsyncAck, body: JSON) -> None:
        """Something that nobody waits for an answer to, such as the app being removed."""
        await ack()
        with self.running.here():
            await self._removals(body)
            await self._workspaces.of(team_of(body)).happenings.event(body)
            if (body.get("event") or {}).get("type") == HOME_OPENED:
                await self._opened(body)

    async def _opened(self, body: JSON) -> None:
        """Somebody looks at their Home. Late news of it would bring back who was forgotten."""
        if body["event"].get("tab") != "home" or is_late(body):
            return
        if not self._once.first(str(body.get("event_id") or "")):
            return
        place = of_opening(body)
        caller = await self._caller(place.resident, "", place, asks=False)
        with self._speaking_to(caller):
            reply = await _safely(self._desk.press(token_of(Home()), caller))
        if reply.at_home and reply.message is not None:
            homes = self._of(place.resident).homes
            await homes.open(place.resident, reply.message, place.hash)

    def _of(self, account: Account) -> Workspace:
        return self._workspaces.of(account.workspace)

    async def _close(
        self, ack: AsyncAck, reply: Reply, view: JSON, place: Place, there: Workspace
    ) -> None:
        names = field_names(view)
        if reply.refused and names:
            name = reply.field if reply.field in names else names[0]
            wrong = {name: sentence(reply.message, tr(UNCLEAR))}
            await ack(response_action="errors", errors=wrong)
            return
        if reply.form is not None:
            await ack(response_action="update", view=modal(reply.form, place))
        else:
            await ack()
        await there.screen.reply(reply, place)

    async def _late(self, reply: Reply, place: Place, there: Workspace) -> None:
        """The form is gone, so all that is left is to show what came of it."""
        message = reply.message
        if message is None and reply.form is not None:
            with speaking(reply.form.language):
                message = note(TOO_LATE)
        in_place = reply.replace and not reply.refused
        await there.screen.reply(replace(reply, message=message, replace=in_place), place)

    async def _answer(self, reply: Reply, place: Place, caller: Caller) -> None:
        screen = self._of(caller.account).screen
        if reply.form is not None:
            await screen.open(reply.form, place, caller.key)
        await screen.reply(reply, place)
        async for later in self._desk.going_on(reply, caller):
            await screen.reply(later, place)
        self._tell_home(reply, caller.account, place)

    def _tell_home(self, reply: Reply, account: Account, place: Place) -> None:
        """What was done in another place shows in the Home as well."""
        if reply.forgotten:
            self._of(account).homes.changed(account, reply.message)
        elif reply.message is not None and not reply.refused and not place.home:
            self._of(account).homes.changed(account)

    async def _submitted(self, token: str, view: JSON, asking: Awaitable[Caller]) -> Reply:
        caller = await asking
        file = file_of(view)
        if file is not None:
            screen = self._of(caller.account).screen
            caller = replace(caller, upload=await screen.fetch(file))
        with self._speaking_to(caller):
            return await _safely(self._desk.submit(token, values_of(view), caller))

    def _speaking_to(self, caller: Caller) -> AbstractContextManager[None]:
        """For words of our own, while the desk has not said in which language it answers."""
        return speaking(self._desk.tongues.of(caller))

    async def _caller(self, account: Account, key: str, place: Place, asks: bool) -> Caller:
        """Who it is and where; with `asks` also what they may do there."""
        room = Room(Platform.SLACK, account.workspace, place.room) if place.room else None
        standing = None
        if room is not None and asks:
            standing = await self._of(account).standings.of(room, account.user)
        person = await self._of(account).people.person(account.user)
        return Caller(
            account,
            key,
            person.zone,
            person.locale,
            person.name,
            room=room,
            standing=standing,
            at_home=bool(place.home),
        )


async def _safely(answer: Awaitable[Reply]) -> Reply:
    """The desk's answer; a fault of ours is logged, and the person told."""
    try:
        return await answer
    except Exception as error:
        log.error("Slack: a request could not be answered: %s", kind_and_place(error))
        return Reply(note(BROKEN), refused=True)


def _token(action: JSON) -> str:
    chosen = action.get("selected_option") or action
    return str(chosen.get("value") or "")
