"""How what is chosen is shown: an outcome, a channel, a pace. Kept and compared in English."""

from __future__ import annotations

from collections.abc import Iterable

from core.language import trp


def word(value: str) -> str:
    """A choice in the language that is spoken: "no answer"."""
    return trp("word", str(value))


def listed(parts: Iterable[str]) -> str:
    """Several in a row: "Acme and Globex"; "" for none."""
    *before, last = list(parts) or [""]
    if not before:
        return last
    row = before[0]
    for part in before[1:]:
        row = trp("more of a list follows", "{list} and {next}", list=row, next=part)
    return trp("end of a list", "{list} and {last}", list=row, last=last)
