"""Whatever reaches the address that Slack calls gets an answer that is no breakdown."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzzing import TYPES, Faults, client, fuzz, texts, watched
from tests.loopback.slack import SlackServer
from tests.loopback.slack.httpmode import signature
from tests.stages.slack_bench import SECRET, DeskDouble, service_for, serving

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(texts, inside, max_size=3),
    max_leaves=6,
)
KEYS = (
    "type",
    "payload",
    "command",
    "text",
    "team",
    "team_id",
    "user",
    "user_id",
    "channel",
    "event",
    "event_id",
    "authorizations",
    "view",
    "actions",
    "message",
    "response_urls",
    "enterprise",
    "is_ext_shared_channel",
    "ssl_check",
    "challenge",
    "trigger_id",
    "callback_id",
    "container",
    "assistant_thread",
    "function_data",
    "item",
)
KINDS = (
    "event_callback",
    "block_actions",
    "view_submission",
    "view_closed",
    "block_suggestion",
    "shortcut",
    "message_action",
    "url_verification",
)
bodies = st.dictionaries(st.sampled_from(KEYS), JSON_VALUES | st.sampled_from(KINDS), max_size=6)
broken = st.one_of(
    st.binary(max_size=80),
    JSON_VALUES.map(lambda value: json.dumps(value).encode()),
    JSON_VALUES.map(lambda value: json.dumps(value).encode()[:-1]),
    JSON_VALUES.map(lambda value: urlencode({"payload": json.dumps(value)}).encode()),
    st.sampled_from([b"[" * 20_000, b'{"a":' * 20_000, b"payload=" + b"[" * 20_000, b"payload"]),
)
"""Bodies that are no request of any kind."""
raw = st.one_of(
    broken,
    bodies.map(lambda body: json.dumps(body).encode()),
    bodies.map(lambda body: urlencode({"payload": json.dumps(body)}).encode()),
)
types = st.sampled_from(TYPES)
stamps = st.sampled_from(["now", "", "x", "²", "-1", "1", "9" * 400, "1e9", "NaN"])
signatures = st.sampled_from(["right", "", "v0=", "v0=é", "x" * 5000, "v0=" + "0" * 64])


@pytest.fixture
def faults() -> Iterator[Faults]:
    yield from watched()


@pytest.fixture
async def slack() -> AsyncIterator[tuple[str, ClientSession]]:
    """The adapter over HTTP; the address that Slack calls."""
    async with SlackServer() as server:
        service = service_for(server, DeskDouble(), http=True)
        await service.start()
        try:
            async with serving(service) as url, client() as http:
                yield f"{url}/slack/events", http
        finally:
            await service.stop()


@fuzz(300)
@given(raw, types, stamps, signatures, st.booleans())
async def test_what_slack_has_not_signed(
    slack: tuple[str, ClientSession],
    faults: Faults,
    body: bytes,
    kind: str,
    stamp: str,
    signed: str,
    packed: bool,
) -> None:
    url, http = slack
    now = str(int(time.time())) if stamp == "now" else stamp
    wrong = "v0=" + "1" * 64 if signed == "right" else signed
    headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": now, "X-Slack-Signature": wrong}
    if packed:
        headers["Content-Encoding"] = "gzip"
    async with http.post(url, data=body, headers=headers) as answer:
        assert answer.status in ((400, 401) if packed else (401,)), await answer.text()
    faults.none()


@fuzz(200)
@given(broken, types)
async def test_what_slack_has_signed_and_nobody_understands(
    slack: tuple[str, ClientSession], faults: Faults, body: bytes, kind: str
) -> None:
    url, http = slack
    now = str(int(time.time()))
    try:
        signed = signature(SECRET, now, body.decode())
    except UnicodeDecodeError:
        signed = "v0=" + "0" * 64
    headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": now, "X-Slack-Signature": signed}
    async with http.post(url, data=body, headers=headers) as answer:
        assert answer.status < 500, await answer.text()
    faults.none()


async def test_a_packed_bomb_is_not_unpacked(slack: tuple[str, ClientSession]) -> None:
    url, http = slack
    bomb = gzip.compress(b"\0" * 50_000_000)
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    async with http.post(url, data=bomb, headers=headers) as answer:
        assert answer.status == 413
