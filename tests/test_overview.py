"""What whoever runs the bot sees of its deliveries, on both databases, and another try for some."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, select, text, update

from core.caller import Platform
from core.domain.deliveries import Dead, Delivered, Held, Later, Outcome, Parcel, State, Unknown
from core.overview import NOT_THERE, OVER, Overview
from core.store.database import Store
from core.store.overview import Standing
from core.store.tables import DeliveryRow
from tests.people import Office

HOUR = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
COLUMNS = DeliveryRow.__table__.columns


async def owe(office: Office, *names: str, platform: Platform = Platform.WEB) -> list[Parcel]:
    """Have each member's digest planned and claimed; the parcels under way."""
    for name in names:
        office.clock.time = HOUR - timedelta(days=1)
        await office.member(name, platform).says("add Dana Lee @ Acme, tomorrow")
    office.clock.time = HOUR
    await office.mailroom.plan()
    return await office.parcels()


async def end(office: Office, parcel: Parcel, *outcomes: Outcome) -> None:
    """Let one parcel end in these, an attempt for each, a minute and a half apart."""
    for number, outcome in enumerate(outcomes):
        if number:
            office.clock.time += timedelta(seconds=91)
            (parcel,) = [again for again in await office.parcels() if again.id == parcel.id]
        await office.mailroom.finish([(parcel, outcome)])


@pytest.fixture
def overview(office: Office) -> Overview:
    """What is seen of the office's database."""
    return Overview(office.store, office.clock.now)


async def test_nothing_is_owed_at_first(overview: Overview) -> None:
    glance = await overview.glance()
    assert (glance.owed, glance.held, glance.dead) == (0, 0, 0)
    assert (glance.oldest_turn, glance.oldest_planned, glance.oldest_seconds) == (None, None, None)


async def test_what_waits_is_counted_and_the_oldest_is_told(
    office: Office, overview: Overview
) -> None:
    await owe(office, "dana", "robin")
    office.clock.time += timedelta(minutes=20)
    glance = await overview.glance()
    assert (glance.owed, glance.oldest_turn, glance.oldest_planned) == (2, HOUR, HOUR)
    assert glance.oldest_seconds == 1200


async def test_what_has_still_to_have_its_turn_is_owed_and_not_late(
    office: Office, overview: Overview
) -> None:
    await owe(office, "dana")
    turn = HOUR + timedelta(hours=1)
    async with office.store.writing() as session:
        waits = {"state": State.QUEUED, "first_tried_at": None, "not_before": turn}
        await session.execute(update(DeliveryRow).values(waits))
    glance = await overview.glance()
    assert (glance.owed, glance.oldest_turn, glance.oldest_planned) == (1, None, None)
    office.clock.time = turn + timedelta(seconds=7)
    assert (await overview.glance()).oldest_seconds == 7


@pytest.mark.parametrize("outcome", [Later(3600, "Slack can't be reached"), Unknown("no answer")])
async def test_a_wait_after_a_first_attempt_does_not_make_it_younger(
    office: Office, overview: Overview, outcome: Outcome
) -> None:
    (parcel,) = await owe(office, "dana")
    await end(office, parcel, outcome)
    office.clock.time += timedelta(minutes=16)
    assert (await overview.glance()).oldest_seconds == 16 * 60
    (late,) = await overview.listed(Standing.LATE, 10)
    assert (late.key, late.attempts, late.reason) == (parcel.key, 1, outcome.reason)  # type: ignore[union-attr]


async def test_what_is_owed_where_this_bot_does_not_serve_is_not_its_fault(
    office: Office, overview: Overview
) -> None:
    await owe(office, "dana", platform=Platform.WEB)
    elsewhere = Overview(office.store, office.clock.now, [Platform.SLACK, Platform.DISCORD])
    assert (await elsewhere.glance()).owed == 0
    assert (await overview.glance()).owed == 1


async def test_held_counts_members_who_wait_and_dead_counts_deliveries(
    office: Office, overview: Overview
) -> None:
    first, second, third = await owe(office, "dana", "robin", "uma")
    await end(office, first, Held("their direct messages are closed"))
    await end(office, second, Dead("Slack refused the message"))
    await end(office, third, Delivered("D1", "m1"))
    glance = await overview.glance()
    assert (glance.owed, glance.held, glance.dead) == (0, 1, 1)


async def test_a_member_with_two_held_digests_waits_once_and_no_longer_when_one_arrives(
    office: Office, overview: Overview
) -> None:
    (parcel,) = await owe(office, "dana")
    await end(office, parcel, Held("closed"))
    held = []
    for day, outcome in ((1, Held("closed")), (2, Delivered("D1", "m1"))):
        office.clock.time = HOUR + timedelta(days=day)
        await office.mailroom.plan()
        (parcel,) = await office.parcels()
        await end(office, parcel, outcome)
        held.append((await overview.glance()).held)
    assert held == [1, 0]


async def test_lists_say_which_and_why(office: Office, overview: Overview) -> None:
    late, held, dead = await owe(office, "dana", "robin", "uma")
    await end(office, held, Held("closed"))
    await end(office, dead, Dead("refused"))
    found = {standing: await overview.listed(standing, 10) for standing in Standing}
    assert {standing: [one.key for one in rows] for standing, rows in found.items()} == {
        Standing.LATE: [late.key],
        Standing.HELD: [held.key],
        Standing.DEAD: [dead.key],
    }
    (row,) = found[Standing.HELD]
    assert (row.day, row.planned_at, row.platform) == (HOUR.date(), HOUR, Platform.WEB)
    assert (row.state, row.attempts, row.reason, row.not_before) == (State.HELD, 1, "closed", None)


async def test_a_list_has_so_many_and_the_newest_stuck_first(
    office: Office, overview: Overview
) -> None:
    parcels = await owe(office, "dana", "robin", "uma")
    for parcel in parcels:
        await end(office, parcel, Held("closed"))
    newest = sorted((parcel.id for parcel in parcels), reverse=True)
    assert [one.id for one in await overview.listed(Standing.HELD, 2)] == newest[:2]


@pytest.mark.parametrize("outcome", [Held("closed"), Dead("refused")])
async def test_a_certain_refusal_goes_out_again_without_a_doubt(
    office: Office, overview: Overview, outcome: Outcome
) -> None:
    (parcel,) = await owe(office, "dana")
    await end(office, parcel, outcome)
    office.clock.time += timedelta(hours=1)
    assert await overview.retry([parcel.id]) == {parcel.id: ""}
    assert (await overview.glance()).oldest_seconds == 0
    (again,) = await office.parcels()
    assert (again.key, again.attempt, again.doubtful_since) == (parcel.key, 2, None)
    await end(office, again, Delivered("D1", "m1"))
    glance = await overview.glance()
    assert (glance.owed, glance.held, glance.dead) == (0, 0, 0)


@pytest.mark.parametrize("last", [Held("closed"), Dead("nobody can say whether it arrived")])
async def test_a_doubt_about_an_earlier_attempt_is_kept(
    office: Office, overview: Overview, last: Outcome
) -> None:
    (parcel,) = await owe(office, "dana")
    await end(office, parcel, Unknown("no answer"), last)
    assert await overview.retry([parcel.id]) == {parcel.id: ""}
    (again,) = await office.parcels()
    assert (again.attempt, again.doubtful_since) == (3, HOUR)


async def test_only_what_is_stuck_is_tried_again(office: Office, overview: Overview) -> None:
    under_way, queued, sent = await owe(office, "dana", "robin", "uma")
    await end(office, queued, Later(300, "Slack can't be reached"))
    await end(office, sent, Delivered("D1", "m1"))
    said = await overview.retry([under_way.id, queued.id, sent.id, 999, 999])
    assert list(said) == [under_way.id, queued.id, sent.id, 999]
    assert "may be on its way" in said[under_way.id]
    assert "waits to be sent already" in said[queued.id]
    assert "has arrived" in said[sent.id]
    assert said[999] == NOT_THERE
    assert await office.parcels() == []


async def test_what_was_said_of_a_day_that_is_over_is_not_said_again(
    office: Office, overview: Overview
) -> None:
    (parcel,) = await owe(office, "dana")
    await end(office, parcel, Held("closed"))
    office.clock.time = datetime(2026, 11, 24, 22, 59, tzinfo=UTC)  # 23:59 in Berlin
    midnight = office.clock.time + timedelta(minutes=1)
    assert await overview.retry([parcel.id]) == {parcel.id: ""}
    (again,) = await office.parcels()
    await end(office, again, Held("closed"))
    office.clock.time = midnight
    assert await overview.retry([parcel.id]) == {parcel.id: OVER}
    assert await overview.retry_all(State.HELD) == 0
    assert await office.parcels() == []


async def test_all_that_are_held_or_all_that_are_dead(
    office: Office, overview: Overview, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.overview.BATCH", 2)
    parcels = await owe(office, *(f"m{number}" for number in range(7)))
    for parcel in parcels[:5]:
        await end(office, parcel, Held("closed"))
    await end(office, parcels[5], Dead("refused"))
    await end(office, parcels[6], Delivered("D1", "m1"))
    assert await overview.retry_all(State.HELD) == 5
    assert {parcel.id for parcel in await office.parcels()} == {p.id for p in parcels[:5]}
    assert await overview.retry_all(State.DEAD) == 1
    assert await overview.retry_all(State.DEAD) == 0
    assert [parcel.id for parcel in await office.parcels()] == [parcels[5].id]


async def test_nothing_is_counted_beyond_a_bound(
    office: Office, overview: Overview, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.store.overview.MOST", 3)
    parcels = await owe(office, *(f"m{number}" for number in range(6)))
    assert (await overview.glance()).owed == 4
    for parcel in parcels:
        await end(office, parcel, Held("closed"))
    assert (await overview.glance()).held == 4


async def test_a_database_of_another_version_is_told_apart(
    office: Office, overview: Overview
) -> None:
    assert await overview.is_current()
    async with office.store.writing() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    assert not await overview.is_current()
    async with office.store.writing() as session:
        await session.execute(text("DROP TABLE alembic_version"))
    assert not await overview.is_current()


async def test_a_look_reads_along_its_index_however_many_were_sent(
    office: Office, overview: Overview
) -> None:
    (parcel,) = await owe(office, "dana")
    await _crowd(office.store, parcel.id)
    sent: list[tuple[str, Any]] = []
    engine = office.store.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, s, p, *_: sent.append((s, p)))
    await overview.glance()
    looks = [query for query in sent if "deliveries" in query[0]]
    assert len(looks) == 2
    for look, index in zip(looks, ("not_before_id", "stuck"), strict=True):
        assert f"ix_deliveries_{index}" in await _plan(office.store, *look)


async def _crowd(store: Store, id: int) -> None:
    """Thousands that were sent, some of each other kind."""
    odd = {0: State.HELD, 1: State.DEAD, 2: State.QUEUED}
    async with store.writing() as session:
        (row,) = (await session.execute(select(*COLUMNS).where(COLUMNS.id == id))).mappings()
        rows = [
            {
                **row,
                "id": id + number,
                "day": date(2027, 1, 1) + timedelta(days=number),
                "state": odd.get(number % 500, State.SENT),
                "not_before": HOUR if number % 500 == 2 else None,
            }
            for number in range(1, 20_001)
        ]
        await session.execute(insert(DeliveryRow), rows)
    async with store.writing() as session:
        await session.execute(text("ANALYZE"))


async def _plan(store: Store, statement: str, parameters: Any) -> str:
    explain = "EXPLAIN QUERY PLAN" if store.is_sqlite else "EXPLAIN"
    async with store.reading() as session:
        connection = await session.connection()
        rows = await connection.exec_driver_sql(f"{explain} {statement}", parameters)
        return "\n".join(str(row) for row in rows)
