"""A follow-up that begins with a message that somebody else wrote: what can be told from it.

Nothing here is certain, so it only fills in a form, which the member looks over and sends.
"""

from __future__ import annotations

import re

from core.domain.names import clean, clean_lines, split_who
from core.grammar import read_values
from core.language import tr
from core.problem import Problem
from core.requests import Add
from core.text import clip

QUOTED = 300
"""Characters of a message's beginning that a note quotes."""
MOST_LINES, LONGEST_LINE = 20, 200
"""How much of a message is looked through for a name."""
MOST_WORDS = 5
_MAIL = re.compile(r"(?<![^\s,;:<>()])[^@\s,;:<>()]++@[^@\s,.;:<>()]++(?:\.[^@\s,.;:<>()]++)++")
_BETWEEN = frozenset("and of the for de del der den di da van von zu bin al el la le & +".split())
"""Words in lower case that a name may hold."""


def add_values(text: str, link: str = "") -> dict[str, str]:
    """The values of an `Add` that a message suggests, by field.

    The note quotes the beginning and keeps the address `link` of the message. Who it is, and the
    rest of an add line, are given where a line of it reads as "Dana Lee @ Acme", and a mail address
    where there is just one.
    """
    words = clean_lines(text)
    values = _named(words)
    addresses = set(_MAIL.findall(words))
    if len(addresses) == 1:
        values.setdefault("contact", addresses.pop())
    note = "\n".join(filter(None, (_quote(words), link)))
    return {**values, "note": note} if note else values


def _quote(words: str) -> str:
    quoted = clip(words, QUOTED)
    return tr("“{text}”", text=quoted) if quoted else ""


def _named(words: str) -> dict[str, str]:
    for line in words.split("\n")[:MOST_LINES]:
        values = _read(line) if 0 < len(line) <= LONGEST_LINE else {}
        if _names_both(values.get("who", "")):
            return values
    return {}


def _read(line: str) -> dict[str, str]:
    try:
        return read_values(Add, line)
    except Problem:
        return {}


def _names_both(who: str) -> bool:
    """Whether it is the name of a person and of where they work, and no part of a sentence."""
    return all(map(_is_name, split_who(who)))


def _is_name(text: str) -> bool:
    words = clean(text).split()
    if not 0 < len(words) <= MOST_WORDS:
        return False
    return words[0] not in _BETWEEN and all(map(_is_part, words))


def _is_part(word: str) -> bool:
    """Whether it is written as a part of a name is; some scripts have no capitals."""
    first = word[0]
    return word in _BETWEEN or (first.isalnum() and first == first.upper())
