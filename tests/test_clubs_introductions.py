"""Introductions: nobody sees the other's name before both said yes, whatever is pressed when."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.clubs.introductions import (
    FINAL,
    Fact,
    Introduction,
    Party,
    State,
    answered,
    sees,
    turn,
)

ASKER, HELPER, CLUB = Party
OFFERED, ACCEPTED, AGREED, DECLINED = State
YES, NO = True, False
ALL = frozenset(Fact)

answers = st.lists(st.tuples(st.sampled_from([ASKER, HELPER]), st.booleans()), max_size=8)


def after(said: list[tuple[Party, bool]], named: bool = False) -> Introduction:
    introduction = Introduction(named=named)
    for party, yes in said:
        introduction = answered(introduction, party, yes)
    return introduction


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ([], OFFERED),
        ([(ASKER, YES)], ACCEPTED),
        ([(ASKER, NO)], DECLINED),
        ([(HELPER, YES)], OFFERED),  # it is the asker's turn
        ([(HELPER, NO)], DECLINED),  # the offer is taken back
        ([(HELPER, YES), (ASKER, YES)], ACCEPTED),
        ([(ASKER, YES), (ASKER, YES)], ACCEPTED),
        ([(ASKER, YES), (HELPER, YES)], AGREED),
        ([(ASKER, YES), (HELPER, NO)], DECLINED),
        ([(ASKER, YES), (ASKER, NO)], DECLINED),  # thought better of it
        ([(ASKER, YES), (HELPER, YES), (HELPER, YES)], AGREED),
        ([(ASKER, YES), (HELPER, YES), (ASKER, NO)], AGREED),
        ([(ASKER, NO), (ASKER, YES)], DECLINED),
        ([(ASKER, YES), (HELPER, NO), (HELPER, YES)], DECLINED),
    ],
)
def test_the_way_of_an_introduction_M19(said: list[tuple[Party, bool]], state: State) -> None:
    assert after(said).state is state


@pytest.mark.parametrize(
    ("state", "whose"), [(OFFERED, ASKER), (ACCEPTED, HELPER), (AGREED, None), (DECLINED, None)]
)
def test_whose_turn_it_is_M19(state: State, whose: Party | None) -> None:
    assert turn(Introduction(state)) is whose


@pytest.mark.parametrize("state", [OFFERED, ACCEPTED, DECLINED])
def test_who_sees_what_before_both_said_yes_M19(state: State) -> None:
    introduction = Introduction(state)
    assert sees(CLUB, introduction) == {Fact.REQUEST}
    assert sees(ASKER, introduction) == {Fact.REQUEST, Fact.OFFER, Fact.ASKER}
    own = {Fact.REQUEST, Fact.OFFER, Fact.HELPER, Fact.KNOWN}
    assert sees(HELPER, introduction) == own | ({Fact.ASKER} if state is ACCEPTED else set())


def test_both_see_all_when_they_agreed_and_the_club_nothing_M19() -> None:
    agreed = Introduction(AGREED)
    assert sees(ASKER, agreed) == sees(HELPER, agreed) == ALL
    assert sees(CLUB, agreed) == {Fact.REQUEST}


def test_a_name_in_the_request_is_known_to_all_M19() -> None:
    named = Introduction(named=True)
    assert sees(CLUB, named) == {Fact.REQUEST, Fact.ASKER}
    assert sees(HELPER, named) == ALL
    assert sees(ASKER, named) == {Fact.REQUEST, Fact.OFFER, Fact.ASKER}


def test_the_club_has_no_say() -> None:
    with pytest.raises(ValueError, match="two people"):
        answered(Introduction(), CLUB, YES)


@given(answers, st.booleans())
def test_nothing_of_the_other_before_both_said_yes_M19(
    said: list[tuple[Party, bool]], named: bool
) -> None:
    introduction = after(said, named)
    both = (ASKER, YES) in said and (HELPER, YES) in said
    if not both:
        assert introduction.state is not AGREED
    if introduction.state is not AGREED:
        assert not sees(ASKER, introduction) & {Fact.HELPER, Fact.KNOWN}
    if (ASKER, YES) not in said:
        assert named or Fact.ASKER not in sees(HELPER, introduction)
    assert not sees(CLUB, introduction) & {Fact.OFFER, Fact.HELPER, Fact.KNOWN}


@given(answers)
def test_agreed_is_a_yes_of_each_in_turn_and_no_no_before_M19(
    said: list[tuple[Party, bool]],
) -> None:
    agreed = after(said).state is AGREED
    firsts = [n for n, one in enumerate(said) if one == (ASKER, YES)][:1]
    seconds = [n for n, one in enumerate(said) if one == (HELPER, YES) and firsts and n > firsts[0]]
    noes = [n for n, (_, yes) in enumerate(said) if not yes]
    assert agreed is bool(seconds and (not noes or noes[0] > seconds[0]))


@given(answers, st.sampled_from([ASKER, HELPER]), st.booleans())
def test_an_answer_given_twice_is_given_once_M19(
    said: list[tuple[Party, bool]], party: Party, yes: bool
) -> None:
    once = answered(after(said), party, yes)
    assert answered(once, party, yes) == once


@given(answers, answers)
def test_what_is_over_stays_M19(
    said: list[tuple[Party, bool]], more: list[tuple[Party, bool]]
) -> None:
    before = after(said)
    if before.state in FINAL:
        assert after([*said, *more]) == before


@given(answers, st.sampled_from(Party), st.booleans())
def test_nobody_sees_less_than_before_M19(
    said: list[tuple[Party, bool]], party: Party, named: bool
) -> None:
    """A later state takes no fact away, unless it came to nothing."""
    steps = [after(said[:n], named) for n in range(len(said) + 1)]
    for before, later in pairwise(steps):
        if later.state is not DECLINED:
            assert sees(party, before) <= sees(party, later)
