"""A pitch (M14): how the member would add profit, cut cost or improve a process, in numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from core.domain.figures import percent_words, plain, signed
from core.language import ENGLISH, N_, spoken, tr, trp

TEXT_LIMIT, NUMBERS_LIMIT = 240, 120
STEM = 3
"""Letters in which two forms of one word agree."""
FACTOR = 10
"""From so many times on, a change is told as a multiple."""


class Gain(StrEnum):
    """What the employer gains."""

    PROFIT = "profit"
    COST = "cost"
    PROCESS = "process"


class UnclearNumbers(ValueError):
    """Before and after could not be read; `why` is one of NONE and UNITS."""

    NONE, UNITS = "none", "units"

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Change:
    """Before and after.

    - `before`, `after`: the values, comparable.
    - `before_text`, `after_text`: as the member wrote them, each with its unit.
    - `time`: as in "a week", or "".
    """

    before: float
    after: float
    before_text: str
    after_text: str
    unit: str = ""
    time: str = ""

    @property
    def in_short(self) -> str:
        """How much it changed: "−83 %", "+12 points", "× 25"; from nothing "+3 clients"."""
        if self.before == self.after:
            return tr("no change")
        if "%" in self.unit:
            return tr("{change} points", change=signed(self.after - self.before))
        if self.before <= 0 or self.after < 0:
            return self._difference
        if self.after >= FACTOR * self.before:
            return f"× {plain(self.after / self.before)}"
        return f"{percent_words(100 * (self.after - self.before) / self.before)} %"

    @property
    def said(self) -> tuple[str, str]:
        """Before and after as they are told: "12 hours a week"."""
        time = f" {self.time}" if self.time else ""
        return f"{self.before_text}{time}", f"{self.after_text}{time}"

    @property
    def _difference(self) -> str:
        change = self.after - self.before
        sign, number = "−" if change < 0 else "+", plain(abs(change))
        if re.fullmatch(_SYMBOL, self.unit):
            return f"{sign}{self.unit}{number}"
        return f"{sign}{number} {self.unit}".rstrip()


@dataclass(frozen=True)
class Pitch:
    """What is shown. `whom` is the contact's name or organization, `by` the member."""

    whom: str
    by: str
    gain: Gain
    problem: str
    change: str
    numbers: Change
    achievement: str = ""
    endorsement: str = ""

    @property
    def words(self) -> str:
        """The picture in words, for who can't see it."""
        before, after = self.numbers.said
        parts = [
            tr("A pitch for {whom}: {gain}.", whom=self.whom, gain=trp("word", self.gain)),
            tr("The problem: {sentence}", sentence=_ended(self.problem)),
            tr("The change: {sentence}", sentence=_ended(self.change)),
            tr(
                "Before: {before}. After: {after} ({short}).",
                before=before,
                after=after,
                short=self.numbers.in_short,
            ),
            _told(N_("Done before: {sentence}"), self.achievement),
            _told(N_("What others say: {sentence}"), self.endorsement),
        ]
        return " ".join(part for part in parts if part)


def _told(template: str, sentence: str) -> str:
    return tr(template, sentence=_ended(sentence)) if sentence else ""


_SYMBOL = r"[$€£¥₹₩₽₺₴₪฿]"
_CURRENCY = rf"{_SYMBOL}|(?:USD|EUR|GBP|CHF|JPY|CNY|INR|SEK|NOK|DKK|PLN|CZK|AUD|CAD)\b"
_SCALES = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "mio": 1e6,
    "b": 1e9, "bn": 1e9, "billion": 1e9, "mrd": 1e9,
}  # fmt: skip
_SCALES_ELSEWHERE = _SCALES | {
    "mil": 1e3, "mille": 1e3, "millón": 1e6, "millones": 1e6, "millions": 1e6,
    "mil millones": 1e9, "milliard": 1e9, "milliards": 1e9,
    **dict.fromkeys(("billón", "billones", "billion", "billions"), 1e12),
}  # fmt: skip
"""In Spanish and French, where a billion is a million millions."""
_NUMBER = rf"(?:{_CURRENCY})?\s*[-+−]?\s*(?:{_CURRENCY})?\s*\d[\d.,'’\u00a0\u202f ]*"
_VALUE = re.compile(rf"(?P<number>{_NUMBER})(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_BETWEEN = re.compile(r"\s*(?:->|→|=>|\bto\b|\bdown to\b|\bup to\b|…|\.\.\.)\s*", re.IGNORECASE)
_TIME = re.compile(
    r"\s*[,;]?\s*\b(?P<time>(?:(?:a|an|per|each|every)\s+\w+|in\s+\d+\s+\w+|in\s+an?\s+\w+|"
    r"daily|weekly|monthly|quarterly|yearly|annually))\s*\.?$|\s*/\s*(?P<slash>\w+)$",
    re.IGNORECASE,
)
# In Spanish and French; "a" between two numbers is an article in English.
_BETWEEN_ELSEWHERE = re.compile(
    rf"\s*(?:->|→|=>|…|\.\.\.|\b(?:hasta|jusqu['’]à|[aà])\s+(?=(?:{_CURRENCY})?\s*[-+−]?\d)|"
    r"\b(?:down |up )?to\b)\s*",
    re.IGNORECASE,
)
_TIME_ELSEWHERE = re.compile(
    r"\s*[,;]?\s*\b(?P<time>(?:por|cada|al|a la|par|chaque)\s+\w+|(?:en|dans)\s+\w+\s+\w+|"
    r"(?:diari|semanal|mensual|trimestral|anual)\w*|(?:quotidien|hebdomadaire|mensuel|trimestriel|"
    r"annuel)\w*)\s*\.?$",
    re.IGNORECASE,
)


def change_of(text: str) -> Change:
    """Read "12 hours to 2 hours a week". Raises UnclearNumbers."""
    text = " ".join(text.split())
    time = ""
    elsewhere = spoken() != ENGLISH
    found = (_TIME_ELSEWHERE.search(text) if elsewhere else None) or _TIME.search(text)
    if found and found.start() > 0:
        time = found["time"] or tr("per {time}", time=found["slash"])
        text = text[: found.start()].rstrip(" ,;")
    between = _BETWEEN_ELSEWHERE if elsewhere else _BETWEEN
    parts = [part for part in between.split(text, maxsplit=1) if part]
    sides = [_VALUE.search(part) for part in parts]
    if len(sides) != 2 or sides[0] is None or sides[1] is None:
        raise UnclearNumbers(UnclearNumbers.NONE)
    before, after = _read(sides[0]), _read(sides[1])
    if before is None or after is None:
        raise UnclearNumbers(UnclearNumbers.NONE)
    unit = after[1] or before[1]
    if before[1] and after[1] and not _alike(before[1], after[1]):
        raise UnclearNumbers(UnclearNumbers.UNITS)
    return Change(
        before[0],
        after[0],
        _with_unit(sides[0][0], before[1], unit),
        _with_unit(sides[1][0], after[1], unit),
        unit,
        time,
    )


def gain_of(numbers: Change) -> Gain:
    """What it probably is: money that grows is profit, money that shrinks is cost."""
    if not re.search(_CURRENCY, numbers.unit, re.IGNORECASE):
        return Gain.PROCESS
    return Gain.PROFIT if numbers.after > numbers.before else Gain.COST


def _read(side: re.Match[str]) -> tuple[float, str] | None:
    """Value and unit; a currency before the number is the unit."""
    head, rest = side["number"], side["rest"].strip(" .,;")
    currency = re.search(_CURRENCY, head, re.IGNORECASE)
    digits = re.sub(r"[^\d.,]", "", re.sub(_CURRENCY, "", head, flags=re.IGNORECASE))
    value = _value(digits)
    if value is None:
        return None
    scales = _SCALES if spoken() == ENGLISH else _SCALES_ELSEWHERE
    longest_first = "|".join(sorted(scales, key=len, reverse=True))
    scale = re.match(rf"({longest_first})\b\.?\s*(?:de\s+|d['’])?", rest, re.IGNORECASE)
    if scale:
        value *= scales[scale[1].casefold()]
        rest = rest[scale.end() :]
    sign = -1 if re.search(r"[-−]", head) else 1
    unit = " ".join(part for part in (currency[0] if currency else "", rest) if part)
    return sign * value, unit


def _value(digits: str) -> float | None:
    """A number with points and commas as people write them: 1,200 or 1.200,50 or 0.5."""
    digits = digits.strip(".,")
    marks = re.sub(r"\d", "", digits)
    if len(set(marks)) == 2:  # the last of the two marks the decimals
        decimal = marks[-1]
    elif len(marks) == 1 and len(digits.rpartition(marks)[2]) != 3:
        decimal = marks
    else:
        decimal = ""
    thousands = {".", ","} - {decimal}
    text = "".join("." if c == decimal else c for c in digits if c not in thousands)
    try:
        return float(text)
    except ValueError:
        return None


def _alike(one: str, other: str) -> bool:
    """Whether two units are one: hour and hours, min and minutes, часа and часов."""
    pairs = zip_longest(one.casefold().split(), other.casefold().split(), fillvalue="")
    return all(
        a == b or (len(min(a, b, key=len)) >= STEM and a[:STEM] == b[:STEM]) for a, b in pairs
    )


def _with_unit(text: str, own: str, unit: str) -> str:
    text = text.strip(" .,;")
    if own or not unit:
        return text
    is_currency = re.fullmatch(_CURRENCY, unit, re.IGNORECASE)
    return f"{unit}{text}" if is_currency and len(unit) == 1 else f"{text} {unit}"


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "”")) else f"{sentence}."
