"""The numbers: what each means, that they start at zero, and that none names anybody."""

from __future__ import annotations

import asyncio
import math
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import Answer, LoopLag, Metrics
from core.caller import Account, Platform
from core.domain.deliveries import (
    Dead,
    Delivered,
    Held,
    Later,
    Outcome,
    Parcel,
    Unknown,
)
from core.overview import Glance
from core.reply import Message

NOW = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
PARCEL = Parcel(
    17, "d17-1795503600", Account(Platform.SLACK, "T0WORK", "U0DANA"), 5, "D0DANA", Message(())
)
OPERATING = Path(__file__).parent.parent / "docs" / "operating.md"
A_SECOND = 1.0


def families(metrics: Metrics) -> list[Metric]:
    """What a scrape reads."""
    text, content_type = metrics.render()
    assert content_type.startswith("text/plain; version=0.0.4")
    return list(text_string_to_metric_families(text.decode()))


def value(metrics: Metrics, name: str, **labels: str) -> float:
    """One number by its name and all of its labels."""
    (found,) = (
        sample.value
        for family in families(metrics)
        for sample in family.samples
        if sample.name == name and sample.labels == labels
    )
    return found


@pytest.mark.parametrize(
    ("outcome", "end"),
    [
        (Delivered("D1", "m1"), "sent"),
        (Held("their direct messages are closed"), "held"),
        (Dead("refused"), "dead"),
        (Later(5, "not reached"), "later"),
        (Unknown("no answer"), "unknown"),
    ],
)
def test_attempts_are_counted_by_what_came_of_them(outcome: Outcome, end: str) -> None:
    metrics = Metrics()
    assert value(metrics, "squeaky_deliveries_total", platform="slack", outcome=end) == 0
    metrics.delivered(PARCEL, outcome, 3)
    assert value(metrics, "squeaky_deliveries_total", platform="slack", outcome=end) == 1
    assert value(metrics, "squeaky_deliveries_total", platform="discord", outcome=end) == 0


def test_lateness_is_of_what_arrived_alone() -> None:
    metrics = Metrics()
    metrics.delivered(PARCEL, Later(5, "not reached"), 2)
    metrics.delivered(PARCEL, Delivered("D1", "m1"), 70)
    metrics.delivered(PARCEL, Delivered("D1", "m1"), -0.5)
    assert value(metrics, "squeaky_lateness_seconds_count", platform="slack") == 2
    assert value(metrics, "squeaky_lateness_seconds_sum", platform="slack") == 70
    assert value(metrics, "squeaky_lateness_seconds_bucket", platform="slack", le="60.0") == 1
    assert value(metrics, "squeaky_lateness_seconds_bucket", platform="slack", le="300.0") == 2


def test_only_too_fast_is_a_rate_limit() -> None:
    metrics = Metrics()
    metrics.delivered(PARCEL, Later(5, "not reached"), 2)
    metrics.delivered(PARCEL, Later(5, "slow down", limited=True), 2)
    assert value(metrics, "squeaky_rate_limits_total", platform="slack") == 1
    assert value(metrics, "squeaky_rate_limits_total", platform="discord") == 0


def test_what_else_is_counted() -> None:
    metrics = Metrics()
    metrics.planned(3)
    metrics.planned(2)
    metrics.asked(Answer.ANSWERED)
    metrics.asked(Answer.REFUSED)
    metrics.asked(Answer.REFUSED)
    metrics.tick_failed()
    metrics.connected(Platform.SLACK, True)
    metrics.connected(Platform.DISCORD, True)
    metrics.connected(Platform.DISCORD, False)
    assert value(metrics, "squeaky_planned_total") == 5
    assert [value(metrics, "squeaky_requests_total", outcome=answer) for answer in Answer] == [
        1,
        2,
        0,
    ]
    assert value(metrics, "squeaky_ticks_failed_total") == 1
    assert value(metrics, "squeaky_connected", platform="slack") == 1
    assert value(metrics, "squeaky_connected", platform="discord") == 0


def test_the_gauges_are_as_last_seen_and_no_numbers_when_the_database_is_away() -> None:
    metrics = Metrics()
    gauges = (
        "squeaky_deliveries_owed",
        "squeaky_members_held",
        "squeaky_deliveries_dead",
        "squeaky_oldest_unsent_seconds",
    )
    metrics.glanced(Glance(NOW, 4, NOW - timedelta(seconds=90), NOW, 2, 1))
    assert [value(metrics, name) for name in gauges] == [4, 2, 1, 90]
    metrics.glanced(Glance(NOW, 0, None, None, 0, 0))
    assert [value(metrics, name) for name in gauges] == [0, 0, 0, 0]
    assert value(metrics, "squeaky_database_up") == 1
    metrics.glanced(None)
    assert all(math.isnan(value(metrics, name)) for name in gauges)
    assert value(metrics, "squeaky_database_up") == 0


def test_each_bot_counts_for_itself() -> None:
    first, second = Metrics(), Metrics()
    first.tick_failed()
    assert value(second, "squeaky_ticks_failed_total") == 0


def test_no_number_names_anybody() -> None:
    metrics = Metrics([Platform.SLACK])
    metrics.delivered(PARCEL, Held("U0DANA is not reached"), 3)
    metrics.delivered(PARCEL, Later(5, "T0WORK is slow"), 3)
    text = metrics.render()[0].decode()
    assert not re.search("U0DANA|D0DANA|T0WORK|d17", text)
    known = {
        "platform": {"slack"},
        "outcome": {"sent", "held", "dead", "later", "unknown", *Answer},
    }
    for family in families(metrics):
        for sample in family.samples:
            for label, found in sample.labels.items():
                assert label in {"le", *known} or family.name.startswith("python_")
                assert label == "le" or found in known[label]


def test_the_docs_have_every_number() -> None:
    described = OPERATING.read_text(encoding="utf-8")
    ours = {family.name for family in families(Metrics()) if family.name.startswith("squeaky_")}
    ours = {name for name in ours if not name.endswith("_created")}
    in_docs = set(re.findall(r"`(squeaky_[a-z_]+)`", described))
    assert {name.removesuffix("_total") for name in in_docs} == ours


async def test_a_blocked_loop_is_noticed() -> None:
    lags: list[float] = []
    looked = asyncio.Event()

    def note(seconds: float) -> None:
        lags.append(seconds)
        looked.set()

    lag = LoopLag(note, every=0.01)
    lag.start()
    await asyncio.wait_for(looked.wait(), 10)
    time.sleep(A_SECOND)  # noqa: ASYNC251 - this is what must be noticed
    looked.clear()
    await asyncio.wait_for(looked.wait(), 10)
    await lag.stop()
    assert lag.worst == max(lags) > A_SECOND / 2
    seen = len(lags)
    await asyncio.sleep(0.05)
    assert len(lags) == seen


async def test_what_never_started_can_be_stopped() -> None:
    lag = LoopLag(Metrics().lagged)
    await lag.stop()
    assert lag.worst == 0
