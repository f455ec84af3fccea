"""Bytes of a file to rows of cells, whatever encoding and separator people's tools write."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from charset_normalizer import from_bytes

from core.caller import MOST_UPLOAD

if TYPE_CHECKING:
    from _csv import Reader

_SEPARATORS = ",;\t|"
_LOOKED_AT = 50
"""Lines from which the separator is told."""
_PATIENCE = 20
"""Times that all lines of a file are read again, at most, for quotes that nobody closed."""
_LEGACY = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "shift_jis", "gb18030", "big5")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_NO_TABLES = (b"%PDF", b"{\\rtf", b"<!doctype", b"<html", b"<?xml")
_SAYS_SEPARATOR = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
"""The first line of some files, for spreadsheets."""


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
class Record:
    """The cells of one row, as they are; `line` is the one of the file in which it begins."""

    line: int
    cells: tuple[str, ...]


def records_of(content: bytes) -> list[Record]:
    """The rows that hold something. Raises UnreadableFile, never anything else."""
    lines = list(io.StringIO(_text(content), newline=""))
    said = _SAYS_SEPARATOR.fullmatch(lines[0]) if lines else None
    separator = said[1] if said else _separator(lines[:_LOOKED_AT])
    found = [
        record
        for record in _records(lines, separator, 1 if said else 0)
        if any(cell.strip() for cell in record.cells)
    ]
    if not found:
        raise UnreadableFile(Unreadable.EMPTY)
    return found


def _text(content: bytes) -> str:
    if content.startswith(_WORKBOOKS):
        raise UnreadableFile(Unreadable.WORKBOOK)
    if content.lstrip()[:9].lower().startswith(_NO_TABLES):
        raise UnreadableFile(Unreadable.BINARY)
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace").removeprefix("\ufeff")
    if b"\0" in content:
        return content.decode(_wide(content), "replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        best = from_bytes(content, cp_isolation=list(_LEGACY)).best()
        return str(best) if best else content.decode("cp1252", "replace")


def _wide(content: bytes) -> str:
    """UTF-16 without its mark has a zero in nearly every other place. Raises UnreadableFile."""
    zeros = [content[start::2].count(0) / max(len(content) // 2, 1) for start in (0, 1)]
    if max(zeros) < 0.5 or min(zeros) > 0.1:
        raise UnreadableFile(Unreadable.BINARY)
    return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"


def _separator(lines: Sequence[str]) -> str:
    """The one that cuts most lines into the same number of cells, more than one."""

    def fit(separator: str) -> tuple[float, int]:
        sizes = [len(row) for row in _reader(lines, separator) if any(row)]
        usual = max(set(sizes), key=sizes.count, default=1)
        return (sizes.count(usual) / len(sizes) if usual > 1 else 0.0), usual

    return max(_SEPARATORS, key=fit)


def _reader(lines: Iterable[str], separator: str) -> Reader:
    csv.field_size_limit(MOST_UPLOAD)
    return csv.reader(lines, delimiter=separator)


def _records(lines: Sequence[str], separator: str, start: int) -> Iterator[Record]:
    """Every row. A quote that nobody closed costs its own line, not all that come after it.

    Where nearly every line has one, the file says nothing by quotes: looking for the end of each
    would take hours.
    """
    usual = _usual(lines[start : start + _LOOKED_AT], separator)
    patience = _PATIENCE * len(lines)
    while start < len(lines):
        if patience < 0:
            yield Record(start + 1, _bare(lines[start], separator))
            start += 1
            continue
        reader = _reader(map(lines.__getitem__, range(start, len(lines))), separator)
        begins = start
        for cells in reader:
            ends = start + reader.line_num
            if _swallowed(lines[begins:ends], cells, separator, usual):
                yield Record(begins + 1, _bare(lines[begins], separator))
                patience -= ends - begins
                begins += 1
                break
            yield Record(begins + 1, tuple(cells))
            begins = ends
        start = begins


def _bare(line: str, separator: str) -> tuple[str, ...]:
    return tuple(line.rstrip("\r\n").replace('"', "").split(separator))


def _usual(lines: Sequence[str], separator: str) -> int:
    sizes = Counter(len(row) for row in _reader(lines, separator) if any(row))
    return max(sizes, key=lambda size: sizes[size]) if sizes else 1


def _swallowed(lines: Sequence[str], cells: list[str], separator: str, usual: int) -> bool:
    """Whether an open quote has made one cell of several rows."""
    if len(lines) < 2 or usual < 2:
        return False
    quotes = sum(line.count('"') for line in lines)
    whole = sum(line.count(separator) == usual - 1 for line in lines[1:])
    return whole > 0 and (quotes % 2 == 1 or len(cells) != usual)
