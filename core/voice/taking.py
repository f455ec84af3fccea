"""What is said beside the files that a member takes along."""

from __future__ import annotations

from datetime import date

from core.reply import Message, Paragraph
from core.text import say
from core.voice.days import count, day_words


def nothing_due() -> Message:
    """There is no day for a calendar."""
    lines = (
        say("Nothing is due, so there is no day to put into a calendar."),
        say("A day comes with each one whom you add: `/followup add Dana Lee @ Acme`."),
    )
    return Message((Paragraph(lines),))


def exported(followups: int) -> Message:
    """What is in the two files."""
    return Message(
        (
            Paragraph(
                (
                    say(
                        "Your data: {what} with all that happened.",
                        what=count(followups, "follow-up"),
                    ),
                    say(
                        "The **CSV** is the list for a spreadsheet. The **JSON** holds everything: "
                        "histories, insights, proof and settings."
                    ),
                    say("They are full of names: keep them where only you can read them."),
                )
            ),
        )
    )


def calendar(days: int, first: date, today: date) -> Message:
    """How many days are in the file, and how to keep them fresh."""
    return Message(
        (
            Paragraph(
                (
                    say(
                        "Your calendar: {what}, the first **{day}**.",
                        what=count(days, "due day"),
                        day=day_words(first, today),
                    ),
                    say(
                        "Open the file to import it. When days have moved, ask again and import it "
                        "again: each event moves to its new day, and what you closed is cancelled."
                    ),
                )
            ),
        )
    )
