"""A language that is nobody's, to see what is said in no catalogue and what has no room for more.

Each word is twice as long as the English one and has marked vowels: "Sent" is "SéntSént". What is
filled in, code and style stay, as in any translation.
"""

from __future__ import annotations

import gettext
import re

import pytest

from adapters.discord import localizing
from core import language

CODE = "eo"
"""Of a language that has days and months in CLDR, and none of ours."""
_KEPT = re.compile(r"(`[^`]*`|\{[a-z_]+\}|https?://\S+)")
_WORD = re.compile(r"[^\W\d_]+")
_MARKS = str.maketrans("aeiouyAEIOUY", "àéîôûýÀÉÎÔÛÝ")


class Doubled(gettext.NullTranslations):
    """Every sentence, twice as long."""

    def gettext(self, message: str) -> str:
        return doubled(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return doubled(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return doubled(message)


def doubled(message: str) -> str:
    """A sentence of ours in that language."""
    parts = _KEPT.split(message)
    return "".join(part if n % 2 else _WORD.sub(_doubled, part) for n, part in enumerate(parts))


def _doubled(found: re.Match[str]) -> str:
    word = found[0].translate(_MARKS)
    marked = word if word != found[0] else f"{word[:-1]}é"
    return f"{marked}{marked}"


@pytest.fixture
def tongue(monkeypatch: pytest.MonkeyPatch) -> str:
    """The language as one of ours: its code, which is a locale as well.

    Spanish is it too, so that it can be chosen.
    """
    catalogue_of = language._catalogue
    monkeypatch.setitem(language.LANGUAGES, CODE, "Esperanto")
    monkeypatch.setitem(localizing.LOCALES, CODE, ("tr",))  # Discord has no locale for it
    monkeypatch.setattr(
        language,
        "_catalogue",
        lambda code: Doubled() if code in (CODE, "es") else catalogue_of(code),
    )
    return CODE
