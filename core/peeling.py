"""The parts of a new follow-up's line that stand without commas around a name.

What is taken from "email Dana Lee @ Acme urgent in 3 days", and what stays a name:

- Parts are taken from the two ends alone, the longest first, and each field once. Only a mail
  address, a link or a number that begins with + may stand in the middle.
- Somebody must be left: a name, or an organization where there is an "@".
- Several words are taken when together they can only be a day or a choice, and are not written as
  a name is: "in 3 days", "next Friday", "by phone", "high priority"; not "First Friday".
- One word is taken when its case sets it apart from a name beside it ("Acme email", not "Open
  Text"), or in a line without capitals when it is hardly ever a name: "email", "tomorrow".
- A weekday with a capital is taken only behind an organization ("@ Acme Friday"), unless it is one
  of the weekend or makes a name with the word before it ("Mail on Sunday", "Ruby Tuesday").
- "re" and "about" in lower case begin what it is about; of that, single words are only taken where
  their case sets them apart, and a day with "on" stays.

A comma or a key ("via: email") decides what this can't; what is in doubt stays in the name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from core.domain.names import folded, split_who
from core.options import Kind, Option
from core.recognizing import recognizes
from core.voice.words import word

LONGEST_PART = 8
"""Words of the longest day or choice without a comma: "the day before the last Friday of May"."""
MOST_MARKS = 8
_IN_THE_MIDDLE = re.compile(
    r"(?<!\S)(?:[^@\s,]++@[^@\s,.]++(?:\.[^@\s,.]++)++|https?://\S+|(?:www|linkedin)\.\S+"
    r"|\+\d[\d ()./-]{5,}\d)(?!\S)"
)
_ABOUT = re.compile(r"(?:^|\s)(?:re|about|regarding) (?=\S)")
_SURE = frozenset(
    "email e-mail phone linkedin sms whatsapp voicemail urgent tomorrow tmrw tmr eow eom".split()
)
_SPELLED = frozenset(["LinkedIn", "WhatsApp", "SMS", "EOD", "EOW", "EOM", "DM"])
"""As they are written properly, so that a capital says nothing."""
_VAGUE = frozenset("other some none normal high low strong another".split())
_WEEKDAY = re.compile(
    r"(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|monday|tuesday|wednesday|thursday|friday)",
    re.IGNORECASE,
)
_WEEKEND = re.compile(r"(?:on )?(?:sat|sun|saturday|sunday)", re.IGNORECASE)
_DAYS_OF_NAMES = frozenset(
    name.strip()
    for name in "black friday, ruby tuesday, cyber monday, fat tuesday, super tuesday, "
    "giving tuesday, blue monday, good friday, casual friday, happy monday".split(",")
)
_BEFORE_DAYS = frozenset("first second third fourth last every on of and & the".split())
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)", re.IGNORECASE)
_EDGES = " ,;:-–—|·"


@dataclass(frozen=True)
class Place:
    """Where a part stands: beside which word, in what it is about, at the end of a line or at the
    beginning, and in a line with an organization or without."""

    beside: str
    about: bool
    at_end: bool
    organization: bool


def peel(specs: Sequence[Option], values: dict[str, str], text: str) -> str:
    """Take the parts of a line off a name, into `values`; the name that is left."""
    text = _from_the_middle(specs, values, text)
    text = _off_about(specs, values, text)
    return _peeled(specs, values, text)


def peel_about(specs: Sequence[Option], values: dict[str, str], text: str) -> str:
    """As `peel`, off the end of what it is about."""
    return _peeled(specs, values, text, about=True)


def about_of(text: str) -> str | None:
    """What follows "re" or "about" at the beginning of a part."""
    found = _ABOUT.match(text)
    return text[found.end() :] if found else None


def pieces(specs: Sequence[Option], values: dict[str, str], text: str) -> dict[str, str] | None:
    """The fields of words that are nothing but parts, as in "urgent in 3 days"; else None."""
    words = text.split()
    taken: dict[str, str] = {}
    while words:
        for size in range(min(LONGEST_PART, len(words)), 0, -1):
            part = " ".join(words[:size])
            spec = _field(specs, values | taken, part)
            if spec is not None:
                taken[spec.name], words = part, words[size:]
                break
        else:
            return None
    return taken or None


def _from_the_middle(specs: Sequence[Option], values: dict[str, str], text: str) -> str:
    spec = next((spec for spec in specs if spec.kind is Kind.ADDRESS), None)
    if spec is None or spec.name in values:
        return text
    for found in _IN_THE_MIDDLE.finditer(text):
        rest = f"{text[: found.start()]} {text[found.end() :]}".split()
        if _names_somebody(rest, text.split()):
            values[spec.name] = found[0]
            return " ".join(rest)
    return text


def _off_about(specs: Sequence[Option], values: dict[str, str], text: str) -> str:
    spec = next((spec for spec in specs if spec.rest), None)
    if spec is None or spec.name in values:
        return text
    for found in islice(_ABOUT.finditer(text), MOST_MARKS):
        before = text[: found.start()].split()
        if before and _names_somebody(before, before):
            values[spec.name] = peel_about(specs, values, text[found.end() :])
            return " ".join(before)
    return text


def _peeled(
    specs: Sequence[Option], values: dict[str, str], text: str, *, about: bool = False
) -> str:
    words = text.split()
    while (found := _part(specs, values, words, about=about)) is not None:
        spec, part, words = found
        values[spec.name] = part
    left = " ".join(words)
    return left.strip(_EDGES) if left != " ".join(text.split()) else text


def _part(
    specs: Sequence[Option], values: dict[str, str], words: list[str], *, about: bool
) -> tuple[Option, str, list[str]] | None:
    """The longest part at the end or, of a name, at the beginning; and the words without it."""
    for at_end in (True,) if about else (True, False):
        for size in range(min(LONGEST_PART, len(words) - 1), 0, -1):
            taken, rest = (words[-size:], words[:-size]) if at_end else (words[:size], words[size:])
            part = " ".join(taken).strip(_EDGES)
            spec = _field(specs, values, part)
            if spec is None or not (about or _names_somebody(rest, words)):
                continue
            organization = not about and bool(_organization(words))
            place = Place(_neighbour(specs, rest, at_end), about, at_end, organization)
            if _stands_out(spec, part, place):
                return spec, part, rest
    return None


def _neighbour(specs: Sequence[Option], rest: list[str], at_end: bool) -> str:
    """The word next to a part, other parts between them passed over."""
    for _ in specs:
        sizes = range(min(LONGEST_PART, len(rest) - 1), 0, -1)
        parts = {n: " ".join(rest[-n:] if at_end else rest[:n]) for n in sizes}
        size = next((n for n in sizes if _field(specs, {}, parts[n])), 0)
        if not size or not parts[size].islower():
            break
        rest = rest[:-size] if at_end else rest[size:]
    return rest[-1] if at_end else rest[0]


def _field(specs: Sequence[Option], values: dict[str, str], part: str) -> Option | None:
    free = (spec for spec in specs if spec.name not in values)
    return next((spec for spec in free if recognizes(spec, part, exact=True)), None)


def _stands_out(spec: Option, part: str, place: Place) -> bool:
    """Whether the words can't belong to what stands beside them."""
    if spec.kind is Kind.ADDRESS:
        return True
    if " " in part:
        return _phrase_stands_out(spec, part, place)
    if _is_vague(part) or _ORDINAL.fullmatch(part):
        return False
    if part[0].isdigit():
        return not part[-1].isalpha() or part.islower()
    if part.islower() and not place.beside.islower() and place.beside != "@":
        return True
    if _WEEKDAY.fullmatch(part):
        behind = place.at_end and place.organization and place.beside.lower() not in _BEFORE_DAYS
        return behind and f"{place.beside} {part}".lower() not in _DAYS_OF_NAMES
    sure = place.at_end or place.organization
    return sure and not place.about and (part in _SURE or part in _SPELLED)


def _is_vague(word_alone: str) -> bool:
    """Whether it says little, in English or in the language that is spoken."""
    return folded(word_alone) in {folded(form) for one in _VAGUE for form in (one, word(one))}


def _phrase_stands_out(spec: Option, part: str, place: Place) -> bool:
    first = part.split()[0].lower()
    if spec.kind is not Kind.DAY:
        return first in ("by", "via") or not part.istitle()
    if _WEEKEND.fullmatch(part) or (place.about and first == "on"):
        return False
    named = all(word[0].isupper() for word in part.split())
    return not named or first in ("next", "this", "in")


def _organization(words: list[str]) -> str:
    return split_who(" ".join(words))[1]


def _names_somebody(rest: list[str], before: list[str]) -> bool:
    """Whether a name or an organization is left, and the organization if there was one."""
    if not "".join(rest).strip(_EDGES + "@"):
        return False
    if _organization(before) or rest[-1] == "@":
        return bool(_organization(rest))
    return True
