"""The first five minutes: what somebody reads who has never used it, and what empty lists say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.people import Member, Office

EXAMPLE = "/followup add Dana Lee @ Acme re: data PM, email, in 3 days"


async def test_the_first_followup_ever_teaches_by_doing(office: Office) -> None:
    dana = office.member()
    said = await dana.says("")
    assert said.startswith("Whom do you want to hear from?")
    assert "I remind you when to follow up" in said
    assert EXAMPLE in said
    assert "On the morning when the first ping is due, I send you one private message." in said
    assert said.endswith("[Add somebody] [Bring a list] [How this works]")
    assert "/followup snooze" in await dana.presses("How this works"), "all commands"
    await dana.says(EXAMPLE.removeprefix("/followup "))
    assert "due Thursday 26 November (in 3 days)" in await dana.says("show Dana")
    assert "/followup snooze" in await dana.says(""), "who has begun is told all commands"


async def test_its_buttons_begin(office: Office) -> None:
    dana = office.member()
    first = await dana.says("help")
    assert first.startswith("Whom do you want"), "on Discord nothing can be typed without a word"
    message = dana.last.message
    await dana.presses("Bring a list", message)
    assert dana.last.form is not None
    await dana.presses("Add somebody", message)
    assert "Robin Patel" in await dana.fills(who="Robin Patel @ Acme")


async def test_who_took_it_all_back_begins_anew(office: Office) -> None:
    dana = office.member()
    await dana.says("add Robin Patel @ Acme")
    await dana.says("undo")
    assert (await dana.says("")).startswith("Whom do you want to hear from?")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "add Robin Patel @ Acme, in 3 days",
            "Tomorrow morning I stay quiet, for nothing is due. On Thursday 26 November at 8:30 I "
            "send you one private message that says what to do.",
        ),
        (
            "add Robin Patel @ Acme, tomorrow",
            "Tomorrow at 8:30 I send you one private message that says what to do. Until then "
            "there is nothing to do.",
        ),
        (
            "add Robin Patel @ Acme, today",
            "It is due today already. When you have written to them, type `/followup sent Robin "
            "Patel`. If not, I remind you in private on Tuesday 24 November at 8:30.",
        ),
    ],
)
async def test_the_first_add_says_what_comes_which_morning(
    office: Office, line: str, told: str
) -> None:
    dana = office.member()
    said = (await dana.says(line)).splitlines()
    assert told.replace("`", "") in said
    second = await dana.says("add Kim Sato @ Globex, tomorrow")
    assert "private message" not in second, "that is told once"


async def test_what_it_says_of_the_morning_is_what_comes(office: Office) -> None:
    """The very hour that was told, and none before it; on a day off nothing is promised."""
    dana = office.member()
    await dana.says("settings hour: 7:15, days off: Tuesday")
    said = await dana.says("add Robin Patel @ Acme, urgent")
    assert "On Wednesday 25 November at 7:15 I send you one private message" in said
    hour = datetime(2026, 11, 25, 6, 15, tzinfo=UTC)
    assert await office.morning(hour.replace(day=24)) == []
    assert await office.morning(hour.replace(minute=14)) == []
    (parcel,) = await office.morning(hour)
    assert "Robin Patel" in parcel.message.plain()


async def test_before_the_hour_it_is_still_today(office: Office) -> None:
    office.clock.time = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
    dana = office.member()
    said = await dana.says("add Robin Patel @ Acme, today")
    assert "Today at 8:30 I send you one private message" in said


async def test_whose_zone_is_unknown_reads_both(office: Office) -> None:
    dana = office.member(zone="")
    said = await dana.says("add Robin Patel @ Acme, tomorrow")
    assert said.index("Tomorrow at 8:30") < said.index("I don't know your time zone yet")


@pytest.mark.parametrize("show", ["", " due", " closed", " all"])
async def test_an_empty_list_says_how_to_begin(office: Office, show: str) -> None:
    dana = office.member()
    said = await dana.says(f"list{show}")
    assert said.startswith("Your list is empty. Add somebody: /followup add Dana Lee @ Acme.")
    assert said.endswith("[Add somebody] [Bring a list]")


async def _one(dana: Member) -> None:
    await dana.says("add Robin Patel @ Acme, in 9 days")


async def test_a_list_that_has_nobody_says_what_to_do_next(office: Office) -> None:
    dana = office.member()
    await _one(dana)
    assert "come in the morning message of their day" in await dana.says("list due")
    assert "Robin Patel" in await dana.presses("Show all open")
    assert "/followup close" in await dana.says("list closed")
    assert "Robin Patel" in await dana.presses("Show all open")
    await dana.says("close Robin, not interested")
    assert "No follow-up is open any more" in await dana.says("list")
    assert "[Add somebody] [Show the closed]" in await dana.says("list open")
    assert "Robin Patel" in await dana.presses("Show the closed")


@pytest.mark.parametrize(
    ("line", "next_step"),
    [
        ("proof", "[Add proof]"),
        ("stats", "press Sent when you wrote, or type /followup sent"),
        ("calendar", "/followup add Dana Lee @ Acme"),
        ("draft Dana", "/followup add Dana Lee @ Acme"),
        ("sent Dana", "/followup add Dana Lee @ Acme"),
        ("club show", "/followup club join"),
        ("undo", "/followup list"),
    ],
)
async def test_whatever_is_empty_says_what_to_do_next(
    office: Office, line: str, next_step: str
) -> None:
    dana = office.member()
    said = await dana.says(line)
    assert next_step in said, said


async def test_the_home_shows_how_it_works_below_its_tabs(office: Office) -> None:
    dana = replace(office.member(), at_home=True)
    await dana.says("list")
    assert "/followup snooze" in await dana.presses("How this works")
