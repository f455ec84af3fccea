"""The commands in other languages, over the real client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import discord
import pytest
from discord import app_commands

from adapters.discord.answers import Answers
from adapters.discord.commands import followup_group
from adapters.discord.localizing import DESCRIPTIONS, LOCALES, NAMES, localized, size_of
from adapters.discord.sync import differ
from core.language import LANGUAGES
from tests.loopback.discord import DiscordServer
from tests.loopback.discord import commands as rules
from tests.loopback.discord.commands import check_commands
from tests.loopback.discord.routes_app import untranslated
from tests.test_discord_kit import FakeDesk, running
from tests.tongue import doubled, tongue

__all__ = ["tongue"]

JSON = dict[str, Any]


async def test_discord_is_told_every_language_and_only_once(tongue: str) -> None:
    """Twice as long is cut to what a command may have in all; a second start finds it there."""
    async with await DiscordServer.start() as server:
        for _ in range(2):
            async with running(server, FakeDesk()):
                await server.wait_for_commands()
        assert server.world.command_syncs == 1
        followup, follow_up_on = server.world.commands[None]
        assert NAMES not in followup or not followup[NAMES], "it is `/followup` everywhere"
        assert follow_up_on[NAMES]["tr"].startswith("FôllôwFôllôw")
        add = next(one for one in followup["options"] if one["name"] == "add")
        assert add[NAMES]["tr"] == doubled("add")
        assert add[DESCRIPTIONS]["tr"][:20] == doubled(add["description"])[:20]
        via = next(one for one in add["options"] if one["name"] == "via")
        assert via["choices"][0][NAMES]["tr"] == doubled(via["choices"][0]["name"])
        assert size_of(followup) == rules.size_of(followup) <= rules.MAX_SIZE
        named = [one for one in every(followup) if one.get(NAMES)]
        assert len(named) > 50, "names are kept where descriptions are cut"


def every(one: JSON) -> Iterator[JSON]:
    """A command and all options in it."""
    yield one
    for inner in one.get("options") or ():
        yield from every(inner)


def commands() -> list[JSON]:
    """The commands as they are declared, in English."""
    tree = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))
    made = followup_group(FakeDesk(), Answers().answer)
    tree.add_command(made)
    return [made.to_dict(tree)]


async def test_a_change_of_a_translation_is_told(
    tongue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with await DiscordServer.start() as server:
        async with running(server, FakeDesk()):
            await server.wait_for_commands()
        monkeypatch.delitem(LOCALES, tongue)
        async with running(server, FakeDesk()):
            await server.wait_for_commands()
        assert server.world.command_syncs == 2


def test_what_discord_does_not_tell_is_not_sent_for_ever(tongue: str) -> None:
    """Of translations it may say nothing, or that there are none, which is another thing."""
    ours = [localized(one) for one in commands()]
    assert not differ(ours, untranslated(ours))
    assert differ(ours, [{**one, NAMES: None, DESCRIPTIONS: None} for one in untranslated(ours)])


def test_every_language_has_locales_of_discords() -> None:
    assert set(LOCALES) == set(LANGUAGES) - {"en"}
    assert {code for codes in LOCALES.values() for code in codes} <= rules.LOCALES


@pytest.mark.parametrize(
    "names",
    [("note", "nota"), ("note", "NOTE"), ("note", "two words"), ("note", "x" * 33), ("note", "")],
    ids=["as another", "upper case", "a space", "too long", "nothing"],
)
def test_a_name_that_discord_would_refuse_stays_english(
    names: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    english, translated = names
    monkeypatch.setattr(
        "adapters.discord.localizing.trp", lambda _, name: {english: translated}.get(name, name)
    )
    options = [_option("note"), _option("nota")]
    made = localized({"name": "followup", "description": "Notes", "type": 1, "options": options})
    check_commands([made])
    assert NAMES not in made["options"][0]


def _option(name: str) -> JSON:
    return {"name": name, "description": "A note", "type": 3}
