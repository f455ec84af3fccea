"""Matches: somebody in the club pursues the same organization."""

from __future__ import annotations

from dataclasses import dataclass

from core.caller import Account
from core.domain.clubs.records import Club
from core.language import tr
from core.reply import Button, Message, Tone
from core.requests import SayHello
from core.text import Text, say, say_n
from core.tokens import token
from core.voice.clubs.common import A_MEMBER, told, write_to


@dataclass(frozen=True)
class Waiting:
    """A match that waits for its reader's answer, the organization as they wrote it themselves.

    `id` is the match's; `more` others wait behind it.
    """

    club: Club
    organization: str
    id: int
    more: int = 0


def match(waiting: Waiting) -> Message:
    """Told to each of the two, of their own organization."""
    return _asking(
        waiting,
        _somebody(waiting),
        say(
            "Neither of you knows who it is, or whom the other writes to there. If you both want "
            "to be known, I tell each of you the other's name."
        ),
    )


def said(waiting: Waiting | None, *, no: bool) -> Message:
    """What one of the two said is kept; then the next match that waits for an answer."""
    line = (
        say("Then nobody hears who you are.")
        if no
        else say("If they want it too, I tell each of you who the other is. Else nobody hears.")
    )
    return told(line) if waiting is None else _asking(waiting, line, _somebody(waiting))


def hello(club: Club, name: str, account: Account, organization: str) -> Message:
    """Both wanted to be known."""
    return told(
        say(
            "**{name}** in **{club}** pursues **{organization}** too, and both of you wanted to "
            "be known. Compare notes.",
            name=name or tr(A_MEMBER),
            club=club.name,
            organization=organization,
        ),
        actions=(write_to("", account),),
    )


def _somebody(waiting: Waiting) -> Text:
    return say(
        "Somebody else in **{club}** pursues **{organization}** too.",
        club=waiting.club.name,
        organization=waiting.organization,
    )


def _asking(waiting: Waiting, *lines: Text) -> Message:
    yes = Button(tr("Tell them who I am"), token(SayHello(match=waiting.id)), Tone.PRIMARY)
    no = Button(tr("Rather not"), token(SayHello(match=waiting.id, no=True)))
    if waiting.more:
        more = say_n(
            "{count} more match waits; the next comes when you have answered this one.",
            "{count} more matches wait; the next comes when you have answered this one.",
            waiting.more,
        )
        lines += (more,)
    return told(*lines, actions=(yes, no))
