"""One person on a real Slack client and a real Discord client, in one process; and two at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from core.caller import Platform
from core.store import members
from core.store.database import Store
from core.store.upgrade import upgrade
from core.usecases import parting
from core.usecases.work import Work
from tests.linking import CODE, code_of, join, list_of, on
from tests.loopback.discord import DiscordServer
from tests.loopback.slack import SlackServer
from tests.people import Office, TestClock
from tests.stages.base import Person
from tests.stages.discord import DiscordStage
from tests.stages.running import make_bot
from tests.stages.slack import SlackStage
from tests.stages.web import web_stage

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
TUESDAY, WEDNESDAY = (datetime(2026, 11, day, 7, 30, tzinfo=UTC) for day in (24, 25))
THURSDAY = datetime(2026, 11, 26, 7, 30, tzinfo=UTC)


@dataclass
class Both:
    """One bot on Slack and on Discord, and its clock."""

    slack: SlackStage
    discord: DiscordStage

    async def move_to(self, instant: datetime) -> None:
        self.discord.server.skip((instant - self.discord._now).total_seconds())
        self.discord._now = instant
        await self.slack.move_to(instant)


@asynccontextmanager
async def both(database_url: str) -> AsyncIterator[Both]:
    async with SlackServer() as slack, await DiscordServer.start() as discord:
        bot = await make_bot(
            database_url,
            MONDAY,
            slack_bot_token=slack.team().bot_token,
            slack_app_token=slack.app_token,
            slack_api_url=slack.api_url,
            discord_token=discord.token,
            discord_api_url=discord.api_url,
            discord_gateway_url=discord.gateway_url,
        )
        stages = Both(
            SlackStage(slack, database_url, MONDAY, {}, http=False),
            DiscordStage(discord, database_url, MONDAY),
        )
        stages.slack._bot = stages.discord._bot = bot
        await bot.start()
        try:
            await slack.connected()
            await discord.wait_connected()
            await discord.wait_for_commands()
            yield stages
        finally:
            await bot.stop()
        slack.assert_clean()
        assert discord.violations == []
        assert {one.code for one in discord.refusals} <= {50007}, "closed messages alone"


async def code_from(person: Person) -> str:
    found = CODE.search(await person.command("link"))
    assert found is not None
    return found[0]


async def test_one_person_links_and_gets_one_digest_where_they_choose(database_url: str) -> None:
    async with both(database_url) as stage:
        slack, discord = await stage.slack.person("dana"), await stage.discord.person("dana")
        eve = await stage.slack.person("eve")
        await slack.command("add", who="Robin Patel @ Acme", when="tomorrow")
        await discord.command("add", who="Kim Sato @ Globex", when="tomorrow")
        code = await code_from(slack)
        assert code not in "\n".join(eve.sees()), "a code is shown to one person alone"
        await discord.command("link", code=code)
        text = await discord.press("Join, settings from there")
        assert "You are one person here and on Slack now, with 2 follow-ups" in text
        assert "#1 is now Kim Sato, Globex (#2)" in text
        await stage.move_to(datetime(2026, 11, 23, 9, 1, tzinfo=UTC))
        (told,) = slack.private()
        assert "Your code was used: you are one person here and on Discord now" in told

        await stage.move_to(TUESDAY)
        digest = discord.private()[-1]
        assert "2 pings due" in digest
        assert slack.private() == [told], "one digest a day, in one place"
        await slack.command("link", digest="here")
        await stage.move_to(WEDNESDAY)
        assert "2 pings due" in slack.private()[-1]
        assert discord.private()[-1] == digest

        discord.human.dm_fault = "closed"
        await discord.command("link", digest="here")
        await stage.move_to(THURSDAY)
        await stage.move_to(THURSDAY.replace(minute=31))
        assert "This comes here because I can't reach you on Discord" in slack.private()[-1]
        discord.human.dm_fault = None

        await slack.press("Take it back", on="Your code was used")
        await slack.press("Part: each its own")
        listed = await slack.command("list")
        assert "Robin" in listed
        assert "Kim" not in listed
        listed = await discord.command("list")
        assert "Kim" in listed
        assert "Robin" not in listed


async def test_brute_force_ends_after_five(database_url: str) -> None:
    async with both(database_url) as stage:
        slack, discord = await stage.slack.person("dana"), await stage.discord.person("eve")
        code = await code_from(slack)
        for n in range(5):
            assert "doesn't fit" in await discord.command(
                "link", code=f"BBBBB-BBBBB-BBBB{'BCDFG'[n]}"
            )
        assert "I look at none for now" in await discord.command("link", code=code)
        assert "Kim" not in "\n".join(slack.private())
        stranger = await stage.slack.person("kim")
        assert "Become one?" in await stranger.command("link", code=code)


async def test_two_visitors_of_the_playground_become_one(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'squeaky.sqlite3'}"
    async with web_stage(url, MONDAY, tmp_path) as stage:
        dana, eve = await stage.person("dana"), await stage.person("eve")
        await dana.command("add", who="Robin Patel @ Acme", when="tomorrow")
        await eve.command("link", code=await code_from(dana))
        label = "Join, settings from here"
        assert "You are one person here and in the playground now" in await eve.press(label)
        await stage.move_to(TUESDAY)
        assert "1 ping due" in eve.private()[-1]
        assert "Your code was used" in dana.private()[-1]
        await eve.command("unlink")
        await eve.press("Part: each its own")
        assert "Your list is empty" in await eve.command("list")
        assert "Robin" in await dana.command("list")


async def test_of_two_processes_that_enter_one_code_one_has_it(database_url: str) -> None:
    stores = [Store(database_url), Store(database_url)]
    await upgrade(stores[0])
    clock = TestClock()
    offices = [Office(store, clock) for store in stores]
    slack = on(offices[0], Platform.SLACK)
    await slack.says("add Robin Patel @ Acme")
    many = [on(offices[n % 2], Platform.DISCORD, f"d{n}") for n in range(6)]
    for one in many:
        await one.says("add Kim Sato @ Globex")
    code = await code_of(slack)
    told = await asyncio.gather(*(one.says(f"link {code}") for one in many))
    asked = [one for one, text in zip(many, told, strict=True) if "Become one?" in text]
    assert len(asked) == 1
    assert len([text for text in told if "doesn't fit" in text]) == 5
    (winner,) = asked
    token = "link:do=yes&code_id=1"
    other = on(offices[1], Platform.DISCORD, winner.account.user)
    twice = await asyncio.gather(
        winner.presses_token(token), other.presses_token(token), winner.presses_token(token)
    )
    assert len([text for text in twice if "You are one person" in text]) == 1
    assert len([text for text in twice if "too old" in text]) == 2
    assert len(await list_of(offices[0], slack)) == 2
    assert len(await offices[0].parcels()) == 1, "who made the code hears of it once"
    for store in stores:
        await store.close()


async def test_two_who_enter_each_others_codes_at_once_are_joined_once(database_url: str) -> None:
    stores = [Store(database_url), Store(database_url)]
    await upgrade(stores[0])
    offices = [Office(store, TestClock()) for store in stores]
    slack, discord = on(offices[0], Platform.SLACK), on(offices[1], Platform.DISCORD)
    first, second = await code_of(slack), await code_of(discord)
    await slack.says(f"link {second}")
    await discord.says(f"link {first}")
    label = "Join, settings from here"
    told = await asyncio.gather(slack.presses(label), discord.presses(label))
    assert len([text for text in told if "You are one person" in text]) == 1
    assert "on my side" not in "".join(told)
    assert "You are one person here and on Discord" in await slack.says("link")
    for store in stores:
        await store.close()


async def test_who_asks_while_they_part_sees_only_their_own(database_url: str) -> None:
    stores = [Store(database_url), Store(database_url)]
    await upgrade(stores[0])
    clock = TestClock()
    offices = [Office(store, clock) for store in stores]
    slack, discord = on(offices[0], Platform.SLACK), on(offices[0], Platform.DISCORD)
    await slack.says("add Robin Patel @ Acme")
    await discord.says("add Kim Sato @ Globex")
    await join(slack, discord, "Join, settings from here")
    async with stores[0].writing() as session:
        known = await members.member_of(session, discord.account)
        assert known is not None
        asks = asyncio.create_task(on(offices[1], Platform.DISCORD).says("list"))
        await asyncio.sleep(0.5)
        assert not asks.done()
        caller = discord.caller()
        work = Work(session, clock.now(), caller, known.member, known.account_id, known.linked)
        await parting.leave_with_own(work)
    listed = await asks
    assert "Kim" in listed
    assert "Robin" not in listed
    for store in stores:
        await store.close()
