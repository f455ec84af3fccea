"""What is said while an import is saved, and when it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.language import number_words, tr
from core.reply import Actions, Button, Message, Paragraph
from core.requests import Importing, List
from core.text import Text, say, say_n
from core.tokens import token
from core.voice.days import count, day_words
from core.voice.rows import undo_button
from core.voice.words import listed


@dataclass(frozen=True)
class Outcome:
    """What an import comes to. `due` are the days over which it was spread."""

    followups: int
    insights: int
    proofs: int
    change: int
    due: Sequence[date]


def under_way(kept: int, done: int, total: int) -> Message:
    """How far it is."""
    line = say(
        "Importing: **{done}** of {total} so far. You can go on working meanwhile.",
        done=number_words(done),
        total=count(total, "follow-up"),
    )
    stop = Button(tr("Stop and take it back"), token(Importing(kept=kept, do="cancel")))
    again = Button(tr("Stands still? Go on"), token(Importing(kept=kept, do="go")))
    return Message((Paragraph((line,)), Actions((stop, again))))


def stopped(gone: int) -> Message:
    """What came of stopping."""
    words = say_n(
        "Stopped. {count} follow-up of it had come in and is off your list again: nothing is left "
        "of it.",
        "Stopped. {count} follow-ups of it had come in and are off your list again: nothing is "
        "left of it.",
        gone,
    )
    return Message((Paragraph((words,)),))


def saved(outcome: Outcome, today: date, most: int) -> Message:
    """How much is there now, and when it begins."""
    what = count(outcome.followups, "follow-up")
    extra = [
        count(outcome.insights, "insight") if outcome.insights else "",
        count(outcome.proofs, "piece of proof", "pieces of proof") if outcome.proofs else "",
    ]
    also = listed(part for part in extra if part)
    if also:
        lines = [say("Imported: **{what}**, {also}.", what=what, also=also)]
    else:
        lines = [say("Imported: **{what}**.", what=what)]
    lines += spread_words(outcome.due, today, most)
    show = Button(tr("My list"), token(List(show="open")))
    return Message((Paragraph(tuple(lines)), Actions((show, undo_button(outcome.change)))))


def spread_words(days: Sequence[date], today: date, most: int) -> list[Text]:
    """Over which mornings the first pings are spread; nothing of one ping."""
    if len(days) < 2:
        return []
    if days[0] == days[-1]:
        return [say("The first pings are due **{day}**.", day=day_words(days[0], today))]
    return [
        say(
            "The first pings are spread, {most} a morning at most: from **{first}** to **{last}**, "
            "the most promising first.",
            most=most,
            first=day_words(days[0], today),
            last=day_words(days[-1], today),
        )
    ]
