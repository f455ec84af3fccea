"""The words of clubs, as closed sets."""

from __future__ import annotations

from enum import StrEnum


class Sharing(StrEnum):
    """How much a member lets their club see: counts under their name, with their streak, or counts
    without a name.
    """

    COUNTS = "counts"
    STREAK = "streak"
    HIDDEN = "hidden"


class PostKind(StrEnum):
    """What a member can let the bot say to their club."""

    ASK = "ask"
    WIN = "win"
