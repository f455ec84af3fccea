"""The stages themselves: what a scenario does in channels means the same on every platform."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.domain.deliveries import Delivered, Held, Outcome, Parcel
from core.reply import Actions, Button, File, Message, Paragraph
from core.text import say
from tests.stages.base import PRIVATE, Can, NotThereError, Stage
from tests.test_scenario import MONDAY, STAGES

BOARD = File("board.png", "image/png", b"\x89PNG board", alt="7 of 9 pings")
POST = Message(
    (
        Paragraph((say("**Kickoff** of {who}.", who="*us* <!channel>"),)),
        Actions((Button("My list", "list:show=open"),)),
    )
)
SHOWN = "Kickoff of *us* <!channel>.\n[My list]\n[picture: 7 of 9 pings]"


@pytest.fixture(params=["slack-socket", "discord", "playground"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    url = f"sqlite:///{tmp_path}/squeaky.sqlite3"
    async with STAGES[request.param](url, tmp_path) as opened:
        yield opened


async def posts(stage: Stage, channel: str, key: str = "c-1-1") -> Outcome:
    """Let the bot post a board there, and everybody look."""
    room = stage.room(channel)
    courier = stage._bot.courier  # type: ignore[attr-defined] # each stage has a bot
    parcel = Parcel(1, key, room, 0, room.channel, POST, files=(BOARD,))
    outcome: Outcome = await courier._messengers[room.platform].send(parcel)
    await stage.move_to(MONDAY + timedelta(minutes=len(stage.shown(channel)) + 1))
    return outcome


async def test_a_post_is_for_everybody_in_its_channel_and_its_answers_for_one(
    stage: Stage,
) -> None:
    ann, bob = await stage.person("ann"), await stage.person("bob")
    await stage.channel("second-chance", ann, bob)
    await stage.channel("job-club", ann, bob)
    assert isinstance(await posts(stage, "second-chance"), Delivered)
    assert stage.shown("second-chance") == [SHOWN]
    assert stage.shown("job-club") == []
    assert ann.at("second-chance").sees() == bob.at("second-chance").sees() == [SHOWN]
    assert await bob.files() == {"board.png": BOARD.content}
    answer = await ann.at("second-chance").press("My list", on="Kickoff")
    assert "Your list is empty" in answer
    assert stage.shown("second-chance") == [SHOWN]
    assert answer in ann.at("second-chance").sees()
    assert bob.at("second-chance").sees() == [SHOWN]
    assert bob.at("job-club").sees() == ann.at("job-club").sees() == []


async def test_commands_are_typed_where_one_looks(stage: Stage) -> None:
    ann, bob = await stage.person("ann"), await stage.person("bob")
    await stage.channel("second-chance", ann, bob)
    said = await ann.at("second-chance").command("add", who="Dana Lee @ Acme", when="tomorrow")
    assert ann.at("second-chance").sees() == [said]
    assert stage.shown("second-chance") == bob.sees() == []
    said = await ann.at(PRIVATE).command("show", who="Dana")
    assert ann.at(PRIVATE).sees() == [said]
    assert said not in ann.at("second-chance").sees()
    assert await ann.at("second-chance").press("Edit") == ""
    await ann.at("second-chance").fill(about="data PM")
    assert "data PM" in "\n".join(ann.at("second-chance").sees())


@pytest.mark.parametrize("can", list(Can))
async def test_what_a_platform_lacks_is_said(stage: Stage, can: Can) -> None:
    ann, bob = await stage.person("ann"), await stage.person("bob")
    await stage.channel("club", ann, bob)
    does = {
        Can.ARCHIVE: lambda: stage.archive("club"),
        Can.DELETE: lambda: stage.delete("club"),
        Can.RENAME: lambda: stage.rename("club", "weekly"),
        Can.REMOVE_BOT: lambda: stage.remove_bot("club"),
        Can.LEAVE: lambda: bob.leave("club"),
        Can.DEACTIVATE: lambda: bob.deactivate(),
    }
    if can not in does:
        return  # who may manage a channel is no deed
    if can in stage.can:
        await does[can]()
        if can is Can.LEAVE:
            assert bob.at("club").sees() == []
            await bob.join("club")
        if can is Can.RENAME:
            assert stage.shown("weekly") == []
    else:
        with pytest.raises(NotThereError, match=str(can)):
            await does[can]()


async def test_a_bot_that_is_removed_and_invited_again_posts_again(stage: Stage) -> None:
    if Can.REMOVE_BOT not in stage.can:
        return
    ann = await stage.person("ann")
    await stage.channel("club", ann)
    await stage.remove_bot("club")
    assert isinstance(await posts(stage, "club"), Held)
    assert stage.shown("club") == []
    await stage.invite_bot("club")
    assert isinstance(await posts(stage, "club"), Delivered)
    assert stage.shown("club") == [SHOWN]
    if stage.name == "discord":
        stage.server.refusals.clear()  # type: ignore[attr-defined] # the loopback Discord
