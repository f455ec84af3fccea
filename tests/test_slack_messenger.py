"""Parcels sent once each, whatever Slack or the network does to them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.slack.client import web_client
from adapters.slack.messenger import SlackMessenger
from core.domain.deliveries import Delivered, Messenger, Outcome, Parcel, Unknown
from tests.loopback.slack import Person, SlackServer
from tests.stages.slack_bench import message, messenger_for, parcel, wall_clock

PARCEL = parcel(message("Your digest."))


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with SlackServer() as server:
        server.team()
        yield server
        server.assert_clean()


@pytest.fixture
async def dana(server: SlackServer) -> Person:
    return server.user("U1", "dana")


@pytest.fixture
async def messenger(server: SlackServer) -> AsyncIterator[SlackMessenger]:
    async with messenger_for(server) as messenger:
        yield messenger


def doubtful(parcel: Parcel = PARCEL) -> Parcel:
    return replace(parcel, doubtful_since=wall_clock() - timedelta(minutes=1))


async def test_a_parcel_arrives(messenger: SlackMessenger, dana: Person) -> None:
    courier_sees: Messenger = messenger
    outcome = await courier_sees.send(PARCEL)
    (shown,) = dana.sees
    assert outcome == Delivered(dana.dm.id, shown.ts)
    assert shown.text_form() == shown.notification == "Your digest."
    assert shown.metadata == {"event_type": "squeaky_delivery", "event_payload": {"key": "d17"}}


async def test_a_known_channel_is_used(
    messenger: SlackMessenger, server: SlackServer, dana: Person
) -> None:
    await messenger.send(replace(PARCEL, channel=dana.dm.id))
    assert not server.calls_of("conversations.open")
    assert len(dana.sees) == 1


async def test_a_stale_channel_is_opened_anew(messenger: SlackMessenger, dana: Person) -> None:
    stale = replace(PARCEL, channel="D404")
    outcome = await messenger.send(stale)
    assert isinstance(outcome, Delivered)
    assert len(dana.sees) == 1
    assert await messenger.find(doubtful(stale)) == outcome


async def test_many_share_a_few_connections(server: SlackServer, dana: Person) -> None:
    async with messenger_for(server) as messenger:
        hands = asyncio.Semaphore(10)

        async def send(number: int) -> Outcome:
            async with hands:
                return await messenger.send(replace(PARCEL, key=f"d{number}", channel=dana.dm.id))

        outcomes = await asyncio.gather(*map(send, range(50)))
    assert all(isinstance(outcome, Delivered) for outcome in outcomes)
    assert server.callers == 10


async def test_only_its_own_key_is_found(messenger: SlackMessenger, dana: Person) -> None:
    await messenger.send(replace(PARCEL, key="d16"))
    assert await messenger.find(doubtful()) is None


async def test_every_page_is_looked_through(
    messenger: SlackMessenger, server: SlackServer, dana: Person
) -> None:
    await messenger.send(PARCEL)
    for number in range(150):
        server.world.post(dana.dm, dana.id, f"message {number}")
    assert isinstance(await messenger.find(doubtful()), Delivered)
    assert len(server.calls_of("conversations.history")) == 2


async def test_a_full_channel_leaves_the_doubt(
    messenger: SlackMessenger, server: SlackServer, dana: Person
) -> None:
    for number in range(2001):
        server.world.post(dana.dm, dana.id, f"message {number}")
    assert isinstance(await messenger.find(doubtful()), Unknown)


async def test_a_bot_clock_set_elsewhere_finds_it_too(server: SlackServer, dana: Person) -> None:
    web = web_client(server.team().bot_token, server.api_url)
    for days in (-400, 400):
        shift = timedelta(days=days)
        messenger = SlackMessenger(web, lambda shift=shift: wall_clock() + shift)  # type: ignore[misc]
        key = f"d{days}"
        await messenger.send(replace(PARCEL, key=key))
        since = wall_clock() + shift - timedelta(seconds=5)
        found = await messenger.find(replace(PARCEL, key=key, doubtful_since=since))
        assert isinstance(found, Delivered)


async def test_a_bot_clock_that_was_hours_ahead_at_the_attempt_finds_it_too(
    messenger: SlackMessenger, dana: Person
) -> None:
    await messenger.send(PARCEL)
    wrong = wall_clock() + timedelta(hours=3)
    assert isinstance(await messenger.find(replace(PARCEL, doubtful_since=wrong)), Delivered)
