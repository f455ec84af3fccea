"""The fonts that pictures are set in, found without the system's own: the same everywhere."""

from __future__ import annotations

import logging
from functools import cache
from importlib.resources import files
from pathlib import Path

from fontTools.ttLib import TTFont
from matplotlib import get_data_path
from matplotlib.font_manager import FontProperties, fontManager

for _name in ("fontTools", "matplotlib"):
    logging.getLogger(_name).setLevel(logging.ERROR)  # it tells of each weight that a font lacks

LATIN = Path(get_data_path(), "fonts", "ttf")
"""DejaVu comes with matplotlib: Latin, Greek, Cyrillic, Hebrew, Arabic and most symbols."""
REGULAR, BOLD = "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"


@cache
def _families() -> list[str]:
    """Chinese and Japanese come from Noto Sans SC, which the package zhplot brings."""
    noto = str(files("zhplot").joinpath("fonts", "NotoSansSC-Regular.ttf"))
    fontManager.addfont(noto)
    return ["DejaVu Sans", FontProperties(fname=noto).get_name()]


def face(size: float, *, bold: bool = False, italic: bool = False) -> FontProperties:
    """A font of this size in points."""
    return FontProperties(
        family=_families(),
        size=size,
        weight="bold" if bold else "normal",
        style="italic" if italic else "normal",
    )


def undrawable(text: str) -> str:
    """The first character that no font here has, or ""."""
    known = _characters()
    return next((c for c in text if not c.isspace() and ord(c) not in known), "")


@cache
def _characters() -> frozenset[int]:
    noto = files("zhplot").joinpath("fonts", "NotoSansSC-Regular.ttf")
    found: set[int] = set()
    for path in (LATIN / REGULAR, Path(str(noto))):
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found)
