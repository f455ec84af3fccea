"""The pace of a lane: never more than its burst and its rate allow, and no needless wait."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.domain.pacing import Pace, held_until, let_through, turns
from tests.people import MONDAY

PACES = st.builds(Pace, st.sampled_from([0.1, 0.5, 1.0, 4.0, 25.0]), st.integers(1, 40))
STEPS = st.lists(
    st.tuples(st.floats(0, 20).map(lambda s: timedelta(seconds=s)), st.integers(0, 60)),
    min_size=1,
    max_size=30,
)
A_MOMENT = timedelta(milliseconds=1)
"""For intervals that are no whole number of microseconds."""


def most(pace: Pace, span: timedelta) -> float:
    """What may go in a span of time that includes its ends."""
    return pace.burst + (span + A_MOMENT) / pace.interval


def busiest(sent: list[datetime], pace: Pace) -> bool:
    """Whether some span of time had more than it may have."""
    return any(
        last - first + 1 > most(pace, sent[last] - sent[first])
        for first in range(len(sent))
        for last in range(first, len(sent))
    )


@given(PACES, STEPS)
def test_no_span_of_time_has_more_than_burst_and_rate(
    pace: Pace, steps: list[tuple[timedelta, int]]
) -> None:
    now, free_at, sent = MONDAY, None, []
    for wait, wanted in steps:
        now += wait
        granted, free_at = let_through(pace, free_at, now, wanted)
        assert granted <= wanted
        sent += [now] * granted
    assert not busiest(sent, pace)


@given(PACES, STEPS)
def test_turns_are_in_order_not_in_the_past_and_no_faster(
    pace: Pace, steps: list[tuple[timedelta, int]]
) -> None:
    now, queue_at, given_out = MONDAY, None, []
    for wait, wanted in steps:
        now += wait
        found, queue_at = turns(pace, queue_at, now, wanted)
        assert len(found) == wanted
        assert all(turn >= now for turn in found)
        given_out += found
    assert given_out == sorted(given_out)
    assert not busiest(given_out, pace)


@given(PACES, st.integers(1, 60))
def test_who_comes_at_its_turn_is_let_through(pace: Pace, wanted: int) -> None:
    found, _ = turns(pace, None, MONDAY, wanted)
    free_at = None
    for turn in found:
        granted, free_at = let_through(pace, free_at, turn, 1)
        assert granted == 1


@given(PACES, st.integers(0, 60), st.integers(1, 600))
def test_a_held_lane_lets_nothing_through_before_and_no_burst_after(
    pace: Pace, before: int, seconds: int
) -> None:
    _, free_at = let_through(pace, None, MONDAY, before)
    end = MONDAY + timedelta(seconds=seconds)
    free_at = held_until(pace, free_at, end)
    assert let_through(pace, free_at, end - A_MOMENT, 60)[0] == 0
    later = end + 2 * (pace.burst + before) * pace.interval
    assert let_through(pace, free_at, later, 1)[0] == 1
    assert let_through(pace, held_until(pace, None, end), end, 60)[0] == 1


def test_a_lane_that_rested_has_its_burst_and_no_more() -> None:
    pace = Pace(2.0, 5)
    granted, free_at = let_through(pace, None, MONDAY, 100)
    assert granted == 5
    assert let_through(pace, free_at, MONDAY, 100)[0] == 0
    assert let_through(pace, free_at, MONDAY + timedelta(seconds=1), 100)[0] == 2
    assert let_through(pace, free_at, MONDAY + timedelta(days=1), 100)[0] == 5
