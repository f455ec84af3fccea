"""Days written in Spanish and in French mean what they mean there, or are asked about."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from core.domain.days import Today, Unclear, UnclearDay, names_a_day, read_day
from core.language import LANGUAGES, speaking, tr
from core.voice.days import date_words, day_words, distance, short_date
from core.voice.unclear import EXAMPLES, PAST_EXAMPLES

MONDAY = date(2026, 11, 23)
SPANISH = Today(MONDAY, locale="es-MX", language="es")
FRENCH = Today(MONDAY, locale="fr-CA", language="fr")


def _in(days: int) -> date:
    return MONDAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hoy", _in(0)),
        ("mañana", _in(1)),
        ("Mañana por la tarde", _in(1)),
        ("pasado mañana", _in(2)),
        ("en 3 días", _in(3)),
        ("en tres días", _in(3)),
        ("dentro de una semana", _in(7)),
        ("en 5 días hábiles", _in(7)),
        ("el viernes", _in(4)),
        ("vie", _in(4)),
        ("este viernes", _in(4)),
        ("el viernes de la próxima semana", _in(11)),
        ("miércoles de la semana que viene", _in(9)),
        ("la semana que viene", _in(7)),
        ("1 de diciembre", date(2026, 12, 1)),
        ("1 dic", date(2026, 12, 1)),
        ("el primero de diciembre", date(2026, 12, 1)),
        ("martes 1 de diciembre", date(2026, 12, 1)),
        ("5 de enero de 2027", date(2027, 1, 5)),
        ("fin de mes", date(2026, 11, 30)),
        ("a finales del mes", date(2026, 11, 30)),
        ("a principios del próximo mes", date(2026, 12, 1)),
        ("el 30", date(2026, 11, 30)),
        ("el lunes 30", date(2026, 11, 30)),
        ("mar 24 nov", _in(1)),
        ("mañana en la mañana", _in(1)),
        ("esta tarde", _in(0)),
        ("hasta el 5 de enero", date(2027, 1, 5)),
        ("a partir del 5 de enero", date(2027, 1, 5)),
        ("de hoy en ocho", _in(7)),
        ("en un par de semanas", _in(14)),
        ("en doce días", _in(12)),
        ("el viernes a las 10", _in(4)),
        ("después de Navidad", date(2026, 12, 28)),
        ("2026-12-01", date(2026, 12, 1)),
        ("in 3 days", _in(3)),
        ("tomorrow", _in(1)),
        ("4/12", date(2026, 12, 4)),
    ],
)
def test_spanish(text: str, day: date) -> None:
    assert read_day(text, SPANISH) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("aujourd’hui", _in(0)),
        ("demain", _in(1)),
        ("demain matin", _in(1)),
        ("après-demain", _in(2)),
        ("dans 3 jours", _in(3)),
        ("dans deux semaines", _in(14)),
        ("d'ici 3 jours", _in(3)),
        ("dans 5 jours ouvrables", _in(7)),
        ("vendredi", _in(4)),
        ("ce vendredi", _in(4)),
        ("vendredi en huit", _in(11)),
        ("vendredi de la semaine prochaine", _in(11)),
        ("la semaine prochaine", _in(7)),
        ("1er décembre", date(2026, 12, 1)),
        ("le 1er déc.", date(2026, 12, 1)),
        ("mardi 1er décembre", date(2026, 12, 1)),
        ("5 janv. 2027", date(2027, 1, 5)),
        ("fin du mois", date(2026, 11, 30)),
        ("début décembre", date(2026, 12, 1)),
        ("le 30", date(2026, 11, 30)),
        ("lundi 30", date(2026, 11, 30)),
        ("15 déc", date(2026, 12, 15)),
        ("mar. 1er déc.", date(2026, 12, 1)),
        ("mar.", _in(1)),
        ("ce soir", _in(0)),
        ("début janvier", date(2027, 1, 1)),
        ("fin décembre", date(2026, 12, 31)),
        ("fin d’année", date(2026, 12, 31)),
        ("jusqu’au 5 janvier", date(2027, 1, 5)),
        ("d’ici vendredi", _in(4)),
        ("dans 10 j", _in(10)),
        ("demain à 9h", _in(1)),
        ("après Noël", date(2026, 12, 28)),
        ("in 3 days", _in(3)),
        ("4/12", date(2026, 12, 4)),
    ],
)
def test_french(text: str, day: date) -> None:
    assert read_day(text, FRENCH) == day


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("ayer", SPANISH, _in(-1)),
        ("hace 3 días", SPANISH, _in(-3)),
        ("el viernes pasado", SPANISH, _in(-3)),
        ("hier", FRENCH, _in(-1)),
        ("avant-hier", FRENCH, _in(-2)),
        ("il y a 3 jours", FRENCH, _in(-3)),
        ("vendredi dernier", FRENCH, _in(-3)),
    ],
)
def test_days_that_were(text: str, today: Today, day: date) -> None:
    assert read_day(text, today, past=True) == day


@pytest.mark.parametrize(
    ("text", "today", "first", "second"),
    [
        ("el próximo viernes", SPANISH, _in(4), _in(11)),
        ("viernes que viene", SPANISH, _in(4), _in(11)),
        ("vendredi prochain", FRENCH, _in(4), _in(11)),
        ("vendredi qui vient", FRENCH, _in(4), _in(11)),
        ("fin de semaine", FRENCH, _in(4), _in(5)),
        ("en quince días", SPANISH, _in(14), _in(15)),
        ("dans huit jours", FRENCH, _in(7), _in(8)),
        ("dans une quinzaine", FRENCH, _in(14), _in(15)),
    ],
)
def test_what_means_two_days_is_asked_about(
    text: str, today: Today, first: date, second: date
) -> None:
    with pytest.raises(UnclearDay) as refused:
        read_day(text, today)
    assert refused.value.kind is Unclear.AMBIGUOUS
    assert refused.value.suggestions == (first, second)


@pytest.mark.parametrize("text", ["mañana", "en 3 días", "el viernes", "1 de diciembre"])
def test_only_who_speaks_it_is_understood(text: str) -> None:
    assert names_a_day(text, "es")
    assert not names_a_day(text, "fr")
    with pytest.raises(UnclearDay):
        read_day(text, Today(MONDAY, locale="en-US"))


@pytest.mark.parametrize("text", ["Ana María López", "Mercado Libre", "Mars", "Dupont", "Avril"])
@pytest.mark.parametrize("language", ["es", "fr"])
def test_names_are_no_days(text: str, language: str) -> None:
    assert not names_a_day(text, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("examples", "past"), [(EXAMPLES, False), (PAST_EXAMPLES, True)])
def test_the_examples_that_are_shown_can_be_typed(language: str, examples: str, past: bool) -> None:
    with speaking(language):
        shown = re.findall(r"`([^`]+)`", tr(examples))
    assert len(shown) >= 5
    today = Today(date(2026, 12, 7) if past else MONDAY, language=language)
    for text in shown:
        assert (read_day(text, today, past=past) < today.day) is past, text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("dans sept jours", _in(7)),
        ("le 3 sept.", date(2027, 9, 3)),
        ("Sept 3", date(2027, 9, 3)),
        ("in 3 days", _in(3)),
    ],
)
def test_seven_is_no_month(text: str, day: date) -> None:
    assert read_day(text, FRENCH) == day


SHOWN: tuple[Callable[[date, date], str], ...] = (date_words, short_date, day_words, distance)


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize("today", [SPANISH, FRENCH], ids=["es", "fr"])
def test_a_day_that_is_shown_can_be_typed(shown: Callable[[date, date], str], today: Today) -> None:
    for days in range(1, 200):
        with speaking(today.language):
            words = shown(_in(days), MONDAY)
        assert read_day(words, today) == _in(days), words
