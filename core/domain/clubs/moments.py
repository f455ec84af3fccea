"""A moment of the week as people write it: "Monday 9:00", "fri 4 pm", "lunes 9:00", "lundi 9h"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.domain.clubs.weeks import WeekTime
from core.domain.hours import read_clock
from core.domain.names import folded

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LEAST = 2
"""Letters that are enough for a day."""
_EACH = re.compile(r"^(?:on|el|los|le|les|chaque|cada)\s+")
"""What may stand before the day, here without accents."""
_AT = re.compile(r"^(?:at|um|a las?|al?|vers)\s+")
"""What may stand between the day and the hour."""


def read_moment(text: str, names: Sequence[str] = DAYS) -> WeekTime | None:
    """The moment, or None for what is not one.

    `names` are the days of another language, Monday first; those in English are known besides.
    """
    words = _EACH.sub("", folded(text.replace(",", " ")))
    day, _, rest = words.partition(" ")
    number = _day(day, names)
    at = read_clock(_AT.sub("", rest.strip()))
    return WeekTime(number, at) if number is not None and at is not None else None


def moment_text(moment: WeekTime, names: Sequence[str] = DAYS) -> str:
    """The moment as it can be typed: "Monday 9:00"."""
    return f"{names[moment.day]} {moment.at.hour}:{moment.at.minute:02}"


def _day(word: str, names: Sequence[str]) -> int | None:
    """The day that begins so in either language; None where that could be two days, or none."""
    start = word.rstrip(".s")
    both = (map(folded, names), map(folded, DAYS))
    found = {n for days in both for n, day in enumerate(days) if day.startswith(start)}
    return found.pop() if len(word) >= _LEAST and len(found) == 1 else None
