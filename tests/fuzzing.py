"""Bad input for every entry, and what must be so whatever came in.

`FUZZ=10` in the environment tries ten times as many examples.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any

from aiohttp import ClientSession, CookieJar, TCPConnector
from aiohttp.http import HttpProcessingError
from aiohttp.web import RequestPayloadError
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from core.options import Request, options_of
from core.reply import TOKEN_LIMIT
from core.requests import COMMANDS, REQUESTS

TIMES = int(os.environ.get("FUZZ", "1"))

HOSTILE = (
    "",
    " ",
    "\0",
    "\ud800",
    "\u202eevil",
    "\u202e\u200b",
    "0",
    "-1",
    "999999999999999999",
    "99999999999999999999999999",
    "²",
    "٣",
    "NaN",
    "Infinity",
    "null",
    "[]",
    "{who}",
    "{0.__class__}",
    "%s%n",
    "**bold** `code` __x__",
    "<!channel> <@U1> @everyone @here <@&1>",
    "<script>alert(1)</script>",
    "'; DROP TABLE members; --",
    "=HYPERLINK(1)",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://[",
    "http://\u0130.example/\u202e",
    "31 Feb",
    "in 99999999999 days",
    "0000-00-00",
    "9999-12-31",
    "25:61",
    "every 0 days",
    "Europe/../../etc/passwd",
    "🧑‍🚀" * 40,
    "ﷺ" * 60,
    "Z̸̢͝" * 40,
    "a," * 400,
    ":" * 300,
    "@" * 300,
    "x" * 3000,
    "İıſﬀ",
    "\n\n- a\n# b",
    "#1",
    "#2",
    "Robin",
    "Robin @ Acme",
    "@ Acme",
    "email",
    "tomorrow",
    "next Friday",
    "yes",
    "no",
    "Europe/Paris",
    "8:30",
    "urgent",
    "talking",
)
"""What people, robots and clumsy programs type; the plain ones lead further in."""

TYPES = [
    "application/json",
    "application/x-www-form-urlencoded",
    "application/json; charset=utf-16",
    "text/plain; charset=nonsense",
    "text/plain; charset=unicode_escape",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "",
    "x",
]
"""What a body may be said to be."""

texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(), max_size=40),
    st.lists(st.sampled_from(HOSTILE), min_size=2, max_size=3).map(", ".join),
)


def fuzz(examples: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Settings of a fuzz: so many examples, however long each takes, one state for all.

    Always the same ones, so that a check tells of the change that it is of; with `FUZZ` others
    each time.
    """
    return settings(
        max_examples=examples * TIMES,
        derandomize=TIMES == 1,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )


def _keyed(kind: type[Request]) -> st.SearchStrategy[str]:
    names = [alias for spec in options_of(kind) for alias in (spec.name, *spec.aliases)]
    return st.builds("{}: {}".format, st.sampled_from(names or ["note"]), texts)


def _line(kind: type[Request]) -> st.SearchStrategy[str]:
    name = kind.command.name if kind.command else ""
    parts = st.lists(texts | _keyed(kind), max_size=4).map(", ".join)
    return parts.map(lambda rest: f"{name} {rest}")


lines = texts | st.sampled_from(COMMANDS).flatmap(_line)
"""What is typed after `/followup`: anything, and commands with anything behind them."""


def values_of(kind: type[Request]) -> st.SearchStrategy[dict[str, str]]:
    """Values for fields of a request, now and then one that it does not have."""
    named = {spec.name: spec for spec in options_of(kind)}
    filled: dict[str, st.SearchStrategy[str]] = {}
    for name, spec in named.items():
        filled[name] = texts | st.sampled_from(spec.choices) if spec.choices else texts
    return st.fixed_dictionaries({}, optional={**filled, "nothing-of-ours": texts})


typed = st.sampled_from(COMMANDS).flatmap(
    lambda kind: st.tuples(st.just(kind.verb), values_of(kind))
)
"""A command and values for its fields."""

with_values = st.sampled_from(REQUESTS).flatmap(
    lambda kind: st.tuples(st.just(kind.verb), values_of(kind))
)
"""The verb of any request, and values for its fields."""


def vars_of(kind: type[Request]) -> list[str]:
    """The names of all fields of a request."""
    return [item.name for item in fields(kind)]  # type: ignore[arg-type] # dataclasses


made_up = st.sampled_from(REQUESTS).flatmap(
    lambda kind: st.builds(
        lambda pairs: f"{kind.verb}:" + "&".join(f"{name}={value}" for name, value in pairs),
        st.lists(
            st.tuples(
                st.sampled_from(["t", "s", "v", "c", "k", *vars_of(kind)]),
                st.sampled_from(["1", "2", "3", "0", "7", "9" * 18, "d1", "c1", "l.open.2", "go"])
                | texts,
            ),
            max_size=4,
        ),
    )
)
"""Tokens with ids and words that nobody gave out."""

changes = st.tuples(
    st.integers(0, 10_000),
    st.sampled_from(["", "cut", "add", "raise", "swap", "double"]),
    st.integers(0, TOKEN_LIMIT),
    st.sampled_from("0123456789&=:%tksvcd.é\0"),
)
"""Which of the tokens that are out there is pressed, and what is done to it before."""


def changed(token: str, change: tuple[int, str, int, str]) -> str:
    """A token that somebody has altered."""
    _, how, at, mark = change
    at = min(at, len(token) - 1)
    if how == "cut":
        return token[:at]
    if how == "add":
        return token + mark
    if how == "raise":
        return "".join(str((int(c) + 1) % 10) if c.isdecimal() else c for c in token)
    if how == "swap":
        return token[:at] + mark + token[at + 1 :]
    return token + "&" + token.partition(":")[2] if how == "double" else token


class Faults(logging.Handler):
    """Collects what is logged as an error: a fault of ours, with its place.

    What aiohttp says of a body or a header that was broken on its way is nobody's fault.
    """

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, HttpProcessingError | RequestPayloadError):
            return
        kind = type(error).__name__ if error else ""
        self.found.append(f"{record.name}: {record.getMessage()} {kind}".strip())

    def none(self) -> None:
        """Raises AssertionError for what was logged since the last time."""
        found, self.found = self.found, []
        assert found == []


def watched() -> Iterator[Faults]:
    """The errors of all loggers, as long as it is open; for a fixture."""
    faults = Faults()
    root = logging.getLogger()
    root.addHandler(faults)
    try:
        yield faults
    finally:
        root.removeHandler(faults)


def client() -> ClientSession:
    """Like a browser, but with a connection for each request: a refusal may end it."""
    jar = CookieJar(unsafe=True)
    return ClientSession(connector=TCPConnector(force_close=True), cookie_jar=jar)


def one_of(known: list[str], change: tuple[int, str, int, str]) -> str:
    """A token that is out there, perhaps altered."""
    return changed(known[change[0] % len(known)], change)
