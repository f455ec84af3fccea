"""An export comes back without loss, whatever people typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.cadence import STEADY, fold
from core.domain.calendar import calendar_of
from core.domain.history import Terms, Touch
from core.domain.importing.own import from_document, from_table, own_document
from core.domain.importing.records import records_of
from core.domain.names import clean, clean_lines
from core.domain.portable import Belongings, table
from core.domain.portable import document as document_of
from core.domain.proofs import Proof
from core.domain.records import Contact, FollowUp
from core.domain.words import (
    Channel,
    CloseReason,
    Outcome,
    Priority,
    TouchKind,
    Trust,
    Urgency,
)
from tests.people import Office
from tests.test_taking import document, file_of

TODAY = date(2026, 11, 23)
NUMBERS = {"number": 0, "referred_by": 0}
"""What an import gives out anew."""


async def test_an_export_comes_back_whole(office: Office) -> None:
    dana, eve = office.member("dana"), office.member("eve")
    await dana.says("add Robin Patel @ Acme re: data PM, email, urgent, note: =met at a talk")
    await dana.says("sent Robin, idea, note: two ways to save a day")
    await dana.says("replied Robin, referred me, lead: Kim Sato @ Globex")
    await dana.says("insight Robin, they move to dbt")
    await dana.says("proof Calm in a launch, by: Sam Okafor, named: yes")
    await dana.says("add @ Hooli re: -1")
    await dana.says("close Hooli, not interested")
    before = await document(dana)
    for ending in (".json", ".csv"):
        await dana.says("export")
        content = file_of(dana, ending).content
        assert "histories come back whole" in await eve.imports(content)
        await eve.presses("Import 3")
        after = await document(eve)
        for one, other in zip(before["followups"], after["followups"], strict=True):
            assert {**one, **NUMBERS} == {**other, **NUMBERS}
        assert after["followups"][1]["referred_by"] == after["followups"][0]["number"]
        if ending == ".json":
            assert (after["insights"], after["proof"]) == (before["insights"], before["proof"])
        await eve.says("undo")
        assert (await document(eve))["insights"] == []


def test_a_name_may_be_a_word_for_nothing_and_a_history_long() -> None:
    """Which is read away from a table of others, and never from our own."""
    history = ONE_LIFE
    one = FollowUp(1, 1, Contact(1, "Na", "None"), "n/a", fold(history, EVERY_DAY, STEADY))
    content = table(Belongings({}, [one], {1: history}, (), ()))
    (back,) = from_table(records_of(content)).candidates
    assert (back.name, back.organization, back.about) == ("Na", "None", "n/a")
    assert [stripped(touch) for touch in back.touches] == [stripped(touch) for touch in history]


EVERY_DAY = calendar_of(frozenset(), ())
ONE_LIFE = [
    Touch(TouchKind.ADDED, TODAY, terms=Terms()),
    *(Touch(TouchKind.NOTED, TODAY, text=f"{n} " + "two  spaces, " * 150) for n in range(4)),
]
DAYS = st.dates(date(1990, 1, 1), date(2080, 1, 1))
TYPED = st.text(max_size=40).map(clean)
HISTORIES = st.lists(
    st.builds(
        Touch,
        kind=st.sampled_from([k for k in TouchKind if k is not TouchKind.ADDED]),
        day=DAYS,
        via=st.sampled_from(Channel),
        angle=st.sampled_from(["", "idea", "proof"]),
        outcome=st.none() | st.sampled_from(Outcome),
        reason=st.none() | st.sampled_from(CloseReason),
        until=st.none() | DAYS,
        text=st.text(max_size=80).map(clean_lines),
    ),
    max_size=5,
).flatmap(
    lambda rest: st.builds(
        lambda day, terms, text: [Touch(TouchKind.ADDED, day, terms=terms, text=text), *rest],
        DAYS,
        st.builds(
            Terms,
            st.sampled_from(Urgency),
            st.sampled_from(Priority),
            st.sampled_from(Trust),
            st.none() | DAYS,
        ),
        TYPED,
    )
)
CONTACTS = st.builds(
    Contact,
    id=st.just(1),
    name=TYPED,
    organization=TYPED,
    via=st.sampled_from(Channel),
    address=TYPED,
    country=st.sampled_from(["", "DE", "US-CA"]),
)


def stripped(touch: Touch) -> Touch:
    return replace(touch, id=0, change=0)


@settings(max_examples=120)
@given(st.lists(st.tuples(CONTACTS, TYPED, HISTORIES), min_size=1, max_size=4), st.data())
def test_what_is_exported_is_imported_without_loss(
    lives: list[tuple[Contact, str, list[Touch]]], data: st.DataObject
) -> None:
    """As the document and as the table, whatever people typed."""
    position = fold(ONE_LIFE, EVERY_DAY, STEADY)
    led = data.draw(st.lists(st.integers(0, len(lives)), min_size=len(lives), max_size=len(lives)))
    everything = [
        FollowUp(n * 7, n, contact, about, position, referred_by=led[n - 1] * 7)
        for n, (contact, about, _) in enumerate(lives, 1)
    ]
    histories = {n * 7: history for n, (_, _, history) in enumerate(lives, 1)}
    belongings = Belongings({}, everything, histories, [("Acme", "dbt", TODAY)], [PROOF])
    whole = own_document(document_of(belongings, TODAY))
    assert whole is not None
    own = from_document(whole)
    assert own.insights == (("Acme", "dbt", TODAY),)
    assert own.proofs == (replace(PROOF, id=0),)
    for found in (own.candidates, from_table(records_of(table(belongings))).candidates):
        for one, (contact, about, history), referred_by in zip(found, lives, led, strict=True):
            back = Contact(1, one.name, one.organization, one.via, one.address, one.country)
            assert (back, one.about) == (contact, about)
            assert one.referred_by == referred_by
            assert [stripped(touch) for touch in one.touches] == history


PROOF = Proof(3, "Calm", "Kim", "my manager", named=True)
