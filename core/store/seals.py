"""Whether the keys at hand fit a database: looked at before anything is served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Column, Table, Text, delete, insert, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from core.store.bulk import insert_or_leave
from core.store.database import Store
from core.store.sealing import CannotOpen, Keys
from core.store.tables import Base, SealRow
from core.store.tables.sealed import Sealed, SealedJson

SEALS: Table = SealRow.__table__  # type: ignore[assignment] # a Table, as declared
_PROBE = "squeaky"
_PLACE = "seals.probe"


class SealProblem(Exception):
    """Why a database can't be read with these keys: the setting and the fix, and no key."""


@dataclass(frozen=True)
class Seal:
    """How a database is sealed. `keys` are short ids, of all that have sealed something in it.

    It is `whole` when nothing in it is plain or sealed with another key than the first; of one
    that is not sealed at all, when there is no key either.
    """

    keys: tuple[str, ...]
    whole: bool


async def look(session: AsyncSession | AsyncConnection, keys: Keys) -> Seal:
    """How the database is sealed. Raises SealProblem when not all in it can be opened."""
    rows = await _rows(session)
    for key, probe, _ in rows:
        if not _opens(keys, key, probe):
            raise SealProblem(_other_key(key, keys))
    found = tuple(key for key, _, _ in rows)
    if not keys:
        return Seal(found, whole=not found)
    return Seal(found, whole=[(keys.ids[0], True)] == [(key, whole) for key, _, whole in rows])


async def hold(store: Store) -> Seal:
    """As `look`, and from now on the database says that it is sealed with the first key."""
    async with store.reading() as session:
        found = await look(session, store.keys)
    if not store.keys or store.keys.ids[0] in found.keys:
        return found
    async with store.writing() as session:
        empty = not found.keys and await _is_empty(session)
        others = SealRow.key != store.keys.ids[0]  # another process may have written ours just now
        await session.execute(update(SEALS).where(others).values(whole=False))
        row = {"key": store.keys.ids[0], "probe": _PROBE, "whole": empty}
        await insert_or_leave(session, SEALS, [row])
        return await look(session, store.keys)


async def begun(store: Store) -> None:
    """As `hold`, where all is about to be written anew: nothing is whole until that is done."""
    await hold(store)
    async with store.writing() as session:
        await session.execute(update(SEALS).values(whole=False))


async def sealed_anew(session: AsyncSession | AsyncConnection, keys: Keys) -> None:
    """From now on the database says that the first key alone sealed it, or that nothing did."""
    await session.execute(delete(SEALS))
    if keys:
        row = {"key": keys.ids[0], "probe": _PROBE, "whole": True}
        await session.execute(insert(SEALS).values(row))


def sealed_columns(table: Table) -> list[Column[object]]:
    """The columns of a table whose contents are sealed."""
    return [column for column in table.c if isinstance(column.type, Sealed | SealedJson)]


SEALED_TABLES: Sequence[Table] = [
    table for table in Base.metadata.sorted_tables if sealed_columns(table) and table is not SEALS
]
"""The tables that have something sealed."""


async def _rows(session: AsyncSession | AsyncConnection) -> list[tuple[str, str, bool]]:
    written = type_coerce(SealRow.probe, Text)
    query = select(SealRow.key, written, SealRow.whole).order_by(SealRow.key)
    return [(key, probe, whole) for key, probe, whole in await session.execute(query)]


async def _is_empty(session: AsyncSession) -> bool:
    for table in SEALED_TABLES:
        if await session.scalar(select(table.primary_key.columns[0]).limit(1)) is not None:
            return False
    return True


def _opens(keys: Keys, key: str, probe: str) -> bool:
    try:
        return key in keys.ids and keys.open(probe, _PLACE) == _PROBE
    except CannotOpen:
        return False


def _other_key(key: str, keys: Keys) -> str:
    if not keys.ids:
        return (
            f"SECRET_KEY: the database is sealed with the key {key} (its short id): set it to that "
            "key. Without it nobody can read what is in the database"
        )
    return (
        f"SECRET_KEY: the database has text sealed with the key {key} (its short id), and you have "
        f"{', '.join(keys.ids)}; write that key too, after the first and with a comma between"
    )
