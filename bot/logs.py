"""Log lines: for people or as JSON. Never a secret, never a contact's data.

An error is told by its type and place alone: its message can quote what a person typed. The words
of a library stay, without those of the error that it speaks of.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.settings import LogFormat, Settings
from core.domain.deliveries import Parcel
from core.trouble import kind_and_place

QUIET = (
    "aiohttp.access",
    "aiosqlite",  # it would tell every value that goes into the database
    "alembic",
    "apscheduler",
    "discord",
    "slack_bolt",
    "slack_sdk",
)
_SLACK_TOKEN = re.compile(r"\bx(?:ox[a-z]|app)[.-][\w.-]{6,}")
"""A token of Slack's: those of workspaces are in no setting."""
SHORTEST = 4
"""Characters of an error's message that are looked for in a line: fewer are in any word."""


@dataclass
class _Course:
    """A delivery under way. What it left behind, such as an open connection, outlives it."""

    parcel: Parcel
    under_way: bool = True


_course: ContextVar[_Course | None] = ContextVar("course", default=None)


@contextmanager
def carrying(parcel: Parcel) -> Iterator[None]:
    """Every line that is logged meanwhile, by whomever, names this delivery."""
    course = _Course(parcel)
    token = _course.set(course)
    try:
        yield
    finally:
        course.under_way = False
        _course.reset(token)


class _Safe(logging.Formatter):
    """Replaces every secret of the settings and the words of every error."""

    def __init__(self, secrets: Iterable[str], *, as_json: bool) -> None:
        super().__init__()
        self._secrets = [secret for secret in secrets if secret]
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """One record: an object on one line, or a line whose continuations are indented."""
        error = record.exc_info[1] if record.exc_info else None
        message = self._redacted(_without_words_of(error, _message(record)))
        at = datetime.fromtimestamp(record.created, UTC)
        course = _course.get()
        parcel = course.parcel if course and course.under_way else None
        if self._as_json:
            entry: dict[str, object] = {
                "at": at.isoformat(),
                "level": record.levelname,
                "logger": record.name,
                "message": message,
                **(_fields(parcel) if parcel else {}),
            }
            if error is not None:
                entry["error"] = self._redacted(_told(error))
            return json.dumps(entry, ensure_ascii=False)
        if parcel and parcel.key not in message:
            message = f"{message} [{parcel.key}]"
        if error is not None:
            message = f"{message}\n{self._redacted(_told(error))}"
        line = f"{self.formatTime(record)} {record.levelname:<7} {record.name}: {message}"
        return line.replace("\n", "\n    ")  # what a person typed can't pass for a line of ours

    def _redacted(self, text: str) -> str:
        """Before JSON escapes it: a password may hold a quotation mark."""
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return _SLACK_TOKEN.sub("***", text)


def set_up_logs(settings: Settings) -> None:
    """Log to standard error, in the wanted form and from the wanted level on."""
    handler = logging.StreamHandler(sys.stderr)
    as_json = settings.log_format is LogFormat.JSON
    handler.setFormatter(_Safe(settings.secrets, as_json=as_json))
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))


def crashed(kind: type[BaseException], error: BaseException, trace: object) -> None:
    """What ends the process is logged as safely as all else (a `sys.excepthook`)."""
    del kind, trace
    logging.getLogger(__name__).critical("Squeaky ends by a fault of its own", exc_info=error)


def _fields(parcel: Parcel) -> dict[str, object]:
    return {
        "delivery": parcel.key,
        "platform": parcel.to.platform,
        "attempt": parcel.attempt,
    }


def _message(record: logging.LogRecord) -> str:
    """What it says; as it was written when its values don't fit into it."""
    try:
        return record.getMessage()
    except Exception:  # else the logging module would print the values
        return str(record.msg)


def _without_words_of(error: BaseException | None, message: str) -> str:
    """A message that quotes its error says the error's type instead."""
    for one in _chain(error):
        for words in (repr(one), str(one), *one.args):
            if isinstance(words, str) and len(words) >= SHORTEST:
                message = message.replace(words, type(one).__name__)
    return message


def _told(error: BaseException) -> str:
    """The error and those behind it, by type and place, the newest first."""
    return "\nafter ".join(kind_and_place(one) for one in _chain(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, those that it groups, and those that led to it; each once."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        led_here = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
        waiting.append(led_here)
        if isinstance(one, BaseExceptionGroup):
            waiting.extend(reversed(one.exceptions))
