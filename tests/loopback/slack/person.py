from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tests.loopback.slack import finding
from tests.loopback.slack.answer import Answer
from tests.loopback.slack.delivery import Ack, Delivery
from tests.loopback.slack.escaping import escaped
from tests.loopback.slack.forms import Forms
from tests.loopback.slack.handles import ResponseUrl
from tests.loopback.slack.model import JSON, Channel, Message, User, View
from tests.loopback.slack.payloads import Surface
from tests.loopback.slack.watching import Watching

if TYPE_CHECKING:
    from tests.loopback.slack.server import SlackServer


class Person(Watching):
    """Somebody at their screen: types, presses, fills in, and reads.

    Everything they do waits until the bot has acknowledged it and gives an `Answer`. What is
    against the rules of Slack's own screen (pressing what is not there) is an AssertionError.
    """

    def __init__(self, server: SlackServer, user: User) -> None:
        super().__init__(server.world, user)
        self.server = server
        self.notices: list[str] = []
        self.forms = Forms(server, user)

    async def _do(self, delivery: Delivery, answer: Answer | None = None) -> tuple[Answer, Ack]:
        answer = answer or Answer(self, self.world.order)
        ack = await self.server.delivering.send(delivery)
        answer.error = ack.error
        return answer, ack

    async def slash(self, command: str, text: str = "", channel: Channel | None = None) -> Answer:
        """Type a command, in the DM with the bot unless a channel is given."""
        where = channel or self.dm
        assert self.id in where.members, f"{self.name} is not in {where.name}"
        if self.server.should_escape:
            users = [u for u in self.world.users.values() if u.team_id == self.user.team_id]
            places = [c for c in self.world.channels.values() if c.team_id == self.user.team_id]
            text = escaped(text, users, [c for c in places if not c.is_im])
        delivery = self.server.payloads.slash(self.user, command, text, where)
        answer, ack = await self._do(delivery)
        if ack.error:
            self.notices.append(f'{command} failed with the error "{ack.error}"')
        elif ack.payload:
            target = ResponseUrl(self.user, where, None, made=0.0)
            self.server.responding.from_ack(command, target, ack.payload)
        return answer

    async def press(
        self,
        surface: Surface,
        label: str,
        *,
        near: str | None = None,
        nth: int | None = None,
        confirm: bool = True,
    ) -> Answer:
        """Press a button, or choose an option of a menu, by its visible label.

        `near` is text in the same row, `nth` counts from 0; `confirm=False` says no to the
        question that a control may ask first, so nothing is sent.
        """
        self._must_be_there(surface)
        found = finding.to_press(surface, label, near, nth)
        if found.element.get("confirm") and not confirm:
            return Answer(self, self.world.order)
        if found.option is not None:
            self.forms.toggle(surface, found)
        return await self._act(surface, found)

    async def choose(self, surface: Surface, name: str, value: Any) -> Answer:
        """Set a control by its label, placeholder or id; says so to the bot if Slack would."""
        self._must_be_there(surface)
        found = finding.named(surface, name)
        await self.forms.fill(surface, found, value)
        if found.block["type"] == "input" and not found.block.get("dispatch_action"):
            return Answer(self, self.world.order)
        return await self._act(surface, found)

    async def _act(self, surface: Surface, found: finding.Found) -> Answer:
        action = self.forms.action(surface, found)
        answer, ack = await self._do(self.server.payloads.actions(self.user, surface, action))
        if ack.error:
            self.notices.append(f"This app responded with an error: {ack.error}")
        return answer

    async def suggest(self, surface: Surface, name: str, typed: str) -> list[str]:
        """Type into an external select; gives the options it then offers."""
        return await self.forms.suggest(surface, finding.named(surface, name), typed)

    async def fill(self, view: View, values: Mapping[str, Any]) -> None:
        """Fill in a form without sending it; an empty field is None."""
        self._must_be_there(view)
        for name, value in values.items():
            await self.forms.fill(view, finding.named(view, name), value)

    async def submit(self, view: View, values: Mapping[str, Any] | None = None) -> Answer:
        """Fill in and send a form. `errors` of the answer, by label, say why it stayed open."""
        assert view.content.get("submit"), f"{view!r} has no button to submit it"
        await self.fill(view, values or {})
        answer = Answer(self, self.world.order)
        view.errors = self.forms.own_complaints(view)
        if not view.errors:
            _, ack = await self._do(self.server.payloads.submission(self.user, view), answer)
            trouble = self.server.submitting.apply(self.user, view, ack)
            self.notices += [trouble] if trouble else []
        answer.errors = dict(view.errors) if view.open else {}
        return answer

    async def close(self, view: View, *, everything: bool = False) -> Answer:
        """Cancel a form, or with `everything` the whole stack of forms."""
        self._must_be_there(view)
        everything = everything or bool(view.content.get("clear_on_close"))
        self.world.close(view, everything=everything)
        if not view.content.get("notify_on_close"):
            return Answer(self, self.world.order)
        delivery = self.server.payloads.closed(self.user, view, everything=everything)
        return (await self._do(delivery))[0]

    async def open_home(self, tab: str = "home") -> Answer:
        """Open the bot's Home tab, or its Messages tab. The bot hears of it if it wants to."""
        assert tab != "home" or self.server.team(self.user.team_id).home_tab, "no Home tab"
        event: JSON = {"type": "app_home_opened", "user": self.id, "channel": self.dm.id}
        event |= {"tab": tab, "event_ts": self.world.next_ts()}
        if self.home is not None and tab == "home":
            event["view"] = self.home.body()
        if self.server.events is not None and event["type"] not in self.server.events:
            return Answer(self, self.world.order)
        return await self._event(event, Answer(self, self.world.order))

    async def message(self, text: str) -> Answer:
        """Write to the bot in its DM."""
        answer = Answer(self, self.world.order)
        sent = self.world.post(self.dm, self.id, text)
        event = {"type": "message", "channel_type": "im", "channel": self.dm.id, "user": self.id}
        return await self._event(
            {**event, "text": text, "ts": sent.ts, "event_ts": sent.ts}, answer
        )

    async def _event(self, event: JSON, answer: Answer) -> Answer:
        team = self.world.teams[self.user.team_id]
        return (await self._do(self.server.payloads.event(team, event), answer))[0]

    async def shortcut(self, name: str) -> Answer:
        """Use a global shortcut, by its name; by its `callback_id` where there is no manifest."""
        callback_id = self.server.shortcut_named("global", name)
        return (await self._do(self.server.payloads.shortcut(self.user, callback_id)))[0]

    async def message_shortcut(self, name: str, message: Message) -> Answer:
        """Use a shortcut from the menu of a message; ephemeral messages have no such menu."""
        self._must_be_there(message)
        assert message.ephemeral_to is None, "an ephemeral message has no shortcuts"
        callback_id = self.server.shortcut_named("message", name)
        delivery = self.server.payloads.message_shortcut(self.user, callback_id, message)
        return (await self._do(delivery))[0]

    def say(self, channel: Channel, text: str, **more: Any) -> Message:
        """Write in a channel; `more` may be files, or the `thread_ts` of a thread. The bot is not
        told.
        """
        return self.world.post(channel, self.id, text, **more)
