"""What somebody typed into a composer: a command, a line for everybody, or a slip."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from adapters.web.records import PRIVATE, Place
from core.caller import Caller
from core.desk import Desk
from core.language import tr
from core.options import Kind, Option, Request, typed_options
from core.reply import Actions, Button, Message, Paragraph, Suggestion
from core.requests import COMMANDS, Help
from core.text import say
from core.tokens import token

COMMAND = "/followup"
MOST_TYPED = 2000
"""Characters in one line: Discord's limit, the smaller one of the platforms."""

_COMMAND = re.compile(r"\s*/followup(?:\s+(.*))?", re.DOTALL | re.IGNORECASE)
_NAMED = re.compile(r"\s*([A-Za-z ]+?)\s*:\s*(.*)")
_COMPLETED = (Kind.CHOICE, Kind.CHOICES, Kind.OPEN, Kind.ZONE, Kind.DAY)
_MOST_SHOWN = 8


@dataclass(frozen=True)
class CommandLine:
    """For the desk: the text after `/followup`."""

    line: str


@dataclass(frozen=True)
class ChatLine:
    """For everybody in the channel."""

    text: str


@dataclass(frozen=True)
class Slip:
    """A command that doesn't exist, or no text at all."""


Typed: TypeAlias = CommandLine | ChatLine | Slip


def read(text: str, place: Place) -> Typed:
    """Say what a text is. In the private conversation every text is a command."""
    text = text.replace("\r\n", "\n").strip()
    match = _COMMAND.fullmatch(text)
    if match is not None:
        return CommandLine((match[1] or "").strip())
    if not text or text.startswith("/"):
        return Slip()
    return CommandLine(text) if place == PRIVATE else ChatLine(text)


def hint() -> Message:
    """What to type instead of a command that doesn't exist."""
    line = say("There is one command here: `/followup`. Try `/followup add Dana Lee @ Acme`.")
    return Message((Paragraph((line,)), Actions((Button(tr("Help"), token(Help())),))))


async def completions(
    desk: Desk,
    text: str,
    place: Place,
    caller: Caller,
    requests: Sequence[type[Request]] = COMMANDS,
) -> list[Suggestion]:
    """Ways to go on with a half-typed command, as whole lines; none for other text."""
    if text.startswith("/") and COMMAND.startswith(text):
        return [Suggestion(f"{COMMAND} …", f"{COMMAND} ")]
    start = text[: len(COMMAND) + 1] if text.lower().startswith(f"{COMMAND} ") else ""
    if not start and (place != PRIVATE or text.startswith("/")):
        return []
    words = text[len(start) :].lstrip()
    kind, name = _named_by(words, requests)
    if kind is None:
        return _commands(words, start, requests)
    return await _options(desk, kind, text, words[len(name) + 1 :], caller)


def _named_by(words: str, requests: Iterable[type[Request]]) -> tuple[type[Request] | None, str]:
    """The command that the words begin with, and its name; of several the longest."""
    named = [(kind, kind.command.name) for kind in requests if kind.command is not None]
    found = [(kind, name) for kind, name in named if words.lower().startswith(f"{name} ")]
    return max(found, key=lambda each: len(each[1]), default=(None, ""))


def _commands(begun: str, start: str, requests: Iterable[type[Request]]) -> list[Suggestion]:
    found = [kind.command for kind in requests if kind.command is not None]
    return [
        Suggestion(f"{command.name}: {tr(command.summary)}", f"{start}{command.name} ")
        for command in found
        if command.name.startswith(begun.lower())
    ]


async def _options(
    desk: Desk, kind: type[Request], text: str, rest: str, caller: Caller
) -> list[Suggestion]:
    options = typed_options(kind)
    word = rest.rpartition(",")[2].lstrip()
    asked = options[:1] if "," not in rest else _later(options[1:])
    named = _NAMED.fullmatch(word)
    if named is not None and (option := _called(options, named[1])) is not None:
        word, asked = named[2], (option,)
    elif "," in rest and not word:
        return _names(options[1:], text.rstrip() + " ")
    before = text[: len(text) - len(word)]
    found = [
        Suggestion(each.label, before + each.value)
        for option in asked
        for each in await desk.suggest(kind.verb, option.name, word, caller)
    ]
    return found[:_MOST_SHOWN]


def _later(options: Iterable[Option]) -> tuple[Option, ...]:
    return tuple(option for option in options if option.kind in _COMPLETED)


def _called(options: Iterable[Option], name: str) -> Option | None:
    name = name.lower()
    return next((each for each in options if name in (each.name, *each.aliases)), None)


def _names(options: Iterable[Option], start: str) -> list[Suggestion]:
    return [
        Suggestion(
            f"{tr(option.label)}: {tr(option.help)}",
            f"{start}{(option.aliases or (option.name,))[0]}: ",
        )
        for option in options
    ]
