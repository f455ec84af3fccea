"""What platforms do to the whole bot in the midst of a morning, on both databases.

Nothing is lost, nothing comes twice, and each fault is one line of the log.
"""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from adapters.discord import sender
from adapters.discord.client import FollowUpClient
from adapters.discord.outcomes import REFUSED
from adapters.slack.service import SlackService
from bot import wiring
from bot.wiring import Bot
from core.caller import Account
from core.domain.deliveries import State
from core.store import finishing
from core.store.tables import AccountRow
from tests.loopback.discord import DiscordServer
from tests.loopback.discord import Person as DiscordPerson
from tests.loopback.discord.faults import Kind
from tests.loopback.slack import Person, SlackServer
from tests.whole_bot import (
    MORNING,
    digests,
    enrol,
    eventually,
    hasten,
    on_discord,
    on_slack,
    once_each,
    running,
    states,
)

POST, DISCORD_POST = "chat.postMessage", "POST *messages"
SLOW = 4.0
"""Seconds: longer than the courier's patience."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    hasten(monkeypatch)
    monkeypatch.setattr(finishing, "UNKNOWN_PAUSE", timedelta(seconds=1))


def lines(caplog: pytest.LogCaptureFixture, *words: str) -> list[str]:
    """The warnings of the log that have all these words."""
    said = [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING]
    return [line for line in said if all(word in line for word in words)]


def known_to(discord: DiscordServer, accounts: Sequence[Account]) -> list[DiscordPerson]:
    found = [discord.world.users[int(account.user)] for account in accounts]
    return [one for one in found if isinstance(one, DiscordPerson)]


async def test_answers_of_slack_that_get_lost(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = ("500", "502", "503", "drop-before-store")
    after = ("500-after-store", "drop-after-store", "delay-after-store")
    async with SlackServer() as slack:
        people = on_slack(slack, 20)
        for kind in (*before, *after):
            slack.faults.next(POST, kind, seconds=SLOW)
        slack.faults.next(POST, "429", retry_after=1)
        await enrol(database_url, people)
        async with running(database_url, MORNING, slack):
            await eventually(lambda: once_each(slack, people), "everybody's digest")
            await asyncio.sleep(1.0)
        assert once_each(slack, people)
        assert await states(database_url) == {State.SENT: len(people)}
        slack.assert_clean()
    assert len(lines(caplog, "no certain answer")) == len(before) + len(after)
    assert len(lines(caplog, "Slack asks us to slow down")) == 1


async def test_answers_of_discord_that_get_lost(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    doubts: tuple[Kind, ...] = ("503", "drop-before-store", "drop-after-store", "delay")
    waited_out: tuple[Kind, ...] = ("500", "502", "504", "429", "429-global")
    async with await DiscordServer.start() as discord:
        people = on_discord(discord, 20)
        for kind in doubts:
            discord.faults.next(DISCORD_POST, kind, seconds=SLOW)
        for kind in waited_out:
            discord.faults.next(DISCORD_POST, kind, seconds=0.3)
        await enrol(database_url, people)
        async with running(database_url, MORNING, discord):
            await eventually(lambda: once_each(discord, people), "everybody's digest")
            await asyncio.sleep(2.0)
        assert once_each(discord, people)
        assert await states(database_url) == {State.SENT: len(people)}
        assert discord.world.swallowed, "of those that had arrived"
    assert len(lines(caplog, "no certain answer")) == len(doubts)


async def test_a_token_that_is_revoked_and_restored(
    database_url: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "REFUSED", replace(REFUSED, seconds=1.0))
    async with SlackServer() as slack, await DiscordServer.start() as discord:
        there, elsewhere = on_slack(slack, 12), on_discord(discord, 12)
        await enrol(database_url, [*there, *elsewhere])
        async with running(database_url, MORNING - HOUR, slack, discord) as bot:
            slack.team().token_error, discord.world.token = "token_revoked", "another"
            bot.clock.move_to(MORNING)
            await eventually(lambda: lines(caplog, "nobody can be written to"), "Slack's refusal")
            await eventually(lambda: lines(caplog, "DISCORD_TOKEN"), "Discord's refusal")
            await asyncio.sleep(0.5)
            assert not digests(slack) + digests(discord)
            assert len(lines(caplog, "SLACK_BOT_TOKEN was revoked")) == 1
            assert len(lines(caplog, "DISCORD_TOKEN")) == 1
            assert (await states(database_url))[State.DEAD] == 0
            slack.team().token_error, discord.world.token = None, discord.token
            slack.ledger.refusals.clear()
            await asyncio.sleep(1.0)
            bot.clock.move_to(MORNING + timedelta(minutes=15))
            await eventually(lambda: once_each(slack, there), "everybody's on Slack")
            await eventually(lambda: once_each(discord, elsewhere), "everybody's on Discord")
        assert await states(database_url) == {State.SENT: len(there) + len(elsewhere)}


async def test_who_cannot_be_reached_is_told_later_and_gets_the_next_digest(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with SlackServer() as slack, await DiscordServer.start() as discord:
        there, elsewhere = on_slack(slack, 3), on_discord(discord, 3)
        gone = slack.world.users[there[0].user]
        closed, parted, _ = known_to(discord, elsewhere)
        await enrol(database_url, [*there, *elsewhere])
        async with running(database_url, MORNING - HOUR, slack, discord) as bot:
            gone.deleted = True
            closed.dm_fault, parted.dm_fault = "closed", "no_mutual_guild"
            bot.clock.move_to(MORNING)
            await eventually(lambda: len(digests(slack) + digests(discord)) == 3, "the others'")
            await eventually(lambda: len(lines(caplog, "delivery ", "held (")) == 3, "the held")
            await _until_held(database_url, 3)
            assert await _parted(bot) == 1
            gone.deleted, closed.dm_fault, parted.dm_fault = False, None, None
            slack.ledger.refusals.clear()
            answer = await Person(slack, gone).slash("/followup", "list")
            await answer.wait_for("could not send you your last morning message")
            answer = await Person(slack, gone).slash("/followup", "list")
            assert "could not send" not in (await answer.wait_for("Ada Lovelace")).text_form()
            said = (await closed.command("followup list")).text
            assert "could not send you your last morning message" in said
            discord.skip(DAY.total_seconds())
            bot.clock.move_to(MORNING + DAY)
            everybody = len(there) + len(elsewhere)
            await eventually(lambda: len(digests(slack) + digests(discord)) == 3 + everybody)
            await asyncio.sleep(0.5)
            assert await _parted(bot) == 0
        assert len(digests(slack) + digests(discord)) == 3 + everybody
        assert len(set(digests(slack) + digests(discord))) == everybody


async def _until_held(database_url: str, count: int) -> None:
    async with asyncio.timeout(10):
        while (await states(database_url))[State.HELD] < count:  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.05)


async def _parted(bot: Bot) -> int:
    async with bot.store.reading() as session:
        marked = select(AccountRow.id).where(AccountRow.left_at.is_not(None))
        return len((await session.scalars(marked)).all())


async def test_connections_that_break_in_the_midst_of_a_morning(
    database_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Slack's socket is refused for a while, Discord's is resumed and then begun anew."""
    caplog.set_level(logging.INFO, "adapters.slack")
    watchful = functools.partial(SlackService, watch=0.1, ping=0.3)
    monkeypatch.setattr(wiring, "SlackService", watchful)

    async def at_once(self: FollowUpClient, shard: int | None, *, initial: bool = False) -> None:
        del self, shard, initial

    monkeypatch.setattr(FollowUpClient, "before_identify_hook", at_once)
    async with SlackServer() as slack, await DiscordServer.start() as discord:
        there, elsewhere = on_slack(slack, 20), on_discord(discord, 20)
        dana, (ann, *_) = slack.user("U900", "dana"), known_to(discord, elsewhere)
        await enrol(database_url, [*there, *elsewhere])
        async with running(database_url, MORNING, slack, discord):
            await discord.wait_for_commands()
            slack.faults.next("socket", "error", times=2)
            await slack.socket.drop()
            discord.gateway.drop()
            await eventually(lambda: discord.gateway.resumes == 1, "Discord's session")
            discord.gateway.drop(forget=True)
            await eventually(lambda: len(discord.gateway.identifies) == 2, "a new session")
            await slack.connected()
            answer = await dana.slash("/followup", "add Robin Patel @ Acme")
            await answer.wait_for("First ping")
            assert "Ada Lovelace" in (await ann.command("followup list", patience=10.0)).text
            await eventually(lambda: once_each(slack, there), "everybody's on Slack")
            await eventually(lambda: once_each(discord, elsewhere), "everybody's on Discord")
        assert await states(database_url) == {State.SENT: len(there) + len(elsewhere)}
        assert len(slack.socket.refused_handshakes) == 2
    assert caplog.text.count("Slack: connection lost; trying again") == 1
