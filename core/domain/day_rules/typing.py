"""Days that somebody may be about to write, from the beginning of the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain, islice

from core.domain.day_rules.base import MONTHS, WEEKDAYS, Days, Today, Unclear, UnclearDay
from core.domain.days import LONGEST, read_day

_USUAL_AHEAD = ("tomorrow", "in 3 days", "next monday", "in 7 days", "in 14 days")
_USUAL_BACK = ("today", "yesterday", "2 days ago", "3 days ago", "7 days ago")
_COUNTS = (2, 3, 4, 5, 7, 10, 14)
_PARTS = (
    *("next week", "end of week", "end of next week", "week after next", "after weekend"),
    *("end of month", "beginning of next month", "early next month", "mid next month"),
    *("mid month", "middle of next month", "end of next month", "end of year", "next month"),
    *("first monday of next month", "last friday of this month", "next working day"),
    *("after thanksgiving", "after christmas", "after new year", "after easter"),
)
_PARTS_BACK = ("last week", "end of last week", "end of last month", "last month")


def days_to_come(text: str, today: Today, *, past: bool, most: int) -> list[date]:
    """At most so many days, the likeliest first. Nothing that is typed raises."""
    if len(text) > LONGEST:
        return []
    typed = _plain(text)
    if not typed:
        usual = _USUAL_BACK if past else _USUAL_AHEAD
        return _read(iter(usual), today, past=past, most=most)
    fitting = (read for shown, read in _phrases(typed, past=past) if _begins(shown, typed))
    phrases = _with_text(text, fitting, today, past=past)
    return _read(phrases, today, past=past, most=most)


def _read(phrases: Iterator[str], today: Today, *, past: bool, most: int) -> list[date]:
    days = (day for phrase in phrases for day in _meant(phrase, today, past=past))
    return list(islice(dict.fromkeys(days), most))


def _meant(phrase: str, today: Today, *, past: bool) -> Days:
    """The day, or the days that would be offered in its place."""
    try:
        return (read_day(phrase, today, past=past),)
    except UnclearDay as unclear:
        return () if unclear.kind is Unclear.FAR else unclear.suggestions


def _with_text(text: str, phrases: Iterator[str], today: Today, *, past: bool) -> Iterator[str]:
    """What is typed comes first, or last where it is a day on the wrong side of today."""
    try:
        read_day(text, today, past=past)
    except UnclearDay as unclear:
        wrong = unclear.kind in (Unclear.PAST, Unclear.FUTURE)
    else:
        wrong = False
    return chain(phrases, [text]) if wrong else chain([text], phrases)


def _plain(text: str) -> list[str]:
    return [word for word in re.sub(r"[,.]", " ", text.lower()).split() if word != "the"]


def _begins(phrase: str, typed: list[str]) -> bool:
    """Whether each typed word begins the word in its place: "next f", "n fri", "end of n"."""
    words = phrase.split()
    return len(typed) <= len(words) and all(
        word.startswith(start) for word, start in zip(words, typed, strict=False)
    )


def _phrases(typed: list[str], *, past: bool) -> Iterator[tuple[str, str]]:
    """What may be meant, as it is typed and as it is read."""
    for word in ("tomorrow", "today", "yesterday", *WEEKDAYS):
        yield word, word
    for which in ("last",) if past else ("next", "this"):
        yield from ((f"{which} {day}", f"{which} {day}") for day in WEEKDAYS)
    yield from _counted(typed, past=past)
    for part in _PARTS_BACK if past else _PARTS:
        yield part, part
    yield from _dates(typed)
    if not past:
        for day in WEEKDAYS:
            yield f"{day} next week", f"{day} next week"


def _counted(typed: list[str], *, past: bool) -> Iterator[tuple[str, str]]:
    numbers = [int(word) for word in typed[:2] if word.isdecimal() and len(word) < 4]
    for unit in ("days", "weeks", "working days", "business days", "months"):
        for number in numbers or _COUNTS:
            words = f"{number} {unit}"
            read = f"{words} ago" if past else f"in {words}"
            yield read, read
            yield words, read


def _dates(typed: list[str]) -> Iterator[tuple[str, str]]:
    """ "1 d" is the first of December; "dec" the first days of it and the others that begin so."""
    number, *rest = typed
    if number.isdecimal() and len(number) < 3:
        yield from ((f"{number} {month}", f"{number} {month}") for month in MONTHS)
    for month in MONTHS:
        if len(number) > 2 and month.startswith(number):
            days = range(1, 32) if rest else (1, 15)
            yield from ((f"{month} {day}", f"{month} {day}") for day in days)
