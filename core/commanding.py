"""A command as Discord shows it in the language that is spoken: "añadir" for "add"."""

from __future__ import annotations

from collections.abc import Iterable

from core.domain.names import folded
from core.language import ENGLISH, spoken, trp


def command_meant(typed: str, names: Iterable[str]) -> str:
    """Which of these commands, or words of them, is called so, accents or not; "" for none.

    English is the vocabulary that everybody is shown; this is for who types what they read.
    """
    if spoken() == ENGLISH:
        return ""
    wanted = folded(typed)
    found = {name for name in names if folded(_shown(name)) == wanted}
    return found.pop() if len(found) == 1 else ""


def _shown(name: str) -> str:
    return " ".join(trp("command", part) for part in name.split())
