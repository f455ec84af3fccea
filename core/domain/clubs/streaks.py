"""Streaks: weeks in a row in which a member kept to it (M18).

A streak rests on what one controls: pings made. A break that was announced holds it as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from core.domain.calendar import WorkCalendar
from core.domain.clubs.effort import Effort


class Kept(StrEnum):
    """What a week does to a streak: longer, as it was, over."""

    KEPT = "kept"
    NEUTRAL = "neutral"
    BROKEN = "broken"


@dataclass(frozen=True)
class MemberWeek:
    """One week of one member.

    - `goal`: pings to make, at least 1; None when none was picked.
    - `on_break`: a pause took at least one working day of the week.
    - `joined`: the member joined the club during the week.
    """

    effort: Effort
    goal: int | None = None
    on_break: bool = False
    joined: bool = False

    @property
    def reached(self) -> bool:
        """Whether a goal was picked and reached."""
        return goal_reached(self.goal, self.effort.made)


def goal_reached(goal: int | None, made: int) -> bool:
    """Whether so many pings reach the goal; without a goal there is nothing to reach."""
    return goal is not None and made >= goal


def took_working_days(calendar: WorkCalendar, first: date, last: date) -> bool:
    """Whether a pause in the calendar took a day from `first` to `last` that is worked otherwise.

    Days off and weekends need no excuse: nothing falls due on them.
    """
    otherwise = replace(calendar, pauses=())
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return any(not calendar.is_live(day) and otherwise.is_working(day) for day in days)


def kept(week: MemberWeek) -> Kept:
    """What the week does to the member's streak.

    It is kept when the goal was reached, or without a goal when all that was due was made. Where it
    was not, it still breaks nothing if the member was on a break or new, or had no goal and nothing
    due.
    """
    due, made = week.effort.due, week.effort.made
    if week.reached or (week.goal is None and made >= due > 0):
        return Kept.KEPT
    idle = week.goal is None and due == 0
    return Kept.NEUTRAL if idle or week.on_break or week.joined else Kept.BROKEN


def streak_after(streak: int, kept: Kept) -> int:
    """The streak in weeks, when one more week is over."""
    return {Kept.KEPT: streak + 1, Kept.NEUTRAL: streak, Kept.BROKEN: 0}[kept]
