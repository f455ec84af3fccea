"""A line's parts: what has a key, what stands between commas, and of those who is new."""

from __future__ import annotations

import re
from itertools import pairwise

from core.domain.names import folded, is_legal_form, split_who
from core.language import ENGLISH, spoken, tr, trp
from core.options import Kind, Option
from core.peeling import about_of, peel, peel_about, pieces


def keyed(specs: tuple[Option, ...], text: str) -> tuple[str, dict[str, str]]:
    """Take `key: value` pairs out of a line; what is left, and the pairs.

    A value ends at the next comma, or for long text at the next key.
    """
    theirs = {key: spec for spec in specs for key in _keys_elsewhere(spec)}
    names = theirs | {key: spec for spec in specs for key in _keys(spec)}
    if not names:
        return text, {}
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile(
        rf"(?:^|(?<=[,\s]))({'|'.join(map(re.escape, longest_first))})\s?:(?!//)\s*", re.IGNORECASE
    )
    matches = list(pattern.finditer(text))
    loose = [text[: matches[0].start()] if matches else text]
    values: dict[str, str] = {}
    for match, following in pairwise([*matches, None]):
        assert match is not None
        spec = names[match[1].lower()]
        value = text[match.end() : following.start() if following else None].strip().rstrip(",")
        if spec.kind not in (Kind.LONG, Kind.CHOICES):
            value, *after = parts_of(value) or [""]
            loose += after
        values[spec.name] = value.strip()
    return ",".join(loose), values


def parts_of(text: str) -> list[str]:
    """What stands between the commas; "Acme, Inc." is one part."""
    parts: list[str] = []
    for part in filter(None, map(str.strip, text.split(","))):
        if parts and is_legal_form(part):
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return parts


def new_who(specs: tuple[Option, ...], values: dict[str, str], parts: list[str]) -> list[str]:
    """Find who is new among the parts and take off what stands around the name.

    It is the first part that can't be anything else, with the organization where that has a part
    of its own. What is left of the others.
    """
    who, about = specs[0].name, next(spec.name for spec in specs if spec.rest)
    if about in values:
        values[about] = peel_about(specs, values, values[about])
    parts = _with_legal_forms(specs, values, parts)
    if parts and who not in values:
        n = next((n for n, part in enumerate(parts) if not _is_other(specs, part)), 0)
        name = parts.pop(n)
        if not split_who(name)[1]:
            for n, part in enumerate(parts):
                if not split_who(part)[0] and split_who(part)[1]:
                    name = f"{name} {parts.pop(n)}"
                    break
        values[who] = peel(specs, values, name)
    left: list[str] = []
    for part in parts:
        left += _unpacked(specs, values, about, part)
    return left


def _is_other(specs: tuple[Option, ...], part: str) -> bool:
    """Whether it is surely not a name."""
    return about_of(part) is not None or pieces(specs, {}, part) is not None


def _unpacked(
    specs: tuple[Option, ...], values: dict[str, str], about: str, part: str
) -> list[str]:
    """What is left of a part when the fields within it are taken out."""
    marked = about_of(part)
    if marked is not None and about not in values:
        values[about] = peel_about(specs, values, marked)
        return []
    found = pieces(specs, values, part)
    if found is not None:
        values |= found
        return []
    return [peel_about(specs, values, part)] if " " in part else [part]


def _with_legal_forms(
    specs: tuple[Option, ...], values: dict[str, str], parts: list[str]
) -> list[str]:
    """ "Acme, Inc. urgent" is "Acme, Inc." and "urgent"."""
    made: list[str] = []
    for part in parts:
        form, _, rest = part.partition(" ")
        if made and is_legal_form(form) and rest and pieces(specs, values, rest):
            made[-1] += f", {form}"
            made.append(rest)
        else:
            made.append(part)
    return made


def _keys(spec: Option) -> set[str]:
    return {spec.name, spec.label.lower(), *spec.aliases}


def _keys_elsewhere(spec: Option) -> set[str]:
    """As Discord and forms show it in the language that is spoken, with accents or without."""
    if spoken() == ENGLISH:
        return set()
    shown = {trp("command", spec.name), tr(spec.label).lower()}
    shown |= {re.sub("[-_]", " ", name) for name in shown}
    return shown | {folded(name) for name in shown}
