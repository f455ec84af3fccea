"""M11: one angle, not yet used in this cycle, the least recently used first; and its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.angles import Fresh, Ground, Known, Proposal, Reason, Used, propose
from core.domain.words import Angle, Step
from core.text import Style, plain
from core.voice.angles import FACT_LIMIT, angle_words

NOTHING = Known(name="Dana Lee", organization="Acme")
INSIGHT = "they are moving to dbt"
CHECK_IN = Step.CHECK_IN

words = st.text(max_size=120)
knowns = st.builds(
    Known,
    name=words,
    organization=words,
    about=words,
    step=st.sampled_from(Step),
    cycle=st.integers(1, 4),
    talking=st.booleans(),
    insights=st.lists(words, max_size=3).map(tuple),
    last_reply=words,
    last_sent=words,
    referred_to=st.just("") | words,
    achievements=st.lists(words, max_size=3).map(tuple),
    endorsements=st.lists(words, max_size=3).map(tuple),
)
histories = st.lists(st.builds(Used, st.sampled_from(Angle), st.integers(1, 4)), max_size=20)


def angle(known: Known, used: tuple[Used, ...] = (), skipped: tuple[Angle, ...] = ()) -> Angle:
    return propose(used, known, skipped).angle


@pytest.mark.parametrize(
    ("known", "best"),
    [
        (NOTHING, Angle.IDEA),
        (Known(step=CHECK_IN), Angle.INFORMATION),
        (Known(insights=(INSIGHT,), achievements=("Cut cost by 4%",)), Angle.IDEA),
        (Known(insights=(INSIGHT,), step=CHECK_IN), Angle.IDEA),
        (Known(achievements=("Cut cost by 4%",)), Angle.RESULT),
        (Known(achievements=("Cut cost by 4%",), step=CHECK_IN), Angle.RESULT),
        (Known(endorsements=("Priya: calm",)), Angle.ENDORSEMENT),
        (Known(talking=True, last_reply="likes dbt"), Angle.THANKS),
        (Known(talking=True, insights=(INSIGHT,)), Angle.IDEA),
        (Known(referred_to="Ravi", insights=(INSIGHT,), step=CHECK_IN), Angle.THANKS),
    ],
)
def test_M11_a_tie_goes_to_what_fits(known: Known, best: Angle) -> None:
    assert angle(known) is best


def test_M11_what_has_nothing_to_draw_on_comes_later() -> None:
    used: list[Used] = []
    for _ in Angle:
        used.append(Used(propose(used, NOTHING).angle, 1))
    assert {use.angle for use in used[:4]} == {
        Angle.IDEA,
        Angle.INFORMATION,
        Angle.HELP,
        Angle.DISCUSSION,
    }


def test_M11_the_least_recently_used_comes_first_in_a_new_cycle() -> None:
    order = (Angle.PROOF, *(a for a in Angle if a is not Angle.PROOF))
    used = tuple(Used(a, 1) for a in order)
    assert angle(Known(cycle=2, insights=(INSIGHT,)), used) is Angle.PROOF


def test_M11_never_used_is_least_recent() -> None:
    used = (Used(Angle.IDEA, 1), Used(Angle.INFORMATION, 1))
    assert angle(Known(cycle=2, insights=(INSIGHT,)), used) is Angle.HELP


def test_a_pending_referral_is_thanked_for_even_if_thanks_were_sent_last() -> None:
    used = tuple(Used(a, 1) for a in Angle)
    assert used[-1].angle is Angle.THANKS
    found = propose(used, Known(cycle=2, referred_to="Ravi Patel"))
    assert found == Proposal(Angle.THANKS, Reason(Ground.REFERRAL, "Ravi Patel", Fresh.THIS_CYCLE))


@given(knowns, histories)
def test_M11_never_the_same_twice_in_a_cycle_until_all_are_used(
    known: Known, history: list[Used]
) -> None:
    used = list(history)
    before = {use.angle for use in used if use.cycle == known.cycle}
    for _ in range(len(Angle) - len(before)):
        found = propose(used, known).angle
        assert found not in before
        before.add(found)
        used.append(Used(found, known.cycle))
    assert before == set(Angle)
    longest_ago = min(Angle, key=lambda a: max(n for n, use in enumerate(used) if use.angle is a))
    again = propose(used, known)
    if not known.referred_to:
        assert again.angle is longest_ago
    assert again.why.fresh is Fresh.LONGEST_AGO


@given(knowns, histories)
def test_skipping_goes_through_all_and_starts_over(known: Known, history: list[Used]) -> None:
    skipped: list[Angle] = []
    for _ in range(2 * len(Angle)):
        skipped.append(propose(history, known, skipped).angle)
    first, second = skipped[: len(Angle)], skipped[len(Angle) :]
    assert set(first) == set(Angle)
    assert first == second


@given(knowns, histories, st.lists(st.sampled_from(Angle), max_size=20))
def test_there_is_always_a_proposal_and_its_words(
    known: Known, history: list[Used], skipped: list[Angle]
) -> None:
    found = propose(history, known, skipped)
    said = angle_words(found, known)
    assert found == propose(history, known, skipped)
    assert len(plain(said)) < 260
    assert any(span.style is Style.ITALIC for span in said)


def test_M15_the_achievement_that_fits_is_chosen() -> None:
    known = Known(
        insights=("reporting is slow",),
        achievements=("Grew sales by 5%", "Made reporting faster", "Cut reporting time by 40%"),
    )
    assert fact_of(Angle.RESULT, known) == "Cut reporting time by 40%"


def test_a_fact_that_they_have_just_read_waits() -> None:
    known = Known(
        insights=("moving to dbt", "onboarding takes a month"),
        achievements=("Cut churn by 3%", "Grew a team"),
        last_sent="You are moving to dbt, and I cut churn by 3%.",
    )
    assert fact_of(Angle.IDEA, known) == "onboarding takes a month"
    assert fact_of(Angle.PROOF, known) == "Grew a team"


def fact_of(wanted: Angle, known: Known) -> str:
    others = tuple(a for a in Angle if a is not wanted)
    return propose((), known, others).why.fact


FULL = Known(
    organization="Acme",
    insights=(INSIGHT + ".",),
    last_reply="likes short notes",
    talking=True,
    achievements=("Cut reporting time by 40%",),
    endorsements=("Priya Nair: calm in a launch",),
)


@pytest.mark.parametrize(
    ("wanted", "known", "said"),
    [
        (
            Angle.IDEA,
            FULL,
            "Offer an idea: you learned “they are moving to dbt”, and you have not sent one yet.",
        ),
        (Angle.RESULT, FULL, "Show a result of yours, “Cut reporting time by 40%”, and"),
        (Angle.THANKS, FULL, "Send thanks for their last reply, “likes short notes”."),
        (Angle.HELP, NOTHING, "Offer help: name one thing you could take off their desk."),
        (
            Angle.IDEA,
            NOTHING,
            "Offer an idea: one thing you would change at Acme, and what it saves.",
        ),
        (
            Angle.THANKS,
            Known(talking=True),
            "Send thanks for their last reply: name what helped you in it.",
        ),
        (Angle.THANKS, Known(referred_to="Ravi"), "Send thanks: they pointed you to Ravi."),
    ],
)
def test_the_reason_draws_on_what_is_stored(wanted: Angle, known: Known, said: str) -> None:
    skipped = tuple(a for a in Angle if a is not wanted)
    assert plain(angle_words(propose((), known, skipped), known)).startswith(said)


@pytest.mark.parametrize(
    ("used", "known", "said"),
    [
        ((), FULL, "you have not sent one yet."),
        (
            (Used(Angle.IDEA, 1),),
            Known(cycle=2, insights=("x",)),
            "you have not sent one this round.",
        ),
        (
            tuple(Used(a, 1) for a in Angle),
            Known(insights=("x",)),
            "and of all the angles this one was longest ago.",
        ),
    ],
)
def test_the_reason_says_how_long_they_went_without(
    used: tuple[Used, ...], known: Known, said: str
) -> None:
    skipped = tuple(a for a in Angle if a is not Angle.IDEA)
    assert plain(angle_words(propose(used, known, skipped), known)).endswith(said)


def test_a_fact_is_data_and_is_cut() -> None:
    fact = "**bold** `code` {fact} <!channel> " + "x" * 200
    known = Known(insights=(fact,))
    spans = angle_words(propose((), known), known)
    quoted = [span for span in spans if "bold" in span.text]
    assert [span.style for span in quoted] == [Style.PLAIN]
    assert quoted[0].text.startswith("**bold** `code` {fact} <!channel>")
    assert len(quoted[0].text) <= FACT_LIMIT


def test_the_words_hold_no_guilt_and_no_exclamation_marks() -> None:
    for known in (NOTHING, FULL, Known(referred_to="Ravi")):
        for wanted in Angle:
            skipped = tuple(a for a in Angle if a is not wanted)
            said = plain(angle_words(propose((), known, skipped), known))
            assert "!" not in said
            assert not {"should", "must", "forgot", "late", "still"} & set(said.lower().split())
            assert len(said) < 170
