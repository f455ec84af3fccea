"""Many clubs, and several who do something at once: none holds up another, each counts once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from core import club_weeks
from core.store import clubs
from tests.clubs import EVENING_CLUB, FRIDAY_WRAPUP, MANAGES, MONDAY_KICKOFF, ClubHouse, in_room
from tests.people import Office

SUNDAY_EVENING = MONDAY_KICKOFF - timedelta(hours=12)


@pytest.fixture
def house(office: Office) -> ClubHouse:
    return ClubHouse(office)


async def two_clubs(house: ClubHouse) -> None:
    """One with Dana and one, in another channel, with Kim."""
    await house.club("dana")
    kim = house.person("kim", EVENING_CLUB, MANAGES)
    await kim.says("club setup Evening Club")
    await kim.says("club join counts")
    await house.at(SUNDAY_EVENING)


async def test_a_club_that_is_broken_holds_up_no_other(
    house: ClubHouse, caplog: pytest.LogCaptureFixture
) -> None:
    await two_clubs(house)
    async with house.office.store.writing() as session:
        await session.execute(text("UPDATE memberships SET sharing = 'Dana' WHERE club_id = 1"))
    told = await house.at(MONDAY_KICKOFF)
    assert len(in_room(told, EVENING_CLUB)) == 1
    assert in_room(told) == []
    assert "the week of club 1 can't go on: ValueError" in caplog.text
    assert "'Dana'" not in caplog.text
    async with house.office.store.writing() as session:
        await session.execute(text("UPDATE memberships SET sharing = 'counts'"))
    assert len(in_room(await house.at(MONDAY_KICKOFF + timedelta(minutes=3)))) == 1


async def test_clubs_go_on_a_few_at_a_time(
    house: ClubHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thousands kick off at one hour: digests that fall due meanwhile have their turn."""
    monkeypatch.setattr(club_weeks, "AT_A_TIME", 1)
    await two_clubs(house)
    house.office.clock.time = MONDAY_KICKOFF
    assert [await house.office.mailroom.plan_clubs() for _ in range(3)] == [1, 1, 0]


async def test_a_jump_of_the_playgrounds_clock_stops_at_what_clubs_have(house: ClubHouse) -> None:
    await house.club("dana")
    house.office.clock.time = SUNDAY_EVENING
    await house.at(SUNDAY_EVENING)
    assert await house.office.mailroom.next_planned_at() == MONDAY_KICKOFF


async def test_of_two_answers_at_once_the_first_counts(house: ClubHouse) -> None:
    dana, kim = await house.club("dana", "kim")
    kim.standing = MANAGES
    told = []
    for week in range(4):
        for moment in (MONDAY_KICKOFF, FRIDAY_WRAPUP):
            told += await house.at(moment + timedelta(days=7 * week))
    question = next(p.message for p in reversed(told) if "Shall" in p.message.plain())
    async with house.office.store.writing() as session:
        club = await clubs.held(session, 1)
        assert club is not None
        second = asyncio.create_task(kim.presses("Stop for now", on=question))
        await asyncio.sleep(0.3)
        await clubs.save(session, replace(club, asked=False, quiet=0))
    assert "decided already: Tuesday Club goes on" in await second
    assert "decided already" in await dana.presses("Go on", on=question)
