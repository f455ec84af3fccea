"""What waits to be sent is about an id. On SQLite a newer thing may have it: nobody reads that."""

from __future__ import annotations

import pytest

from tests.clubs import (
    EVENING_CLUB,
    MANAGES,
    MONDAY_KICKOFF,
    ClubHouse,
    in_room,
    messages_to,
    to,
)
from tests.people import Member, Office


@pytest.fixture
def house(office: Office) -> ClubHouse:
    return ClubHouse(office)


async def evening(house: ClubHouse) -> tuple[Member, Member]:
    """Another club, of Zoe and Max."""
    zoe, max_ = house.person("zoe", EVENING_CLUB, MANAGES), house.person("max", EVENING_CLUB)
    await zoe.says("club setup Evening Club")
    for one in (zoe, max_):
        await one.says("club join counts")
    return zoe, max_


async def asks(member: Member, organization: str) -> None:
    await member.says(f"club ask {organization}")
    await member.presses("Post it")


async def test_an_ask_of_who_was_forgotten_is_no_ask_of_another_club_M17(house: ClubHouse) -> None:
    _, kim = await house.club("dana", "kim")
    zoe, _ = await evening(house)
    await asks(kim, "Acme")
    await kim.says("forget me")
    await kim.presses("Erase everything")
    await asks(zoe, "Hooli")
    sent = await house.carry()
    assert in_room(sent) == []
    assert len(in_room(sent, EVENING_CLUB)) == 1


async def test_an_offer_of_who_has_left_is_no_offer_of_others_M17(house: ClubHouse) -> None:
    dana, kim = await house.club("dana", "kim")
    zoe, max_ = await evening(house)
    await asks(dana, "Acme")
    await asks(zoe, "Hooli")
    posts = await house.carry()
    job, other = (next(p.message for p in posts if p.to == room.room) for room in (dana, zoe))
    await kim.presses("I may know somebody", on=job)
    await kim.presses("Tell them that somebody may")
    await kim.says("club leave")
    await kim.presses("Leave")
    await max_.presses("I may know somebody", on=other)
    await max_.presses("Tell them that somebody may")
    told = await house.carry()
    assert to(told, dana) == []
    (offer,) = messages_to(told, zoe)
    assert "Hooli" in offer.plain()


async def test_buddies_of_who_has_left_are_not_somebody_elses_M17(house: ClubHouse) -> None:
    dana, kim = await house.club("dana", "kim")
    for one in (dana, kim):
        await one.says("club buddy on")
    await house.plan(MONDAY_KICKOFF)
    for one in (dana, kim):
        await one.says("club leave")
        await one.presses("Leave")
    zoe, max_ = await evening(house)
    for one in (zoe, max_):
        await one.says("club buddy on")
    await zoe.says("club setup kickoff: Monday 9:30")
    house.office.clock.time = MONDAY_KICKOFF
    told = await house.at(MONDAY_KICKOFF.replace(hour=8, minute=30))
    assert to(told, dana) == to(told, kim) == []
    assert any("Max" in text for text in to(told, zoe))
