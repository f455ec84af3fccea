"""Public holidays, and which country a time zone is in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

import holidays
import holidays.countries  # all of them now, not while somebody waits for an answer


def is_holiday(country: str, day: date) -> bool:
    """Whether it is a public holiday there. "" and unknown countries have none."""
    return bool(country) and day in public_holidays(country, day.year)


def known_country(text: str) -> str | None:
    """The code of a country or of a part of one ("DE", "DE-BY", "us"); None when unknown."""
    code = text.strip().upper()
    country, _, part = code.partition("-")
    parts = _countries().get(country)
    if parts is None or (part and part not in parts):
        return None
    return code


@cache
def country_of(zone: str) -> str:
    """The country that an IANA zone is in, by the tz database; "" when it is in none."""
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    for line in table.splitlines():
        parts = line.split("\t")
        if not line.startswith("#") and len(parts) > 2 and parts[2] == zone:
            return known_country(parts[0]) or ""
    return ""


@cache
def _countries() -> dict[str, list[str]]:
    return holidays.list_supported_countries(include_aliases=False)


@cache
def public_holidays(country: str, year: int) -> Mapping[date, str]:
    """The days of a country's public holidays and their English names; none where unknown."""
    code, _, part = country.partition("-")
    try:
        known = holidays.country_holidays(
            code, subdiv=part or None, years=year, language="en_US", expand=False
        )
    except NotImplementedError:
        return {}
    return dict(sorted(known.items()))
