"""The board: nobody is on it who did not reach a goal, nobody named who does not want it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.clubs.board import Board, Entry, Row, board
from core.domain.clubs.effort import Effort
from core.domain.clubs.words import Sharing

WEEK = date(2026, 11, 23)
COUNTS, STREAK, HIDDEN = Sharing

DANA = Entry("Dana", COUNTS, goal=3, made=5, due=6, streak=4)
ROBIN = Entry("Robin", STREAK, goal=3, made=3, due=3, streak=4)
SAM = Entry("Sam", HIDDEN, goal=2, made=9, due=9, streak=7)
KIM = Entry("Kim", COUNTS, goal=5, made=4, due=5)
ALEX = Entry("Alex", COUNTS, goal=None, made=8, due=8)


@st.composite
def clubs(draw: st.DrawFn) -> list[Entry]:
    """Members with names that are in no other's and in no word of a record."""
    found = []
    for number in range(draw(st.integers(0, 9))):
        due = draw(st.integers(0, 9))
        found.append(
            Entry(
                f"Zq{number}x",
                draw(st.sampled_from(Sharing)),
                draw(st.none() | st.integers(1, 9)),
                draw(st.integers(0, due)),
                due,
                draw(st.integers(0, 5)),
                draw(st.booleans()),
            )
        )
    return found


def test_a_board_of_five_M18() -> None:
    assert board(WEEK, [SAM, KIM, ROBIN, ALEX, DANA]) == Board(
        WEEK,
        rows=(Row("Dana", 5, 6, 3), Row("Robin", 3, 3, 3, streak=4), Row("", 9, 9, 2)),
        together=Effort(due=31, made=29),
        members=5,
        reached=3,
    )


@pytest.mark.parametrize(
    ("sharing", "streak", "shown"),
    [(COUNTS, 9, 0), (STREAK, 9, 9), (STREAK, 2, 2), (STREAK, 1, 0), (STREAK, 0, 0)],
)
def test_a_streak_is_shown_to_who_shares_it_and_has_one_M18(
    sharing: Sharing, streak: int, shown: int
) -> None:
    made = board(WEEK, [replace(DANA, sharing=sharing, streak=streak)])
    assert made.rows[0].streak == shown


def test_who_does_not_want_to_be_named_is_a_member_M17() -> None:
    assert board(WEEK, [replace(ROBIN, wants_named=False)]).rows == (Row("", 3, 3, 3),)


@pytest.mark.parametrize("name", ["", " ", "\u200b"])
def test_who_has_no_name_is_a_member(name: str) -> None:
    assert board(WEEK, [replace(ROBIN, name=name)]).rows == (Row("", 3, 3, 3),)


def test_the_same_number_is_ordered_by_name() -> None:
    names = ["zoe", "Émile", "Fritz", "adam"]
    rows = board(WEEK, [replace(DANA, name=name) for name in names]).rows
    assert [row.name for row in rows] == ["adam", "Émile", "Fritz", "zoe"]


def test_an_empty_club_and_a_quiet_week() -> None:
    empty = board(WEEK, [])
    assert (empty.quiet, empty.members, empty.rows) == (True, 0, ())
    quiet = board(WEEK, [replace(KIM, made=0), replace(DANA, made=0)])
    assert (quiet.quiet, quiet.reached, quiet.together) == (True, 0, Effort(11, 0))
    assert not board(WEEK, [KIM]).quiet


@given(clubs(), st.randoms(use_true_random=False))
def test_no_name_of_who_is_hidden_or_did_not_reach_a_goal_M17(
    entries: list[Entry], order: random.Random
) -> None:
    shuffled = order.sample(entries, len(entries))
    told = repr(board(WEEK, shuffled))
    for entry in entries:
        reached = entry.goal is not None and entry.made >= entry.goal
        may_be = reached and entry.wants_named and entry.sharing is not HIDDEN
        assert (entry.name in told) is may_be


@given(clubs())
def test_the_total_is_everybody_M18(entries: list[Entry]) -> None:
    made = board(WEEK, entries)
    assert made.together == Effort(sum(e.due for e in entries), sum(e.made for e in entries))
    assert made.members == len(entries)
    assert made.reached == len(made.rows) <= made.members


@given(clubs(), st.randoms(use_true_random=False))
def test_the_order_of_the_members_is_in_no_board_M17(
    entries: list[Entry], order: random.Random
) -> None:
    assert board(WEEK, entries) == board(WEEK, order.sample(entries, len(entries)))


@given(clubs(), st.data())
def test_names_and_streaks_of_the_hidden_change_nothing_M17(
    entries: list[Entry], data: st.DataObject
) -> None:
    others = [
        replace(entry, name=data.draw(st.text(max_size=5)), streak=data.draw(st.integers(0, 9)))
        if entry.sharing is HIDDEN or not entry.wants_named
        else entry
        for entry in entries
    ]
    assert board(WEEK, others) == board(WEEK, entries)


@given(clubs(), st.data())
def test_goals_that_were_not_reached_leave_no_trace_M18(
    entries: list[Entry], data: st.DataObject
) -> None:
    """Nobody can tell a goal that was missed from one that was never picked."""
    missed = [entry for entry in entries if entry.goal is None or entry.made < entry.goal]
    others = [
        replace(entry, goal=data.draw(st.sampled_from([None, entry.made + 1, 25])))
        if entry in missed
        else entry
        for entry in entries
    ]
    assert board(WEEK, others) == board(WEEK, entries)


def test_the_trend_ends_with_this_week_and_has_eight_at_most() -> None:
    past = (None, Effort(4, 2), None, Effort(5, 5))
    weeks = board(WEEK, [DANA], past).weeks
    assert weeks == (
        (WEEK - timedelta(weeks=3), Effort(4, 2)),
        (WEEK - timedelta(weeks=2), None),
        (WEEK - timedelta(weeks=1), Effort(5, 5)),
        (WEEK, Effort(6, 5)),
    )
    assert len(board(WEEK, [DANA], [Effort(1, 1)] * 30).weeks) == 8
    assert board(WEEK, []).weeks == ((WEEK, Effort()),)
