"""What nobody may read: the secrets of members, and everything that was shown to whom.

Every secret is a word that occurs nowhere else. Whatever goes out is rendered as each platform gets
it, and searched for the secrets of everybody but its reader.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from adapters.discord.render import components
from adapters.slack.render import render
from core.caller import Account, Room
from core.reply import File, Form, Message, Reply

CHANNEL = "channel"


@dataclass
class Secrets:
    """Who owns which word, and whom its owner let read it."""

    owners: dict[str, str] = field(default_factory=dict)
    shared: dict[str, set[str]] = field(default_factory=dict)
    _made: int = 0

    def new(self, owner: str, what: str) -> str:
        """A word of its own, such as "Noteqzdana7x"."""
        self._made += 1
        word = f"{what}qz{owner}{self._made}x"
        self.owners[word.casefold()] = owner
        return word

    def share(self, word: str, *readers: str) -> None:
        """Its owner lets these read it, by a previewed action."""
        self.shared.setdefault(word.casefold(), set()).update(readers)

    def leaked(self, text: str, reader: str) -> list[str]:
        """The secrets in a text that its reader should not see."""
        folded = text.casefold()
        if "qz" not in folded:
            return []
        return [
            word
            for word, owner in self.owners.items()
            if word in folded and owner != reader and reader not in self.shared.get(word, ())
        ]


def rendered(message: Message) -> str:
    """A message as Slack, Discord and a plain reader get it, all in one text."""
    slack = json.dumps(render(message).payload(), ensure_ascii=False)
    discord = json.dumps(components(message), ensure_ascii=False)
    return f"{slack}\n{discord}\n{message.plain()}\n{message!r}"


def everything_in(reply: Reply) -> Iterator[str]:
    """All that a reply shows."""
    if reply.message is not None:
        yield rendered(reply.message)
    if reply.form is not None:
        yield _form(reply.form)
    for file in reply.files:
        yield from _file(file)


def _form(form: Form) -> str:
    return repr(form)


def _file(file: File) -> Iterator[str]:
    yield f"{file.name} {file.alt}"
    if not file.is_picture:
        yield file.content.decode("utf-8", "replace")


def files_in(files: tuple[File, ...]) -> Iterator[str]:
    """The words of files that go out with a message."""
    for file in files:
        yield from _file(file)


def reader_of(to: Account | Room) -> str:
    """Who reads what is sent there: a member, or everybody in a channel."""
    return f"{CHANNEL} {to.channel}" if isinstance(to, Room) else to.user
