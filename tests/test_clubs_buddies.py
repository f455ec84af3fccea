"""Buddies: what is said of them is so, and nobody is nudged out of time (M20)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.clubs import MONDAY_KICKOFF, ClubHouse, messages_to, to
from tests.people import Office

WEEK, DAY = timedelta(days=7), timedelta(days=1)


@pytest.fixture
def house(office: Office) -> ClubHouse:
    return ClubHouse(office)


async def test_who_is_alone_in_wanting_one_reads_it_M20(house: ClubHouse) -> None:
    dana, kim = await house.club("dana", "kim")
    assert "Nobody else wants one yet." in await dana.says("club buddy on")
    assert "Nobody else" not in await kim.says("club buddy on")
    assert "Nobody else" not in await dana.says("club buddy")


async def test_a_week_without_a_buddy_is_one_week_M20(house: ClubHouse) -> None:
    dana, kim = await house.club("dana", "kim")
    for one in (dana, kim):
        await one.says("club buddy on")
    (message,) = messages_to(await house.at(MONDAY_KICKOFF), dana)
    house.office.clock.time = MONDAY_KICKOFF + WEEK - DAY
    await dana.presses("Skip next week", on=message)
    assert "Next week you have none." in await dana.says("club buddy")
    assert to(await house.at(MONDAY_KICKOFF + WEEK), dana) == []
    assert "Next week" not in (await dana.says("club buddy")).split("[")[0]
    await dana.presses("Skip next week", on=message)
    assert to(await house.at(MONDAY_KICKOFF + 2 * WEEK), dana) == [], "the week after that press"
    assert len(to(await house.at(MONDAY_KICKOFF + 3 * WEEK), dana)) == 1


async def test_skipping_is_about_the_clubs_week_wherever_one_lives_M20(house: ClubHouse) -> None:
    dana, kim = await house.club("dana", "kim")
    for one in (dana, kim):
        await one.says("club buddy on")
    kim.zone = "Pacific/Auckland"
    house.office.clock.time = MONDAY_KICKOFF - timedelta(hours=12)  # there it is Monday already
    await kim.says("club buddy skip")
    assert to(await house.at(MONDAY_KICKOFF), kim) == []


async def test_a_wish_on_the_day_of_the_kickoff_is_asked_too_M20(house: ClubHouse) -> None:
    dana, kim = await house.club("dana", "kim")
    for one in (dana, kim):
        await one.says("club buddy on")
    await house.at(MONDAY_KICKOFF)
    await dana.says("club buddy nudge: 3")
    (asked,) = await house.carry()
    assert asked.to == kim.account
    assert "Dana asks to be nudged after 3 days" in asked.message.plain()


async def test_nobody_is_silent_on_a_day_off_M18(house: ClubHouse) -> None:
    dana, kim = await house.club("dana", "kim")
    await dana.says("club buddy on, nudge: 2")
    await kim.says("club buddy on")
    await dana.says("add Robin Patel @ Acme, 4 Dec")
    sent = await house.at(MONDAY_KICKOFF)
    await kim.presses("I'll nudge", on=messages_to(sent, kim)[0])
    weekend = await house.days(MONDAY_KICKOFF + 4 * DAY, 3)
    assert not any("asked for a nudge" in text for text in to(weekend, kim))


async def test_a_win_with_nothing_open_leaves_nothing_to_undo_M21(house: ClubHouse) -> None:
    (dana,) = await house.club("dana")
    assert "Nothing was open" in await dana.says("win")
    assert "nothing to undo" in await dana.says("undo")
