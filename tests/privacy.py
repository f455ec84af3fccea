"""What nobody may read: the secrets of members, and everything that was shown to whom.

Every secret is a word that occurs nowhere else. Whatever goes out is rendered as each platform gets
it, and searched for the secrets of everybody but its reader: also for those that are cut off, or
taken apart by lines and marks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from adapters.discord.render import components
from adapters.slack.render import render
from core.caller import Account, Room
from core.options import Request
from core.reply import File, Form, Message, Reply
from core.requests.clubs import ClubJoin
from core.requests.helping import ClubBuddy, StayAlum

CHANNEL = "channel"
_BETWEEN = bytes(code for code in range(128) if not chr(code).isalnum())
_MARK = re.compile(r"qz[a-z]{0,3}[0-9]{0,5}")
_WHOLE = len("qzann00001")


@dataclass
class Secrets:
    """Who owns which word, and whom its owner let read it.

    Words have a mark of two letters, three of their owner and five digits. `rooms` are who is in
    which channel: they read what it reads.
    """

    owners: dict[str, str] = field(default_factory=dict)
    shared: dict[str, set[str]] = field(default_factory=dict)
    rooms: dict[str, set[str]] = field(default_factory=dict)

    def new(self, owner: str, what: str) -> str:
        """A word of its own, such as "Noteqzann00007x"."""
        mark = f"qz{owner}{len(self.owners):05}"
        assert len(mark) == _WHOLE, mark
        self.owners[mark] = owner
        return f"{what}{mark}x"

    def share(self, word: str, *readers: str) -> None:
        """Its owner lets these read it, by a previewed action."""
        self.shared.setdefault(_mark_of(word), set()).update(readers)

    def keep_from(self, word: str, reader: str) -> None:
        """Its owner does not want it to be read there any more."""
        self.shared.get(_mark_of(word), set()).discard(reader)

    def leaked(self, text: str, reader: str) -> list[str]:
        """The secrets in a text that its reader should not see, as far as they stand there."""
        squeezed = text.casefold().encode("ascii", "ignore").translate(None, _BETWEEN).decode()
        found = set(_MARK.findall(squeezed)) if "qz" in squeezed else set()
        return sorted(mark for mark in found if not self._may_read(mark, reader))

    def _may_read(self, mark: str, reader: str) -> bool:
        """What was cut off may be any word that begins so."""
        if len(mark) == _WHOLE:
            return self._is_told(mark, reader)
        return any(self._is_told(one, reader) for one in self.owners if one.startswith(mark))

    def _is_told(self, mark: str, reader: str) -> bool:
        told = self.shared.get(mark, set())
        there = any(reader in self.rooms.get(room, ()) for room in told)
        return self.owners.get(mark) == reader or reader in told or there


def _mark_of(word: str) -> str:
    found = _MARK.search(word.casefold())
    assert found is not None, word
    return found[0]


class Consents:
    """Who let whom know who they are, beyond what the desk keeps of it."""

    def __init__(self, secrets: Secrets, meets: Callable[..., None]) -> None:
        self._secrets, self._meets = secrets, meets
        self.named: set[tuple[str, str]] = set()
        self._buddies: dict[str, set[str]] = {}
        self._hellos: dict[int, set[str]] = {}

    def chooses(self, user: str, channel: str, request: Request, where: str) -> None:
        """By a button or a form of the club in a channel."""
        if isinstance(request, ClubJoin) and where == channel:
            self._secrets.rooms.setdefault(channel, set()).add(user)
        elif isinstance(request, ClubBuddy) and request.want == "on":
            self.wants_buddy(user, channel)
        elif isinstance(request, StayAlum) or (
            isinstance(request, ClubBuddy) and request.want == "off"
        ):
            self._buddies.get(channel, set()).discard(user)

    def wants_buddy(self, user: str, channel: str) -> None:
        """Whoever wants a buddy too may be theirs."""
        if user not in self._secrets.rooms.get(channel, ()):
            return
        others = self._buddies.setdefault(channel, set()) - {user}
        self._buddies[channel].add(user)
        self._meets(user, *others)
        for other in others:
            self._meets(other, user)

    def says_hello(self, user: str, match: int) -> None:
        """Once both do, each hears of the other."""
        both = self._hellos.setdefault(match, set())
        both.add(user)
        for one in both if len(both) > 1 else ():
            self._meets(one, *both)


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
    """Who reads what is sent there: an account, or everybody in a channel."""
    return f"{CHANNEL} {to.channel}" if isinstance(to, Room) else to.user
