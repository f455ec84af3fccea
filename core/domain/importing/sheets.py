"""Rows of cells to a table: where its headings are, and which lines don't fit it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.importing.headings import meaning_of
from core.domain.importing.records import Record, Unreadable, UnreadableFile, records_of
from core.domain.names import clean_lines
from core.language import tr

MOST_BYTES = 2_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 60
TITLE_LINES = 10
"""Lines above the headings that a sheet may begin with."""
_EMPTY = frozenset({"null", "none", "n/a", "na", "-", "--", "—", "nan", "#n/a", "undefined", "nil"})


@dataclass(frozen=True)
class Sheet:
    """A table.

    - `headings`: of the columns; empty where the file has none.
    - `rows`: cells in as many columns each; empty words such as "null" are "".
    - `lines`: the line of the file in which each row begins, from 1.
    - `broken`: lines that are no rows: why, with what they hold.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    broken: tuple[tuple[int, str], ...] = ()

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0]) if self.rows else len(self.headings)

    def column(self, number: int) -> list[str]:
        """The cells of one column that are not empty."""
        return [row[number] for row in self.rows if row[number]]


def sheet_of(content: bytes) -> Sheet:
    """Read a file. Raises UnreadableFile; never anything else, whatever the bytes are."""
    if len(content) > MOST_BYTES:
        raise UnreadableFile(Unreadable.LARGE)
    return sheet_from(records_of(content))


def sheet_from(records: Sequence[Record]) -> Sheet:
    """Raises UnreadableFile."""
    cleaned = [Record(one.line, tuple(map(_cell, one.cells))) for one in records]
    kept = [one for one in cleaned if any(one.cells)]
    if not kept:
        raise UnreadableFile(Unreadable.EMPTY)
    if len(kept) > MOST_ROWS + 1:
        raise UnreadableFile(Unreadable.LONG)
    titles = _titles(kept)
    first, *others = kept[titles:]
    headings = first.cells if titles or _is_headings(first.cells, others) else ()
    others = others if headings else kept
    above = [
        (one.line, tr("above the headings: {cells}", cells=_held(one.cells)))
        for one in kept[:titles]
    ]
    return _table(headings, others, above)


def _table(
    headings: tuple[str, ...], body: Sequence[Record], above: Sequence[tuple[int, str]]
) -> Sheet:
    widest = len(headings) or max((len(one.cells) for one in body), default=1)
    width = min(max(widest, 1), MOST_COLUMNS)
    rows, lines, broken = [], [], [*above]
    for one in body:
        if any(one.cells[width:]):
            why = tr("more cells than columns: {cells}", cells=_held(one.cells))
            broken.append((one.line, why))
            continue
        rows.append((*one.cells[:width], *("",) * (width - len(one.cells))))
        lines.append(one.line)
    return Sheet(headings[:width], tuple(rows), tuple(lines), tuple(broken))


def _held(cells: Sequence[str]) -> str:
    return ", ".join(cell for cell in cells if cell)


def _cell(cell: str) -> str:
    text = clean_lines(cell)
    return "" if text.casefold() in _EMPTY else text


def _titles(records: Sequence[Record]) -> int:
    """How many lines stand above the headings: each has one cell, and the headings are known."""
    wide = (n for n, one in enumerate(records) if sum(map(bool, one.cells)) > 1)
    first = next(wide, 0)
    return first if first <= TITLE_LINES and _known(records[first].cells) > 1 else 0


def _known(cells: Sequence[str]) -> int:
    """How many different meanings of headings there are."""
    found = [meaning_of(cell, exact=True) for cell in cells]
    return len({one[0] for one in found if one is not None})


def _is_headings(first: Sequence[str], others: Sequence[Record]) -> bool:
    """Headings are short, differ from each other, and hold no date, number or address.

    Where two of them are known words, one may stand there twice.
    """
    filled = [cell for cell in first if cell]
    if not filled or any(len(cell) > 60 or _is_data(cell) for cell in filled):
        return False
    if _known(filled) < 2 and len(set(filled)) < len(filled):
        return False
    return bool(others) or len(filled) > 1


def _is_data(cell: str) -> bool:
    digits = sum(character.isdigit() for character in cell)
    return "@" in cell or "://" in cell or digits > len(cell) / 2
