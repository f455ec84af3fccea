"""Commands whose name has two words, as platforms that know only one word for each show them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import ClassVar

import discord
import pytest

from adapters.discord.answers import Answers
from adapters.discord.client import Tree
from adapters.discord.commands import followup_group
from adapters.web.records import PRIVATE
from adapters.web.typed import completions
from core.caller import Account, Caller, Platform
from core.options import Command, Kind, Request, option
from tests.loopback.discord import DiscordServer, aimed_at
from tests.loopback.discord.commands import check_commands
from tests.test_discord_kit import FakeDesk
from tests.test_web_kit import ToldDesk


@dataclass(frozen=True)
class Choir(Request):
    """The state of a choir."""

    verb: ClassVar[str] = "choir-show"
    command: ClassVar[Command] = Command("choir show", "How the choir stands")


@dataclass(frozen=True)
class ChoirSetup(Request):
    """Makes a choir."""

    verb: ClassVar[str] = "choir-setup"
    command: ClassVar[Command] = Command("choir setup", "Make a choir of this channel")
    name: str = option("Name", "What the choir is called")
    size: str = option("Size", "How big it is", Kind.CHOICE, choices=("small", "large"))


@dataclass(frozen=True)
class Sing(Request):
    """Sings."""

    verb: ClassVar[str] = "sing"
    command: ClassVar[Command] = Command("sing", "Sing something")


REQUESTS = (Choir, Sing, ChoirSetup)
ANYBODY = Caller(Account(Platform.WEB, "", "you"))


class Client(discord.Client):
    """A client with these commands alone."""

    def __init__(self, desk: FakeDesk) -> None:
        super().__init__(intents=discord.Intents(guilds=True))
        self.answers = Answers()
        self.tree = Tree(self, self.answers)
        self.tree.add_command(followup_group(desk, self.answers.answer, REQUESTS))

    async def setup_hook(self) -> None:
        await self.tree.sync()


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with await DiscordServer.start() as made:
        yield made
        assert made.troubles == []


async def test_on_discord_the_second_word_stands_in_a_group_of_its_own(
    server: DiscordServer,
) -> None:
    desk = FakeDesk()
    with aimed_at(server):
        async with Client(desk) as client:
            await client.login(server.token)
            [made] = [one.to_dict(client.tree) for one in client.tree.get_commands()]
            check_commands([made])
            told = {one["name"]: one for one in made["options"]}
            assert list(told) == ["choir", "sing"]
            assert told["choir"]["description"] == "Choir: show, setup"
            assert [one["name"] for one in told["choir"]["options"]] == ["show", "setup"]


async def test_on_discord_such_a_command_goes_to_the_desk_by_its_verb(
    server: DiscordServer,
) -> None:
    desk = FakeDesk()
    ann = server.user("ann")
    with aimed_at(server):
        client = Client(desk)
        work = asyncio.create_task(client.start(server.token))
        await server.wait_connected()
        await server.wait_for_commands()
        await ann.command("followup choir setup", {"name": "Larks", "size": "large"})
        await ann.command("followup choir show")
        await ann.command("followup sing")
        await client.close()
        await work
    assert desk.asked == [
        ("typed", "choir-setup", {"name": "Larks", "size": "large"}),
        ("typed", "choir-show", {}),
        ("typed", "sing", {}),
    ]


async def offered(text: str) -> list[str]:
    desk = ToldDesk()
    desk.suggestions = {"choir-setup size": ["small", "large"]}
    found = await completions(desk, text, PRIVATE, ANYBODY, REQUESTS)
    return [each.value for each in found]


async def test_the_playground_completes_both_words() -> None:
    assert await offered("c") == ["choir show ", "choir setup "]
    assert await offered("choir") == ["choir show ", "choir setup "]
    assert await offered("choir s") == ["choir show ", "choir setup "]
    assert await offered("CHOIR SE") == ["choir setup "]
    assert await offered("/followup choir se") == ["/followup choir setup "]
    assert await offered("s") == ["sing "]
    assert await offered("choir setup Larks, sm") == ["choir setup Larks, small"]
    assert await offered("Choir Setup Larks, size: l") == ["Choir Setup Larks, size: large"]
    assert await offered("choir dance ") == []
