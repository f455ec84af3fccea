"""The question before everything is forgotten, and the last words after it."""

from __future__ import annotations

from collections.abc import Mapping

from core.reply import Actions, Button, Heading, Message, Paragraph, Tone
from core.requests import Forget, List
from core.text import say
from core.tokens import token
from core.voice.days import count

_COUNTED = {
    "followups": "follow-up",
    "contacts": "contact",
    "touches": "entry of their histories",
    "insights": "insight",
    "proofs": "achievement or endorsement",
    "memberships": "membership of a club",
    "club_posts": "ask or piece of news in a club",
    "offers": "offer to somebody in a club",
    "deliveries": "message that I sent you",
}
_PLURALS = {
    "membership of a club": "memberships of clubs",
    "ask or piece of news in a club": "asks and pieces of news in clubs",
    "offer to somebody in a club": "offers to people in clubs",
    "message that I sent you": "messages that I sent you",
    "entry of their histories": "entries of their histories",
    "achievement or endorsement": "achievements and endorsements",
}

FORGOTTEN = Message(
    (
        Paragraph(
            (
                say("Everything is erased. I know nothing of you any more."),
                say("Should you write to me again, we begin anew. Good luck out there."),
            )
        ),
    )
)


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
    sure = Button("Erase what is from here", token(Forget(sure=True)), Tone.DANGER)
    keep = Button("Keep it all", token(List(show="open")))
    return Message((Heading("Forget you here?"), Paragraph(lines), Actions((sure, keep))))


def question(owned: Mapping[str, int]) -> Message:
    """What goes, by table and number of rows, and two buttons."""
    goes = [
        say("• {what}", what=count(owned[table], one, _PLURALS.get(one, "")))
        for table, one in _COUNTED.items()
        if owned.get(table)
    ]
    rest = say("• your settings, your time zone, and what you could undo")
    end = say(
        "I keep no copy, so nobody can bring it back. Messages that stand in this chat stay until "
        "you delete them here."
    )
    sure = Button("Erase everything", token(Forget(sure=True)), Tone.DANGER)
    keep = Button("Keep it all", token(List(show="open")))
    return Message(
        (
            Heading("Forget you?"),
            Paragraph((say("This goes, at once:"), *goes, rest)),
            Paragraph((end,)),
            Actions((sure, keep)),
        )
    )
