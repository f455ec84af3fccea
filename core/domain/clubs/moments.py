"""A moment of the week as people write it: "Monday 9:00", "fri 4 pm", "Wednesday noon"."""

from __future__ import annotations

import re

from core.domain.clubs.weeks import WeekTime
from core.domain.hours import read_clock

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LEAST = 2
"""Letters that are enough for a day."""


def read_moment(text: str) -> WeekTime | None:
    """The moment, or None for what is not one."""
    day, _, rest = " ".join(text.replace(",", " ").split()).partition(" ")
    number = _day(day)
    at = read_clock(re.sub(r"^(at|um)\s+", "", rest.strip()))
    return WeekTime(number, at) if number is not None and at is not None else None


def moment_text(moment: WeekTime) -> str:
    """The moment as it can be typed: "Monday 9:00"."""
    return f"{DAYS[moment.day]} {moment.at.hour}:{moment.at.minute:02}"


def _day(word: str) -> int | None:
    found = [n for n, day in enumerate(DAYS) if day.lower().startswith(word.lower().rstrip(".s"))]
    return found[0] if len(word) >= _LEAST and len(found) == 1 else None
