"""Values to request: each one checked against what its field can hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from core.domain.names import clean, clean_lines, folded
from core.language import tr
from core.options import Kind, Option, Request, options_of
from core.problem import Problem
from core.recognizing import choice_for
from core.voice.words import word

_BETWEEN = re.compile(r"\s*(?:,|;|\b(?:and|y|et)\b)\s*", re.IGNORECASE)


def build(kind: type[Request], values: Mapping[str, str], **hidden: object) -> Request:
    """The request that these values make. `hidden` are fields without an option.

    Raises Problem, naming the field, for a value that is too long or not among the choices.
    """
    specs = {spec.name: spec for spec in options_of(kind)}
    unknown = [name for name in values if name not in specs]
    if unknown:
        raise Problem("I don't know the option “{name}”.", name=unknown[0])
    made = {name: _checked(specs[name], value) for name, value in values.items()}
    return kind(**made, **hidden)


def _checked(spec: Option, value: str) -> str:
    text = clean_lines(value) if spec.kind is Kind.LONG else clean(value)
    if len(text) > spec.max_length:
        raise Problem(
            "{label}: {count} characters are too many; use {limit} at most.",
            field=spec.name,
            label=tr(spec.label),
            count=len(text),
            limit=spec.max_length,
        )
    if text and spec.kind is Kind.OPEN:
        return choice_for(spec, text, exact=True) or text
    if not text or spec.kind not in (Kind.CHOICE, Kind.CHOICES):
        return text
    if spec.kind is Kind.CHOICES:
        return ", ".join(_chosen(spec, part) for part in _several(text))
    return _chosen(spec, text)


def _several(text: str) -> Iterable[str]:
    nothing = {folded(form) for one in ("none", "no") for form in (one, word(one))}
    return [part for part in _BETWEEN.split(text) if part and folded(part) not in nothing]


def _chosen(spec: Option, text: str) -> str:
    choice = choice_for(spec, text)
    if choice is None:
        raise Problem(
            "{label}: “{text}” is not one of the choices. Use {allowed}.",
            field=spec.name,
            label=tr(spec.label),
            text=text,
            allowed=", ".join(map(word, spec.choices)),
        )
    return choice
