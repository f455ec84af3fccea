"""Text on its way to Slack and back: what may go out as it is, and what came in."""

from __future__ import annotations

import re

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LINK = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


def clean(text: str) -> str:
    """The text without what could turn a line around or break the transport.

    Control characters, embedding and overriding bidi marks and lone surrogates go; the marks that
    right-to-left scripts need (U+200E, U+200F) and line breaks stay.
    """
    if text.isprintable():  # nothing that is unsafe is; most texts pass here, and quickly
        return text
    return _UNSAFE.sub("", text.replace("\r\n", "\n"))


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, line breaks kept, with an ellipsis where something was cut."""
    return text if len(text) <= limit else text[: max(limit - 1, 0)].rstrip() + "…"


def escape(text: str) -> str:
    """For a field in which Slack reads markup: no mention, link or channel can come of it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escaped(text: str, limit: int) -> str:
    """The text cut so that its escaped form has at most `limit` characters."""
    size = limit
    while len(escape(cut(text, size))) > limit:
        size = size * 4 // 5
    return escape(cut(text, size))


def typed(text: str) -> str:
    """What a person typed, from the text of a slash command with `should_escape`.

    Slack turns names, channels and addresses into `<@U1|name>`, `<#C1|name>` and `<url|label>`.
    """
    plain = _LINK.sub(lambda found: _as_typed(found[1], found[2] or ""), text)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _as_typed(target: str, label: str) -> str:
    if target.startswith("@"):
        return label or target[1:]  # without the "@", which stands for an organization in a line
    if target.startswith("#"):
        return "#" + (label or target[1:])
    if target.startswith("!"):
        return label or "@" + target[1:]
    if not label:
        return target.removeprefix("mailto:").removeprefix("tel:")
    return label if label in target else f"{label} {target}"
