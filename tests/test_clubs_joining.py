"""Joining a club and being in it: what one typed holds, and what one reads is so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.caller import Platform, Room
from tests.clubs import FRIDAY_WRAPUP, MONDAY_KICKOFF, ClubHouse
from tests.people import Office


@pytest.fixture
def house(office: Office) -> ClubHouse:
    return ClubHouse(office)


async def test_the_name_that_was_typed_is_the_one_that_the_club_gets(house: ClubHouse) -> None:
    await house.club("dana")
    kim = house.person("kim", name="Kim Sato")
    assert "It would know you as K." in await kim.says("club join name: K., matches: yes")
    await kim.presses("Join")
    text = await kim.says("club join")
    assert "It knows you as K." in text
    assert "You hear in private when somebody" in text


async def test_who_has_no_name_says_one_and_joins(house: ClubHouse) -> None:
    await house.club("dana")
    kim = house.person("kim")
    kim.name = ""
    assert "I don't know your name yet" in await kim.says("club join")
    assert "It would know you as Kim." in await kim.says("club join name: Kim")
    assert "You are in Tuesday Club" in await kim.presses("Join, show my streak")


async def test_who_stays_to_help_stays_so_until_they_search_again_M21(house: ClubHouse) -> None:
    dana, _ = await house.club("dana", "kim")
    await dana.says("win")
    await dana.presses("Stay to help")
    text = await dana.says("club join")
    assert "It sees nothing of you" in text
    assert "matches" not in text, "there is nothing to hear for who searches no more"
    await dana.presses("What it sees")
    assert "It sees nothing of you" in await dana.fills(name="Dee")
    for line in ("club goal 3", "club buddy on"):
        assert "To search again: /followup club join" in (await dana.says(line)).replace("`", "")
    await dana.says("club join")
    assert "It sees your name" in await dana.presses("Search again")
    assert "Your goal in Tuesday Club: 3 pings" in await dana.says("club goal 3")


async def test_after_the_wrap_up_the_next_week_is_called_so(house: ClubHouse) -> None:
    dana, _ = await house.club("dana", "kim")
    await dana.says("add Robin Patel @ Acme, 30 Nov")
    await house.at(MONDAY_KICKOFF)
    assert "This week: 0 made, 1 ping due. You have no goal yet." in await dana.says("club show")
    await house.at(FRIDAY_WRAPUP)
    assert "Next week: 1 ping due so far. You have no goal yet." in await dana.says("club show")
    await dana.says("club goal 2")
    assert "Next week: 1 ping due so far. Your goal is 2." in await dana.says("club show")
    await house.at(MONDAY_KICKOFF + timedelta(days=7))
    assert "This week: 0 of 2 made" in await dana.says("club show")


async def test_a_channel_without_a_club_leads_to_the_clubs_that_one_is_in(house: ClubHouse) -> None:
    dana, _ = await house.club("dana", "kim")
    dana.room = Room(Platform.WEB, "", "chatter")
    assert "This channel has no club." in await dana.says("club show")
    assert "It sees your name" in await dana.presses("Tuesday Club")


async def test_who_joins_in_one_line_reads_what_nobody_sees_M17(house: ClubHouse) -> None:
    await house.club("dana")
    text = await house.person("kim").says("club join hidden")
    assert "It never sees whom you write to, where, what about, or any note." in text
