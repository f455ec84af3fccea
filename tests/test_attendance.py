"""Who of a club is in its channel now, on each platform; where one doesn't say, nobody is gone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from adapters.slack import attendance as slack_attendance
from core.caller import Platform, Room
from core.domain.deliveries import Attendance
from tests.loopback.discord import DiscordServer
from tests.loopback.slack import Channel, SlackServer
from tests.stages.slack_bench import DeskDouble, service_for
from tests.test_discord_kit import FakeDesk, made
from tests.test_web_kit import serving

CLUB = Room(Platform.SLACK, "T1", "C1")
MEMBERS = "conversations.members"


@pytest.fixture
async def slack() -> AsyncIterator[tuple[SlackServer, Channel, Attendance]]:
    async with SlackServer() as server:
        people = [server.user(f"U{number}") for number in (1, 2, 3)]
        club = server.channel("C1", members=people)
        service = service_for(server, DeskDouble(), listens=False)
        await service.start()
        yield server, club, service.attendance
        await service.stop()
        server.assert_clean()


async def test_on_slack_the_channel_is_asked(
    slack: tuple[SlackServer, Channel, Attendance], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slack_attendance, "PAGE", 2)
    server, club, attendance = slack
    assert await attendance.present(CLUB, ["U1", "U2", "U9"]) == frozenset({"U1", "U2"})
    club.members.discard("U1")
    assert await attendance.present(CLUB, ["U1", "U2"]) == frozenset({"U2"})
    assert await attendance.present(CLUB, []) == frozenset()
    assert len(server.calls_of(MEMBERS)) > 3


async def test_on_slack_who_was_deactivated_is_not_there(
    slack: tuple[SlackServer, Channel, Attendance],
) -> None:
    server, _, attendance = slack
    server.world.users["U3"].deleted = True
    assert await attendance.present(CLUB, ["U1", "U3"]) == frozenset({"U1"})


async def test_on_slack_an_account_that_is_not_told_of_stays(
    slack: tuple[SlackServer, Channel, Attendance],
) -> None:
    server, _, attendance = slack
    server.faults.next("users.info", "500", times=2)
    assert await attendance.present(CLUB, ["U1", "U2"]) == frozenset({"U1", "U2"})


@pytest.mark.parametrize("kind", ["429", "500", "502", "scope", "kicked", "empty"])
async def test_on_slack_no_answer_is_no_absence(
    slack: tuple[SlackServer, Channel, Attendance], kind: str
) -> None:
    server, club, attendance = slack
    if kind == "scope":
        server.team().scopes.discard("channels:read")
    elif kind == "kicked":
        club.is_private = True
        club.members.clear()
    elif kind == "empty":  # a channel that the bot is in is never empty
        club.members.clear()
    else:
        server.faults.next(MEMBERS, kind)
    assert await attendance.present(CLUB, ["U1"]) is None
    server.ledger.refusals.clear()


async def test_on_slack_a_channel_is_open_while_the_bot_is_in_it(
    slack: tuple[SlackServer, Channel, Attendance],
) -> None:
    server, club, attendance = slack
    assert await attendance.writable(CLUB) is True
    await server.archive(club)
    assert await attendance.writable(CLUB) is False
    await server.unarchive(club, bot=False)
    assert await attendance.writable(CLUB) is False
    assert await attendance.writable(replace(CLUB, channel="C404")) is False
    for kind in ("429", "500", "502"):
        server.faults.next("conversations.info", kind)
        assert await attendance.writable(CLUB) is None
    server.team().token_error = "account_inactive"
    assert await attendance.writable(CLUB) is False
    server.ledger.refusals.clear()


async def test_on_discord_a_channel_is_open_while_the_bot_sees_it() -> None:
    async with await DiscordServer.start() as server:
        guild = server.guild("Job club")
        channel = guild.channel("general")
        room = Room(Platform.DISCORD, "", str(channel.id), server=str(guild.id))
        service = made(server, FakeDesk(), listens=False)
        await service.start()
        attendance: Attendance = service.attendance
        assert await attendance.writable(room) is True
        server.faults.next("GET */channels/*", "503")
        assert await attendance.writable(room) is None
        channel.bot_can_see = False
        assert await attendance.writable(room) is False
        channel.bot_can_see = True
        channel.delete()
        assert await attendance.writable(room) is False
        await service.stop()
        assert await attendance.writable(room) is None


async def test_on_discord_the_server_is_asked_for_each() -> None:
    async with await DiscordServer.start() as server:
        guild = server.guild("Job club")
        room = Room(Platform.DISCORD, "", str(guild.channel("general").id), server=str(guild.id))
        ann, eve = server.user("ann"), server.user("eve")
        guild.join(ann, eve)
        users = [str(ann.id), str(eve.id)]
        service = made(server, FakeDesk(), listens=False)
        await service.start()
        attendance: Attendance = service.attendance
        assert await attendance.present(room, users) == frozenset(users)
        guild.leave(eve)
        assert await attendance.present(room, [*users, "123456789012345678"]) == frozenset(
            {str(ann.id)}
        )
        assert await attendance.present(room, []) == frozenset()
        server.faults.next("GET *members*", "503")
        assert await attendance.present(room, users) is None
        guild.remove_bot()
        assert await attendance.present(room, users) is None
        await service.stop()
        assert await attendance.present(room, users) is None


async def test_in_the_playground_everybody_is_in_every_channel() -> None:
    async with serving() as it:
        await it.post("/members", name="Robin")
        robin = next(member for member in it.playground._transcript.members if member != "you")
        room = Room(Platform.WEB, "", "job-club")
        present = it.playground.attendance.present
        assert await present(room, ["you", robin, "nobody"]) == frozenset({"you", robin})
        elsewhere = Room(Platform.WEB, "", "elsewhere")
        assert await present(elsewhere, ["you"]) is None
        writable = it.playground.attendance.writable
        assert [await writable(one) for one in (room, elsewhere)] == [True, False]
