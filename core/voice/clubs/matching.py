"""Matches: somebody in the club pursues the same organization."""

from __future__ import annotations

from core.caller import Account
from core.domain.clubs.records import Club
from core.reply import Button, Message, PersonButton, Tone
from core.requests import SayHello
from core.text import say
from core.tokens import token
from core.voice.clubs.common import told


def match(club: Club, organization: str, id: int) -> Message:
    """Told to each of the two, of their own organization."""
    yes = Button("Tell them who I am", token(SayHello(match=id)), Tone.PRIMARY)
    no = Button("Rather not", token(SayHello(match=id, no=True)))
    return told(
        say(
            "Somebody else in **{club}** pursues **{organization}** too.",
            club=club.name,
            organization=organization,
        ),
        say(
            "Neither of you knows who it is, or whom the other writes to there. If you both want "
            "to be known, I tell each of you the other's name."
        ),
        actions=(yes, no),
    )


def said(club: Club, *, no: bool) -> Message:
    """What one of the two said is kept."""
    del club
    if no:
        return told(say("Then nobody hears who you are."))
    return told(say("If they want it too, I tell each of you who the other is. Else nobody hears."))


def hello(club: Club, name: str, account: Account, organization: str) -> Message:
    """Both wanted to be known."""
    return told(
        say(
            "**{name}** in **{club}** pursues **{organization}** too, and both of you wanted to "
            "be known. Compare notes.",
            name=name or "A member",
            club=club.name,
            organization=organization,
        ),
        actions=(PersonButton("Write to them", account),),
    )
