"""Discord's channels: who asks in which one, and what a press on a post leads to."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.discord.render import components
from core.caller import Platform, Room
from core.reply import Button, Field, Form, Reply
from tests.loopback.discord import Channel, DiscordServer
from tests.loopback.discord import Message as Shown
from tests.loopback.discord.posting import post
from tests.loopback.discord.validation import IS_COMPONENTS_V2
from tests.test_discord_kit import FakeDesk, message, running

JOIN = Button("Join", "sent:t=42")
MORE = Button("More", "sent:t=43")
FORM = Form("Join", "resume:k=7&form=1", (Field("how", "How much"),))


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with await DiscordServer.start() as made:
        yield made
        assert made.troubles == []


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def club(server: DiscordServer) -> Channel:
    return server.guild("Job club").channel("general")


def posted(server: DiscordServer, channel: Channel) -> Shown:
    """A message of the bot's that everybody in the channel sees."""
    body = {"components": components(message("Kickoff.", JOIN)), "flags": IS_COMPONENTS_V2}
    return post(server.world, channel, server.world.bot, body, {})


def room_of(channel: Channel) -> Room:
    assert channel.guild is not None
    return Room(Platform.DISCORD, "", str(channel.id), server=str(channel.guild.id))


async def test_a_command_tells_its_channel_and_a_private_one_has_none(
    server: DiscordServer, desk: FakeDesk, club: Channel
) -> None:
    ann = server.user("ann")
    server.guild("Job club").join(ann)
    async with running(server, desk):
        await ann.command("followup list", channel=club)
        assert desk.callers[-1].room == room_of(club)
        await ann.command("followup list")
        assert desk.callers[-1].room is None


async def test_a_form_comes_back_with_the_channel_that_it_was_opened_in(
    server: DiscordServer, desk: FakeDesk, club: Channel
) -> None:
    ann = server.user("ann")
    server.guild("Job club").join(ann)
    desk.reply = Reply(form=FORM)
    async with running(server, desk):
        opened = await ann.press(posted(server, club), "Join")
        desk.reply = Reply(message=message("Saved."))
        await ann.submit(opened.modal, {"How much": "counts"})
    assert [caller.room for caller in desk.callers] == [room_of(club)] * 2


@pytest.mark.parametrize("seconds", [0.0, 2.3], ids=["at once", "deferred"])
@pytest.mark.parametrize("replace", [True, False])
async def test_a_press_on_a_post_is_answered_to_one_person_and_the_post_stays(
    server: DiscordServer, desk: FakeDesk, club: Channel, replace: bool, seconds: float
) -> None:
    ann, eve = server.user("ann"), server.user("eve")
    server.guild("Job club").join(ann, eve)
    desk.reply = Reply(message=message("For you.", MORE), replace=replace)
    async with running(server, desk):
        shown = posted(server, club)
        before = shown.text_form()
        desk.seconds = seconds
        answer = await ann.press(shown, "Join", patience=4.0)
        await ann.wait_for("For you.")
        assert (shown.text_form(), shown.edits) == (before, 0)
        assert [one.text_form() for one in eve.sees] == [before]
        private = next(one for one in answer.messages if one is not shown)
        assert private.ephemeral
        desk.seconds, desk.reply = 0.0, Reply(message=message("Next."), replace=True)
        await ann.press(private, "More")
        assert [one.text_form() for one in ann.sees] == [before, "Next."]


async def test_a_form_from_a_post_leaves_the_post_as_it_is(
    server: DiscordServer, desk: FakeDesk, club: Channel
) -> None:
    ann, eve = server.user("ann"), server.user("eve")
    server.guild("Job club").join(ann, eve)
    desk.reply = Reply(form=FORM)
    async with running(server, desk):
        shown = posted(server, club)
        opened = await ann.press(shown, "Join")
        desk.reply = Reply(message=message("You are in."), replace=True)
        answer = await ann.submit(opened.modal, {"How much": "counts"})
        assert answer.ephemeral
        assert answer.text == "You are in."
    assert shown.edits == 0
    assert [one.text_form() for one in eve.sees] == [shown.text_form()]
