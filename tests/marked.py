"""A language that nobody speaks: every letter of ours is written wide, so that what is not from the
catalogue stands out.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from core import language
from core.caller import Account, Caller, Platform
from core.reply import (
    Actions,
    Button,
    Heading,
    LinkButton,
    Menu,
    Message,
    Paragraph,
    PersonButton,
    RoomButton,
)
from core.text import Style, Text
from tests.people import Member, Office

MARKED = "ja"
"""It is dated in a script without a letter of English."""
_AS_TYPED = re.compile(r"(\{[a-z_]+\}|`[^`]*`)")
_NAMES = re.compile("Gmail|Outlook")
_WIDE = {n: n + 0xFEE0 for n in (*range(65, 91), *range(97, 123))}


def marked(message: str) -> str:
    """A sentence of ours as it is said in that language."""
    parts = _AS_TYPED.split(message)
    return "".join(part if n % 2 else part.translate(_WIDE) for n, part in enumerate(parts))


class Marked(gettext.NullTranslations):
    """A catalogue in which everything is translated."""

    def gettext(self, message: str) -> str:
        return marked(message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        return marked(one if number == 1 else many)

    def pgettext(self, context: str, message: str) -> str:
        return marked(message)


def speak_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the language be one of ours."""
    known = {MARKED: Marked(), language.ENGLISH: gettext.NullTranslations()}
    monkeypatch.setattr(language, "_catalogue", known.__getitem__)
    monkeypatch.setitem(language.LANGUAGES, MARKED, "日本語")


class Reader(Member):
    """A member whose app speaks that language."""

    def caller(self, key: str = "") -> Caller:
        """Who asks."""
        return replace(super().caller(key), locale=MARKED)

    async def taps(self, label: str) -> str:
        """Press a button by its English label."""
        return await self.presses(marked(label))


def reader(office: Office, platform: Platform = Platform.WEB) -> Reader:
    """Somebody who can talk to the desk."""
    return Reader(office.desk, Account(platform, "", "dana"))


def unmarked(message: Message | None) -> list[str]:
    """What of a message is in English letters, but for what is typed and for names."""
    assert message is not None
    shown = (_NAMES.sub("", words) for words in _shown(message))
    return [words for words in shown if re.search("[A-Za-z]", words)]


def _shown(message: Message) -> Iterator[str]:
    for block in message.blocks:
        if isinstance(block, Heading):
            yield block.text
        elif isinstance(block, Paragraph):
            yield from map(_plain, block.lines)
        elif isinstance(block, Actions):
            for item in block.items:
                if isinstance(item, (Button, LinkButton, Menu, PersonButton, RoomButton)):
                    yield item.label
                if isinstance(item, Button):
                    yield item.confirm
                if isinstance(item, Menu):
                    yield from (option.label for option in item.options)


def _plain(line: Text) -> str:
    return "".join(span.text for span in line if span.style is not Style.CODE)
