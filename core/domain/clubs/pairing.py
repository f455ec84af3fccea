"""Buddies of a week: pairs, a group of three when the number is odd, seldom the same again (M20).

People are put together one by one, then groups that met before are divided anew with any other
group as long as that makes fewer or older repeats. For pairs that is enough to find new ones for
everybody while nobody has met half of the others: of a pair that met, at least one division with
another pair is new for all four.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from itertools import combinations
from typing import TypeAlias

Group: TypeAlias = tuple[int, ...]
Met: TypeAlias = Mapping[frozenset[int], int]
"""How many weeks ago two people last met as buddies: 1 is last week. Who never met is not in it."""

LAST_WEEK = 10_000
"""The cost of meeting last week's buddy again. It falls with the square of the weeks: after a
hundred of them it is nothing."""
ROUNDS = 20
"""Times that all groups are gone through. It ends before that when nothing gets better."""


def pairs(people: Iterable[int], met: Met, seed: int) -> tuple[Group, ...]:
    """Groups of two, one of three when the number is odd; none when there is nobody to meet.

    The same people, meetings and seed give the same groups, in whatever order they come. Raises
    ValueError for a meeting less than one week ago.
    """
    everybody = sorted(set(people), key=lambda person: _lot(seed, person))
    if len(everybody) < 2:
        return ()
    costs = _costs(met)
    groups = _first_groups(everybody, costs)
    for _ in range(ROUNDS):
        if not _improved(groups, costs):
            break
    return tuple(sorted(tuple(sorted(group)) for group in groups))


class _Costs(dict[tuple[int, int], int]):
    """What it costs that two meet again, both ways round; nothing when they never met."""

    def __missing__(self, pair: tuple[int, int]) -> int:
        return 0

    def of(self, group: Iterable[int]) -> int:
        return sum(self[pair] for pair in combinations(group, 2))


def _costs(met: Met) -> _Costs:
    costs = _Costs()
    for both, weeks in met.items():
        if weeks < 1:
            raise ValueError(f"a meeting is at least one week ago: {weeks}")
        one, other = both
        costs[one, other] = costs[other, one] = LAST_WEEK // weeks**2
    return costs


def _lot(seed: int, person: int) -> bytes:
    """A draw that is the same everywhere and tells nothing of the next."""
    return blake2b(f"{seed}:{person}".encode(), digest_size=16).digest()


def _first_groups(everybody: list[int], costs: _Costs) -> list[Group]:
    """Each with the first one left who costs nothing, or the least."""
    left = list(everybody)
    groups: list[Group] = []
    while len(left) > 1:
        one = left.pop()
        new = next((n for n in range(len(left)) if not costs[one, left[n]]), None)
        place = min(range(len(left)), key=lambda n: costs[one, left[n]]) if new is None else new
        groups.append((one, left.pop(place)))
    if left:
        where = min(range(len(groups)), key=lambda n: costs.of((*groups[n], *left)))
        groups[where] = (*groups[where], *left)
    return groups


def _improved(groups: list[Group], costs: _Costs) -> bool:
    """Divide groups that met before anew with others; whether that made anything better."""
    better = False
    for here in range(len(groups)):
        for there in range(len(groups)):
            now = costs.of(groups[here])
            if not now:
                break
            if here == there:
                continue
            now += costs.of(groups[there])
            divided = min(_divisions(groups[here], groups[there]), key=lambda two: _sum(two, costs))
            if _sum(divided, costs) < now:
                groups[here], groups[there] = divided
                better = True
    return better


def _divisions(here: Group, there: Group) -> list[tuple[Group, Group]]:
    """All ways to make a pair and another group of these people."""
    people = (*here, *there)
    return [
        (pair, tuple(person for person in people if person not in pair))
        for pair in combinations(people, 2)
    ]


def _sum(two: tuple[Group, Group], costs: _Costs) -> int:
    return costs.of(two[0]) + costs.of(two[1])
