"""A club that goes to another channel: nothing shared is lost, and nothing is told elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.caller import Platform, Room, Standing
from core.comings import ClubComings
from core.domain.comings import Shut
from core.domain.deliveries import Held
from core.reply import Actions, RoomButton
from core.rollcall import RollCall
from core.usecases.clubs.moving import GRACE
from tests.clubs import (
    EVENING_CLUB,
    FRIDAY_WRAPUP,
    JOB_CLUB,
    MANAGES,
    MONDAY_KICKOFF,
    VISITS,
    ClubHouse,
    in_room,
    messages_to,
    to,
)
from tests.people import Member, Office

NEW = Room(Platform.WEB, "", "new-channel")
GONE = Held("The channel was deleted.")


@pytest.fixture
def house(office: Office) -> ClubHouse:
    return ClubHouse(office)


def goes(member: Member, room: Room | None, standing: Standing = MANAGES) -> Member:
    """The same person in another channel."""
    member.room, member.standing = room, standing
    return member


async def deleted(house: ClubHouse) -> None:
    comings = ClubComings(house.office.store, house.office.clock.now)
    await comings.shut(JOB_CLUB, Shut.DELETED)


async def moves(member: Member, room: Room = NEW) -> str:
    goes(member, room)
    assert "Move Tuesday Club to this channel?" in await member.says("club move")
    return await member.presses("Move it here")


async def after_a_good_week(house: ClubHouse) -> list[Member]:
    people = await house.club("dana", "kim")
    for one in people:
        await one.says("add Robin Patel @ Acme, 30 Nov")
    await house.at(MONDAY_KICKOFF)
    for one in people:
        await one.says("club goal 1")
        await one.says("sent Robin")
    await house.at(FRIDAY_WRAPUP)
    await house.at(MONDAY_KICKOFF + timedelta(days=7))
    return people


async def test_a_club_whose_channel_was_deleted_goes_on_in_another_one(house: ClubHouse) -> None:
    dana, kim = await after_a_good_week(house)
    await deleted(house)
    (trouble,) = to(await house.carry(), dana)
    assert "/followup club move" in trouble
    text = await moves(dana)
    assert "Tuesday Club is in this channel now." in text
    assert "Next: the wrap-up on Friday 11 December" in text
    (told,) = messages_to(await house.carry(), kim)
    assert "has moved to another channel" in told.plain()
    (row,) = [block for block in told.blocks if isinstance(block, Actions)]
    assert row.items[0] == RoomButton("Go there", NEW)
    goes(kim, NEW, VISITS)
    assert "Your streak" not in await kim.says("club show"), "a streak of one is not told"
    assert "Week of 30 Nov: 2 pings made of 2 due" in await dana.says("club totals")
    for one in (dana, kim):
        await one.says("club goal 1")
        await one.says("add Sam Okafor @ Globex, 7 Dec")
        await one.says("sent Sam")
    sent = await house.at(FRIDAY_WRAPUP + timedelta(days=7))
    (board,) = in_room(sent, NEW)
    assert "2 of 2" in board
    assert in_room(sent) == []
    await house.at(MONDAY_KICKOFF + timedelta(days=14))
    assert "Your streak: 2 weeks." in await kim.says("club show")


async def test_what_a_closed_channel_did_not_get_comes_in_the_new_one(house: ClubHouse) -> None:
    dana, _ = await house.club("dana", "kim")
    await house.plan(MONDAY_KICKOFF)
    await house.carry(GONE)
    await moves(dana)
    assert "a new week" in in_room(await house.carry(), NEW)[0]


async def test_what_was_to_be_told_the_old_channel_is_told_no_other_M17(house: ClubHouse) -> None:
    dana, kim = await house.club("dana", "kim")
    await kim.says("club ask Acme")
    await kim.presses("Post it")
    await house.carry(GONE)
    await moves(dana)
    sent = await house.at(MONDAY_KICKOFF)
    assert not any("Acme" in text for text in in_room(sent, NEW))
    (told,) = (text for text in to(sent, kim) if "Acme" in text)
    assert "nobody has read it" in told
    goes(kim, NEW, VISITS)
    assert "Acme" not in await kim.says("club show")
    await kim.says("club ask Acme")
    await kim.presses("Post it")
    assert "Acme" in in_room(await house.carry(), NEW)[0]


async def test_nobody_is_missed_in_the_new_channel_for_a_week(house: ClubHouse) -> None:
    class Empty:
        async def present(self, room: Room, users: object) -> frozenset[str]:
            return frozenset({"dana"})

        async def writable(self, room: Room) -> bool:
            return True

    dana, kim = await house.club("dana", "kim")
    await moves(dana)
    roll = RollCall(house.office.store, house.office.clock.now, {Platform.WEB: Empty()})
    house.office.clock.time = MONDAY_KICKOFF - timedelta(hours=1)
    assert await roll.call() == 0
    goes(kim, NEW, VISITS)
    assert "You have not joined." not in await kim.says("club show")
    house.office.clock.time += GRACE
    await house.at(house.office.clock.time)
    assert await roll.call() == 1


async def test_only_who_looks_after_a_club_and_manages_both_can_move_it(house: ClubHouse) -> None:
    dana, kim = await house.club("dana", "kim")
    for room, standing, words in (
        (None, None, "Type /followup club move in the channel"),
        (NEW, VISITS, "Only those who may manage this channel"),
        (NEW, Standing(), "could not find out"),
        (NEW, replace(MANAGES, lacks=(lambda: "Invite me.",)), "Invite me."),
        (JOB_CLUB, MANAGES, "This channel has a club already, Tuesday Club."),
        (Room(Platform.WEB, "elsewhere", "c"), MANAGES, "You look after no club"),
    ):
        goes(dana, room, standing or VISITS)
        assert words in await dana.says("club move")
    goes(kim, NEW)
    assert "You look after no club" in await kim.says("club move")
    await dana.says("club show")
    assert await house.carry() == []


async def test_a_club_without_organizer_and_channel_is_brought_along_by_a_member(
    house: ClubHouse,
) -> None:
    dana, kim = await house.club("dana", "kim")
    await dana.says("forget me")
    await dana.presses("Erase everything")
    goes(kim, NEW)
    assert "You look after no club" in await kim.says("club move"), "its channel is there"
    await deleted(house)
    assert "is in this channel now" in await moves(kim)
    await house.carry()
    assert "You look after this club." in await kim.says("club show")


async def test_two_who_move_it_at_once_move_it_once(house: ClubHouse) -> None:
    dana, kim = await house.club("dana", "kim")
    kim.standing = MANAGES
    await kim.says("club setup pace: gentle")
    goes(dana, NEW)
    goes(kim, EVENING_CLUB)
    await dana.says("club move")
    await kim.says("club move")
    assert "is in this channel now" in await dana.presses("Move it here")
    assert "is in this channel now" in await kim.presses("Move it here")
    sent = await house.carry()
    assert [len(to(sent, one)) for one in (dana, kim)] == [1, 1]
    (told,) = messages_to(sent, dana)
    (row,) = [block for block in told.blocks if isinstance(block, Actions)]
    assert row.items[0] == RoomButton("Go there", EVENING_CLUB)
    assert in_room(await house.at(MONDAY_KICKOFF), EVENING_CLUB)


async def test_of_several_clubs_one_is_picked(house: ClubHouse) -> None:
    (dana,) = await house.club("dana")
    goes(dana, EVENING_CLUB)
    await dana.says("club setup Evening Club")
    goes(dana, NEW)
    assert "Which one?" in await dana.says("club move")
    assert "Move Evening Club to this channel?" in await dana.presses("Evening Club")
    assert "Evening Club is in this channel now." in await dana.presses("Move it here")
