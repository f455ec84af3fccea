"""Whom to follow up with on a message that names nobody: whoever wrote it, where they wrote it."""

from __future__ import annotations

from collections.abc import Mapping

from core.domain.names import clean
from core.domain.words import Channel
from core.text import clip

NAME_LIMIT = 80


def with_author(values: Mapping[str, str], author: str, profile: str) -> dict[str, str]:
    """The values of an `Add` with the author of the message, unless somebody is named in it.

    `author` is what they are called, "" for a bot's message and for the member's own; `profile` is
    the address at which they can be written to. An address or a channel in the message stays.
    """
    name = clip(clean(author), NAME_LIMIT)
    if not name or "who" in values:
        return dict(values)
    there = {} if "contact" in values else {"via": Channel.CHAT.value, "contact": profile}
    return {"who": name, **{key: value for key, value in there.items() if value}, **values}
