"""Being two again, hearing that one became one, and digests that come another way."""

from __future__ import annotations

from collections.abc import Sequence

from core.caller import Account
from core.language import tr
from core.reply import Actions, Button, Heading, Message, Paragraph, Tone
from core.requests import Link, List
from core.text import Text, say
from core.tokens import token
from core.voice.days import count
from core.voice.reasons import told
from core.voice.selves import name_of, names_of, note, place_of


def was_used(other: Account, mine: Account, id: int) -> Message:
    """To who made the code: what came of it, and how to take it back."""
    lines = (
        say(
            "Your code was used: you are one person here and {place} now, with one list.",
            place=place_of(other, mine),
        ),
        say("Was that not you? Take it back, and each has again what was theirs."),
    )
    undo = Button(tr("Take it back"), token(Link(do="part", account=id)), Tone.DANGER)
    return Message((Paragraph(lines), Actions((undo,))))


def was_used_once() -> Message:
    """As `was_used`, once they have parted again or are gone."""
    return note(
        say(
            "Your code was used, and the two have parted again: each has what was theirs. Was that "
            "not you, then somebody saw your list meanwhile. Show a code to nobody."
        )
    )


def parting_question(
    id: int, goes: Account, others: Sequence[Account], listed: int, stay: int, *, mine: bool
) -> Message:
    """What each side has afterwards."""
    counted = {"listed": count(listed, "follow-up"), "stay": str(stay)}
    if mine:
        split = say(
            "**{listed}** came from here, **{stay}** from elsewhere ({rest}). Each goes back to "
            "where it was added, with all that happened since.",
            rest=names_of(others),
            **counted,
        )
    else:
        split = say(
            "**{listed}** came from {place}, **{stay}** from elsewhere (here). Each goes back to "
            "where it was added, with all that happened since.",
            place=name_of(goes),
            **counted,
        )
    lines = (
        split,
        say(
            "Clubs stay where they are, numbers as they are. Settings go with whose they were. "
            "Afterwards neither side sees the other."
        ),
    )
    buttons = [Button(tr("Part: each its own"), token(Link(do="parted", account=id)), Tone.DANGER)]
    if mine and listed:
        leave = token(Link(do="parted", account=id, leave=True))
        buttons.append(Button(tr("Part: leave all there"), leave))
    buttons.append(Button(tr("Stay one"), token(List(show="open"))))
    return Message((Heading(tr("Part your selves?")), Paragraph(lines), Actions(tuple(buttons))))


def parted(here: int, there: int) -> Message:
    """Done."""
    return note(
        say(
            "Parted. Here: **{here}**. There: **{there}**. Each has a morning message of its own "
            "again.",
            here=count(here, "follow-up"),
            there=count(there, "follow-up"),
        )
    )


def detour(other: Account, reason: str) -> Text:
    """Why a digest comes here and not where it was wanted."""
    place = place_of(other)
    if not reason:
        return say("This comes here because I can't reach you {place}.", place=place)
    return say(
        "This comes here because I can't reach you {place} ({reason}).",
        place=place,
        reason=told(reason),
    )
