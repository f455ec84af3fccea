"""Checks a form (modal) before it opens."""

from __future__ import annotations

from tests.loopback.discord.components import (
    CHECKBOX,
    CHECKBOXES,
    LABEL,
    RADIO,
    ROW,
    SELECTS,
    TEXT,
    TEXT_INPUT,
    UPLOAD,
    Check,
    walk,
)
from tests.loopback.discord.errors import Json, Path, Problems
from tests.loopback.discord.validation import check_ids

IN_LABEL = (TEXT_INPUT, *SELECTS, UPLOAD, RADIO, CHECKBOXES, CHECKBOX)


def check_modal(data: Json) -> None:
    """Refuse a form that Discord refuses to open."""
    problems = Problems()
    problems.length(("title",), data.get("title") or "", 1, 45)
    problems.length(("custom_id",), data.get("custom_id") or "", 1, 100)
    components = data.get("components") or []
    check = Check(problems, modal=True)
    if problems.length(("components",), components, 1, 5):
        for index, one in enumerate(components):
            _top(check, one, ("components", index))
        check_ids(list(walk(components)), ("components",), problems)
    problems.refuse()


def _top(check: Check, one: Json, path: Path) -> None:
    kind = check.kind(one, path, (ROW, TEXT, LABEL))
    if kind == TEXT:
        check.text(one, path)
    elif kind == LABEL:
        _label(check, one, path)
    elif kind == ROW:
        inside = one.get("components") or []
        if check.problems.length((*path, "components"), inside, 1, 1):
            _row_input(check, inside[0], (*path, "components", 0))


def _row_input(check: Check, one: Json, path: Path) -> None:
    if check.kind(one, path, (TEXT_INPUT,)):
        check.problems.length((*path, "label"), one.get("label") or "", 1, 45)
        _text_input(check, one, path)


def _label(check: Check, one: Json, path: Path) -> None:
    check.problems.length((*path, "label"), one.get("label") or "", 1, 45)
    check.problems.length((*path, "description"), one.get("description") or "", 0, 100)
    inner = one.get("component")
    where = (*path, "component")
    if not isinstance(inner, dict):
        check.problems.required(where)
        return
    kind = check.kind(inner, where, IN_LABEL)
    if kind == TEXT_INPUT:
        if inner.get("label"):
            text = "A text input inside a label cannot have a label of its own"
            check.problems.add((*where, "label"), "TEXT_INPUT_LABEL_NOT_ALLOWED", text)
        _text_input(check, inner, where)
    elif kind in SELECTS:
        check.select(inner, where)
    elif kind:
        _choice(check, inner, where, kind)


def _choice(check: Check, one: Json, path: Path, kind: int) -> None:
    check.custom_id(one, path)
    if kind == RADIO:
        check.options(one, path, 2, 10)
        if sum(bool(option.get("default")) for option in one.get("options") or []) > 1:
            text = "Only one option can be the default"
            check.problems.add(path, "RADIO_GROUP_TOO_MANY_DEFAULT_VALUES", text)
    elif kind in (CHECKBOXES, UPLOAD):
        low = one.get("min_values", 1)
        check.problems.number((*path, "min_values"), low, 0, 10)
        check.problems.number((*path, "max_values"), one.get("max_values") or 1, 1, 10)
        check.modal_select(one, path, low)
        if kind == CHECKBOXES:
            check.options(one, path, 1, 10)


def _text_input(check: Check, one: Json, path: Path) -> None:
    problems = check.problems
    check.custom_id(one, path)
    if one.get("style") not in (1, 2):
        problems.choices((*path, "style"), (1, 2))
    problems.length((*path, "placeholder"), one.get("placeholder") or "", 0, 100)
    low, high = one.get("min_length", 0), one.get("max_length", 4000)
    problems.number((*path, "min_length"), low, 0, 4000)
    problems.number((*path, "max_length"), high, 1, 4000)
    if isinstance(high, int) and isinstance(low, int):
        if low > high:
            text = "min_length must not exceed max_length"
            problems.add((*path, "min_length"), "TEXT_INPUT_LENGTHS", text)
        problems.length((*path, "value"), one.get("value") or "", 0, min(high, 4000))
