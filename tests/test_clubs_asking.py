"""Asking a club: nobody waits in vain, and nothing that one reads of it is untrue (M19)."""

from __future__ import annotations

import pytest

from core.domain.deliveries import Held
from core.reply import Message
from tests.clubs import MONDAY_KICKOFF, ClubHouse, in_room, messages_to, to
from tests.people import Member, Office


@pytest.fixture
def house(office: Office) -> ClubHouse:
    return ClubHouse(office)


async def an_offer(house: ClubHouse, post: str = "Post it") -> tuple[Member, Member, Message]:
    """Dana asks about Acme, Kim may know somebody; and the ask in the channel."""
    dana, kim = await house.club("dana", "kim")
    await dana.says("club ask Acme")
    await dana.presses(post)
    (ask,) = await house.carry()
    await kim.presses("I may know somebody", on=ask.message)
    await kim.presses("Tell them that somebody may")
    return dana, kim, ask.message


async def a_yes(house: ClubHouse, post: str = "Post it") -> tuple[Member, Member, Message, Message]:
    """And Dana wants it; the ask, and what Kim reads then."""
    dana, kim, ask = await an_offer(house, post)
    await dana.presses("Yes, tell them who I am", on=messages_to(await house.carry(), dana)[0])
    return dana, kim, ask, messages_to(await house.carry(), kim)[0]


async def test_the_asker_hears_that_it_came_to_nothing_M19(house: ClubHouse) -> None:
    dana, kim, ask, answer = await a_yes(house)
    await kim.presses("Rather not", on=answer)
    (text,) = to(await house.carry(), dana)
    assert text.startswith("The introduction at Acme came to nothing this time.")
    assert "Kim" not in text
    await kim.presses("I may know somebody", on=ask)
    assert "came to nothing" in await kim.presses("Tell them that somebody may")


@pytest.mark.parametrize("goes", ["club leave", "forget me"])
async def test_so_they_do_when_the_helper_goes_M19(house: ClubHouse, goes: str) -> None:
    dana, kim, _, _ = await a_yes(house)
    await kim.says(goes)
    await kim.presses("Leave" if "leave" in goes else "Erase everything")
    (text,) = to(await house.carry(), dana)
    assert "came to nothing" in text


@pytest.mark.parametrize("goes", ["club leave", "close"])
async def test_the_helper_hears_that_no_introduction_is_needed_M19(
    house: ClubHouse, goes: str
) -> None:
    dana, kim, _ = await an_offer(house)
    offer = messages_to(await house.carry(), dana)[0]
    if goes == "close":
        await dana.says("club show")
        await dana.presses("Close it")
    else:
        await dana.says(goes)
        await dana.presses("Leave")
    (text,) = to(await house.carry(), kim)
    assert "needs no introduction there any more" in text
    assert "Dana" not in text
    assert "came to nothing" in await dana.presses("Yes, tell them who I am", on=offer)


async def test_an_offer_of_who_has_left_is_over_M19(house: ClubHouse) -> None:
    dana, kim, _ = await an_offer(house)
    offer = messages_to(await house.carry(), dana)[0]
    await kim.says("club leave")
    await kim.presses("Leave")
    assert "That is over" in await dana.presses("Yes, tell them who I am", on=offer)


async def test_who_offers_twice_reads_how_it_stands_M19(house: ClubHouse) -> None:
    _, kim, ask, _ = await a_yes(house)
    await kim.presses("I may know somebody", on=ask)
    assert "would be glad of your help" in await kim.presses("Tell them that somebody may")
    await kim.presses("Hand it over")
    await kim.fills(whom="Robin Patel")
    await kim.presses("I may know somebody", on=ask)
    assert "handed it over already" in await kim.presses("Tell them that somebody may")


async def test_who_asked_under_their_name_is_not_told_that_nobody_knows_it(
    house: ClubHouse,
) -> None:
    dana, _, _ = await an_offer(house, "Post it with my name")
    offer = messages_to(await house.carry(), dana)[0]
    assert "who asked" not in await dana.presses("No, thank you", on=offer)


async def test_a_club_that_is_stopped_hears_nothing_and_says_so(house: ClubHouse) -> None:
    dana, kim = await house.club("dana", "kim")
    await kim.says("club ask Acme")
    preview = kim.last.message
    await dana.says("club stop")
    await dana.presses("Stop it")
    for text in (
        await kim.presses("Post it", on=preview),
        await kim.says("club ask Globex"),
        await kim.says("club goal 3"),
    ):
        assert "Tuesday Club is stopped for now" in text
    assert await house.carry() == []
    text = await kim.says("club show")
    assert "Ask the club" not in text
    assert "Set a goal" not in text
    await dana.says("club show")
    assert "Next: the wrap-up" in await dana.presses("Go on again")
    await kim.presses("Post it", on=preview)
    assert len(in_room(await house.carry())) == 1


async def test_what_was_previewed_waits_for_a_channel_that_is_shut(house: ClubHouse) -> None:
    dana, _ = await house.club("dana", "kim")
    await dana.says("club ask Acme")
    preview = dana.last.message
    await house.plan(MONDAY_KICKOFF)
    await house.carry(Held("I am not in the channel any more."))
    assert "I can't write in the channel" in await dana.presses("Post it", on=preview)
    assert "Nothing was posted." in await dana.presses("Don't post", on=preview)


async def test_undo_takes_back_what_one_did_and_not_what_one_was_given(house: ClubHouse) -> None:
    dana, kim, _, answer = await a_yes(house)
    await dana.says("add Lou Reyes @ Globex, tomorrow")
    await kim.presses("Hand it over", on=answer)
    await kim.fills(whom="Robin Patel")
    await kim.presses("A good word for them")
    await kim.fills(word="Dana finds the waste nobody sees.")
    assert "Lou Reyes, Globex is off your list again" in await dana.says("undo")
    assert "nothing to undo" in await dana.says("undo")
    assert "Dana finds the waste" in await dana.says("proof")
