"""Looking back: pings made against due by week, and which of them were answered.

Small numbers say little. What is told as a difference must be larger than chance would make it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import sqrt
from statistics import NormalDist, median

from core.domain.cadence import Rules
from core.domain.calendar import WorkCalendar
from core.domain.dues import dues, moves
from core.domain.history import Touch
from core.domain.words import Channel, Step, TouchKind

WEEKS = 8
ENOUGH = 10
"""Pings below which nothing is said about answers."""
ENOUGH_ALIKE = 5
"""Pings of one kind below which that kind is not compared."""
CHANCE = 0.1
"""How often, at most, something is told as a difference that is none, however many are compared."""


@dataclass(frozen=True)
class Ping:
    """One ping that was made. `answered_after` in days; None while nobody answered."""

    day: date
    step: Step
    via: Channel
    angle: str
    answered_after: int | None


@dataclass(frozen=True)
class Week:
    """One week, named by its Monday."""

    monday: date
    due: int
    made: int


@dataclass(frozen=True)
class Group:
    """Pings of one kind and how many of them were answered."""

    name: str
    pings: int
    answered: int

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.answered / self.pings if self.pings else 0.0


@dataclass(frozen=True)
class Lookback:
    """All that is told. `weeks` oldest first, the last one is not over yet."""

    weeks: tuple[Week, ...]
    pings: tuple[Ping, ...]
    groups: Mapping[str, tuple[Group, ...]] = field(default_factory=dict)

    @property
    def answered(self) -> int:
        """How many pings were answered."""
        return sum(ping.answered_after is not None for ping in self.pings)

    @property
    def days_to_answer(self) -> float | None:
        """Half of the answers came within so many days; None without any."""
        days = [ping.answered_after for ping in self.pings if ping.answered_after is not None]
        return median(days) if days else None

    @property
    def tells_answers(self) -> bool:
        """Whether there are enough pings to say anything about answers."""
        return len(self.pings) >= ENOUGH

    def best(self, what: str) -> Group | None:
        """The group that is answered more often than each of the others, and not by chance."""
        groups = [group for group in self.groups[what] if group.pings >= ENOUGH_ALIKE]
        first, *others = sorted(groups, key=lambda group: -group.share) or [Group("", 0, 0)]
        sure = NormalDist().inv_cdf(1 - CHANCE / max(len(groups) * len(others), 1))
        surely = (_surely_more(first, other, sure) for other in others)
        return first if others and all(surely) else None


def look_back(
    histories: Iterable[tuple[Sequence[Touch], WorkCalendar]], rules: Rules, today: date
) -> Lookback:
    """What the histories of all of a member's follow-ups say, each with its calendar."""
    due: Counter[date] = Counter()
    pings: list[Ping] = []
    for history, calendar in histories:
        days, made = _read(history, calendar, rules, today)
        due.update(map(_monday, days))
        pings += made
    pings.sort(key=lambda ping: ping.day)
    made_in = Counter(_monday(ping.day) for ping in pings)
    this = _monday(today)
    mondays = [this - timedelta(weeks=n) for n in reversed(range(WEEKS))]
    weeks = tuple(Week(monday, due[monday], made_in[monday]) for monday in mondays)
    groups = {
        "step": _groups(pings, lambda ping: ping.step.value),
        "channel": _groups(pings, lambda p: "" if p.via is Channel.UNKNOWN else p.via.value),
        "angle": _groups(pings, lambda ping: ping.angle),
    }
    return Lookback(weeks, tuple(pings), groups)


def _read(
    history: Sequence[Touch], calendar: WorkCalendar, rules: Rules, today: date
) -> tuple[list[date], list[Ping]]:
    """The days on which a ping fell due, and the pings."""
    found = moves(history, calendar, rules)
    days = [due.fell_due for due in dues(found, today) if due.fell_due is not None]
    pings = [
        _ping(move.touch, move.before.step, history[number + 1 :])
        for number, move in enumerate(found)
        if move.touch.kind is TouchKind.SENT
    ]
    return days, pings


def _ping(touch: Touch, at: Step, later: Sequence[Touch]) -> Ping:
    """A ping counts as answered when a reply is the next thing that went to or fro."""
    answer = next((t for t in later if t.kind in (TouchKind.SENT, TouchKind.REPLIED)), None)
    days = None
    if answer is not None and answer.kind is TouchKind.REPLIED:
        days = max((answer.day - touch.day).days, 0)
    return Ping(touch.day, at, touch.via, touch.angle, days)


def _groups(pings: Sequence[Ping], name: Callable[[Ping], str]) -> tuple[Group, ...]:
    """Largest first; what has no name is left out."""
    made: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    for ping in pings:
        key = name(ping)
        made[key] += 1
        answered[key] += ping.answered_after is not None
    return tuple(Group(key, count, answered[key]) for key, count in made.most_common() if key)


def _surely_more(one: Group, other: Group, sure: float) -> bool:
    """Two shares compared, with one success and one failure added to each (Agresti and Caffo)."""
    a, b = (one.answered + 1) / (one.pings + 2), (other.answered + 1) / (other.pings + 2)
    spread = sqrt(a * (1 - a) / (one.pings + 2) + b * (1 - b) / (other.pings + 2))
    return a - b > sure * spread


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
