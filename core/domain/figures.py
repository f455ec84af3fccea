"""How numbers and their changes are told to people."""

from __future__ import annotations

from babel.numbers import format_decimal

from core.language import ENGLISH, spoken, trn


def signed(number: float) -> str:
    """With its sign: "+12", "−3"."""
    return f"{'−' if number < 0 else '+'}{plain(abs(number))}"


def percent_words(percent: float) -> str:
    """Rounded, but never to a nothing or an all that it is not."""
    if abs(percent) < 1 or -100 < percent < -99:
        cut = max(percent, -99.9) if percent < -1 else percent
        return signed(round(cut, 1))
    return signed(round(percent))


def plain(number: float) -> str:
    """A number for people; from a million on in words."""
    if number >= 1e12:
        shown = _decimals(number / 1e12, 2)
        return trn("{number} trillion", "{number} trillion", int(number / 1e12), number=shown)
    if number >= 1e9:
        shown = _decimals(number / 1e9, 2)
        return trn("{number} billion", "{number} billion", int(number / 1e9), number=shown)
    if number >= 1e6:
        shown = _decimals(number / 1e6, 2)
        return trn("{number} million", "{number} million", int(number / 1e6), number=shown)
    return _decimals(number, 1)


def _decimals(number: float, most: int) -> str:
    """With that many decimals at most, and thousands marked as in the language spoken."""
    if spoken() != ENGLISH:
        return format_decimal(number, format="#,##0." + "#" * most, locale=spoken())
    text = f"{number:,.{most}f}"
    return text.rstrip("0").rstrip(".") if most > 1 else text.removesuffix(".0")
