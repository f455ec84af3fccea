"""The board of a week: who reached a goal, as far as they want it told, and everybody together.

A board holds nothing that may not be shown: it is made once, here, and then said and drawn. There
is no row, count or name of those who did not reach a goal; they are in the total alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.domain.calendar import WEEK
from core.domain.clubs.effort import Effort
from core.domain.clubs.streaks import goal_reached
from core.domain.clubs.words import Sharing
from core.domain.names import clean, folded

LEAST_STREAK = 2
"""Weeks; one alone is no streak."""
TREND_WEEKS = 8


@dataclass(frozen=True)
class Entry:
    """One member's week, before it is decided what of it is shown.

    - `goal`: pings to make; None when none was picked.
    - `streak`: in weeks, this one included.
    - `wants_named`: whether the name may stand there when the goal was reached.
    """

    name: str
    sharing: Sharing
    goal: int | None
    made: int
    due: int
    streak: int = 0
    wants_named: bool = True


@dataclass(frozen=True)
class Row:
    """One who reached a goal. `name` is "" for a member who is not named; `streak` 0 for none."""

    name: str
    made: int
    due: int
    goal: int
    streak: int = 0


@dataclass(frozen=True)
class Board:
    """What a club is shown at the wrap-up.

    - `week`: the first day of the club's week.
    - `rows`: those who reached a goal, named ones first, most made first.
    - `together`: the pings of all members.
    - `reached`: how many reached a goal, named or not.
    - `trend`: the weeks before this one, oldest first; None for one without a board.
    """

    week: date
    rows: tuple[Row, ...]
    together: Effort
    members: int
    reached: int
    trend: tuple[Effort | None, ...] = ()

    @property
    def quiet(self) -> bool:
        """Whether nobody made a ping."""
        return self.together.made == 0

    @property
    def weeks(self) -> tuple[tuple[date, Effort | None], ...]:
        """The trend with this week as its last, each with its first day; no more than 8.

        It begins with the first week that had a board.
        """
        efforts = [*self.trend, self.together][-TREND_WEEKS:]
        while efforts[0] is None:
            efforts.pop(0)
        first = self.week - timedelta(days=WEEK * (len(efforts) - 1))
        return tuple((first + timedelta(days=WEEK * n), each) for n, each in enumerate(efforts))


def board(week: date, entries: Iterable[Entry], trend: Sequence[Effort | None] = ()) -> Board:
    """The board of these members' week, after the weeks of `trend`, oldest first."""
    everybody = list(entries)
    rows = [row for entry in everybody if (row := _row(entry)) is not None]
    together = sum((Effort(entry.due, entry.made) for entry in everybody), Effort())
    return Board(
        week, tuple(sorted(rows, key=_place)), together, len(everybody), len(rows), tuple(trend)
    )


def _row(entry: Entry) -> Row | None:
    if entry.goal is None or not goal_reached(entry.goal, entry.made):
        return None
    name = clean(entry.name)
    if entry.sharing is Sharing.HIDDEN or not entry.wants_named or not name:
        return Row("", entry.made, entry.due, entry.goal)
    told = entry.sharing is Sharing.STREAK and entry.streak >= LEAST_STREAK
    return Row(name, entry.made, entry.due, entry.goal, entry.streak if told else 0)


def _place(row: Row) -> tuple[object, ...]:
    """Unnamed ones last, in an order that their counts alone decide."""
    return (not row.name, -row.made, folded(row.name), row.name, row.due, row.goal, row.streak)
