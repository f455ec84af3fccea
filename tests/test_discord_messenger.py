"""Deliveries against a loopback Discord in which things go wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters.discord import messenger as messenger_module
from adapters.discord.service import DiscordService
from core.caller import Account, Platform
from core.domain.deliveries import Dead, Delivered, Held, Later, Parcel, Reach, Unknown
from core.reply import Button, Message, Reply
from tests.loopback.discord import DiscordServer, Person
from tests.test_discord_kit import FakeDesk, Hands, made, message, running

POST = "POST *messages"
DIGEST = message("Tuesday 24 November: 1 ping due", Button("Sent", "sent:t=42&s=3&v=d17"))


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with await DiscordServer.start() as made:
        yield made


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
async def service(
    server: DiscordServer, desk: FakeDesk, hands: Hands
) -> AsyncIterator[DiscordService]:
    async with running(server, desk, hands.now) as made:
        yield made


@pytest.fixture
def ann(server: DiscordServer) -> Person:
    person = server.user("ann")
    server.guild("Job club").join(person)
    return person


def discord_time(server: DiscordServer) -> datetime:
    """The loopback server's clock, which `skip` moves."""
    return datetime.fromtimestamp(server.world.now(), UTC)


def parcel(person: Person, key: str = "d-17-1", what: Message = DIGEST) -> Parcel:
    return Parcel(17, key, Account(Platform.DISCORD, "", str(person.id)), 5, "", what)


async def test_a_delivery_arrives_and_says_where(
    server: DiscordServer, service: DiscordService, ann: Person
) -> None:
    outcome = await service.messenger.send(parcel(ann))
    [there] = ann.dm
    assert outcome == Delivered(str(ann.dm_channel.id), str(there.id))
    assert there.text_form() == "Tuesday 24 November: 1 ping due\n[Sent]"
    assert there.nonce == "d-17-1"
    assert there.allowed_mentions is not None
    assert there.allowed_mentions["parse"] == []
    assert server.requests[-1].body["enforce_nonce"] is True


async def test_a_known_conversation_is_not_opened_again(
    server: DiscordServer, service: DiscordService, ann: Person
) -> None:
    known = replace(parcel(ann), channel=str(ann.dm_channel.id))
    assert isinstance(await service.messenger.send(known), Delivered)
    assert server.count("POST", "/users/@me/channels") == 0


async def test_a_conversation_that_is_gone_is_opened_anew(
    service: DiscordService, ann: Person
) -> None:
    known = replace(parcel(ann), channel="123456789012345678")
    assert isinstance(await service.messenger.send(known), Delivered)
    assert len(ann.dm) == 1


async def test_closed_messages_are_held(service: DiscordService, ann: Person) -> None:
    ann.dm_fault = "closed"
    outcome = await service.messenger.send(parcel(ann))
    assert isinstance(outcome, Held)
    assert "closed" in outcome.reason


async def test_without_a_server_in_common_it_is_held(
    server: DiscordServer, service: DiscordService, ann: Person
) -> None:
    server.guild("Job club").leave(ann)
    assert isinstance(await service.messenger.send(parcel(ann)), Held)


async def test_opening_too_fast_waits_some_minutes(service: DiscordService, ann: Person) -> None:
    ann.dm_fault = "too_fast"
    outcome = await service.messenger.send(parcel(ann))
    assert isinstance(outcome, Later)
    assert outcome.seconds >= 300


async def test_an_account_that_is_gone_is_held(service: DiscordService, ann: Person) -> None:
    gone = replace(parcel(ann), to=Account(Platform.DISCORD, "", "123456789012345678"))
    assert isinstance(await service.messenger.send(gone), Held)


async def test_a_lost_answer_sends_no_second_message(
    server: DiscordServer, service: DiscordService, ann: Person, hands: Hands
) -> None:
    server.faults.next(POST, "drop-after-store")
    began = hands.now()
    assert isinstance(await service.messenger.send(parcel(ann)), Unknown)
    hands.skip(server, 55)
    again = replace(parcel(ann), doubtful_since=began)
    assert await service.messenger.find(again) is None
    assert isinstance(await service.messenger.send(again), Delivered)
    assert len(ann.dm) == 1


async def test_a_lost_answer_is_found_although_the_known_conversation_is_gone(
    service: DiscordService, server: DiscordServer, ann: Person, hands: Hands
) -> None:
    known = replace(parcel(ann), channel="123456789012345678")
    server.faults.next(f"POST *{ann.dm_channel.id}/messages", "drop-after-store")
    began = hands.now()
    assert isinstance(await service.messenger.send(known), Unknown)
    hands.skip(server, 900)
    assert isinstance(await service.messenger.find(replace(known, doubtful_since=began)), Delivered)


@pytest.mark.parametrize(("chatter", "found"), [(150, Delivered), (600, Unknown)])
async def test_a_lost_answer_is_found_under_what_came_since(
    service: DiscordService,
    server: DiscordServer,
    ann: Person,
    hands: Hands,
    chatter: int,
    found: type,
) -> None:
    """The platform is asked page by page; when it can't say within some, the doubt stays."""
    server.faults.next(POST, "drop-after-store")
    began = hands.now()
    for number in range(chatter // 2):
        ann.say(f"before {number}")
    await service.messenger.send(parcel(ann))
    for number in range(chatter):
        ann.say(f"message {number}")
    hands.skip(server, 900)
    again = replace(parcel(ann), doubtful_since=began)
    assert isinstance(await service.messenger.find(again), found)


@pytest.mark.parametrize("age", [70, 119])
async def test_a_nonce_that_may_end_before_the_second_send_is_not_relied_on(
    server: DiscordServer, service: DiscordService, ann: Person, hands: Hands, age: int
) -> None:
    """A parcel may be under way for a minute: by then Discord has forgotten the nonce."""
    server.world.nonce_seconds = 120.0
    server.faults.next(POST, "drop-after-store")
    began = hands.now()
    await service.messenger.send(parcel(ann))
    hands.skip(server, age)
    again = replace(parcel(ann), doubtful_since=began)
    if await service.messenger.find(again) is None:
        hands.skip(server, 55)
        await service.messenger.send(again)
    assert len(ann.dm) == 1


async def test_a_lost_answer_is_found_although_our_clock_was_wrong_then(
    server: DiscordServer, service: DiscordService, ann: Person, hands: Hands
) -> None:
    """Hours ahead at the attempt, and set right since: the message is older than the attempt."""
    server.faults.next(POST, "drop-after-store")
    began = hands.now()
    await service.messenger.send(parcel(ann))
    server.skip(3 * 3600)
    hands.skip(server, 100)
    again = replace(parcel(ann), doubtful_since=began)
    assert isinstance(await service.messenger.find(again), Delivered)


async def test_a_lost_answer_is_found_although_all_of_it_was_done_and_more_is_due(
    server: DiscordServer, service: DiscordService, desk: FakeDesk, ann: Person, hands: Hands
) -> None:
    server.faults.next(POST, "drop-after-store")
    began = hands.now()
    await service.messenger.send(parcel(ann))
    desk.reply = Reply(message=message("All done", Button("Undo", "undo:c=5&v=d17")), replace=True)
    await ann.press(ann.dm[0], "Sent")
    hands.skip(server, 900)
    more = message("Tuesday 24 November: 2 pings due", Button("Sent", "sent:t=43&s=1&v=d17"))
    again = replace(parcel(ann, what=more), doubtful_since=began)
    assert isinstance(await service.messenger.find(again), Delivered)


async def test_a_conversation_that_cannot_be_read_leaves_the_doubt(
    server: DiscordServer, service: DiscordService, ann: Person, hands: Hands
) -> None:
    began = hands.now()
    hands.skip(server, 900)
    ann.dm_channel.bot_can_see = False
    known = replace(parcel(ann), channel=str(ann.dm_channel.id), doubtful_since=began)
    assert isinstance(await service.messenger.find(known), Unknown)


@pytest.mark.parametrize("pressed", [False, True])
async def test_a_lost_answer_of_long_ago_is_found(
    server: DiscordServer,
    service: DiscordService,
    desk: FakeDesk,
    ann: Person,
    hands: Hands,
    pressed: bool,
) -> None:
    server.faults.next(POST, "drop-after-store")
    began = hands.now()
    await service.messenger.send(parcel(ann))
    [there] = ann.dm
    if pressed:
        rest = Button("Show all", "sent:t=42&s=3&v=d17")
        desk.reply = Reply(message=message("Done, and this is left:", rest), replace=True)
        await ann.press(there, "Sent")
    hands.skip(server, 900)
    again = replace(parcel(ann), doubtful_since=began)
    found = await service.messenger.find(again)
    assert found == Delivered(str(ann.dm_channel.id), str(there.id))


async def test_what_is_not_there_is_not_found(
    server: DiscordServer,
    service: DiscordService,
    desk: FakeDesk,
    ann: Person,
    hands: Hands,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    apart = discord_time(server) - hands.now()
    monkeypatch.setattr(messenger_module, "utcnow", lambda: hands.now() + apart)
    earlier = parcel(ann, "d-16-1")
    await service.messenger.send(earlier)
    hands.skip(server, 86_400)
    server.faults.next(POST, "drop-before-store")
    began = hands.now()
    assert isinstance(await service.messenger.send(parcel(ann)), Unknown)
    desk.reply = Reply(message=DIGEST)
    await ann.command("followup list")  # looks the same, but answers a command
    await service.messenger.send(parcel(ann, "c-5-1", message("News of your club")))
    hands.skip(server, 600)
    assert await service.messenger.find(replace(parcel(ann), doubtful_since=began)) is None
    assert await service.messenger.find(parcel(ann)) is None


async def test_parcels_that_look_the_same_all_arrive(service: DiscordService, ann: Person) -> None:
    for key in ("d-17-1", "d-18-1"):
        await service.messenger.send(parcel(ann, key))
    assert len(ann.dm) == 2


@pytest.mark.parametrize(("kind", "low"), [("429", 60.0), ("429-global", 60.0), ("ban", 60.0)])
async def test_discord_says_when_to_come_back(
    server: DiscordServer, service: DiscordService, ann: Person, kind: str, low: float
) -> None:
    server.faults.next(POST, kind, seconds=61.5)  # type: ignore[arg-type] # one of the kinds
    outcome = await service.messenger.send(parcel(ann))
    assert isinstance(outcome, Later)
    assert outcome.seconds >= low
    assert ann.dm == []


async def test_an_overloaded_discord_is_a_doubt(
    server: DiscordServer, service: DiscordService, ann: Person
) -> None:
    server.faults.next(POST, "503")
    assert isinstance(await service.messenger.send(parcel(ann)), Unknown)


async def test_a_conversation_that_would_not_open_is_no_doubt(
    server: DiscordServer, service: DiscordService, ann: Person, hands: Hands
) -> None:
    server.faults.next("POST *users/@me/channels", "drop-before-store", times=2)
    assert isinstance(await service.messenger.send(parcel(ann)), Later)
    hands.skip(server, 600)
    doubtful = replace(parcel(ann), doubtful_since=hands.now().replace(hour=1))
    assert isinstance(await service.messenger.find(doubtful), Later)


async def test_a_token_that_was_withdrawn_waits(
    server: DiscordServer,
    service: DiscordService,
    ann: Person,
    caplog: pytest.LogCaptureFixture,
) -> None:
    server.world.token = "another"
    assert isinstance(await service.messenger.send(parcel(ann)), Later)
    assert "DISCORD_TOKEN" in caplog.text
    assert server.token not in caplog.text


async def test_who_only_sends_needs_no_gateway(
    server: DiscordServer, desk: FakeDesk, ann: Person
) -> None:
    service = made(server, desk, listens=False)
    await service.start()
    assert isinstance(await service.messenger.send(parcel(ann)), Delivered)
    await asyncio.sleep(0.2)
    assert not service.connected
    await service.stop()
    assert server.gateway.identifies == []
    assert server.count("GET", "/users/@me") == 1


async def test_who_has_stopped_sends_nothing_and_holds_nobody_up(
    server: DiscordServer, desk: FakeDesk, ann: Person, hands: Hands
) -> None:
    service = made(server, desk, hands.now)
    await service.start()
    await service.stop()
    outcome = await service.messenger.send(parcel(ann))
    assert isinstance(outcome, Later)
    assert outcome.reach is Reach.PARCEL
    doubtful = replace(parcel(ann), doubtful_since=hands.now().replace(hour=1))
    assert isinstance(await service.messenger.find(doubtful), Later)
    assert ann.dm == []


async def test_a_server_that_is_down_is_certain(
    server: DiscordServer, service: DiscordService, ann: Person
) -> None:
    await server.stop()
    assert isinstance(await service.messenger.send(parcel(ann)), Later)


async def test_a_message_that_discord_refuses_is_dead(
    server: DiscordServer, service: DiscordService, ann: Person
) -> None:
    outcome = await service.messenger.send(parcel(ann, key="k" * 26))
    assert isinstance(outcome, Dead)
    assert "nonce" in outcome.reason
