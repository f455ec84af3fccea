"""How a follow-up is named, and how its contact is reached."""

from __future__ import annotations

from core.domain.records import FollowUp
from core.domain.words import Channel
from core.language import N_, tr
from core.text import Sayable, Text, join, say

_VIA = {
    Channel.EMAIL: N_("by email"),
    Channel.PHONE: N_("by phone"),
    Channel.TEXT: N_("by text"),
    Channel.VOICE: N_("by voice message"),
    Channel.LINKEDIN: N_("on LinkedIn"),
    Channel.IN_PERSON: N_("in person"),
    Channel.CHAT: N_("by chat"),
    Channel.OTHER: N_("another way"),
}

NO_NAME = N_("Find a name first: who signed the posting, who leads the team, whom you know there.")
ASK_CHANNEL = N_("Ask how they like to be reached.")


def via_words(via: Channel) -> str:
    """How a ping travels: "by email"; "" while it is unknown."""
    return tr(_VIA.get(via, ""))


def named(followup: FollowUp) -> Text:
    """The title in bold and where: "**Dana Lee**, Acme"."""
    contact = followup.contact
    where = contact.organization if contact.name else ""
    return join([say("**{title}**", title=followup.title), where], ", ")


def headline(followup: FollowUp) -> Text:
    """Who, where, about what, its number, and how they are reached."""
    return _numbered(followup, join([named(followup), followup.about], ", "))


def subtitle(followup: FollowUp) -> Text:
    """As `headline`, below a heading that holds the title already."""
    where = followup.contact.organization if followup.contact.name else ""
    return _numbered(followup, join([where, followup.about], ", "))


def _numbered(followup: FollowUp, parts: Text) -> Text:
    number = f"#{followup.number}"
    who: Sayable = say("{who} ({number})", who=parts, number=number) if parts else number
    via = via_words(followup.contact.via) if followup.contact.name else tr("no name yet")
    return join([who, via], " · ")


def hints(followup: FollowUp) -> list[Text]:
    """What is missing to write a good ping, and how to find it (M10)."""
    if not followup.contact.name:
        return [say(NO_NAME)]
    if followup.contact.via is Channel.UNKNOWN:
        return [say(ASK_CHANNEL)]
    return []
