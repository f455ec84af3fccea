"""Pings made and due by week, as bars that differ in lightness and pattern, not in colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.language import number_words, trp
from core.pictures.fonts import face
from core.pictures.sheet import INK, LEADING, Sheet
from core.voice.days import day_and_month

MADE, DUE = (INK.accent, ""), (INK.weak, "///")
"""Fill and pattern."""
TYPE, SMALL = 15.0, 12.5
EVERY = 2
"""One in so many weeks is dated: more than that is too small to read on a phone."""


def legend(sheet: Sheet, x: float, y: float) -> float:
    """Which bar is which, in one line from `x`; the `y` below it."""
    font = face(TYPE)
    bars = ((trp("bars of a chart", "made"), MADE), (trp("bars of a chart", "due"), DUE))
    for text, (fill, hatch) in bars:
        sheet.box(x, y + 2, 15, 14, fill, hatch)
        sheet.text(x + 20, y, text, font, INK.soft)
        x += 20 + sheet.size(text, font) + 22
    return y + TYPE * LEADING


def week_bars(
    sheet: Sheet, weeks: Sequence[tuple[date, int, int]], x: float, y: float, height: float
) -> None:
    """Two bars a week, each with its number: the first day of the week, pings made, pings due.

    They stand on a line `height` below `y`, from `x` to as far from the right edge; the days stand
    below the line.
    """
    highest = max([1, *(max(made, due) for _, made, due in weeks)])
    slot = (sheet.width - 2 * x) / len(weeks)
    bar = slot * 0.36
    room = height - 18
    for number, (day, made, due) in enumerate(weeks):
        left = x + number * slot + slot * 0.12
        for value, start, (fill, hatch) in ((made, left, MADE), (due, left + bar + 2, DUE)):
            high = room * value / highest
            top = y + height - high
            if value:
                sheet.box(start, top, bar, high, fill, hatch)
                _count(sheet, start + bar / 2, top - 4, value, bar)
        if (len(weeks) - 1 - number) % EVERY == 0:
            middle = x + (number + 0.5) * slot
            sheet.text(middle, y + height + 6, day_and_month(day), face(SMALL), INK.soft, "center")
    sheet.box(x, y + height, sheet.width - 2 * x, 1.0, INK.soft)


def _count(sheet: Sheet, x: float, y: float, value: int, bar: float) -> None:
    """How many, above its bar and no wider than it: the one beside it has a number too."""
    words, font = sheet.fitted(number_words(value), bar + 1, SMALL)
    sheet.text(x, y, words, font, INK.text, "center", "baseline")
