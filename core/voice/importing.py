"""What an import says before anything is saved, and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.importing.candidates import Reading
from core.domain.importing.headings import Meaning
from core.domain.importing.records import Unreadable
from core.domain.importing.statuses import Standing
from core.language import N_, number_words, tr, trn
from core.reply import Action, Actions, Block, Button, Divider, Heading, Message, Paragraph, Tone
from core.requests import Ask, Importing
from core.store.importing import New
from core.text import Text, clip, say
from core.tokens import token
from core.voice.columns import columns_words
from core.voice.days import count, day_words
from core.voice.import_saving import spread_words

GONE = N_(
    "That file is done with: imported, cancelled or too long ago. `/followup list` shows what is "
    "there, and `/followup data import` reads a file anew."
)
ON_ITS_WAY = N_("That file is on its way into your list already. Stop it first, and read it anew.")
CHANGED = N_(
    "That is an export of mine, but it was changed in a way that I can't read. Send it as it came."
)
NOTHING_NEW = N_("There is nothing in it that you don't have already.")
CHOOSE = N_("Choose a CSV file from your computer: what your spreadsheet or tracker exports.")
LOST = {
    "large": N_(
        "That file is larger than 2 MB. Split it, or leave out the columns with long texts."
    ),
    "lost": N_("The file did not reach me. Send it once more."),
}
UNREADABLE = {
    Unreadable.EMPTY: N_("There is no row in that file. Save the sheet with your list as CSV."),
    Unreadable.LARGE: LOST["large"],
    Unreadable.LONG: N_("I take {most} rows at most. Split the file, the newest rows first."),
    Unreadable.WORKBOOK: N_(
        "That is a workbook, not a table of text. In your spreadsheet choose “Save as” or "
        "“Download” and there CSV, then send me that file."
    ),
    Unreadable.BINARY: N_(
        "I can't read that file. Send a CSV file: rows of text with commas between."
    ),
}
"""Why a file is no table; `{most}` is how many rows it may have."""
FEW = 5
SAMPLE = 3
_STANDINGS = {
    Standing.WAITING: N_("Waiting"),
    Standing.TALKING: N_("Talking"),
    Standing.PLANNED: N_("Not applied yet"),
    Standing.DISMISSED: N_("Dismissed"),
    Standing.LANDED: N_("Landed"),
    Standing.LEAVE_OUT: N_("Leave out"),
}
_COUNTED = (
    Standing.TALKING,
    Standing.WAITING,
    Standing.PLANNED,
    Standing.DISMISSED,
    Standing.LANDED,
)


@dataclass(frozen=True)
class Shown:
    """What the preview tells. `twins` are lines of what is there already, or comes twice."""

    news: Sequence[New]
    standings: Mapping[Standing, int]
    reading: Reading
    twins: Sequence[int]
    columns: Sequence[tuple[str, Meaning]]
    is_own: bool


def cancelled() -> Message:
    """They thought better of it."""
    return Message((Paragraph((say("Nothing was imported, and the file is forgotten."),)),))


def preview(shown: Shown, kept: int, today: date, most: int) -> Message:
    """What was understood and what was not; asks for what only the member knows.

    `most` is how many follow-ups a morning gets.
    """
    what = count(len(shown.news), "follow-up")
    blocks: list[Block] = [Heading(tr("Import: {what}", what=what))]
    if shown.is_own:
        blocks.append(
            Paragraph(
                (say("This is an export of mine: histories come back whole. Your settings stay."),)
            )
        )
    else:
        blocks.append(Paragraph((columns_words(shown.columns), *_standings(shown))))
    lines = [*_sample(shown, today, most), *_left_out(shown)]
    blocks += [Paragraph(tuple(lines))] if lines else []
    blocks += _unread(shown.reading)
    if shown.reading.unknown:
        return Message((*blocks, Divider(), *_question(shown.reading, kept)))
    actions: list[Action] = []
    if shown.news or shown.is_own:
        words = tr("Import the rest")
        if shown.news:
            words = tr("Import {count}", count=number_words(len(shown.news)))
        actions.append(Button(words, token(Importing(kept=kept, do="save")), Tone.PRIMARY))
    if not shown.is_own:
        actions.append(Button(tr("Columns"), token(Ask(form="columns", target=kept))))
    actions.append(Button(tr("Cancel"), token(Importing(kept=kept, do="cancel"))))
    return Message((*blocks, Actions(tuple(actions))))


def everything_unread(reading: Reading, twins: Sequence[int]) -> str:
    """Every line that does not come in whole, when they are too many for a message; or ""."""
    every = [*reading.unread, *reading.doubts]
    if len(every) <= FEW and len(twins) <= FEW:
        return ""
    every += [(line, tr("skipped: you have it already, or it comes twice")) for line in twins]
    lines = (tr("line {line}: {why}", line=line, why=why) for line, why in sorted(every))
    return "\n".join(lines) + "\n"


def _standings(shown: Shown) -> list[Text]:
    counted = ((standing, shown.standings.get(standing, 0)) for standing in _COUNTED)
    parts = [_standing(standing, number) for standing, number in counted if number]
    return [say("Of these {parts}.", parts=", ".join(parts))] if parts else []


def _standing(standing: Standing, number: int) -> str:
    match standing:
        case Standing.TALKING:
            return trn("{count} talking", "{count} talking", number)
        case Standing.WAITING:
            return trn("{count} waiting for an answer", "{count} waiting for an answer", number)
        case Standing.PLANNED:
            return trn("{count} not applied to yet", "{count} not applied to yet", number)
        case Standing.DISMISSED:
            return trn("{count} dismissed, so closed", "{count} dismissed, so closed", number)
        case _:
            return trn("{count} landed, so closed", "{count} landed, so closed", number)


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
        template = (
            N_("Skipped: {twins} that you have already, or that come twice (line {some}).")
            if len(shown.twins) <= FEW
            else N_(
                "Skipped: {twins} that you have already, or that come twice (line {some} and "
                "others)."
            )
        )
        lines.append(say(template, twins=len(shown.twins), some=some))
    if shown.reading.left_out:
        lines.append(say("Left out as you said: {count}.", count=shown.reading.left_out))
    return lines


def _unread(reading: Reading) -> list[Block]:
    found: list[Block] = []
    for template, every in (
        (N_("**Not read: {count}**"), reading.unread),
        (N_("**Read, but for one thing: {count}**"), reading.doubts),
    ):
        if not every:
            continue
        lines = [say(template, count=count(len(every), "line"))]
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
        Button(tr(words), token(Importing(kept=kept, do="status", standing=standing.value)))
        for standing, words in _STANDINGS.items()
    ]
    second: list[Action] = [*buttons[5:]]
    if others:
        rest = Importing(kept=kept, do="others", standing=Standing.WAITING.value)
        second.append(
            Button(tr("All {count} like it: waiting", count=len(others) + 1), token(rest))
        )
    second.append(Button(tr("Cancel"), token(Importing(kept=kept, do="cancel"))))
    return [Paragraph((line,)), Actions(tuple(buttons[:5])), Actions(tuple(second))]
