"""Looking back as one picture for a phone: pings made and due by week, and what was answered."""

from __future__ import annotations

from core.domain.lookback import ENOUGH_ALIKE, Group, Lookback, Week
from core.pictures.fonts import face, undrawable
from core.pictures.sheet import DRAWING, INK, LEADING, Sheet
from core.voice.days import day_and_month
from core.voice.lookback import name_of

WIDTH, PIXELS = 540.0, 1080
MARGIN = 44.0
CHART = 210.0
ROW, THICK = 31.0, 18.0
NAMES, COUNTS = 158.0, 112.0
"""Points for the name of a group and for its count, beside the bar."""
TYPE, SMALL = 15.0, 12.5
EVERY = 2
"""One in so many weeks is dated: more than that is too small to read on a phone."""
MOST_ROWS = 5


def lookback_png(found: Lookback) -> bytes:
    """The picture, 1080 pixels wide, as high as it has to be."""
    groups = _compared(found)
    rows = sum(len(each) for _, each in groups)
    height = MARGIN * 2 + 66 + CHART + (42 if groups else 16) + len(groups) * 42 + rows * ROW
    with DRAWING:
        sheet = Sheet(WIDTH, height)
        y = MARGIN + sheet.block(MARGIN, MARGIN, ["Pings by week"], face(21, bold=True), INK.text)
        y = _legend(sheet, y + 6)
        _weeks(sheet, found.weeks, y + 14)
        y += 14 + CHART + 38
        for what, each in groups:
            sheet.text(MARGIN, y, f"Answered, by {what}", face(TYPE, bold=True), INK.strong)
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


def _legend(sheet: Sheet, y: float) -> float:
    font = face(TYPE)
    x = MARGIN
    for text, fill, hatch in (("made", INK.accent, ""), ("due", INK.weak, "///")):
        sheet.box(x, y + 2, 15, 14, fill, hatch)
        sheet.text(x + 20, y, text, font, INK.soft)
        x += 20 + sheet.size(text, font) + 22
    return y + TYPE * LEADING


def _weeks(sheet: Sheet, weeks: tuple[Week, ...], y: float) -> None:
    highest = max([1, *(max(week.made, week.due) for week in weeks)])
    slot = (WIDTH - 2 * MARGIN) / len(weeks)
    bar = slot * 0.36
    room = CHART - 18
    for number, week in enumerate(weeks):
        left = MARGIN + number * slot + slot * 0.12
        for value, x, fill, hatch in (
            (week.made, left, INK.accent, ""),
            (week.due, left + bar + 2, INK.weak, "///"),
        ):
            high = room * value / highest
            top = y + CHART - high
            if value:
                sheet.box(x, top, bar, high, fill, hatch)
                _count(sheet, x + bar / 2, top - 4, value, bar)
        if (len(weeks) - 1 - number) % EVERY == 0:
            middle = MARGIN + (number + 0.5) * slot
            words = day_and_month(week.monday)
            sheet.text(middle, y + CHART + 6, words, face(SMALL), INK.soft, "center")
    sheet.box(MARGIN, y + CHART, WIDTH - 2 * MARGIN, 1.0, INK.soft)


def _count(sheet: Sheet, x: float, y: float, value: int, bar: float) -> None:
    """How many, above its bar and no wider than it: the one beside it has a number too."""
    words, font = sheet.fitted(f"{value:,}", bar + 1, SMALL)
    sheet.text(x, y, words, font, INK.text, "center", "baseline")


def _row(sheet: Sheet, group: Group, y: float) -> None:
    font = face(TYPE)
    name = sheet.wrapped(name_of(group), font, NAMES - 10, 1)[0]
    sheet.text(MARGIN, y, name, font, INK.text)
    room = WIDTH - 2 * MARGIN - NAMES - COUNTS
    sheet.box(MARGIN + NAMES, y, room, THICK, INK.wash)
    if group.answered:
        sheet.box(MARGIN + NAMES, y, room * group.share, THICK, INK.accent)
    told, small = sheet.fitted(f"{group.answered:,} of {group.pings:,}", COUNTS - 12, TYPE)
    sheet.text(WIDTH - MARGIN, y, told, small, INK.text, "right")
