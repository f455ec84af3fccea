"""The question before everything is forgotten, and the last words after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.language import tr
from core.reply import Actions, Button, Heading, Message, Paragraph, Tone
from core.requests import Forget, List
from core.text import say
from core.tokens import token
from core.voice.days import count

_COUNTED: dict[str, Callable[[int], str]] = {
    "followups": lambda n: count(n, "follow-up"),
    "contacts": lambda n: count(n, "contact"),
    "touches": lambda n: count(n, "entry of their histories", "entries of their histories"),
    "insights": lambda n: count(n, "insight"),
    "proofs": lambda n: count(n, "achievement or endorsement", "achievements and endorsements"),
    "memberships": lambda n: count(n, "membership of a club", "memberships of clubs"),
    "club_posts": lambda n: count(
        n, "ask or piece of news in a club", "asks and pieces of news in clubs"
    ),
    "offers": lambda n: count(n, "offer to somebody in a club", "offers to people in clubs"),
    "deliveries": lambda n: count(n, "message that I sent you", "messages that I sent you"),
}


def forgotten() -> Message:
    """The last words."""
    lines = (
        say("Everything is erased. I know nothing of you any more."),
        say("Should you write to me again, we begin anew. Good luck out there."),
    )
    return Message((Paragraph(lines),))


def own_part_question(listed: int) -> Message:
    """What goes of somebody who became one with another self only lately."""
    lines = (
        say(
            "You joined your selves less than a week ago. Until then I erase from here only what "
            "came from here: **{listed}**, your clubs here and your settings. It can't be undone.",
            listed=count(listed, "follow-up"),
        ),
        say("What came from elsewhere stays with your other self. Say the same there to erase it."),
    )
    sure = Button(tr("Erase what is from here"), token(Forget(sure=True)), Tone.DANGER)
    keep = Button(tr("Keep it all"), token(List(show="open")))
    return Message((Heading(tr("Forget you here?")), Paragraph(lines), Actions((sure, keep))))


def question(owned: Mapping[str, int]) -> Message:
    """What goes, by table and number of rows, and two buttons."""
    goes = [
        say("• {what}", what=counted(owned[table]))
        for table, counted in _COUNTED.items()
        if owned.get(table)
    ]
    rest = say("• your settings, your time zone, and what you could undo")
    end = say(
        "I keep no copy, so nobody can bring it back. Messages that stand in this chat stay until "
        "you delete them here."
    )
    sure = Button(tr("Erase everything"), token(Forget(sure=True)), Tone.DANGER)
    keep = Button(tr("Keep it all"), token(List(show="open")))
    return Message(
        (
            Heading(tr("Forget you?")),
            Paragraph((say("This goes, at once:"), *goes, rest)),
            Paragraph((end,)),
            Actions((sure, keep)),
        )
    )
