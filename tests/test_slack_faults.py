"""What Slack and the network can do to a message, and what the messenger makes of it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.slack import reasons
from adapters.slack.client import web_client
from adapters.slack.messenger import SlackMessenger
from core.caller import Account, Platform
from core.domain.deliveries import Dead, Delivered, Held, Later, Outcome, Parcel, Reach, Unknown
from tests.loopback.slack import Person, SlackServer
from tests.stages.slack_bench import message, messenger_for, parcel, wall_clock

PARCEL = parcel(message("Your digest."))
OPEN, POST, HISTORY = "conversations.open", "chat.postMessage", "conversations.history"
SLOWLY = Later(17.0, "Slack asks us to slow down", Reach.LANE, limited=True)


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


@pytest.mark.parametrize("kind", ["drop-after-store", "500-after-store"])
async def test_a_lost_answer_is_found(
    messenger: SlackMessenger, server: SlackServer, dana: Person, kind: str
) -> None:
    server.faults.next(POST, kind)
    assert isinstance(await messenger.send(PARCEL), Unknown)
    (shown,) = dana.sees
    assert await messenger.find(doubtful()) == Delivered(dana.dm.id, shown.ts)


@pytest.mark.parametrize("kind", ["drop-before-store", "500", "502", "503"])
async def test_what_never_arrived_is_not_found(
    messenger: SlackMessenger, server: SlackServer, dana: Person, kind: str
) -> None:
    server.faults.next(POST, kind)
    assert isinstance(await messenger.send(PARCEL), Unknown)
    assert await messenger.find(doubtful()) is None
    assert dana.sees == []


async def test_an_answer_that_takes_too_long_is_found(server: SlackServer, dana: Person) -> None:
    server.faults.next(POST, "delay-after-store", seconds=2)
    async with messenger_for(server, seconds=0.5) as messenger:
        assert isinstance(await messenger.send(PARCEL), Unknown)
        assert isinstance(await messenger.find(doubtful()), Delivered)


async def test_what_slack_does_late_is_found_once_it_is_done(
    server: SlackServer, dana: Person
) -> None:
    server.faults.next(POST, "delay", seconds=1)
    async with messenger_for(server, seconds=0.5) as messenger:
        assert isinstance(await messenger.send(PARCEL), Unknown)
        await dana.wait_for("Your digest.")
        assert isinstance(await messenger.find(doubtful()), Delivered)


async def test_a_slow_lookup_leaves_the_doubt(server: SlackServer, dana: Person) -> None:
    server.faults.next(HISTORY, "delay", seconds=1)
    async with messenger_for(server, seconds=0.5) as messenger:
        assert isinstance(await messenger.find(doubtful()), Unknown)


@pytest.mark.parametrize("channel", ["", "DU1"])
async def test_without_a_connection_nothing_was_sent_and_nobody_can_be(channel: str) -> None:
    messenger = SlackMessenger(web_client("xoxb-1", "http://127.0.0.1:9/api/"), wall_clock)
    away = Later(30.0, "Slack can't be reached", Reach.WORKSPACE)
    parcel = replace(PARCEL, channel=channel)
    assert await messenger.send(parcel) == away
    assert await messenger.find(doubtful(parcel)) == away


@pytest.mark.parametrize("method", [OPEN, POST])
async def test_a_rate_limit_holds_the_lane_back(
    messenger: SlackMessenger, server: SlackServer, dana: Person, method: str
) -> None:
    server.faults.next(method, "429", retry_after=17)
    assert await messenger.send(PARCEL) == SLOWLY
    assert isinstance(await messenger.send(PARCEL), Delivered)
    assert len(dana.sees) == 1


async def test_limits_as_slack_has_them_are_kept_to(
    messenger: SlackMessenger, server: SlackServer, dana: Person
) -> None:
    server.limits.like_slack()
    assert isinstance(await messenger.send(PARCEL), Delivered)
    refused = await messenger.send(replace(PARCEL, key="d18"))
    assert refused == replace(SLOWLY, seconds=1.0)
    assert len(dana.sees) == 1


@pytest.mark.parametrize(("asked", "waited"), [(0, 1.0), (10**9, 3600.0)])
async def test_no_wait_is_too_short_or_too_long(
    messenger: SlackMessenger, server: SlackServer, dana: Person, asked: int, waited: float
) -> None:
    server.faults.next(POST, "429", retry_after=asked)
    assert await messenger.send(PARCEL) == replace(SLOWLY, seconds=waited)


@pytest.mark.parametrize("kind", ["500", "drop-before-store", "502"])
async def test_a_failed_opening_leaves_no_doubt(
    messenger: SlackMessenger, server: SlackServer, dana: Person, kind: str
) -> None:
    server.faults.next(OPEN, kind)
    outcome = await messenger.send(PARCEL)
    assert isinstance(outcome, Later)
    assert outcome.reach is Reach.PARCEL


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("message_limit_exceeded", replace(SLOWLY, seconds=30.0)),
        ("service_unavailable", Later(30.0, "Slack is busy", Reach.WORKSPACE)),
        ("team_added_to_org", Later(30.0, "Slack is busy", Reach.WORKSPACE)),
        ("user_disabled", Held("your Slack account was deactivated")),
        ("is_archived", Held("our conversation in Slack was archived")),
        ("restricted_action", Held("the workspace did not let me write to you")),
        ("some_new_policy", Held("Slack did not let me write to you (some_new_policy)")),
        ("invalid_blocks", Dead("Slack refuses the message: invalid_blocks")),
        ("fatal_error", Unknown("Slack answered fatal_error")),
    ],
)
async def test_each_refusal_has_its_outcome(
    messenger: SlackMessenger, server: SlackServer, dana: Person, code: str, outcome: Outcome
) -> None:
    server.faults.next(POST, "error", error=code)
    assert await messenger.send(PARCEL) == outcome


def test_reasons_read_well_in_the_sentence_that_members_see() -> None:
    for reason in reasons.MEMBERS.values():
        assert "_" not in reason
        assert not reason.endswith(".")
    assert not reasons.MEMBERS.keys() & reasons.OPERATORS.keys()


async def test_people_who_cannot_be_reached(
    messenger: SlackMessenger, server: SlackServer, dana: Person
) -> None:
    dana.user.deleted = True
    gone = Held("your Slack account was deactivated")
    assert await messenger.send(PARCEL) == gone
    assert await messenger.find(doubtful()) == gone
    stranger = replace(PARCEL, to=Account(Platform.SLACK, "T1", "U404"))
    assert await messenger.send(stranger) == Held("Slack did not find your account")
    robot = replace(PARCEL, to=Account(Platform.SLACK, "T1", server.team().bot_user_id))
    assert await messenger.send(robot) == Held("Slack says that the account is a bot's")
    server.ledger.refusals.clear()


async def test_a_dead_conversation_is_told_by_its_person(
    messenger: SlackMessenger, dana: Person
) -> None:
    dana.dm.archived = dana.user.deleted = True
    known = replace(PARCEL, channel=dana.dm.id)
    assert await messenger.send(known) == Held("your Slack account was deactivated")


async def test_messages_can_be_switched_off(
    messenger: SlackMessenger, server: SlackServer, dana: Person
) -> None:
    server.team().messages_tab = False
    assert await messenger.send(PARCEL) == Held("messages from me were switched off in Slack")


async def test_a_conversation_that_is_never_found(
    messenger: SlackMessenger, server: SlackServer, dana: Person
) -> None:
    server.faults.always(POST, "error", error="channel_not_found")
    parcel = replace(PARCEL, channel=dana.dm.id)
    assert await messenger.send(parcel) == Held("Slack did not find our conversation")
    assert len(server.calls_of(OPEN)) == 1


@pytest.mark.parametrize(
    ("code", "fix"),
    [
        ("account_inactive", "set SLACK_BOT_TOKEN to the new token"),
        ("invalid_auth", "SLACK_BOT_TOKEN is not accepted: copy it anew"),
        ("not_authed", "SLACK_BOT_TOKEN is empty"),
        ("token_expired", "SLACK_BOT_TOKEN has expired"),
        ("token_revoked", "SLACK_BOT_TOKEN was revoked: install it again"),
    ],
)
async def test_a_bad_token_is_nobodys_fault_who_should_get_a_message(
    server: SlackServer, dana: Person, caplog: pytest.LogCaptureFixture, code: str, fix: str
) -> None:
    server.team().token_error = code
    refused = Later(600.0, f"Slack refuses the bot: {code}", Reach.WORKSPACE)
    async with messenger_for(server) as messenger:
        for channel in ("", dana.dm.id):
            parcel = replace(PARCEL, channel=channel)
            assert await messenger.send(parcel) == refused
            assert await messenger.find(doubtful(parcel)) == refused
    server.ledger.refusals.clear()
    (said,) = caplog.records
    assert said.levelno == logging.ERROR
    assert fix in said.getMessage()
    assert "xoxb-T1" not in caplog.text


async def test_the_same_trouble_is_told_again_after_a_while(
    messenger: SlackMessenger,
    server: SlackServer,
    dana: Person,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server.team().token_error = "token_revoked"
    monkeypatch.setattr(reasons, "SILENCE", 0.0)
    for _ in range(2):
        await messenger.send(PARCEL)
    assert len(caplog.records) == 2


async def test_a_missing_scope_is_for_whoever_runs_the_bot(
    messenger: SlackMessenger,
    server: SlackServer,
    dana: Person,
    caplog: pytest.LogCaptureFixture,
) -> None:
    server.team().scopes.remove("im:history")
    assert isinstance(await messenger.send(PARCEL), Delivered)
    looked = await messenger.find(doubtful())
    assert looked == Later(600.0, "Slack refuses the bot: missing_scope", Reach.WORKSPACE)
    assert "SLACK_BOT_TOKEN lacks a scope: `python -m bot check` says which" in caplog.text
    server.ledger.refusals.clear()


@pytest.mark.parametrize("method", [OPEN, HISTORY])
@pytest.mark.parametrize("kind", ["500", "502", "drop-before-store"])
async def test_what_cannot_be_looked_for_stays_in_doubt(
    messenger: SlackMessenger, server: SlackServer, dana: Person, method: str, kind: str
) -> None:
    server.faults.next(method, kind, times=2)  # aiohttp asks again once, where that is harmless
    assert isinstance(await messenger.find(doubtful()), Unknown)


@pytest.mark.parametrize("method", [OPEN, HISTORY])
async def test_a_lookup_waits_as_long_as_slack_says(
    messenger: SlackMessenger, server: SlackServer, dana: Person, method: str
) -> None:
    server.faults.next(method, "429", retry_after=17)
    assert await messenger.find(doubtful()) == SLOWLY


@pytest.mark.parametrize("code", ["invalid_arguments", "some_new_policy", "fatal_error"])
async def test_a_refused_lookup_says_nothing_about_the_message(
    messenger: SlackMessenger, server: SlackServer, dana: Person, code: str
) -> None:
    server.faults.next(HISTORY, "error", error=code)
    assert await messenger.find(doubtful()) == Unknown(f"no lookup in Slack: {code}")
