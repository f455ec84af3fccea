"""Each member in their own language: how it is chosen, what it changes, and that none leaks."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from core import language
from core.caller import Account, Platform
from core.language import speaking
from core.options import Option, options_of
from core.recognizing import choice_for
from core.reply import Message
from core.requests import Add, Settings
from core.usecases.forms import fields_of
from core.voice.days import count, date_words, short_date
from core.voice.words import listed
from tests.linking import join, two
from tests.people import Member, Office, buttons

FRIDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 23)
SPANISH = {
    "{weekday} {day} {month}": "{weekday} {day} de {month}",
    "Your settings": "Tus ajustes",
    "Language **{name}**.": "Idioma **{name}**.",
    "Undo": "Deshacer",
    "Undone: {what} is as before.": "Deshecho: {what} como antes.",
    "the language": "el idioma",
    "Sent": "Enviado",
    "{day}: {count} ping due": "{day}: {count} mensaje pendiente",
    "First ping": "Primer mensaje",
    "Urgency": "Urgencia",
    "{label}: “{text}” is not one of the choices. Use {allowed}.": (
        "{label}: «{text}» no es una de las opciones. Usa {allowed}."
    ),
    "urgent": "urgente",
    "soon": "pronto",
    "relaxed": "sin prisa",
    "phone": "teléfono",
    "none": "ninguna",
    "by": "por",
    "{list} and {next}": "{list}, {next}",
    "{list} and {last}": "{list} y {last}",
}
FRENCH = {
    "{day}: {count} ping due": "{day} : {count} message à envoyer",
    "Your settings": "Vos réglages",
    "Sent": "Envoyé",
    "1": "1er",
}


class Known(gettext.NullTranslations):
    """A small catalogue of our own, so that these tests don't wait for a translator's taste."""

    def __init__(self, known: dict[str, str]) -> None:
        super().__init__()
        self.known = known

    def gettext(self, message: str) -> str:
        return self.known.get(message, message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.known.get(one, one if number == 1 else many)

    def pgettext(self, context: str, message: str) -> str:
        return self.known.get(message, message) if context != "short date" else message


@pytest.fixture(autouse=True)
def catalogues(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    known = {"es": Known(SPANISH), "fr": Known(FRENCH), "en": gettext.NullTranslations()}
    monkeypatch.setattr(language, "_catalogue", known.__getitem__)
    yield


def said(message: Message | None) -> str:
    assert message is not None
    return message.plain()


def option(name: str) -> Option:
    return next(spec for spec in options_of(Add) if spec.name == name)


async def from_(member: Member, locale: str, line: str) -> str:
    reply = await member.desk.line(line, replace(member.caller(), locale=locale))
    return said(reply.message)


@pytest.mark.parametrize("typed", ["español", "Espanol", "spanish", "es"])
async def test_a_language_is_chosen_by_any_of_its_names_and_undone(
    office: Office, typed: str
) -> None:
    member = office.member()
    answer = await member.says(f"settings language: {typed}")
    assert answer.startswith("Tus ajustes\n")
    assert "Idioma Español." in answer
    assert "[Deshacer]" in answer
    assert await member.presses("Deshacer") == "Undone: the language is as before."
    assert (await member.says("settings")).startswith("Your settings\n")


async def test_a_member_is_spoken_to_as_their_app_is_until_they_choose(office: Office) -> None:
    member = office.member()
    assert (await from_(member, "fr-CA", "settings")).startswith("Vos réglages\n")
    assert (await from_(member, "de-DE", "settings")).startswith("Your settings\n")
    chosen = await from_(member, "fr-CA", "settings language: English")
    assert chosen.startswith("Your settings\n")
    assert (await from_(member, "fr-CA", "settings")).startswith("Your settings\n")
    assert (await from_(member, "es-MX", "settings language: auto")).startswith("Tus ajustes\n")


async def test_the_form_shows_the_language_and_takes_what_was_picked(office: Office) -> None:
    member = office.member()
    await member.says("settings")
    await member.presses("Change")
    assert (await member.fills(language="Español")).startswith("Tus ajustes\n")
    await member.presses("Change")
    form = member.last.form
    assert form is not None
    assert {field.name: field.value for field in form.fields}["language"] == "Español"


async def test_one_person_in_two_places_chooses_once(office: Office) -> None:
    slack, discord = two(office)
    await slack.says("add Dana Lee @ Acme")
    await discord.says("add Kim Sato @ Globex")
    await join(slack, discord)
    await slack.says("settings language: español")
    assert (await discord.says("settings")).startswith("Tus ajustes\n")


async def test_digests_of_one_morning_are_each_in_their_own_language(office: Office) -> None:
    people = {"ana": "es-MX", "bob": "en-US", "chloe": "fr-CA"}
    for user, locale in people.items():
        member = office.member(user, Platform.WEB)
        await from_(member, locale, "add Dana Lee @ Acme, tomorrow")
    parcels = await office.morning(datetime(2026, 11, 24, 8, 0, tzinfo=UTC))
    found = {}
    for parcel in parcels:
        assert isinstance(parcel.to, Account)
        found[parcel.to.user] = parcel.message
    assert {user: said(message).splitlines()[0] for user, message in found.items()} == {
        "ana": "martes 24 de noviembre: 1 mensaje pendiente",
        "bob": "Tuesday 24 November: 1 ping due",
        "chloe": "mardi 24 novembre : 1 message à envoyer",
    }
    first = {user: buttons(message)[0].label for user, message in found.items()}
    assert first == {"ana": "Enviado", "bob": "Sent", "chloe": "Envoyé"}


@pytest.mark.parametrize(
    ("code", "long", "short"),
    [
        ("en", "Friday 27 November", "Fri 27 Nov"),
        ("es", "viernes 27 de noviembre", "vie 27 nov"),
        ("fr", "vendredi 27 novembre", "ven. 27 nov."),
    ],
)
def test_days_have_the_names_that_the_language_has(code: str, long: str, short: str) -> None:
    with speaking(code):
        assert date_words(FRIDAY, MONDAY) == long
        assert short_date(FRIDAY, MONDAY) == short


def test_the_first_of_a_month() -> None:
    first = date(2026, 12, 1)
    assert date_words(first, MONDAY) == "Tuesday 1 December"
    with speaking("fr"):
        assert date_words(first, MONDAY) == "mardi 1er décembre"


def test_large_numbers_are_written_as_the_language_writes_them() -> None:
    with speaking("en"):
        assert count(12345, "ping") == "12,345 pings"
    with speaking("es"):
        assert count(12345, "ping") == "12.345 pings"


def test_a_list_in_a_sentence() -> None:
    assert [listed(["a", "b", "c"][:n]) for n in range(4)] == ["", "a", "a and b", "a and b and c"]
    with speaking("es"):
        assert listed(["a", "b", "c"]) == "a, b y c"


@pytest.mark.parametrize(
    ("name", "typed", "choice"),
    [
        ("urgency", "urgente", "urgent"),
        ("urgency", "SIN PRISA", "relaxed"),
        ("urgency", "relaxed", "relaxed"),
        ("urgency", "pron", "soon"),
        ("urgency", "urgencia pronto", "soon"),
        ("via", "telefono", "phone"),
        ("via", "por teléfono", "phone"),
        ("via", "by phone", "phone"),
        ("trust", "ninguna", "none"),
        ("trust", "vendredi", None),
    ],
)
def test_a_choice_may_be_typed_as_it_is_shown(name: str, typed: str, choice: str | None) -> None:
    with speaking("es"):
        assert choice_for(option(name), typed) == choice


async def test_what_is_shown_to_choose_from_can_be_typed_and_completed(office: Office) -> None:
    ana = office.member("ana")
    await ana.says("settings language: español")
    refusal = await ana.types("add", who="Dana Lee @ Acme", urgency="mañana")
    assert refusal.startswith(
        "Urgencia: «mañana» no es una de las opciones. Usa urgente, pronto, normal, sin prisa."
    )
    await ana.says("add Dana Lee @ Acme sin prisa por telefono")
    shown = await ana.says("show Dana")
    assert shown.startswith("Dana Lee\nAcme (#1)")
    assert "sin prisa" in shown
    caller = ana.caller()
    offered = await ana.desk.suggest("add", "urgency", "pris", caller)
    assert [(one.label, one.value) for one in offered] == [("sin prisa", "relaxed")]
    assert [one.value for one in await ana.desk.suggest("add", "urgency", "relax", caller)] == [
        "relaxed"
    ]


async def test_a_pause_in_spanish(office: Office) -> None:
    ana = office.member("ana")
    await ana.says("settings language: es")
    away = "Away from domingo 20 de diciembre until"
    assert away in await ana.says("settings pause: 20 dic al 5 ene")
    assert away not in await ana.says("settings pause: no")


def test_the_settings_have_one_field_for_it() -> None:
    names = [spec.name for spec in fields_of(Settings())]
    assert names.count("language") == 1
