"""Which day each one is first due: never more on a morning than one can do well (M8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from core.domain.cadence import Rules, fold
from core.domain.calendar import WorkCalendar
from core.domain.history import Touch
from core.domain.importing.candidates import Candidate
from core.domain.importing.statuses import Standing
from core.domain.words import TouchKind

_PROMISE = {Standing.TALKING: 0, Standing.WAITING: 1, Standing.PLANNED: 2}


def spread(
    candidates: Sequence[Candidate],
    calendar: WorkCalendar,
    rules: Rules,
    today: date,
    most: int,
    taken: Mapping[date, int],
) -> list[tuple[Candidate, tuple[Touch, ...]]]:
    """Each with the touches it will have, in the order given.

    Those that are talking come first, then who was written to last. `taken` is how many are due on
    each day already. What moves from the day that the rules give it is put off, in its history.
    """
    counts = Counter(taken)
    order = sorted(range(len(candidates)), key=lambda n: _rank(candidates[n], n))
    found: dict[int, tuple[Touch, ...]] = {}
    for number in order:
        touches = candidates[number].touches
        due = fold(touches, calendar, rules).due
        if due is not None:
            day = _free(max(due, today + timedelta(days=1)), calendar, counts, most)
            counts[day] += 1
            if day != due:
                touches = (*touches, Touch(TouchKind.SNOOZED, today, until=day))
        found[number] = touches
    return [(candidate, found[number]) for number, candidate in enumerate(candidates)]


def _rank(candidate: Candidate, number: int) -> tuple[int, int, int]:
    first = candidate.touches[0].day
    return _PROMISE.get(candidate.standing, 3), -first.toordinal(), number


def _free(day: date, calendar: WorkCalendar, counts: Counter[date], most: int) -> date:
    day = calendar.on_or_after(day)
    while counts[day] >= most:
        day = calendar.after(day, 1)
    return day
