"""A week of a club that is changed or counted again: nothing happens twice or is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.store import clubs, memberships
from core.usecases.clubs import week
from core.usecases.clubs.weighing import Weighed, weigh
from tests.clubs import FRIDAY_WRAPUP, JOB_CLUB, MONDAY_KICKOFF, ClubHouse, in_room
from tests.people import Member, Office

SUNDAY = MONDAY_KICKOFF - timedelta(days=1)
NEXT_KICKOFF = MONDAY_KICKOFF + timedelta(days=7)
HOUR = timedelta(hours=1)


@pytest.fixture
def house(office: Office) -> ClubHouse:
    return ClubHouse(office)


async def reach_a_goal(*people: Member) -> None:
    """Each picks a goal of one ping and makes it."""
    for one in people:
        await one.says("add Zoltan Quill @ Initech, today")
        await one.says("club goal 1")
        await one.says("sent Zoltan")


async def streak_of(house: ClubHouse, member: Member) -> int:
    async with house.office.store.reading() as session:
        account = await memberships.account_id(session, member.account)
        club = await clubs.club_at(session, JOB_CLUB)
        assert club is not None
        everybody = await memberships.of_club(session, club.id)
    return next(one.streak for one in everybody if one.account_id == account)


async def weighed(house: ClubHouse) -> Weighed:
    async with house.office.store.reading() as session:
        club = await clubs.club_at(session, JOB_CLUB)
        assert club is not None
        found = await weigh(session, club.id, house.office.clock.now(), _at_once)
    assert found is not None
    return found


async def _at_once() -> None:
    return None


async def test_a_kickoff_that_was_moved_on_its_day_does_not_happen_twice(house: ClubHouse) -> None:
    dana, kim = await house.club("dana", "kim")
    for one in (dana, kim):
        await one.says("club buddy on")
    await house.at(MONDAY_KICKOFF)
    await reach_a_goal(dana, kim)
    await house.at(FRIDAY_WRAPUP)
    await house.at(NEXT_KICKOFF)
    assert await streak_of(house, dana) == 1
    text = await dana.says("club setup kickoff: Monday 17:00")
    assert "Next: the wrap-up on Friday 11 December" in text
    assert await house.at(NEXT_KICKOFF + 9 * HOUR) == []
    assert await streak_of(house, dana) == 1


async def test_a_club_that_begins_its_week_anew_pairs_and_counts_once(house: ClubHouse) -> None:
    """Stopped, moved and gone on with on one day: the kickoff comes again and does no harm."""
    dana, kim = await house.club("dana", "kim")
    for one in (dana, kim):
        await one.says("club buddy on")
    await house.at(MONDAY_KICKOFF)
    await reach_a_goal(dana, kim)
    await house.at(FRIDAY_WRAPUP)
    await house.at(NEXT_KICKOFF)
    await dana.says("club stop")
    await dana.presses("Stop it")
    await dana.says("club setup kickoff: Monday 17:00")
    await dana.presses("Go on again")
    assert await house.at(NEXT_KICKOFF + 9 * HOUR) == []
    assert await streak_of(house, dana) == 1
    assert "Next: the wrap-up" in await dana.says("club show")


async def test_a_new_name_loses_nothing_that_is_due_at_that_moment(house: ClubHouse) -> None:
    (dana,) = await house.club("dana")
    await house.at(MONDAY_KICKOFF)
    await reach_a_goal(dana)
    house.office.clock.time = FRIDAY_WRAPUP + timedelta(seconds=2)
    await dana.says("club setup The Night Shift")
    assert len(in_room(await house.at(FRIDAY_WRAPUP + timedelta(seconds=5)))) == 1


async def test_who_leaves_a_buddy_unanswered_keeps_the_streak_M18(house: ClubHouse) -> None:
    dana, kim = await house.club("dana", "kim")
    for one in (dana, kim):
        await one.says("club buddy on")
    await house.at(MONDAY_KICKOFF)
    await reach_a_goal(dana, kim)
    await house.at(FRIDAY_WRAPUP)
    await house.at(NEXT_KICKOFF)
    assert await streak_of(house, dana) == 1


async def test_a_goal_that_is_picked_while_the_week_is_weighed_stays(house: ClubHouse) -> None:
    dana, kim = await house.club("dana", "kim")
    await house.at(MONDAY_KICKOFF)
    await dana.says("add Zoltan Quill @ Initech, today")
    await dana.says("sent Zoltan")
    await dana.says("club goal 2")
    house.office.clock.time = FRIDAY_WRAPUP
    before = await weighed(house)
    await dana.says("club setup The Night Shift")  # the wrap-up is due and has not happened yet
    await dana.says("club goal 1")
    await kim.says("club goal 3")
    async with house.office.store.writing() as session:
        assert await week.happen(session, 1, before, FRIDAY_WRAPUP)
    (board,) = in_room(await house.carry())
    assert "Dana" in board
    async with house.office.store.reading() as session:
        kept = await memberships.entries(session, 1, before.week)
    assert sorted(one.goal or 0 for one in kept.values()) == [1, 3]


@pytest.mark.parametrize("comes", [False, True])
async def test_no_difference_of_totals_tells_of_who_left_or_came_M17(
    house: ClubHouse, comes: bool
) -> None:
    """The board on Friday, and the kickoff on Monday: what is between is nobody's alone."""
    dana, kim = await house.club("dana", "kim")
    lee = house.person("lee")
    await house.at(MONDAY_KICKOFF)
    await reach_a_goal(dana, kim)
    await lee.says("add Zoltan Quill @ Initech, today")
    await lee.says("sent Zoltan")
    (board,) = in_room(await house.at(FRIDAY_WRAPUP))
    assert "2 of 2 pings made by 2 members" in board
    if comes:
        await lee.says("club join counts")
    else:
        await kim.says("club leave")
        await kim.presses("Leave")
    told = in_room(await house.at(NEXT_KICKOFF))
    assert "Last week the club made 2 pings of 2 due." in told[0]
