"""An append-only file of records, one JSON object a line, that a crash can't make unreadable."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Protocol

from pydantic import Field, TypeAdapter, ValidationError

from adapters.web.records import Record

log = logging.getLogger(__name__)

PLACE = "playground"
"""What lines are sealed for: they open nowhere else."""
_RECORD: TypeAdapter[Record] = TypeAdapter(Annotated[Record, Field(discriminator="kind")])


class Seal(Protocol):
    """Seals the lines of a file; see `core.store.sealing.Keys`."""

    def seal(self, text: str, where: str) -> str:
        """The text as it is written."""
        ...

    def open(self, written: str, where: str) -> str:
        """What was sealed. Raises ValueError for what was changed; what has another key is told by
        another error, for then the lines are good and only the key is not.
        """
        ...

    def is_fresh(self, written: str) -> bool:
        """Whether it is written as it would be now."""
        ...


def encoded(record: Record) -> bytes:
    """One line of the file."""
    return _RECORD.dump_json(record) + b"\n"


def decoded(line: bytes) -> Record | None:
    """The record of one line; None when the line can't be read."""
    try:
        return _RECORD.validate_json(line)
    except ValidationError:
        return None


class Journal:
    """The file at `path`; with None, nothing outlives the process. Raises OSError as files do.

    With a `seal` nobody reads its lines without the key.
    """

    def __init__(self, path: Path | None, seal: Seal | None = None) -> None:
        self._path = path
        self._seal = seal

    def read(self) -> list[Record]:
        """Every readable record, oldest first. Unreadable lines, as a torn last one, are cut.

        Lines that were plain, or sealed with an older key, are sealed anew.
        """
        if self._path is None or not self._path.exists():
            return []
        data = self._path.read_bytes()
        lines = [line for line in data.split(b"\n") if line.strip()]
        records = [record for line in lines if (record := self._record(line))]
        unreadable = len(lines) - len(records)
        if unreadable:
            log.warning("%s: %d unreadable lines left out", self._path, unreadable)
        torn = data and not data.endswith(b"\n")
        if unreadable or torn or not all(self._is_fresh(line) for line in lines):
            self.rewrite(records)
        return records

    def append(self, record: Record) -> None:
        """Add one record; it is with the operating system when this returns."""
        if self._path is None:
            return
        with self._path.open("ab") as file:
            file.write(self._line(record))

    def rewrite(self, records: Iterable[Record]) -> None:
        """Put these records in place of all that is there, in one step."""
        if self._path is None:
            return
        fresh = self._path.with_name(self._path.name + ".new")
        fresh.write_bytes(b"".join(self._line(record) for record in records))
        fresh.replace(self._path)

    def _line(self, record: Record) -> bytes:
        line = encoded(record)
        if self._seal is None:
            return line
        return self._seal.seal(line[:-1].decode(), PLACE).encode() + b"\n"

    def _record(self, line: bytes) -> Record | None:
        if self._seal is None:
            return decoded(line)
        try:
            return decoded(self._seal.open(line.decode(), PLACE).encode())
        except ValueError:
            return None

    def _is_fresh(self, line: bytes) -> bool:
        return self._seal is None or self._seal.is_fresh(line.decode(errors="replace"))
