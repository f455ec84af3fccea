"""The pictures of the docs are made by the running bot, and show what it shows now."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from docs import pictures
from tests.chromium import needs_chromium

pytestmark = needs_chromium

KEPT = pictures.IMAGES
SMALL = (64, 64)
MOST_TALLER = 0.1
"""Of the height: fonts of another machine break lines elsewhere."""
MOST_DIFFERENT = 12.0
"""Mean of the differences between pixels of 0 to 255, where both are drawn small."""


async def test_they_can_be_made_again_and_come_out_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "IMAGES", tmp_path)
    await pictures.main()
    _compare(tmp_path)


def _compare(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {path.name for path in KEPT.iterdir()}
    for path in sorted(KEPT.iterdir()):
        with Image.open(path) as kept, Image.open(folder / path.name) as made:
            assert made.width == kept.width, path.name
            assert abs(made.height - kept.height) <= MOST_TALLER * kept.height, path.name
            assert _difference(made, kept) < MOST_DIFFERENT, f"{path.name}: make it again"


def _difference(one: Image.Image, other: Image.Image) -> float:
    small = [each.convert("L").resize(SMALL) for each in (one, other)]
    return float(ImageStat.Stat(ImageChops.difference(*small)).mean[0])
