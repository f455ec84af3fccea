"""A command may be typed as Discord shows it to somebody who speaks another language."""

from __future__ import annotations

import pytest

from core.domain.names import folded
from core.grammar import VERBS, read_line
from core.language import ENGLISH, LANGUAGES, speaking, trp
from core.problem import Problem
from core.requests import Add, ClubJoin, Snooze
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
