"""Languages for tests: English words in the letters of another script, so that each is known.

What is said in English alone, or in somebody else's language, shows in its letters.
"""

from __future__ import annotations

import gettext
import re
import unicodedata
from collections.abc import Iterable, Iterator

import pytest

from core import language
from core.language import LANGUAGES, day_names, month_names, speaking
from core.reply import Actions, Heading, Message, Paragraph
from core.text import Style, Text

SCRIPTS = {"en": ("GEORGIAN", 0x10D0), "es": ("CYRILLIC", 0x430), "fr": ("ARMENIAN", 0x561)}
"""The name of each language's letters in Unicode, and the first of them."""
_KEPT = re.compile(r"(\{[a-z_]+\}|`[^`]*`)")
"""Placeholders, and what one types."""


class Script(gettext.NullTranslations):
    """English, spelled in another script, perhaps with each letter several times."""

    def __init__(self, first: int, times: int = 1) -> None:
        super().__init__()
        self._letters = {ord("a") + n: chr(first + n) * times for n in range(26)}

    def gettext(self, message: str) -> str:
        return "".join(
            part if n % 2 else part.lower().translate(self._letters)
            for n, part in enumerate(_KEPT.split(message))
        )

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        del context
        return self.gettext(message)


TONGUES = {code: Script(first) for code, (_, first) in SCRIPTS.items()}


def in_scripts(monkeypatch: pytest.MonkeyPatch, times: int = 1) -> None:
    """From now on every language has letters of its own, English too, and is so much longer."""
    tongues = {code: Script(first, times) for code, (_, first) in SCRIPTS.items()}
    monkeypatch.setattr(language, "_catalogue", tongues.__getitem__)


def strays(texts: Iterable[str], code: str, typed: Iterable[str] = ()) -> list[str]:
    """Words in these texts that are not in the letters of that language.

    What people `typed` is theirs; the names of days and months come from no catalogue.
    """
    known = {word for text in (*typed, *_calendar(code)) for word in _words(text)}
    script, _ = SCRIPTS[code]
    return [
        word
        for text in texts
        for word in _words(text)
        if word not in known and not all(unicodedata.name(c).startswith(script) for c in word)
    ]


def said_in(message: Message) -> Iterator[str]:
    """Everything that a message says, without what one is to type."""
    for block in message.blocks:
        match block:
            case Heading(text):
                yield text
            case Paragraph(lines):
                yield from map(_said, lines)
            case Actions(items):
                yield from (item.label for item in items)


def _said(line: Text) -> str:
    said = "".join(span.text for span in line if span.style is not Style.CODE)
    return re.sub(r"`[^`]*`", "", said)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def _calendar(code: str) -> list[str]:
    assert code in LANGUAGES
    with speaking(code):
        return [n for w in ("wide", "abbreviated") for n in (*day_names(w), *month_names(w))]
