"""Many rows in one statement, on both databases: a JSON text that the database unfolds into rows.

A parameter set for each row costs more time in Python than the database needs for the row.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Dialect,
    FromClause,
    String,
    Table,
    and_,
    cast,
    func,
    literal,
    select,
    true,
    type_coerce,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import TypeEngine

from core.store.tables.sealed import Sealed, SealedJson

NONE: Mapping[str, object] = MappingProxyType({})
Rows = Sequence[Mapping[str, Any]]
"""Values by the names of their columns, the same names in each."""


async def insert_or_leave(
    session: AsyncSession, table: Table, rows: Rows, alike: Mapping[str, object] = NONE
) -> None:
    """Insert those whose key is not there yet; `alike` are the values that all of them have."""
    if not rows:
        return
    dialect = session.get_bind().dialect
    insert = postgresql.insert if dialect.name == "postgresql" else sqlite.insert
    unfolded = _unfolded(dialect, table, rows)
    # Without a WHERE, SQLite takes the words after FROM for a join.
    constants = [literal(value, table.c[name].type) for name, value in alike.items()]
    query = select(*unfolded.c, *constants).where(true())
    names = [*rows[0], *alike]
    statement = insert(table).from_select(names, query, include_defaults=False)
    await session.execute(statement.on_conflict_do_nothing())


async def update_each(
    session: AsyncSession,
    table: Table,
    rows: Rows,
    *matching: str,
    where: ColumnElement[bool] | None = None,
) -> None:
    """Give each row values of its own, if it is there and `where` holds.

    `matching` names the columns that find it; the others are set.
    """
    if not rows:
        return
    unfolded = _unfolded(session.get_bind().dialect, table, rows)
    found = [table.c[name] == unfolded.c[name] for name in matching]
    values = {name: unfolded.c[name] for name in rows[0] if name not in matching}
    statement = update(table).where(and_(*found, *([] if where is None else [where])))
    await session.execute(statement.values(values))


def _unfolded(dialect: Dialect, table: Table, rows: Rows) -> FromClause:
    """The rows as a table of the database, with columns of the target's names and types."""
    names = list(rows[0])
    text = literal(_as_json(dialect, table, rows, names), String)
    if dialect.name == "postgresql":
        elements = func.jsonb_array_elements(cast(text, postgresql.JSONB)).table_valued("value")
    else:
        elements = func.json_each(text).table_valued("value")
    columns = [
        _column(dialect, elements.c.value, place, table.c[name].type).label(name)
        for place, name in enumerate(names)
    ]
    return select(*columns).select_from(elements).subquery("unfolded")


def _column(
    dialect: Dialect, element: ColumnElement[Any], place: int, kind: TypeEngine[Any]
) -> ColumnElement[Any]:
    if dialect.name == "sqlite":
        return type_coerce(func.json_extract(element, f"$[{place}]"), kind)
    text = type_coerce(element, postgresql.JSONB)[place].astext
    # A cast to a string of some length would cut it off; the target refuses what is too long.
    return text if isinstance(kind, String) else cast(text, kind)


def _as_json(dialect: Dialect, table: Table, rows: Rows, names: Sequence[str]) -> str:
    encoders = [_encoder(dialect, table.c[name].type) for name in names]
    columns = [
        [encode(row[name]) for row in rows] if encode else [row[name] for row in rows]
        for name, encode in zip(names, encoders, strict=True)
    ]
    return json.dumps(list(zip(*columns, strict=True)), default=_iso, ensure_ascii=False)


def _encoder(dialect: Dialect, kind: TypeEngine[Any]) -> Callable[[Any], Any] | None:
    """What makes a value of that type what the database keeps of it; None for nothing to do."""
    encode = kind.dialect_impl(dialect).bind_processor(dialect)
    if encode is None or isinstance(kind, JSON | Sealed | SealedJson):
        return encode  # what is sealed twice must not look alike
    seen: dict[Any, Any] = {}  # rows of one batch have a few instants between them

    def remembered(value: Any) -> Any:
        if value not in seen:
            seen[value] = encode(value)
        return seen[value]

    return remembered


def _iso(value: date) -> str:
    return value.isoformat()
