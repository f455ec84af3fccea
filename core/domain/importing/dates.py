"""Dates in a column of a file: all are written in one way, so they are read together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

_NUMERIC = re.compile(r"(\d{1,4})[./\-\s](\d{1,2})[./\-\s](\d{1,4})(?:[ T,].*)?")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_ENDS = r"(?:[ T,].*)?"
_DAY, _MONTH = r"(\d{1,2})(?:st|nd|rd|th|\.|º)?", r"([^\W\d]{3,}\.?)"
_NAMED = re.compile(
    rf"(?:[^\W\d]+\.?,? )?(?:{_DAY}[ -]*(?:de |of )?{_MONTH}|{_MONTH} {_DAY}),?[ -]*(?:de )?"
    rf"(\d{{4}}|\d\d)?{_ENDS}"
)
_SERIAL = re.compile(r"(4\d{4})(?:[.,]\d+)?")
_SERIAL_START = date(1899, 12, 30)
"""The day that spreadsheets count from."""
_MONTHS = (
    ("jan", "ene", "gen", "sty", "янв"),
    ("feb", "fev", "fév", "lut", "фев"),
    ("mar", "mär", "mrz", "maa", "mrt", "мар"),
    ("apr", "avr", "abr", "kwi", "апр"),
    ("may", "mai", "mag", "mei", "maj", "май", "мая"),
    ("jun", "juin", "giu", "cze", "июн"),
    ("jul", "juil", "lug", "lip", "июл"),
    ("aug", "aou", "aoû", "ago", "sie", "авг"),
    ("sep", "set", "wrz", "сен"),
    ("oct", "okt", "out", "ott", "paz", "paź", "окт"),
    ("nov", "lis", "ноя"),
    ("dec", "dez", "déc", "dic", "gru", "дек"),
)


def month_first_in(cells: Sequence[str], otherwise: bool) -> bool:
    """Whether the month comes first: what no cell can decide is `otherwise`."""
    votes = 0
    for cell in cells:
        found = _NUMERIC.fullmatch(cell)
        if found and len(found[1]) < 4:
            votes += (int(found[2]) > 12) - (int(found[1]) > 12)
    return votes > 0 if votes else otherwise


def day_in(cell: str, today: date, *, month_first: bool) -> date | None:
    """The day of one cell; None when it is none, or none of the last and next 20 years.

    Without a year it is the last one that was.
    """
    found = _read(" ".join(cell.split()), today, month_first)
    return found if found and abs(found.year - today.year) <= 20 else None


def _read(cell: str, today: date, month_first: bool) -> date | None:
    if numeric := _NUMERIC.fullmatch(cell):
        first, second, third = (int(part) for part in numeric.groups())
        if first > 31:
            return _valid(first, second, third)
        month, day = (first, second) if month_first else (second, first)
        if numeric[0].count(".") >= 2:  # with dots the day comes first everywhere
            month, day = second, first
        return _valid(third + (2000 if third < 100 else 0), month, day)
    if compact := _COMPACT.fullmatch(cell):
        return _valid(*(int(part) for part in compact.groups()))
    if serial := _SERIAL.fullmatch(cell):
        return _SERIAL_START + timedelta(days=int(serial[1]))
    if named := _NAMED.fullmatch(cell):
        return _named(named, today)
    return None


def _named(found: re.Match[str], today: date) -> date | None:
    month = _month(found[2] or found[3])
    if month is None:
        return None
    day, year = int(found[1] or found[4]), found[5]
    if year:
        return _valid(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this = _valid(today.year, month, day)
    return _valid(today.year - 1, month, day) if this is None or this > today else this


def _month(word: str) -> int | None:
    word = word.casefold()
    fitting = (n for n, starts in enumerate(_MONTHS, 1) if word.startswith(starts))
    return next(fitting, None)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
