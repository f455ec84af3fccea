"""One week of one member, played on every platform and both databases through the real clients."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.goldens import check_golden
from tests.stages.base import Person, Stage
from tests.stages.discord import discord_stage
from tests.stages.slack import slack_stage
from tests.stages.web import web_stage

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
Opened = Callable[[str, Path], AbstractAsyncContextManager[Stage]]

STAGES: dict[str, Opened] = {
    "slack-socket": lambda url, _: slack_stage(url, MONDAY),
    "slack-http": lambda url, _: slack_stage(url, MONDAY, http=True),
    "discord": lambda url, _: discord_stage(url, MONDAY),
    "playground": lambda url, folder: web_stage(url, MONDAY, folder),
}


@pytest.fixture(params=sorted(STAGES))
async def stage(
    request: pytest.FixtureRequest, database_url: str, tmp_path: Path
) -> AsyncIterator[Stage]:
    """The bot on one platform and one database."""
    async with STAGES[request.param](database_url, tmp_path) as opened:
        yield opened


async def test_a_week(stage: Stage) -> None:
    dana = await stage.person("dana")
    await _adds(dana)
    await stage.move_to(_berlin(24, 8, 29))
    assert dana.private() == []
    await stage.move_to(_berlin(24, 8, 30))
    await _first_digest(dana)
    await stage.restart()
    await _old_buttons_still_work(dana)
    await stage.move_to(_berlin(30, 8, 30))
    await stage.move_to(datetime(2026, 12, 1, 7, 30, tzinfo=UTC))
    await _the_check_in_is_answered(dana)
    await _list_undo_and_close(dana)


async def _adds(dana: Person) -> None:
    """add: what was understood, and on which day."""
    text = await dana.command(
        "add", who="Robin Patel @ Acme", about="data PM", via="email", when="tomorrow"
    )
    assert "Robin Patel, Acme, data PM (#1) · by email" in text
    assert "First ping: Tuesday 24 November (tomorrow)" in text


async def _first_digest(dana: Person) -> None:
    (digest,) = dana.private()
    assert "Tuesday 24 November: 1 ping due" in digest
    assert "Robin Patel, Acme, data PM (#1) · by email" in digest
    assert "If quiet: check-in Tue 1 Dec." in digest
    text = await dana.press("Sent", on="1 ping due")
    assert "Robin Patel, Acme: sent. Check-in due Tuesday 1 December (in 7 days)." in text
    assert len(dana.private()) == 1, "the digest is edited in place"


async def _old_buttons_still_work(dana: Person) -> None:
    """After a restart, with a process that has never seen the message."""
    text = await dana.press("Undo", on="sent. Check-in due")
    assert "Tuesday 24 November: 1 ping due" in text
    text = await dana.press("Sent", on="1 ping due")
    assert "all done" in text


async def _the_check_in_is_answered(dana: Person) -> None:
    digest = dana.private()[-1]
    assert "Tuesday 1 December: 1 ping due" in digest
    assert "Check-in, 7 days after your first ping." in digest
    assert len(dana.private()) == 2, "nothing was due in between, so nothing was sent"
    await dana.press("They replied", on="Tuesday 1 December: 1 ping due")
    assert "What came of it" in dana.form
    text = await dana.fill(outcome="my turn", note="asked for two references")
    assert "they replied (my turn). Ping due Wednesday 2 December (tomorrow)." in text
    assert len(dana.private()) == 2


async def _list_undo_and_close(dana: Person) -> None:
    text = await dana.command("list")
    assert "1 open follow-up" in text
    text = await dana.command("undo")
    assert "Undone: the reply of Robin Patel, Acme is taken back." in text
    text = await dana.command("show", who="robin")
    assert "Check-in due Tuesday 1 December (today)" in text
    text = await dana.command("close", who="1", reason="not interested")
    assert "closed, because you are not interested any more" in text
    text = await dana.command("list", show="open")
    assert "No follow-up is open any more" in text
    text = await dana.command("reopen", who="robin")
    assert "as you took it up again" in text


async def test_discord_asks_for_the_zone_after_the_first_add(database_url: str) -> None:
    async with discord_stage(database_url, MONDAY) as stage:
        dana = await stage.person("dana", zone="")
        text = await dana.command("add", who="Robin Patel @ Acme", when="tomorrow")
        assert "(#1)" in text
        assert "I don't know your time zone yet" in text
        await dana.press("Set my time zone")
        assert "it is 10:00 on Monday there" in await dana.fill(zone="Europe/Berlin")


async def test_what_is_said_in_a_channel_is_seen_by_one(stage: Stage) -> None:
    dana, eve = await stage.person("dana"), await stage.person("eve")
    await dana.command("add", who="Robin Patel @ Acme", when="tomorrow")
    assert "(#1)" in "\n".join(dana.sees())
    assert eve.sees() == []
    assert "Your list is empty" in await eve.command("list")
    assert "Your list is empty" in await eve.command("sent", who="1")
    await stage.move_to(_berlin(24, 9, 30))
    assert len(dana.private()) == 1
    assert eve.private() == []


async def test_nobody_presses_or_guesses_what_is_anothers(stage: Stage) -> None:
    """With buttons whose tokens name somebody else's follow-up, digest, change and kept request."""
    dana, eve = await stage.person("dana"), await stage.person("eve")
    await dana.command("add", who="Robin Patel @ Acme", via="email", when="tomorrow")
    await dana.command("add", who="Kim Sato @ Globex", when="someday")
    await eve.command("add", who="Sam Okafor @ Initech", when="in 9 days")
    await stage.move_to(_berlin(24, 8, 30))
    before = dana.sees()
    for token in FORGED:
        answer = await eve.forge(token)
        seen = "\n".join([answer, eve.form, *eve.sees()])
        for secret in ("Robin", "Acme", "Kim", "Globex"):
            assert secret not in seen, token
    assert dana.sees() == before
    assert "Ping due Tuesday 24 November (today)" in await dana.command("show", who="robin")


FORGED = (
    "sent:t=1&s=1&v=d1",
    "sent:t=1",
    "show:t=1",
    "ask:t=1&form=edit",
    "edit:t=1&name=Eve",
    "close:t=1&reason=dismissed%20me",
    "view:v=d1",
    "view:v=c1",
    "undo:c=1",
    "resume:k=1&form=1",
    "resume:k=1&t=1",
    "draft:t=1",
    "another:t=1&angle=idea&drafts=1",
    "preview:t=1",
)


async def test_the_digest_of_three_pings(stage: Stage) -> None:
    """As each platform shows it: short enough for a phone's screen, and worth reading."""
    dana = await stage.person("dana")
    await dana.command(
        "add", who="Robin Patel @ Acme", about="data PM", via="email", urgency="urgent"
    )
    await dana.command("insight", who="Robin", text="they are moving their reports to dbt")
    await dana.command("add", who="Sam Okafor @ Initech", via="phone", when="1 Dec")
    await dana.command("add", who="@ Globex", about="operations lead", when="1 Dec")
    await stage.move_to(_berlin(24, 8, 30))
    note = "two ways to cut your reporting time"
    await dana.command("sent", who="Robin", angle="idea", note=note)
    await stage.move_to(datetime(2026, 12, 1, 7, 30, tzinfo=UTC))
    digest = dana.private()[-1]
    assert "3 pings due" in digest
    assert len(digest.splitlines()) <= 24
    check_golden(f"digest/{stage.name.split()[0]}.txt", digest + "\n")


async def test_the_fullest_digest_loses_nothing(stage: Stage) -> None:
    """Five rows, more that wait, and the question whether to come weekly: all within the limits."""
    dana = await stage.person("dana")
    for number in range(7):
        await dana.command("add", who=f"Person {number} @ Firm {number}", when="tomorrow")
    for day in (24, 25, 26, 27, 30):
        await stage.move_to(_berlin(day, 8, 30))
    await stage.move_to(datetime(2026, 12, 1, 7, 30, tzinfo=UTC))
    digest = dana.private()[-1]
    assert digest.count("[Sent] [They replied] [Draft]") == 5
    assert "2 more wait their turn." in digest
    assert "[Show all] [Once a week] [Keep it daily]" in digest
    assert "Shall I write once a week?" not in await dana.press("Keep it daily", on="1 December")


HOSTILE = (
    "@everyone <!channel> <@U1> <#C1>",
    "```code` **bold** ||spoiler|| # heading",
    "\u202egnirts\u202c \u200b\u200f",
    "👩🏽‍💻 Ünïcødé 日本語 العربية",
    "<script>alert(1)</script> &amp; [x](javascript:alert(1))",
)


async def test_what_a_person_types_pings_nobody_and_breaks_nothing(stage: Stage) -> None:
    """The loopback servers refuse broken payloads and note every ping; the stages assert both."""
    dana = await stage.person("dana")
    for number, text in enumerate(HOSTILE, 1):
        who = f"Robin Patel {number}"
        assert who in await dana.command("add", who=who, about=text, note=text, when="tomorrow")
        assert who in await dana.command("show", who=str(number))
    await stage.move_to(_berlin(24, 9, 30))
    assert len(dana.private()) == 1


async def test_text_that_is_too_long_is_refused_with_what_to_do(stage: Stage) -> None:
    dana = await stage.person("dana")
    answer = await dana.command("add", who="R" * 150)
    assert "at most 80 characters" in answer
    await dana.command("add", who="Robin Patel", when="tomorrow")
    answer = await dana.command("note", who="robin", text="x" * 1500)
    assert "note saved" in answer
    assert "Robin Patel" in await dana.command("show", who="robin")


async def test_a_form_that_is_wrong_keeps_what_was_typed(stage: Stage) -> None:
    dana = await stage.person("dana")
    await dana.command("add")
    assert "New follow-up" in dana.form
    await dana.fill(who=f"Robin Patel @ {'x' * 90}", note="loves dbt")
    if not dana.form:
        await dana.press("Correct it", on="80 characters")
    assert "loves dbt" in dana.form
    text = await dana.fill(who="Robin Patel @ Acme", when="in 3 days")
    assert "Thursday 26 November (in 3 days)" in text


def _berlin(day: int, hour: int, minute: int) -> datetime:
    """An instant of November 2026 by the clock in Berlin, one hour ahead of UTC."""
    return datetime(2026, 11, day, hour - 1, minute, tzinfo=UTC)


async def test_files_reach_the_person_who_asked(stage: Stage) -> None:
    """In a channel, for nobody else to see: the export, and a calendar with the due day."""
    dana, eve = await stage.person("dana"), await stage.person("eve")
    await dana.command("add", who="Robin Patel @ Acme", about="=1+1", when="in 3 days")
    await dana.command("sent", who="robin")
    assert "you sent 1 ping" in await dana.command("stats")
    assert "1 follow-up with all that happened" in await dana.command("export")
    await dana.command("calendar")
    files = await dana.files()
    assert sorted(files) == [
        "follow-ups-2026-11-23.ics",
        "looking-back-2026-11-23.png",
        "squeaky-2026-11-23.csv",
        "squeaky-2026-11-23.json",
    ]
    assert b"SUMMARY:Follow up: Robin Patel @ Acme" in files["follow-ups-2026-11-23.ics"]
    assert "'=1+1" in files["squeaky-2026-11-23.csv"].decode("utf-8-sig")
    assert b'"about": "=1+1"' in files["squeaky-2026-11-23.json"]
    assert files["looking-back-2026-11-23.png"].startswith(b"\x89PNG")
    assert await eve.files() == {}
    await eve.command("import")
    text = await eve.upload("mine.json", files["squeaky-2026-11-23.json"])
    assert "This is an export of mine" in text
    await eve.press("Import 1")
    assert "Robin Patel, Acme, =1+1 (#1)" in await eve.command("list")


async def test_everything_is_forgotten_on_the_spot(stage: Stage) -> None:
    dana = await stage.person("dana")
    await dana.command("add", who="Robin Patel @ Acme", when="tomorrow")
    assert "1 follow-up" in await dana.command("forget", what="me")
    assert "Everything is erased" in await dana.press("Erase everything")
    await stage.move_to(_berlin(24, 9, 30))
    assert dana.private() == []


async def test_proof_is_kept_and_changed_in_its_list(stage: Stage) -> None:
    dana = await stage.person("dana")
    await dana.command("proof", text="Cut the weekly report from 3 days to 2 hours")
    await dana.command("proof", text="Calm in a launch", by="Kim Sato", knows="my manager")
    await dana.command("proof")
    await dana.press("Edit", on="not to be named")
    assert "Kim Sato" in dana.form
    text = await dana.fill(named="yes")
    assert "Kim Sato, my manager · may be named" in text
    text = await dana.press("Remove", on="1 achievement, 1 endorsement")
    assert "Removed" in text


async def test_a_pitch_is_asked_for_and_drawn(stage: Stage) -> None:
    dana = await stage.person("dana")
    await dana.command("add", who="Robin Patel @ Acme", when="tomorrow")
    await dana.command("pitch", who="Robin")
    assert "Your pitch" in dana.form
    text = await dana.fill(
        problem="Three analysts copy numbers by hand",
        change="Let one query do it",
        numbers="12 hours to 2 hours a week",
    )
    if "Your pitch for Robin Patel" not in text:  # it took longer than a form stays open
        text = "\n".join(dana.sees())
    assert "Your pitch for Robin Patel" in text
    files = await dana.files()
    assert files["pitch-1.png"].startswith(b"\x89PNG")
    assert files["pitch-1.pdf"].startswith(b"%PDF")


LIST = """Company,Role,Date Applied,Status,Source
Acme,data PM,2026-11-02,No response,job board
Globex,operations lead,2026-10-20,Interview,a friend
Initech,analyst,2026-09-01,all quiet,
Hooli,designer,2026-08-01,Rejected,
,,2026-08-01,,
"""


async def test_a_list_is_imported_and_taken_back(stage: Stage) -> None:
    dana = await stage.person("dana")
    await dana.command("import")
    text = await dana.upload("list.csv", LIST.encode())
    assert "Import: 4 follow-ups" in text
    assert "Company as the organization, Role, Date Applied, Status; Source goes" in text
    assert "line 6: neither a company nor a name" in text
    assert "What does the status “all quiet” mean?" in text
    text = await dana.press("Waiting", on="all quiet")
    assert "1 talking, 2 waiting for an answer, 1 dismissed, so closed" in text
    await dana.press("Columns")
    assert "Source = note" in dana.form
    assert "Role, Date Applied" in await dana.fill(columns="Status = leave out")
    await dana.press("Columns")
    text = await dana.fill(columns="Status = status")
    assert "1 talking, 2 waiting for an answer, 1 dismissed, so closed" in text
    assert "Your list is empty" in await dana.command("list")
    assert "Imported: 4 follow-ups" in await dana.press("Import 4")
    assert "3 open follow-ups" in await dana.command("list")
    assert "4 follow-ups are off your list" in await dana.command("undo")
    assert "Your list is empty" in await dana.command("list")


async def test_a_long_list_says_how_far_it_is_and_comes_in_whole(stage: Stage) -> None:
    dana = await stage.person("dana")
    rows = "".join(f"Firm {n},Role {n}\n" for n in range(450))
    await dana.command("import")
    text = await dana.upload("list.csv", f"Company,Role\n{rows}".encode())
    if "Import: 450 follow-ups" not in text:  # it took longer than a form stays open
        text = "\n".join(dana.sees())
    assert "Import: 450 follow-ups" in text
    await dana.press("Import 450")
    async with asyncio.timeout(30):
        while "450 open follow-ups" not in await dana.command("list"):
            pass
    assert "Imported: 450 follow-ups" in "\n".join(dana.sees())
    await dana.command("undo")
    async with asyncio.timeout(30):  # a list asked for above may still be answered first
        while "450 follow-ups are off" not in "\n".join(dana.sees()):  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.05)


async def test_what_is_no_list_is_said_in_the_form(stage: Stage) -> None:
    dana = await stage.person("dana")
    await dana.command("import")
    answer = await dana.upload("list.xlsx", b"PK\x03\x04 not a table")
    assert "That is a workbook" in f"{answer} {dana.form}"
    await dana.command("import")
    answer = await dana.upload("list.csv", b"a,b\n" + b"x" * 2_000_000)
    assert "larger than 2 MB" in f"{answer} {dana.form}"
