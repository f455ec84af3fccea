"""Drafts in Spanish and French, from their catalogues: short, and with one question at most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from core.domain.angles import Known
from core.domain.checking import FindingKind, check, limit_for
from core.domain.drafting import GAP
from core.domain.words import Angle, Channel, Step
from core.language import speaking
from core.voice import draft_frame
from core.voice.draft_frame import frame
from core.voice.drafts import draft

SPANISH = Known(
    name="Ana Ruiz",
    organization="Transportes del Norte",
    about="analista de datos",
    insights=("pasan los informes a dbt este trimestre",),
    achievements=("Reduje el cierre mensual de 3 días a 2 horas",),
    endorsements=("Mi jefa en Initech: “mantiene la calma en cada entrega”",),
    note="la conocí en la feria de mayo",
)
FRENCH = Known(
    name="Léa Roy",
    organization="Érable",
    about="analyste de données",
    insights=("les rapports passent à dbt ce trimestre",),
    achievements=("Clôture mensuelle réduite de 3 jours à 2 heures",),
    endorsements=("Ma cheffe chez Initech : « elle garde son calme »",),
    note="rencontrée au salon de mai",
)
STAGES: tuple[dict[str, object], ...] = (
    {},
    {"step": Step.CHECK_IN},
    {"cycle": 2},
    {"talking": True, "last_reply": "mayo / mai"},
    {"talking": True, "referred_to": "Kim Sato"},
    {"referrer": "Kim Sato", "insights": ()},
    {"landed": True},
)
FILLED = {
    "es": ("tres informes que ahorran un día", "el traspaso de clientes sin esperas"),
    "fr": ("trois rapports qui gagnent un jour", "la reprise des clients sans attente"),
}


@pytest.fixture(params=["es", "fr"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    draft_frame._frame_in.cache_clear()  # another test may have had a catalogue of its own
    with speaking(request.param):
        yield request.param


def scenes(language: str) -> Iterator[tuple[Known, Angle, Channel]]:
    whole = SPANISH if language == "es" else FRENCH
    nameless = replace(whole, name="", insights=())
    bare = Known(organization=whole.organization)
    for who, stage in product((whole, nameless, bare), STAGES):
        known = replace(who, **stage)  # type: ignore[arg-type]
        yield from ((known, angle, via) for angle, via in product(Angle, Channel))


def test_every_draft_is_short_and_has_nothing_to_mend_but_its_gaps(language: str) -> None:
    for known, angle, via in scenes(language):
        made = draft(known, angle, via, "Sam Okafor")
        text = GAP.sub(FILLED[language][0], made.body)
        kinds = {finding.kind for finding in check(text, via=via, known=known)}
        spared = {FindingKind.TOO_LONG, *([FindingKind.IMPERSONAL] if known.landed else [])}
        assert kinds <= spared, f"{kinds}\n{text}"
        limit = limit_for(via, known)
        assert limit is not None
        assert limit.size(made.body) <= limit.most, made.body
        assert made.body.count("?") <= 1, made.body
        for fault in ("  ", " ,", "..", "{", "None", "…."):
            assert fault not in GAP.sub("[]", f"{made.subject}\n{made.body}"), made.body


def test_the_same_again_is_found_and_another_angle_is_not(language: str) -> None:
    known = replace(SPANISH if language == "es" else FRENCH, cycle=2)
    for via in (Channel.EMAIL, Channel.TEXT, Channel.PHONE):
        sent = GAP.sub(FILLED[language][0], draft(known, Angle.IDEA, via, "Sam").body)
        again = replace(known, last_sent=sent)
        for angle in Angle:
            text = GAP.sub(FILLED[language][1], draft(again, angle, via, "Sam").body)
            found = check(text, via=via, known=again, earlier=(sent,), frame=frame())
            assert not [f for f in found if f.kind is FindingKind.REPEATED], text
        found = check(sent, via=via, known=again, earlier=(sent,), frame=frame())
        assert [f for f in found if f.kind is FindingKind.REPEATED]
