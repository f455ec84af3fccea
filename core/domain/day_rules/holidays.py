"""Days that have a name: Christmas, Easter Monday, and the public holidays of a country."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from core.domain.day_rules.base import Days, Found, Rule, Scene
from core.domain.day_rules.steps import around, easter_sunday, nth_weekday
from core.domain.holidays import known_country, public_holidays

_NEW_YEAR = ("new year", "new years", "new years day", "new year day")
_FIXED = {
    "christmas eve": (12, 24),
    **dict.fromkeys(("christmas", "christmas day"), (12, 25)),
    "boxing day": (12, 26),
    **dict.fromkeys(("new years eve", "new year eve"), (12, 31)),
    **dict.fromkeys(_NEW_YEAR, (1, 1)),
}
_BY_EASTER = {
    "good friday": -2,
    **dict.fromkeys(("easter", "easter sunday"), 0),
    "easter monday": 1,
    **dict.fromkeys(("ascension", "ascension day"), 39),
    **dict.fromkeys(("whit monday", "pentecost monday"), 50),
}
_OTHER_NAMES = {
    "mlk day": "martin luther king jr day",
    "presidents day": "washingtons birthday",
    "turkey day": "thanksgiving",
}
_NO_NAMES = frozenset("day days national public bank holiday first second monday king".split())
MOST_MEANT = 2
"""Holidays that words may fit and still mean something."""


def _named(found: Found, scene: Scene) -> Days:
    name = _OTHER_NAMES.get(found[0], found[0])
    if scene.line and not scene.inner and " " not in name:
        return ()  # Christmas and Easter are names of people too
    if name in _FIXED:
        return around(scene, lambda year: date(year, *_FIXED[name]), span=1)
    if name in _BY_EASTER:
        shift = timedelta(days=_BY_EASTER[name])
        return around(scene, lambda year: easter_sunday(year) + shift, span=1)
    days = _of_country(scene, name)
    return days or (_thanksgiving(scene) if name in ("thanksgiving", "thanksgiving day") else ())


def _thanksgiving(scene: Scene) -> Days:
    """The American one, wherever there is no other."""
    return around(scene, lambda year: nth_weekday(date(year, 11, 1), 3, 4), span=1)


def _country(scene: Scene) -> str:
    """Whose holidays are meant: as is known, or as the locale tells."""
    _, _, region = scene.today.locale.replace("_", "-").partition("-")
    return scene.today.country or scene.calendar.country or known_country(region) or ""


def _of_country(scene: Scene, name: str) -> Days:
    country = _country(scene)
    years = range(scene.day.year - 1, scene.day.year + 2)
    names = {known for year in years for known in _holidays(country, year)}
    meant = _meant(name, names)
    if len(meant) > MOST_MEANT:
        return ()
    return tuple(day for known in meant for day in around(scene, _finder(country, known), span=1))


def _finder(country: str, name: str) -> Callable[[int], date | None]:
    return lambda year: _holidays(country, year).get(name)


def _meant(name: str, names: set[str]) -> list[str]:
    """The holidays of that very name, or else those with these words in theirs."""
    exact = [known for known in (name, f"{name} day") if known in names]
    if exact or name in _NO_NAMES or len(name) < 4:
        return exact[:1]
    return sorted(known for known in names if re.search(rf"\b{re.escape(name)}\b", known))


@cache
def _holidays(country: str, year: int) -> dict[str, date]:
    """The days by their English names, in the spelling of `tidy`."""
    named: dict[str, date] = {}
    for day, together in public_holidays(country, year).items():
        for name in together.lower().replace("labour", "labor").split("; "):
            named.setdefault(re.sub(r"['’.,]|\bthe ", "", name), day)
    return {name: day for name, day in named.items() if "(" not in name}


HOLIDAYS = (Rule(r"[^\W\d][^\d]{2,40}", _named),)
