"""Time zones as people name them: an IANA name, a city, or a few everyday words."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from core.domain.names import folded
from core.language import ENGLISH, city_names, spoken

_WORDS = {
    "eastern": "America/New_York",
    "est": "America/New_York",
    "edt": "America/New_York",
    "et": "America/New_York",
    "central": "America/Chicago",
    "cst": "America/Chicago",
    "cdt": "America/Chicago",
    "mountain": "America/Denver",
    "mst": "America/Denver",
    "mdt": "America/Denver",
    "pacific": "America/Los_Angeles",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "gmt": "Europe/London",
    "bst": "Europe/London",
    "uk": "Europe/London",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "ist": "Asia/Kolkata",
    "india": "Asia/Kolkata",
    "san francisco": "America/Los_Angeles",
    "seattle": "America/Los_Angeles",
    "boston": "America/New_York",
    "washington": "America/New_York",
    "atlanta": "America/New_York",
    "dallas": "America/Chicago",
    "munich": "Europe/Berlin",
    "hamburg": "Europe/Berlin",
    "mumbai": "Asia/Kolkata",
    "delhi": "Asia/Kolkata",
    "bangalore": "Asia/Kolkata",
    "barcelona": "Europe/Madrid",
    "milan": "Europe/Rome",
}
_ELSEWHERE = {
    "es": {
        "cdmx": "America/Mexico_City",
        "guadalajara": "America/Mexico_City",
        "medellin": "America/Bogota",
        "miami": "America/New_York",
        "houston": "America/Chicago",
    },
    "fr": {
        "quebec": "America/Toronto",
        "ottawa": "America/Toronto",
        "lyon": "Europe/Paris",
        "marseille": "Europe/Paris",
        "geneve": "Europe/Zurich",
    },
}
"""What the zones of a language's names don't say, without accents."""
_OLD = ("Brazil/", "Etc/", "SystemV/", "US/", "posix/", "right/")
USUAL = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Madrid",
    "Europe/Warsaw",
    "Europe/Kyiv",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
)
"""Offered before anything was typed: one for each of the places where most people are."""


@cache
def zones() -> dict[str, str]:
    """Every zone that people live in, by its folded name."""
    names = [n for n in available_timezones() if "/" in n and not n.startswith(_OLD)]
    return {_folded(name): name for name in sorted([*names, "UTC"])}


def fitting_zones(text: str, most: int) -> list[str]:
    """IANA names that the text fits, best first; the usual ones for ""."""
    wanted = _folded(text)
    if not wanted:
        return list(USUAL[:most])
    known = zones()
    found = [known[wanted]] if wanted in known else []
    found += [zone for word, zone in _WORDS.items() if word.startswith(wanted)]
    found += [zone for key, zone in known.items() if key.split("/")[-1].startswith(wanted)]
    found += [zone for key, zone in known.items() if wanted in key]
    found += [zone for city, zone in _theirs(spoken()).items() if city.startswith(wanted)]
    return list(dict.fromkeys(found))[:most]


def zone_named(text: str) -> str | None:
    """The zone that the text names, with or without its region; None when it names none."""
    wanted = _folded(text)
    known = zones()
    if wanted in known:
        return known[wanted]
    if wanted in _WORDS:
        return _WORDS[wanted]
    cities = [zone for key, zone in known.items() if key.split("/")[-1] == wanted]
    return cities[0] if cities else _theirs(spoken()).get(wanted)


@cache
def _theirs(language: str) -> dict[str, str]:
    """Zones by the cities as another language calls them: "Ciudad de México", "Londres"."""
    if language == ENGLISH:
        return {}
    known = set(zones().values())
    cities = {_folded(city): zone for zone, city in city_names(language) if zone in known}
    return cities | _ELSEWHERE.get(language, {})


def _folded(text: str) -> str:
    return " ".join(folded(text).replace("_", " ").split())
