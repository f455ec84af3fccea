"""Who is here and what was said: what a chat platform would keep for its members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from adapters.web.journal import Journal, Seal
from adapters.web.records import (
    PRIVATE,
    Attached,
    Entry,
    Joined,
    Opened,
    Place,
    Record,
    Replaced,
)
from core.reply import Message

MOST_ENTRIES = 500
"""Entries kept of one conversation; older ones scroll away for good."""

_SLACK = 2 * MOST_ENTRIES
"""Lines that the file may hold beyond what is kept before it is written anew."""


class Transcript:
    """Members and their conversations, kept at `path` (in memory when None), under a `seal`.

    `first` is known without a line in the file, which is made when there is something to keep.

    Looks nothing up outside itself: times and names come in as values.
    """

    def __init__(
        self,
        path: Path | None = None,
        most: int = MOST_ENTRIES,
        seal: Seal | None = None,
        first: Sequence[Joined | Opened] = (),
    ) -> None:
        self.version = 0
        self._most = most
        self._journal = Journal(path, seal)
        self._names: dict[str, str] = {}
        self._channels: list[Place] = []
        self._entries: dict[int, Entry] = {}
        self._conversations: dict[tuple[Place, str], list[int]] = defaultdict(list)
        self._by_key: dict[str, int] = {}
        self._last_id = 0
        records = self._journal.read()
        for record in [*first, *records]:
            self._fold(record)
        kept = len(self._entries) + len(self._names) + len(self._channels)
        if len(records) > kept + _SLACK:
            self._journal.rewrite(self._kept())

    @property
    def members(self) -> dict[str, str]:
        """Names by id, in the order of joining."""
        return dict(self._names)

    @property
    def channels(self) -> list[Place]:
        """The channels, in the order in which they were made."""
        return list(self._channels)

    def open(self, channel: Place) -> None:
        """Make a channel; the same id again changes nothing. Raises ValueError for PRIVATE."""
        if channel == PRIVATE:
            raise ValueError("that is no channel")
        if channel not in self._channels:
            self._keep(Opened(channel))

    def join(self, member: str, name: str) -> None:
        """Make somebody known; the same id again changes nothing."""
        if member not in self._names:
            self._keep(Joined(member, name))

    def say(self, place: Place, reader: str, author: str, text: str, at: datetime) -> Entry:
        """Add what a member typed, seen by `reader` alone or by everybody (reader "")."""
        return self._add(Entry(self._last_id + 1, place, reader, author, at, text=text))

    def tell(
        self,
        place: Place,
        reader: str,
        message: Message,
        at: datetime,
        key: str = "",
        files: tuple[Attached, ...] = (),
    ) -> Entry:
        """Add a message of the bot for `reader` alone, or for everybody (reader "")."""
        return self._add(
            Entry(self._last_id + 1, place, reader, "", at, message=message, key=key, files=files)
        )

    def replace(self, entry: int, message: Message) -> None:
        """Put a message in place of one that somebody alone sees.

        Raises KeyError when there is no such entry, and ValueError when everybody sees it.
        """
        if not self._entries[entry].reader:
            raise ValueError("what everybody sees is never replaced")
        if self._entries[entry].message != message:
            self._keep(Replaced(entry, message))

    def delivered(self, key: str) -> Entry | None:
        """The entry that came with this delivery key, if it is there."""
        return self._entries.get(self._by_key.get(key, 0))

    def message(self, entry: int, reader: str) -> Entry | None:
        """A message of the bot that this reader sees, by its id; None when there is none.

        One with the reader "" is everybody's, so nothing may take its place.
        """
        found = self._entries.get(entry)
        if found is None or found.message is None or found.reader not in ("", reader):
            return None
        return found

    def conversation(self, place: Place, reader: str) -> list[Entry]:
        """All that `reader` sees in one place, oldest first."""
        ids = list(self._conversations[place, reader])
        if place != PRIVATE:
            ids += self._conversations[place, ""]
        return [self._entries[entry] for entry in sorted(ids)]

    def newest(self, place: Place, reader: str) -> int:
        """The id of the last entry that `reader` sees in one place, 0 for none."""
        return max((entry.id for entry in self.conversation(place, reader)), default=0)

    def forget(self, member: str) -> None:
        """Drop all that a member has written and read, in the file too; the name stays."""
        gone = [e for e in self._entries.values() if member in (e.reader, e.author)]
        for entry in gone:
            del self._entries[entry.id]
            self._by_key.pop(entry.key, None)
            self._conversations[entry.place, entry.reader].remove(entry.id)
        self.version += 1
        self._journal.rewrite(self._kept())

    def _add(self, entry: Entry) -> Entry:
        self._keep(entry)
        return entry

    def _keep(self, record: Record) -> None:
        self._journal.append(record)
        self._fold(record)

    def _fold(self, record: Record) -> None:
        self.version += 1
        match record:
            case Joined():
                self._names[record.id] = record.name
            case Opened() if record.id not in self._channels:
                self._channels.append(record.id)
            case Entry():
                self._place(record)
            case Replaced() if record.id in self._entries:
                old = self._entries[record.id]
                self._entries[record.id] = replace(old, message=record.message)
            case _:
                pass

    def _place(self, entry: Entry) -> None:
        if entry.id in self._entries:
            return
        self._entries[entry.id] = entry
        self._last_id = max(self._last_id, entry.id)
        if entry.key:
            self._by_key[entry.key] = entry.id
        conversation = self._conversations[entry.place, entry.reader]
        conversation.append(entry.id)
        for old in conversation[: -self._most]:
            self._by_key.pop(self._entries.pop(old).key, None)
        del conversation[: -self._most]

    def _kept(self) -> Iterator[Record]:
        for member, name in self._names.items():
            yield Joined(member, name)
        for channel in self._channels:
            yield Opened(channel)
        for entry in sorted(self._entries):
            yield self._entries[entry]
