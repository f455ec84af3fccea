"""A club that is changed in the middle of a week: no week is lost, none is counted twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.clubs import (
    FRIDAY_WRAPUP,
    MONDAY_KICKOFF,
    ClubHouse,
    in_room,
    to,
)
from tests.people import Member, Office

WEEK, DAY = timedelta(days=7), timedelta(days=1)


@pytest.fixture
def house(office: Office) -> ClubHouse:
    return ClubHouse(office)


async def after_a_good_week(house: ClubHouse) -> list[Member]:
    """A week in which both reached their goals, and the kickoff after it, with buddies."""
    people = await house.club("dana", "kim")
    for one in people:
        await one.says("add Robin Patel @ Acme, 30 Nov")
        await one.says("club buddy on")
    await house.at(MONDAY_KICKOFF)
    for one in people:
        await one.says("club goal 1")
        await one.says("sent Robin")
    await house.at(FRIDAY_WRAPUP)
    assert len(in_room(await house.at(MONDAY_KICKOFF + WEEK))) == 1
    return people


async def test_a_kickoff_that_is_put_later_does_not_come_twice(house: ClubHouse) -> None:
    dana, _ = await after_a_good_week(house)
    text = await dana.says("club setup kickoff: Tuesday 9:00")
    assert "Next: the wrap-up on Friday 11 December" in text
    sent = await house.at(MONDAY_KICKOFF + WEEK + DAY)
    assert in_room(sent) == []
    assert not any("buddy" in text for text in to(sent, dana))
    assert "Your streak" not in await dana.says("club show"), "one week is counted once"
    assert len(in_room(await house.at(MONDAY_KICKOFF + 2 * WEEK + DAY))) == 1


async def test_nor_does_it_in_a_club_that_was_stopped_meanwhile(house: ClubHouse) -> None:
    dana, _ = await after_a_good_week(house)
    await dana.says("club stop")
    await dana.presses("Stop it")
    await dana.says("club setup kickoff: Tuesday 9:00")
    await dana.presses("Go on again")
    assert in_room(await house.at(MONDAY_KICKOFF + WEEK + DAY)) == []
    assert "Your streak" not in await dana.says("club show")
    assert len(in_room(await house.at(FRIDAY_WRAPUP + WEEK))) == 1


async def test_a_wrap_up_that_is_put_into_the_past_comes_at_once(house: ClubHouse) -> None:
    dana, _ = await after_a_good_week(house)
    await dana.says("add Sam Okafor @ Globex, 8 Dec")
    await house.at(MONDAY_KICKOFF + WEEK + DAY)
    await dana.says("sent Sam")
    await house.at(FRIDAY_WRAPUP + WEEK - DAY)
    assert "Next: the wrap-up, in a moment." in await dana.says(
        "club setup wrapup: Wednesday 16:00"
    )
    (board,) = in_room(await house.at(FRIDAY_WRAPUP + WEEK - DAY))
    assert "week of 7 Dec" in board
    assert in_room(await house.at(FRIDAY_WRAPUP + WEEK)) == []
    assert "a new week" in in_room(await house.at(MONDAY_KICKOFF + 2 * WEEK))[0]


async def test_what_was_picked_and_counted_is_kept_when_weeks_begin_on_another_day(
    house: ClubHouse,
) -> None:
    dana, kim = await after_a_good_week(house)
    await kim.says("club goal 3")
    house.office.clock.time = MONDAY_KICKOFF + WEEK + 2 * DAY
    text = await dana.says("club setup week: Sunday")
    assert "Weeks begin on Sunday." in text
    assert "Next: the wrap-up on Friday 11 December" in text
    assert "0 of 3" in await kim.says("club show")
    (board,) = in_room(await house.at(FRIDAY_WRAPUP + WEEK))
    assert "week of 6 Dec" in board
    totals = await dana.says("club totals")
    assert "Week of 29 Nov: 2 pings made of 2 due" in totals
    sent = await house.at(MONDAY_KICKOFF + 2 * WEEK)
    assert len(in_room(sent)) == 1
    assert any("Your buddy" in text for text in to(sent, dana))


async def test_a_club_that_is_set_up_after_its_kickoff_can_have_one_yet(house: ClubHouse) -> None:
    house.office.clock.time = MONDAY_KICKOFF + timedelta(minutes=5)
    dana, _ = await house.club("dana", "kim")
    assert "Next: the kickoff on Tuesday" in await dana.says("club setup kickoff: Tuesday 9:00")
    (kickoff,) = in_room(await house.at(MONDAY_KICKOFF + DAY))
    assert "until Friday 4 December" in kickoff


async def test_a_kickoff_whose_time_has_come_outlives_a_new_name(house: ClubHouse) -> None:
    dana, _ = await house.club("dana", "kim")
    house.office.clock.time = MONDAY_KICKOFF + timedelta(seconds=20)
    await dana.says("club setup Wednesday Club")
    (kickoff,) = in_room(await house.at(MONDAY_KICKOFF + timedelta(minutes=1)))
    assert "Wednesday Club: a new week" in kickoff
