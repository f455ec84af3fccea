"""One person in clubs on several platforms: the clubs stay apart and hear nothing of each other."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.caller import Platform, Room
from core.comings import ClubComings
from core.domain.deliveries import Delivered, Parcel
from core.store.tables import AccountRow, MemberRow, OrganizerRow
from tests.clubs import MANAGES, ClubHouse
from tests.linking import code_of, join, member_id, on
from tests.people import Member, Office

SLACK_ROOM = Room(Platform.SLACK, "T1", "C1")
DISCORD_ROOM = Room(Platform.DISCORD, "", "77", "G1")
ROOMS = {Platform.SLACK: SLACK_ROOM, Platform.DISCORD: DISCORD_ROOM}


async def in_club(member: Member, name: str) -> None:
    """Set up a club where the member is, and be in it."""
    member.room, member.standing = ROOMS[member.account.platform], MANAGES
    member.name = member.account.user.title()
    await member.says(f"club setup {name}")
    await member.says("club join counts, matches: yes")
    member.room = None


async def both(office: Office) -> tuple[Member, Member]:
    """Dana in a club on Slack and, as another user, in one on Discord; one person now."""
    slack, discord = on(office, Platform.SLACK), on(office, Platform.DISCORD, "dd")
    await in_club(slack, "Slack Club")
    await in_club(discord, "Night Club")
    await join(slack, discord, "Join, settings from there")
    return slack, discord


async def carried(office: Office) -> list[Parcel]:
    """All that is owed now, sent."""
    found: list[Parcel] = []
    while parcels := await office.parcels():
        await office.mailroom.finish([(p, Delivered("D1", f"m{p.id}")) for p in parcels])
        found += parcels
    return found


async def test_each_self_finds_its_own_club_alone(office: Office) -> None:
    slack, discord = await both(office)
    mine, other = await slack.says("club"), await discord.says("club")
    assert "Slack Club" in mine
    assert "Night" not in mine
    assert "Night Club" in other
    assert "Slack Club" not in other
    assert "Slack Club" in await slack.says("club goal 3")
    assert "Slack Club" not in await discord.says("win")
    forged = await discord.presses_token("club:club=1")
    assert "no such club" in forged
    for one in (slack, discord):
        await one.says("unlink")
    await discord.presses("Part: each its own")
    assert "Slack Club" in await slack.says("club")
    assert "Night Club" in await discord.says("club")


async def test_what_a_club_brings_goes_where_the_club_is(office: Office) -> None:
    slack, discord = await both(office)
    await carried(office)
    await discord.says("link digest: here")
    mate = on(office, Platform.SLACK, "kim")
    mate.room, mate.name = SLACK_ROOM, "Kim"
    await mate.says("club join counts, matches: yes")
    await mate.says("add Somebody @ Acme")
    await discord.says("add Robin Patel @ Acme")
    found = await carried(office)
    (match,) = [p for p in found if p.to == slack.account]
    assert "Acme" in match.message.plain()
    assert "Slack Club" in match.message.plain()
    assert not [p for p in found if p.to == discord.account]
    for parcel in found:
        told = parcel.message.plain()
        assert "Night Club" not in told
        assert "Discord" not in told


async def test_two_in_one_club_are_not_joined(office: Office) -> None:
    house = ClubHouse(office)
    dana, kim = await house.club("dana", "kim")
    code = await code_of(dana)
    answer = await kim.says(f"link {code}")
    assert "Both of you are in Tuesday Club" in answer
    await kim.says("club leave")
    await kim.presses("Leave")
    assert "Become one?" in await kim.says(f"link {code}"), "the code is good yet"
    await kim.says("link")
    assert await member_id(office, dana) != await member_id(office, kim)


async def test_two_selves_in_one_room_are_one_member(office: Office) -> None:
    house = ClubHouse(office)
    (dana,) = await house.club("dana")
    eve = house.person("eve")
    await join(dana, eve)
    joined = await eve.says("club join streak")
    assert "Tuesday Club" in joined
    assert "on my side" not in joined
    assert "Tuesday Club" in await dana.says("club")


async def test_who_looks_after_one_club_twice_does_so_after_parting(office: Office) -> None:
    house = ClubHouse(office)
    (dana,) = await house.club("dana")
    eve = house.person("eve", standing=MANAGES)
    await eve.says("club setup wrapup: Friday 15:00")
    await house.carry()
    async with office.store.reading() as session:
        before = len(list(await session.scalars(select(OrganizerRow))))
    await join(dana, eve)
    await eve.says("unlink")
    await eve.presses("Part: each its own")
    async with office.store.reading() as session:
        assert len(list(await session.scalars(select(OrganizerRow)))) == before


async def test_an_export_holds_what_is_mine_everywhere(office: Office) -> None:
    slack, discord = await both(office)
    await discord.says("add Robin Patel @ Acme")
    await slack.says("export")
    found = next(f for f in slack.last.files if f.name.endswith(".json")).content.decode()
    kept = json.loads(found)
    assert sorted(one["club"] for one in kept["clubs"]) == ["Night Club", "Slack Club"]
    assert "Robin Patel" in found


async def test_who_has_just_joined_erases_only_what_is_from_here(office: Office) -> None:
    slack, discord = await both(office)
    await slack.says("add Robin Patel @ Acme")
    await discord.says("add Kim Sato @ Globex")
    assert "only what came from here: 1 follow-up" in await discord.says("forget me")
    assert "Everything is erased" in await discord.presses("Erase what is from here")
    listed = await slack.says("list")
    assert "Robin" in listed
    assert "Kim" not in listed
    assert "Slack Club" in await slack.says("club")
    async with office.store.reading() as session:
        assert len(list(await session.scalars(select(MemberRow)))) == 1
        assert len(list(await session.scalars(select(AccountRow)))) == 1


async def test_later_forgetting_takes_everything(office: Office) -> None:
    slack, discord = await both(office)
    await slack.says("add Robin Patel @ Acme")
    office.clock.time = office.clock.time.replace(day=30, hour=10)
    assert "Forget you?" in await discord.says("forget me")
    await discord.presses("Erase everything")
    async with office.store.reading() as session:
        assert list(await session.scalars(select(MemberRow))) == []
    assert "Your list is empty" in await slack.says("list")


@pytest.mark.parametrize("leave", [False, True])
async def test_one_may_leave_all_but_take_nothing_of_others(office: Office, leave: bool) -> None:
    slack, discord = await both(office)
    await slack.says("add Robin Patel @ Acme")
    await discord.says("add Kim Sato @ Globex")
    question = await discord.says("unlink")
    assert "1 follow-up came from here, 1 from elsewhere (Slack)" in question
    await discord.presses("Part: leave all there" if leave else "Part: each its own")
    assert ("Kim" in await discord.says("list")) is not leave
    assert ("Kim" in await slack.says("list")) is leave
    assert "Robin" in await slack.says("list")
    assert "Night Club" in await discord.says("club")
    thief = await join_again(slack, discord)
    assert "on my side" not in await thief.presses_token("link:do=parted&account=1&leave=1")
    assert "Robin" in await slack.says("list")


async def join_again(slack: Member, discord: Member) -> Member:
    await join(slack, discord, "Join, settings from here")
    return discord


async def test_three_selves_and_one_goes(office: Office) -> None:
    slack, discord, third = (
        on(office, Platform.SLACK),
        on(office, Platform.DISCORD),
        office.member("you", zone="Asia/Tokyo"),
    )
    for one, who in ((slack, "Robin Patel"), (discord, "Kim Sato"), (third, "Lou Reyes")):
        await one.says(f"add {who} @ Acme")
    await join(slack, discord, "Join, settings from here")
    await join(discord, third, "Join, settings from here")
    assert "Asia/Tokyo" in await slack.says("settings")
    fourth, fifth = office.member("a"), office.member("b")
    await join(fourth, fifth)
    assert "Each of you is joined" in await fifth.says(f"link {await code_of(slack)}")
    await third.says("unlink")
    await third.presses("Part: each its own")
    assert "Asia/Tokyo" in await third.says("settings")
    assert "Asia/Tokyo" not in await slack.says("settings")
    listed = await slack.says("list")
    assert all(name in listed for name in ("Robin", "Kim"))
    assert "Lou" not in listed
    await slack.says("unlink")
    await slack.presses("Part: each its own")
    assert "Europe/Berlin" in await slack.says("settings")
    for one, who in ((slack, "Robin"), (discord, "Kim"), (third, "Lou")):
        listed = await one.says("list")
        assert who in listed
        assert listed.count("(#") == 1


@pytest.mark.parametrize("hides", [False, True])
async def test_taking_it_back_leaves_none_of_a_thiefs_selves(office: Office, hides: bool) -> None:
    victim = on(office, Platform.SLACK)
    thief, second = on(office, Platform.DISCORD, "thief"), office.member("second")
    await victim.says("add Robin Patel @ Acme")
    await join(thief, second)
    office.clock.time += timedelta(hours=1)
    await join(victim, second)
    if hides:  # a self that parts must not make it look as if all had
        await thief.says("unlink")
        await thief.presses("Part: each its own")
    (told,) = [p for p in await carried(office) if p.to == victim.account]
    await victim.presses("Take it back", on=told.message)
    assert "Here: 1 follow-up" in await victim.presses("Part: each its own")
    assert "joined with nobody" in await victim.says("unlink")
    for one in (thief, second):
        assert "Robin" not in await one.says("list all")
    assert "Robin" in await victim.says("list")


async def test_who_loses_one_account_stays_in_the_clubs_of_the_other(office: Office) -> None:
    slack, discord = await both(office)
    comings = ClubComings(office.store, office.clock.now)
    await comings.went_everywhere(slack.account)
    await comings.went(DISCORD_ROOM, slack.account)
    assert "Night Club" in await discord.says("club")
    assert "You are in no club" in await slack.says("club")
    await comings.went(DISCORD_ROOM, discord.account)
    assert "You are in no club" in await discord.says("club")
