"""What an import says before anything is saved, and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.importing.candidates import Reading
from core.domain.importing.headings import Meaning
from core.domain.importing.records import Unreadable
from core.domain.importing.sheets import MOST_ROWS
from core.domain.importing.statuses import Standing
from core.domain.names import folded
from core.reply import Action, Actions, Block, Button, Divider, Heading, Message, Paragraph, Tone
from core.requests import Ask, Importing
from core.store.importing import New
from core.text import Text, clip, say
from core.tokens import token
from core.voice.days import count, day_words
from core.voice.import_saving import spread_words

GONE = (
    "That file is done with: imported, cancelled or too long ago. `/followup list` shows what is "
    "there, and `/followup data import` reads a file anew."
)
ON_ITS_WAY = "That file is on its way into your list already. Stop it first, and read it anew."
CHANGED = (
    "That is an export of mine, but it was changed in a way that I can't read. Send it as it came."
)
NOTHING_NEW = "There is nothing in it that you don't have already."
CHOOSE = "Choose a CSV file from your computer: what your spreadsheet or tracker exports."
LOST = {
    "large": "That file is larger than 2 MB. Split it, or leave out the columns with long texts.",
    "lost": "The file did not reach me. Send it once more.",
}
UNREADABLE = {
    Unreadable.EMPTY: "There is no row in that file. Save the sheet with your list as CSV.",
    Unreadable.LARGE: LOST["large"],
    Unreadable.LONG: f"I take {MOST_ROWS:,} rows at most. Split the file, the newest rows first.",
    Unreadable.WORKBOOK: (
        "That is a workbook, not a table of text. In your spreadsheet choose “Save as” or "
        "“Download” and there CSV, then send me that file."
    ),
    Unreadable.BINARY: "I can't read that file. Send a CSV file: rows of text with commas between.",
}
CANCELLED = Message((Paragraph((say("Nothing was imported, and the file is forgotten."),)),))
FEW = 5
SAMPLE = 3
_STANDINGS = (
    Standing.WAITING,
    Standing.TALKING,
    Standing.PLANNED,
    Standing.DISMISSED,
    Standing.LANDED,
    Standing.LEAVE_OUT,
)
_COUNTED = {
    Standing.TALKING: "talking",
    Standing.WAITING: "waiting for an answer",
    Standing.PLANNED: "not applied to yet",
    Standing.DISMISSED: "dismissed, so closed",
    Standing.LANDED: "landed, so closed",
}


@dataclass(frozen=True)
class Shown:
    """What the preview tells. `twins` are lines of what is there already, or comes twice."""

    news: Sequence[New]
    standings: Mapping[Standing, int]
    reading: Reading
    twins: Sequence[int]
    columns: Sequence[tuple[str, Meaning]]
    is_own: bool


def preview(shown: Shown, kept: int, today: date, most: int) -> Message:
    """What was understood and what was not; asks for what only the member knows.

    `most` is how many follow-ups a morning gets.
    """
    blocks: list[Block] = [Heading(f"Import: {count(len(shown.news), 'follow-up')}")]
    if shown.is_own:
        blocks.append(
            Paragraph(
                (say("This is an export of mine: histories come back whole. Your settings stay."),)
            )
        )
    else:
        blocks.append(Paragraph((_columns(shown.columns), *_standings(shown))))
    lines = [*_sample(shown, today, most), *_left_out(shown)]
    blocks += [Paragraph(tuple(lines))] if lines else []
    blocks += _unread(shown.reading)
    if shown.reading.unknown:
        return Message((*blocks, Divider(), *_question(shown.reading, kept)))
    actions: list[Action] = []
    if shown.news or shown.is_own:
        words = f"Import {len(shown.news):,}" if shown.news else "Import the rest"
        actions.append(Button(words, token(Importing(kept=kept, do="save")), Tone.PRIMARY))
    if not shown.is_own:
        actions.append(Button("Columns", token(Ask(form="columns", target=kept))))
    actions.append(Button("Cancel", token(Importing(kept=kept, do="cancel"))))
    return Message((*blocks, Actions(tuple(actions))))


def everything_unread(reading: Reading, twins: Sequence[int]) -> str:
    """Every line that does not come in whole, when they are too many for a message; or ""."""
    every = [*reading.unread, *reading.doubts]
    if len(every) <= FEW and len(twins) <= FEW:
        return ""
    every += [(line, "skipped: you have it already, or it comes twice") for line in twins]
    return "\n".join(f"line {line}: {why}" for line, why in sorted(every)) + "\n"


def _columns(columns: Sequence[tuple[str, Meaning]]) -> Text:
    aside = (Meaning.NOTE, Meaning.LINK, Meaning.LEAVE_OUT)
    taken = [_taken(heading, meaning) for heading, meaning in columns if meaning not in aside]
    notes = [h for h, meaning in columns if meaning in (Meaning.NOTE, Meaning.LINK)]
    go = "goes" if len(notes) == 1 else "go"
    also = clip(f"; {', '.join(notes)} {go} into the note", 300) if notes else ""
    return say("How I read it: {taken}{also}.", taken=clip(", ".join(taken), 400), also=also)


def _taken(heading: str, meaning: Meaning) -> str:
    return heading if folded(heading) == meaning.value else f"{heading} as the {meaning}"


def _standings(shown: Shown) -> list[Text]:
    counted = ((shown.standings.get(standing, 0), words) for standing, words in _COUNTED.items())
    parts = [f"{number:,} {words}" for number, words in counted if number]
    return [say("Of these {parts}.", parts=", ".join(parts))] if parts else []


def _sample(shown: Shown, today: date, most: int) -> list[Text]:
    lines = []
    due = sorted(
        (new.position.due, number)
        for number, new in enumerate(shown.news)
        if new.position.due is not None
    )
    for day, number in due[:SAMPLE]:
        new = shown.news[number]
        who = ", ".join(p for p in (new.contact.name, new.contact.organization, new.about) if p)
        lines.append(say("• {who}: next ping {day}", who=clip(who, 80), day=day_words(day, today)))
    days = [] if shown.is_own else [day for day, _ in due]
    return [*lines, *spread_words(days, today, most)]


def _left_out(shown: Shown) -> list[Text]:
    lines = []
    if shown.twins:
        some = ", ".join(map(str, shown.twins[:FEW]))
        lines.append(
            say(
                "Skipped: {twins} that you have already, or that come twice (line {some}{more}).",
                twins=len(shown.twins),
                some=some,
                more=" and others" if len(shown.twins) > FEW else "",
            )
        )
    if shown.reading.left_out:
        lines.append(say("Left out as you said: {count}.", count=shown.reading.left_out))
    return lines


def _unread(reading: Reading) -> list[Block]:
    found: list[Block] = []
    for title, every in (("Not read", reading.unread), ("Read, but for one thing", reading.doubts)):
        if not every:
            continue
        lines = [say("**{title}: {count}**", title=title, count=count(len(every), "line"))]
        lines += [
            say("line {line}: {why}", line=line, why=clip(why, 140)) for line, why in every[:FEW]
        ]
        if len(every) > FEW:
            lines.append(
                say("and {more} more: all of them are in the file.", more=len(every) - FEW)
            )
        found.append(Paragraph(tuple(lines), quiet=True))
    return found


def _question(reading: Reading, kept: int) -> list[Block]:
    """One status at a time, and a way to have done with the rest."""
    (word, rows), *others = reading.unknown
    line = say(
        "What does the status **“{word}”** mean? It stands in {rows}.",
        word=clip(word, 60),
        rows=count(rows, "row"),
    )
    buttons = [
        Button(
            standing.value.capitalize(),
            token(Importing(kept=kept, do="status", standing=standing.value)),
        )
        for standing in _STANDINGS
    ]
    second: list[Action] = [*buttons[5:]]
    if others:
        rest = Importing(kept=kept, do="others", standing=Standing.WAITING.value)
        second.append(Button(f"All {len(others) + 1} like it: waiting", token(rest)))
    second.append(Button("Cancel", token(Importing(kept=kept, do="cancel"))))
    return [Paragraph((line,)), Actions(tuple(buttons[:5])), Actions(tuple(second))]
