"""The whole bot, made for a stage."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from bot.settings import Settings
from bot.wiring import Bot, build
from core.grammar import SYNONYMS, VERBS
from core.options import Request, typed_options


async def make_bot(database_url: str, now: datetime, **values: Any) -> Bot:
    """The bot with these settings and no others: neither `.env` nor the environment is read."""
    return await build(
        Settings.model_validate(
            {"database_url": database_url, "squeaky_now": now, "http_port": 0} | values
        )
    )


def line_of(verb: str, options: dict[str, str]) -> str:
    """A line as people type it: the command's first field as it is, the others by name.

    `verb` is the command's name, which may have two words.
    """
    specs = typed_options(named(verb))
    first = specs[0].name if specs else ""
    parts = [value if name == first else f"{name}: {value}" for name, value in options.items()]
    return " ".join([verb, ", ".join(parts)]).strip()


def named(command: str) -> type[Request]:
    """The request of a command as people know it."""
    found = VERBS.get(SYNONYMS.get(command, command))
    assert found is not None, f"there is no command {command!r}"
    return found


def beside(database_url: str, folder: Path, name: str) -> Path:
    """A file of one bot, told apart from that of another by its database."""
    database = make_url(database_url).database or "none"
    return folder / f"{Path(database).name}-{name}"
