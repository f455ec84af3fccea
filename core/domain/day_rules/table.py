"""The table of rules: every way to write a day, the surest first."""

from __future__ import annotations

import re

from core.domain.day_rules.base import Days, Rule, Scene, UnclearDay
from core.domain.day_rules.counted import COUNTED
from core.domain.day_rules.dates import DATES
from core.domain.day_rules.holidays import HOLIDAYS
from core.domain.day_rules.weeks import WEEKS

RULES: tuple[tuple[re.Pattern[str], Rule], ...] = tuple(
    (re.compile(rule.pattern), rule) for rule in (*WEEKS, *DATES, *COUNTED, *HOLIDAYS)
)


def days_meant(words: str, scene: Scene) -> Days:
    """The days that words in one spelling may mean, without repeats; the first rule that has any.

    Raises UnclearDay for a date that there is not, such as 31 February.
    """
    for pattern, rule in RULES:
        if (scene.line and not rule.line) or (scene.inner and rule.period):
            continue
        found = pattern.fullmatch(words)
        if found is None:
            continue
        try:
            days = rule.days(found, scene)
        except UnclearDay:
            raise
        except (ValueError, OverflowError):
            continue
        if days:
            return tuple(dict.fromkeys(days))
    return ()
