"""Moments of a week, as they are shown and typed in each language."""

from __future__ import annotations

from datetime import time

import pytest

from core.domain.clubs.moments import moment_text, read_moment
from core.domain.clubs.weeks import WeekTime
from core.domain.hours import read_clock
from core.language import day_names, speaking
from core.store import clubs
from tests.clubs import MANAGES, ClubHouse
from tests.people import Office


async def test_a_form_reads_the_moments_that_it_shows(office: Office) -> None:
    """In the organizer's language, which is the club's from then on."""
    dana = ClubHouse(office).person("dana", standing=MANAGES)
    await dana.says("settings language: Español")
    await dana.says("club setup")
    form = dana.last.form
    assert form is not None
    shown = {field.name: field.value for field in form.fields}
    assert (shown["kickoff"], shown["wrapup"]) == ("lunes 9:00", "viernes 16:00")
    assert shown["language"] == "Español"
    await dana.fills(wrapup="los jueves a las 15 h", midweek="Wednesday noon")
    async with office.store.reading() as session:
        club = await clubs.club_by_id(session, 1)
    assert club is not None
    assert (club.kickoff, club.wrapup) == (WeekTime(0, time(9)), WeekTime(3, time(15)))
    assert (club.midweek, club.language) == (WeekTime(2, time(12)), "es")


@pytest.mark.parametrize(
    ("code", "text", "moment"),
    [
        ("es", "miercoles 9:30", WeekTime(2, time(9, 30))),
        ("es", "el sábado a la 1 pm", WeekTime(5, time(13))),
        ("es", "vi mediodía", WeekTime(4, time(12))),
        ("fr", "lundi 9h00", WeekTime(0, time(9))),
        ("fr", "le mercredi à 9 h 30", WeekTime(2, time(9, 30))),
        ("fr", "jeu. 16h", WeekTime(3, time(16))),
        ("fr", "dimanche midi", WeekTime(6, time(12))),
        ("es", "viernes a las 4 de la tarde", WeekTime(4, time(16))),
        ("es", "los sábados al mediodía", WeekTime(5, time(12))),
        ("fr", "jeudi à 4 h 30 de l’après-midi", WeekTime(3, time(16, 30))),
        ("fr", "les mardis à 9h du matin", WeekTime(1, time(9))),
        ("fr", "Tuesdays at 9", WeekTime(1, time(9))),
        ("en", "lundi 9:00", None),
        ("fr", "m 9:00", None),
        ("fr", "lundi", None),
    ],
)
def test_moments_in_the_language_that_is_spoken_or_in_english(
    code: str, text: str, moment: WeekTime | None
) -> None:
    with speaking(code):
        assert read_moment(text, day_names()) == moment


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("8 h", time(8)),
        ("8h30", time(8, 30)),
        ("8 h 30", time(8, 30)),
        ("8 horas", time(8)),
        ("8 de la mañana", time(8)),
        ("12 de la noche", time(0)),
        ("7:30 du soir", time(19, 30)),
        ("7 h 30 du soir", time(19, 30)),
        ("Mediodía", time(12)),
        ("minuit", time(0)),
        ("a las 8", time(8)),
        ("a las 8:30 de la noche", time(20, 30)),
        ("8 y media", time(8, 30)),
        ("a mediodía", time(12)),
        ("à 8 h", time(8)),
        ("à midi", time(12)),
        ("8 h et demie", time(8, 30)),
        ("a las", None),
        ("y media", None),
        ("8 h de la", None),
        ("h", None),
        ("25 h", None),
        ("0 du soir", None),
        ("8:", None),
        ("8 hm", None),
    ],
)
def test_hours_in_spanish_and_french(text: str, at: time | None) -> None:
    assert read_clock(text) == at


@pytest.mark.parametrize("code", ["en", "es", "fr"])
@pytest.mark.parametrize("day", range(7))
def test_a_moment_that_is_shown_can_be_read(code: str, day: int) -> None:
    with speaking(code):
        moment = WeekTime(day, time(16, 5))
        assert read_moment(moment_text(moment, day_names()), day_names()) == moment
