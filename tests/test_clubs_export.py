"""What a member takes along of their clubs: all that is theirs, and nothing of anybody else."""

from __future__ import annotations

import json

from tests.clubs import FRIDAY_WRAPUP, MONDAY_KICKOFF, ClubHouse, messages_to
from tests.people import Member, Office


async def export_of(member: Member) -> str:
    await member.says("export")
    return next(f for f in member.last.files if f.name.endswith(".json")).content.decode()


async def test_an_export_holds_what_one_did_in_clubs_M17(office: Office) -> None:
    house = ClubHouse(office)
    dana, kim = await house.club("dana", "kim")
    await dana.says("add Lou Reyes @ Globex, 30 Nov")
    await house.at(MONDAY_KICKOFF)
    await dana.says("club goal 1")
    await dana.says("sent Lou")
    await house.at(FRIDAY_WRAPUP)
    await dana.says("club ask Acme")
    await dana.presses("Post it")
    (ask,) = await house.carry()
    await kim.presses("I may know somebody", on=ask.message)
    await kim.presses("Tell them that somebody may")
    assert "offered" not in await export_of(dana), "who offers is nobody's business yet"
    await dana.presses("Yes, tell them who I am", on=messages_to(await house.carry(), dana)[0])
    await kim.presses("Hand it over", on=messages_to(await house.carry(), kim)[0])
    await kim.fills(whom="Robin Patel, head of data")
    (mine,) = json.loads(await export_of(dana))["clubs"]
    assert mine["club"] == "Tuesday Club"
    assert mine["joined"]["weeks"][-1:] == [{"week": "2026-11-30", "goal": 1, "made": 1, "due": 1}]
    assert mine["asks"][0]["organization"] == "Acme"
    assert mine["asks"][0]["handed_over"] == ["Robin Patel, head of data"]
    assert "Kim" not in json.dumps(mine)
    (theirs,) = json.loads(await export_of(kim))["clubs"]
    assert theirs["offers"] == [
        {"organization": "Acme", "state": "agreed", "whom": "Robin Patel, head of data"}
    ]
    assert theirs["asks"] == []
    assert "Dana" not in json.dumps(theirs)
