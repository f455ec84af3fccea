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
"""What we declare, besides translations. Discord's answer has more: ids, versions."""

_DEFAULTS: tuple[object, ...] = (None, False, [], "", {})
_UNORDERED = frozenset({"contexts", "integration_types"})
TRANSLATED = frozenset({"name_localizations", "description_localizations"})
"""What Discord tells only when it is asked to, and then of each command, if only null."""


def differ(ours: object, theirs: object) -> bool:
    """Whether two lists of commands, as JSON, mean different things to Discord.

    Translations count only where it told of them: or they would be sent again at every start.
    """
    kept = _ESSENTIAL | TRANSLATED if _tells_translations(theirs) else _ESSENTIAL
    return _by_name(_essence(ours, kept)) != _by_name(_essence(theirs, kept))


def _tells_translations(commands: object) -> bool:
    told = commands if isinstance(commands, list) else []
    return any(isinstance(one, Mapping) and TRANSLATED & one.keys() for one in told)


def _by_name(commands: object) -> object:
    """In one order, whatever order their own fields are in: several kinds may have one name."""
    return sorted(commands, key=_kind_and_name) if isinstance(commands, list) else commands


def _kind_and_name(command: object) -> tuple[str, str]:
    known = command if isinstance(command, Mapping) else {}
    return str(known.get("type", 1)), str(known.get("name"))


def _essence(value: object, kept: frozenset[str], key: str = "") -> object:
    """The value without what is left at its default, for Discord leaves that out or spells it."""
    if isinstance(value, Mapping):
        told = {
            name: _essence(inner, kept, name)
            for name, inner in value.items()
            if name in kept or key in TRANSLATED
        }
        return {name: inner for name, inner in told.items() if inner not in _DEFAULTS}
    if isinstance(value, Sequence) and not isinstance(value, str):
        listed = [_essence(inner, kept) for inner in value]
        return sorted(listed, key=repr) if key in _UNORDERED else listed
    return value
