"""Who looks at the page, as their browser tells it. There is no login: this is one computer."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from aiohttp import web

from adapters.web.dates import zone_named
from adapters.web.guard import locale_of
from adapters.web.records import PRIVATE, Place
from core.caller import Account, Caller, Platform, Room, Standing

MEMBER_COOKIE = "squeaky_member"
ZONE_COOKIE = "squeaky_zone"

FIRST_MEMBER = ("you", "You")
"""Who one is on the first visit: id and name."""

FIRST_CHANNEL: Place = "job-club"
CHANNEL = "channel"
"""The name of the pane that shows a channel."""

MOST_NAME = 40
"""Characters in the name of a member or a channel."""


@dataclass(frozen=True)
class Visitor:
    """One member at one browser.

    - `name`: what they call themselves; "" for who has not said, and is just "You".
    - `zone`: "" while nobody has said.
    - `pane`: "channel" or "private", the conversation that they are in.
    - `channel`: the channel that they look at beside the private conversation.
    """

    member: str
    name: str
    zone: str
    locale: str
    pane: str
    channel: Place

    @property
    def place(self) -> Place:
        """The conversation that they are in."""
        return PRIVATE if self.pane == PRIVATE else self.channel

    @property
    def clock_zone(self) -> ZoneInfo:
        """The zone in which times are shown."""
        return zone_named(self.zone) or ZoneInfo("UTC")

    def caller(self, key: str = "") -> Caller:
        """This member as the desk knows them, for one interaction."""
        account = Account(Platform.WEB, "", self.member)
        return Caller(
            account,
            key=key,
            zone=self.zone,
            locale=self.locale,
            name=self.name,
            opens_mail=True,
        )


def placed(caller: Caller, place: Place) -> Caller:
    """The caller at the place from which they ask, where everybody manages everything."""
    if place == PRIVATE:
        return caller
    return replace(caller, room=Room(Platform.WEB, "", place), standing=Standing(manages=True))


def visitor_of(
    request: web.Request,
    members: Mapping[str, str],
    channels: Sequence[Place],
    zone: str,
    post: Mapping[str, str],
) -> Visitor:
    """Read the visitor from cookies and headers; `zone` is the server's, for browsers without."""
    member = request.cookies.get(MEMBER_COOKIE, "")
    told = request.cookies.get(ZONE_COOKIE, "")
    pane = post.get("pane") or request.query.get("pane", "")
    channel = post.get("channel") or request.query.get("channel", "")
    known = member if member in members else FIRST_MEMBER[0]
    return Visitor(
        member=known,
        name="" if known == FIRST_MEMBER[0] else members[known],
        zone=told if zone_named(told) else zone,
        locale=locale_of(request),
        pane=PRIVATE if pane == PRIVATE else CHANNEL,
        channel=channel if channel in channels else channels[0],
    )


def member_id(name: str) -> str:
    """An id for a name: the same name is the same person, also after everything was forgotten."""
    folded = " ".join(name.casefold().split())
    if folded == FIRST_MEMBER[1].casefold():
        return FIRST_MEMBER[0]
    readable = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:24] or "member"
    return f"{readable}-{hashlib.sha256(folded.encode()).hexdigest()[:6]}"


def channel_id(name: str) -> Place:
    """A name as channels are called: "Second chance" becomes "second-chance"; "" for none."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    found = re.sub(r"[^\w]+", "-", plain).strip("-_")[:MOST_NAME]
    return "" if found == PRIVATE else found


def page_key() -> str:
    """A fresh key for the forms of one page, so that a form sent twice has one effect."""
    return secrets.token_urlsafe(12)


def interaction_key(member: str, path: str, post: list[tuple[str, str]]) -> str:
    """The name of one interaction: the same page, form and values give the same one."""
    told = "\0".join([member, path, *(f"{name}={value}" for name, value in sorted(post))])
    return "web-" + hashlib.sha256(told.encode()).hexdigest()[:32]
