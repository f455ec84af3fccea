"""Spans as Discord's markdown, in which nothing that a person typed is read as markup.

Discord reads a backslash before any punctuation mark as "this mark, literally". Addresses are the
exception: inside one, backslashes would be part of it, so its few dangerous marks are
percent-encoded instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from urllib.parse import quote

from core.text import Span, Style, Text, plain

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, other ends of lines, marks that turn the direction of what follows, and
broken surrogates."""

_ADDRESS = re.compile(r"(?<!\w)https?://[A-Za-z0-9][A-Za-z0-9.-]*(?:[:/?#][^\s<>]*)?")
"""What Discord makes a link of by itself. Anything less certain is escaped like other words."""

_IN_ADDRESS = re.compile(r"[*`|\\\[\]\"]")
_MARKUP = re.compile(r"[\\*_~|`<>\[\]]")
_NEEDS_CARE = re.compile(f"{_UNSEEN.pattern}|{_MARKUP.pattern}|@|://")
_LINE_START = re.compile(r"^([^\S\n]*)([#+-]|\d+(?=[.)]))", re.MULTILINE)
_EVERYBODY = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_NOTHING = "\u200b"
"""A character of no width: keeps two runs of marks apart."""

_LOOKS = attrgetter("style", "url", "at")
_HEADING, _SMALL = "### ", "-# "


def escape(text: str) -> str:
    """The text as Discord shows it letter for letter. Addresses stay links, as in any message.

    `@everyone` gets a character of no width, so that it is not even highlighted; that it pings
    nobody is the work of `allowed_mentions`, on every message.
    """
    if _NEEDS_CARE.search(text) is None:  # nearly always: this runs for every run of words
        return text
    parts: list[str] = []
    end = 0
    clean = _UNSEEN.sub("", text)
    for found in _ADDRESS.finditer(clean):
        parts += _escape_words(clean[end : found.start()]), _inert_address(found[0])
        end = found.end()
    return _EVERYBODY.sub("@" + _NOTHING, "".join(parts) + _escape_words(clean[end:]))


def line(text: Text) -> str:
    """One line of text as markdown: styles as marks, links as masked links, instants as Discord
    shows them to each reader.
    """
    parts: list[str] = []
    for (style, url, at), group in groupby(text, key=_LOOKS):
        words = "".join([span.text for span in group])
        if at is not None:
            part = _moment(style, at)
        else:
            part = _linked(words, url) if _is_web(url) else _STYLED[style](words)
        if parts and part and _would_run_together(parts[-1], part):
            parts.append(_NOTHING)
        parts.append(part)
    return _fence_lines("".join(parts))


def small(text: Text, limit: int) -> str:
    """One line in small grey letters, of at most `limit` UTF-16 units; "" when nothing is left."""
    words = " ".join(clipped(text, limit - len(_SMALL)).split("\n"))
    return _SMALL + words if words.strip() else ""


def heading(text: str, limit: int) -> str:
    """A heading on one line, of at most `limit` UTF-16 units; "" when nothing is left."""
    words = clipped((Span(" ".join(text.split())),), limit - len(_HEADING))
    return _HEADING + words if words.strip() else ""


def clipped(text: Text, limit: int) -> str:
    """One line as markdown of at most `limit` UTF-16 units, with an ellipsis where it was cut.

    The text is cut, not the markdown, so no mark is left open.
    """
    whole = line(text)
    if size(whole) <= limit:
        return whole
    count = len(plain(text))
    while size(whole) > limit and count > 0:
        # One character takes up to three places once it is escaped: this never cuts too much.
        count -= max(1, (size(whole) - limit) // 3)
        whole = line((*_first(text, count), Span("…")))
    return whole if size(whole) <= limit else ""


def size(text: str) -> int:
    """Length in UTF-16 units: what Discord counts is not said, and this is never less."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _first(text: Text, count: int) -> Text:
    kept: list[Span] = []
    for span in text:
        if count <= 0:
            break
        kept.append(
            span if len(span.text) <= count else replace(span, text=span.text[:count], at=None)
        )
        count -= len(span.text)
    return tuple(kept)


def _escape_words(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", text)


def _inert_address(url: str) -> str:
    return _IN_ADDRESS.sub(lambda mark: f"%{ord(mark[0]):02X}", url)


def _fence_lines(markdown: str) -> str:
    """Take away the meaning that a mark has at the start of a line: heading, list, small print.

    Only unescaped marks are left to find here; `>` and `*` are escaped or our own by now.
    """
    return _LINE_START.sub(_escaped_start, markdown)


def _escaped_start(found: re.Match[str]) -> str:
    indent, mark = found[1], found[2]
    return f"{indent}\\{mark}" if not mark.isdigit() else f"{indent}{mark}\\"


def _is_web(url: str | None) -> bool:
    return url is not None and url.lower().startswith(("http://", "https://"))


def _linked(words: str, url: str | None) -> str:
    """A masked link. Discord refuses to mask one address with another: those stay as they are."""
    label = " ".join(words.split())
    if not label or "://" in label:
        return escape(label)
    address = quote(_UNSEEN.sub("", url or ""), safe=":/?#@!$&',;=%+~.-_")
    return f"[{escape(label)}]({address})"


def _marked(mark: str, words: str) -> str:
    """Marked words on one line, the marks tight around them, as Discord needs."""
    inside = escape(" ".join(words.split()))
    if not inside:
        return words
    before = " " if words[:1].isspace() else ""
    after = " " if words[-1:].isspace() else ""
    return f"{before}{mark}{inside}{mark}{after}"


def _code(words: str) -> str:
    """Code; nothing can be escaped inside it, so text with a mark that ends it is shown plain."""
    flat = " ".join(_UNSEEN.sub("", words).split())
    return f"`{flat}`" if flat and not {"`", "\\"} & set(flat) else escape(words)


def _moment(style: Style, at: datetime) -> str:
    """Weekday, day and hour by the reader's own clock, and how far away that is."""
    seconds = int(at.timestamp())
    mark = {Style.BOLD: "**", Style.ITALIC: "*"}.get(style, "")
    return f"{mark}<t:{seconds}:F>{mark} (<t:{seconds}:R>)"


def _would_run_together(left: str, right: str) -> bool:
    return left[-1:] in "*`" and right[:1] in "*`" and not left.endswith(("\\*", "\\`"))


_STYLED: dict[Style, Callable[[str], str]] = {
    Style.PLAIN: escape,
    Style.BOLD: lambda words: _marked("**", words),
    Style.ITALIC: lambda words: _marked("*", words),
    Style.CODE: _code,
}
