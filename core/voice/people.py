"""How a follow-up is named, and how its contact is reached."""

from __future__ import annotations

from core.domain.records import FollowUp
from core.domain.words import Channel
from core.text import Sayable, Text, join, say

_VIA = {
    Channel.EMAIL: "by email",
    Channel.PHONE: "by phone",
    Channel.TEXT: "by text",
    Channel.VOICE: "by voice message",
    Channel.LINKEDIN: "on LinkedIn",
    Channel.IN_PERSON: "in person",
    Channel.CHAT: "by chat",
    Channel.OTHER: "another way",
}

NO_NAME = (
    "No name yet. Look who signed the posting or who leads the team, or ask somebody who works "
    "there."
)
ASK_CHANNEL = "Ask how they like to be reached."


def via_words(via: Channel) -> str:
    """How a ping travels: "by email"; "" while it is unknown."""
    return _VIA.get(via, "")


def named(followup: FollowUp) -> Text:
    """The title in bold and where: "**Dana Lee**, Acme"."""
    contact = followup.contact
    where = contact.organization if contact.name else ""
    return join([say("**{title}**", title=followup.title), where], ", ")


def headline(followup: FollowUp) -> Text:
    """Who, where, about what, its number, and how they are reached."""
    parts = join([named(followup), followup.about], ", ")
    via = via_words(followup.contact.via)
    if not followup.contact.name:
        via = "no name yet"
    who: Sayable = say("{who} (#{number})", who=parts, number=followup.number)
    return join([who, via], " · ")


def hints(followup: FollowUp) -> list[Text]:
    """What is missing to write a good ping, and how to find it (M10)."""
    if not followup.contact.name:
        return [say(NO_NAME)]
    if followup.contact.via is Channel.UNKNOWN:
        return [say(ASK_CHANNEL)]
    return []
