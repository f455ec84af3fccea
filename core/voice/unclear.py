"""What to say to a day that is not clear: why in a few words, and two days to take instead."""

from __future__ import annotations

from datetime import date

from core.domain.days import EXAMPLES, Unclear, UnclearDay
from core.text import Text, clip, say
from core.voice.days import day_words

LONGEST = 60
"""Characters of what was typed that are said again."""
_PAST_EXAMPLES = "`2026-12-01`, `1 Dec`, `yesterday`, `3 days ago` or `last Friday`"
_ALONE = {
    Unclear.NO_DAY: "I can't read “{text}” as a day. Write it as {examples}.",
    Unclear.PAST: "“{text}” is over. Name a day from today on.",
    Unclear.FUTURE: "“{text}” is still to come. Name a day up to today.",
    Unclear.FAR: "“{text}” is more than two years away. Name a nearer day.",
    Unclear.AMBIGUOUS: "“{text}” can mean more than one day. Write it as {examples}.",
}
_OFFERED = {
    Unclear.NO_DAY: "There is no day “{text}”. Did you mean {first} or {second}?",
    Unclear.PAST: "“{text}” is over. Did you mean {first} or {second}?",
    Unclear.FUTURE: "“{text}” is still to come. Did you mean {first} or {second}?",
    Unclear.FAR: "“{text}” is more than two years away. Did you mean {first} or {second}?",
    Unclear.AMBIGUOUS: "“{text}” can mean two days. Did you mean {first} or {second}?",
}


def unclear_words(unclear: UnclearDay, text: str, today: date) -> Text:
    """One or two short sentences; with suggestions they name both, as their buttons do."""
    typed = clip(text, LONGEST)
    if unclear.suggestions:
        first, second = suggestion_labels(unclear, today)
        return say(_OFFERED[unclear.kind], text=typed, first=first, second=second)
    examples = say(_PAST_EXAMPLES if unclear.past else EXAMPLES)
    return say(_ALONE[unclear.kind], text=typed, examples=examples)


def suggestion_labels(unclear: UnclearDay, today: date) -> tuple[str, ...]:
    """What to tap instead: weekday, date and distance."""
    return tuple(day_words(day, today) for day in unclear.suggestions)
