"""The cadence, rules M1 to M5 and M9: tables for the arithmetic, properties for what never fails.

A history here is any sequence of touches on any days, in any calendar: more than the desk allows.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import accumulate, pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.cadence import (
    RULES,
    Because,
    Position,
    Why,
    first_wait,
    fold,
    foresee,
    spaced,
    step,
)
from core.domain.calendar import Pause, WorkCalendar
from core.domain.history import Terms, Touch
from core.domain.words import (
    CloseReason,
    Outcome,
    Pace,
    Priority,
    Step,
    TouchKind,
    Trust,
    Urgency,
)
from tests.test_calendar import calendars, days

MONDAY = date(2026, 11, 23)
USUAL = WorkCalendar()
REASONABLE = list(product(Urgency, Priority, Trust))

# M1, as the method says it: rows urgent, soon, normal, relaxed; in a row high, normal, low.
WAITS = {
    Trust.STRONG: ((1, 1, 2), (1, 2, 4), (3, 4, 6), (6, 7, 9)),
    Trust.SOME: ((1, 1, 3), (2, 3, 5), (4, 5, 7), (7, 8, 10)),
    Trust.NONE: ((1, 2, 4), (3, 4, 6), (5, 6, 8), (8, 9, 10)),
}

terms = st.builds(
    Terms,
    st.sampled_from(Urgency),
    st.sampled_from(Priority),
    st.sampled_from(Trust),
    st.none() | days,
)


def later(day: date, last_ping: date | None) -> date:
    """The day, or the first one that keeps 2 working days from the last ping (M6)."""
    return day if last_ping is None else max(day, USUAL.after(last_ping, 2))


def touches(kinds: Iterable[TouchKind] = tuple(TouchKind)) -> st.SearchStrategy[Touch]:
    """One entry of any sort, except the one that begins a history."""
    return st.builds(
        Touch,
        st.sampled_from([kind for kind in kinds if kind is not TouchKind.ADDED]),
        days,
        outcome=st.none() | st.sampled_from(Outcome),
        reason=st.none() | st.sampled_from(CloseReason),
        until=st.none() | days,
        terms=st.none() | terms,
    )


added = st.builds(lambda day, terms: Touch(TouchKind.ADDED, day, terms=terms), days, terms)
histories = st.builds(lambda first, rest: [first, *rest], added, st.lists(touches(), max_size=12))


def begun(
    on: date = MONDAY, terms: Terms | None = None, calendar: WorkCalendar = USUAL
) -> Position:
    return fold([Touch(TouchKind.ADDED, on, terms=terms or Terms())], calendar)


def sent(position: Position, on: date | None = None) -> Position:
    day = on or position.due
    assert day is not None
    return step(position, Touch(TouchKind.SENT, day), USUAL)


def replied(position: Position, outcome: Outcome, until: date | None = None) -> Position:
    return step(position, Touch(TouchKind.REPLIED, MONDAY, outcome=outcome, until=until), USUAL)


# M1


@pytest.mark.parametrize(("urgency", "priority", "trust"), REASONABLE)
def test_M1_each_situation_has_its_wait(urgency: Urgency, priority: Priority, trust: Trust) -> None:
    expected = WAITS[trust][list(Urgency).index(urgency)][list(Priority).index(priority)]
    assert first_wait(Terms(urgency, priority, trust)) == expected
    assert 1 <= expected <= 10


@given(terms.filter(lambda t: t.first_on is None), days)
def test_M1_the_first_ping_waits_that_many_working_days(terms: Terms, day: date) -> None:
    position = begun(day, terms)
    assert position.due == USUAL.after(day, first_wait(terms))
    assert position.why == Why(Because.FIRST_WAIT, first_wait(terms))


@pytest.mark.parametrize(
    ("named", "due", "moved"),
    [("2026-11-26", "2026-11-26", False), ("2026-11-28", "2026-11-30", True)],
)
def test_M1_the_member_can_name_a_day(named: str, due: str, moved: bool) -> None:
    position = begun(terms=Terms(first_on=date.fromisoformat(named)))
    assert position.due == date.fromisoformat(due)
    assert position.why == Why(Because.NAMED, moved=moved)


def test_M1_editing_the_situation_moves_a_first_ping_only() -> None:
    edit = Touch(TouchKind.EDITED, MONDAY, terms=Terms(Urgency.URGENT))
    waiting = begun()
    assert step(waiting, edit, USUAL).due == date(2026, 11, 24)
    checking_in = sent(waiting)
    assert step(checking_in, edit, USUAL).due == checking_in.due
    assert step(checking_in, edit, USUAL).terms == edit.terms


# M2


@given(st.data(), days, terms)
def test_M2_check_in_within_a_week(data: st.DataObject, opener: date, terms: Terms) -> None:
    calendar = data.draw(calendars(opener))
    position = step(begun(opener, terms, calendar), Touch(TouchKind.SENT, opener), calendar)
    assert position.step is Step.CHECK_IN
    assert position.due is not None
    assert opener < position.due <= opener + timedelta(days=7)
    assert position.due.weekday() < 5


@given(days)
def test_M2_check_in_normally_on_the_5th_working_day(opener: date) -> None:
    assert sent(begun(opener), opener).due == USUAL.after(opener, 5)


# M3


def test_M3_rests_grow_to_8_weeks() -> None:
    position, rests = begun(), []
    for _ in range(6):
        position = sent(sent(position))
        assert position.last_ping is not None
        assert position.due is not None
        assert position.step is Step.OPENER
        rests.append((position.due - position.last_ping).days // 7)
        assert position.why == Why(Because.REST, rests[-1])
    assert rests == [3, 4, 6, 8, 8, 8]
    assert position.cycle == 7


NOT_CHASED = (Outcome.DISMISSED, Outcome.REFERRED)


@given(st.integers(1, 8), st.sampled_from([o for o in Outcome if o not in NOT_CHASED]))
def test_M3_a_reply_resets_the_rests(pings: int, outcome: Outcome) -> None:
    position = begun()
    for _ in range(pings):
        position = sent(position)
    position = sent(sent(replied(position, outcome)))
    assert position.why == Why(Because.REST, 3)
    assert (position.unanswered, position.rests) == (2, 1)


# M4


def closes(touch: Touch) -> bool:
    dismissed = touch.kind is TouchKind.REPLIED and touch.outcome is Outcome.DISMISSED
    return touch.kind is TouchKind.CLOSED or dismissed


@given(histories.map(lambda h: [touch for touch in h if not closes(touch)]))
def test_M4_nothing_closes_but_a_person(history: list[Touch]) -> None:
    position = fold(history, USUAL)
    assert position.closed is None
    assert position.due is not None


@given(added, st.integers(1, 60))
def test_M4_silence_never_closes(first: Touch, pings: int) -> None:
    ahead = foresee(fold([first], USUAL), USUAL, pings)
    assert len(ahead) == pings
    assert all(position.closed is None for position in ahead)


@given(histories, days)
def test_M4_each_can_be_reopened(history: list[Touch], day: date) -> None:
    for last in (
        *(Touch(TouchKind.CLOSED, day, reason=reason) for reason in CloseReason),
        Touch(TouchKind.REPLIED, day, outcome=Outcome.DISMISSED),
    ):
        closed = fold([*history, last], USUAL)
        assert closed.closed is (last.reason or CloseReason.DISMISSED)
        assert closed.due is None
        opened = step(closed, Touch(TouchKind.REOPENED, day), USUAL)
        assert opened.closed is None
        assert opened.step is Step.OPENER
        assert opened.due == later(USUAL.after(day, 1), closed.last_ping)


@given(histories)
def test_M4_what_is_closed_has_no_due_day(history: list[Touch]) -> None:
    position = fold(history, USUAL)
    assert (position.due is None) == (position.closed is not None)


# M5


@pytest.mark.parametrize(
    ("outcome", "until", "due", "because"),
    [
        (Outcome.TALKING, None, "2026-12-07", Because.TALKING),
        (Outcome.TALKING, "2026-12-02", "2026-12-02", Because.AGREED),
        (Outcome.TALKING, "2026-11-29", "2026-11-30", Because.AGREED),
        (Outcome.MY_TURN, None, "2026-11-24", Because.MY_TURN),
        (Outcome.MY_TURN, "2026-11-27", "2026-11-27", Because.AGREED),
        (Outcome.CALL_BACK, "2026-12-04", "2026-12-04", Because.CALL_BACK),
        (Outcome.OPPORTUNITY, None, "2026-11-24", Because.OPPORTUNITY),
    ],
)
def test_M5_a_reply_restarts_the_cycle(
    outcome: Outcome, until: str | None, due: str, because: Because
) -> None:
    before = sent(begun(date(2026, 11, 2)), date(2026, 11, 9))
    after = replied(before, outcome, date.fromisoformat(until) if until else None)
    assert after.due is not None
    assert (after.due.isoformat(), after.why.because) == (due, because)
    assert (after.step, after.cycle, after.unanswered) == (Step.OPENER, 2, 0)


def test_M5_dismissed_closes_whatever_day_is_named() -> None:
    after = replied(sent(begun()), Outcome.DISMISSED, date(2026, 12, 4))
    assert (after.closed, after.due) == (CloseReason.DISMISSED, None)


def test_M5_a_reply_before_any_ping_stays_in_the_first_cycle() -> None:
    assert replied(begun(), Outcome.TALKING).cycle == 1


# The fold


@given(histories, st.data())
def test_undo_is_folding_without_the_last_touch(history: list[Touch], data: st.DataObject) -> None:
    calendar = data.draw(calendars(MONDAY))
    seen = list(
        accumulate(
            history[1:], lambda p, t: step(p, t, calendar), initial=fold(history[:1], calendar)
        )
    )
    for count, position in enumerate(seen, start=1):
        assert fold(history[:count], calendar) == position


@given(histories, st.data())
def test_M6_what_the_rules_make_due_is_a_working_day(
    history: list[Touch], data: st.DataObject
) -> None:
    calendar = data.draw(calendars(data.draw(days)))
    position = fold(history, calendar)
    if position.due is None or position.why.because is Because.CHECK_IN:
        return
    assert calendar.is_working(position.due)


@given(histories, st.data())
def test_M6_a_check_in_leaves_working_days_only_where_the_week_has_none(
    history: list[Touch], data: st.DataObject
) -> None:
    opener = data.draw(days)
    calendar = data.draw(calendars(opener))
    due = calendar.within_week_of(opener, 5)
    week = [opener + timedelta(days=n) for n in range(1, 8)]
    assert calendar.is_working(due) == any(calendar.is_working(day) for day in week)


@given(histories)
def test_a_note_changes_nothing(history: list[Touch]) -> None:
    position = fold(history, USUAL)
    assert step(position, Touch(TouchKind.NOTED, MONDAY, text="likes dbt"), USUAL) == position


@given(histories.filter(lambda h: fold(h, USUAL).closed is None), days)
def test_a_snooze_moves_the_day_and_nothing_else(history: list[Touch], until: date) -> None:
    before = fold(history, USUAL)
    after = step(before, Touch(TouchKind.SNOOZED, MONDAY, until=until), USUAL)
    assert after.due == later(USUAL.on_or_after(until), before.last_ping)
    assert after.why.because is Because.SNOOZED
    assert (after.step, after.cycle, after.unanswered) == (
        before.step,
        before.cycle,
        before.unanswered,
    )


@pytest.mark.parametrize("history", [[], [Touch(TouchKind.SENT, MONDAY)]])
def test_a_history_begins_with_the_touch_that_added_it(history: list[Touch]) -> None:
    with pytest.raises(ValueError, match="begins with"):
        fold(history, USUAL)


# M9


@given(histories, st.data())
def test_M9_foreseen_dates_only_grow(history: list[Touch], data: st.DataObject) -> None:
    calendar = data.draw(calendars(data.draw(days)))
    position = fold(history, calendar)
    ahead = foresee(position, calendar, 6)
    assert len(ahead) == (0 if position.closed else 6)
    dates = [p.due for p in (position, *ahead) if p.due is not None]
    assert all(a < b for a, b in pairwise(dates))


def test_M9_foresight_as_a_member_sees_it() -> None:
    ahead = foresee(begun(), USUAL, 4)
    assert [(p.due.isoformat() if p.due else "", p.step, p.cycle) for p in ahead] == [
        ("2026-12-07", Step.CHECK_IN, 1),
        ("2026-12-28", Step.OPENER, 2),
        ("2027-01-04", Step.CHECK_IN, 2),
        ("2027-02-01", Step.OPENER, 3),
    ]


# M5 and M6


def test_M5_a_referral_is_thanked_for_and_the_thanks_are_not_chased() -> None:
    position = replied(begun(), Outcome.REFERRED)
    assert position.why == Why(Because.THANKS, 1)
    after = sent(position)
    assert after.step is Step.OPENER
    assert after.why == Why(Because.TALKING, 10)


@pytest.mark.parametrize("pace", list(Pace))
@given(history=histories, calendar=days.flatmap(calendars))
def test_M6_two_working_days_between_pings_at_every_pace(
    pace: Pace, history: list[Touch], calendar: WorkCalendar
) -> None:
    """But for a check-in, which M2 wants within the week however few working days that has."""
    position = fold(history, calendar, RULES[pace])
    if position.due is None or position.last_ping is None:
        return
    if position.why.because is not Because.CHECK_IN:
        assert position.due >= calendar.after(position.last_ping, 2)


@pytest.mark.parametrize("pace", list(Pace))
@given(day=days, data=st.data())
def test_M2_holds_at_every_pace(pace: Pace, day: date, data: st.DataObject) -> None:
    calendar = data.draw(calendars(day))
    position = fold(
        [Touch(TouchKind.ADDED, day), Touch(TouchKind.SENT, day)], calendar, RULES[pace]
    )
    assert position.due is not None
    assert day < position.due <= day + timedelta(days=7)


@pytest.mark.parametrize("pace", list(Pace))
def test_M1_stays_within_its_bounds_at_every_pace(pace: Pace) -> None:
    for urgency, priority, trust in REASONABLE:
        assert 1 <= first_wait(Terms(urgency, priority, trust), RULES[pace]) <= 10


AWAY = st.builds(
    lambda start, length: Pause(start, start + timedelta(days=length)), days, st.integers(1, 60)
)


@given(day=days, pauses=st.lists(AWAY, max_size=3), pings=st.integers(0, 5))
def test_a_pause_makes_nothing_due_and_uses_up_no_wait(
    day: date, pauses: list[Pause], pings: int
) -> None:
    calendar = WorkCalendar(pauses=tuple(pauses))
    position = fold([Touch(TouchKind.ADDED, day)], calendar)
    for _ in range(pings):
        assert position.due is not None
        position = step(position, Touch(TouchKind.SENT, position.due), calendar)
    assert position.due is not None
    assert calendar.is_live(position.due)
    if position.why.because is Because.CHECK_IN and position.last_ping is not None:
        waited = [
            position.last_ping + timedelta(days=n)
            for n in range(1, (position.due - position.last_ping).days + 1)
        ]
        assert len([d for d in waited if calendar.is_live(d)]) <= 7 + 2


def test_a_public_holiday_of_the_contacts_country_is_no_day_for_a_ping() -> None:
    added = Touch(TouchKind.ADDED, date(2026, 11, 24), terms=Terms(Urgency.URGENT, Priority.LOW))
    assert fold([added], WorkCalendar(country="US")).due == date(2026, 11, 30)
    assert fold([added], WorkCalendar(country="DE")).due == date(2026, 11, 27)


@given(ours=histories, theirs=histories, data=st.data())
def test_M2_and_M6_across_the_follow_ups_of_one_contact(
    ours: list[Touch], theirs: list[Touch], data: st.DataObject
) -> None:
    """Every ping spaces every follow-up; a check-in gives way by those 2 working days at most."""
    calendar = data.draw(calendars(MONDAY))
    own, other = fold(ours, calendar), fold(theirs, calendar)
    position = spaced(own, other.last_ping, calendar)
    if position.due is None or other.last_ping is None:
        assert position == own
        return
    apart = calendar.after(other.last_ping, 2)
    assert position.due >= apart
    if own.why.because is Because.CHECK_IN and own.last_ping is not None:
        assert position.due <= max(own.last_ping + timedelta(days=7), apart)
