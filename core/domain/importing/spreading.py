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
    mornings = _Mornings(calendar, Counter(taken), most)
    order = sorted(range(len(candidates)), key=lambda n: _rank(candidates[n], n))
    found: dict[int, tuple[Touch, ...]] = {}
    for number in order:
        touches = candidates[number].touches
        due = fold(touches, calendar, rules).due
        if due is not None:
            day = mornings.free(max(due, today + timedelta(days=1)))
            if day != due:
                touches = (*touches, Touch(TouchKind.SNOOZED, today, until=day))
        found[number] = touches
    return [(candidate, found[number]) for number, candidate in enumerate(candidates)]


def _rank(candidate: Candidate, number: int) -> tuple[int, int, int]:
    first = candidate.touches[0].day
    return _PROMISE.get(candidate.standing, 3), -first.toordinal(), number


class _Mornings:
    """How many are due on each morning, and which one has room."""

    def __init__(self, calendar: WorkCalendar, counts: Counter[date], most: int) -> None:
        self._calendar = calendar
        self._counts = counts
        self._most = most
        self._later: dict[date, date] = {}

    def free(self, day: date) -> date:
        """The first morning on that day or later that has room; one place on it is taken then.

        From a full one it goes on to where the last search ended: thousands begin on one day.
        """
        day = self._calendar.on_or_after(day)
        passed: list[date] = []
        while self._counts[day] >= self._most:
            passed.append(day)
            day = self._later.get(day) or self._calendar.after(day, 1)
        self._later.update(dict.fromkeys(passed, day))
        self._counts[day] += 1
        return day
