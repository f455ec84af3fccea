"""A club's board as one picture for a phone: all together, who reached a goal, and the weeks."""

from __future__ import annotations

import unicodedata

from core.domain.clubs.board import Board, Row
from core.domain.clubs.effort import Effort
from core.language import tr
from core.pictures.bars import DUE, MADE, legend, week_bars
from core.pictures.fonts import face, undrawable
from core.pictures.sheet import DRAWING, INK, LEADING, Sheet
from core.voice.board import (
    MOST_ROWS,
    counts_words,
    goal_words,
    others_words,
    reached_words,
    row_name,
    shows_trend,
    summary,
    week_words,
)

WIDTH, PIXELS = 540.0, 1080
MARGIN = 44.0
WIDE = WIDTH - 2 * MARGIN
NAMES = 196.0
COUNTS = 84.0
ROW = 46.0
CHART = 150.0
SHORTEST = 2
"""Letters that a name keeps at least when a font lacks some of it."""


def board_png(board: Board, club: str) -> bytes:
    """The picture, 1080 pixels wide, as high as it has to be."""
    with DRAWING:
        title = _title(Sheet(WIDTH, 100), club)
        sheet = Sheet(WIDTH, _height(board, len(title)))
        y = MARGIN + sheet.block(MARGIN, MARGIN, title, face(22, bold=True), INK.text)
        y += 2 + _line(sheet, y + 2, week_words(board), 15, INK.soft)
        y = _together(sheet, board, y + 22)
        if board.rows:
            y = _rows(sheet, board, y + 26)
        if shows_trend(board):
            _trend(sheet, board, y + 26)
        return sheet.png(PIXELS)


def drawable_name(name: str) -> str:
    """The name as far as the fonts have it, or "".

    Symbols that they lack are left out, and so are words in a script that they lack.
    """
    kept = " ".join(word for word in _without_symbols(name).split() if not undrawable(word))
    return kept if sum(map(str.isalpha, kept)) >= SHORTEST or kept == name else ""


def _without_symbols(text: str) -> str:
    """The text without the symbols that no font has; letters stay, as simple ones if there are."""
    if not undrawable(text):
        return text
    plain = unicodedata.normalize("NFKC", text)
    kept = (c for c in plain if unicodedata.category(c)[0] in "LMN" or not undrawable(c))
    return " ".join("".join(kept).split())


def _title(sheet: Sheet, club: str) -> list[str]:
    title = _without_symbols(club)
    drawn = tr("The club's board") if not title or undrawable(title) else title
    return sheet.wrapped(drawn, face(22, bold=True), WIDE, 2)


def _height(board: Board, title_lines: int) -> float:
    """As the parts below add up."""
    high = MARGIN * 2 + (title_lines * 22 + 15) * LEADING + 2 + 22 + 22 * LEADING
    high += 0 if board.quiet else 15 * LEADING + 36
    if board.rows:
        others = 16 * LEADING if others_words(board) else 0
        high += 26 + 17 * LEADING + 8 + ROW * min(len(board.rows), MOST_ROWS) + others
    return high + (26 + (17 + 12.5) * LEADING + 20 + CHART + 24 if shows_trend(board) else 0)


def _line(
    sheet: Sheet, y: float, words: str, size: float, ink: str, *, bold: bool = False
) -> float:
    """One line across the page, in smaller type where a language needs more room; how high it is
    set, which is the same for all of them.
    """
    drawn, font = sheet.fitted(words, WIDE, size, bold=bold)
    sheet.text(MARGIN, y, drawn, font, ink)
    return size * LEADING


def _together(sheet: Sheet, board: Board, y: float) -> float:
    """The total in large type, and below it as a bar."""
    large, small = summary(board)
    y += _line(sheet, y, large, 22, INK.strong, bold=True)
    if not small:
        return y
    y += _line(sheet, y, small, 15, INK.soft)
    _made_of_due(sheet, board.together, MARGIN, y + 10, WIDE, 24)
    return y + 36


def _rows(sheet: Sheet, board: Board, y: float) -> float:
    y += 8 + _line(sheet, y, reached_words(board), 17, INK.text, bold=True)
    for row in board.rows[:MOST_ROWS]:
        _row(sheet, row, y)
        y += ROW
    if words := others_words(board):
        y += _line(sheet, y, words, 16, INK.soft)
    return y


def _row(sheet: Sheet, row: Row, y: float) -> None:
    """Name, bar and count in one line; the goal and the streak below the bar."""
    named = drawable_name(row_name(row)) if row.name else ""
    name, font = named or tr("a member"), face(16, italic=not named)
    sheet.block(MARGIN, y, sheet.wrapped(name, font, NAMES - 12, 2), font, INK.text)
    left, room = MARGIN + NAMES, WIDE - NAMES - COUNTS
    _made_of_due(sheet, Effort(row.due, row.made), left, y + 2, room, 14)
    sheet.text(WIDTH - MARGIN, y, *sheet.fitted(counts_words(row), COUNTS, 16), INK.text, "right")
    sheet.text(left, y + 21, *sheet.fitted(goal_words(row), WIDE - NAMES, 13), INK.soft)


def _made_of_due(
    sheet: Sheet, effort: Effort, x: float, y: float, width: float, height: float
) -> None:
    """A bar of what was due, filled as far as it was made."""
    sheet.box(x, y, width, height, *DUE)
    if effort.made:
        sheet.box(x, y, width * effort.made / effort.due, height, *MADE)


def _trend(sheet: Sheet, board: Board, y: float) -> None:
    y += _line(sheet, y, tr("Pings by week"), 17, INK.text, bold=True)
    y = legend(sheet, MARGIN, y + 4)
    efforts = [(day, each or Effort()) for day, each in board.weeks]
    bars = [(day, each.made, each.due) for day, each in efforts]
    week_bars(sheet, bars, MARGIN, y + 16, CHART)
