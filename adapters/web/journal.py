"""An append-only file of records, one JSON object a line, that a crash can't make unreadable."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from adapters.web.records import Record

log = logging.getLogger(__name__)

_RECORD: TypeAdapter[Record] = TypeAdapter(Annotated[Record, Field(discriminator="kind")])


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
    """The file at `path`; with None, nothing outlives the process. Raises OSError as files do."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def read(self) -> list[Record]:
        """Every readable record, oldest first. Unreadable lines, as a torn last one, are cut."""
        if self._path is None or not self._path.exists():
            return []
        data = self._path.read_bytes()
        lines = data.split(b"\n")
        records = [record for line in lines if line.strip() and (record := decoded(line))]
        unreadable = sum(1 for line in lines if line.strip()) - len(records)
        if unreadable or (data and not data.endswith(b"\n")):
            log.warning("%s: %d unreadable lines left out", self._path, unreadable)
            self.rewrite(records)
        return records

    def append(self, record: Record) -> None:
        """Add one record; it is with the operating system when this returns."""
        if self._path is None:
            return
        with self._path.open("ab") as file:
            file.write(encoded(record))

    def rewrite(self, records: Iterable[Record]) -> None:
        """Put these records in place of all that is there, in one step."""
        if self._path is None:
            return
        fresh = self._path.with_name(self._path.name + ".new")
        fresh.write_bytes(b"".join(encoded(record) for record in records))
        fresh.replace(self._path)
