"""What an import would save: pure work on what was read, done off the event loop."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.domain.cadence import fold
from core.domain.day_rules.dates import month_first
from core.domain.importing.candidates import Candidate, Reading, key_of, read
from core.domain.importing.columns import guess
from core.domain.importing.headings import Meaning
from core.domain.importing.own import (
    ChangedExport,
    Own,
    from_document,
    from_table,
    is_own_table,
    may_be_own_table,
    own_document,
)
from core.domain.importing.packing import packed, unpacked
from core.domain.importing.records import Record, Unreadable, UnreadableFile, records_of
from core.domain.importing.sheets import MOST_BYTES, MOST_ROWS, Sheet, sheet_from
from core.domain.importing.spreading import spread
from core.domain.importing.statuses import Standing
from core.domain.records import Contact, Member
from core.language import number_words
from core.problem import Problem
from core.store.importing import New
from core.voice import importing as voice


@dataclass(frozen=True)
class Plan:
    """What would be saved, and what would not be and why.

    - `standings`: how many of those that would be saved stand where.
    - `twins`: the lines of follow-ups that the member has already, or that come twice.
    """

    news: list[New]
    standings: Mapping[Standing, int]
    reading: Reading
    own: Own | None
    twins: tuple[int, ...]
    columns: Mapping[int, Meaning]
    sheet: Sheet | None


@dataclass(frozen=True)
class There:
    """What a plan needs to know of the member's list: keys of follow-ups, and how many are due."""

    member: Member
    today: date
    keys: frozenset[str]
    due: Mapping[date, int]


def kept_values(content: bytes, today: date) -> dict[str, Any]:
    """A file as it is kept until the member has decided. Raises Problem for what is no table."""
    document = own_document(content)
    if document is not None:
        _own({"document": document})
        return {"file": packed({"document": document}), "columns": {}, "told": {}}
    try:
        if len(content) > MOST_BYTES and not may_be_own_table(content):
            raise UnreadableFile(Unreadable.LARGE)
        records = records_of(content)
        if is_own_table(records):
            table = {"table": [(one.line, one.cells) for one in records]}
            _own(table)
            return {"file": packed(table), "columns": {}, "told": {}}
        sheet = sheet_from(records)
        if not sheet.rows:
            raise UnreadableFile(Unreadable.EMPTY)
    except UnreadableFile as error:
        most = number_words(MOST_ROWS)
        raise Problem(voice.UNREADABLE[error.why], field="file", most=most) from None
    file = {
        "headings": sheet.headings,
        "rows": sheet.rows,
        "lines": sheet.lines,
        "broken": sheet.broken,
    }
    columns = {str(n): m.value for n, m in guess(sheet, today).items()}
    return {"file": packed(file), "columns": columns, "told": {}}


def sheet_in(values: Mapping[str, Any]) -> Sheet | None:
    """The table of a kept file; None for an export of ours."""
    return _sheet(unpacked(values["file"]))


def columns_in(values: Mapping[str, Any]) -> dict[int, Meaning]:
    """What stands in which column, as far as it is known by now."""
    return {int(number): Meaning(value) for number, value in values["columns"].items()}


def planned(values: Mapping[str, Any], there: There) -> Plan:
    """What saving this file now would add to the list."""
    file = unpacked(values["file"])
    sheet, columns = _sheet(file), columns_in(values)
    own = _own(file) if sheet is None else None
    if own is not None:
        reading = Reading(own.candidates, (), (), ())
    else:
        assert sheet is not None
        told = {word: Standing(standing) for word, standing in values["told"].items()}
        first = month_first(there.member.locale) or False
        reading = read(sheet, columns, told, there.today, month_first=first)
    fresh: dict[str, Candidate] = {}
    twins = []
    for candidate in reading.candidates:
        if candidate.key in there.keys or candidate.key in fresh:
            twins.append(candidate.line)
        else:
            fresh[candidate.key] = candidate
    news = _news(list(fresh.values()), there, whole=own is not None)
    standings = Counter(candidate.standing for candidate in fresh.values())
    return Plan(news, standings, reading, own, tuple(twins), columns, sheet)


def _news(candidates: list[Candidate], there: There, *, whole: bool) -> list[New]:
    """Follow-ups to be; histories that are `whole` have their days already."""
    member, calendar = there.member, there.member.calendar
    if whole:
        placed = [(c, c.touches, fold(c.touches, calendar, member.rules)) for c in candidates]
    else:
        placed = spread(candidates, calendar, member.rules, there.today, member.most, there.due)
    return [
        New(
            Contact(0, c.name, c.organization, c.via, c.address, c.country),
            c.about,
            touches,
            position,
            c.number,
            c.referred_by,
        )
        for c, touches, position in placed
    ]


def keys_of(rows: list[tuple[str, str, str]]) -> frozenset[str]:
    """The keys of follow-ups by name, organization and matter."""
    return frozenset(key_of(*row) for row in rows)


def _sheet(file: Mapping[str, Any]) -> Sheet | None:
    if "rows" not in file:
        return None
    return Sheet(
        tuple(file["headings"]),
        tuple(tuple(row) for row in file["rows"]),
        tuple(file["lines"]),
        tuple((line, text) for line, text in file["broken"]),
    )


def _own(file: Mapping[str, Any]) -> Own:
    try:
        if "document" in file:
            return from_document(file["document"])
        return from_table([Record(line, tuple(cells)) for line, cells in file["table"]])
    except ChangedExport:
        raise Problem(voice.CHANGED, field="file") from None
