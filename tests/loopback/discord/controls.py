"""Finds the button or select that a person means by a label."""

from __future__ import annotations

from collections.abc import Iterator

from tests.loopback.discord.components import BUTTON, STRING_SELECT, TEXT, walk
from tests.loopback.discord.errors import Json, UsageError
from tests.loopback.discord.messages import Message
from tests.loopback.discord.text import visible_label


def find_control(message: Message, label: str, near: str | None = None) -> Json:
    """The one button or select with this label; after a text with `near`, the first."""
    found = list(_matching(message, label, near))
    usable = [one for one in found if not one.get("disabled")]
    if not found:
        beside = f" near {near!r}" if near else ""
        shown = message.buttons + message.options
        raise UsageError(f"nothing says {label!r}{beside}; there is: {shown}")
    if near is None and len(usable) > 1:
        raise UsageError(f"{len(usable)} things say {label!r}: tell which with near=")
    return (found if near is not None else usable or found)[0]


def _matching(message: Message, label: str, near: str | None) -> Iterator[Json]:
    reached = near is None or near in message.content
    for one in walk(message.components):
        if one["type"] == TEXT and near is not None and near in one["content"]:
            reached = True
        if reached and label in _labels(one):
            yield one


def _labels(one: Json) -> list[str]:
    if one["type"] == BUTTON:
        return [one.get("label") or "", visible_label(one)]
    options = one["options"] if one["type"] == STRING_SELECT else []
    return [text for option in options for text in (option["label"], visible_label(option))]
