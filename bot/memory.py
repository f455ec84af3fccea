"""Garbage collection that nobody has to wait for."""

from __future__ import annotations

import gc

YOUNG, MIDDLE, OLD = 2_000, 10, 100
"""Objects until the young ones are looked through, and how often that until the older ones are."""


def settle() -> None:
    """Never look again through what was loaded by now, and seldom through all that came after.

    Otherwise a full collection blocks the event loop for about a tenth of a second, many times a
    minute while digests go out.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
