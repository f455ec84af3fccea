"""What each bot process of the kill test writes down, so that its last moments are known."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

CLAIMED, SENDING, SENT, LOOKING, LOOKED, FINISHED = (
    "claimed",
    "sending",
    "sent",
    "looking",
    "looked",
    "finished",
)


@dataclass(frozen=True)
class Entry:
    """One line: when (seconds since 1970), of which process, what, about which delivery."""

    at: float
    life: int
    what: str
    key: str
    more: str

    def __str__(self) -> str:
        return f"{self.at:.3f} process {self.life}: {self.what} {self.more}"


class Diary:
    """Written line by line without a buffer: what is in it survives SIGKILL."""

    def __init__(self, folder: Path, life: int) -> None:
        self._file = os.open(_path(folder, life), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def write(self, what: str, *keys: str, more: str = "") -> None:
        """One line for each delivery."""
        at = f"{time.time():.3f}"
        lines = "".join(f"{at}\t{what}\t{key}\t{more}\n" for key in keys)
        os.write(self._file, lines.encode())


def read(folder: Path, life: int) -> list[Entry]:
    """What a process wrote, oldest first; of a life that ended too soon, nothing."""
    path = _path(folder, life)
    if not path.exists():
        return []
    entries = []
    for line in path.read_text().splitlines(keepends=True):
        parts = line.rstrip("\n").split("\t")
        if line.endswith("\n") and len(parts) == 4:
            entries.append(Entry(float(parts[0]), life, *parts[1:]))
    return entries


def has_sent(folder: Path, life: int) -> bool:
    """Whether the process has begun to send."""
    return any(entry.what == SENDING for entry in read(folder, life))


def unfinished(entries: list[Entry]) -> set[str]:
    """The deliveries that the process had claimed and not finished."""
    open_: set[str] = set()
    for entry in entries:
        if entry.what == CLAIMED:
            open_.add(entry.key)
        elif entry.what == FINISHED:
            open_.discard(entry.key)
    return open_


def on_the_wire(entries: list[Entry]) -> set[str]:
    """The deliveries that the process was just sending."""
    open_: set[str] = set()
    for entry in entries:
        if entry.what == SENDING:
            open_.add(entry.key)
        elif entry.what == SENT:
            open_.discard(entry.key)
    return open_


def _path(folder: Path, life: int) -> Path:
    return folder / f"process-{life:04d}.diary"
