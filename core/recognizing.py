"""Which field the words of a line are for, by what they say."""

from __future__ import annotations

import re
from functools import lru_cache

from core.domain.days import names_a_day
from core.domain.names import folded
from core.language import catalogue, spoken, tr, trp
from core.options import Kind, Option
from core.voice.words import word

WORDS = {
    "mail": "email",
    "e-mail": "email",
    "call": "phone",
    "telephone": "phone",
    "sms": "text",
    "voicemail": "voice message",
    "voice": "voice message",
    "linked in": "linkedin",
    "dm": "chat",
    "slack": "chat",
    "discord": "chat",
    "whatsapp": "chat",
    "call me back": "call back",
    "callback": "call back",
    "rejected": "dismissed",
    "opportunity": "new opportunity",
    "mistake": "added by mistake",
    "landed": "landed a job",
    "important": "high",
    "no trust": "none",
    "si": "yes",
    "oui": "yes",
    "non": "no",
    "en": "English",
    "es": "Español",
    "spanish": "Español",
    "fr": "Français",
    "french": "Français",
}
ADDRESS = re.compile(
    r"[^@\s,]++@[^@\s,.]++(?:\.[^@\s,.]++)++\.?|https?://\S+|(?:www|linkedin)\.\S+"
    r"|\+?[\d][\d ()./-]{5,}\d"
)
LONGEST = 80
"""Characters of the longest day or choice."""
_folded = lru_cache(maxsize=4096)(folded)


def choice_for(spec: Option, text: str, *, exact: bool = False) -> str | None:
    """The one choice that the text means: itself, another word for it, or its beginning.

    It may be typed in English and as it is shown in the language that is spoken, with accents or
    without. With `exact` no beginnings.
    """
    befores, labels, names = _shown(spec.label, spec.choices, catalogue())
    wanted = folded(text)
    for before in befores:
        wanted = wanted.removeprefix(before)
    wanted = _folded(WORDS.get(wanted, wanted))
    for label in (*labels, spec.name):
        wanted = wanted.removesuffix(f" {label}").removeprefix(f"{label} ")
    wanted = _folded(WORDS.get(wanted, wanted))
    found = [choice for choice, called in names if wanted in called]
    if not found and not exact and len(wanted) > 2:
        found = [c for c, called in names if any(name.startswith(wanted) for name in called)]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=1024)
def _shown(
    label: str, choices: tuple[str, ...], catalogue: object
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, frozenset[str]], ...]]:
    """What may stand before a choice, the labels of its field, and what each choice is called, in
    English and in the language that is spoken: this is kept for each `catalogue`.
    """
    befores = ("by ", "via ", f"{folded(trp('before a channel', 'by'))} ")
    labels = (folded(label), folded(tr(label)))
    names = ((choice, frozenset({folded(choice), folded(word(choice))})) for choice in choices)
    return befores, labels, tuple(names)


def recognizes(spec: Option, part: str, *, exact: bool = False) -> bool:
    """Whether the words can be for this field. `exact`: no beginnings of choices."""
    match spec.kind:
        case Kind.CHOICE | Kind.CHOICES | Kind.OPEN:
            return len(part) <= LONGEST and choice_for(spec, part, exact=exact) is not None
        case Kind.DAY:
            return names_a_day(part, spoken())
        case Kind.ADDRESS:
            return ADDRESS.fullmatch(part) is not None
        case _:
            return False
