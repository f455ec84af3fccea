"""Clubs at the desk: set up, joined, their week, and what nobody is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.caller import Standing
from core.comings import ClubComings
from core.domain.comings import Shut
from core.domain.deliveries import Held
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
from tests.people import Office


@pytest.fixture
def house(office: Office) -> ClubHouse:
    return ClubHouse(office)


# --- setting up ----------------------------------------------------------------------


async def test_a_club_is_set_up_in_a_channel(house: ClubHouse) -> None:
    dana = house.person("dana", standing=MANAGES)
    text = await dana.says("club setup Tuesday Club, kickoff: Monday 9:00, wrapup: fri 4 pm")
    assert "Tuesday Club" in text
    assert "Kickoff Mondays at 9:00, wrap-up Fridays at 16:00" in text
    assert "Next: the wrap-up on Friday 27 November (in 4 days)." in text


async def test_alone_it_opens_a_form_and_keeps_what_is_there(house: ClubHouse) -> None:
    dana = house.person("dana", standing=MANAGES)
    await dana.says("club setup")
    text = await dana.fills(name="Tuesday Club", midweek="Wednesday noon")
    assert "A line at midweek, Wednesdays at 12:00." in text
    await dana.says("club setup")
    assert dana.last.form is not None
    values = {field.name: field.value for field in dana.last.form.fields}
    assert values["name"] == "Tuesday Club"
    assert values["midweek"] == "Wednesday 12:00"


async def test_who_may_not_manage_the_channel_sets_nothing_up(house: ClubHouse) -> None:
    kim = house.person("kim", standing=VISITS)
    assert "Only those who may manage this channel" in await kim.says("club setup Mine")
    kim.standing = Standing(manages=None)
    assert "could not find out" in await kim.says("club setup Mine")
    assert "has no club" in await kim.says("club join")


async def test_what_the_bot_lacks_is_said_with_the_way_to_give_it(house: ClubHouse) -> None:
    dana = house.person("dana", standing=Standing(True, (lambda: "Type `/invite @Squeaky` here.",)))
    text = await dana.says("club setup Tuesday Club")
    assert "Type `/invite @Squeaky` here." in text
    dana.standing = MANAGES
    assert "Tuesday Club" in await dana.says("club setup Tuesday Club")


async def test_a_form_that_was_overtaken_changes_nothing(house: ClubHouse) -> None:
    """Two organizers press at once: the second reads what the first one did."""
    dana, kim = house.person("dana", standing=MANAGES), house.person("kim", standing=MANAGES)
    await dana.says("club setup Tuesday Club")
    await dana.says("club setup")
    await kim.says("club setup")
    await kim.fills(name="Kim's Club")
    text = await dana.fills(name="Dana's Club")
    assert "changed meanwhile" in text
    assert "Kim's Club" in text


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("kickoff: Friday 9:00, wrapup: Monday 9:00", "The wrap-up comes after the kickoff"),
        ("kickoff: someday", "“someday” is no moment of a week"),
        ("zone: Nowhere", "I don't know the time zone"),
        ("midweek: Sunday 9:00", "before the wrap-up"),
    ],
)
async def test_bad_settings_are_refused_with_a_sentence(
    house: ClubHouse, line: str, sentence: str
) -> None:
    dana = house.person("dana", standing=MANAGES)
    assert sentence in await dana.says(f"club setup Tuesday Club, {line}")


async def test_it_is_stopped_and_goes_on(house: ClubHouse) -> None:
    dana, _ = await house.club("dana", "kim")
    assert "2 members" in await dana.says("club stop")
    assert "Nothing of it is lost" in await dana.presses("Stop it")
    assert await house.at(FRIDAY_WRAPUP - timedelta(days=7)) == []
    assert "Next: the kickoff" in await dana.presses("Go on again")


# --- joining -------------------------------------------------------------------------


async def test_before_joining_one_reads_what_the_club_sees_M17(house: ClubHouse) -> None:
    await house.club("dana")
    kim = house.person("kim")
    text = await kim.says("club join")
    assert "how many pings its members made of those that were due" in text
    assert "It never sees whom you write to, where, what about, or any note." in text
    assert "You have not joined" in await kim.says("club show")
    await kim.says("club join")
    assert "You are in Tuesday Club" in await kim.presses("Join without my name")
    assert "“a member” instead of your name" in await kim.says("club show")


async def test_who_is_new_begins_at_the_clubs_pace(house: ClubHouse) -> None:
    dana = house.person("dana", standing=MANAGES)
    await dana.says("club setup Tuesday Club, pace: gentle")
    kim, ben = house.person("kim"), house.person("ben")
    assert "gentle" in await kim.says("club join counts")
    assert "Pace gentle" in await kim.says("settings")
    await ben.says("add Robin Patel @ Acme")
    await ben.says("club join counts")
    assert "Pace steady" in await ben.says("settings")


async def test_who_leaves_is_off_the_board_at_once(house: ClubHouse) -> None:
    dana, kim = await house.club("dana", "kim")
    for one in (dana, kim):
        await one.says("add Robin Patel @ Acme, tomorrow")
    await house.at(MONDAY_KICKOFF)
    for one in (dana, kim):
        await one.says("club goal 1")
        await one.says("sent Robin")
    await house.plan(FRIDAY_WRAPUP)
    await kim.says("club leave")
    await kim.presses("Leave")
    (board,) = in_room(await house.carry())
    assert "Dana" in board
    assert "Kim" not in board


async def test_a_club_whose_organizer_has_left_is_run_by_who_manages_the_channel(
    house: ClubHouse,
) -> None:
    dana, kim = await house.club("dana", "kim")
    comings = ClubComings(house.office.store, house.office.clock.now)
    await comings.went(JOB_CLUB, dana.account)
    dana.standing = VISITS
    assert "Only those who may manage" in await dana.says("club stop")
    assert "Only those who may manage" in await kim.says("club setup pace: bold")
    kim.standing = MANAGES
    assert "bold" in await kim.says("club setup pace: bold")
    kim.standing = VISITS
    assert "You look after this club." in await kim.says("club show")
    (kickoff,) = in_room(await house.at(MONDAY_KICKOFF))
    assert "a new week" in kickoff
    await comings.shut(JOB_CLUB, Shut.ARCHIVED)
    sent = await house.carry()
    assert to(sent, dana) == []
    assert "archived" in to(sent, kim)[0]


async def test_several_clubs_are_told_apart(house: ClubHouse) -> None:
    dana, _ = await house.club("dana", "kim")
    kim = house.person("kim", EVENING_CLUB, MANAGES)
    await kim.says("club setup Evening Club")
    await kim.says("club join hidden")
    kim.room = None
    assert "You are in several clubs" in await kim.says("club goal 4")
    assert "Evening Club" in await kim.presses("Evening Club")
    assert "You have no goal yet." in await dana.says("club show")


async def test_nobody_else_can_use_the_buttons_of_a_club(house: ClubHouse) -> None:
    await house.club("dana")
    eve = house.person("eve", room=None)
    for token in ("club-goal:club=1&pings=3", "club-totals:club=1", "club-stop:club=1&sure=1"):
        assert "no such club for you" in await eve.presses_token(token)


# --- the week ------------------------------------------------------------------------


async def test_a_week_from_kickoff_to_wrap_up_M18(house: ClubHouse) -> None:
    dana, kim = await house.club("dana", "kim")
    for name in ("Robin Patel", "Sam Okafor"):
        await dana.says(f"add {name} @ Acme, 30 Nov")
    await kim.says("add Lou Reyes @ Globex, 30 Nov")
    (kickoff,) = in_room(await house.at(MONDAY_KICKOFF))
    assert "Tuesday Club: a new week" in kickoff
    post = house.sent[-1].message
    assert "2 pings are due or fall due until Friday 4 December, 16:00." in await dana.presses(
        "Pick my goal", on=post
    )
    assert "Your goal in Tuesday Club: 2 pings" in await dana.presses("2")
    await dana.says("sent Robin, note: two ways to cut your reporting time")
    await dana.says("sent Sam")
    wrapped = await house.at(FRIDAY_WRAPUP)
    (board,) = in_room(wrapped)
    assert "Dana" in board
    assert "Kim" not in board, "nobody is shown who did not reach a goal"
    assert "2 of 3" in board
    assert not any(word in board for word in ("Robin", "Acme", "Globex", "reporting"))
    (parcel,) = [p for p in wrapped if p.to == JOB_CLUB]
    assert parcel.files[0].is_picture
    assert parcel.files[0].alt


async def test_what_was_made_after_the_board_counts_for_the_streak_M18(house: ClubHouse) -> None:
    dana, _ = await house.club("dana", "kim")
    await dana.says("add Robin Patel @ Acme, 4 Dec")
    await house.at(MONDAY_KICKOFF)
    await dana.says("club goal 1")
    await house.at(FRIDAY_WRAPUP)
    house.office.clock.time = FRIDAY_WRAPUP + timedelta(hours=3)
    await dana.says("sent Robin")
    await house.at(MONDAY_KICKOFF + timedelta(days=7))
    totals = await dana.says("club totals")
    assert "1 ping made of 1 due" in totals


async def test_four_quiet_weeks_and_the_club_is_asked_once(house: ClubHouse) -> None:
    dana, _ = await house.club("dana", "kim")
    asked = []
    for week in range(8):
        await house.at(MONDAY_KICKOFF + timedelta(days=7 * week))
        sent = await house.at(FRIDAY_WRAPUP + timedelta(days=7 * week))
        asked += [text for text in in_room(sent) if "Shall Tuesday Club go on?" in text]
    assert len(asked) == 1
    question = next(p.message for p in house.sent if "Shall" in p.message.plain())
    eve = house.person("eve")
    assert "Only those who may manage" in await eve.presses("Stop for now", on=question)
    assert "goes on" in await dana.presses("Go on", on=question)
    assert "decided already" in await dana.presses("Stop for now", on=question)


async def test_a_channel_that_is_shut_is_told_to_who_looks_after_it(house: ClubHouse) -> None:
    dana, _ = await house.club("dana", "kim")
    await house.plan(MONDAY_KICKOFF)
    await house.carry(Held("I am not in the channel any more."))
    told = await house.carry()
    assert any("I can't write in the channel" in text for text in to(told, dana))
    assert "I am not in the channel any more." in await dana.says("club show")


async def test_a_bot_that_was_down_for_weeks_tells_the_last_thing_alone(house: ClubHouse) -> None:
    await house.club("dana", "kim")
    sent = await house.at(MONDAY_KICKOFF + timedelta(days=22))
    assert len(in_room(sent)) <= 1


# --- asking --------------------------------------------------------------------------


async def test_an_introduction_M19(house: ClubHouse) -> None:
    dana, kim = await house.club("dana", "kim")
    preview = await dana.says("club ask Acme")
    assert "A member would value an introduction at Acme." in preview
    assert in_room(await house.carry()) == [], "nothing is posted before it was previewed"
    await dana.presses("Post it")
    (ask,) = await house.carry()
    assert "A member would value an introduction at Acme." in ask.message.plain()
    assert "Dana" not in ask.message.plain()
    assert "own ask" in await dana.presses("I may know somebody", on=ask.message)
    await kim.presses("I may know somebody", on=ask.message)
    await kim.presses("Tell them that somebody may")
    (offer,) = await house.carry()
    assert offer.to == dana.account
    assert "Kim" not in offer.message.plain()
    await dana.presses("Yes, tell them who I am", on=offer.message)
    (answer,) = await house.carry()
    assert answer.to == kim.account
    assert "Dana asked about Acme" in answer.message.plain()
    await kim.presses("Hand it over", on=answer.message)
    assert "Dana has it now" in await kim.fills(whom="Robin Patel, head of data, robin@acme.com")
    handed = kim.last.message
    (agreed,) = await house.carry()
    assert "Kim knows somebody at Acme" in agreed.message.plain()
    assert "robin@acme.com" in agreed.message.plain()
    await kim.presses("A good word for them", on=handed)
    await kim.fills(word="Dana finds the waste nobody sees.", knows="same club", named="yes")
    (word,) = await house.carry()
    assert "Dana finds the waste" in word.message.plain()
    assert "Kim, same club" in await dana.says("proof")


async def test_a_no_ends_it_and_names_nobody_M19(house: ClubHouse) -> None:
    dana, kim = await house.club("dana", "kim")
    await dana.says("club ask Acme")
    await dana.presses("Post it")
    (ask,) = await house.carry()
    await kim.presses("I may know somebody", on=ask.message)
    await kim.presses("Tell them that somebody may")
    (offer,) = await house.carry()
    await dana.presses("No, thank you", on=offer.message)
    (answer,) = await house.carry()
    assert "Dana" not in answer.message.plain()
    await kim.presses_token("ask:form=hand-over&t=1")
    assert "came to nothing" in await kim.fills(whom="Robin Patel")


async def test_who_pursues_the_same_place_hears_of_it_if_both_want_M19(house: ClubHouse) -> None:
    dana, kim, ben = await house.club("dana", "kim", "ben")
    for one in (dana, kim):
        await one.says("club join matches: yes")
    await dana.says("add Robin Patel @ Acme, tomorrow")
    await ben.says("add Lou Reyes @ Acme, tomorrow")
    assert await house.carry() == [], "Ben did not opt in"
    await kim.says("add Sam Okafor @ ACME Inc., tomorrow")
    told = await house.carry()
    assert {p.person.user for p in told} == {"dana", "kim"}
    assert "pursues Acme too" in to(told, dana)[0]
    assert "pursues ACME Inc. too" in to(told, kim)[0]
    for text in (*to(told, dana), *to(told, kim)):
        assert not any(name in text for name in ("Robin", "Sam", "Lou", "Dana", "Kim", "Ben"))
    for one in (dana, kim):
        await one.presses("Tell them who I am", on=messages_to(told, one)[0])
    known = await house.carry()
    assert "Kim in Tuesday Club pursues Acme too" in to(known, dana)[0]
    assert "Dana in Tuesday Club pursues ACME Inc. too" in to(known, kim)[0]


# --- buddies -------------------------------------------------------------------------


async def test_buddies_are_paired_at_the_kickoff_M20(house: ClubHouse) -> None:
    dana, kim, ben = await house.club("dana", "kim", "ben")
    for one in (dana, kim, ben):
        await one.says("club buddy on")
    sent = await house.at(MONDAY_KICKOFF)
    (text,) = to(sent, dana)
    assert "Your buddies in Tuesday Club this week" in text
    assert "Kim" in text
    assert "Ben" in text


async def test_after_three_pairings_without_a_word_nobody_is_paired_M20(house: ClubHouse) -> None:
    dana, kim, ben = await house.club("dana", "kim", "ben")
    for one in (dana, kim, ben):
        await one.says("club buddy on")
    for week in range(4):
        sent = await house.at(MONDAY_KICKOFF + timedelta(days=7 * week))
        for one in (kim, ben):
            for message in messages_to(sent, one)[:1]:
                if "this week" in message.plain():
                    await one.presses("We talked", on=message)
    assert "I pair you no more" in to(sent, dana)[0]
    assert "Dana" not in to(sent, kim)[0]


async def test_a_nudge_needs_both_and_tells_counts_alone_M20(house: ClubHouse) -> None:
    dana, kim = await house.club("dana", "kim")
    await dana.says("club buddy on, nudge: 3")
    await kim.says("club buddy on")
    await dana.says("add Robin Patel @ Acme, 30 Nov")
    sent = await house.at(MONDAY_KICKOFF)
    await kim.presses("I'll nudge", on=messages_to(sent, kim)[0])
    told = await house.days(MONDAY_KICKOFF, 4)
    nudges = [text for text in to(told, kim) if "asked for a nudge" in text]
    assert len(nudges) == 1
    assert "1 is due" in nudges[0]
    assert "Robin" not in nudges[0]
    assert "Acme" not in nudges[0]


# --- wins ----------------------------------------------------------------------------


async def test_a_win_closes_thanks_and_tells_what_was_previewed_M21(house: ClubHouse) -> None:
    dana, _ = await house.club("dana", "kim")
    await dana.says("add Robin Patel @ Acme, tomorrow")
    await dana.says("replied Robin, talking")
    await dana.says("add Lou Reyes @ Globex, tomorrow")
    text = await dana.says("win Acme")
    won = dana.last.message
    assert "2 open follow-ups are closed" in text
    assert "[Thank Robin Patel]" in text
    assert "Lou" not in text
    assert "I've accepted a job" in await dana.presses("Thank Robin Patel", on=won)
    await dana.presses("Tell the club", on=won)
    preview = await dana.fills(text="Thank you all. It took 14 weeks.")
    assert "A member landed a job." in preview
    await dana.presses("Post it with my name")
    (post,) = in_room(await house.carry())
    assert post.startswith("Dana landed a job.\n“Thank you all. It took 14 weeks.”")
    assert "You stay in Tuesday Club to help" in await dana.presses("Stay to help", on=won)
    assert "2 follow-ups are open again" in await dana.says("undo")


# --- organizers ----------------------------------------------------------------------


async def test_organizers_see_counts_alone(house: ClubHouse) -> None:
    dana, kim = await house.club("dana", "kim")
    await kim.says("add Robin Patel @ Acme, 30 Nov")
    await house.at(MONDAY_KICKOFF)
    await house.at(FRIDAY_WRAPUP)
    text = await dana.says("club totals")
    assert "Fewer than 5 members have joined." in text
    assert "0 pings made of 1 due" in text
    (file,) = dana.last.files
    assert b"Robin" not in file.content
    assert b"Kim" not in file.content
    assert "Only those" in await kim.says("club totals")
