"""A pitch as one picture for a phone, and as one page to attach (M14).

From top to bottom: on a dark ground what would change and why; the result in one large number and
as two bars; who says that it can be done. What there is little of is set larger, so that a short
pitch fills the page as well as a long one.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.pitches import Change, Gain, Pitch
from core.language import N_, tr
from core.pictures.fonts import face, undrawable
from core.pictures.sheet import DRAWING, INK, LEADING, Sheet

PHONE = (540.0, 675.0)
"""Points: four to five, the tallest that a feed and a chat show whole."""
PAGE = (595.0, 842.0)
"""Points: A4; on Letter it is printed a little smaller."""
PIXELS = 1080
MARGIN = 44.0
PAD, BOTTOM = 34.0, 30.0
SCALES = (1.5, 1.35, 1.2, 1.1, 1.0, 0.92, 0.84, 0.76, 0.7, 0.62, 0.55)
"""Sizes of type, the largest first: the first one at which all of it fits is taken."""
GAP = 16.0
"""Points between the parts at least, at a scale of 1."""
LEAST_BAR, MOST_BAR = 20.0, 62.0
"""Points that a bar is thick, at a scale of 1."""
READABLE = 12.5
"""Points below which a text is small on a phone."""
HERO, LABEL, BETWEEN = 54.0, 23.0, 9.0
"""Points at a scale of 1: the large number, the line above a bar, and between the two bars."""

_LABELS = {
    Gain.PROFIT: N_("MORE PROFIT"),
    Gain.COST: N_("LESS COST"),
    Gain.PROCESS: N_("A BETTER PROCESS"),
}


@dataclass(frozen=True)
class Pictures:
    """A pitch as a picture, 1080 pixels wide, and as a page whose description tells it in words.

    `is_cut` says that a text was too long for one of them even in the smallest type.
    """

    png: bytes
    pdf: bytes
    is_cut: bool


def pictures(pitch: Pitch) -> Pictures:
    """Draw a pitch. It takes a third of a second."""
    with DRAWING:
        phone, page = drawn(pitch, *PHONE), drawn(pitch, *PAGE)
        is_cut = phone.is_cut or page.is_cut
        return Pictures(phone.png(PIXELS), page.pdf(pitch.change, pitch.words), is_cut)


@dataclass(frozen=True)
class _Part:
    """A text as it will stand: its lines, their size, and the space above."""

    lines: list[str]
    size: float
    above: float = 0.0
    bold: bool = False
    italic: bool = False
    ink: str = INK.text
    bar: bool = False

    @property
    def height(self) -> float:
        return self.above + len(self.lines) * self.size * LEADING if self.lines else 0.0


@dataclass(frozen=True)
class _Parts:
    """All texts of a pitch at one scale."""

    head: list[_Part]
    proof: list[_Part]
    foot: list[_Part]
    scale: float

    @property
    def band(self) -> float:
        """How high the dark ground is."""
        return _high(self.head) + 1.75 * PAD * self.scale

    @property
    def fixed(self) -> float:
        """How high everything is but for the bars and what is left between the parts."""
        texts = _high(self.proof) + _high(self.foot)
        return self.band + (HERO + 2 * LABEL + BETWEEN) * self.scale + texts + BOTTOM


def drawn(pitch: Pitch, width: float, height: float) -> Sheet:
    """The pitch on a sheet of this size in points. Hold `DRAWING` meanwhile."""
    sheet = Sheet(width, height)
    for scale in SCALES:
        parts = _parts(sheet, pitch, scale)
        places = 4 if parts.proof else 3
        free = height - parts.fixed - places * GAP * scale
        if free >= 2 * LEAST_BAR * scale:
            break
    thick = min(max(free / 2, LEAST_BAR * scale), MOST_BAR * scale)
    gap = GAP * scale + max(free - 2 * thick, 0.0) / places
    sheet.box(0, 0, width, parts.band, INK.strong)
    _set(sheet, parts.head, PAD * scale)
    y = _hero(sheet, pitch.numbers, parts.band + gap, scale)
    y = _bars(sheet, pitch.numbers, y + gap, thick, scale)
    if parts.proof:
        _set(sheet, parts.proof, y + gap)
    _set(sheet, parts.foot, height - BOTTOM - _high(parts.foot))
    return sheet


def _parts(sheet: Sheet, pitch: Pitch, scale: float) -> _Parts:
    """Whole texts; at the smallest scale those that are too long even then are cut."""
    wide = sheet.width - 2 * MARGIN
    may_cut = scale == SCALES[-1]

    def part(text: str, size: float, most: int, above: float = 0.0, **style: str | bool) -> _Part:
        bold, italic = style.get("bold") is True, style.get("italic") is True
        size = max(size * scale, min(size, READABLE))
        font = face(size, bold=bold, italic=italic)
        room = wide - (size if style.get("bar") else 0)
        lines = sheet.wrapped(text, font, room, most if may_cut else 99) if text else []
        ink, bar = str(style.get("ink", INK.text)), style.get("bar") is True
        return _Part(lines, size, above * scale, bold, italic, ink, bar)

    head = [
        part(tr(_LABELS[pitch.gain]), 11.5, 1, bold=True, ink=INK.pale),
        part(pitch.change, 25, 6, 9, bold=True, ink=INK.paper),
        part(tr("Today: {problem}", problem=pitch.problem), 14.5, 5, 10, ink=INK.pale),
    ]
    proof = []
    if pitch.achievement:
        proof.append(part(tr("What I have done"), 11.5, 1, bold=True, ink=INK.accent))
        proof.append(part(pitch.achievement, 14.5, 4, 1))
    if pitch.endorsement:
        above = 10 if proof else 0
        proof.append(part(tr("What others say"), 11.5, 1, above, bold=True, ink=INK.accent))
        proof.append(part(pitch.endorsement, 14.5, 4, 3, italic=True, bar=True))
    return _Parts(head, proof, [part(_names(pitch), 11, 2, ink=INK.soft)], scale)


def _names(pitch: Pitch) -> str:
    """Whom it is for and from whom; a name whose letters no font here has is left out."""
    whom, by = ("" if undrawable(name) else name for name in (pitch.whom, pitch.by))
    if whom and by:
        return tr("For {whom}, from {by}", whom=whom, by=by)
    if whom:
        return tr("For {whom}", whom=whom)
    return tr("From {by}", by=by) if by else ""


def _high(parts: list[_Part]) -> float:
    return sum(part.height for part in parts)


def _set(sheet: Sheet, parts: list[_Part], y: float) -> float:
    for part in parts:
        if part.lines:
            y += part.above
            font = face(part.size, bold=part.bold, italic=part.italic)
            high = len(part.lines) * part.size * LEADING
            left = MARGIN
            if part.bar:
                sheet.box(MARGIN, y, 3.0, high - part.size * (LEADING - 1), INK.accent)
                left += part.size
            sheet.block(left, y, part.lines, font, part.ink, sheet.width - MARGIN)
            y += high
    return y


def _hero(sheet: Sheet, numbers: Change, y: float, scale: float) -> float:
    """How much it is, as large as the page allows; where the hero ends."""
    wide = sheet.width - 2 * MARGIN
    text, font = sheet.fitted(numbers.in_short, wide, HERO * scale, bold=True)
    sheet.text(MARGIN, y + HERO * scale, text, font, INK.accent, upright="baseline")
    return y + HERO * scale


def _bars(sheet: Sheet, numbers: Change, y: float, thick: float, scale: float) -> float:
    """Two bars from one zero line, each under its value; where they end."""
    wide = sheet.width - 2 * MARGIN
    lowest, highest = min(numbers.before, numbers.after, 0), max(numbers.before, numbers.after, 0)
    span = (highest - lowest) or 1.0
    zero = MARGIN + wide * (-lowest / span)
    before, after = numbers.said
    for said, value, fill, hatch in (
        (tr("Before: {value}", value=before), numbers.before, INK.weak, "///"),
        (tr("After: {value}", value=after), numbers.after, INK.accent, ""),
    ):
        words, font = sheet.fitted(said, wide, 15.5 * scale, bold=True)
        y += LABEL * scale
        sheet.text(MARGIN, y - 7 * scale, words, font, INK.text, upright="baseline")
        end = MARGIN + wide * ((value - lowest) / span)
        left, right = min(zero, end), max(zero, end)
        sheet.box(left, y, max(right - left, 3.0), thick, fill, hatch)
        if lowest < 0:
            sheet.upright(zero, y - 4, thick + 8, INK.text)
        y += thick + BETWEEN * scale
    return y - BETWEEN * scale
