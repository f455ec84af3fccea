"""A pitch as one picture for a phone, and as one page to attach (M14)."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.pitches import Change, Gain, Pitch
from core.pictures.fonts import face
from core.pictures.sheet import DRAWING, INK, LEADING, Sheet

PHONE = (540.0, 675.0)
"""Points: four to five, the tallest that a feed and a chat show whole."""
PAGE = (595.0, 842.0)
"""Points: A4; on Letter it is printed a little smaller."""
PIXELS = 1080
MARGIN = 44.0
LEAST_CHART = 150.0

_LABELS = {Gain.PROFIT: "MORE PROFIT", Gain.COST: "LESS COST", Gain.PROCESS: "A BETTER PROCESS"}


def pitch_png(pitch: Pitch) -> bytes:
    """The picture, 1080 pixels wide."""
    with DRAWING:
        return _drawn(pitch, *PHONE).png(PIXELS)


def pitch_pdf(pitch: Pitch) -> bytes:
    """The page."""
    with DRAWING:
        return _drawn(pitch, *PAGE).pdf(f"For {pitch.whom}")


@dataclass(frozen=True)
class _Part:
    """A text as it will stand: its lines, their size, and the space above."""

    lines: list[str]
    size: float
    above: float
    bold: bool = False
    italic: bool = False
    ink: str = INK.text

    @property
    def height(self) -> float:
        return self.above + len(self.lines) * self.size * LEADING if self.lines else 0.0


def _drawn(pitch: Pitch, width: float, height: float) -> Sheet:
    """The largest type at which all of it fits; what is too long even then is cut."""
    sheet = Sheet(width, height)
    for scale in (1.3, 1.15, 1.0, 0.92, 0.84, 0.76, 0.7):
        above, below = _parts(sheet, pitch, scale)
        room = height - 2 * MARGIN - 34 * scale - sum(part.height for part in (*above, *below))
        if room >= LEAST_CHART * scale:
            break
    y = MARGIN + sheet.pill(MARGIN, MARGIN, _LABELS[pitch.gain], face(11 * scale, bold=True))
    y = _set(sheet, above, y)
    chart = min(max(room, 110.0), 280.0)
    _bars(sheet, pitch.numbers, y + 16 * scale, chart - 26 * scale, scale)
    y += max(chart, room - (height - PHONE[1]) * 0.4)
    _set(sheet, below, y)
    return sheet


def _parts(sheet: Sheet, pitch: Pitch, scale: float) -> tuple[list[_Part], list[_Part]]:
    wide = sheet.width - 2 * MARGIN

    def part(
        text: str,
        size: float,
        most: int,
        above: float,
        *,
        bold: bool = False,
        italic: bool = False,
        ink: str = INK.text,
    ) -> _Part:
        font = face(size * scale, bold=bold, italic=italic)
        lines = sheet.wrapped(text, font, wide, most) if text else []
        return _Part(lines, size * scale, above * scale, bold, italic, ink)

    above = [
        part(pitch.change, 25, 4, 12, bold=True),
        part(f"The problem: {pitch.problem}", 14.5, 4, 10, ink=INK.soft),
    ]
    below: list[_Part] = []
    if pitch.achievement:
        below.append(part("Done before", 11, 1, 4, bold=True, ink=INK.strong))
        below.append(part(pitch.achievement, 14.5, 3, 1))
    if pitch.endorsement:
        below.append(part("What others say", 11, 1, 10, bold=True, ink=INK.strong))
        below.append(part(pitch.endorsement, 14.5, 4, 1))
    names = f"For {pitch.whom}, from {pitch.by}" if pitch.by else f"For {pitch.whom}"
    below.append(part(names, 11, 2, 12, ink=INK.soft))
    return above, below


def _set(sheet: Sheet, parts: list[_Part], y: float) -> float:
    for part in parts:
        if part.lines:
            y += part.above
            font = face(part.size, bold=part.bold, italic=part.italic)
            y += sheet.block(MARGIN, y, part.lines, font, part.ink)
    return y


def _bars(sheet: Sheet, numbers: Change, y: float, height: float, scale: float) -> None:
    """Two bars from one zero line, each with its value; in large type how much that is."""
    wide = sheet.width - 2 * MARGIN
    big = face(34 * scale, bold=True)
    short = numbers.in_short
    aside = sheet.size(short, big) + 24 * scale if short else 0.0
    if aside > wide * 0.45:
        big, aside = face(22 * scale, bold=True), wide * 0.42
    room = wide - aside
    row = height / 2
    lowest, highest = min(numbers.before, numbers.after, 0), max(numbers.before, numbers.after, 0)
    span = (highest - lowest) or 1.0
    zero = MARGIN + room * (-lowest / span)
    time = f" {numbers.time}" if numbers.time else ""
    rows = (
        ("Before", numbers.before, numbers.before_text, INK.weak, "///"),
        ("After", numbers.after, numbers.after_text, INK.strong, ""),
    )
    for number, (label, value, text, fill, hatch) in enumerate(rows):
        top = y + number * row
        small = 13.5 * scale
        words = sheet.wrapped(f"{label}: {text}{time}", face(small, bold=True), room, 1)
        sheet.block(MARGIN, top, words, face(small, bold=True), INK.text)
        end = MARGIN + room * ((value - lowest) / span)
        left, right = min(zero, end), max(zero, end)
        thick = max(row - small * LEADING - 12 * scale, 12.0)
        sheet.box(left, top + small * LEADING, max(right - left, 2.0), thick, fill, hatch)
    if lowest < 0:
        sheet.upright(zero, y, height - 8 * scale, INK.text)
    if short:
        middle = y + height / 2 - 34 * scale * LEADING / 2
        sheet.text(sheet.width - MARGIN, middle, short, big, INK.strong, "right")
