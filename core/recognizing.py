"""Which field the words of a line are for, by what they say."""

from __future__ import annotations

import re

from core.domain.days import names_a_day
from core.domain.names import clean
from core.language import spoken
from core.options import Kind, Option

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
}
ADDRESS = re.compile(
    r"[^@\s,]++@[^@\s,.]++(?:\.[^@\s,.]++)++\.?|https?://\S+|(?:www|linkedin)\.\S+"
    r"|\+?[\d][\d ()./-]{5,}\d"
)
LONGEST = 80
"""Characters of the longest day or choice."""


def choice_for(spec: Option, text: str, *, exact: bool = False) -> str | None:
    """The one choice that the text means: itself, another word for it, or its beginning.

    With `exact` no beginnings.
    """
    wanted = clean(text).lower().removeprefix("by ").removeprefix("via ")
    wanted = WORDS.get(wanted, wanted)
    for label in (spec.label.lower(), spec.name):
        wanted = wanted.removesuffix(f" {label}").removeprefix(f"{label} ")
    wanted = WORDS.get(wanted, wanted)
    found = [choice for choice in spec.choices if choice.lower() == wanted]
    if not found and not exact and len(wanted) > 2:
        found = [choice for choice in spec.choices if choice.lower().startswith(wanted)]
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
