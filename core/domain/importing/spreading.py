"""Which day each one is first due: never more on a morning than one can do well (M8)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from core.domain.cadence import Position, Rules, fold, spaced, step
from core.domain.calendar import WorkCalendar
from core.domain.history import Touch
from core.domain.importing.candidates import Candidate
from core.domain.importing.statuses import Standing
from core.domain.names import contact_key
from core.domain.words import TouchKind

_PROMISE = {Standing.TALKING: 0, Standing.WAITING: 1, Standing.PLANNED: 2}


def spread(
    candidates: Sequence[Candidate],
    calendar: WorkCalendar,
    rules: Rules,
    today: date,
    most: int,
    taken: Mapping[date, int],
) -> list[tuple[Candidate, tuple[Touch, ...], Position]]:
    """Each with the touches it will have and where they lead, in the order given.

    Those that are talking come first, then who was written to last. `taken` is how many are due on
    each day already. What moves from the day that the rules give it is put off, in its history.
    """
    mornings = _Mornings(calendar, Counter(taken), most)
    positions = [fold(candidate.touches, calendar, rules) for candidate in candidates]
    others = _last_others(candidates, positions)
    found: dict[int, tuple[tuple[Touch, ...], Position]] = {}
    for number in sorted(range(len(candidates)), key=lambda n: _rank(candidates[n], n)):
        touches, position = candidates[number].touches, positions[number]
        due = spaced(position, others.get(number), calendar).due
        if due is not None:
            day = mornings.free(max(due, today + timedelta(days=1)))
            if day != position.due:
                later = Touch(TouchKind.SNOOZED, today, until=day)
                touches = (*touches, later)
                position = step(position, later, calendar, rules)
        found[number] = touches, position
    return [(candidate, *found[number]) for number, candidate in enumerate(candidates)]


def _last_others(candidates: Sequence[Candidate], positions: Sequence[Position]) -> dict[int, date]:
    """The last ping to the same person about something else, by place: it spaces this one (M6)."""
    together: dict[str, list[tuple[date, int]]] = defaultdict(list)
    keys = [contact_key(one.name, one.organization) if one.name else "" for one in candidates]
    for number, (key, position) in enumerate(zip(keys, positions, strict=True)):
        if key and position.last_ping is not None:
            together[key].append((position.last_ping, number))
    last_two = {key: sorted(pings)[-2:] for key, pings in together.items()}
    found: dict[int, date] = {}
    for number, key in enumerate(keys):
        days = [day for day, other in last_two.get(key, ()) if other != number]
        if days:
            found[number] = days[-1]
    return found


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
