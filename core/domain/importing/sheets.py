"""Bytes of a file to rows of cells: whatever encoding and separator people's tools write."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from enum import StrEnum

from charset_normalizer import from_bytes

from core.domain.names import clean_lines

MOST_BYTES = 2_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 60
MOST_CELL = 4_000
_SEPARATORS = ",;\t|"
_LOOKED_AT = 50
"""Lines from which the separator is told."""
_EMPTY = frozenset({"null", "none", "n/a", "na", "-", "--", "—", "nan", "#n/a", "undefined", "nil"})
_LEGACY = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "shift_jis", "gb18030", "big5")


class Unreadable(StrEnum):
    """Why a file is no table."""

    EMPTY = "empty"
    LARGE = "large"
    LONG = "long"
    WORKBOOK = "workbook"
    BINARY = "binary"


class UnreadableFile(ValueError):
    """The file is no table; `why` says what it is."""

    def __init__(self, why: Unreadable) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Sheet:
    """A table.

    - `headings`: of the columns; empty where the file has none.
    - `rows`: cells in as many columns each; empty words such as "null" are "".
    - `lines`: the line of the file in which each row begins, from 1.
    - `broken`: lines that have more cells than there are columns, with what they hold.
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
    text = _text(content)
    records = list(_records(text, _separator(text)))
    if not records:
        raise UnreadableFile(Unreadable.EMPTY)
    if len(records) > MOST_ROWS + 1:
        raise UnreadableFile(Unreadable.LONG)
    first = records[0][1]
    headings = first if _is_headings(first, [cells for _, cells in records[1:20]]) else ()
    body = records[1:] if headings else records
    width = min(max(len(headings) or len(first), 1), MOST_COLUMNS)
    rows, lines, broken = [], [], []
    for line, cells in body:
        whole = [cell for cell in cells[width:] if cell]
        if whole and headings:
            broken.append((line, ", ".join(cell for cell in cells if cell)))
            continue
        rows.append((*cells[:width], *("",) * (width - len(cells))))
        lines.append(line)
    return Sheet(headings[:width], tuple(rows), tuple(lines), tuple(broken))


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise UnreadableFile(Unreadable.LARGE)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UnreadableFile(Unreadable.WORKBOOK)
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, "replace").removeprefix("\ufeff")
    if b"\0" in content:
        raise UnreadableFile(Unreadable.BINARY)
    try:
        return content.decode()
    except UnicodeDecodeError:
        best = from_bytes(content, cp_isolation=list(_LEGACY)).best()
        return str(best) if best else content.decode("cp1252", "replace")


def _separator(text: str) -> str:
    """The one that cuts most lines into the same number of cells, more than one."""
    lines = "\n".join(text.splitlines()[:_LOOKED_AT])

    def fit(separator: str) -> tuple[float, int]:
        sizes = [len(row) for row in _parsed(lines, separator) if any(row)]
        usual = max(set(sizes), key=sizes.count, default=1)
        return (sizes.count(usual) / len(sizes) if usual > 1 else 0.0), usual

    return max(_SEPARATORS, key=fit)


def _parsed(text: str, separator: str) -> list[list[str]]:
    csv.field_size_limit(MOST_BYTES)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def _records(text: str, separator: str) -> list[tuple[int, tuple[str, ...]]]:
    """Rows that hold something, each with the line in which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    found: list[tuple[int, tuple[str, ...]]] = []
    begins = 1
    for record in reader:
        cells = tuple(_cell(cell) for cell in record)
        if any(cells):
            found.append((begins, cells))
        begins = reader.line_num + 1
    return found


def _cell(cell: str) -> str:
    text = clean_lines(cell[:MOST_CELL])
    return "" if text.casefold() in _EMPTY else text


def _is_headings(first: tuple[str, ...], others: list[tuple[str, ...]]) -> bool:
    """Headings are short, differ from each other, and hold no date, number or address."""
    filled = [cell for cell in first if cell]
    if not filled or len(set(filled)) < len(filled) or any(len(cell) > 60 for cell in filled):
        return False
    if any(_is_data(cell) for cell in filled):
        return False
    return bool(others) or len(filled) > 1


def _is_data(cell: str) -> bool:
    digits = sum(character.isdigit() for character in cell)
    return "@" in cell or "://" in cell or digits > len(cell) / 2
