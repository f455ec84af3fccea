from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

JSON = dict[str, Any]
MOST_REMEMBERED = 1000


class Check:
    """A place in a payload; collects what is wrong there in Slack's wording."""

    __slots__ = ("pointer", "problems", "surface")

    def __init__(self, pointer: str, problems: list[str], surface: str) -> None:
        self.pointer = pointer
        self.problems = problems
        self.surface = surface

    def at(self, part: str | int) -> Check:
        return Check(f"{self.pointer}/{part}", self.problems, self.surface)

    def fail(self, text: str) -> None:
        self.problems.append(f"[ERROR] {text} [json-pointer:{self.pointer}]")


class Glance(Check):
    """Tells whether anything is wrong, and not where: most payloads need no more."""

    __slots__ = ()

    def at(self, part: str | int) -> Check:
        return self


Rule = Callable[[Check, Any], None]
Fields = dict[str, Rule]


def remembered(rule: Rule) -> Rule:
    """The same rule for flat objects, which knows again what it has found in order.

    The same few labels stand on every message.
    """
    fine: set[tuple[Any, ...]] = set()

    def again(check: Check, value: Any) -> None:
        try:
            key = tuple(value.items())
            known = key in fine
        except (AttributeError, TypeError):  # no object, or not a flat one
            rule(check, value)
            return
        if not known:
            before = len(check.problems)
            rule(check, value)
            if len(check.problems) == before and len(fine) < MOST_REMEMBERED:
                fine.add(key)

    return again


def string(limit: int, least: int = 0) -> Rule:
    """A string of `least` to `limit` characters."""

    def rule(check: Check, value: Any) -> None:
        if not isinstance(value, str):
            check.fail("must be a string")
        elif len(value) > limit:
            check.fail(f"must be less than {limit + 1} characters")
        elif len(value) < least:
            check.fail(f"must be more than {least - 1} characters")

    return rule


def integer(low: int, high: int) -> Rule:
    def rule(check: Check, value: Any) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            check.fail("must be an integer")
        elif not low <= value <= high:
            check.fail(f"must be between {low} and {high}")

    return rule


def boolean(check: Check, value: Any) -> None:
    if not isinstance(value, bool):
        check.fail("must be a boolean")


def anything(check: Check, value: Any) -> None:
    """A field whose inside is not looked at."""


def one_of(*allowed: str) -> Rule:
    def rule(check: Check, value: Any) -> None:
        if value not in allowed:
            check.fail(f"must be one of: {', '.join(allowed)}")

    return rule


def array(item: Rule, most: int, least: int = 1) -> Rule:
    """A list of `least` to `most` items."""

    def rule(check: Check, value: Any) -> None:
        if not isinstance(value, list):
            check.fail("must be an array")
            return
        if len(value) > most:
            check.fail(f"no more than {most} items allowed")
        if len(value) < least:
            check.fail(f"must have at least {least} items")
        for index, entry in enumerate(value):
            item(check.at(index), entry)

    return rule


def shape(
    fields: Fields, required: Collection[str], also: Rule = anything, *, closed: bool = True
) -> Rule:
    """An object with these fields and, unless `closed` is false, no others.

    `also` runs only over an object whose fields were all well formed.
    """

    def rule(check: Check, value: Any) -> None:
        if not isinstance(value, dict):
            check.fail("must be an object")
            return
        before = len(check.problems)
        for name in required:
            if value.get(name) is None:
                check.fail(f"missing required field: {name}")
        for name, entry in value.items():
            inside = fields.get(name)
            if inside is not None:
                inside(check.at(name), entry)
            elif closed and name != "type":
                check.fail(f"invalid additional property: {name}")
        if len(check.problems) == before:
            also(check, value)

    return rule
