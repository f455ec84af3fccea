"""Columns that are sealed with the keys of their database; see `core.store.sealing`.

Each is named in its place, as "contacts.name": what is sealed there opens nowhere else. Without a
key they hold what plain columns would.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import JSON, ColumnElement, Dialect, Text, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeDecorator

from core.store.sealing import keys_of


class _Compared(TypeDecorator.Comparator[str]):
    """Refuses what can't be true of sealed text, which would find nothing without saying so."""

    def operate(self, op: OperatorType, *other: Any, **kwargs: Any) -> ColumnElement[Any]:
        for one in other:
            if isinstance(one, str | list | tuple | set | frozenset) and one != "":
                raise TypeError(f"{self.expr} is sealed: compare it with `written_as`")
        return super().operate(op, *other, **kwargs)


class Sealed(TypeDecorator[str]):
    """Text that the database can't read. In SQL it can only be compared with ""."""

    impl = Text
    cache_ok = True
    comparator_factory = _Compared

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Seal it."""
        return None if value is None else keys_of(dialect).seal(value, self.where)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Open it. Raises CannotOpen."""
        return None if value is None else keys_of(dialect).open(value, self.where)


class SealedAlike(Sealed):
    """Sealed text that the database can find: equal ones look equal. See `written_as`."""

    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Seal it."""
        return None if value is None else keys_of(dialect).seal_alike(value, self.where)


class SealedJson(TypeDecorator[Any]):
    """JSON that the database can't read: sealed it is a JSON string. None is NULL."""

    impl = JSON
    cache_ok = True

    def __init__(self, where: str) -> None:
        super().__init__(none_as_null=True)
        self.where = where

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Seal it."""
        keys = keys_of(dialect)
        return keys.seal(json.dumps(value), self.where) if keys and value is not None else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Open it. Raises CannotOpen."""
        if not isinstance(value, str):
            return value
        return json.loads(keys_of(dialect).open(value, self.where))


def written_as(
    session: AsyncSession, column: InstrumentedAttribute[str], texts: Iterable[str]
) -> ColumnElement[bool]:
    """Whether a column that is `SealedAlike` is one of these texts, whichever key sealed it."""
    keys, kind = keys_of(session.get_bind().dialect), column.type
    assert isinstance(kind, SealedAlike)
    wanted = {one for text in texts for one in keys.spellings(text, kind.where)}
    return type_coerce(column, Text).in_(wanted)
