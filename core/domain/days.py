"""A day as people write it, read against the member's own today.

To understand wrongly is worse than to ask: what may mean two days, or is on the wrong side of
today, is refused with two days that may have been meant. What was decided where people differ:

- A week begins on Monday. "Next Friday" is in the next week, "Friday" is the coming one; on a
  Friday it may be today or a week away. "Last Friday" is the most recent one.
- 4/5 is read as the locale has it; both ways where the locale is unknown.
- "1 Nov" is the coming one, but when it was only some days ago it is taken for a slip.
- The end of a month or a week is its last working day, "early" its first one; the middle of a
  month is the working day nearest to the 15th, the earlier of two.
- "Next week" is its first working day; "next month" and "next year" are no day.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from core.domain.day_rules.base import FURTHEST, Days, Scene, Today, Unclear, UnclearDay
from core.domain.day_rules.instead import instead
from core.domain.day_rules.table import days_meant
from core.domain.day_rules.tongues import in_english
from core.domain.day_rules.words import corrected, slips, tidy

__all__ = [
    "FURTHEST",
    "Today",
    "Unclear",
    "UnclearDay",
    "may_name_a_day",
    "names_a_day",
    "read_day",
]

SLIP = timedelta(days=7)
"""How long ago a day without a year may be, and still be what was meant."""
LONGEST = 80
LONG_SLIP = 7
"""Letters of a word that is a misspelt day even in a line of other words."""

_ANCHORS = tuple(Today(date(2024, 1, 10), country=country) for country in ("US", "GB"))
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")


def read_day(text: str, today: Today, *, past: bool = False) -> date:
    """The day that these words mean.

    With `past` a day that already was is wanted (when something was sent): bare weekdays and dates
    without a year look back. Raises UnclearDay when the words name no day or several, one on the
    wrong side of today, or one more than two years away.
    """
    scene = Scene(today, days_meant, past)
    words = tidy(in_english(text, today.language)) if len(text) <= LONGEST else ""
    try:
        days = days_meant(words, scene)
        if not days:
            words, days = _mended(words, scene)
    except UnclearDay as unclear:
        raise UnclearDay(unclear.kind, _pair(unclear.suggestions, scene), past=past) from None
    return _settled(days, words, scene)


@lru_cache(maxsize=4096)
def names_a_day(text: str, language: str = "") -> bool:
    """Whether the words can only be a day, whichever today is, in a line of other words.

    They may be in that language, or in English.

    "May", "March", "second", "1/2" and "6 months" are not: they mean other things as well.
    """
    if len(text) > LONGEST:
        return False
    words = tidy(in_english(text, language))
    if re.fullmatch(r"[234] ?d", text.strip(), re.IGNORECASE):
        return False
    if _ORDINAL.fullmatch(words) and not re.search(r"\d", text):
        return False
    tries = [words]
    if slips(words) and all(len(word) >= LONG_SLIP for word in slips(words)):
        mended = corrected(words)
        tries += mended if len(mended) == 1 else []
    return any(_means_something(line) for line in tries)


def may_name_a_day(text: str, language: str = "") -> bool:
    """Whether the words make some sense as a day where one is asked for, as "4/5" and "5" do."""
    try:
        read_day(text, replace(_ANCHORS[0], language=language))
    except UnclearDay as unclear:
        return unclear.kind is not Unclear.NO_DAY
    return True


def _means_something(words: str) -> bool:
    scenes = [
        Scene(today, days_meant, past, line=True) for today in _ANCHORS for past in (False, True)
    ]
    return any(days_meant(words, scene) for scene in scenes)


def _mended(words: str, scene: Scene) -> tuple[str, Days]:
    """Read again without small slips. Raises UnclearDay when a slip may be two words."""
    lines = corrected(words)
    readings = [days_meant(line, scene) for line in lines]
    if len(lines) > 1 and all(readings):
        raise UnclearDay(Unclear.NO_DAY, tuple(days[0] for days in readings))
    return (lines[0], readings[0]) if len(lines) == 1 else (words, ())


def _settled(days: Days, words: str, scene: Scene) -> date:
    """The one day that is left of those the words may mean."""
    if not days:
        raise UnclearDay(Unclear.NO_DAY, past=scene.past)
    right = [day for day in days if _is_right(day, scene)]
    slipped = [day for day in days if not scene.on_side(day) and abs(day - scene.day) <= SLIP]
    if len(right) == 1 and (len(days) == 1 or not slipped):
        return right[0]
    offered = _offered((slipped or list(days))[0], words, scene)
    raise UnclearDay(_kind(days, right, scene), _pair((*right, *offered), scene), past=scene.past)


def _offered(day: date, words: str, scene: Scene) -> Days:
    try:
        return tuple(instead(day, words, scene))
    except (ValueError, OverflowError):  # at the ends of the calendar
        return ()


def _kind(days: Days, right: list[date], scene: Scene) -> Unclear:
    if len(right) > 1:
        return Unclear.AMBIGUOUS
    if all(scene.on_side(day) for day in days):
        return Unclear.FAR
    return Unclear.FUTURE if scene.past else Unclear.PAST


def _pair(days: Days, scene: Scene) -> Days:
    """The first two that can be meant, the nearer one first; or none."""
    right = [day for day in dict.fromkeys(days) if _is_right(day, scene)]
    return tuple(sorted(right[:2], key=lambda day: abs(day - scene.day))) if right[1:] else ()


def _is_right(day: date, scene: Scene) -> bool:
    return scene.on_side(day) and abs(day - scene.day) <= FURTHEST
