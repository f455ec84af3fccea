"""Import: files as people keep them, what is made of them, and nothing lost unsaid."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.cadence import STEADY, fold
from core.domain.calendar import calendar_of
from core.domain.importing.candidates import Reading, read
from core.domain.importing.columns import guess
from core.domain.importing.dates import day_in, month_first_in
from core.domain.importing.headings import Meaning
from core.domain.importing.own import ChangedExport, from_document, own_document
from core.domain.importing.records import Unreadable, UnreadableFile
from core.domain.importing.sheets import MOST_ROWS, Sheet, sheet_of
from core.domain.importing.spreading import spread
from core.domain.importing.statuses import Standing, standing_of
from core.domain.words import (
    TouchKind,
)
from tests.people import Office
from tests.spreadsheets import FILES
from tests.test_taking import file_of, rows

TODAY = date(2026, 11, 23)


def reading_of(content: bytes, told: dict[str, Standing] | None = None) -> Reading:
    sheet = sheet_of(content)
    return read(sheet, guess(sheet, TODAY), told or {}, TODAY, month_first=True)


def told(reading: Reading) -> list[str]:
    """Each candidate in a line: what a person would check."""
    lines = []
    for one in reading.candidates:
        sent = [t.day.isoformat() for t in one.touches if t.kind is TouchKind.SENT]
        who = " / ".join(part for part in (one.name, one.organization, one.about) if part)
        lines.append(f"{one.line}: {who} [{one.standing}] {' '.join(sent)}".rstrip())
    return lines


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_files_as_people_keep_them(file: Any) -> None:
    reading = reading_of(file.content)
    assert told(reading) == file.expected
    assert [f"{line}: {why}" for line, why in reading.unread] == file.unread
    assert [f"{line}: {why}" for line, why in reading.doubts] == file.doubts
    assert [word for word, _ in reading.unknown] == file.unknown


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_cell_is_lost_unsaid(file: Any) -> None:
    """Every word of every cell is in a follow-up, its history, or a line that is told."""
    sheet = sheet_of(file.content)
    reading = reading_of(file.content)
    taken: dict[int, str] = {}
    for one in reading.candidates:
        texts = [touch.text for touch in one.touches]
        days = [touch.day.isoformat() for touch in one.touches]
        taken[one.line] = " ".join(
            [one.name, one.organization, one.about, one.address, *texts, *days]
        )
    unread = {line for line, _ in reading.unread}
    columns = guess(sheet, TODAY)
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        for number, cell in enumerate(row):
            if not cell or line in unread or columns[number] is Meaning.APPLIED:
                continue
            words = " ".join(cell.split())
            assert words in " ".join(taken[line].split()), (line, cell)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-02", "2026-11-02"),
        ("2026-11-02T10:00:00Z", "2026-11-02"),
        ("02.11.2026", "2026-11-02"),
        ("11/2/26", "2026-11-02"),
        ("2 Nov 2026", "2026-11-02"),
        ("Nov 2, 2026", "2026-11-02"),
        ("Mon, 2 November 2026", "2026-11-02"),
        ("2. November 2026", "2026-11-02"),
        ("2 novembre 2026", "2026-11-02"),
        ("2 de noviembre de 2026", "2026-11-02"),
        ("Nov 30", "2025-11-30"),
        ("2 Nov", "2026-11-02"),
        ("46328", "2026-11-02"),
        ("20261102", "2026-11-02"),
        ("soon", None),
        ("31.02.2026", None),
        ("1887-01-01", None),
    ],
)
def test_dates_of_a_file(text: str, expected: str | None) -> None:
    found = day_in(text, TODAY, month_first=True)
    assert (found.isoformat() if found else None) == expected


def test_one_date_decides_for_the_column() -> None:
    assert month_first_in(["02/11/2026", "25/10/2026"], otherwise=True) is False
    assert month_first_in(["02/11/2026", "10/25/2026"], otherwise=False) is True
    assert month_first_in(["02/11/2026"], otherwise=True) is True


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("No response", Standing.WAITING),
        ("Interview 12.11.", Standing.TALKING),
        ("Rejected - no fit", Standing.DISMISSED),
        ("ABSAGE", Standing.DISMISSED),
        ("Refusé", Standing.DISMISSED),
        ("Entrevista", Standing.TALKING),
        ("Offer!", Standing.LANDED),
        ("Wishlist", Standing.PLANNED),
        ("Ghosted by HR", Standing.WAITING),
        ("???", None),
        ("blue", None),
    ],
)
def test_statuses(text: str, standing: Standing | None) -> None:
    assert standing_of(text) is standing


@settings(max_examples=150)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=300).map(str.encode)))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        sheet = sheet_of(content)
    except UnreadableFile:
        return
    assert all(len(row) == sheet.width for row in sheet.rows)
    reading = read(sheet, guess(sheet, TODAY), {}, TODAY, month_first=False)
    told_of = len(reading.candidates) + len(reading.unread) + reading.left_out
    assert told_of == len(sheet.rows) + len(sheet.broken)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Unreadable.EMPTY),
        (b"\n\n ,,\n", Unreadable.EMPTY),
        (b"x" * 2_000_001, Unreadable.LARGE),
        (b"a,b\n" * (MOST_ROWS + 2), Unreadable.LONG),
        (b"PK\x03\x04...", Unreadable.WORKBOOK),
        (b"%PDF\0\1", Unreadable.BINARY),
    ],
)
def test_what_is_no_table(content: bytes, why: Unreadable) -> None:
    with pytest.raises(UnreadableFile) as raised:
        sheet_of(content)
    assert raised.value.why is why


def test_two_follow_ups_with_one_person_leave_two_working_days_M6() -> None:
    text = f"Name,Company,Role,Date applied\nKim,Acme,PM,{TODAY}\nKim,Acme,Lead,2026-09-01\n"
    reading = reading_of(text.encode())
    calendar = calendar_of(frozenset(), ())
    placed = spread(reading.candidates, calendar, STEADY, TODAY, 5, {})
    due = {one.about: position.due for one, _, position in placed}
    assert due["Lead"] == date(2026, 11, 25), "two working days after the application of today"


async def test_an_export_that_was_changed_is_refused(office: Office) -> None:
    dana = office.member()
    await dana.says("add Robin Patel")
    await dana.says("export")
    content = file_of(dana, ".json").content.replace(b'"added"', b'"addled"')
    assert "was changed in a way" in await dana.imports(content)


async def test_nobody_else_goes_on_with_a_file(office: Office) -> None:
    dana, eve = office.member("dana"), office.member("eve")
    await dana.imports(b"Company,Role\nAcme,PM\n")
    preview = dana.last.message
    assert "is done with" in await eve.presses("Import 1", preview)
    assert await rows(eve) == []


def test_a_table_without_headings() -> None:
    sheet = sheet_of(b"Acme\tPM\t2026-10-01\n")
    assert sheet == Sheet((), (("Acme", "PM", "2026-10-01"),), (1,))


EXPORT = {
    "format": "squeaky",
    "version": 1,
    "followups": [
        {
            "number": 1,
            "contact": {
                "name": "Robin",
                "organization": "Acme",
                "via": "email",
                "address": "r@acme.example",
                "country": "DE",
            },
            "about": "PM",
            "referred_by": None,
            "history": [
                {
                    "kind": "added",
                    "day": "2026-11-02",
                    "via": "unknown",
                    "terms": {
                        "urgency": "normal",
                        "priority": "normal",
                        "trust": "some",
                        "first_on": None,
                    },
                },
                {"kind": "sent", "day": "2026-11-03", "via": "email", "angle": "idea"},
                {"kind": "snoozed", "day": "2026-11-04", "via": "unknown", "until": "2026-12-01"},
            ],
        }
    ],
    "insights": [{"organization": "Acme", "text": "dbt", "on": "2026-11-02"}],
    "proof": [{"text": "Calm", "by": "Kim", "knows": "", "named": True}],
}
VALUES: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.integers(),
    st.text(max_size=8),
    st.sampled_from(["9999-12-31", "0001-01-01", "closed", [], {}, [[]], "2026-02-30"]),
)


def paths_of(thing: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to each value in it."""
    inside = thing.items() if isinstance(thing, dict) else enumerate(thing)
    found = [path] if path else []
    for key, value in inside:
        nested = isinstance(value, dict | list)
        found += paths_of(value, (*path, key)) if nested else [(*path, key)]
    return found


@settings(max_examples=300)
@given(st.sampled_from(paths_of(EXPORT)), VALUES)
def test_an_export_that_anything_was_done_to_is_read_or_refused(
    path: tuple[Any, ...], value: Any
) -> None:
    changed = copy.deepcopy(EXPORT)
    inside: Any = changed
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = value
    try:
        own = from_document(changed)
    except ChangedExport:
        return
    for one in own.candidates:
        fold(one.touches, calendar_of(frozenset(), ()), STEADY)


def test_a_nested_bomb_is_no_export() -> None:
    assert own_document(b'{"a":' * 100_000) is None
