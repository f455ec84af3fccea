"""Rows to follow-ups that could be: who, about what, what happened, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.drafting import is_mail_address
from core.domain.history import Terms, Touch
from core.domain.importing.dates import day_in, month_first_in
from core.domain.importing.headings import Meaning
from core.domain.importing.sheets import Sheet
from core.domain.importing.statuses import Standing, standing_of
from core.domain.names import contact_key, folded
from core.domain.portable import restored
from core.domain.words import Channel, CloseReason, Outcome, TouchKind
from core.language import N_, number_words, tr
from core.text import clip

NAME_LIMIT, ABOUT_LIMIT, ADDRESS_LIMIT, NOTE_LIMIT = 80, 200, 200, 2500


@dataclass(frozen=True)
class Candidate:
    """A follow-up that could be.

    - `touches`: oldest first, the one that added it at the front.
    - `number` and `referred_by`: in the export that it comes from, 0 for none.
    """

    line: int
    name: str
    organization: str
    about: str
    address: str
    standing: Standing
    touches: tuple[Touch, ...]
    via: Channel = Channel.UNKNOWN
    country: str = ""
    number: int = 0
    referred_by: int = 0

    @property
    def key(self) -> str:
        """The same for the same contact and matter."""
        return key_of(self.name, self.organization, self.about)


@dataclass(frozen=True)
class Reading:
    """What a file comes to.

    - `unread`: lines that could not be read, and why.
    - `doubts`: lines that are taken, with what could not be read in them.
    - `unknown`: statuses that nobody has told the meaning of, as first written, and in how many
      rows, most frequent first.
    """

    candidates: tuple[Candidate, ...]
    unread: tuple[tuple[int, str], ...]
    doubts: tuple[tuple[int, str], ...]
    unknown: tuple[tuple[str, int], ...]
    left_out: int = 0


def read(
    sheet: Sheet,
    columns: Mapping[int, Meaning],
    told: Mapping[str, Standing],
    today: date,
    *,
    month_first: bool,
) -> Reading:
    """Read each row. `told` is what the member said of statuses, by the folded word.

    `month_first` is how the member writes dates where the file itself does not tell.
    """
    return _Reader(sheet, columns, told, today, month_first).reading()


@dataclass
class _Reader:
    sheet: Sheet
    columns: Mapping[int, Meaning]
    told: Mapping[str, Standing]
    today: date
    month_first: bool

    def reading(self) -> Reading:
        dates = [n for n, m in self.columns.items() if m is Meaning.APPLIED]
        cells = self.sheet.column(dates[0]) if dates else []
        self.month_first = month_first_in(cells, self.month_first)
        found: list[Candidate] = []
        unread = [(line, clip(why, 90)) for line, why in self.sheet.broken]
        self.doubts: list[tuple[int, str]] = []
        self.unknown: dict[str, tuple[str, int]] = {}
        left_out = 0
        for line, row in zip(self.sheet.lines, self.sheet.rows, strict=True):
            candidate = self._candidate(line, [restored(cell) for cell in row])
            if candidate is None:
                held = clip(", ".join(cell for cell in row if cell), 60)
                why = tr("neither a company nor a name: {cells}", cells=held)
                unread.append((line, why))
            elif candidate.standing is Standing.LEAVE_OUT:
                left_out += 1
            else:
                found.append(candidate)
        unknown = sorted(self.unknown.values(), key=lambda each: -each[1])
        return Reading(
            tuple(found), tuple(sorted(unread)), tuple(self.doubts), tuple(unknown), left_out
        )

    def _candidate(self, line: int, cells: Sequence[str]) -> Candidate | None:
        held: dict[Meaning, str] = {}
        notes: list[str] = []
        for number, cell in enumerate(cells):
            meaning = self.columns.get(number, Meaning.NOTE)
            if not cell or meaning is Meaning.LEAVE_OUT:
                continue
            if meaning in (Meaning.NOTE, Meaning.LINK):
                notes.append(self._labelled(number, cell, meaning))
            else:
                held[meaning] = " ".join(cell.split())
        name = " ".join(held[part] for part in (Meaning.NAME, Meaning.SURNAME) if part in held)
        organization = held.get(Meaning.ORGANIZATION, "")
        if not name and not organization:
            return None
        about = held.get(Meaning.ABOUT, "")
        for label, text, limit in (
            (N_("name: {text}"), name, NAME_LIMIT),
            (N_("organization: {text}"), organization, NAME_LIMIT),
            (N_("role: {text}"), about, ABOUT_LIMIT),
        ):
            if len(text) > limit:
                notes.append(tr(label, text=text))
        standing = self._standing(held.get(Meaning.STATUS, ""), notes)
        applied = self._applied(line, held.get(Meaning.APPLIED, ""), notes)
        address = held.get(Meaning.ADDRESS, "")
        if len(address) > ADDRESS_LIMIT:
            notes.append(address)
        note = "\n".join(notes)
        if len(note) > NOTE_LIMIT:
            most = number_words(NOTE_LIMIT)
            self.doubts.append((line, tr("its note is cut after {most} characters", most=most)))
        return Candidate(
            line,
            clip(name, NAME_LIMIT),
            clip(organization, NAME_LIMIT),
            clip(about, ABOUT_LIMIT),
            address[:ADDRESS_LIMIT],
            standing,
            touches_of(standing, applied, self.today, note[:NOTE_LIMIT]),
            Channel.EMAIL if is_mail_address(address) else Channel.UNKNOWN,
        )

    def _labelled(self, number: int, cell: str, meaning: Meaning) -> str:
        heading = self.sheet.headings[number] if self.sheet.headings else ""
        known = meaning is Meaning.LINK or folded(heading).startswith(
            ("not", "comment", "coment", "komment", "bemerk", "observ", "remarq")
        )
        return cell if known or not heading else f"{heading}: {cell}"

    def _standing(self, text: str, notes: list[str]) -> Standing:
        if not text:
            return Standing.WAITING
        standing = self.told.get(folded(text)) or standing_of(text)
        if standing is None:
            first, rows = self.unknown.get(folded(text), (text, 0))
            self.unknown[folded(text)] = first, rows + 1
            standing = Standing.WAITING
        notes.append(tr("status: {text}", text=text))
        return standing

    def _applied(self, line: int, text: str, notes: list[str]) -> date | None:
        if not text:
            return None
        day = day_in(text, self.today, month_first=self.month_first)
        if day is None or day > self.today:
            why = tr(
                "“{text}” is no date that I can read; it is kept in the note"
                if day is None
                else "“{text}” is still to come; it is kept in the note",
                text=clip(text, 30),
            )
            self.doubts.append((line, why))
            notes.append(tr("date applied: {text}", text=text))
            return None
        return day


def touches_of(
    standing: Standing, applied: date | None, today: date, note: str
) -> tuple[Touch, ...]:
    """What happened, as a history. The application was the opener."""
    first = applied or today
    found = [Touch(TouchKind.ADDED, first, text=note, terms=Terms())]
    if applied is not None and standing is not Standing.PLANNED:
        found.append(Touch(TouchKind.SENT, applied, text=tr("Applied")))
    if standing is Standing.TALKING:
        found.append(Touch(TouchKind.REPLIED, first, outcome=Outcome.TALKING))
    elif standing is Standing.DISMISSED:
        found.append(Touch(TouchKind.REPLIED, first, outcome=Outcome.DISMISSED))
    elif standing is Standing.LANDED:
        found.append(Touch(TouchKind.CLOSED, first, reason=CloseReason.LANDED))
    return tuple(found)


def key_of(name: str, organization: str, about: str) -> str:
    """By what two follow-ups are the same."""
    return f"{contact_key(name, organization)}#{folded(about)}"
