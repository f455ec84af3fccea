"""Text with a little style, on no platform in particular.

A sentence is a template that we wrote, with values that somebody else may have written. Only the
template is read for style (`**bold**`, `__italic__`, `` `code` ``); values are never interpreted,
so each adapter escapes spans and nothing a person types can ping a channel or break a layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

from core.language import number_words, translated, translated_n


class Style(StrEnum):
    """How a span stands out. A reader without it loses nothing but emphasis."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"


@dataclass(frozen=True)
class Span:
    """A run of characters in one style.

    - `url`: it is a link (http, https or mailto only).
    - `at`: it says an instant, aware. Where the platform can show that to each reader by their own
      clock, it stands there instead of the characters.
    """

    text: str
    style: Style = Style.PLAIN
    url: str | None = None
    at: datetime | None = None


Text: TypeAlias = tuple[Span, ...]
Sayable: TypeAlias = str | int | Text

_MARKS = {"**": Style.BOLD, "__": Style.ITALIC, "`": Style.CODE}
_TOKEN = re.compile(r"(\*\*|__|`|\{[a-z_]+\})")
_ADDRESS = re.compile(r"(https?://[^\s<>\"“”]+[^\s<>\"“”.,;:!?)\]])")


def plain(text: Text) -> str:
    """The characters alone."""
    return "".join(span.text for span in text)


def text_of(value: Sayable) -> Text:
    """Any value as text; a string is taken literally."""
    if isinstance(value, tuple):
        return value
    return (Span(str(value)),) if value != "" else ()


@lru_cache(maxsize=4096)
def _parts(template: str) -> tuple[str, ...]:
    """A template of ours in its parts: there are as many as there are sentences."""
    return tuple(_TOKEN.split(template))


def say(template: str, /, **values: Sayable) -> Text:
    """Fill a template of ours, in the language that is spoken.

    Placeholders are `{name}`; a value inside `**…**` becomes bold, and so on. Raises KeyError when
    a placeholder has no value: a broken sentence must not reach a member.
    """
    return _filled(translated(template), values)


def say_n(one: str, many: str, number: int, /, **values: Sayable) -> Text:
    """As `say`, in the form that a number asks for; `{count}` is the number as it is written."""
    return _filled(translated_n(one, many, number), {"count": number_words(number), **values})


def _filled(template: str, values: Mapping[str, Sayable]) -> Text:
    spans: list[Span] = []
    style = Style.PLAIN
    for part in _parts(template):
        if part in _MARKS:
            style = Style.PLAIN if style is _MARKS[part] else _MARKS[part]
        elif part.startswith("{") and part.endswith("}"):
            spans.extend(_styled(text_of(values[part[1:-1]]), style))
        elif part:
            spans.append(Span(part, style))
    return tuple(spans)


def linked(text: str) -> Text:
    """What somebody wrote, with its web addresses as links: each says where it leads.

    One that was cut off leads nowhere, and stays text.
    """
    parts = enumerate(_ADDRESS.split(text))
    whole = [(part, n % 2 and not part.endswith("…")) for n, part in parts if part]
    return tuple(Span(part, url=part if leads else None) for part, leads in whole)


def instant(words: str, at: datetime) -> Text:
    """An instant in words, for a text that people in several zones may read.

    Not for a day of a member's own calendar, which is that day wherever they are.
    """
    return (Span(words, at=at),)


def join(parts: Iterable[Sayable], separator: str = " ") -> Text:
    """Texts in a row with a separator between them; empty ones are left out."""
    spans: list[Span] = []
    for part in parts:
        text = text_of(part)
        if text and spans:
            spans.append(Span(separator))
        spans.extend(text)
    return tuple(spans)


def clip(text: str, limit: int) -> str:
    """At most `limit` characters on one line, with an ellipsis where something was cut."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


def _styled(text: Text, style: Style) -> Text:
    if style is Style.PLAIN:
        return text
    return tuple(replace(s, style=style) if s.style is Style.PLAIN else s for s in text)
