"""How what is chosen is shown: an outcome, a channel, a pace. Kept and compared in English."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from core.language import tr, trp


def word(value: str) -> str:
    """A choice in the language that is spoken: "no answer"."""
    return trp("word", str(value))


def both(words: Iterable[str]) -> str:
    """Several in a row: "Acme and Globex"; "" for none."""
    return reduce(
        lambda first, last: tr("{first} and {last}", first=first, last=last) if first else last,
        words,
        "",
    )
