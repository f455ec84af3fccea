"""A page of text and drawings, from top to bottom, in points from its upper left corner.

matplotlib sets a text where it is told to, however long it is. Here texts are measured, wrapped
and, when they are too long, cut, so that nothing leaves the page or lies over something else.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock
from unicodedata import bidirectional

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle

from core.pictures.fonts import face

DRAWING = Lock()
"""Hold it while drawing: matplotlib shares fonts between threads and was not made for that."""
LEADING = 1.32
POINTS = 72.0
LEAST = 8.0
"""Points of the smallest type."""
FINE = 200
"""Points at which texts are measured: in small type they are set to whole pixels."""
NEARLY = 0.03
"""How far a line may be from the sum of its words: some letters stand closer together."""


@dataclass(frozen=True)
class Ink:
    """The colours, which differ in lightness too: a printer has one of them."""

    text: str = "#16202c"
    soft: str = "#55606e"
    strong: str = "#0f3d4c"
    pale: str = "#d3e4e8"
    accent: str = "#c8441b"
    weak: str = "#c3ccd4"
    paper: str = "#ffffff"
    wash: str = "#eef2f4"


INK = Ink()


@dataclass
class Sheet:
    """A page of `width` times `height` points."""

    width: float
    height: float
    is_cut: bool = field(init=False, default=False)
    figure: Figure = field(init=False)

    def __post_init__(self) -> None:
        self.figure = Figure(
            figsize=(self.width / POINTS, self.height / POINTS), dpi=POINTS, facecolor=INK.paper
        )
        ruler = Figure(dpi=POINTS)
        self._known: dict[tuple[str, object, str], float] = {}
        self._measure = FigureCanvasAgg(ruler).get_renderer()  # type: ignore[no-untyped-call]

    def size(self, text: str, font: FontProperties) -> float:
        """How wide a line of text is. Widths grow with the type, so each is measured once."""
        key = (text, font.get_weight(), font.get_style())
        if key not in self._known:
            big = font.copy()
            big.set_size(FINE)
            width, _, _ = self._measure.get_text_width_height_descent(
                text or " ", big, ismath=False
            )
            self._known[key] = float(width) / FINE
        return self._known[key] * font.get_size_in_points()

    def wrapped(self, text: str, font: FontProperties, width: float, most: int = 99) -> list[str]:
        """The text in lines of at most `width`; at most `most`, the last one cut."""
        lines = list(self._lines(text, font, width))
        if len(lines) <= most:
            return lines
        self.is_cut = True
        last = lines[most - 1]
        while self.size(f"{last}…", font) > width:
            shorter = last.rpartition(" ")[0]
            last = shorter if len(shorter) > len(last) / 2 else last[:-1]
        return [*lines[: most - 1], f"{last.rstrip(' ,.;:')}…"]

    def text(
        self,
        x: float,
        y: float,
        text: str,
        font: FontProperties,
        ink: str,
        align: str = "left",
        upright: str = "top",
    ) -> None:
        """One line whose upper edge, or "baseline", is at `y`."""
        self.figure.text(
            x / self.width,
            1 - y / self.height,
            text,
            fontproperties=font,
            color=ink,
            ha=align,
            va=upright,
            parse_math=False,
        )

    def block(
        self,
        x: float,
        y: float,
        lines: list[str],
        font: FontProperties,
        ink: str,
        right: float = 0.0,
    ) -> float:
        """Lines below each other; how high they are.

        What is written from right to left ends at `right`, where that is given.
        """
        step = font.get_size_in_points() * LEADING
        leftwards = bool(right) and bool(lines) and is_leftwards(lines[0])
        edge, align = (right, "right") if leftwards else (x, "left")
        for number, line in enumerate(lines):
            self.text(edge, y + number * step, line, font, ink, align)
        return step * len(lines)

    def fitted(
        self, text: str, width: float, size: float, *, bold: bool = False
    ) -> tuple[str, FontProperties]:
        """One line in the largest type, up to `size`, in which it fits; cut if it never does."""
        while size > LEAST and self.size(text, face(size, bold=bold)) > width:
            size *= 0.94
        font = face(size, bold=bold)
        return self.wrapped(text, font, width, 1)[0] if text else "", font

    def box(
        self, x: float, y: float, width: float, height: float, fill: str, hatch: str = ""
    ) -> None:
        """A filled rectangle; its edge keeps it visible on paper of any colour."""
        self.figure.add_artist(
            Rectangle(
                (x / self.width, 1 - (y + height) / self.height),
                width / self.width,
                height / self.height,
                facecolor=fill,
                edgecolor=INK.soft if hatch else fill,
                hatch=hatch,
                linewidth=0.6,
            )
        )

    def upright(self, x: float, y: float, height: float, ink: str) -> None:
        """A thin line from `y` downwards."""
        self.box(x - 0.5, y, 1.0, height, ink)

    def png(self, pixels: int) -> bytes:
        """The page as PNG, so many pixels wide."""
        out = io.BytesIO()
        self.figure.savefig(out, format="png", dpi=pixels * POINTS / self.width)
        return out.getvalue()

    def pdf(self, title: str, description: str) -> bytes:
        """The page as PDF, with text that can be searched."""
        out = io.BytesIO()
        metadata = {
            "Title": title,
            "Subject": description,
            "Creator": None,
            "Producer": None,
            "CreationDate": None,
        }
        self.figure.savefig(out, format="pdf", metadata=metadata)
        return out.getvalue()

    def _lines(self, text: str, font: FontProperties, width: float) -> Iterator[str]:
        line, sum_of_words = "", 0.0
        for word in _pieces(text):
            wide = self.size(word.rstrip(), font)
            if line and not self._fits(f"{line}{word}".rstrip(), sum_of_words + wide, font, width):
                yield line.rstrip()
                line, sum_of_words = "", 0.0
            line = f"{line}{word}" if line else word.lstrip()
            sum_of_words += self.size(word, font)
            while wide > width and self.size(line.rstrip(), font) > width and len(line) > 1:
                cut = self._fitting(line, font, width)
                yield line[:cut]
                line = line[cut:]
                sum_of_words = self.size(line, font)
        if line.strip():
            yield line.rstrip()

    def _fits(self, line: str, about: float, font: FontProperties, width: float) -> bool:
        """Whether a line fits; where the sum of its words can't tell, it is measured."""
        if abs(about - width) > NEARLY * width:
            return about <= width
        return self.size(line, font) <= width

    def _fitting(self, word: str, font: FontProperties, width: float) -> int:
        """How many characters of a word that is wider than a line fit into it."""
        low, high = 1, len(word)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (
                (middle, high) if self.size(word[:middle], font) <= width else (low, middle - 1)
            )
        return low


def is_leftwards(text: str) -> bool:
    """Whether its first letter is one that is written from right to left."""
    directions = (bidirectional(character) for character in text)
    return next((one for one in directions if one in ("L", "R", "AL")), "L") != "L"


def _pieces(text: str) -> Iterator[str]:
    """Where a line may end: after a space, and between characters of a script without spaces."""
    word = ""
    for character in " ".join(text.split()):
        if character == " ":
            yield f"{word} "
            word = ""
        elif "\u3040" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef":
            yield f"{word}{character}"
            word = ""
        else:
            word += character
    yield word
