"""M12 in Spanish and French: what a check finds, and what it lets pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter

import pytest

from core.domain.angles import Known
from core.domain.checking import FindingKind, check
from core.domain.likeness import essence
from core.domain.words import Channel
from core.language import speaking

ANA = Known(
    name="Ana Ruiz",
    organization="Acme",
    about="analista de datos",
    insights=("migran a dbt este trimestre",),
)

EMPTY = [
    ("es", "Solo quería saber si hay algo nuevo", "solo quería saber si"),
    ("es", "Sólo quería saber cómo va", "sólo quería saber"),
    (
        "es",
        "Simplemente te escribo para preguntarte si",
        "simplemente te escribo para preguntarte si",
    ),
    ("es", "¿Alguna novedad?", "alguna novedad"),
    ("es", "¿Hay novedades sobre el proceso?", "hay novedades"),
    ("es", "Quería dar seguimiento a mi postulación", "dar seguimiento a mi postulación"),
    ("es", "Espero que este correo le encuentre bien.", "espero que este correo le encuentre"),
    ("es", "Espero que estés muy bien.", "espero que estés muy bien"),
    ("es", "Espero que todo vaya bien", "espero que todo vaya bien"),
    ("es", "A quien corresponda:", "a quien corresponda"),
    ("es", "Me permito contactarla", "me permito contactarla"),
    ("es", "Responda a la mayor brevedad posible", "a la mayor brevedad posible"),
    ("es", "Me encantaría tomar un café contigo", "me encantaría tomar un café"),
    ("es", "No dude en contactarme", "no dude en contactarme"),
    ("es", "Quedo a la espera de su respuesta.", "quedo a la espera de su respuesta"),
    ("es", "Quedo atenta a tus comentarios", "quedo atenta a tus comentarios"),
    ("es", "Quedo a su entera disposición", "quedo a su entera disposición"),
    ("es", "Todavía no he recibido respuesta", "todavía no he recibido respuesta"),
    ("es", "Perdón por molestarte otra vez", "perdón por molestarte"),
    ("es", "Disculpe la insistencia", "disculpe la insistencia"),
    ("es", "Sé que estás muy ocupada, pero", "sé que estás muy ocupada, pero"),
    ("fr", "Je me permets de vous relancer", "je me permets de vous relancer"),
    ("fr", "Je voulais juste savoir si vous aviez lu", "je voulais juste savoir si"),
    ("fr", "Je reviens vers vous concernant le poste", "je reviens vers vous"),
    ("fr", "Avez-vous des nouvelles ?", "avez-vous des nouvelles"),
    ("fr", "Suite à mon dernier courriel", "suite à mon dernier courriel"),
    ("fr", "J’espère que vous allez bien.", "j'espère que vous allez bien"),
    ("fr", "J'espère que ce message vous trouve en forme", "j'espère que ce message vous trouve"),
    ("fr", "À qui de droit,", "à qui de droit"),
    ("fr", "Je me permets de vous contacter", "je me permets de vous contacter"),
    ("fr", "Répondez dans les meilleurs délais", "dans les meilleurs délais"),
    ("fr", "On pourrait prendre un café ?", "prendre un café"),
    ("fr", "N’hésitez pas à me contacter", "n'hésitez pas à me contacter"),
    ("fr", "Je reste à votre entière disposition", "je reste à votre entière disposition"),
    ("fr", "Dans l'attente de votre retour", "dans l'attente de votre retour"),
    ("fr", "Je n'ai pas eu de réponse", "n'ai pas eu de réponse"),
    ("fr", "N'ayant pas reçu de retour", "n'ayant pas reçu de retour"),
    ("fr", "Sauf erreur de ma part", "sauf erreur de ma part"),
    ("fr", "Désolée de vous déranger", "désolée de vous déranger"),
    ("fr", "Je sais que vous êtes très occupé, mais", "je sais que vous êtes très occupé, mais"),
    ("es", "Hi Ana, just checking in", "just checking in"),
    ("fr", "I hope this email finds you well", "hope this email finds you"),
]
NOT_EMPTY = [
    ("es", "¿Llegó mi mensaje sobre el puesto de analista de datos?"),
    ("es", "Quería saber si el equipo ya usa dbt"),
    ("es", "Espero que la migración salga bien el viernes"),
    ("es", "Hay noticias falsas en todas las redes"),
    ("es", "No he recibido el informe de dbt, lo pido hoy"),
    ("es", "Tengo una idea para Acme: pasar los informes a dbt ahorra dos días"),
    ("fr", "Mon message au sujet du poste vous est-il parvenu ?"),
    ("fr", "Avez-vous des nouvelles règles de calcul dans dbt ?"),
    ("fr", "J'espère que la migration sera bien finie vendredi"),
    ("fr", "Une idée pour Acme : passer les rapports à dbt"),
    ("fr", "Le café est dans la salle du fond"),
]
BEGGING = [
    ("es", "Por favor, deme un trabajo"),
    ("es", "Busco trabajo"),
    ("es", "Necesito urgentemente un empleo"),
    ("es", "Estoy buscando un nuevo puesto"),
    ("es", "¿Tienen vacantes en el equipo?"),
    ("es", "¿Hay algún puesto libre?"),
    ("es", "¿Están contratando?"),
    ("es", "Téngame en cuenta para lo que sea"),
    ("es", "Acepto cualquier trabajo"),
    ("es", "Ojalá pudieran contratarme"),
    ("fr", "Donnez-moi un travail"),
    ("fr", "Je cherche un emploi"),
    ("fr", "Je suis à la recherche d'un poste"),
    ("fr", "Je suis actuellement en recherche d’emploi"),
    ("fr", "Auriez-vous un poste pour moi ?"),
    ("fr", "Y a-t-il des postes à pourvoir ?"),
    ("fr", "Recrutez-vous ?"),
    ("fr", "Pensez à moi si une place se libère"),
    ("fr", "J'accepterais n'importe quel boulot"),
    ("fr", "Are you hiring?"),
]
NOT_BEGGING = [
    ("es", "El puesto que publicaron pide SQL"),
    ("es", "Busco la causa del retraso"),
    ("es", "Vi que están contratando a dos analistas."),
    ("es", "El trabajo en equipo fue la clave"),
    ("fr", "Le poste que vous avez publié demande SQL"),
    ("fr", "Je cherche la cause du retard"),
    ("fr", "J'ai lu que vous recrutez deux analystes."),
    ("fr", "Avez-vous des rapports lents ?"),
]


@pytest.fixture(params=["es", "fr"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with speaking(request.param):
        yield request.param


def found(language: str, text: str, kind: FindingKind) -> list[str]:
    with speaking(language):
        findings = check(f"Ana: {text}", via=Channel.EMAIL, known=ANA)
        return [finding.what for finding in findings if finding.kind is kind]


@pytest.mark.parametrize(("language", "text", "what"), EMPTY)
def test_an_empty_phrase_is_quoted_as_it_stands(language: str, text: str, what: str) -> None:
    assert found(language, text, FindingKind.EMPTY) == [what]


@pytest.mark.parametrize(("language", "text"), NOT_EMPTY)
def test_a_sentence_that_says_something_passes(language: str, text: str) -> None:
    assert found(language, text, FindingKind.EMPTY) == []
    assert found(language, text, FindingKind.BEGGING) == []


@pytest.mark.parametrize(("language", "text"), BEGGING)
def test_asking_straight_out_is_found(language: str, text: str) -> None:
    assert len(found(language, text, FindingKind.BEGGING)) == 1


@pytest.mark.parametrize(("language", "text"), NOT_BEGGING)
def test_speaking_of_work_is_no_begging(language: str, text: str) -> None:
    assert found(language, text, FindingKind.BEGGING) == []


def test_another_language_is_no_fault_in_english() -> None:
    assert found("en", "Solo quería saber si. Busco trabajo.", FindingKind.EMPTY) == []
    assert found("en", "Busco trabajo.", FindingKind.BEGGING) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Hola, Ana: el turno está listo.\n\nSaludos cordiales,\nSam", "el turno esta listo"),
        ("Estimada Ana:\nel turno está listo.\nAtentamente\nSam", "el turno esta listo"),
        ("Bonjour Ana,\n\nle planning est prêt.\n\nBien à vous,\nSam", "le planning est pret"),
        ("Chère Ana, le planning est prêt.\nCordialement,\nSam", "le planning est pret"),
    ],
)
def test_the_essence_is_without_greeting_and_closing(text: str, kept: str) -> None:
    assert essence(text) == kept


def test_small_words_make_no_message_personal(language: str) -> None:
    known = replace(ANA, name="", organization="", about="", insights=("la entrega de los mapas",))
    text = "la idea de los otros" if language == "es" else "la note de tous les autres"
    kinds = [finding.kind for finding in check(text, via=Channel.EMAIL, known=known)]
    assert FindingKind.IMPERSONAL in kinds


def test_a_long_text_is_checked_quickly(language: str) -> None:
    for text in (
        "solo quería " * 1700,
        "je suis " * 2500,
        "no me " * 3300,
        "a" * 20_000,
        "d'" * 9000,
    ):
        began = perf_counter()
        check(text, via=Channel.OTHER, known=ANA)
        assert perf_counter() - began < 1.0, text[:20]
