"""The language in which somebody is spoken to, and the catalogues of what is said.

English stands in the code; it is the key of each sentence in the catalogues under `core/locale`
(gettext's files, read with Babel). Whoever answers or writes to a member says once in which
language (`speaking`, `speak`), and every sentence made after that is in it: in the same task, and
in the threads that it hands work to.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

T = TypeVar("T")
ENGLISH = "en"
LANGUAGES = {"en": "English", "es": "Español", "fr": "Français"}
"""Each language by its code, as those who speak it call it."""
FOLDER = Path(__file__).parent / "locale"

_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


def language_for(locale: str) -> str:
    """The language of a locale such as es-MX; English where there is none of ours."""
    code = locale.replace("_", "-").partition("-")[0].lower()
    return code if code in LANGUAGES else ENGLISH


def language_liked(accepted: str) -> str:
    """The first of our languages in a browser's Accept-Language, or English."""
    codes = (re.split(r"[-_;]", one.strip())[0].lower() for one in accepted.split(","))
    return next((code for code in codes if code in LANGUAGES), ENGLISH)


def language_of(chosen: str, locale: str) -> str:
    """What a member chose, or what their platform speaks to them."""
    return chosen if chosen in LANGUAGES else language_for(locale)


def spoken() -> str:
    """The code of the language that is spoken now."""
    return _spoken.get()


def catalogue() -> gettext.NullTranslations:
    """What is said in the language that is spoken."""
    return _catalogue(_spoken.get())


def speak(language: str) -> None:
    """Speak a language from here to the end of the `speaking` around it."""
    _spoken.set(language)


@contextmanager
def speaking(language: str = ENGLISH) -> Iterator[None]:
    """Speak a language within this block, and after it what was spoken before."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def in_this_language(step: Callable[[], T]) -> Callable[[], T]:
    """The step, to be taken later, in the language that is spoken now."""
    language = _spoken.get()

    def taken() -> T:
        with speaking(language):
            return step()

    return taken


def N_(message: str) -> str:  # noqa: N802 - what gettext's users call it
    """Mark a sentence for the catalogues where it is written down; `tr` or `say` speaks it."""
    return message


def tr(message: str, /, **values: object) -> str:
    """A sentence of ours in the language that is spoken, with `{name}` filled in.

    For labels and parts of sentences; a whole one, with style and with what people typed, is said
    by `core.text.say`. Raises KeyError when a placeholder has no value.
    """
    return _filled(translated(message), values)


def trn(one: str, many: str, number: int, /, **values: object) -> str:
    """As `tr`, in the form that a number asks for; `{count}` is the number as it is written."""
    return _filled(translated_n(one, many, number), {"count": number_words(number), **values})


def trp(context: str, message: str, /, **values: object) -> str:
    """As `tr`, for a word that means several things: the context says which."""
    return _filled(_catalogue(_spoken.get()).pgettext(context, message) if message else "", values)


def translated(message: str) -> str:
    """A template in the language that is spoken; "" stays as it is."""
    return _catalogue(_spoken.get()).gettext(message) if message else ""


def translated_n(one: str, many: str, number: int) -> str:
    """The template for that number in the language that is spoken."""
    return _catalogue(_spoken.get()).ngettext(one, many, number)


def number_words(number: int) -> str:
    """A number as it is written: "1,234" in English."""
    return str(number) if -1000 < number < 1000 else format_decimal(number, locale=_spoken.get())


def day_names(width: str = "wide") -> list[str]:
    """The days of the week, Monday first; `width` is wide or abbreviated."""
    names = _locale(_spoken.get()).days["format"][width]
    return [names[day] for day in range(7)]


def month_names(width: str = "wide") -> list[str]:
    """The months, January first."""
    names = _locale(_spoken.get()).months["format"][width]
    return [names[month] for month in range(1, 13)]


def city_names(language: str) -> list[tuple[str, str]]:
    """The zones that a language names after a city of its own spelling, each with that name."""
    named = _locale(language).time_zones.items()
    return [(zone, words["city"]) for zone, words in named if "city" in words]


def path_of(language: str) -> Path:
    """The file of a language's catalogue."""
    return FOLDER / language / "LC_MESSAGES" / "squeaky.po"


def load() -> None:
    """Read every catalogue, so that nobody waits for it later."""
    for language in LANGUAGES:
        _catalogue(language)


def _filled(template: str, values: dict[str, object]) -> str:
    return template.format_map(values) if values else template


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    path = path_of(language)
    if language == ENGLISH or not path.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)
