"""Time zones as people name them."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain import zones as module
from core.domain.zones import USUAL, fitting_zones, zone_named, zones

INSTANTS = [datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=7 * n) for n in range(105)]


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("New_York", "America/New_York"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("  los   angeles ", "America/Los_Angeles"),
        ("Eastern", "America/New_York"),
        ("PST", "America/Los_Angeles"),
        ("San Francisco", "America/Los_Angeles"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_by_its_name_city_or_an_everyday_word(text: str, zone: str) -> None:
    found = zone_named(text)
    assert found is not None
    assert _clocks(found) == _clocks(zone)


@pytest.mark.parametrize("text", ["", " ", "Atlantis", "Europe", "Ber", "Etc/GMT+5", "../passwd"])
def test_what_names_no_zone(text: str) -> None:
    assert zone_named(text) is None


@given(st.text(max_size=30), st.integers(1, 25))
def test_any_text_fits_zones_that_exist(text: str, most: int) -> None:
    found = fitting_zones(text, most)
    assert len(found) == len(set(found)) <= most
    for name in [*found, zone_named(text) or "UTC"]:
        assert ZoneInfo(name).key == name


@pytest.mark.parametrize("name", sorted({*USUAL, *module._WORDS.values()}))
def test_what_is_offered_exists(name: str) -> None:
    assert zone_named(name) == name


def test_every_zone_is_found_by_its_own_name() -> None:
    assert len(zones()) > 400
    for name in zones().values():
        assert zone_named(name) == name
        assert fitting_zones(name, 1) == [name]


def test_a_city_in_two_regions_means_the_same_clock() -> None:
    regions = defaultdict(list)
    for key, name in zones().items():
        regions[key.split("/")[-1]].append(name)
    for city, names in regions.items():
        assert len({_clocks(name) for name in names}) == 1, city


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("", "America/New_York"),
        ("berl", "Europe/Berlin"),
        ("san f", "America/Los_Angeles"),
        ("tok", "Asia/Tokyo"),
        ("berlin", "Europe/Berlin"),
    ],
)
def test_the_likeliest_comes_first(text: str, first: str) -> None:
    assert fitting_zones(text, 5)[0] == first


def _clocks(name: str) -> tuple[timedelta | None, ...]:
    zone = ZoneInfo(name)
    return tuple(instant.astimezone(zone).utcoffset() for instant in INSTANTS)
