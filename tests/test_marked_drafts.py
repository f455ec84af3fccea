"""No word of English is left where another language is spoken: drafts, proof, pitches, imports."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import pytest

from core.caller import Platform
from core.domain.angles import Known, propose
from core.domain.checking import Finding, FindingKind, Limit, Unit, check
from core.domain.phrases import Instead
from core.domain.words import Angle, Channel, Step
from core.language import speaking
from core.text import plain
from core.voice.angles import angle_words
from core.voice.draft_findings import finding_words
from core.voice.drafts import draft
from tests.linking import CODE
from tests.marked import MARKED, marked, reader, speak_marked, unmarked
from tests.people import Office

LETTER = re.compile("[A-Za-z]")
ANNA = Known(
    name="Άννα Λ",
    organization="Άκμη",
    about="ρόλος",
    insights=("αλλάζουν σύστημα φέτος",),
    achievements=("Μείωση 40%",),
    endorsements=("Νίκος: “ήρεμη”",),
    note="γνωριμία",
)
WHO = {
    "much": ANNA,
    "a name": Known(name="Άννα"),
    "a place": Known(organization="Άκμη"),
    "a place and a matter": Known(organization="Άκμη", about="ρόλος"),
    "nothing": Known(),
    "by referral": replace(ANNA, referrer="Νίκος", insights=()),
    "long": replace(ANNA, insights=("πολύ μακρύ " * 20,), achievements=("πολύ " * 40,)),
    "a bare name": replace(ANNA, endorsements=("Νίκος",), about=""),
}
STAGES: dict[str, dict[str, object]] = {
    "first": {},
    "check-in": {"step": Step.CHECK_IN, "last_sent": "αλλάζουν σύστημα φέτος"},
    "second round": {"cycle": 2},
    "talking": {"talking": True, "last_reply": "σύντομα"},
    "referred": {"talking": True, "referred_to": "Νίκος"},
    "landed": {"landed": True},
}


@pytest.fixture(autouse=True)
def marked_language(monkeypatch: pytest.MonkeyPatch) -> None:
    speak_marked(monkeypatch)


def test_every_draft_and_its_angle_are_from_the_catalogue() -> None:
    with speaking(MARKED):
        for who, stage, angle, via, me in product(WHO, STAGES, Angle, Channel, ("Ζωή", "")):
            known = replace(WHO[who], **STAGES[stage])  # type: ignore[arg-type]
            made = draft(known, angle, via, me)
            text = f"{made.subject}\n{made.body}"
            assert not LETTER.search(text), f"{who}, {stage}, {angle}, {via}:\n{text}"
            for fault in ("  ", "{", "None", "..", "[]"):
                assert fault not in text, text
            for finding in check(made.body, via=via, known=known):
                assert finding.kind not in (FindingKind.EMPTY, FindingKind.BEGGING), text
        used = [[], [Angle.IDEA], list(Angle)]
        for known, stage in product(WHO.values(), STAGES):
            there = replace(known, **STAGES[stage])  # type: ignore[arg-type]
            for skipped in (*used, *([one] for one in Angle)):
                words = plain(angle_words(propose((), there, skipped), there))
                assert not LETTER.search(words), words


def test_every_finding_is_from_the_catalogue() -> None:
    found = [Finding(kind, "ω", size=n) for kind in FindingKind for n in (1, 3)]
    found += [Finding(FindingKind.EMPTY, "ω", instead) for instead in Instead]
    found += [Finding(FindingKind.IMPERSONAL)]
    kinds = product(Channel, Unit)
    long = [Finding(FindingKind.TOO_LONG, size=9, limit=Limit(1, u), via=c) for c, u in kinds]
    with speaking(MARKED):
        for finding in (*(f for f in found if f.kind is not FindingKind.TOO_LONG), *long):
            words = plain(finding_words(finding))
            assert words
            assert not LETTER.search(words), words


async def test_drafts_and_proof_at_the_desk(office: Office) -> None:
    dana = reader(office)
    await dana.says("add Άννα @ Άκμη re: ρόλος, email")
    await dana.says("insight Άννα, αλλάζουν σύστημα φέτος")
    await dana.says("proof")
    assert unmarked(dana.last.message) == []
    await dana.says("proof Μείωση 40%")
    assert unmarked(dana.last.message) == []
    await dana.says("proof ήρεμη, by: Νίκος, knows: συνάδελφος")
    assert unmarked(dana.last.message) == []
    await dana.says("proof")
    assert unmarked(dana.last.message) == []
    await dana.says("draft Άννα")
    assert unmarked(dana.last.message) == []
    for _ in Angle:
        await dana.taps("Another angle")
        assert unmarked(dana.last.message) == []


async def test_a_pitch_its_words_and_its_picture(office: Office) -> None:
    dana = reader(office)
    await dana.says("add Άννα @ Άκμη")
    texts = {"problem": "αργό", "change": "νέο", "achievement": "40%", "endorsement": "ναι"}
    for numbers in ("12 ω → 2 ω", "3 → 3", "5 % → 7 %", "1 → 5000000 ω", "1 → 2 / ω"):
        await dana.types("pitch", who="1", numbers=numbers, **texts)
        assert unmarked(dana.last.message) == []
        assert not LETTER.search(dana.last.files[0].alt), dana.last.files[0].alt
    await dana.types("pitch", who="1", numbers="πολλά", **texts)
    assert unmarked(dana.last.message) == []


FILE = """Όνομα,Ρόλος,Company,Status,Date applied,Last
Άννα,ρόλος,Άκμη,Interview,2026-11-02,
Άννα,ρόλος,Άκμη,Interview,2026-11-02,
,,,,2026-11-02,
Ζωή,ρόλος,Ωμέγα,κάτι,2026-99-99,
Νίκος,ρόλος,Ωμέγα,άλλο,2027-01-01,
Νίκη,ρόλος,Ωμέγα,Rejected,2026-11-02,
Νίκη,ρόλος,Ωμέγα,Rejected,2026-11-02,,,ω
"""


async def test_an_import_from_its_preview_to_its_end(office: Office) -> None:
    dana = reader(office)
    typed_in = ("Company", "Status", "Date applied", "Last", "Rejected")
    await dana.imports(FILE.encode())

    def left() -> list[str]:
        words = unmarked(dana.last.message)
        bare = [re.sub("|".join(typed_in), "", one) for one in words]
        return [one for one in bare if LETTER.search(one)]

    assert left() == []
    files = dana.last.files
    assert not any(LETTER.search(re.sub("Rejected", "", f.content.decode())) for f in files)
    for meaning in ("Waiting", "Leave out"):
        await dana.taps(meaning)
        assert left() == []
    await dana.taps("Columns")
    form = dana.last.form
    assert form is not None
    typed = form.fields[0].value
    assert f"Company = {marked('organization')}" in typed
    typed = typed.replace(f"Όνομα = {marked('note')}", f"Όνομα = {marked('name')}")
    await dana.fills(columns=typed.replace(f"Ρόλος = {marked('note')}", "Ρόλος = role"))
    assert left() == []
    await dana.taps("Import 3")
    assert left() == []
    await dana.imports(b"\x00\xff" * 40)
    assert left() == []


async def test_two_selves_and_a_win(office: Office) -> None:
    slack, discord = reader(office, Platform.SLACK), reader(office, Platform.DISCORD)
    for one in (slack, discord):
        await one.says("add Άννα @ Άκμη, email")
        await one.says("add Νίκος @ Άκμη")
        await one.says("settings hour: 9:00")
    text = await slack.says("link")
    assert unmarked(slack.last.message) == []
    code = CODE.search(text)
    assert code is not None
    await discord.says(f"link {code[0]}")
    assert unmarked(discord.last.message) == []
    label = "Join, settings from there"
    await (discord.taps(label) if marked(label) in str(discord.last) else discord.taps("Join"))
    assert unmarked(discord.last.message) == []
    for line in ("link", "link part", "link BBBBB-BBBBB-BBBBB"):
        await discord.says(line)
        assert unmarked(discord.last.message) == []
    await discord.says("reply 2 talking")
    await discord.says("win 2")
    assert marked("You landed it") in str(discord.last)
    assert unmarked(discord.last.message) == []
