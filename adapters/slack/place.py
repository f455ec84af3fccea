"""Where the answer to an interaction goes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

from adapters.slack.controls import JSON
from adapters.slack.quoted import thread_of
from core.caller import Account, Platform


@dataclass(frozen=True)
class Place:
    """The spot that a command, a button, a shortcut or a form was used in.

    - `response_url`: answers there for 30 minutes, 5 times; empty where Slack gave none.
    - `channel` and `ts`: the lasting message of ours that a button was on, in the direct messages.
      Empty for a command and for an ephemeral message, which nothing but its response URL can
      change.
    - `room`: the id of the channel that it is in; empty in direct messages, also of a group.
    - `home`: the id of the workspace where it was used in the person's Home there; empty elsewhere.
    - `hash`: of the Home that the person saw.
    - `public`: it was used on a message that others see, which no answer may take the place of.
    """

    user: str
    response_url: str = ""
    channel: str = ""
    ts: str = ""
    room: str = ""
    home: str = ""
    hash: str = ""
    public: bool = False

    @property
    def resident(self) -> Account:
        """Whose Home it is."""
        return Account(Platform.SLACK, self.home, self.user)


def of_command(body: JSON) -> Place:
    """The place of a slash command."""
    channel, name = str(body.get("channel_id") or ""), str(body.get("channel_name") or "")
    return Place(body["user_id"], body.get("response_url") or "", room=_room(channel, name))


def account_of(body: JSON) -> Account:
    """Who did it, of a button, a shortcut or a form.

    In a channel that workspaces share, Slack tells of a button where the app is installed, but of
    the form that it opened where the person is at home; its view knows better.
    """
    user, there = body["user"], str((body.get("view") or {}).get("app_installed_team_id") or "")
    if not there.startswith("T"):  # an organization's begins otherwise
        there = (body.get("team") or {}).get("id") or user.get("team_id") or ""
    return Account(Platform.SLACK, there, user["id"])


def team_of(body: JSON) -> str:
    """The workspace that an event is for, by whose installation the bot hears of it.

    In a channel that workspaces share, the `team_id` beside it is of whoever made the channel.
    """
    for one in body.get("authorizations") or []:
        if one.get("team_id"):
            return str(one["team_id"])
    return str(body.get("team_id") or "")


def of_opening(body: JSON) -> Place:
    """The place of somebody who opens their Home."""
    event: JSON = body["event"]
    hash = str((event.get("view") or {}).get("hash") or "")
    return Place(event["user"], home=team_of(body), hash=hash)


def of_press(body: JSON) -> Place:
    """The place of a button or menu in a message or in the Home."""
    view: JSON = body.get("view") or {}
    if view.get("type") == "home":
        account = account_of(body)
        return Place(account.user, home=account.workspace, hash=str(view.get("hash") or ""))
    container = body.get("container") or {}
    lasting = container.get("type") == "message" and not container.get("is_ephemeral")
    channel = str(container.get("channel_id") or "")
    mine = lasting and _is_direct(channel)
    return Place(
        body["user"]["id"],
        body.get("response_url") or "",
        channel if mine else "",
        str(container.get("message_ts") or "") if mine else "",
        _room(channel, str((body.get("channel") or {}).get("name") or "")),
        public=lasting and not mine,
    )


def of_shortcut(body: JSON) -> Place:
    """The place of a shortcut: beside the message it was used on, for one pair of eyes.

    A global one has none, and within a thread Slack shows what a response URL gets outside of it:
    both are answered in the direct messages.
    """
    channel: JSON = body.get("channel") or {}
    in_thread = bool(thread_of(body.get("message") or {}))
    url = "" if in_thread else str(body.get("response_url") or "")
    room = _room(str(channel.get("id") or ""), str(channel.get("name") or ""))
    return Place(body["user"]["id"], url, room=room, public=True)


def packed(token: str, place: Place) -> str:
    """A form's token and place as its `private_metadata` (3000 characters at most)."""
    return json.dumps({"token": token, **asdict(place)})


def unpacked(metadata: str) -> tuple[str, Place]:
    """What `packed` packed; what another version of it left out is empty."""
    found = json.loads(metadata or "{}")
    texts = [field.name for field in fields(Place) if field.name != "public"]
    place = Place(
        **{name: str(found.get(name, "")) for name in texts},
        public=found.get("public") is True,
    )
    return str(found.get("token", "")), place


def _is_direct(channel: str) -> bool:
    """Whether it is a conversation of two; what is not known to be one has more readers."""
    return channel.startswith("D")


def _room(channel: str, name: str) -> str:
    """The channel's id; "" for direct messages, where a group's have a name that says so."""
    return "" if _is_direct(channel) or name.startswith("mpdm-") else channel
