"""`python -m bot day WORDS`: how the bot reads a day, to try it out. It needs no settings."""

from __future__ import annotations

import argparse
from datetime import date

from bot.clock import Clock
from core.domain.days import Today, UnclearDay, read_day
from core.domain.holidays import known_country
from core.text import plain
from core.voice.unclear import unclear_words

NO_DAY = 2


def day_said(
    words: str, today: date | None, *, locale: str = "", country: str = "", past: bool = False
) -> tuple[str, int]:
    """The ISO day and 0, or the sentence that a member would get and 2.

    Without `today` it is the day on the clock of this machine.
    """
    day = today or Clock().now().astimezone().date()
    try:
        found = read_day(words, Today(day, locale=locale, country=country), past=past)
    except UnclearDay as unclear:
        return plain(unclear_words(unclear, words, day)), NO_DAY
    return found.isoformat(), 0


def iso_day(text: str) -> date:
    """A day for `--today`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2026-11-23") from None


def country(text: str) -> str:
    """A code for `--country`."""
    code = known_country(text)
    if code is None and text:
        raise argparse.ArgumentTypeError(f"{text!r} is no country such as US or DE-BY")
    return code or ""
