"""Checks application commands before they are stored."""

from __future__ import annotations

import re
from typing import Any

from tests.loopback.discord.errors import Json, Path, Problems

SUBCOMMAND, GROUP = 1, 2
STRING, INTEGER, NUMBER = 3, 4, 10
NAME = re.compile(r"[-_'\w]{1,32}")
MAX_SIZE = 8000
PER_TYPE = {1: 100, 2: 15, 3: 15}
LOCALES = frozenset(
    "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg "
    "ru uk hi th zh-CN ja zh-TW ko".split()
)


def check_commands(listed: Any) -> None:
    """Refuse a bulk overwrite in which any command is wrong."""
    problems = Problems()
    seen: set[tuple[str, int]] = set()
    for index, one in enumerate(listed):
        key = (str(one.get("name")), one.get("type", 1))
        if key in seen:
            code = "APPLICATION_COMMANDS_DUPLICATE_NAME"
            problems.add((index, "name"), code, "Application command names must be unique")
        seen.add(key)
        _command(one, (index,), problems)
    for kind, most in PER_TYPE.items():
        if sum(key[1] == kind for key in seen) > most:
            text = f"Max number of application commands reached ({most})"
            problems.add((), "APPLICATION_COMMANDS_TOO_MANY", text)
    problems.refuse()


def _command(one: Json, path: Path, problems: Problems) -> None:
    kind = one.get("type", 1)
    if kind not in PER_TYPE:
        problems.choices((*path, "type"), PER_TYPE)
    elif kind == 1:
        _name(one, path, problems)
        _described(one, path, problems)
        _options(one.get("options") or [], path, problems, depth=0)
        if size_of(one) > MAX_SIZE:
            text = f"Command exceeds maximum size ({MAX_SIZE})"
            problems.add(path, "APPLICATION_COMMAND_TOO_LARGE", text)
    else:
        problems.length((*path, "name"), one.get("name") or "", 1, 32)
        _translated(one, "name", 32, path, problems)
        if one.get("description") or one.get("options"):
            text = "Context menu commands cannot have description or options"
            problems.add(path, "APPLICATION_COMMAND_INVALID_CONTEXT_MENU", text)
    for context in one.get("contexts") or []:
        if context not in (0, 1, 2):
            problems.choices((*path, "contexts"), (0, 1, 2))
    installs = one.get("integration_types") or []
    for install in installs:
        if install not in (0, 1):
            problems.choices((*path, "integration_types"), (0, 1))
    if 2 in (one.get("contexts") or []) and installs and 1 not in installs:
        text = "The private channel context needs an app that people install themselves"
        problems.add((*path, "contexts"), "APPLICATION_COMMAND_INVALID_CONTEXTS", text)


def _name(one: Json, path: Path, problems: Problems) -> None:
    names = {(*path, "name"): one.get("name") or ""}
    for locale, text in (one.get("name_localizations") or {}).items():
        names[(*path, "name_localizations", locale)] = text
        _locale(locale, (*path, "name_localizations"), problems)
    for where, text in names.items():
        if not problems.length(where, text, 1, 32):
            continue
        if not NAME.fullmatch(text) or text != text.lower():
            text = "Command name is invalid"
            problems.add(where, "APPLICATION_COMMAND_INVALID_NAME", text)


def _described(one: Json, path: Path, problems: Problems) -> None:
    problems.length((*path, "description"), one.get("description") or "", 1, 100)
    _translated(one, "description", 100, path, problems)


def _translated(one: Json, name: str, most: int, path: Path, problems: Problems) -> None:
    """The translations of a name or a description have the limits of what they stand for."""
    for locale, text in (one.get(f"{name}_localizations") or {}).items():
        problems.length((*path, f"{name}_localizations", locale), text, 1, most)
        _locale(locale, (*path, f"{name}_localizations"), problems)


def _locale(locale: str, path: Path, problems: Problems) -> None:
    if locale not in LOCALES:
        problems.choices((*path, locale), LOCALES)


def _options(options: list[Json], path: Path, problems: Problems, depth: int) -> None:
    if not problems.length((*path, "options"), options, 0, 25):
        return
    kinds = [one.get("type") for one in options]
    nested = [kind in (SUBCOMMAND, GROUP) for kind in kinds]
    if any(nested) and not all(nested):
        text = "Sub-command and sub-command group option types are mutually exclusive to all others"
        problems.add((*path, "options"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", text)
    for locale in (None, *LOCALES):
        shown = [_shown(one, locale) for one in options]
        if len(shown) != len(set(shown)):
            text = "Option names must be unique"
            problems.add((*path, "options"), "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE", text)
    _required_first(options, path, problems)
    for index, one in enumerate(options):
        _option(one, (*path, "options", index), problems, depth)


def _shown(option: Json, locale: str | None) -> object:
    """An option's name as somebody sees it who has set that language."""
    return (option.get("name_localizations") or {}).get(locale, option.get("name"))


def _required_first(options: list[Json], path: Path, problems: Problems) -> None:
    optional = False
    for index, one in enumerate(options):
        if one.get("required") and optional:
            text = "Required options must be placed before non-required options"
            code = "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"
            problems.add((*path, "options", index), code, text)
        optional = optional or not one.get("required")


def _option(one: Json, path: Path, problems: Problems, depth: int) -> None:
    _name(one, path, problems)
    _described(one, path, problems)
    kind = int(one.get("type") or 0)
    if kind not in range(1, 12):
        problems.choices((*path, "type"), range(1, 12))
    elif kind in (SUBCOMMAND, GROUP):
        # A group stands in a command, a subcommand in a command or a group; no deeper.
        if depth > (0 if kind == GROUP else 1):
            problems.choices((*path, "type"), range(3, 12))
        _options(one.get("options") or [], path, problems, depth + (1 if kind == GROUP else 2))
        wrong = kind == GROUP and any(o.get("type") != SUBCOMMAND for o in one.get("options") or [])
        if wrong:
            problems.choices((*path, "options"), (SUBCOMMAND,))
    else:
        _value(one, path, problems, kind)


def _value(one: Json, path: Path, problems: Problems, kind: int) -> None:
    choices = one.get("choices") or []
    if one.get("autocomplete") and (choices or kind not in (STRING, INTEGER, NUMBER)):
        text = "Autocomplete needs a string, integer or number without choices"
        problems.add(path, "APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_INVALID", text)
    for name, low in (("min_length", 0), ("max_length", 1)):
        if one.get(name) is not None:
            problems.number((*path, name), one[name], low, 6000)
    if problems.length((*path, "choices"), choices, 0, 25):
        check_choices(choices, (*path, "choices"), problems, kind)


def check_choices(choices: list[Json], path: Path, problems: Problems, kind: int) -> None:
    """Choices of an option, or of autocomplete: name and value of 1 to 100 characters."""
    for index, choice in enumerate(choices):
        problems.length((*path, index, "name"), choice.get("name") or "", 1, 100)
        _translated(choice, "name", 100, (*path, index), problems)
        value = choice.get("value")
        where = (*path, index, "value")
        if kind == STRING:
            problems.length(where, value if value is not None else "", 1, 100)
        elif isinstance(value, bool) or not isinstance(value, (int, float)):
            problems.add(where, "NUMBER_TYPE_COERCE", f"Value {value!r} is not a number.")


def _longest(one: Json, name: str) -> int:
    texts = [one.get(name) or "", *(one.get(f"{name}_localizations") or {}).values()]
    return max(len(str(text)) for text in texts)


def size_of(one: Json) -> int:
    """Characters of names, descriptions and choice values, the longest localization of each."""
    size = _longest(one, "name") + _longest(one, "description")
    size += sum(size_of(option) for option in one.get("options") or [])
    for choice in one.get("choices") or []:
        size += _longest(choice, "name") + len(str(choice.get("value", "")))
    return size
