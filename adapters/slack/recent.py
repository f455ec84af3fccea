"""Answers that are remembered, up to a number of them."""

from __future__ import annotations

from collections import OrderedDict
from typing import TypeVar

T = TypeVar("T")


def remember(kept: OrderedDict[str, T], key: str, value: T, most: int) -> None:
    """Keep it as the newest of `most`; the oldest makes room."""
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > most:
        kept.popitem(last=False)
