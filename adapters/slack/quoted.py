"""The message that a message shortcut was used on: what it says, and its address.

Payload: https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from adapters.slack.controls import JSON
from adapters.slack.words import clean, typed
from core.language import tr

LONGEST = 10_000
"""Characters of a message that are looked at."""
_DOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_UNNAMED = re.compile(r"<(?:@[UW][A-Z0-9]+|!subteam\^[A-Z0-9]+)\|?>")
"""A person or a group without the name: a note that says "U024BE7LH" tells nobody anything."""
_SAYING = ("rich_text", "section", "header", "context", "markdown")


def text_of(message: JSON) -> str:
    """What a message says, as plain text; "" for one without words.

    Bots often leave `text` empty and speak in blocks or attachments; of a file only its title is
    to be had.
    """
    said = str(message.get("text") or "")
    for spoken in (said, "\n".join(_in_blocks(message)), "\n".join(_attached(message))):
        if spoken.strip():
            return typed(_UNNAMED.sub(tr("someone"), clean(spoken[:LONGEST])))
    return clean("\n".join(_files(message)))


def permalink(body: JSON) -> str:
    """The address of the message in Slack; "" where the payload doesn't tell it.

    It is put together and not asked for: the form has to open within 3 s, and of a conversation
    that the bot is not in Slack would tell it nothing.
    """
    domain = str((body.get("team") or {}).get("domain") or "")
    channel = str((body.get("channel") or {}).get("id") or "")
    message: JSON = body.get("message") or {}
    ts = str(message.get("ts") or body.get("message_ts") or "")
    if not (_DOMAIN.fullmatch(domain) and channel.isalnum() and ts.replace(".", "").isdecimal()):
        return ""
    address = f"https://{domain}.slack.com/archives/{channel}/p{ts.replace('.', '')}"
    thread = thread_of(message)
    return f"{address}?thread_ts={thread}&cid={channel}" if thread else address


def thread_of(message: JSON) -> str:
    """The thread that a message is an answer in; "" for one that stands in the channel."""
    thread = str(message.get("thread_ts") or "")
    answers = thread != str(message.get("ts")) and thread.replace(".", "").isdecimal()
    return thread if answers else ""


def _in_blocks(holder: JSON) -> Iterator[str]:
    for block in holder.get("blocks") or []:
        if isinstance(block, dict) and block.get("type") in _SAYING:
            yield "".join(_texts(block))


def _texts(found: Any) -> Iterator[str]:
    """Every text within a block; elements of rich text that hold a line end with one."""
    if isinstance(found, list):
        for one in found:
            yield from _texts(one)
    elif isinstance(found, dict):
        text = found.get("text")
        if isinstance(text, str):
            yield text
        elif found.get("type") == "link":
            yield str(found.get("url") or "")
        for name in ("text", "fields", "elements"):
            if not isinstance(found.get(name), str):
                yield from _texts(found.get(name))
        if str(found.get("type", "")).startswith("rich_text_") or "fields" in found:
            yield "\n"


def _attached(message: JSON) -> Iterator[str]:
    for one in message.get("attachments") or []:
        if isinstance(one, dict):
            told = [str(one.get(name) or "") for name in ("pretext", "title", "text")]
            yield "\n".join([*filter(None, told), *_in_blocks(one)]) or str(one.get("fallback", ""))


def _files(message: JSON) -> Iterator[str]:
    for one in message.get("files") or []:
        if isinstance(one, dict):
            yield str(one.get("title") or one.get("name") or "")
