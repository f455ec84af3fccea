"""The clock, which never goes back, and the ticker, which nothing stops but a stop."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import Clock, Ticker

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
A_MOMENT = timedelta(seconds=5)
OFTEN = 0.01


def test_the_time_is_the_systems_and_aware() -> None:
    before = datetime.now(UTC)  # noqa: TID251 - what the clock is compared with
    now = Clock().now()
    assert before <= now <= before + A_MOMENT
    assert now.utcoffset() == timedelta(0)


def test_it_can_start_elsewhere_and_runs_on() -> None:
    clock = Clock(START)
    first, second = clock.now(), clock.now()
    assert START <= first <= second <= START + A_MOMENT


@pytest.mark.parametrize("step", [timedelta(minutes=1), timedelta(days=1), timedelta(days=400)])
def test_it_moves_on_and_runs_on_from_there(step: timedelta) -> None:
    clock = Clock(START)
    clock.move_to(START + step)
    assert START + step <= clock.now() <= START + step + A_MOMENT


def test_it_does_not_go_back() -> None:
    clock = Clock(START)
    clock.move_to(START + timedelta(days=1))
    with pytest.raises(ValueError, match="does not go back"):
        clock.move_to(START)
    assert clock.now() >= START + timedelta(days=1)


async def test_the_first_tick_comes_at_once() -> None:
    ticked = asyncio.Event()

    async def tick() -> None:
        ticked.set()

    ticker = Ticker(tick, seconds=3600)
    ticker.start()
    await asyncio.wait_for(ticked.wait(), 5)
    await ticker.stop()


async def test_a_tick_that_fails_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    ticks: list[int] = []
    enough = asyncio.Event()

    async def tick() -> None:
        ticks.append(1)
        if len(ticks) == 3:
            enough.set()
        raise RuntimeError("Dana Lee @ Acme")

    ticker = Ticker(tick, OFTEN)
    with caplog.at_level(logging.ERROR, "bot.clock"):
        ticker.start()
        await asyncio.wait_for(enough.wait(), 5)
        await ticker.stop()
    assert "tick failed: RuntimeError" in caplog.text
    assert "Dana Lee" not in caplog.text


async def test_ticks_never_overlap() -> None:
    running, most = 0, 0
    done = asyncio.Event()
    count = 0

    async def tick() -> None:
        nonlocal running, most, count
        running += 1
        most = max(most, running)
        await asyncio.sleep(5 * OFTEN)
        running -= 1
        count += 1
        if count == 3:
            done.set()

    ticker = Ticker(tick, OFTEN)
    ticker.start()
    await asyncio.wait_for(done.wait(), 5)
    await ticker.stop()
    assert most == 1


async def test_a_stop_finishes_the_tick_under_way_and_no_other_begins() -> None:
    begun, ended = [], []
    under_way = asyncio.Event()

    async def tick() -> None:
        begun.append(1)
        under_way.set()
        await asyncio.sleep(5 * OFTEN)
        ended.append(1)

    ticker = Ticker(tick, OFTEN)
    ticker.start()
    await asyncio.wait_for(under_way.wait(), 5)
    await ticker.stop(5)
    await asyncio.sleep(10 * OFTEN)
    assert (len(begun), len(ended)) == (1, 1)


@pytest.mark.parametrize("turns", range(8))
async def test_a_tick_whose_turn_was_given_out_does_not_begin_after_a_stop(turns: int) -> None:
    begun, ended = [], []

    async def tick() -> None:
        begun.append(1)
        await asyncio.sleep(OFTEN)
        ended.append(1)

    ticker = Ticker(tick, seconds=3600)
    ticker.start()
    for _ in range(turns):
        await asyncio.sleep(0)
    await ticker.stop(5)
    counted = len(begun), len(ended)
    await asyncio.sleep(5 * OFTEN)
    assert (len(begun), len(ended)) == counted
    assert len(begun) == len(ended)


async def test_a_tick_that_takes_too_long_does_not_keep_a_stop_waiting() -> None:
    under_way = asyncio.Event()

    async def tick() -> None:
        under_way.set()
        await asyncio.sleep(60)

    ticker = Ticker(tick, OFTEN)
    ticker.start()
    await asyncio.wait_for(under_way.wait(), 5)
    await asyncio.wait_for(ticker.stop(OFTEN), 5)


class SetClock:
    """A computer's clock that somebody sets, beside one that counts evenly."""

    def __init__(self) -> None:
        self.wall = datetime(2026, 11, 23, 9, tzinfo=UTC)
        self.even = 0.0

    def passes(self, seconds: float, jump: float = 0.0) -> None:
        self.even += seconds
        self.wall += timedelta(seconds=seconds + jump)


@pytest.mark.parametrize("jump", [3600.0, -3600.0])
def test_after_a_jump_no_lease_is_believed_over_for_a_whole_one(
    jump: float, caplog: pytest.LogCaptureFixture
) -> None:
    times = SetClock()
    clock = Clock(system=lambda: times.wall, steady=lambda: times.even)
    lease = timedelta(seconds=90)
    times.passes(3600)
    assert clock.settled(lease)
    times.passes(5, jump)
    assert not clock.settled(lease)
    times.passes(80)
    assert not clock.settled(lease)
    times.passes(20)
    assert clock.settled(lease)
    assert caplog.text.count(f"jumped by {jump:+.0f} s") == 1


async def test_a_ticker_that_never_started_can_be_stopped() -> None:
    async def tick() -> None:
        raise AssertionError("never")

    await Ticker(tick, OFTEN).stop()
