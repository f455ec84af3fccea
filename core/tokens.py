"""A request as a short token, for a button to carry: `sent:t=42&s=3&v=d17`.

It says all that is needed, so a button works after a restart. It grants nothing: the desk checks
that the follow-up belongs to whoever pressed.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from functools import lru_cache
from urllib.parse import parse_qsl, quote

from core.language import N_
from core.options import Request, said
from core.problem import Problem
from core.reply import TOKEN_LIMIT
from core.requests import BY_VERB

_SHORT = {"target": "t", "seen": "s", "view": "v", "change": "c", "kept": "k"}
_LONG = {short: name for name, short in _SHORT.items()}

STALE = N_(
    "That button is from an older version of me. Type `/followup list` to see where you stand."
)


def token(request: Request) -> str:
    """The token of a request. Raises ValueError when it would be too long for a button."""
    pairs = [f"{_SHORT.get(name, name)}={_text(value)}" for name, value in said(request).items()]
    text = request.verb + (":" + "&".join(pairs) if pairs else "")
    if len(text) > TOKEN_LIMIT:
        raise ValueError(f"a token of {len(text)} characters: {text}")
    return text


def request_of(text: str) -> Request:
    """The request that a token stands for. Raises Problem when it is not one of ours."""
    verb, _, query = text.partition(":")
    kind = BY_VERB.get(verb)
    if kind is None or len(text) > TOKEN_LIMIT or not _can_be_written(text):
        raise Problem(STALE)
    known = {item.name: item for item in fields(kind)}  # type: ignore[arg-type] # dataclasses
    values: dict[str, object] = {}
    for key, value in parse_qsl(query, keep_blank_values=True):
        name = _LONG.get(key, key)
        if name not in known:
            raise Problem(STALE)
        values[name] = _value(known[name], value)
    return kind(**values)


def _can_be_written(text: str) -> bool:
    """Half of a pair of characters is in no encoding, and in no token of ours."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_id(text: str) -> bool:
    """Whether it is a number as a token carries one: a larger one fits no database."""
    return text.isascii() and text.isdecimal() and len(text) <= 18


def _text(value: object) -> str:
    if isinstance(value, int):
        return str(int(value))
    return _quoted(str(value))


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    """A digest has dozens of tokens, and most of what they say is alike."""
    return text if text.isalnum() and text.isascii() else quote(text, safe="")


def _value(item: Field[object], text: str) -> object:
    default = item.default if item.default is not MISSING else ""
    if isinstance(default, bool):
        return text == "1"
    if isinstance(default, int):
        if not is_id(text):
            raise Problem(STALE)
        return int(text)
    return text
