from typing import Any

from tests.loopback.slack.delivery import Delivery
from tests.loopback.slack.handles import Handles
from tests.loopback.slack.model import JSON, Channel, Message, User, View, Workspace
from tests.loopback.slack.world import World

Surface = Message | View
TOKEN = "loopback-verification"


class Payloads:
    """Builds what Slack sends, with fresh trigger ids and response URLs.

    `stale_hash` stands in the next payload instead of its view's: somebody pressed before the view
    on the screen was shown anew.
    """

    def __init__(self, world: World, handles: Handles) -> None:
        self.world = world
        self.handles = handles
        self.stale_hash = ""

    def _who(self, user: User) -> JSON:
        team = self.world.teams[user.team_id]
        named = {"id": user.id, "username": user.name, "name": user.name, "team_id": team.id}
        install = {"enterprise": None, "is_enterprise_install": False}
        domain = {"id": team.id, "domain": team.domain}
        return {"user": named, "team": domain, "api_app_id": team.app_id, "token": TOKEN, **install}

    def _place(self, surface: Surface) -> JSON:
        if isinstance(surface, View):
            stale, self.stale_hash = self.stale_hash, ""
            return {
                "view": surface.body() | ({"hash": stale} if stale else {}),
                "container": {"type": "view", "view_id": surface.id},
            }
        hidden = surface.ephemeral_to is not None
        where = {"message_ts": surface.ts, "channel_id": surface.channel.id}
        place: JSON = {
            "container": {"type": "message", "is_ephemeral": hidden, **where},
            "channel": {"id": surface.channel.id, "name": surface.channel.name},
            "state": {"values": surface.state},
        }
        return place if hidden else {**place, "message": surface.body()}

    def slash(self, user: User, command: str, text: str, channel: Channel) -> Delivery:
        team = self.world.teams[user.team_id]
        payload = {
            "token": TOKEN,
            "team_id": team.id,
            "team_domain": team.domain,
            "channel_id": channel.id,
            "channel_name": channel.name,
            "user_id": user.id,
            "user_name": user.name,
            "command": command,
            "text": text,
            "api_app_id": team.app_id,
            "is_enterprise_install": "false",
            "response_url": self.handles.response_url(user, channel),
            "trigger_id": self.handles.trigger(user),
        }
        return Delivery("slash_commands", payload, answers=True)

    def _interactive(
        self, user: User, kind: str, *, answers: bool = False, **more: Any
    ) -> Delivery:
        return Delivery("interactive", {"type": kind, **self._who(user), **more}, answers)

    def actions(self, user: User, surface: Surface, action: JSON) -> Delivery:
        view = surface if isinstance(surface, View) else None
        more = {**self._place(surface), "actions": [action]}
        more["trigger_id"] = self.handles.trigger(user, view)
        if isinstance(surface, Message):
            more["response_url"] = self.handles.response_url(user, surface.channel, surface)
        return self._interactive(user, "block_actions", **more)

    def suggestion(self, user: User, surface: Surface, ids: JSON, typed: str) -> Delivery:
        more = {**self._place(surface), **ids, "value": typed}
        return self._interactive(user, "block_suggestion", answers=True, **more)

    def submission(self, user: User, view: View) -> Delivery:
        trigger = self.handles.trigger(user, view)
        more: JSON = {"view": view.body(), "trigger_id": trigger, "response_urls": []}
        return self._interactive(user, "view_submission", answers=True, **more)

    def closed(self, user: User, view: View, *, everything: bool) -> Delivery:
        return self._interactive(user, "view_closed", view=view.body(), is_cleared=everything)

    def shortcut(self, user: User, callback_id: str) -> Delivery:
        more: JSON = {"callback_id": callback_id, "action_ts": self.world.next_ts()}
        return self._interactive(user, "shortcut", trigger_id=self.handles.trigger(user), **more)

    def message_shortcut(self, user: User, callback_id: str, message: Message) -> Delivery:
        channel = message.channel
        more: JSON = {"callback_id": callback_id, "action_ts": self.world.next_ts()}
        more |= {"message": message.body(), "message_ts": message.ts}
        more |= {"channel": {"id": channel.id, "name": channel.name}}
        more["trigger_id"] = self.handles.trigger(user)
        mine = message.author == self.world.teams[user.team_id].bot_user_id
        origin = message if mine else None  # Slack doesn't say; the worst is taken for true
        more["response_url"] = self.handles.response_url(user, channel, origin)
        return self._interactive(user, "message_action", **more)

    def event(self, team: Workspace, event: JSON) -> Delivery:
        installed = {"enterprise_id": None, "team_id": team.id, "user_id": team.bot_user_id}
        payload: JSON = {
            "token": TOKEN,
            "team_id": team.id,
            "api_app_id": team.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": self.world.next_id("Ev"),
            "event_time": int(self.world.wall()),
            "authorizations": [{**installed, "is_bot": True, "is_enterprise_install": False}],
            "is_ext_shared_channel": False,
        }
        return Delivery("events_api", payload)
