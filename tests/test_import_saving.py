"""What is shown of a file, and how it gets into the list: in steps, spread, undone in one."""

from __future__ import annotations

import asyncio
import gc
import time
from datetime import timedelta

from sqlalchemy import func, select

from core.reply import Message, Reply
from core.store.tables import ContactRow, KeptRow
from core.usecases.import_steps import STEP
from tests.people import Member, Office, token_of
from tests.spreadsheets import three_hundred
from tests.test_taking import rows


async def test_three_hundred_rows_are_spread_over_mornings(office: Office) -> None:
    dana = office.member()
    text = await dana.imports(three_hundred())
    assert "Import: 300 follow-ups" in text
    assert "the most promising first" in text
    await dana.presses("Import 300")
    found = await rows(dana)
    due = [row["Next ping"] for row in found if row["Next ping"]]
    assert len(due) > 200
    assert max(map(due.count, due)) <= 5
    assert min(due) >= "2026-11-24"
    first = [row for row in found if row["Next ping"] == min(due)]
    assert all("Interview" in row["Notes"] for row in first), "who is talking comes first"
    parcels = await office.morning(office.clock.time + timedelta(days=1))
    assert parcels[0].message.plain().count("[Sent]") == 5


def many(count: int) -> bytes:
    """A list of so many, every third of them with a person that comes again."""
    people = (f"Person {n % 20}" if n % 3 == 0 else "" for n in range(count))
    rows = (f"Firm {n % 20},Role {n},{who}" for n, who in enumerate(people))
    return "\n".join(["Company,Role,Contact name", *rows]).encode()


async def begun(member: Member, count: int) -> tuple[Message, Reply]:
    """An import that has taken its first step and no other: its preview and how far it is."""
    await member.imports(many(count))
    preview = member.last.message
    assert preview is not None
    button = token_of(preview, f"Import {count}")
    return preview, await member.desk.press(button, member.caller())


async def test_a_long_list_comes_in_in_steps_that_say_how_far_they_are(office: Office) -> None:
    dana = office.member()
    await dana.imports(many(3 * STEP + 50))
    text = await dana.presses("Import 650")
    assert "200 of 650 follow-ups so far" in text
    assert text.index("200 of 650") < text.index("400 of 650") < text.index("Imported: 650")
    found = await rows(dana)
    assert [row["About"] for row in found] == [f"Role {n}" for n in range(650)]
    assert [row["Number"] for row in found] == [str(n + 1) for n in range(650)]
    due = [row["Next ping"] for row in found]
    assert max(map(due.count, due)) <= 5
    async with office.store.reading() as session:
        contacts = await session.scalar(select(func.count()).select_from(ContactRow))
        kept = list(await session.scalars(select(KeptRow.values)))
    assert contacts == 20 + sum(n % 3 > 0 for n in range(650)), "one person is one contact"
    assert kept == [{}], "nothing of the file is kept any more"
    assert "650 follow-ups are off your list" in await dana.says("undo")
    assert await rows(dana) == []


async def test_what_is_on_the_way_is_stopped_and_taken_back(office: Office) -> None:
    dana = office.member()
    preview, first = await begun(dana, 2 * STEP + 1)
    assert len(await rows(dana)) == STEP
    assert "is on its way" in await dana.presses("Columns", preview)
    text = await dana.presses("Stop and take it back", first.message)
    assert "200 follow-ups of it had come in and are off your list again" in text
    assert await rows(dana) == []
    assert await dana.desk.press(first.then, dana.caller()) == Reply(), "the next step does nothing"
    assert "is done with" in await dana.presses("Stop and take it back", first.message)
    assert "nothing to undo" in await dana.says("undo")


async def test_undo_ends_what_is_on_the_way(office: Office) -> None:
    dana = office.member()
    _, first = await begun(dana, 2 * STEP + 1)
    assert "200 follow-ups are off your list again" in await dana.says("undo")
    assert await dana.desk.press(first.then, dana.caller()) == Reply()
    assert await rows(dana) == []


async def test_what_stands_still_goes_on_where_it_was(office: Office) -> None:
    """As after a restart; and two that go on at once do each step once."""
    dana = office.member()
    _, first = await begun(dana, 3 * STEP)
    await dana.says("add Kim Sato @ Globex")
    assert "Imported: 600 follow-ups" in await dana.presses("Stands still? Go on", first.message)
    assert await dana.desk.press(first.then, dana.caller()) == Reply()
    found = await rows(dana)
    assert len(found) == 601
    assert [row["Number"] for row in found] == [str(n + 1) for n in range(601)]


async def test_a_large_file_blocks_nobody(office: Office) -> None:
    dana, eve = office.member("dana"), office.member("eve")
    await eve.imports(many(10))  # the first one loads what it needs
    worst, waits, done = 0.0, [], False

    async def watch() -> None:
        nonlocal worst
        while not done:
            began = time.perf_counter()
            await asyncio.sleep(0.005)
            worst = max(worst, time.perf_counter() - began)

    async def work() -> None:
        while not done:
            began = time.perf_counter()
            await eve.says("note 1, x")
            waits.append(time.perf_counter() - began)
            await asyncio.sleep(0.02)

    await eve.says("add Kim Sato")
    others = [asyncio.create_task(watch()), asyncio.create_task(work())]
    gc.disable()  # a running bot seldom collects, and that is not what is measured here
    try:
        await dana.imports(many(2000))
        await dana.presses("Import 2,000")
    finally:
        gc.enable()
    done = True
    await asyncio.gather(*others)
    assert worst < 0.25
    assert max(waits) < 2.0


async def test_what_is_too_long_or_comes_twice_is_told_by_its_line(office: Office) -> None:
    dana = office.member()
    again = b"".join(b"Acme,PM,\n" for _ in range(6))
    text = await dana.imports(b"Company,Role,Notes\nAcme,PM," + b"x " * 2000 + b"\n" + again)
    assert "line 2: its note is cut after 2,500 characters" in text
    assert "Skipped: 6 that you have already, or that come twice (line 3, 4, 5, 6, 7 " in text
    (file,) = dana.last.files
    assert b"line 8: skipped" in file.content


async def test_one_word_is_asked_for_once_however_it_is_written(office: Office) -> None:
    dana = office.member()
    text = await dana.imports(b"Company,Status\nAcme,Purple\nGlobex,purple\nHooli,PURPLE \n")
    assert "“Purple” mean? It stands in 3 rows" in text
    assert "3 talking" in await dana.presses("Talking")


async def test_what_is_there_already_is_skipped(office: Office) -> None:
    dana = office.member()
    await dana.says("add @ Acme re: PM")
    text = await dana.imports(b"Company,Role\nAcme,pm\nGlobex,PM\nGlobex,PM\nGlobex,Lead\n")
    assert "Import: 2 follow-ups" in text
    assert "Of these 2 waiting for an answer" in text, "those that are skipped are not counted"
    assert "Skipped: 2" in text
    await dana.presses("Import 2")
    text = await dana.imports(b"Company,Role\nAcme,pm\nGlobex,PM\nGlobex,Lead\n")
    assert "Import: 0 follow-ups" in text
    assert "Skipped: 3" in text


async def test_nothing_is_saved_before_yes_and_nothing_after_cancel(office: Office) -> None:
    dana = office.member()
    await dana.imports(b"Company,Role\nAcme,PM\n")
    preview = dana.last.message
    assert await rows(dana) == []
    await dana.presses("Cancel", preview)
    assert "is done with" in await dana.presses("Import 1", preview)
    assert await rows(dana) == []


async def test_a_second_tap_imports_nothing_twice(office: Office) -> None:
    dana = office.member()
    await dana.imports(b"Company,Role\nAcme,PM\n")
    preview = dana.last.message
    await dana.presses("Import 1", preview)
    await dana.presses("Import 1", preview)
    assert len(await rows(dana)) == 1


async def test_unknown_statuses_are_asked_for_once_each(office: Office) -> None:
    dana = office.member()
    content = b"Company,Status\nAcme,purple\nGlobex,purple\nHooli,green\nInitech,blue\n"
    text = await dana.imports(content)
    assert "“purple” mean? It stands in 2 rows" in text
    assert "Import 4" not in text
    text = await dana.presses("Talking")
    assert "What does the status" in text
    text = await dana.presses("All 2 like it: waiting")
    assert "2 talking, 2 waiting for an answer" in text
    await dana.presses("Import 4")
    (acme, *_) = await rows(dana)
    assert "status: purple" in acme["Notes"]


async def test_columns_are_corrected(office: Office) -> None:
    dana = office.member()
    text = await dana.imports(b"A,B,C\nAcme,PM,Robin Patel\nGlobex,Lead,Kim Sato\n")
    await dana.presses("Columns")
    form = dana.last.form
    assert form is not None
    assert form.fields[0].value == "A = note\nB = note\nC = note"
    text = await dana.fills(columns="A = organization\nB = role\nC = name")
    assert "A as the organization, B as the role, C as the name" in text
    assert "Robin Patel, Acme, PM" in text
    await dana.presses("Columns")
    assert "I can't read “A = owner”" in await dana.fills(columns="A = owner")


async def test_undo_takes_all_of_it_back_but_what_was_worked_on(office: Office) -> None:
    dana = office.member()
    await dana.imports(b"Company,Role\nAcme,PM\nGlobex,PM\nHooli,PM\n")
    await dana.presses("Import 3")
    done = dana.last.message
    await dana.says("sent Acme, idea")
    text = await dana.presses("Undo", done)
    assert "2 follow-ups are off your list again" in text
    assert "1 follow-up stay" in text
    assert "1 open follow-up" in await dana.says("list")
