"""What stands in which column: told by its heading in many languages, else by what it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from core.domain.drafting import is_mail_address
from core.domain.importing.dates import day_in, month_first_in
from core.domain.importing.headings import Meaning, meaning_of
from core.domain.importing.sheets import Sheet
from core.domain.importing.statuses import standing_of

MOSTLY, PARTLY = 0.7, 0.4
"""The share of cells that tell what a column holds; of statuses people have words of their own."""


def guess(sheet: Sheet, today: date) -> dict[int, Meaning]:
    """The meaning of each column. Only one is the organization, one the role and so on."""
    found: dict[int, Meaning] = {}
    for exact in (True, False):
        known = [(n, meaning_of(heading, exact=exact)) for n, heading in enumerate(sheet.headings)]
        said = sorted((one[1], n, one[0]) for n, one in known if one is not None)
        for _, number, meaning in said:
            if number not in found and not _taken(meaning, found):
                found[number] = meaning
    for number in range(sheet.width):
        if number not in found:
            by_cells = _by_cells(sheet.column(number), today)
            if by_cells and not _taken(by_cells, found):
                found[number] = by_cells
    if not sheet.headings:
        _by_place(sheet, found)
    return {number: found.get(number, Meaning.NOTE) for number in range(sheet.width)}


def corrected(columns: Mapping[int, Meaning], number: int, meaning: Meaning) -> dict[int, Meaning]:
    """With one column's meaning changed; the column that had it before becomes a note."""
    several = meaning in (Meaning.NOTE, Meaning.LEAVE_OUT)
    others = {n: Meaning.NOTE if m is meaning and not several else m for n, m in columns.items()}
    return {**others, number: meaning}


def _taken(meaning: Meaning, found: Mapping[int, Meaning]) -> bool:
    return meaning is not Meaning.NOTE and meaning in found.values()


def _by_cells(cells: list[str], today: date) -> Meaning | None:
    if not cells:
        return None
    month_first = month_first_in(cells, otherwise=False)
    tests: tuple[tuple[Meaning, float, Callable[[str], bool]], ...] = (
        (Meaning.APPLIED, MOSTLY, lambda c: day_in(c, today, month_first=month_first) is not None),
        (Meaning.ADDRESS, MOSTLY, is_mail_address),
        (Meaning.LINK, MOSTLY, lambda c: c.startswith(("http://", "https://", "www."))),
        (Meaning.STATUS, PARTLY, lambda c: standing_of(c) is not None),
    )
    for meaning, share, fits in tests:
        if sum(map(fits, cells)) >= share * len(cells):
            return meaning
    return None


def _by_place(sheet: Sheet, found: dict[int, Meaning]) -> None:
    """Without headings the first words are mostly the company, the next the role."""
    free = [n for n in range(sheet.width) if n not in found and sheet.column(n)]
    for number, meaning in zip(free, (Meaning.ORGANIZATION, Meaning.ABOUT), strict=False):
        found[number] = meaning
