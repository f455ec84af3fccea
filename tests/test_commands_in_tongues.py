"""A command may be typed as Discord shows it to somebody who speaks another language."""

from __future__ import annotations

import pytest

from core.domain.names import folded
from core.domain.zones import fitting_zones, zone_named
from core.grammar import VERBS, read_line
from core.language import ENGLISH, LANGUAGES, speaking, trp
from core.options import Request, options_of, typed_options
from core.parts import keyed
from core.problem import Problem
from core.requests import COMMANDS, Add, ClubJoin, Snooze
from tests.people import Office

OTHERS = [language for language in LANGUAGES if language != ENGLISH]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", VERBS)
def test_every_command_is_understood_as_it_is_shown(language: str, name: str) -> None:
    with speaking(language):
        shown = " ".join(trp("command", part) for part in name.split())
        assert read_line(shown) == read_line(folded(shown)) == read_line(name)


def test_what_follows_is_read_as_ever() -> None:
    with speaking("es"):
        assert read_line("añadir Kim Sato @ Globex")[0] is Add
        assert read_line("posponer Kim, 3 días") == (Snooze, {"who": "Kim", "until": "3 días"})
    with speaking("fr"):
        assert read_line("club rejoindre série")[0] is ClubJoin


def test_nobody_else_is_read_so() -> None:
    with pytest.raises(Problem):
        read_line("lista")
    with speaking("fr"), pytest.raises(Problem):
        read_line("lista")


async def test_somebody_is_added_by_their_name_alone(office: Office) -> None:
    ana = office.member("ana")
    await ana.says("settings language: español")
    assert (await ana.says("añadir Kim Sato @ Globex")).startswith("Kim Sato, Globex (#1)")
    assert await ana.says("ayuda club unirse") == await ana.says("help club join")
    assert await ana.says("help zorblax") != await ana.says("help")


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("kind", [kind for kind in COMMANDS if options_of(kind)])
def test_every_field_is_understood_as_it_is_shown(language: str, kind: type[Request]) -> None:
    specs = typed_options(kind)
    with speaking(language):
        for spec in specs:
            for key in {trp("command", spec.name), folded(trp("command", spec.name))}:
                assert keyed(specs, f"{key}: x")[1] == {spec.name: "x"}, key


def test_fields_of_a_line() -> None:
    with speaking("es"):
        kind, values = read_line("añadir Kim @ X, tema: PM de datos, cuándo: mañana, nota: hola")
    assert kind is Add
    assert values == {"who": "Kim @ X", "about": "PM de datos", "when": "mañana", "note": "hola"}


@pytest.mark.parametrize(
    ("language", "text", "zone"),
    [
        ("es", "Ciudad de México", "America/Mexico_City"),
        ("es", "Bogotá", "America/Bogota"),
        ("es", "nueva york", "America/New_York"),
        ("es", "París", "Europe/Paris"),
        ("es", "CDMX", "America/Mexico_City"),
        ("fr", "Londres", "Europe/London"),
        ("fr", "Montréal", "America/Montreal"),
        ("fr", "Québec", "America/Toronto"),
        ("en", "Bogotá", "America/Bogota"),
        ("en", "Londres", None),
    ],
)
def test_a_city_as_it_is_called_there(language: str, text: str, zone: str | None) -> None:
    with speaking(language):
        assert zone_named(text) == zone
        assert zone is None or zone in fitting_zones(text, 25)
