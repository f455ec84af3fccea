"""Discord's channels: who asks in which one, and what a press on a post leads to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters.discord import messenger as messenger_module
from adapters.discord.render import components
from adapters.discord.service import DiscordService
from core.caller import Platform, Room, Standing
from core.domain.deliveries import Delivered, Held, Later, Parcel, Reach, Unknown
from core.reply import Button, Field, File, Form, Reply
from tests.loopback.discord import Channel, DiscordServer
from tests.loopback.discord import Message as Shown
from tests.loopback.discord.places import (
    ATTACH_FILES,
    READ_HISTORY,
    SEND_IN_THREADS,
    SEND_MESSAGES,
)
from tests.loopback.discord.posting import post
from tests.loopback.discord.validation import IS_COMPONENTS_V2
from tests.test_discord_kit import FakeDesk, Hands, message, running

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


# --- what the bot posts there --------------------------------------------------------------------

POST = "POST *messages"
BOARD = File(
    "board.png", "image/png", b"\x89PNG board", alt="The week of 23 November: 7 of 9 pings"
)
KICKOFF = message("Kickoff @everyone <@1>.", JOIN)


def parcel(channel: Channel, key: str = "c-5-1", *files: File) -> Parcel:
    return Parcel(5, key, room_of(channel), 0, str(channel.id), KICKOFF, files=files)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
async def service(
    server: DiscordServer, desk: FakeDesk, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[DiscordService]:
    def discord_time() -> datetime:
        return datetime.fromtimestamp(server.world.now(), UTC)

    monkeypatch.setattr(messenger_module, "utcnow", discord_time)
    async with running(server, desk, hands.now) as made:
        yield made


async def test_a_post_is_one_message_with_its_picture_and_pings_nobody(
    server: DiscordServer, service: DiscordService, club: Channel
) -> None:
    outcome = await service.messenger.send(parcel(club, "c-5-1", BOARD))
    [there] = club.messages
    assert outcome == Delivered(str(club.id), str(there.id))
    assert there.files == {"board.png": b"\x89PNG board"}
    assert "(picture The week of 23 November: 7 of 9 pings)" in there.text_form()
    assert "[Join]" in there.text_form()
    body = server.requests[-1].body
    assert body["attachments"] == [
        {"id": 0, "filename": "board.png", "description": BOARD.alt},
    ]
    assert (body["nonce"], body["enforce_nonce"]) == ("c-5-1", True)
    assert body["allowed_mentions"]["parse"] == []
    assert server.count("POST", "/users/@me/channels") == 0


async def test_without_leave_to_attach_it_goes_without_its_picture(
    server: DiscordServer, service: DiscordService, club: Channel
) -> None:
    club.bot_lacks = ATTACH_FILES
    outcome = await service.messenger.send(parcel(club, "c-5-1", BOARD))
    assert isinstance(outcome, Delivered)
    [there] = club.messages
    assert there.files == {}
    assert "[Join]" in there.text_form()
    server.refusals.clear()


def _hide(channel: Channel) -> None:
    channel.bot_can_see = False


def _mute(channel: Channel) -> None:
    channel.bot_can_write = False


def _throw_out(channel: Channel) -> None:
    assert channel.guild is not None
    channel.guild.remove_bot()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_hide, "View Channel"),
        (_mute, "Send Messages"),
        (_throw_out, "View Channel"),
        (Channel.delete, "was deleted"),
    ],
)
async def test_a_channel_that_takes_nothing_is_held_and_no_other_way_is_tried(
    server: DiscordServer,
    service: DiscordService,
    club: Channel,
    change: Callable[[Channel], None],
    says: str,
) -> None:
    change(club)
    outcome = await service.messenger.send(parcel(club, "c-5-1", BOARD))
    assert isinstance(outcome, Held)
    assert says in outcome.reason
    assert server.messages == []
    assert server.count("POST", "/users/@me/channels") == 0
    server.refusals.clear()


async def test_a_lost_answer_posts_nothing_twice(
    server: DiscordServer, service: DiscordService, club: Channel, hands: Hands
) -> None:
    server.faults.next(POST, "drop-after-store")
    began = hands.now()
    assert isinstance(await service.messenger.send(parcel(club, "c-5-1", BOARD)), Unknown)
    again = replace(parcel(club, "c-5-1", BOARD), doubtful_since=began)
    hands.skip(server, 30)
    assert await service.messenger.find(again) is None
    assert isinstance(await service.messenger.send(again), Delivered)
    [there] = club.messages
    hands.skip(server, 900)
    assert await service.messenger.find(again) == Delivered(str(club.id), str(there.id))


async def test_what_only_looks_alike_is_not_taken_for_it(
    server: DiscordServer, service: DiscordService, club: Channel, hands: Hands
) -> None:
    began = hands.now()
    alike = message("Kickoff @everyone <@1>.\nAnother line.", JOIN)
    await service.messenger.send(replace(parcel(club, "c-4-1"), message=alike))
    server.faults.next(POST, "drop-before-store")
    assert isinstance(await service.messenger.send(parcel(club)), Unknown)
    hands.skip(server, 900)
    assert await service.messenger.find(replace(parcel(club), doubtful_since=began)) is None


@pytest.mark.parametrize("talk", [0, 150])
async def test_it_is_found_among_what_others_wrote(
    server: DiscordServer, service: DiscordService, club: Channel, hands: Hands, talk: int
) -> None:
    ann = server.user("ann")
    server.guild("Job club").join(ann)
    began = hands.now()
    for number in range(talk):
        post(server.world, club, ann, {"content": f"line {number}"}, {})
    server.faults.next(POST, "drop-after-store")
    assert isinstance(await service.messenger.send(parcel(club)), Unknown)
    hands.skip(server, 900)
    found = await service.messenger.find(replace(parcel(club), doubtful_since=began))
    assert found == Delivered(str(club.id), str(club.messages[-1].id))


async def test_a_history_that_may_not_be_read_leaves_the_doubt(
    server: DiscordServer, service: DiscordService, club: Channel, hands: Hands
) -> None:
    club.bot_lacks = READ_HISTORY
    began = hands.now()
    doubtful = replace(parcel(club), doubtful_since=began)
    hands.skip(server, 900)
    assert await service.messenger.find(doubtful) is None  # nobody has written there at all
    began = hands.now()
    server.faults.next(POST, "drop-after-store")
    assert isinstance(await service.messenger.send(parcel(club)), Unknown)
    hands.skip(server, 900)
    found = await service.messenger.find(replace(parcel(club), doubtful_since=began))
    assert isinstance(found, Unknown)


async def test_a_channel_that_may_not_be_seen_leaves_the_doubt(
    server: DiscordServer, service: DiscordService, club: Channel, hands: Hands
) -> None:
    doubtful = replace(parcel(club), doubtful_since=hands.now())
    hands.skip(server, 900)
    club.bot_can_see = False
    assert isinstance(await service.messenger.find(doubtful), Unknown)
    club.delete()
    assert isinstance(await service.messenger.find(doubtful), Held)
    server.refusals.clear()


async def test_a_limit_is_kept_as_for_people(
    server: DiscordServer, service: DiscordService, club: Channel
) -> None:
    server.faults.next(POST, "429", seconds=61.5)
    outcome = await service.messenger.send(parcel(club))
    assert isinstance(outcome, Later)
    assert (outcome.reach, outcome.limited) == (Reach.PARCEL, True)
    assert outcome.seconds >= 61


# --- what somebody may do there, and what the bot lacks ------------------------------------------


async def standing(
    server: DiscordServer, desk: FakeDesk, club: Channel, *, admin: bool = False
) -> Standing:
    """What the desk is told of Ann, who uses a command there."""
    ann = server.user("ann")
    assert club.guild is not None
    club.guild.join(ann, admin=admin)
    await ann.command("followup list", channel=club)
    told = desk.callers[-1].standing
    assert told is not None
    return told


@pytest.mark.parametrize("admin", [False, True])
async def test_who_may_manage_the_channel_is_told(
    server: DiscordServer,
    service: DiscordService,
    desk: FakeDesk,
    club: Channel,
    admin: bool,
) -> None:
    assert await standing(server, desk, club, admin=admin) == Standing(manages=admin)
    await server.user("ann").command("followup list")
    assert desk.callers[-1].standing is None


@pytest.mark.parametrize(
    ("lacks", "named"),
    [
        (ATTACH_FILES, "Attach Files"),
        (READ_HISTORY, "Read Message History"),
        (SEND_MESSAGES | ATTACH_FILES, "Send Messages and Attach Files"),
    ],
)
async def test_what_the_bot_lacks_is_named_with_where_to_give_it(
    server: DiscordServer,
    service: DiscordService,
    desk: FakeDesk,
    club: Channel,
    lacks: int,
    named: str,
) -> None:
    club.bot_lacks = lacks
    [lack] = (await standing(server, desk, club)).lacks
    sentence = lack()
    assert sentence.startswith(f"I need {named} here.")
    assert "Edit Channel > Permissions" in sentence


async def test_a_bot_that_was_brought_along_is_not_in_the_server(
    server: DiscordServer, service: DiscordService, desk: FakeDesk, club: Channel
) -> None:
    assert club.guild is not None
    club.guild.remove_bot()
    [lack] = (await standing(server, desk, club)).lacks
    sentence = lack()
    assert "I am not in this server" in sentence
    assert f"client_id={server.world.application_id}" in sentence


async def test_a_thread_is_a_room_of_its_own(
    server: DiscordServer, service: DiscordService, desk: FakeDesk, club: Channel
) -> None:
    assert club.guild is not None
    thread = club.guild.thread("weekly", club)
    assert await standing(server, desk, thread) == Standing(manages=False)
    assert desk.callers[-1].room == room_of(thread)
    assert isinstance(await service.messenger.send(parcel(thread)), Delivered)
    thread.bot_lacks = SEND_IN_THREADS
    [lack] = (await standing(server, desk, thread)).lacks
    assert lack().startswith("I need Send Messages in Threads here.")
    held = await service.messenger.send(parcel(thread, "c-5-2"))
    assert isinstance(held, Held)
    assert "Send Messages in Threads" in held.reason
    server.refusals.clear()
