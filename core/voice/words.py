"""How what is chosen is shown: an outcome, a channel, a pace. Kept and compared in English."""

from __future__ import annotations

from core.language import trp


def word(value: str) -> str:
    """A choice in the language that is spoken: "no answer"."""
    return trp("word", str(value))
