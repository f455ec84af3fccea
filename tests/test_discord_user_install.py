"""Squeaky without any server: added by a person to their own account."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from core.reply import Button, Reply
from tests.loopback.discord import DiscordServer
from tests.stages.discord import DiscordPerson, DiscordStage, discord_stage
from tests.test_discord_kit import START, FakeDesk, message, running

TWO, MANY = 1, 4


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with await DiscordServer.start() as made:
        yield made


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[DiscordStage]:
    async with discord_stage(database_url, START) as made:
        yield made


def loner(stage: DiscordStage, name: str = "ann") -> DiscordPerson:
    """Somebody who shares no server with the bot and talks to it in its own conversation."""
    human = stage.server.user(name)
    return DiscordPerson(human, stage.server, human.dm_channel)


async def long_after(stage: DiscordStage) -> None:
    """Go on by weeks, and let what is old be erased."""
    for days in (20, 33):
        await stage.move_to(START + timedelta(days=days))
    assert stage._bot is not None
    await stage._bot.departures.erase_old()


async def test_all_of_it_works_in_the_bots_own_conversation(stage: DiscordStage) -> None:
    ann = loner(stage)
    assert "Europe/Berlin" in await ann.command("settings", zone="Europe/Berlin")
    assert "First ping" in await ann.command("add", who="Dana Lee @ Acme", when="tomorrow")
    assert ": sent." in await ann.command("sent", who="Dana")
    await ann.press("Undo")
    assert "1 open follow-up" in await ann.command("list")
    assert "A club lives in a channel" in await ann.command("club setup", name="Early Birds")


@pytest.mark.parametrize("others", [TWO, MANY])
async def test_in_conversations_of_people_only_who_asks_sees_the_answer(
    server: DiscordServer, others: int
) -> None:
    ann = server.user("ann")
    friends = [server.user(f"friend{number}") for number in range(others)]
    where = server.world.group("friends", ann, *friends)
    desk = FakeDesk(reply=Reply(message=message("Dana Lee", Button("Sent", "sent:t=42"))))
    async with running(server, desk):
        answer = await ann.command("followup show", {"who": "Dana"}, channel=where)
        offered = await ann.autocomplete("followup sent", {"who": "D"}, "who", channel=where)
        desk.reply = Reply(message=message("Noted."))
        pressed = await ann.press(answer.message, "Sent")
        desk.seconds, desk.reply = 2.2, Reply(message=message("Late."))
        late = await ann.command("followup list", channel=where)
    assert offered == []
    assert [one.ephemeral for one in (answer, pressed, late)] == [True, True, True]
    assert all(friend.sees == [] for friend in friends)
    assert {caller.room for caller in desk.callers} == {None}
    assert {caller.installed for caller in desk.callers} == {True}


async def test_who_has_it_from_a_server_alone_is_told_apart(server: DiscordServer) -> None:
    ann, desk = server.user("ann"), FakeDesk()
    ann.installed = False
    guild = server.guild("Job club")
    guild.join(ann)
    async with running(server, desk):
        await ann.command("followup list", channel=guild.channel("general"))
        await ann.command("followup list")
    assert [caller.installed for caller in desk.callers] == [False, False]


async def test_where_discord_takes_them_the_mornings_messages_arrive_without_a_server(
    stage: DiscordStage,
) -> None:
    stage.server.world.installs_open_dms = True
    ann = loner(stage)
    await ann.command("settings", zone="Europe/Berlin")
    await ann.command("add", who="Dana Lee @ Acme", when="tomorrow")
    await stage.move_to(START + timedelta(days=1))
    assert "1 ping due" in ann.private()[-1]


async def test_where_it_does_not_they_are_told_why_and_their_list_is_kept_for_good(
    stage: DiscordStage,
) -> None:
    ann = loner(stage)
    await ann.command("settings", zone="Europe/Berlin")
    await ann.command("add", who="Dana Lee @ Acme", when="tomorrow")
    await stage.move_to(START + timedelta(days=1))
    assert not any("ping due" in text for text in ann.private())
    await long_after(stage)
    text = await ann.command("list")
    assert "Dana Lee" in text
    assert "we share none: join one that I am in, or add me to one" in text
    stage.server.refusals.clear()


async def test_who_was_met_in_a_server_alone_and_shares_none_any_more_is_forgotten(
    stage: DiscordStage,
) -> None:
    stage.server.user("ann").installed = False
    ann = await stage.person("ann")
    await ann.command("add", who="Dana Lee @ Acme", when="tomorrow")
    await ann.leave("general")
    await stage.move_to(START + timedelta(days=1))
    await long_after(stage)
    await ann.join("general")
    assert "Your list is empty" in await ann.command("list")
    stage.server.refusals.clear()
