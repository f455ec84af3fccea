"""Days that may have been meant where the words name one that can't be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from core.domain.calendar import ONE_DAY
from core.domain.day_rules.base import FURTHEST, WEEKDAYS, Scene
from core.domain.day_rules.dates import has_date
from core.domain.day_rules.steps import days_up, first_working, months_on

MONTH = 31
YEAR = 12


def instead(day: date, words: str, scene: Scene) -> Iterator[date]:
    """Likely days first: the same date or weekday on the right side of today, or a mirror image."""
    sign = -1 if scene.past else 1
    if abs(day - scene.day) > FURTHEST:
        yield from _same_date_nearer(day, scene, sign)
    elif has_date(words):
        yield from _same_date(day, scene, sign)
    elif any(weekday in words for weekday in WEEKDAYS):
        distance = (day - scene.day).days * sign % 7
        yield from (scene.day + ONE_DAY * sign * (distance + 7 * n) for n in range(3))
    else:
        yield from _mirrored(day, scene)
    yield from _handy(scene, sign)


def _same_date(day: date, scene: Scene, sign: int) -> Iterator[date]:
    if abs(scene.day - day).days <= MONTH:
        yield from (months_on(day, sign * n) for n in (1, 2))
    years = scene.day.year - day.year
    yield from (months_on(day, YEAR * (years + sign * n)) for n in (0, 1, 2))


def _same_date_nearer(day: date, scene: Scene, sign: int) -> Iterator[date]:
    years = scene.day.year - day.year
    yield from (months_on(day, YEAR * (years + sign * n)) for n in (2, 1, 0))


def _mirrored(day: date, scene: Scene) -> Iterator[date]:
    """ "3 days ago" for "in 3 days"; on a working day where it is one to come."""
    if abs(scene.day - day) < timedelta(days=366):
        mirror = scene.day + (scene.day - day)
        yield mirror if scene.past else first_working(scene.calendar, days_up(mirror)) or mirror


def _handy(scene: Scene, sign: int) -> Iterator[date]:
    """Tomorrow or yesterday, and today: something can always be tapped."""
    yield from (scene.day + ONE_DAY * sign * n for n in (1, 0))
