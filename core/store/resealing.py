"""Writing all that is sealed anew under the first key, or plainly: a batch at a time, then proven.

What is written so already is left, so whoever is cut off goes on where they were. No key may go
before all was read back.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Dialect,
    Row,
    Select,
    Table,
    Text,
    Update,
    bindparam,
    select,
    tuple_,
    type_coerce,
    update,
)

from core.store.database import Store, leave_no_trace
from core.store.sealing import CannotOpen, Keys
from core.store.seals import SEALED_TABLES, begun, sealed_anew, sealed_columns
from core.store.tables.sealed import SealedJson

BATCH = 500
PASSES = 5
"""How often it is looked whether others have written something with another key meanwhile."""
TOLD = 5
"""Rows that are named when they can't be opened."""


class ResealProblem(Exception):
    """Why not all is sealed anew, and what to do: a sentence without anything of a member."""


@dataclass
class Progress:
    """Rows that were written anew, and rows that were read back at the end."""

    rewritten: int = 0
    proven: int = 0


async def reseal(store: Store, told: Callable[[str, int], None] = lambda *_: None) -> Progress:
    """Write all anew as the keys of the store say, and prove it.

    `told` hears of each table that rows were written in, and how many. Raises ResealProblem, and
    SealProblem when not all can be opened with these keys.
    """
    done = Progress()
    await begun(store)
    for _ in range(PASSES):
        for table in SEALED_TABLES:
            if rows := await _rewrite(store, table):
                done.rewritten += rows
                told(table.name, rows)
        found = [await _look_through(store, table) for table in SEALED_TABLES]
        broken = [place for one in found for place in one.broken]
        if broken:
            raise ResealProblem(_broken(broken))
        if not any(one.stale for one in found):
            done.proven = sum(one.rows for one in found)
            await _rebuild(store)
            async with store.writing() as session:
                leave_no_trace(session)
                await sealed_anew(session, store.keys)
            return done
    raise ResealProblem("Something else writes with another key: stop every bot that has it first.")


@dataclass
class _Found:
    """What a table is like: its rows, those that are not written anew, those that can't be read."""

    rows: int = 0
    stale: int = 0
    broken: list[str] = field(default_factory=list)


async def _rewrite(store: Store, table: Table) -> int:
    """Write anew what is not yet; how many rows."""
    columns, keys = sealed_columns(table), store.keys
    written, after = 0, None
    while True:
        async with store.writing(patient=True) as session:
            # Who has locked a row is at work on it: the next pass looks at it again.
            query = _batch(table, columns, after).with_for_update(skip_locked=True)
            rows = (await session.execute(query)).all()
            stale = [row for row in rows if not _is_fresh(keys, row, columns)]
            anew = [_opened(row, table, columns, store.engine.dialect) for row in stale]
            values = [one for one in anew if one is not None]
            if values:
                await session.execute(_update(table, columns), values)
        written += len(values)
        if not rows:
            return written
        after = _key(rows[-1], table)


async def _look_through(store: Store, table: Table) -> _Found:
    """Read all of a table back."""
    columns, found = sealed_columns(table), _Found()
    async for rows in _batches(store, table, columns):
        for row in rows:
            found.rows += 1
            found.stale += not _is_fresh(store.keys, row, columns)
            if _opened(row, table, columns, store.engine.dialect) is None:
                found.broken.append(f"{table.name} {', '.join(map(str, _key(row, table)))}")
    return found


async def _batches(
    store: Store, table: Table, columns: Sequence[Column[Any]]
) -> AsyncIterator[Sequence[Row[*tuple[Any, ...]]]]:
    after = None
    while True:
        async with store.reading() as session:
            rows = (await session.execute(_batch(table, columns, after))).all()
        if not rows:
            return
        yield rows
        after = _key(rows[-1], table)


def _batch(
    table: Table, columns: Sequence[Column[Any]], after: tuple[Any, ...] | None
) -> Select[*tuple[Any, ...]]:
    """Keys and what is written in these columns, as the database has it."""
    keys = list(table.primary_key.columns)
    query = select(*keys, *map(_as_written, columns)).order_by(*keys).limit(BATCH)
    return query if after is None else query.where(tuple_(*keys) > tuple_(*after))


def _as_written(column: Column[Any]) -> ColumnElement[Any]:
    return type_coerce(column, JSON if isinstance(column.type, SealedJson) else Text)


def _key(row: Row[*tuple[Any, ...]], table: Table) -> tuple[Any, ...]:
    return tuple(row[: len(table.primary_key.columns)])


def _is_fresh(keys: Keys, row: Row[*tuple[Any, ...]], columns: Sequence[Column[Any]]) -> bool:
    return all(
        value is None or (keys.is_fresh(value) if isinstance(value, str) else not keys)
        for value in row[-len(columns) :]
    )


def _opened(
    row: Row[*tuple[Any, ...]], table: Table, columns: Sequence[Column[Any]], dialect: Dialect
) -> dict[str, Any] | None:
    """The values of a row by the names of `_update`; None when one can't be opened."""
    values = {f"k{place}": value for place, value in enumerate(_key(row, table))}
    try:
        for place, (column, written) in enumerate(zip(columns, row[-len(columns) :], strict=True)):
            kind: Any = column.type
            values[f"v{place}"] = kind.process_result_value(written, dialect)
    except CannotOpen:
        return None
    return values


def _update(table: Table, columns: Sequence[Column[Any]]) -> Update:
    """An UPDATE of one row that seals as the keys of the database say."""
    keys = [
        column == bindparam(f"k{place}") for place, column in enumerate(table.primary_key.columns)
    ]
    values = {
        column.name: bindparam(f"v{place}", type_=column.type)
        for place, column in enumerate(columns)
    }
    return update(table).where(*keys).values(values)


async def _rebuild(store: Store) -> None:
    """Have SQLite write its file anew: what was there before is in no part of it, nor in its log.

    PostgreSQL keeps old rows until it vacuums, which takes a lock that a bot would wait for.
    """
    if not store.is_sqlite:
        return
    async with store.engine.connect() as connection:
        raw = await connection.get_raw_connection()
        driver: Any = raw.driver_connection
        await driver.execute("VACUUM")
        await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _broken(places: Sequence[str]) -> str:
    more = f" and {len(places) - TOLD:,} more" if len(places) > TOLD else ""
    return (
        f"These rows can't be opened: {', '.join(places[:TOLD])}{more}. They were changed by "
        "something else: take a backup from before. All others are sealed anew; keep the old key."
    )
