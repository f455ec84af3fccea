"""Looking back as one picture for a phone: pings made and due by week, and what was answered."""

from __future__ import annotations

from core.domain.lookback import ENOUGH_ALIKE, Group, Lookback
from core.pictures.bars import legend, week_bars
from core.pictures.fonts import face, undrawable
from core.pictures.sheet import DRAWING, INK, Sheet

WIDTH, PIXELS = 540.0, 1080
MARGIN = 44.0
CHART = 210.0
ROW = 26.0
NAMES = 150.0
MOST_ROWS = 5


def lookback_png(found: Lookback) -> bytes:
    """The picture, 1080 pixels wide, as high as it has to be."""
    groups = _compared(found)
    rows = sum(len(each) for _, each in groups)
    height = MARGIN * 2 + 62 + CHART + 52 + len(groups) * 40 + rows * ROW
    with DRAWING:
        sheet = Sheet(WIDTH, height)
        y = MARGIN + sheet.block(MARGIN, MARGIN, ["Pings by week"], face(21, bold=True), INK.text)
        y = legend(sheet, MARGIN, y + 6)
        bars = [(week.monday, week.made, week.due) for week in found.weeks]
        week_bars(sheet, bars, MARGIN, y + 14, CHART)
        y += 14 + CHART + 38
        for what, each in groups:
            sheet.text(MARGIN, y, f"Answered, by {what}", face(13, bold=True), INK.strong)
            y += 22
            for group in each:
                _row(sheet, group, y)
                y += ROW
            y += 18
        return sheet.png(PIXELS)


def _compared(found: Lookback) -> list[tuple[str, list[Group]]]:
    """What can be compared: two kinds of something at least, each with enough pings."""
    if not found.tells_answers:
        return []
    kept = [
        (what, [g for g in groups if g.pings >= ENOUGH_ALIKE and not undrawable(g.name)])
        for what, groups in found.groups.items()
    ]
    return [(what, each[:MOST_ROWS]) for what, each in kept if len(each) > 1]


def _row(sheet: Sheet, group: Group, y: float) -> None:
    font = face(13)
    name = sheet.wrapped(group.name, font, NAMES - 10, 1)[0]
    sheet.text(MARGIN, y, name, font, INK.text)
    told = f"{group.answered} of {group.pings}"
    room = WIDTH - 2 * MARGIN - NAMES - 70
    sheet.box(MARGIN + NAMES, y, room, 15, INK.wash)
    if group.answered:
        sheet.box(MARGIN + NAMES, y, room * group.share, 15, INK.strong)
    sheet.text(WIDTH - MARGIN, y, told, font, INK.text, "right")
