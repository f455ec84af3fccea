"""Looking back as one picture for a phone: pings made and due by week, and what was answered."""

from __future__ import annotations

from core.domain.lookback import ENOUGH_ALIKE, Group, Lookback
from core.language import N_, tr
from core.pictures.bars import legend, week_bars
from core.pictures.fonts import face, undrawable
from core.pictures.sheet import DRAWING, INK, LEADING, Sheet
from core.voice.lookback import answered_of, name_of

WIDTH, PIXELS = 540.0, 1080
MARGIN = 44.0
CHART = 210.0
ROW, THICK = 31.0, 18.0
NAMES, COUNTS = 158.0, 112.0
"""Points for the name of a group and for its count, beside the bar."""
TYPE = 15.0
MOST_ROWS = 5
_BY = {
    "step": N_("Answered, by step"),
    "channel": N_("Answered, by channel"),
    "angle": N_("Answered, by angle"),
}


def lookback_png(found: Lookback) -> bytes:
    """The picture, 1080 pixels wide, as high as it has to be."""
    groups = _compared(found)
    rows = sum(len(each) for _, each in groups)
    height = MARGIN * 2 + 66 + CHART + (42 if groups else 16) + len(groups) * 42 + rows * ROW
    with DRAWING:
        sheet = Sheet(WIDTH, height)
        title, large = sheet.fitted(tr("Pings by week"), WIDTH - 2 * MARGIN, 21, bold=True)
        sheet.text(MARGIN, MARGIN, title, large, INK.text)
        y = MARGIN + 21 * LEADING
        y = legend(sheet, MARGIN, y + 6)
        bars = [(week.monday, week.made, week.due) for week in found.weeks]
        week_bars(sheet, bars, MARGIN, y + 14, CHART)
        y += 14 + CHART + 38
        for what, each in groups:
            title, bold = sheet.fitted(tr(_BY[what]), WIDTH - 2 * MARGIN, TYPE, bold=True)
            sheet.text(MARGIN, y, title, bold, INK.strong)
            y += 25
            for group in each:
                _row(sheet, group, y)
                y += ROW
            y += 17
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
    font = face(TYPE)
    name = sheet.wrapped(name_of(group), font, NAMES - 10, 1)[0]
    sheet.text(MARGIN, y, name, font, INK.text)
    room = WIDTH - 2 * MARGIN - NAMES - COUNTS
    sheet.box(MARGIN + NAMES, y, room, THICK, INK.wash)
    if group.answered:
        sheet.box(MARGIN + NAMES, y, room * group.share, THICK, INK.accent)
    told, small = sheet.fitted(answered_of(group), COUNTS - 12, TYPE)
    sheet.text(WIDTH - MARGIN, y, told, small, INK.text, "right")
