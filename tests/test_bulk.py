"""Many rows in one statement: every type arrives as one by one, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Table, insert, select
from sqlalchemy.exc import DBAPIError

from core.domain.deliveries import State
from core.store.bulk import insert_or_leave, update_each
from core.store.database import Store
from core.store.tables import DeliveryRow
from tests.people import MONDAY, Office

TABLE: Table = DeliveryRow.__table__  # type: ignore[assignment] # a Table, as declared
WORDS = ["", 'it\'s "quoted"', "null", "[1]", "Zoë\n\t\\ 日本 🎉", "$[0]"]


@pytest.fixture
async def rows(office: Office) -> list[dict[str, Any]]:
    """Rows of all types, for the deliveries of one member."""
    await office.member().says("list")
    return list(made_rows())


def made_rows() -> Iterator[dict[str, Any]]:
    east = timezone(timedelta(hours=5, minutes=30))
    for number, words in enumerate(WORDS):
        yield {
            "member_id": 1,
            "account_id": 1,
            "club_id": None,
            "kind": "digest",
            "about": number,
            "day": date(2026, 11, 1 + number),
            "planned_at": MONDAY.astimezone(east) + timedelta(microseconds=number),
            "state": State.SENDING,
            "not_before": None if number % 2 else MONDAY,
            "attempts": number,
            "first_tried_at": None,
            "finished_at": None,
            "channel": "",
            "message": "",
            "reason": words,
            "late": bool(number % 2),
            "rows": list(range(number)),
        }


async def kept(store: Store) -> list[dict[str, Any]]:
    async with store.reading() as session:
        query = select(*(c for c in TABLE.c if c.name != "id")).order_by(TABLE.c.day)
        return [dict(row._mapping) for row in await session.execute(query)]


async def test_what_is_inserted_together_is_as_if_inserted_one_by_one(
    office: Office, rows: list[dict[str, Any]]
) -> None:
    async with office.store.writing() as session:
        await insert_or_leave(session, TABLE, rows)
    together = await kept(office.store)
    async with office.store.writing() as session:
        await session.execute(TABLE.delete())
        for row in rows:
            await session.execute(insert(TABLE).values(row))
    assert together == await kept(office.store) == rows


async def test_what_is_there_is_left_and_what_all_have_is_given_once(
    office: Office, rows: list[dict[str, Any]]
) -> None:
    alike = {name: rows[0][name] for name in ("state", "rows", "late", "reason")}
    some = [{name: row[name] for name in row if name not in alike} for row in rows]
    async with office.store.writing() as session:
        await insert_or_leave(session, TABLE, some[:2], alike)
        await insert_or_leave(session, TABLE, some, {**alike, "reason": "another"})
        await insert_or_leave(session, TABLE, [], alike)
    assert [row["reason"] for row in await kept(office.store)] == ["", "", *["another"] * 4]


async def test_each_gets_its_own_values_where_all_that_is_asked_for_holds(
    office: Office, rows: list[dict[str, Any]]
) -> None:
    async with office.store.writing() as session:
        await insert_or_leave(session, TABLE, rows)
        changed = [
            {"day": row["day"], "attempts": 2, "reason": row["reason"] * 2, "finished_at": MONDAY}
            for row in rows
        ]
        await update_each(session, TABLE, changed, "day", "attempts")
        again = [{"day": row["day"], "rows": [7], "not_before": None} for row in rows]
        await update_each(session, TABLE, again, "day", where=TABLE.c.late.is_(True))
        await update_each(session, TABLE, [], "day")
    found = await kept(office.store)
    assert [row["reason"] for row in found] == [*WORDS[:2], WORDS[2] * 2, *WORDS[3:]]
    assert [row["finished_at"] for row in found if row["attempts"] == 2] == [MONDAY]
    assert [row["rows"] for row in found] == [[], [7], [0, 1], [7], [0, 1, 2, 3], [7]]


async def test_a_naive_instant_is_refused_as_everywhere(
    office: Office, rows: list[dict[str, Any]]
) -> None:
    naive = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - it is the point
    with pytest.raises(ValueError, match="naive"):
        async with office.store.writing() as session:
            await update_each(session, TABLE, [{"id": 1, "finished_at": naive}], "id")


async def test_what_is_too_long_is_refused_and_not_cut_off(
    office: Office, rows: list[dict[str, Any]]
) -> None:
    if office.store.is_sqlite:
        pytest.skip("SQLite keeps what is too long")
    with pytest.raises(DBAPIError):
        async with office.store.writing() as session:
            await insert_or_leave(session, TABLE, [{**rows[0], "reason": "x" * 201}])
