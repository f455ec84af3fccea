"""Works out which mentions in a message would really ping somebody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tests.loopback.discord.errors import Json, Problems
from tests.loopback.discord.places import Channel, User

_CODE = re.compile(r"```.*?```|``.*?``|`[^`]*`", re.DOTALL)
_EVERYONE = re.compile(r"@(?:everyone|here)")
_ROLE = re.compile(r"<@&(\d+)>")
_USER = re.compile(r"<@!?(\d+)>")


@dataclass(frozen=True)
class Pings:
    """Who hears of a message. It is false when nobody does."""

    everyone: bool = False
    roles: tuple[int, ...] = ()
    users: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return self.everyone or bool(self.roles) or bool(self.users)


def texts_of(components: list[Json]) -> list[str]:
    """The text displays anywhere in the components: mentions there ping as in `content`."""
    found: list[str] = []
    for one in components:
        if one.get("type") == 10:
            found.append(str(one.get("content", "")))
        found += texts_of(one.get("components") or [])
    return found


def pings(text: str, allowed: Json | None, channel: Channel, hidden_for: User | None) -> Pings:
    """The pings of a new message. Ephemeral messages ping nobody; in a DM only its person."""
    if hidden_for is not None:
        return Pings()
    heard = _CODE.sub("", text)
    users = tuple(id_ for id_ in _ids(_USER, heard, allowed, "users") if _reachable(channel, id_))
    if channel.guild is None:
        return Pings(users=users)
    known = {role.id for role in channel.guild.roles.values()}
    roles = tuple(id_ for id_ in _ids(_ROLE, heard, allowed, "roles") if id_ in known)
    everyone = bool(_EVERYONE.search(heard)) and (allowed is None or "everyone" in _parse(allowed))
    return Pings(everyone, roles, users)


def _parse(allowed: Json) -> list[str]:
    return list(allowed.get("parse") or [])


def _ids(pattern: re.Pattern[str], text: str, allowed: Json | None, kind: str) -> list[int]:
    written = list(dict.fromkeys(int(match) for match in pattern.findall(text)))
    if allowed is None or kind in _parse(allowed):
        return written
    listed = {int(id_) for id_ in allowed.get(kind) or []}
    return [id_ for id_ in written if id_ in listed]


def _reachable(channel: Channel, user_id: int) -> bool:
    if channel.guild is None:
        return channel.recipient is not None and channel.recipient.id == user_id
    return user_id in channel.guild.members


def check_allowed(value: Any, problems: Problems) -> None:
    """Check an `allowed_mentions` object."""
    if value is None:
        return
    where = "allowed_mentions"
    for index, kind in enumerate(value.get("parse") or []):
        if kind not in ("roles", "users", "everyone"):
            problems.choices((where, "parse", index), ("roles", "users", "everyone"))
    for kind in ("roles", "users"):
        listed = value.get(kind) or []
        problems.length((where, kind), listed, 0, 100)
        if listed and kind in (value.get("parse") or []):
            problems.add(
                (where,),
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.',
            )
