"""Who agreed to what (M17, M19, M20): consent that was taken back, names, numbers of a few."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.caller import Platform, Room
from core.departures import Departures
from core.domain.clubs.organizing import REACHED
from core.domain.clubs.records import WeekTotals
from core.domain.deliveries import Held, Parcel
from core.domain.owed import Matter, is_over
from core.usecases.clubs.organizing import table
from tests.clubs import EVENING_CLUB, MANAGES, MONDAY_KICKOFF, ClubHouse, in_room, messages_to, to
from tests.people import Member, Office, token_of

PLACES = ("Acme", "Globex", "Initech", "Hooli")
THURSDAY_NINE = MONDAY_KICKOFF + timedelta(days=3)
WEEK = WeekTotals(
    date(2026, 11, 30),
    members=20,
    goals=10,
    reached=5,
    made=9,
    due=30,
    groups={REACHED: 5, "on their way": 8, "had a quiet week": 7},
)


@pytest.fixture
def house(office: Office) -> ClubHouse:
    return ClubHouse(office)


# --- nudges --------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["dana", "kim"])
async def test_no_nudge_to_or_of_who_wants_no_buddy_any_more_M20(
    house: ClubHouse, who: str
) -> None:
    """Dana asked for a nudge and Kim agreed; then one of them turns it off, or leaves."""
    dana, kim = await house.club("dana", "kim")
    await dana.says("club buddy on, nudge: 3")
    await kim.says("club buddy on")
    await dana.says("add Robin Patel @ Acme, 30 Nov")
    sent = await house.at(MONDAY_KICKOFF)
    await kim.presses("I'll nudge", on=messages_to(sent, kim)[0])
    await house.days(MONDAY_KICKOFF, 2)
    await house.plan(THURSDAY_NINE + timedelta(hours=1, minutes=5))  # it is owed now
    if who == "dana":
        await dana.says("club buddy off")
    else:
        await kim.says("club leave")
        await kim.presses("Leave")
    told = await house.carry()
    told += await house.days(THURSDAY_NINE + timedelta(hours=2), 2)
    assert not [text for text in to(told, kim) if "nudge" in text]


def test_a_nudge_and_a_midweek_line_outlive_midnight_elsewhere_M20() -> None:
    """They are owed on the club's day, while whoever gets them may be in the next one."""
    for matter in (Matter.NUDGE, Matter.MIDWEEK):
        assert not is_over(matter, date(2026, 12, 2), date(2026, 12, 3))
        assert is_over(matter, date(2026, 12, 2), date(2026, 12, 4))


# --- matches -------------------------------------------------------------------------


async def test_a_match_is_not_told_when_somebody_wants_none_any_more_M19(
    house: ClubHouse,
) -> None:
    dana, kim = await house.club("dana", "kim")
    for one in (dana, kim):
        await one.says("club join matches: yes")
        await one.says("add Robin Patel @ Acme, tomorrow")
    await kim.says("club join matches: no")
    assert to(await house.carry(), dana) == []


async def four_places(house: ClubHouse) -> tuple[Member, Member, list[Parcel]]:
    """Two who meet at four organizations at once, and what they are told of it."""
    dana, kim = await house.club("dana", "kim")
    for one in (dana, kim):
        for number, place in enumerate(PLACES):
            await one.says(f"add Robin {number} @ {place}, tomorrow")
        await one.says("club join matches: yes")
    return dana, kim, await house.carry()


async def test_who_meets_at_many_organizations_hears_of_one_after_another_M19(
    house: ClubHouse,
) -> None:
    dana, kim, told = await four_places(house)
    assert [len(to(told, one)) for one in (dana, kim)] == [1, 1], "one message for each"
    asked = []
    message = messages_to(told, dana)[0]
    for left in (3, 2, 1, 0):
        text = message.plain()
        waiting = f"{left} more match{'es wait' if left > 1 else ' waits'}"
        assert (waiting in text) is (left > 0)
        asked.append(next(place for place in PLACES if place in text))
        await dana.presses("Rather not" if left % 2 else "Tell them who I am", on=message)
        assert dana.last.message is not None
        message = dana.last.message
    assert sorted(asked) == sorted(PLACES)
    assert "pursues" not in message.plain()
    assert await house.carry() == [], "Kim has said nothing yet"


async def test_a_match_that_comes_to_nothing_does_not_hide_the_others_M19(
    house: ClubHouse,
) -> None:
    dana, kim, ben = await house.club("dana", "kim", "ben")
    for one, place in ((ben, "Acme"), (kim, "Globex")):
        await one.says(f"add Robin @ {place}, tomorrow")
        await one.says("club join matches: yes")
    for place in PLACES:
        await dana.says(f"add Sam @ {place}, tomorrow")
    await dana.says("club join matches: yes")
    await ben.says("club leave")
    await ben.presses("Leave")
    (told,) = to(await house.carry(), dana)
    assert "Globex" in told
    assert "Acme" not in told


# --- asks ----------------------------------------------------------------------------


async def test_a_stranger_learns_nothing_of_an_ask_elsewhere_M19(house: ClubHouse) -> None:
    dana, _ = await house.club("dana", "kim")
    await dana.says("club ask Acme")
    await dana.presses("Post it")
    (post,) = [p.message for p in await house.carry() if p.to == dana.room]
    lee = house.person("lee", EVENING_CLUB)
    token = token_of(post, "I may know somebody")
    for elsewhere in (EVENING_CLUB, None):
        lee.room = elsewhere
        told = await lee.presses_token(token)
        assert told == await lee.presses_token(token.replace("=1", "=99"))
        assert "Tuesday Club" not in told
    lee.room = dana.room
    assert "Only members of Tuesday Club can answer" in await lee.presses_token(token)


async def test_what_was_held_for_a_workspace_that_is_back_goes_out(office: Office) -> None:
    """An ask that was posted while the bot was removed is not lost."""
    house = ClubHouse(office)
    room = Room(Platform.SLACK, "T1", "C1")
    dana = house.person("dana", room, MANAGES)
    dana.account = replace(dana.account, platform=Platform.SLACK, workspace="T1")
    await dana.says("club setup Tuesday Club")
    await dana.says("club join counts")
    await dana.says("club ask Acme")
    await dana.presses("Post it")
    departures = Departures(office.store, office.clock.now)
    await departures.left(Platform.SLACK, "T1")
    await house.carry(Held("not in the channel"))
    await departures.left(Platform.SLACK, "T1")  # said twice
    await departures.returned(Platform.SLACK, "T1")
    assert "an introduction at Acme" in in_room(await house.carry(), room)[0]


# --- names ---------------------------------------------------------------------------


async def test_nobody_takes_a_name_that_the_club_knows_or_mine(house: ClubHouse) -> None:
    _, kim = await house.club("dana", "kim")
    for name in ("Dana", "dána", "Squeaky", "A member"):
        assert "for somebody else" in await kim.says(f"club join name: {name}")
    assert "It knows you as Kim L." in await kim.says("club join name: Kim L.")
    lee = house.person("lee", name="DANA")
    assert "for somebody else" in await lee.says("club join counts")
    assert "You are in Tuesday Club" in await lee.says("club join counts, name: Dana Lee")


async def test_a_refused_name_tells_nothing_of_who_is_hidden_M17(house: ClubHouse) -> None:
    dana, kim = await house.club("dana", "kim")
    await dana.says("club join hidden")
    assert "It knows you as Dana" in await kim.says("club join name: Dana")
    assert "for somebody else" in await dana.says("club join counts")


# --- numbers of a few ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("week", "goals"),
    [
        (WEEK, "10,5"),
        (replace(WEEK, goals=10, reached=9), ","),
        (
            replace(
                WEEK, reached=6, groups={REACHED: 6, "on their way": 11, "had a quiet week": 3}
            ),
            ",",
        ),
        (replace(WEEK, goals=10, reached=0, groups={"on their way": 20}), "10,0"),
    ],
)
def test_no_difference_in_the_file_singles_a_few_out_M17(week: WeekTotals, goals: str) -> None:
    """One of ten missed the goal; or a quiet three are what is left of a group in the message."""
    (_, row, _) = table([week]).decode("utf-8-sig").split("\r\n")
    assert row == f"2026-11-30,20,{goals},9,30"
