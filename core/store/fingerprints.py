"""What a table holds, in one number that is the same on both databases, in whatever order.

SQLite keeps instants and days as text, truth as 0 and 1 and JSON as it was written; PostgreSQL has
types of its own, and what is sealed is never written alike. Here a value is what the program reads
of it.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b

from sqlalchemy import JSON, Column, ColumnElement, Select, Table, Text, cast, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.store.tables.sealed import SealedJson

BATCH = 1_000
"""Rows that are in memory at a time."""
BYTES = 8
_WHOLE = 1 << (8 * BYTES)

Row = Sequence[object]
"""The values of a row in the order of the table's columns. JSON is its text, None for NULL; what
was sealed is open."""


@dataclass(frozen=True)
class Fingerprint:
    """How many rows, and the sum of their hashes."""

    rows: int = 0
    sum: int = 0

    def with_row(self, table: Table, row: Row) -> Fingerprint:
        """And one row more."""
        values = [_plain(column, value) for column, value in zip(table.c, row, strict=True)]
        told = json.dumps(values, ensure_ascii=True, separators=(",", ":"))
        hashed = int.from_bytes(blake2b(told.encode(), digest_size=BYTES).digest(), "big")
        return Fingerprint(self.rows + 1, (self.sum + hashed) % _WHOLE)

    @property
    def checksum(self) -> str:
        """The sum, to be shown."""
        return f"{self.sum:0{2 * BYTES}x}"


async def fingerprint(connection: AsyncConnection, table: Table) -> Fingerprint:
    """Read all of a table. Nothing else is done with what is read."""
    found = Fingerprint()
    async for batch in batches(connection, everything(table)):
        for row in batch:
            found = found.with_row(table, row)
    return found


def everything(table: Table) -> Select[*tuple[object, ...]]:
    """All rows in the order of their keys."""
    return select(*map(readable, table.c)).order_by(*table.primary_key.columns)


def readable(column: Column[object]) -> ColumnElement[object]:
    """A column as `Row` has it: JSON unread, for None is both NULL and JSON's null."""
    return cast(column, Text) if isinstance(column.type, JSON) else column


async def batches(
    connection: AsyncConnection, query: Select[*tuple[object, ...]]
) -> AsyncIterator[Sequence[Row]]:
    """The rows, so many at a time."""
    async with connection.stream(query) as found:
        async for batch in found.partitions(BATCH):
            yield batch


def _plain(column: Column[object], value: object) -> object:
    """What JSON can write of a value, the same for the same value."""
    if value is None:
        return None
    if isinstance(column.type, JSON):
        return [json.dumps(json.loads(str(value)), sort_keys=True)]
    if isinstance(column.type, SealedJson):
        return [json.dumps(value, sort_keys=True)]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value
