"""Which field the words of a line are for, by what they say."""

from __future__ import annotations

import re
from functools import lru_cache

from core.domain.days import names_a_day
from core.domain.names import folded
from core.language import spoken, tr, trp
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
    wanted = folded(text)
    for before in ("by", "via", _folded(trp("before a channel", "by"))):
        wanted = wanted.removeprefix(f"{before} ")
    wanted = _folded(WORDS.get(wanted, wanted))
    for label in (_folded(spec.label), spec.name, _folded(tr(spec.label))):
        wanted = wanted.removesuffix(f" {label}").removeprefix(f"{label} ")
    wanted = _folded(WORDS.get(wanted, wanted))
    names = {choice: {_folded(choice), _folded(word(choice))} for choice in spec.choices}
    found = [choice for choice in spec.choices if wanted in names[choice]]
    if not found and not exact and len(wanted) > 2:
        found = [c for c in spec.choices if any(name.startswith(wanted) for name in names[c])]
    return found[0] if len(found) == 1 else None


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
