"""What to say to a day that is not clear: why in a few words, and two days to take instead."""

from __future__ import annotations

from datetime import date

from core.domain.days import Unclear, UnclearDay
from core.language import N_
from core.text import Text, clip, say
from core.voice.days import day_words

LONGEST = 60
"""Characters of what was typed that are said again."""
EXAMPLES = N_("`2026-12-01`, `1 Dec`, `tomorrow`, `in 3 days`, `Friday` or `in 4 business days`")
PAST_EXAMPLES = N_("`2026-12-01`, `1 Dec`, `yesterday`, `3 days ago` or `last Friday`")
_ALONE = {
    Unclear.NO_DAY: N_("I can't read “{text}” as a day. Write it as {examples}."),
    Unclear.PAST: N_("“{text}” is over. Name a day from today on."),
    Unclear.FUTURE: N_("“{text}” is still to come. Name a day up to today."),
    Unclear.FAR: N_("“{text}” is more than two years away. Name a nearer day."),
    Unclear.AMBIGUOUS: N_("“{text}” can mean more than one day. Write it as {examples}."),
}
_OFFERED = {
    Unclear.NO_DAY: N_("There is no day “{text}”. Did you mean {first} or {second}?"),
    Unclear.PAST: N_("“{text}” is over. Did you mean {first} or {second}?"),
    Unclear.FUTURE: N_("“{text}” is still to come. Did you mean {first} or {second}?"),
    Unclear.FAR: N_("“{text}” is more than two years away. Did you mean {first} or {second}?"),
    Unclear.AMBIGUOUS: N_("“{text}” can mean two days. Did you mean {first} or {second}?"),
}


def unclear_words(unclear: UnclearDay, text: str, today: date) -> Text:
    """One or two short sentences; with suggestions they name both, as their buttons do."""
    typed = clip(text, LONGEST)
    if unclear.suggestions:
        first, second = suggestion_labels(unclear, today)
        return say(_OFFERED[unclear.kind], text=typed, first=first, second=second)
    examples = say(PAST_EXAMPLES if unclear.past else EXAMPLES)
    return say(_ALONE[unclear.kind], text=typed, examples=examples)


def suggestion_labels(unclear: UnclearDay, today: date) -> tuple[str, ...]:
    """What to tap instead: weekday, date and distance."""
    return tuple(day_words(day, today) for day in unclear.suggestions)
