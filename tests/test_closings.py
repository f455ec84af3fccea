"""Clubs whose channel was closed for 30 days: erased, unless the platform says it is open."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import timedelta

import pytest

from core.caller import Platform, Room
from core.closings import EVERY, Closings
from core.comings import ClubComings
from core.departures import KEPT
from core.domain.comings import Shut
from tests.clubs import JOB_CLUB, MONDAY_KICKOFF, ClubHouse, in_room
from tests.people import Office


class Says:
    """What a platform says of any channel."""

    def __init__(self, *answers: bool | None) -> None:
        self.answers = list(answers)
        self.asked: list[Room] = []

    async def present(self, room: Room, users: Collection[str]) -> frozenset[str] | None:
        return frozenset(users)

    async def writable(self, room: Room) -> bool | None:
        self.asked.append(room)
        return self.answers.pop(0)


@pytest.fixture
async def house(office: Office) -> ClubHouse:
    """A club whose channel is shut."""
    house = ClubHouse(office)
    await house.club("dana", "kim")
    await ClubComings(office.store, office.clock.now).shut(JOB_CLUB, Shut.ARCHIVED)
    await house.carry()
    return house


def closings(house: ClubHouse, says: Says, platform: Platform = Platform.WEB) -> Closings:
    return Closings(house.office.store, house.office.clock.now, {platform: says})


async def test_after_30_days_a_club_is_erased_and_its_members_keep_their_lists(
    house: ClubHouse, caplog: pytest.LogCaptureFixture
) -> None:
    dana = house.person("dana")
    await dana.says("add Robin Patel @ Acme, tomorrow")
    says = Says(False)
    erasing = closings(house, says)
    house.office.clock.time += KEPT - timedelta(hours=1)
    assert await erasing.look() == 0
    assert says.asked == []
    house.office.clock.time += timedelta(hours=1)
    with caplog.at_level(logging.INFO, "core.closings"):
        assert await erasing.look() == 1
    assert caplog.messages == ["erased a club whose channel was closed 30 days ago"]
    assert "This channel has no club." in await dana.says("club show")
    assert "Robin" in await dana.says("list")


async def test_one_that_was_stopped_and_opened_while_nobody_listened_is_kept(
    house: ClubHouse,
) -> None:
    dana = house.person("dana")
    await dana.says("club stop")
    await dana.presses("Stop it")
    house.office.clock.time += KEPT
    assert await closings(house, Says(True)).look() == 0
    assert "I can't write" not in await dana.says("club show")
    house.office.clock.time += KEPT
    assert await closings(house, Says()).look() == 0, "nobody has to be asked"


async def test_what_was_held_goes_out_when_the_channel_turns_out_to_be_open(
    house: ClubHouse,
) -> None:
    house.office.clock.time += KEPT
    await closings(house, Says(True)).look()
    later = MONDAY_KICKOFF + timedelta(days=35)
    assert any("a new week" in text for text in in_room(await house.at(later)))


async def test_a_platform_that_says_nothing_is_asked_again_in_an_hour(house: ClubHouse) -> None:
    says = Says(None, False)
    erasing = closings(house, says)
    house.office.clock.time += KEPT
    for _ in range(3):
        assert await erasing.look() == 0
    assert len(says.asked) == 1
    house.office.clock.time += EVERY
    assert await erasing.look() == 1


async def test_of_a_platform_that_is_not_served_here_nothing_is_said(house: ClubHouse) -> None:
    house.office.clock.time += KEPT
    assert await closings(house, Says(), Platform.SLACK).look() == 0
    assert "2 members" in await house.person("dana").says("club stop")


async def test_one_that_moved_while_the_platform_was_asked_is_kept(house: ClubHouse) -> None:
    class Slow(Says):
        async def writable(self, room: Room) -> bool | None:
            await ClubComings(house.office.store, house.office.clock.now).opened(room)
            return False

    house.office.clock.time += KEPT
    assert await closings(house, Slow()).look() == 0
