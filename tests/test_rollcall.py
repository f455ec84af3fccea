"""Roll calls: a platform that says nothing, or nonsense, takes nobody for gone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

import pytest

from core import rollcall
from core.caller import Platform, Room
from core.rollcall import RollCall
from core.store import memberships
from tests.clubs import EVENING_CLUB, JOB_CLUB, MANAGES, MONDAY_KICKOFF, ClubHouse
from tests.people import Office

AN_HOUR_BEFORE = MONDAY_KICKOFF - timedelta(hours=1)


class Told:
    """What a platform answers to each question, the last answer again and again."""

    def __init__(self, *answers: frozenset[str] | Exception | None) -> None:
        self._answers = list(answers)
        self.asked: list[Room] = []

    async def present(self, room: Room, users: Collection[str]) -> frozenset[str] | None:
        self.asked.append(room)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def writable(self, room: Room) -> bool | None:
        return True


@pytest.fixture
async def house(office: Office) -> ClubHouse:
    house = ClubHouse(office)
    await house.club("dana", "kim", "lee")
    office.clock.time = AN_HOUR_BEFORE
    await house.at(AN_HOUR_BEFORE)
    return house


def roll(house: ClubHouse, told: Told) -> RollCall:
    return RollCall(house.office.store, house.office.clock.now, {Platform.WEB: told})


async def count(house: ClubHouse) -> int:
    async with house.office.store.reading() as session:
        return len(await memberships.of_club(session, 1))


@pytest.mark.parametrize("answer", [None, RuntimeError("no")])
async def test_who_says_nothing_is_asked_again_in_a_while(
    house: ClubHouse, answer: Exception | None
) -> None:
    told = Told(answer, frozenset({"dana", "kim"}))
    calls = roll(house, told)
    for _ in range(3):
        assert await calls.call() == 0
    assert len(told.asked) == 1
    house.office.clock.time += rollcall.PAUSE + timedelta(seconds=1)
    assert await calls.call() == 1
    assert await count(house) == 2


async def test_that_everybody_has_left_is_believed_the_second_time(house: ClubHouse) -> None:
    told = Told(frozenset(), frozenset({"dana", "kim", "lee"}), frozenset())
    calls = roll(house, told)
    for here in (3, 3):
        await calls.call()
        assert await count(house) == here
        house.office.clock.time += rollcall.PAUSE + timedelta(seconds=1)
    house.office.clock.time += rollcall.AHEAD
    for here in (3, 0):
        await calls.call()
        assert await count(house) == here
        house.office.clock.time += rollcall.PAUSE + timedelta(seconds=1)


async def test_one_fault_holds_up_no_other_club(house: ClubHouse) -> None:
    kim = house.person("kim", EVENING_CLUB, MANAGES)
    await kim.says("club setup Evening Club, kickoff: Monday 9:01")
    told = Told(RuntimeError("no"), frozenset({"kim"}))
    house.office.clock.time += rollcall.AHEAD + timedelta(
        minutes=1
    )  # both have been there for long enough
    await roll(house, told).call()
    assert told.asked == [JOB_CLUB, EVENING_CLUB]
