"""What an organizer sees of a club: counts of people, and none of a group so small that it points.

Who is one of two in a group is no count but a person. So small groups are put together, and no sum
or difference of what is shown gives one of them away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LEAST = 5
"""Members from which on a group is shown."""
REACHED, ON_THEIR_WAY, QUIET = "reached their goal", "on their way", "had a quiet week"
"""The groups of a week, as they are kept."""


@dataclass(frozen=True)
class Group:
    """Some members. `name` is "" for what was put together, which may be all of them."""

    name: str
    count: int


def merged(groups: Mapping[str, int], least: int = LEAST) -> tuple[Group, ...]:
    """The groups, largest first, with those below `least` as one without a name, which is last.

    Where these together are still too few, the smallest of the others joins them, until each group
    that is shown has `least` members, or there is only the total. The counts always add up to all.
    Empty groups are left out. Raises ValueError for a count below 0.
    """
    if any(count < 0 for count in groups.values()):
        raise ValueError("no group has fewer than 0 members")
    shown = sorted(
        (Group(name, count) for name, count in groups.items() if name and count >= least),
        key=lambda group: (-group.count, group.name),
    )
    rest = sum(groups.values()) - sum(group.count for group in shown)
    while shown and 0 < rest < least:
        rest += shown.pop().count
    return (*shown, *([Group("", rest)] if rest else []))
