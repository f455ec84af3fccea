"""Tells Discord about the commands, and only when they differ from what it has.

Discord allows 200 new commands a day, and a sync at every start is frowned upon. What it has is
asked for (one GET) and compared; nothing is kept on our side that could go stale.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_ESSENTIAL = frozenset(
    {
        "name",
        "description",
        "type",
        "options",
        "required",
        "choices",
        "value",
        "autocomplete",
        "min_length",
        "max_length",
        "contexts",
        "integration_types",
    }
)
"""What we declare. Discord's answer has more: ids, versions, localizations that are null."""

_UNORDERED = frozenset({"contexts", "integration_types"})


def differ(ours: object, theirs: object) -> bool:
    """Whether two lists of commands, as JSON, mean different things to Discord."""
    return _by_name(_essence(ours)) != _by_name(_essence(theirs))


def _by_name(commands: object) -> object:
    """In one order, whatever order their own fields are in: several kinds may have one name."""
    return sorted(commands, key=_kind_and_name) if isinstance(commands, list) else commands


def _kind_and_name(command: object) -> tuple[str, str]:
    known = command if isinstance(command, Mapping) else {}
    return str(known.get("type", 1)), str(known.get("name"))


def _essence(value: object, key: str = "") -> object:
    """The value without what is left at its default, for Discord leaves that out or spells it."""
    if isinstance(value, Mapping):
        kept = {name: _essence(inner, name) for name, inner in value.items() if name in _ESSENTIAL}
        return {name: inner for name, inner in kept.items() if inner not in (None, False, [], "")}
    if isinstance(value, Sequence) and not isinstance(value, str):
        listed = [_essence(inner) for inner in value]
        return sorted(listed, key=repr) if key in _UNORDERED else listed
    return value
