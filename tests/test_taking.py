"""What a member takes along: the export is whole, and the calendar moves when days do."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from core.domain.agenda import Due, agenda
from core.domain.names import clean
from core.domain.portable import FORMULA, neutral, restored
from core.reply import File
from tests.people import MONDAY, Member, Office


def file_of(member: Member, ending: str) -> File:
    """The newest file with this ending."""
    return next(file for file in member.last.files if file.name.endswith(ending))


async def document(member: Member) -> dict[str, Any]:
    await member.says("export")
    found: dict[str, Any] = json.loads(file_of(member, ".json").content)
    return found


async def rows(member: Member) -> list[dict[str, str]]:
    await member.says("export")
    text = file_of(member, ".csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def events(member: Member) -> dict[str, Any]:
    """The events of the newest calendar, by id."""
    parsed = Calendar.from_ical(file_of(member, ".ics").content)
    return {str(event["UID"]): event for event in parsed.walk("VEVENT")}


async def test_the_document_holds_everything(office: Office) -> None:
    dana = office.member()
    await dana.says("add Robin Patel @ Acme re: data PM, email, urgent, note: met at a talk")
    await dana.says("sent Robin, idea, note: two ways to save a day")
    await dana.says("replied Robin, referred me, lead: Kim Sato @ Globex")
    await dana.says("insight Robin, they move to dbt")
    await dana.says("proof Calm in a launch, by: Sam Okafor, named: yes")
    await dana.says("settings hour: 7:45, pace: gentle")
    found = await document(dana)
    robin, kim = found["followups"]
    assert robin["contact"]["name"] == "Robin Patel"
    assert [touch["kind"] for touch in robin["history"]] == ["added", "sent", "replied"]
    assert robin["history"][0]["terms"]["urgency"] == "urgent"
    assert robin["history"][1]["text"] == "two ways to save a day"
    assert kim["referred_by"] == robin["number"]
    assert found["insights"][0]["text"] == "they move to dbt"
    assert found["proof"][0]["by"] == "Sam Okafor"
    assert found["settings"]["hour"] == "07:45"
    assert found["version"] == 1


async def test_the_table_has_a_row_for_each(office: Office) -> None:
    dana = office.member()
    await dana.says("add Robin Patel @ Acme re: data PM, email, note: met at a talk")
    await dana.says("add @ Globex")
    await dana.says("close Globex, not interested")
    robin, globex = await rows(dana)
    assert robin["Name"] == "Robin Patel"
    assert robin["Via"] == "email"
    assert robin["Added"] == "2026-11-23"
    assert date.fromisoformat(robin["Next ping"]) > date(2026, 11, 23)
    assert robin["Notes"] == "met at a talk"
    assert globex["Name"] == ""
    assert globex["Closed"] == "not interested"
    assert json.loads(globex["History"])[-1]["kind"] == "closed"


async def test_no_cell_is_a_formula(office: Office) -> None:
    dana = office.member()
    for text in ("=HYPERLINK(1)", "+1", "-1", "@cmd", "'=quoted"):
        await dana.says(f"add Robin {text[1:3]} @ Acme")
        await dana.says("edit 1")
        await dana.fills(about=text)
        (row,) = [one for one in await rows(dana) if one["Number"] == "1"]
        assert row["About"] == f"'{text}"


@given(st.text(max_size=30))
def test_a_neutral_cell_comes_back_as_it_was(cell: str) -> None:
    assert restored(neutral(cell)) == cell
    assert neutral(cell)[:1] not in tuple("=+-@\t\r")
    assert neutral(cell) == cell or FORMULA.match(cell)


async def test_an_empty_list_is_exported_too(office: Office) -> None:
    dana = office.member()
    assert await rows(dana) == []
    assert (await document(dana))["followups"] == []


async def test_only_ones_own_is_in_it(office: Office) -> None:
    dana, eve = office.member("dana"), office.member("eve")
    await dana.says("add Robin Patel @ Acme")
    await eve.says("export")
    await eve.says("calendar")
    assert not any(b"Robin" in file.content for file in eve.last.files)


async def test_the_calendar_has_the_due_days(office: Office) -> None:
    dana = office.member()
    await dana.says("add Robin Patel @ Acme re: data PM, when: in 3 days, contact: r@acme.example")
    await dana.says("add Kim Sato, when: 1 Dec")
    await dana.says("add Sam Okafor")
    await dana.says("close Sam, not interested")
    text = await dana.says("calendar")
    assert "2 due days, the first Thursday 26 November (in 3 days)" in text
    found = events(dana)
    assert [e["DTSTART"].dt for e in found.values() if e["STATUS"] == "CONFIRMED"] == [
        date(2026, 11, 26),
        date(2026, 12, 1),
    ]
    robin = found["followup-1-1@squeaky"]
    assert robin["DTEND"].dt - robin["DTSTART"].dt == timedelta(days=1)
    assert "About data PM\nr@acme.example\n" in str(robin["DESCRIPTION"])
    assert robin["TRANSP"] == "TRANSPARENT"


async def test_importing_again_moves_the_same_event(office: Office) -> None:
    dana = office.member()
    await dana.says("add Robin Patel @ Acme, when: in 3 days")
    await dana.says("calendar")
    (before,) = events(dana).values()
    await dana.says("snooze Robin, 4 Dec")
    await dana.says("calendar")
    (after,) = events(dana).values()
    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["DTSTART"].dt == date(2026, 12, 4)


async def test_what_was_closed_is_cancelled_when_imported_again(office: Office) -> None:
    dana = office.member()
    await dana.says("add Robin Patel @ Acme, when: in 3 days")
    await dana.says("add Kim Sato, when: in 4 days")
    await dana.says("calendar")
    before = events(dana)["followup-1-1@squeaky"]
    await dana.says("close Robin, not interested")
    assert "1 due day" in await dana.says("calendar")
    after = events(dana)[str(before["UID"])]
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


@given(st.text(max_size=60).map(clean).filter(bool))
def test_whatever_a_name_holds_the_calendar_is_valid(name: str) -> None:
    due = Due("u@squeaky", 1, date(2026, 12, 1), name, f"{name}\nEND:VEVENT;,\\")
    parsed = Calendar.from_ical(agenda([due], MONDAY, "Follow-ups"))
    (event,) = parsed.walk("VEVENT")
    assert str(parsed["METHOD"]) == "PUBLISH"
    assert str(event["SUMMARY"]) == name
    assert str(event["DESCRIPTION"]) == f"{name}\nEND:VEVENT;,\\"
    assert event.decoded("DTSTAMP") == MONDAY


async def test_what_is_overdue_stands_on_today(office: Office) -> None:
    dana = office.member()
    await dana.says("add Robin Patel @ Acme, when: tomorrow")
    office.clock.time += timedelta(days=9)
    await dana.says("calendar")
    (event,) = events(dana).values()
    assert event["DTSTART"].dt == date(2026, 12, 2)


async def test_nothing_due_is_no_file(office: Office) -> None:
    dana = office.member()
    assert "no day to put into a calendar" in await dana.says("calendar")
    assert dana.last.files == ()
