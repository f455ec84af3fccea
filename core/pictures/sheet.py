"""A page of text and drawings, from top to bottom, in points from its upper left corner.

matplotlib sets a text where it is told to, however long it is. Here texts are measured, wrapped
and, when they are too long, cut, so that nothing leaves the page or lies over something else.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyBboxPatch, Rectangle

DRAWING = Lock()
"""Hold it while drawing: matplotlib shares fonts between threads and was not made for that."""
LEADING = 1.32
POINTS = 72.0
FINE = 10
"""Texts are measured so much larger: in small type they are set to whole pixels."""


@dataclass(frozen=True)
class Ink:
    """The colours, which differ in lightness too: a printer has one of them."""

    text: str = "#16202c"
    soft: str = "#55606e"
    line: str = "#c9d0d8"
    strong: str = "#0b5d6b"
    weak: str = "#b9c3cc"
    paper: str = "#ffffff"
    wash: str = "#eef2f4"


INK = Ink()


@dataclass
class Sheet:
    """A page of `width` times `height` points."""

    width: float
    height: float
    figure: Figure = field(init=False)

    def __post_init__(self) -> None:
        self.figure = Figure(
            figsize=(self.width / POINTS, self.height / POINTS), dpi=POINTS, facecolor=INK.paper
        )
        ruler = Figure(dpi=POINTS * FINE)
        self._measure = FigureCanvasAgg(ruler).get_renderer()  # type: ignore[no-untyped-call]

    def size(self, text: str, font: FontProperties) -> float:
        """How wide a line of text is."""
        width, _, _ = self._measure.get_text_width_height_descent(text or " ", font, ismath=False)
        return float(width) / FINE

    def wrapped(self, text: str, font: FontProperties, width: float, most: int = 99) -> list[str]:
        """The text in lines of at most `width`; at most `most`, the last one cut."""
        lines = list(self._lines(text, font, width))
        if len(lines) <= most:
            return lines
        last = lines[most - 1]
        while self.size(f"{last}…", font) > width:
            shorter = last.rpartition(" ")[0]
            last = shorter if len(shorter) > len(last) / 2 else last[:-1]
        return [*lines[: most - 1], f"{last.rstrip(' ,.;:')}…"]

    def text(
        self, x: float, y: float, text: str, font: FontProperties, ink: str, align: str = "left"
    ) -> None:
        """One line whose upper edge is at `y`."""
        self.figure.text(
            x / self.width,
            1 - y / self.height,
            text,
            fontproperties=font,
            color=ink,
            ha=align,
            va="top",
            parse_math=False,
        )

    def block(self, x: float, y: float, lines: list[str], font: FontProperties, ink: str) -> float:
        """Lines below each other; how high they are."""
        step = font.get_size_in_points() * LEADING
        for number, line in enumerate(lines):
            self.text(x, y + number * step, line, font, ink)
        return step * len(lines)

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

    def pill(self, x: float, y: float, text: str, font: FontProperties) -> float:
        """A word on a dark ground; how high it is."""
        high = font.get_size_in_points()
        wide = self.size(text, font)
        pad = high * 0.55
        self.figure.add_artist(
            FancyBboxPatch(
                ((x + pad) / self.width, 1 - (y + pad + high * 1.05) / self.height),
                wide / self.width,
                high * 1.05 / self.height,
                boxstyle=f"square,pad={pad / self.width}",
                mutation_aspect=self.width / self.height,
                facecolor=INK.strong,
                edgecolor=INK.strong,
            )
        )
        self.text(x + pad, y + pad, text, font, INK.paper)
        return high * 1.05 + 2 * pad

    def png(self, pixels: int) -> bytes:
        """The page as PNG, so many pixels wide."""
        out = io.BytesIO()
        self.figure.savefig(out, format="png", dpi=pixels * POINTS / self.width)
        return out.getvalue()

    def pdf(self, title: str) -> bytes:
        """The page as PDF, with text that can be searched."""
        out = io.BytesIO()
        metadata = {"Title": title, "Creator": None, "Producer": None, "CreationDate": None}
        self.figure.savefig(out, format="pdf", metadata=metadata)
        return out.getvalue()

    def _lines(self, text: str, font: FontProperties, width: float) -> Iterator[str]:
        line = ""
        for word in _pieces(text):
            longer = f"{line}{word}"
            if line and self.size(longer.rstrip(), font) > width:
                yield line.rstrip()
                line = word.lstrip()
            else:
                line = longer
            while self.size(line.rstrip(), font) > width and len(line) > 1:
                cut = self._fitting(line, font, width)
                yield line[:cut]
                line = line[cut:]
        if line.strip():
            yield line.rstrip()

    def _fitting(self, word: str, font: FontProperties, width: float) -> int:
        """How many characters of a word that is wider than a line fit into it."""
        low, high = 1, len(word)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (
                (middle, high) if self.size(word[:middle], font) <= width else (low, middle - 1)
            )
        return low


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
