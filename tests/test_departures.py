"""The bot removed from a workspace, and back again; and members of whom nothing is left."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, insert, select, update

from core.caller import Account, Platform
from core.departures import ERASED_AT_ONCE, KEPT, Departures
from core.domain.deliveries import Delivered, Held, State
from core.store import erasing
from core.store.departures import REMOVED
from core.store.tables import AccountRow, Base, DeliveryRow, MemberRow
from tests.people import MONDAY, Member, Office

SHARED = {"arrivals", "clubs", "club_weeks", "duties", "lanes", "seals", "slack_installations"}
"""Tables in which nothing is anybody's."""
TUESDAY = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
"""The hour of Tuesday's digest in Berlin."""


@pytest.fixture
def departures(office: Office) -> Departures:
    return Departures(office.store, office.clock.now)


def on_slack(office: Office, user: str, workspace: str = "T1") -> Member:
    return Member(office.desk, Account(Platform.SLACK, workspace, user))


async def read(office: Office, *columns: Any) -> list[Any]:
    """These columns of every row; single values for a single column."""
    async with office.store.reading() as session:
        rows = (await session.execute(select(*columns).order_by(*columns))).all()
    return [row[0] if len(columns) == 1 else tuple(row) for row in rows]


async def marks(office: Office) -> dict[str, datetime | None]:
    """When each user was left."""
    return dict(await read(office, AccountRow.user, AccountRow.left_at))


async def owe(office: Office, user: str, state: State, day: int) -> None:
    """Write a delivery for somebody's day in November."""
    waits = state in (State.QUEUED, State.SENDING)
    async with office.store.writing() as session:
        account = await session.scalar(select(AccountRow).where(AccountRow.user == user))
        assert account is not None
        session.add(
            DeliveryRow(
                member_id=account.member_id,
                account_id=account.id,
                kind="digest",
                day=date(2026, 11, day),
                planned_at=MONDAY,
                state=state,
                not_before=MONDAY if waits else None,
                rows=[],
            )
        )


async def test_a_removal_marks_the_accounts_of_that_workspace_once(
    office: Office, departures: Departures, caplog: pytest.LogCaptureFixture
) -> None:
    for user in ("dana", "kim"):
        await on_slack(office, user).says("list")
    await on_slack(office, "eve", "T2").says("list")
    await office.member("bo", Platform.DISCORD).says("list")
    with caplog.at_level(logging.INFO, "core.departures"):
        assert await departures.left(Platform.SLACK, "T1") == 2
        office.clock.time += timedelta(minutes=1)
        assert await departures.left(Platform.SLACK, "T1") == 0
    assert await marks(office) == {"dana": MONDAY, "kim": MONDAY, "eve": None, "bo": None}
    assert caplog.messages == ["slack: the bot was removed from a workspace of 2 accounts"]


async def test_what_is_owed_where_the_bot_was_removed_is_given_up(
    office: Office, departures: Departures
) -> None:
    for user, workspace in (("dana", "T1"), ("eve", "T2")):
        await on_slack(office, user, workspace).says("list")
        for day, state in enumerate(State, start=1):
            await owe(office, user, state, day)
    await departures.left(Platform.SLACK, "T1")
    columns = (DeliveryRow.day, DeliveryRow.state, DeliveryRow.reason, DeliveryRow.not_before)
    async with office.store.reading() as session:
        query = select(AccountRow.user, *columns, DeliveryRow.finished_at).join(AccountRow)
        rows = list(await session.execute(query.order_by(DeliveryRow.id)))
    dana = [tuple(row[2:]) for row in rows if row.user == "dana"]
    given_up = (State.DEAD, REMOVED, None, MONDAY)
    ended = (State.SENT, State.HELD, State.DEAD, State.DROPPED)
    rest = [(state, "", None, None) for state in ended]
    assert dana == [given_up, given_up, *rest]
    assert [row.state for row in rows if row.user == "eve"] == list(State)


async def test_a_message_that_arrived_just_before_the_removal_does_not_hide_it(
    office: Office, departures: Departures
) -> None:
    """Its answer is written down after the removal: the bot is gone all the same."""
    await on_slack(office, "dana").says("add Robin Patel @ Acme, tomorrow")
    office.clock.time = TUESDAY
    await office.mailroom.plan()
    (parcel,) = await office.parcels()
    await departures.left(Platform.SLACK, "T1")
    await office.mailroom.finish([(parcel, Delivered("D1", "m1"))])
    assert await marks(office) == {"dana": TUESDAY}
    assert await read(office, AccountRow.channel) == ["D1"]


async def test_without_a_server_in_common_somebody_has_parted_until_a_message_arrives(
    office: Office, departures: Departures
) -> None:
    dana = office.member("dana", Platform.DISCORD)
    await dana.says("add Robin Patel @ Acme, tomorrow")
    for day, outcome, parted in (
        (TUESDAY, Held("no server in common", parted=True), True),
        (TUESDAY + timedelta(days=1), Delivered("D1", "m1"), False),
    ):
        office.clock.time = day
        await office.mailroom.plan()
        (parcel,) = await office.parcels()
        await office.mailroom.finish([(parcel, outcome)])
        assert await marks(office) == {"dana": day if parted else None}
    office.clock.time += KEPT
    assert await departures.erase_old() == 0


async def test_what_was_planned_at_the_moment_of_the_removal_is_given_up_too(
    office: Office, departures: Departures
) -> None:
    await on_slack(office, "dana").says("list")
    await departures.left(Platform.SLACK, "T1")
    await owe(office, "dana", State.QUEUED, 24)
    assert await departures.left(Platform.SLACK, "T1") == 0
    assert await read(office, DeliveryRow.state) == [State.DEAD]


@pytest.mark.parametrize("stood", [None, MONDAY - timedelta(days=40)])
async def test_when_it_is_back_the_digests_go_on(
    office: Office,
    departures: Departures,
    stood: datetime | None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    dana, kim = on_slack(office, "dana"), on_slack(office, "kim")
    await dana.says("add Robin Patel @ Acme, tomorrow")
    await kim.says("list")
    await on_slack(office, "eve", "T2").says("list")
    for workspace in ("T1", "T2"):
        await departures.left(Platform.SLACK, workspace)
    async with office.store.writing() as session:
        await session.execute(update(MemberRow).values(next_digest_at=stood))
    with caplog.at_level(logging.INFO, "core.departures"):
        assert await departures.returned(Platform.SLACK, "T1") == 2
        assert await departures.returned(Platform.SLACK, "T1") == 0
    assert await marks(office) == {"dana": None, "kim": None, "eve": MONDAY}
    digests = dict(await read(office, MemberRow.id, MemberRow.next_digest_at))
    assert list(digests.values()) == [TUESDAY, None, stood]
    assert caplog.messages == ["slack: the bot is back in a workspace of 2 members"]


async def test_many_go_and_come_back(
    office: Office, departures: Departures, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.departures.BATCH", 2)
    for number in range(5):
        await on_slack(office, f"m{number}").says("list")
        await owe(office, f"m{number}", State.QUEUED, 24)
    assert await departures.left(Platform.SLACK, "T1") == 5
    assert await read(office, DeliveryRow.state) == [State.DEAD] * 5
    assert await departures.returned(Platform.SLACK, "T1") == 5
    assert set((await marks(office)).values()) == {None}


async def test_after_30_days_the_members_are_erased(
    office: Office, departures: Departures, caplog: pytest.LogCaptureFixture
) -> None:
    dana = on_slack(office, "dana")
    await dana.says("add Robin Patel @ Acme, tomorrow")
    await on_slack(office, "eve", "T2").says("add Sam Ohno @ Initech, tomorrow")
    await departures.left(Platform.SLACK, "T1")
    office.clock.time = MONDAY + timedelta(days=29)
    assert await departures.erase_old() == 0
    office.clock.time = MONDAY + timedelta(days=31)
    with caplog.at_level(logging.INFO, "core.departures"):
        assert await departures.erase_old() == 1
        assert await departures.erase_old() == 0
    assert list(await marks(office)) == ["eve"]
    assert caplog.messages == ["erased 1 members whom the bot left 30 days ago"]
    await departures.returned(Platform.SLACK, "T1")
    assert "Robin" not in await dana.says("list")


async def test_who_came_back_in_time_is_kept(office: Office, departures: Departures) -> None:
    dana = on_slack(office, "dana")
    await dana.says("add Robin Patel @ Acme, tomorrow")
    await departures.left(Platform.SLACK, "T1")
    office.clock.time = MONDAY + timedelta(days=29)
    await departures.returned(Platform.SLACK, "T1")
    office.clock.time = MONDAY + timedelta(days=31)
    assert await departures.erase_old() == 0
    assert "Robin" in await dana.says("list")


@pytest.mark.parametrize("elsewhere", [None, MONDAY + timedelta(days=10)])
async def test_who_can_be_reached_elsewhere_is_kept(
    office: Office, departures: Departures, elsewhere: datetime | None
) -> None:
    await on_slack(office, "dana").says("list")
    await departures.left(Platform.SLACK, "T1")
    async with office.store.writing() as session:
        (member,) = await session.scalars(select(MemberRow.id))
        second = {"member_id": member, "platform": "discord", "workspace": "", "user": "d"}
        await session.execute(insert(AccountRow).values(**second, left_at=elsewhere))
    office.clock.time = MONDAY + KEPT
    assert await departures.erase_old() == 0
    office.clock.time += timedelta(days=10)
    assert await departures.erase_old() == (1 if elsewhere else 0)


async def test_many_are_erased(office: Office, departures: Departures) -> None:
    count = 2 * ERASED_AT_ONCE + 1
    for number in range(count):
        await on_slack(office, f"m{number}").says("list")
    await departures.left(Platform.SLACK, "T1")
    office.clock.time = MONDAY + KEPT
    assert await departures.erase_old() == count
    assert await read(office, MemberRow.id) == []


def tables() -> Sequence[Table]:
    """Every table, what is referred to before what refers to it."""
    return Base.metadata.sorted_tables


def made_up(column: Column[Any], number: int) -> Any:
    """A value that no other row has, where that matters."""
    kind = getattr(column.type, "impl_instance", column.type).python_type
    values: dict[type, Any] = {
        bool: False,
        date: MONDAY.date() + timedelta(days=number),
        datetime: MONDAY,
        object: {},  # JSON
        int: number,
        str: str(number),
    }
    return values[kind]


async def fill(office: Office) -> dict[str, dict[int, list[Any]]]:
    """Two rows in every table for each of two members; their keys, by table and member.

    A reference is to a row of the same member, also where a table refers to itself.
    """
    keys: dict[str, dict[int, list[Any]]] = {table.name: {1: [], 2: []} for table in tables()}
    async with office.store.writing() as session:
        for table, (number, who) in product(tables(), enumerate((1, 2, 1, 2))):
            primary = next(iter(table.primary_key))
            values: dict[str, Any] = {}
            for column in table.c:
                for key in column.foreign_keys:
                    mine = keys[key.column.table.name][who]
                    if key.column.table is not MemberRow.__table__:  # unique keys want another row
                        mine = mine[: number // 2 + 1]
                    values[column.name] = mine[-1] if mine else None
                if column.foreign_keys:
                    continue
                if column is not primary or isinstance(primary.type, String):
                    values[column.name] = made_up(column, number)
            made = await session.execute(insert(table).values(values).returning(primary))
            keys[table.name][who].append(made.scalar_one())
    return keys


async def test_erasing_leaves_nothing_of_one_and_everything_of_the_other(office: Office) -> None:
    keys = await fill(office)
    async with office.store.writing() as session:
        for member in keys["members"][1]:
            await erasing.erase_member(session, member)
    for table in tables():
        primary = next(iter(table.primary_key))
        one, other = map(set, keys[table.name].values())
        expected = one | other if table.name in SHARED else other
        assert set(await read(office, primary)) == expected, table.name


async def test_erasing_somebody_who_is_gone_does_nothing(office: Office) -> None:
    await fill(office)
    async with office.store.writing() as session:
        await erasing.erase_member(session, 404)
    assert len(await read(office, MemberRow.id)) == 4


def test_every_table_is_somebodys_or_known_to_be_nobodys() -> None:
    nobodys = {table.name for table in tables() if erasing.owned(table, 1) is None}
    assert nobodys == SHARED


def test_a_table_that_comes_later_is_not_forgotten() -> None:
    metadata = MetaData()
    grandparent = Table("g", metadata, Column("id", Integer), Column("member_id", Integer))
    parent = Table("p", metadata, Column("id", Integer), Column("g_id", ForeignKey("g.id")))
    child = Table("c", metadata, Column("p_id", ForeignKey("p.id")))
    stranger = Table("s", metadata, Column("id", Integer), Column("s_id", ForeignKey("s.id")))
    assert str(erasing.owned(grandparent, 1)) == "g.member_id = :member_id_1"
    assert "g.member_id = :member_id_1" in str(erasing.owned(parent, 1))
    assert "g.member_id = :member_id_1" in str(erasing.owned(child, 1))
    assert erasing.owned(stranger, 1) is None
