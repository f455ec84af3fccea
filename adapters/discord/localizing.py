"""The commands in other languages: what Discord shows to who has set one.

`/followup` itself keeps its name, with which each command begins in all that is written about it;
what comes after it, what it is for and what can be chosen is translated. What Discord sends back is
English in any case.

Rules and limits: Discord's reference of application commands. Of each name, description and choice
the longest counts towards the 8000 characters of a command with all that is in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from core.language import speaking, spoken, tr, trp
from core.text import clip

JSON: TypeAlias = dict[str, Any]

LOCALES: dict[str, tuple[str, ...]] = {"es": ("es-ES", "es-419"), "fr": ("fr",)}
"""Discord's locales by our languages; English is what stands in the commands themselves."""
MOST, LONGEST, STEP = 8000, 100, 10
"""Characters: of a command, of a description or choice, and by how much those are cut."""
NAMES, DESCRIPTIONS = "name_localizations", "description_localizations"
_NAME = re.compile(r"[-_'\w]{1,32}")
_CHAT, _GROUP = 1, 2


def localized(command: JSON) -> JSON:
    """A command with its translations; its descriptions cut where they would make it too large."""
    if command.get("type", _CHAT) != _CHAT:
        return {**command, **_told(NAMES, command["name"], lambda: clip(tr(command["name"]), 32))}
    for most in range(LONGEST, -1, -STEP):
        made = _option(command, most)
        if size_of(made) <= MOST:
            return made
    return command


def size_of(command: JSON) -> int:
    """Characters of names, descriptions and values, the longest language of each."""
    size = _longest(command, "name", NAMES) + _longest(command, "description", DESCRIPTIONS)
    size += sum(map(size_of, command.get("options") or ()))
    for choice in command.get("choices") or ():
        size += _longest(choice, "name", NAMES) + len(str(choice["value"]))
    return size


def _longest(one: JSON, name: str, translations: str) -> int:
    texts = [one.get(name) or "", *(one.get(translations) or {}).values()]
    return max(map(len, texts))


def _option(one: JSON, most: int) -> JSON:
    """A command or an option of one; a description has at most so many characters, or as many as
    the English one.
    """
    made = dict(one)
    if one.get("options"):
        made["options"] = _named([_option(each, most) for each in one["options"]], _command_name)
    if one.get("choices"):
        made["choices"] = _named(one["choices"], _choice_name)
    english = str(one["description"])
    room = max(most, len(english))
    listing = _listing if one.get("type") == _GROUP else _translated
    return made | _told(DESCRIPTIONS, english, lambda: clip(listing(made), room))


def _translated(one: JSON) -> str:
    return tr(str(one["description"]))


def _listing(group: JSON) -> str:
    """What stands in a group, as it is called here: "Club: setup, join, leave"."""
    code = LOCALES[spoken()][0]
    names = [each.get(NAMES, {}).get(code, each["name"]) for each in group["options"]]
    name = _command_name(group["name"]) or str(group["name"])
    return tr("{group}: {names}", group=name.capitalize(), names=", ".join(names))


def _named(siblings: Sequence[JSON], name_of: Callable[[str], str]) -> list[JSON]:
    """Each with its names; but for those that no two may share, and those that break a rule."""
    found: list[dict[str, str]] = [{} for _ in siblings]
    for language, codes in LOCALES.items():
        with speaking(language):
            names = [name_of(one["name"]) for one in siblings]
        shared = Counter([*names, *(one["name"] for one in siblings)])
        for name, told in zip(names, found, strict=True):
            if name and shared[name] == 1:
                told.update(dict.fromkeys(codes, name))
    return [
        {**one, NAMES: told} if told else one for one, told in zip(siblings, found, strict=True)
    ]


def _command_name(english: str) -> str:
    """The name in the language that is spoken; "" where Discord takes none like it."""
    name = trp("command", english)
    return name if _NAME.fullmatch(name) and name == name.lower() else ""


def _choice_name(english: str) -> str:
    return clip(trp("word", english), LONGEST)


def _told(key: str, english: str, say: Callable[[], str]) -> dict[str, dict[str, str]]:
    """What is said in each locale, where it is not the English."""
    told: dict[str, str] = {}
    for language, codes in LOCALES.items():
        with speaking(language):
            said = say()
        told |= dict.fromkeys(codes, said) if said not in ("", english) else {}
    return {key: told} if told else {}
