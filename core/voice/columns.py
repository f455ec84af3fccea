"""What a column of an imported file holds, in words that are read and typed."""

from __future__ import annotations

from collections.abc import Sequence

from core.domain.importing.headings import Meaning
from core.domain.names import folded
from core.language import N_, tr, trp
from core.text import Text, clip, say, say_n

_ASIDE = (Meaning.NOTE, Meaning.LINK, Meaning.LEAVE_OUT)
_TAKEN = {
    Meaning.NAME: N_("{heading} as the name"),
    Meaning.SURNAME: N_("{heading} as the last name"),
    Meaning.ORGANIZATION: N_("{heading} as the organization"),
    Meaning.ABOUT: N_("{heading} as the role"),
    Meaning.APPLIED: N_("{heading} as the date applied"),
    Meaning.STATUS: N_("{heading} as the status"),
    Meaning.ADDRESS: N_("{heading} as the contact"),
}


def meaning_words(meaning: Meaning) -> str:
    """What a column holds, as it is shown and may be typed: "role"."""
    words = {
        Meaning.NAME: trp("column", "name"),
        Meaning.SURNAME: trp("column", "last name"),
        Meaning.ORGANIZATION: trp("column", "organization"),
        Meaning.ABOUT: trp("column", "role"),
        Meaning.APPLIED: trp("column", "date applied"),
        Meaning.STATUS: trp("column", "status"),
        Meaning.ADDRESS: trp("column", "contact"),
        Meaning.LINK: trp("column", "link"),
        Meaning.NOTE: trp("column", "note"),
        Meaning.LEAVE_OUT: trp("column", "leave out"),
    }
    return words[meaning]


def meaning_in(words: str) -> Meaning | None:
    """What is typed, in the language that is spoken or in English; None for anything else."""
    typed = folded(words)
    fitting = (m for m in Meaning if typed in (folded(m.value), folded(meaning_words(m))))
    return next(fitting, None)


def columns_words(columns: Sequence[tuple[str, Meaning]]) -> Text:
    """How the columns are read, each by its heading."""
    each = (_taken(heading, meaning) for heading, meaning in columns if meaning not in _ASIDE)
    taken = clip(", ".join(each), 400)
    notes = [h for h, meaning in columns if meaning in (Meaning.NOTE, Meaning.LINK)]
    if not notes:
        return say("How I read it: {taken}.", taken=taken)
    return say_n(
        "How I read it: {taken}; {notes} goes into the note.",
        "How I read it: {taken}; {notes} go into the note.",
        len(notes),
        taken=taken,
        notes=clip(", ".join(notes), 280),
    )


def _taken(heading: str, meaning: Meaning) -> str:
    if folded(heading) == folded(meaning_words(meaning)):
        return heading
    return tr(_TAKEN[meaning], heading=heading)
