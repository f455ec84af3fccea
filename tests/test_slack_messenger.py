"""Parcels sent once each, whatever Slack or the network does to them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.slack.client import web_client
from adapters.slack.messenger import SlackMessenger
from core.caller import Account, Platform
from core.domain.deliveries import Dead, Delivered, Held, Later, Messenger, Outcome, Parcel, Unknown
from tests.loopback.slack import Person, SlackServer
from tests.stages.slack_bench import message, parcel, wall_clock

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
def messenger(server: SlackServer) -> SlackMessenger:
    return SlackMessenger(web_client(server.team().bot_token, server.api_url), wall_clock)


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


async def test_a_stale_channel_is_opened_anew(
    messenger: SlackMessenger, server: SlackServer, dana: Person
) -> None:
    outcome = await messenger.send(replace(PARCEL, channel="D404"))
    assert isinstance(outcome, Delivered)
    assert len(dana.sees) == 1


@pytest.mark.parametrize("kind", ["drop-after-store", "500-after-store"])
async def test_a_lost_answer_is_found(
    messenger: SlackMessenger, server: SlackServer, dana: Person, kind: str
) -> None:
    server.faults.next("chat.postMessage", kind)
    assert isinstance(await messenger.send(PARCEL), Unknown)
    (shown,) = dana.sees
    assert await messenger.find(doubtful()) == Delivered(dana.dm.id, shown.ts)


@pytest.mark.parametrize("kind", ["drop-before-store", "500", "502", "503"])
async def test_what_never_arrived_is_not_found(
    messenger: SlackMessenger, server: SlackServer, dana: Person, kind: str
) -> None:
    server.faults.next("chat.postMessage", kind)
    assert isinstance(await messenger.send(PARCEL), Unknown)
    assert await messenger.find(doubtful()) is None
    assert dana.sees == []


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


@pytest.mark.parametrize("method", ["conversations.open", "chat.postMessage"])
async def test_a_rate_limit_says_when(
    messenger: SlackMessenger, server: SlackServer, dana: Person, method: str
) -> None:
    server.faults.next(method, "429", retry_after=17)
    outcome = await messenger.send(PARCEL)
    assert isinstance(outcome, Later)
    assert outcome.seconds == 17.0


@pytest.mark.parametrize("method", ["conversations.open", "conversations.history"])
@pytest.mark.parametrize("kind", ["429", "502", "drop-before-store"])
async def test_what_cannot_be_looked_for_stays_in_doubt(
    messenger: SlackMessenger, server: SlackServer, dana: Person, method: str, kind: str
) -> None:
    server.faults.next(method, kind, times=2)  # aiohttp asks again once, where that is harmless
    assert isinstance(await messenger.find(doubtful()), Unknown)


async def test_without_a_connection_nothing_was_sent() -> None:
    messenger = SlackMessenger(web_client("xoxb-1", "http://127.0.0.1:9/api/"), wall_clock)
    for channel in ("", "D1"):
        parcel = doubtful(replace(PARCEL, channel=channel))
        assert isinstance(await messenger.send(parcel), Later)
        assert isinstance(await messenger.find(parcel), Unknown)


@pytest.mark.parametrize("kind", ["500", "drop-before-store", "502"])
async def test_a_failed_opening_leaves_no_doubt(
    messenger: SlackMessenger, server: SlackServer, dana: Person, kind: str
) -> None:
    server.faults.next("conversations.open", kind)
    assert isinstance(await messenger.send(PARCEL), Later)


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("account_inactive", Held("account_inactive")),
        ("messages_tab_disabled", Held("messages_tab_disabled")),
        ("is_archived", Held("is_archived")),
        ("token_revoked", Held("token_revoked")),
        ("some_new_policy", Held("some_new_policy")),
        ("invalid_auth", Later(600.0, "invalid_auth")),
        ("invalid_blocks", Dead("invalid_blocks")),
        ("fatal_error", Unknown("Slack answered fatal_error")),
        ("service_unavailable", Later(30.0, "Slack asks us to slow down")),
    ],
)
async def test_each_refusal_has_its_outcome(
    messenger: SlackMessenger, server: SlackServer, dana: Person, code: str, outcome: Outcome
) -> None:
    server.faults.next("chat.postMessage", "error", error=code)
    assert await messenger.send(PARCEL) == outcome


async def test_people_who_cannot_be_reached(
    messenger: SlackMessenger, server: SlackServer, dana: Person
) -> None:
    dana.user.deleted = True
    assert await messenger.send(PARCEL) == Held("user_disabled")
    stranger = replace(PARCEL, account=Account(Platform.SLACK, "T1", "U404"))
    assert await messenger.send(stranger) == Held("user_not_found")
    robot = replace(PARCEL, account=Account(Platform.SLACK, "T1", server.team().bot_user_id))
    assert await messenger.send(robot) == Held("cannot_dm_bot")
    server.ledger.refusals.clear()
