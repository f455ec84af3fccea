"""Channels that come and go, and people who leave, as both platforms tell it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from adapters.slack.manifest import EVENTS
from core.caller import Account, Platform, Room
from core.domain.comings import Comings, Shut
from tests.loopback.discord import DiscordServer
from tests.loopback.slack import Channel, SlackServer
from tests.stages.slack_bench import DeskDouble, service_for
from tests.test_discord_kit import FakeDesk, made, until

SECRET = "what a database says of its parameters"
CLUB = Room(Platform.SLACK, "T1", "C1")


@dataclass
class Heard(Comings):
    """Writes down what it hears; raises as often as it is told to."""

    said: list[tuple[object, ...]] = field(default_factory=list)
    failures: int = 0

    async def shut(self, room: Room, why: Shut) -> None:
        self._note(room, why)

    async def opened(self, room: Room) -> None:
        self._note(room, "opened")

    async def server_shut(self, platform: Platform, server: str, why: Shut) -> None:
        self._note(server, why)

    async def server_opened(self, platform: Platform, server: str) -> None:
        self._note(server, "opened")

    async def went(self, room: Room, account: Account) -> None:
        self._note(room, account.user)

    async def went_everywhere(self, account: Account) -> None:
        self._note(account)

    def _note(self, *what: object) -> None:
        if self.failures:
            self.failures -= 1
            raise RuntimeError(SECRET)
        self.said.append(what)


@asynccontextmanager
async def slack(heard: Heard) -> AsyncIterator[tuple[SlackServer, Channel]]:
    """The adapter on a Slack where the app is subscribed to what the manifest says."""
    async with SlackServer() as server:
        server.events = EVENTS
        service = service_for(server, DeskDouble(), comings=heard)
        people = [server.user(f"U{number}") for number in (1, 2)]
        club = server.channel("C1", "job-club", members=people)
        await service.start()
        await server.connected()
        try:
            yield server, club
        finally:
            await service.stop()
        server.assert_clean()


async def test_slack_tells_what_happens_to_a_channel() -> None:
    heard = Heard()
    async with slack(heard) as (server, club):
        await server.archive(club)
        await server.settle()
        await server.unarchive(club)
        await server.settle()
        await server.rename(club, "job-club-berlin")
        await server.settle()
        await server.kick(club)
        await server.settle()
        await server.invite(club)
        await server.settle()
        await server.unarchive(club, bot=False)
        await server.settle()
        await server.invite(club)
        await server.settle()
        await server.delete(club)
        await server.settle()
        await until(lambda: len(heard.said) == 7)
    assert heard.said == [
        (CLUB, Shut.ARCHIVED),
        (CLUB, "opened"),
        (CLUB, Shut.REMOVED),
        (CLUB, "opened"),
        (CLUB, Shut.REMOVED),
        (CLUB, "opened"),
        (CLUB, Shut.DELETED),
    ]


async def test_a_private_channel_is_told_of_as_well() -> None:
    heard = Heard()
    async with slack(heard) as (server, club):
        club.is_private = True
        await server.archive(club)
        await server.settle()
        await server.unarchive(club)
        await server.settle()
        await server.kick(club)
        await server.settle()
        await until(lambda: len(heard.said) == 3)
        await server.archive(club)  # nobody tells the bot
        await server.settle()
        await server.settle()
    assert [what for _, what in heard.said] == [Shut.ARCHIVED, "opened", Shut.REMOVED]


async def test_slack_tells_who_leaves_and_who_is_deactivated() -> None:
    heard = Heard()
    async with slack(heard) as (server, club):
        await server.kick(club, "U1")
        await server.settle()
        await server.invite(club, "U1")
        await server.settle()
        await server.deactivate(server.world.users["U2"])
        await server.settle()
        server.world.users["U2"].deleted = False
        await server.emit({"type": "user_change", "user": {"id": "U2", "deleted": False}})
        await until(lambda: len(heard.said) == 2)
        await server.settle()
    assert heard.said == [(CLUB, "U1"), (Account(Platform.SLACK, "T1", "U2"),)]


async def test_an_event_that_comes_late_says_how_things_stand_now() -> None:
    heard = Heard()
    async with slack(heard) as (server, _club):
        for kind in ("channel_archive", "channel_left", "channel_deleted"):
            await server.emit({"type": kind, "channel": "C1"})
            await server.settle()
        club = server.channel("C2", bot=False)
        await server.emit({"type": "channel_unarchive", "channel": club.id})
        await server.settle()
        bot = server.team().bot_user_id
        await server.emit({"type": "member_joined_channel", "channel": club.id, "user": bot})
        await server.settle()
        await server.emit({"type": "member_left_channel", "channel": "C1", "user": bot})
        await until(lambda: len(heard.said) == 6)
    assert [what for _, what in heard.said] == [
        "opened",
        "opened",
        "opened",
        Shut.REMOVED,
        Shut.REMOVED,
        "opened",
    ]


async def test_who_left_and_is_back_stays_when_that_is_told_late() -> None:
    """Slack tells it again for an hour where it got no answer."""
    heard = Heard()
    async with slack(heard) as (server, club):
        server.world.wall = lambda: time.time() - 3600
        left = {"type": "member_left_channel", "channel": "C1"}
        await server.emit({**left, "user": "U1"})
        await server.settle()
        club.members.discard("U2")
        await server.emit({**left, "user": "U2"})
        await until(lambda: bool(heard.said))
        server.faults.next("conversations.members", "500")
        await server.emit({**left, "user": "U1"})
        await until(lambda: len(heard.said) == 2)
    assert heard.said == [(CLUB, "U2"), (CLUB, "U1")]


async def test_where_slack_does_not_answer_the_event_is_believed() -> None:
    heard = Heard()
    async with slack(heard) as (server, club):
        server.faults.next("conversations.info", "500", times=2)
        await server.archive(club)
        await server.settle()
        await server.emit({"type": "channel_unarchive", "channel": "C1"})
        await until(lambda: len(heard.said) == 2)
    assert [what for _, what in heard.said] == [Shut.ARCHIVED, "opened"]


async def test_what_was_not_written_down_is_told_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("adapters.slack.happenings.PAUSES", (0.01, 0.01))
    heard = Heard(failures=2)
    async with slack(heard) as (server, club):
        await server.kick(club, "U1")
        await server.settle()
        await until(lambda: len(heard.said) == 1)
    assert heard.said == [(CLUB, "U1")]
    assert "was not written down" in caplog.text
    assert SECRET not in caplog.text


# --- Discord -------------------------------------------------------------------------------------


async def test_discord_tells_what_happens_to_channels_and_servers() -> None:
    heard = Heard()
    async with await DiscordServer.start() as server:
        guild = server.guild("Job club")
        first, second = guild.channel("general"), guild.channel("second")
        service = made(server, FakeDesk(), comings=heard)
        await service.start()
        await server.wait_connected()
        await until(lambda: server.gateway.sessions != {})
        changes: list[Callable[[], None]] = [
            lambda: first.let_bot(see=False),
            lambda: first.let_bot(write=False),
            first.let_bot,
            lambda: first.rename("weekly"),
            second.delete,
            guild.thread("thread", first).delete,
            guild.remove_bot,
        ]
        for number, change in enumerate(changes, start=1):
            change()
            await until(lambda number=number: len(heard.said) == number)  # type: ignore[misc]
        await asyncio.sleep(2.5)  # what comes sooner after a login is no arrival to discord.py
        guild.add_bot()
        await until(lambda: len(heard.said) == 8)
        await service.stop()
        assert server.troubles == []
    one, other, thread = (
        Room(Platform.DISCORD, "", str(channel.id), server=str(guild.id))
        for channel in (first, second, guild.channels["thread"])
    )
    assert heard.said == [
        (one, Shut.FORBIDDEN),
        (one, Shut.FORBIDDEN),
        (one, "opened"),
        (one, "opened"),
        (other, Shut.DELETED),
        (thread, Shut.DELETED),
        (str(guild.id), Shut.REMOVED),
        (str(guild.id), "opened"),
    ]


async def test_a_start_is_no_arrival() -> None:
    heard = Heard()
    async with await DiscordServer.start() as server:
        server.guild("Job club").channel("general")
        service = made(server, FakeDesk(), comings=heard)
        await service.start()
        await server.wait_connected()
        await server.wait_for_commands()
        await service.stop()
    assert heard.said == []
