"""Discord at its worst: what becomes of a delivery, and that nothing is sent twice or lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from discord.http import Ratelimit

from adapters.discord import messenger as messenger_module
from adapters.discord import sender as sender_module
from adapters.discord.client import FollowUpClient
from adapters.discord.manners import MANNERS
from adapters.discord.outcomes import REFUSED
from adapters.discord.service import DiscordService
from core.caller import Account, Platform
from core.domain.deliveries import Delivered, Held, Later, Outcome, Parcel, Reach, Unknown
from tests.loopback.discord import DiscordServer, Person
from tests.loopback.discord.faults import Kind
from tests.test_discord_kit import FakeDesk, Hands, made, message, running, until

POST, OPEN = "POST *messages", "POST *users/@me/channels"
LONG, SHORT = 61.5, 0.1
"""Seconds: longer and shorter than what discord.py waits out by itself."""


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with await DiscordServer.start() as made:
        yield made


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
async def service(server: DiscordServer, hands: Hands) -> AsyncIterator[DiscordService]:
    made_here = made(server, FakeDesk(), hands.now, listens=False)
    yield made_here
    await made_here.stop()
    assert server.violations == []


def people(server: DiscordServer, count: int) -> list[Person]:
    found = [server.user(f"person{number}") for number in range(count)]
    server.guild("Job club").join(*found)
    return found


@pytest.fixture
def ann(server: DiscordServer) -> Person:
    return people(server, 1)[0]


def parcel(person: Person, number: int = 1, *, known: bool = False) -> Parcel:
    account = Account(Platform.DISCORD, "", str(person.id))
    channel = str(person.dm_channel.id) if known else ""
    return Parcel(number, f"d-{number}-1", account, number, channel, message(f"Day {number}"))


async def all_sent(service: DiscordService, parcels: list[Parcel]) -> list[Outcome]:
    return await asyncio.gather(*(service.messenger.send(one) for one in parcels))


# --- what may have been stored -------------------------------------------------------


@pytest.mark.parametrize("kind", ["500", "502", "504"])
async def test_an_error_that_passes_costs_a_moment(
    server: DiscordServer, service: DiscordService, ann: Person, kind: Kind
) -> None:
    server.faults.next(POST, kind)
    assert isinstance(await service.messenger.send(parcel(ann)), Delivered)
    assert len(ann.dm) == 1


@pytest.mark.parametrize("kind", ["500", "502", "503", "504", "drop-before-store"])
async def test_an_error_that_stays_is_a_doubt(
    server: DiscordServer,
    service: DiscordService,
    ann: Person,
    monkeypatch: pytest.MonkeyPatch,
    kind: Kind,
) -> None:
    monkeypatch.setattr(messenger_module, "SEND_SECONDS", 0.5)
    server.faults.next(POST, kind, times=9)
    assert isinstance(await service.messenger.send(parcel(ann)), Unknown)


@pytest.mark.parametrize(("kind", "seconds"), [("drop-after-store", 0.0), ("delay", 1.0)])
async def test_an_answer_that_never_came_makes_no_second_message(
    server: DiscordServer,
    service: DiscordService,
    ann: Person,
    hands: Hands,
    monkeypatch: pytest.MonkeyPatch,
    kind: Kind,
    seconds: float,
) -> None:
    monkeypatch.setattr(messenger_module, "SEND_SECONDS", 0.5)
    server.faults.next(POST, kind, seconds=seconds)
    began = hands.now()
    assert isinstance(await service.messenger.send(parcel(ann)), Unknown)
    await until(lambda: len(ann.dm) == 1)
    hands.skip(server, 600)
    again = replace(parcel(ann), doubtful_since=began)
    assert await service.messenger.find(again) == Delivered(
        str(ann.dm_channel.id), str(ann.dm[0].id)
    )


@pytest.mark.parametrize("kind", ["500", "502", "503", "504", "drop-before-store", "delay"])
async def test_a_conversation_that_did_not_open_is_tried_later(
    server: DiscordServer,
    service: DiscordService,
    ann: Person,
    monkeypatch: pytest.MonkeyPatch,
    kind: Kind,
) -> None:
    monkeypatch.setattr(messenger_module, "OPEN_SECONDS", 0.5)
    server.faults.next(OPEN, kind, times=9, seconds=1.0)
    outcome = await service.messenger.send(parcel(ann))
    assert isinstance(outcome, Later)
    assert outcome.reach is Reach.PARCEL
    assert server.count("POST", "/messages") == 0


async def test_a_discord_that_is_gone_concerns_everybody(
    server: DiscordServer, service: DiscordService, ann: Person
) -> None:
    assert isinstance(await service.messenger.send(parcel(ann)), Delivered)
    known = parcel(ann, 2, known=True)
    await server.stop()
    await service.messenger.send(known)  # on a connection that was still open: a doubt
    for one in (known, parcel(ann, 3)):
        outcome = await service.messenger.send(one)
        assert isinstance(outcome, Later)
        assert outcome.reach is Reach.WORKSPACE


async def test_a_login_that_fails_is_made_up_for(
    server: DiscordServer,
    service: DiscordService,
    ann: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sender_module, "LOGIN_SECONDS", 0.5)
    server.faults.next("GET *users/@me", "delay", seconds=1.0)
    outcomes = await all_sent(service, [parcel(ann, number) for number in range(9)])
    assert all(isinstance(one, Later) and one.reach is Reach.WORKSPACE for one in outcomes)
    held_back = await service.messenger.send(parcel(ann))
    assert isinstance(held_back, Later)
    await asyncio.sleep(held_back.seconds)
    assert isinstance(await service.messenger.send(parcel(ann)), Delivered)
    assert server.count("GET", "/users/@me") == 2


async def test_a_stop_while_logging_in_is_no_fault(
    server: DiscordServer, service: DiscordService, ann: Person
) -> None:
    server.faults.next("GET *users/@me", "delay", seconds=1.0)
    sending = asyncio.create_task(service.messenger.send(parcel(ann)))
    giving_up = asyncio.create_task(service.messenger.send(parcel(ann)))
    await asyncio.sleep(0.2)
    giving_up.cancel()
    await asyncio.sleep(0.1)
    assert not sending.done()
    await service.stop()
    assert isinstance(await sending, Later)


# --- slower, please ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "opening", "sending"),
    [
        ("429", Reach.LANE, Reach.PARCEL),
        ("429-global", Reach.WORKSPACE, Reach.WORKSPACE),
        ("ban", Reach.WORKSPACE, Reach.WORKSPACE),
    ],
)
async def test_slow_down_reaches_as_far_as_it_is_meant(
    server: DiscordServer,
    service: DiscordService,
    ann: Person,
    kind: Kind,
    opening: Reach,
    sending: Reach,
) -> None:
    server.faults.next(OPEN, kind, seconds=LONG)
    outcome = await service.messenger.send(parcel(ann))
    assert isinstance(outcome, Later)
    assert (outcome.reach, outcome.seconds >= 60) == (opening, True)


@pytest.mark.parametrize(
    ("kind", "reach"),
    [("429", Reach.PARCEL), ("429-global", Reach.WORKSPACE), ("ban", Reach.WORKSPACE)],
)
async def test_slow_down_in_one_conversation(
    server: DiscordServer, service: DiscordService, ann: Person, kind: Kind, reach: Reach
) -> None:
    server.faults.next(POST, kind, seconds=LONG)
    outcome = await service.messenger.send(parcel(ann))
    assert isinstance(outcome, Later)
    assert (outcome.reach, outcome.seconds >= 60) == (reach, True)


@pytest.mark.parametrize("kind", ["429", "429-global"])
async def test_a_short_wait_is_waited_out(
    server: DiscordServer, service: DiscordService, ann: Person, kind: Kind
) -> None:
    server.faults.next(POST, kind, seconds=SHORT)
    assert isinstance(await service.messenger.send(parcel(ann)), Delivered)
    assert len(ann.dm) == 1


async def test_a_limit_of_one_conversation_holds_up_no_other(
    server: DiscordServer, service: DiscordService
) -> None:
    ann, ben = people(server, 2)
    server.faults.next(f"POST *{ann.dm_channel.id}/messages", "429", seconds=LONG)
    slow, fast = await all_sent(service, [parcel(ann, 1, known=True), parcel(ben, 2, known=True)])
    assert isinstance(slow, Later)
    assert isinstance(fast, Delivered)


async def test_thousands_of_conversations_are_not_gone_through_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks = 0

    def noted(limit: Ratelimit) -> bool:
        nonlocal looks
        looks += 1
        return False

    monkeypatch.setattr(Ratelimit, "is_inactive", noted)
    line = sender_module.Line()
    for number in range(5_000):
        line.get_ratelimit(f"conversation {number}")
    assert 0 < looks < 20_000


# --- refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("closed", Held("", parted=False)),
        ("no_mutual_guild", Held("", parted=True)),
        ("too_fast", Later(600.0, "", Reach.LANE, limited=True)),
    ],
)
async def test_refusals_of_one_person(
    service: DiscordService, ann: Person, fault: str, expected: Outcome
) -> None:
    ann.dm_fault = fault  # type: ignore[assignment] # one of its faults
    outcome = await service.messenger.send(parcel(ann))
    assert isinstance(outcome, Held | Later)
    assert replace(outcome, reason="") == expected


async def test_closed_doors_cost_one_refusal_each(
    server: DiscordServer, service: DiscordService
) -> None:
    crowd = people(server, 40)
    for person in crowd:
        person.dm_fault = "closed"
    parcels = [parcel(person, number) for number, person in enumerate(crowd)]
    assert all(isinstance(one, Held) for one in await all_sent(service, parcels))
    assert server.world.invalid_requests == len(parcels)


async def test_doubts_about_closed_doors_cost_one_refusal_each_as_well(
    server: DiscordServer, service: DiscordService, ann: Person, hands: Hands
) -> None:
    ann.dm_fault = "too_fast"
    doubtful = replace(parcel(ann), doubtful_since=hands.now().replace(hour=1))
    outcome = await service.messenger.find(doubtful)
    assert isinstance(outcome, Later)
    assert outcome.reach is Reach.LANE
    assert server.world.invalid_requests == 1


async def test_a_withdrawn_token_costs_one_refusal_each_and_then_none(
    server: DiscordServer,
    service: DiscordService,
    caplog: pytest.LogCaptureFixture,
) -> None:
    crowd = people(server, 40)
    assert isinstance(await service.messenger.send(parcel(crowd[0], 99)), Delivered)
    server.world.token = "another"
    parcels = [parcel(person, number, known=True) for number, person in enumerate(crowd)]
    for outcome in await all_sent(service, parcels):
        assert isinstance(outcome, Later)
        assert outcome.reach is Reach.WORKSPACE
    assert server.world.invalid_requests <= len(parcels)
    server.world.invalid_requests = 0
    for outcome in await all_sent(service, parcels):
        assert isinstance(outcome, Later)
        assert 200 < outcome.seconds <= REFUSED.seconds
    assert server.world.invalid_requests == 0
    assert caplog.text.count("DISCORD_TOKEN") == 1


async def test_a_wrong_token_costs_one_refusal(server: DiscordServer) -> None:
    crowd = people(server, 20)
    service = made(server, FakeDesk(), token="wrong")
    await service.start()
    parcels = [parcel(person, number) for number, person in enumerate(crowd)]
    for _ in range(3):
        assert all(isinstance(one, Later) for one in await all_sent(service, parcels))
    assert not service.connected
    await service.stop()
    assert server.world.invalid_requests == 1
    assert server.gateway.identifies == []


async def test_a_token_that_works_again_is_used_again(
    server: DiscordServer,
    service: DiscordService,
    ann: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sender_module, "REFUSED", replace(REFUSED, seconds=0.2))
    server.world.token = "another"
    assert isinstance(await service.messenger.send(parcel(ann)), Later)
    server.world.token = server.token
    await asyncio.sleep(0.3)
    assert isinstance(await service.messenger.send(parcel(ann)), Delivered)


def test_what_we_allow_ourselves_is_far_from_a_ban() -> None:
    refusals = MANNERS.refusals
    assert refusals is not None
    at_most = refusals.burst + refusals.per_second * 600
    assert at_most * 5 < 10_000  # discord.py shows a 429 up to five times to Discord
    assert MANNERS.pace.per_second < 50


# --- the gateway ---------------------------------------------------------------------


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the 5 s that discord.py waits before it begins a session again."""

    async def at_once(self: FollowUpClient, shard: int | None, *, initial: bool = False) -> None:
        del self, shard, initial

    monkeypatch.setattr(FollowUpClient, "before_identify_hook", at_once)


async def test_what_comes_while_the_connection_is_cut_is_answered(
    server: DiscordServer, ann: Person
) -> None:
    async with running(server, FakeDesk()) as service:
        await server.wait_for_commands()
        server.world.response_seconds = 10.0
        server.gateway.drop()
        answer = await ann.command("followup list", patience=10.0)
        assert answer.text == "Fine."
        assert service.connected
    assert (server.gateway.resumes, len(server.gateway.identifies)) == (1, 1)


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("how", ["invalid", "forgotten"])
async def test_a_lost_session_begins_anew(server: DiscordServer, ann: Person, how: str) -> None:
    async with running(server, FakeDesk()) as service:
        await server.wait_for_commands()
        if how == "invalid":
            server.gateway.invalidate()
        else:
            server.gateway.drop(forget=True)
        await until(lambda: len(server.gateway.identifies) == 2 and service.connected)
        assert (await ann.command("followup list")).text == "Fine."
    assert server.gateway.resumes == 0


async def test_sending_goes_on_while_the_gateway_is_away(
    server: DiscordServer, ann: Person
) -> None:
    server.gateway.refuse = True
    service = made(server, FakeDesk())
    await service.start()
    assert isinstance(await service.messenger.send(parcel(ann)), Delivered)
    assert not service.connected
    await service.stop()
