"""Achievements and endorsements (M15): kept, changed, undone, chosen, named by leave."""

from __future__ import annotations

import pytest

from core.domain.angles import Known
from core.domain.proofs import MOST_PROOFS, Proof, shared_words
from tests.people import Office

REPORT = "Cut the weekly report from 3 days to 2 hours"


async def test_kept_listed_changed_and_removed(office: Office) -> None:
    dana = office.member()
    assert "Keep it here with a number" in await dana.says("proof")
    assert f"Kept: {REPORT}" in await dana.says(f"proof {REPORT}")
    text = await dana.says("proof She calms every launch, by: Kim Sato, knows: my manager")
    assert "Kim Sato, my manager · not to be named: drafts leave the name out" in text
    text = await dana.says("proof")
    assert "Your proof: 1 achievement, 1 endorsement" in text
    assert text.index("calms") < text.index(REPORT), "newest first"
    await dana.presses("Edit")
    text = await dana.fills(named="yes")
    assert "Changed: “She calms every launch”" in text
    assert "may be named" in text
    assert "Your proof: 1 achievement, 1 endorsement" in text, "the list stands below"
    text = await dana.presses("Remove")
    assert "Removed: “She calms every launch”" in text
    assert "Your proof: 1 achievement" in text


async def test_each_step_is_undone(office: Office) -> None:
    dana = office.member()
    await dana.says(f"proof {REPORT}")
    await dana.says("proof")
    await dana.presses("Edit")
    await dana.fills(text="Cut the report to an hour")
    await dana.says("proof")
    await dana.presses("Remove")
    assert "among your proof again" in await dana.says("undo")
    assert "Cut the report to an hour" in await dana.says("proof")
    assert "as it was before" in await dana.says("undo")
    assert REPORT in await dana.says("proof")
    assert "not among your proof any more" in await dana.says("undo")
    assert "Keep it here" in await dana.says("proof")


async def test_nobody_sees_or_changes_anothers(office: Office) -> None:
    dana, eve = office.member("dana"), office.member("eve")
    await dana.says(f"proof {REPORT}")
    assert "Keep it here" in await eve.says("proof")
    assert "not among your proof" in await eve.presses_token("ask:t=1&form=proof")
    assert "not among your proof" in await eve.presses_token("unproof:item=1")
    assert "not among your proof" in await eve.presses_token("proof:item=1&filled=1&text=x")
    assert REPORT in await dana.says("proof")


async def test_the_one_that_fits_is_in_the_draft_with_the_reason(office: Office) -> None:
    dana = office.member()
    await dana.says("proof Ran 14 launches on time")
    await dana.says(f"proof {REPORT}")
    await dana.says("proof Won the bowling cup of 2019")
    await dana.says("add Robin Patel @ Acme re: weekly reporting, email")
    await dana.says("insight Robin, their report takes them a week")
    text = await dana.says("draft Robin, result")
    assert "I cut the weekly report from 3 days to 2 hours." in text
    assert "chosen because it shares “weekly” and “report” with what they need" in text
    text = await dana.says("draft Robin, idea")
    assert "From your proof" not in text


async def test_a_name_without_leave_is_in_no_draft(office: Office) -> None:
    dana = office.member()
    await dana.says("proof She calms every launch, by: Kim Sato, knows: my manager at Initech")
    await dana.says("add Robin Patel @ Acme, email")
    text = await dana.says("draft Robin, endorsement")
    assert "My manager at Initech: “She calms every launch”" in text
    assert "Kim" not in text
    assert "Sato" not in text
    await dana.says("proof")
    await dana.presses("Edit")
    await dana.fills(named="yes")
    text = await dana.says("draft Robin, endorsement")
    assert "Kim Sato, my manager at Initech: “She calms every launch”" in text


async def test_a_name_without_leave_is_in_no_picture_and_warned_of_in_ones_own_words(
    office: Office,
) -> None:
    dana = office.member()
    await dana.says("proof She calms every launch, by: Kim Sato, knows: my manager at Initech")
    await dana.says("add Robin Patel @ Acme, email")
    pitch = {"problem": "Launches slip", "change": "One list", "numbers": "9 to 2 slips"}
    said = {"endorsement": "Kim Sato: “She calms every launch”"}
    text = await dana.types("pitch", who="Robin", **pitch, **said)
    assert "“Kim Sato” has not agreed to be named" in text
    assert dana.last.field == "endorsement"
    assert not dana.last.files
    await dana.presses("Correct it")
    text = await dana.fills(endorsement="My manager at Initech: “She calms every launch”")
    for file in dana.last.files:
        assert "Kim" not in file.alt
        assert "Kim" not in file.name
        assert b"Kim" not in file.content
    await dana.says("draft Robin, endorsement")
    await dana.presses("Write on")
    text = await dana.fills(text="Hi Robin, ask Kim about me. It is short.")
    assert "“Kim” has not agreed to be named." in text
    await dana.says("proof She is quick, by: Kim Sato, named: yes")
    assert dana.last.message is not None
    assert "Your pitch for" in await dana.types("pitch", who="Robin", **pitch, **said)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("proof Kim says she is calm, by: Kim Sato", "The words hold the name “Kim”"),
        ("proof She is calm, by: Kim Sato, knows: Sato's team", "The words hold the name “Sato”"),
        ("proof 佐藤さんは速いと言う, by: 佐藤", "The words hold the name “佐藤”"),
        ("proof Bo Li says she is calm, by: Bo Li", "The words hold the name “Bo Li”"),
        ("proof by: Kim Sato", "What did they say of you?"),
        ("proof She is calm, knows: my manager", "Who said it?"),
        ("proof " + "x" * 501, "use 500 at most"),
    ],
)
async def test_what_is_wrong_is_said(office: Office, line: str, sentence: str) -> None:
    dana = office.member()
    assert sentence in await dana.says(line)
    assert "Keep it here" in await dana.says("proof")


async def test_an_empty_form_is_refused(office: Office) -> None:
    dana = office.member()
    await dana.says("proof")
    await dana.presses("Add proof")
    assert "Write what you achieved" in await dana.fills()
    assert dana.last.field == "text"


async def test_there_are_pages_and_an_end(office: Office) -> None:
    dana = office.member()
    for number in range(MOST_PROOFS):
        await dana.says(f"proof Shipped release {number}")
    assert "more than one can choose from" in await dana.says("proof One more")
    text = await dana.says("proof")
    assert "Shipped release 49" in text
    assert "Shipped release 45" in text
    assert "Shipped release 44" not in text
    assert "Shipped release 44" in await dana.presses("Next")


def test_without_a_source_no_name_is_made_up() -> None:
    assert Proof(1, "Calm in a launch", by="Kim").fact == (
        "Somebody I worked with: “Calm in a launch”"
    )


def test_shared_words_are_told_as_they_are_written() -> None:
    known = Known(about="Reporting lead", insights=("the weekly report is late",))
    assert shared_words(f"{REPORT}.", known) == ["weekly", "report"]
