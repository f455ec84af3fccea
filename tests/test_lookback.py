"""Looking back: what fell due, what was sent, what was answered, and what can't be told."""

from __future__ import annotations

import io
from datetime import date, timedelta

from PIL import Image

from core.domain.cadence import STEADY
from core.domain.calendar import calendar_of
from core.domain.history import Terms, Touch
from core.domain.lookback import Lookback, look_back
from core.domain.words import Channel, Outcome, Step, TouchKind
from tests.people import Office

MONDAY = date(2026, 9, 28)
TODAY = MONDAY + timedelta(weeks=7, days=2)
EVERY_DAY = calendar_of(frozenset(), ())


def on(days: int) -> date:
    """So many days after the first Monday."""
    return MONDAY + timedelta(days=days)


def added(day: int, due: int) -> Touch:
    return Touch(TouchKind.ADDED, on(day), terms=Terms(first_on=on(due)))


def sent(day: int, via: Channel = Channel.EMAIL, angle: str = "idea") -> Touch:
    return Touch(TouchKind.SENT, on(day), via=via, angle=angle)


def replied(day: int) -> Touch:
    return Touch(TouchKind.REPLIED, on(day), outcome=Outcome.TALKING)


def looked(*histories: list[Touch]) -> Lookback:
    return look_back([(history, EVERY_DAY) for history in histories], STEADY, TODAY)


def test_made_and_due_by_week() -> None:
    found = looked(
        [added(0, 1), sent(1)],  # on its day; the check-in fell due in the second week
        [added(0, 2), sent(9)],  # a week late: due in the first week, made in the second
        [added(0, 4), sent(1)],  # early
        [added(0, 3)],  # missed
    )
    first, second = found.weeks[0], found.weeks[1]
    assert (first.due, first.made) == (4, 2)
    assert second.made == 1
    assert second.due == 2, "the check-ins of the two pings of the first week"
    assert found.weeks[-1].monday == TODAY - timedelta(days=2)


def test_what_was_put_off_is_not_missed() -> None:
    snoozed = Touch(TouchKind.SNOOZED, on(2), until=on(10))
    found = looked([added(0, 1), snoozed])
    assert [week.due for week in found.weeks[:2]] == [0, 1]


def test_a_note_does_not_make_it_due_twice() -> None:
    note = Touch(TouchKind.NOTED, on(2), text="x")
    found = looked([added(0, 1), note, sent(3)])
    assert found.weeks[0].due == 1


def test_what_is_to_come_is_not_due() -> None:
    assert sum(week.due for week in looked([added(0, 90)]).weeks) == 0


def test_answers_and_how_long_they_took() -> None:
    found = looked([added(0, 1), sent(1), sent(5), replied(8)], [added(0, 1), sent(2), replied(3)])
    assert [(p.step, p.answered_after) for p in found.pings] == [
        (Step.OPENER, None),
        (Step.OPENER, 1),
        (Step.CHECK_IN, 3),
    ]
    assert found.answered == 2
    assert found.days_to_answer == 2


def answered(count: int, of: int, via: Channel) -> list[list[Touch]]:
    return [
        [added(0, 1), sent(1, via), *([replied(2)] if number < count else [])]
        for number in range(of)
    ]


def test_a_difference_is_told_only_when_it_is_one() -> None:
    clear = looked(*answered(9, 12, Channel.PHONE), *answered(2, 20, Channel.EMAIL))
    best = clear.best("channel")
    assert best is not None
    assert best.name == "phone"
    close = looked(*answered(4, 12, Channel.PHONE), *answered(5, 20, Channel.EMAIL))
    assert close.best("channel") is None
    few = looked(*answered(3, 3, Channel.PHONE), *answered(2, 20, Channel.EMAIL))
    assert few.best("channel") is None, "three are too few"


async def test_too_little_is_said(office: Office) -> None:
    dana = office.member()
    assert "nothing to look back on yet" in await dana.says("stats")
    assert not dana.last.files
    await dana.says("add Robin Patel @ Acme")
    await dana.says("sent Robin")
    text = await dana.says("stats")
    assert "you sent 1 ping; 1 fell due" in text
    assert "can't be told yet: that takes 10 pings, 9 more" in text
    assert "1 made, 1 due" in dana.last.files[0].alt


async def test_a_picture_and_sentences(office: Office) -> None:
    dana = office.member()
    for number in range(14):
        via = "phone" if number % 2 else "email"
        await dana.says(f"add Person {number} @ Firm {number}")
        await dana.says(f"sent {number + 1}, idea, {via}")
        if via == "phone":
            office.clock.time += timedelta(days=1)
            await dana.says(f"replied {number + 1}, talking")
    text = await dana.says("stats")
    assert "Of all 14 pings, 7 were answered, 50 %. Half of the answers came within 1 day." in text
    assert "By channel: email 0 of 7, phone 7 of 7; phone is answered most" in text
    picture = Image.open(io.BytesIO(dana.last.files[0].content))
    assert picture.width == 1080
