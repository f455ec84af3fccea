"""Tests the tester: where a bot may be used, and what it is told of messages there."""

from __future__ import annotations

from collections.abc import AsyncIterator

import discord
import pytest

from tests.loopback.discord import DiscordServer, UsageError, aimed_at
from tests.loopback.discord.commands import check_commands
from tests.loopback.discord.errors import ApiError, Json, flatten
from tests.test_discord_kit import until
from tests.test_loopback_discord import Bot, Club, Interaction, on_command, running


@pytest.fixture
async def club() -> AsyncIterator[Club]:
    async with DiscordServer() as server:
        with aimed_at(server):
            yield Club(server)


def everywhere(bot: Bot) -> None:
    """Make `/go` and "Look" usable wherever Discord lets them be."""
    bot.tree.allowed_contexts = discord.app_commands.AppCommandContext(
        guild=True, dm_channel=True, private_channel=True
    )
    bot.tree.allowed_installs = discord.app_commands.AppInstallationType(guild=True, user=True)


async def told(interaction: Interaction) -> None:
    context = interaction.context
    names = [name for name in ("guild", "dm_channel", "private_channel") if getattr(context, name)]
    by = [
        name
        for name, so in (
            ("server", interaction.is_guild_integration()),
            ("person", interaction.is_user_integration()),
        )
        if so
    ]
    text = f"{', '.join(names)} by {', '.join(by)}: {type(interaction.channel).__name__}"
    await interaction.response.send_message(text, ephemeral=True)


async def test_an_interaction_says_where_it_comes_from_and_by_which_installation(
    club: Club,
) -> None:
    bot, dana, ravi = Bot(), club.dana, club.ravi
    everywhere(bot)
    on_command(bot, told)
    two = club.server.world.group("two", dana, ravi)
    three = club.server.world.group("three", dana, ravi, club.server.user("lee"))
    async with running(club.server, bot):
        said = [
            (await dana.command("go", channel=where)).text
            for where in (club.room, dana.dm_channel, two, three)
        ]
        club.guild.bot_inside = False
        said.append((await dana.command("go", channel=club.room)).text)
    assert said == [
        "guild by server, person: TextChannel",
        "dm_channel by person: DMChannel",
        "private_channel by person: DMChannel",
        "private_channel by person: GroupChannel",
        "guild by person: TextChannel",
    ]


async def test_who_has_not_installed_the_bot_uses_it_where_a_server_has(club: Club) -> None:
    bot, dana, lee = Bot(), club.dana, club.server.user("lee")
    everywhere(bot)
    on_command(bot, told)
    dana.installed = lee.installed = False
    async with running(club.server, bot):
        assert "by server" in (await dana.command("go", channel=club.room)).text
        assert (await dana.command("go")).text.startswith("dm_channel")
        for where in (club.server.world.group("two", dana, lee), lee.dm_channel):
            with pytest.raises(UsageError, match="has not installed"):
                await lee.command("go", channel=where)


async def test_a_command_that_is_not_for_private_channels_is_not_there(club: Club) -> None:
    bot = Bot()
    bot.tree.allowed_contexts = discord.app_commands.AppCommandContext(guild=True, dm_channel=True)
    bot.tree.allowed_installs = discord.app_commands.AppInstallationType(guild=True, user=True)
    on_command(bot, told)
    async with running(club.server, bot):
        with pytest.raises(UsageError, match="kind of channel"):
            await club.dana.command("go", channel=club.server.world.group("two", club.dana))


@pytest.mark.parametrize(
    "wrong", [{"contexts": [2], "integration_types": [0]}, {"integration_types": [2]}]
)
def test_contexts_that_no_installation_reaches_are_refused(wrong: Json) -> None:
    with pytest.raises(ApiError) as refused:
        check_commands([{"name": "go", "type": 3, **wrong}])
    assert flatten(refused.value.errors or {})


async def test_of_a_message_that_a_command_is_used_on_nothing_is_kept_back(club: Club) -> None:
    bot, seen = Bot(), list[discord.Message]()

    @bot.tree.context_menu(name="Look")
    async def look(interaction: Interaction, message: discord.Message) -> None:
        seen.append(message)
        await interaction.response.send_message("Seen", ephemeral=True)

    async with running(club.server, bot):
        said = club.ravi.say("Hello", channel=club.room, files={"cv.pdf": b"x"})
        history = await bot.http.logs_from(club.room.id, 1)
        assert (history[0]["content"], history[0]["attachments"]) == ("", [])
        await club.dana.message_command("Look", said)
        await club.dana.message_command("Look", club.ravi.forward(said, club.room))
    assert [one.content for one in seen] == ["Hello", ""]
    assert [one.filename for one in seen[0].attachments] == ["cv.pdf"]
    assert [one.content for one in seen[1].message_snapshots] == ["Hello"]


async def test_where_the_bot_is_not_it_reads_and_writes_nothing_by_itself(club: Club) -> None:
    bot = Bot()
    where = club.server.world.group("two", club.dana, club.ravi)
    async with running(club.server, bot):
        for attempt in (bot.http.logs_from(where.id, 1), bot.http.get_channel(where.id)):
            with pytest.raises(discord.Forbidden):
                await attempt
        club.ravi.say("Hello", channel=where)
    assert club.server.world.emit("MESSAGE_CREATE", {}, None, 1 << 12) == 0


async def test_where_only_a_person_has_installed_it_there_are_five_further_messages(
    club: Club,
) -> None:
    async def chatter(interaction: Interaction) -> None:
        await interaction.response.send_message("First", ephemeral=True)
        for number in range(6):
            await interaction.followup.send(f"{number}", ephemeral=True)

    bot = Bot()
    everywhere(bot)
    on_command(bot, chatter)
    where = club.server.world.group("two", club.dana, club.ravi)
    async with running(club.server, bot):
        answer = await club.dana.command("go", channel=where)
        await until(lambda: bool(bot.errors))
        assert len(answer.messages) == 6
        bot.errors.clear()
        answer = await club.dana.command("go", channel=club.room)
        await club.server.world.bell.wait_until(lambda: len(answer.messages) == 7, 5, "all of them")
    assert bot.errors == []


async def test_whether_an_installation_opens_direct_messages_is_a_switch(club: Club) -> None:
    bot, lee = Bot(), club.server.user("lee")
    async with running(club.server, bot):
        person = await bot.fetch_user(lee.id)
        with pytest.raises(discord.Forbidden) as refused:
            await person.send("Hello")
        assert refused.value.code == 50278
        club.server.world.installs_open_dms = True
        await person.send("Hello")
        lee.installed = False
        with pytest.raises(discord.Forbidden):
            await person.send("Hello")
