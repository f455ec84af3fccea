"""Lanes, on both databases: one pace for all processes, and whom a "not now" holds back."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from core.caller import Account, Platform
from core.domain.deliveries import Delivered, Held, Later, Parcel, Reach
from core.domain.pacing import Manners, Pace
from core.mailroom import Mailroom
from core.store import lanes
from tests.people import Office

MORNING = datetime.fromisoformat("2026-11-24T07:30:00+00:00")
SECOND = timedelta(seconds=1)
SLACK = Manners(pace=Pace(1.0, 3), first=Pace(0.1, 1))
DISCORD = Manners(pace=Pace(100.0, 100), first=Pace(1.0, 5), refusals=Pace(1.0, 4))
MANNERS = {Platform.SLACK: SLACK, Platform.DISCORD: DISCORD}


@pytest.fixture
def mailroom(office: Office) -> Mailroom:
    """One that is polite."""
    return Mailroom(office.store, office.clock.now, MANNERS)


async def due(office: Office, platform: Platform, workspace: str, *users: str) -> None:
    """Members with a ping due on Tuesday, at the same hour."""
    for user in users:
        member = office.member(user, platform)
        member.account = Account(platform, workspace, user)
        await member.says("add Dana Lee @ Acme, tomorrow")


async def morning(office: Office, mailroom: Mailroom) -> None:
    office.clock.time = MORNING
    await mailroom.plan()


async def parcels(mailroom: Mailroom) -> list[Parcel]:
    return await mailroom.pack(await mailroom.claim(list(Platform)))


async def test_first_messages_have_a_slower_lane_of_their_own(
    office: Office, mailroom: Mailroom
) -> None:
    await due(office, Platform.SLACK, "T1", "ann", "bob", "cem")
    await due(office, Platform.SLACK, "T2", "dee")
    await morning(office, mailroom)
    first = await parcels(mailroom)
    assert [(p.to.workspace, p.lane) for p in first] == [
        ("T1", "slack:T1:first"),
        ("T2", "slack:T2:first"),
    ]
    office.clock.time += 10 * SECOND
    assert len(await parcels(mailroom)) == 1, "one in ten seconds, in T1"
    office.clock.time += 10 * SECOND
    (last,) = await parcels(mailroom)
    await mailroom.finish([(last, Delivered("D1", "m1"))])
    office.clock.time += timedelta(days=1)
    await mailroom.plan()
    lanes_tomorrow = {p.person.user: p.lane for p in await parcels(mailroom)}
    assert lanes_tomorrow[last.person.user] == "slack:T1"


async def test_turns_are_given_out_at_planning(office: Office, mailroom: Mailroom) -> None:
    await due(office, Platform.SLACK, "T1", *(f"user{n}" for n in range(4)))
    await morning(office, mailroom)
    await parcels(mailroom)
    turn = await mailroom.next_turn(office.clock.now())
    assert turn == MORNING + 10 * SECOND, "nobody asks before"


async def test_two_processes_share_one_pace(office: Office, mailroom: Mailroom) -> None:
    await due(office, Platform.DISCORD, "", *(str(n) for n in range(20)))
    await morning(office, mailroom)
    other = Mailroom(office.store, office.clock.now, MANNERS)
    both = await asyncio.gather(parcels(mailroom), parcels(other))
    assert sum(map(len, both)) == 5, "the burst of the lane"
    office.clock.time += 2 * SECOND
    both = await asyncio.gather(parcels(mailroom), parcels(other))
    assert sum(map(len, both)) == 2


@pytest.mark.parametrize(
    ("reach", "held"),
    [
        (Reach.PARCEL, []),
        (Reach.LANE, ["slack:T1:first"]),
        (Reach.WORKSPACE, ["slack:T1", "slack:T1:first"]),
    ],
)
async def test_a_not_now_reaches_as_far_as_it_says(
    office: Office, mailroom: Mailroom, reach: Reach, held: list[str]
) -> None:
    await due(office, Platform.SLACK, "T1", "ann", "bob")
    await due(office, Platform.SLACK, "T2", "cem", "dee")
    await morning(office, mailroom)
    first = await parcels(mailroom)
    await mailroom.finish([(first[0], Later(60.0, "slow down", reach))])
    async with office.store.reading() as session:
        rows = await session.execute(
            lanes._LANES.select().where(lanes._LANES.c.free_at.isnot(None))
        )
        stopped = [row.name for row in rows if row.free_at >= MORNING + 60 * SECOND]
    assert sorted(stopped) == held
    office.clock.time += 30 * SECOND
    waiting = {p.to.workspace for p in await parcels(mailroom)}
    assert waiting == ({"T1", "T2"} if reach is Reach.PARCEL else {"T2"})


async def test_refusals_are_counted_and_many_make_it_quiet(
    office: Office, mailroom: Mailroom
) -> None:
    await due(office, Platform.DISCORD, "", *(str(n) for n in range(12)))
    await morning(office, mailroom)
    first = await parcels(mailroom)
    assert len(first) == 5
    await mailroom.finish([(parcel, Held("DMs closed")) for parcel in first])
    office.clock.time += SECOND
    assert await parcels(mailroom) == [], "five at once were more than the four that we allow us"
    office.clock.time += 30 * SECOND
    assert await parcels(mailroom)
