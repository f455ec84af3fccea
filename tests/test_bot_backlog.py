"""Very many messages at once: members are answered meanwhile, and no platform is overrun."""

from __future__ import annotations

import asyncio
import functools
import time
from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from adapters.discord.manners import MANNERS as DISCORD_MANNERS
from adapters.slack.manners import MANNERS as SLACK_MANNERS
from bot import courier, wiring
from bot.clock import Clock
from bot.evenly import Evenly
from bot.metrics import LoopLag
from bot.wiring import Tuning
from core.caller import Account, Platform
from core.domain.deliveries import State
from core.domain.pacing import Pace
from tests.loopback.discord import DiscordServer, Person
from tests.loopback.discord.faults import Fault, Faults
from tests.loopback.slack import SlackServer
from tests.whole_bot import (
    MORNING,
    digests,
    enrol,
    eventually,
    hasten,
    on_discord,
    on_slack,
    running,
    states,
)

BACKLOG = 100_000
WORKSPACES = 4
HOUR = timedelta(hours=1)
ALLOWANCE = 1_000
"""A tenth of the invalid requests that Discord takes in 10 minutes."""


# --- a start with a backlog ----------------------------------------------------------


async def test_members_are_answered_while_a_backlog_drains(database_url: str) -> None:
    async with SlackServer() as slack:
        slack.should_escape = False
        dana = slack.user("U0", "dana")
        for number in range(WORKSPACES):
            slack.team(f"T{number + 1}")
        on_slack(slack, 200)
        accounts = [
            Account(Platform.SLACK, f"T{number % WORKSPACES + 1}", f"U{number + 1}")
            for number in range(BACKLOG)
        ]
        await enrol(database_url, accounts, [f"DU{number + 1}" for number in range(BACKLOG)])
        async with running(database_url, MORNING + HOUR, slack, tuning=Tuning()):
            for number in range(5):
                began = time.monotonic()
                answer = await dana.slash("/followup", f"add Person{number} @ Acme")
                assert time.monotonic() - began < 1.0, "acknowledged too late"
                await answer.wait_for("First ping", within=5.0)
            await eventually(lambda: len(digests(slack)) >= 5, "the first digests", 15.0)
            before = await states(database_url)
            await asyncio.sleep(1.0)
            after = await states(database_url)
        planned, delivered = after.total() - before.total(), len(digests(slack))
        assert planned > 0 or after.total() == BACKLOG
        assert delivered == len(set(digests(slack)))
        slack.assert_clean()


# --- a burst at one hour -------------------------------------------------------------


async def test_a_mornings_burst_keeps_to_the_pace_of_each_platform(database_url: str) -> None:
    """With limits as they are nobody has to say no, and new people come at a pace of their own."""
    async with SlackServer() as slack, await DiscordServer.start() as discord:
        slack.limits.like_slack()
        discord.limits.per_second = 50
        known = on_slack(slack, 36), on_discord(discord, 90)
        new = _newcomers(slack, 12), _more(discord, 7)
        channels = [slack.world.dm(slack.world.users[account.user]).id for account in known[0]]
        channels += [str(discord.dm(_person(discord, account)).id) for account in known[1]]
        await enrol(database_url, [*known[0], *known[1], *new[0], *new[1]], channels)
        async with running(database_url, MORNING - HOUR, slack, discord, tuning=Tuning()) as bot:
            stalls = LoopLag(lambda _: None)
            stalls.start()
            discord.skip(HOUR.total_seconds())
            bot.clock.move_to(MORNING)
            everybody = {account.user for account in (*known[0], *new[0], *known[1])}
            await eventually(lambda: everybody <= _reached(slack, discord), "all but a few")
            await stalls.stop()
        old, first = _times(slack, known[0]), _times(slack, new[0])
        assert _most_in_a_second(old) <= _allowed(SLACK_MANNERS.pace)
        assert _most_in_a_second(first) <= _allowed(SLACK_MANNERS.first)
        old, first = _discord_times(discord, known[1]), _discord_times(discord, new[1])
        assert _most_in_a_second(old) <= _allowed(DISCORD_MANNERS.pace)
        assert len(first) <= DISCORD_MANNERS.first.burst + 2  # the others come every 10 s
        refused = [request for request in discord.requests if request.status == 429]
        assert not refused or stalls.worst > STALL
        assert discord.troubles == []
        slack.assert_clean()


STALL = 0.5
"""Seconds that the machine stood still: what was sent evenly before comes to the server at once."""


def _newcomers(slack: SlackServer, count: int) -> list[Account]:
    people = [slack.user(f"UNEW{number}") for number in range(count)]
    return [Account(Platform.SLACK, "T1", person.id) for person in people]


def _more(discord: DiscordServer, count: int) -> list[Account]:
    people = [discord.user(f"new{number}") for number in range(count)]
    discord.guild("Job club").join(*people)
    return [Account(Platform.DISCORD, "", str(person.id)) for person in people]


def _person(discord: DiscordServer, account: Account) -> Person:
    found = discord.world.users[int(account.user)]
    assert isinstance(found, Person)
    return found


def _reached(slack: SlackServer, discord: DiscordServer) -> set[str]:
    return {*digests(slack), *digests(discord)}


def _times(slack: SlackServer, accounts: Sequence[Account]) -> list[float]:
    users = {account.user for account in accounts}
    messages = [one for one in slack.world.messages if one.metadata]
    return [float(one.ts) for one in messages if one.channel.id.removeprefix("D") in users]


def _discord_times(discord: DiscordServer, accounts: Sequence[Account]) -> list[float]:
    users = {account.user for account in accounts}
    return [
        one.created
        for one in discord.messages
        if one.channel.recipient is not None and str(one.channel.recipient.id) in users
    ]


def _most_in_a_second(times: Sequence[float]) -> int:
    """How many came within any second."""
    return max(bisect_left(times, start + 1.0) - place for place, start in enumerate(times))


def _allowed(pace: Pace) -> float:
    """So many in a second, of which some may have been half of one longer on the wire."""
    return pace.burst + 1.5 * pace.per_second + 1


# --- Discord's patience --------------------------------------------------------------

FASTER = 120


class AlwaysTooFast(Faults):
    """Every message is refused with a 429, or only the first one in each conversation."""

    def __init__(self, *, only_first: bool) -> None:
        super().__init__()
        self._only_first, self._seen = only_first, set[str]()

    def take(self, method: str, path: str) -> Fault | None:
        if (method, path[-9:]) != ("POST", "/messages") or path in self._seen:
            return None
        if self._only_first:
            self._seen.add(path)
        return Fault(path, "429", seconds=0.02)


@pytest.mark.parametrize("fault", ["closed", "token", "too fast", "too fast at first"])
async def test_a_discord_that_refuses_everything_is_not_asked_too_often(
    database_url: str, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """Ten minutes, many times as fast, for two thousand members."""
    began = time.monotonic()

    def racing() -> datetime:
        return datetime.fromtimestamp(Clock().now().timestamp(), MORNING.tzinfo) + timedelta(
            seconds=(FASTER - 1) * (time.monotonic() - began)
        )

    def steady() -> float:
        return began + FASTER * (time.monotonic() - began)

    hasten(monkeypatch, tick=0.05)
    monkeypatch.setattr(wiring, "Clock", functools.partial(Clock, system=racing, steady=steady))
    monkeypatch.setattr(courier, "RECHECK", 0.0)  # a wait is over so much sooner
    monkeypatch.setattr(courier, "Evenly", lambda _: Evenly(lambda _: None))  # it can't race
    async with await DiscordServer.start() as discord:
        accounts = on_discord(discord, 2_000)
        people = [_person(discord, account) for account in accounts]
        await enrol(database_url, accounts, [str(discord.dm(person).id) for person in people])
        async with running(database_url, MORNING - HOUR, discord, tuning=Tuning()) as bot:
            if fault == "token":
                discord.world.token = "another"
            if fault.startswith("too fast"):
                discord.rest.faults = AlwaysTooFast(only_first=fault.endswith("first"))
            for person in people if fault == "closed" else ():
                person.dm_fault = "closed"
            bot.clock.move_to(MORNING)
            await asyncio.sleep(600 / FASTER)
        assert bool(digests(discord)) == (fault == "too fast at first")
        assert 0 < discord.world.invalid_requests < ALLOWANCE
        if fault == "closed":
            assert (await states(database_url))[State.HELD] > 50  # it was tried in earnest
