"""Where the answer to an interaction goes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

from adapters.slack.controls import JSON


@dataclass(frozen=True)
class Place:
    """The spot that a command, a button or a form was used in.

    - `response_url`: answers there for 30 minutes, 5 times; empty where Slack gave none.
    - `channel` and `ts`: the lasting message of ours that a button was on. Empty for a command
      and for an ephemeral message, which nothing but its response URL can change.
    """

    user: str
    response_url: str = ""
    channel: str = ""
    ts: str = ""


def of_command(body: JSON) -> Place:
    """The place of a slash command."""
    return Place(body["user_id"], body.get("response_url") or "")


def of_press(body: JSON) -> Place:
    """The place of a button or menu in a message."""
    container = body.get("container") or {}
    lasting = container.get("type") == "message" and not container.get("is_ephemeral")
    return Place(
        body["user"]["id"],
        body.get("response_url") or "",
        container.get("channel_id", "") if lasting else "",
        container.get("message_ts", "") if lasting else "",
    )


def packed(token: str, place: Place) -> str:
    """A form's token and place as its `private_metadata` (3000 characters at most)."""
    return json.dumps({"token": token, **asdict(place)})


def unpacked(metadata: str) -> tuple[str, Place]:
    """What `packed` packed; what another version of it left out is empty."""
    found = json.loads(metadata or "{}")
    place = Place(**{field.name: str(found.get(field.name, "")) for field in fields(Place)})
    return str(found.get("token", "")), place
