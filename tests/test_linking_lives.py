"""Random members with random histories join and part: nothing is lost, doubled or left unfolded."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from core.store.database import Store
from core.store.tables import (
    AccountRow,
    Base,
    ChangeRow,
    ContactRow,
    FollowUpRow,
    InsightRow,
    MembershipRow,
    ProofRow,
    TouchRow,
)
from core.store.upgrade import upgrade
from tests.clubs import EVENING_CLUB, JOB_CLUB, MANAGES
from tests.linking import check_folds, join
from tests.people import Member, Office, TestClock

NAMES = ("Robin Patel", "Kim Sato", "Lou Reyes")
PLACES = ("Acme", "Globex")
MOVES: tuple[str, ...] = (
    *(f"add {name} @ {place}, email" for name in NAMES for place in PLACES),
    "add @ Acme re: data PM",
    "add Robin Patel @ Acme re: other",
    *(f"sent #{n}" for n in range(1, 5)),
    "sent #2, yesterday",
    "replied #1, talking",
    "replied #2, referred me, lead: Mo Diaz @ Hooli",
    "replied #3, new opportunity, lead: a second role",
    "replied #1, phone, my turn",
    "insight #1, they need a borogove",
    "note #1, likes tea",
    "snooze #1, in 3 days",
    "close #2, not interested",
    "reopen #2",
    "proof Cut the weekly report from 3 days to 2 hours",
    "win",
    "settings pace: gentle",
    "settings days off: Monday",
    "settings hour: 7:15",
    "undo",
    "undo",
    "edit",
)
moves = st.lists(st.sampled_from(MOVES), max_size=9)
selves = st.lists(st.tuples(st.integers(0, 1), st.sampled_from(MOVES)), max_size=9)
COUNTED: tuple[Any, ...] = (
    FollowUpRow,
    TouchRow,
    InsightRow,
    ProofRow,
    MembershipRow,
    AccountRow,
)


async def plays(member: Member, lines: Sequence[str]) -> None:
    for line in lines:
        if line == "edit":
            await member.says("edit #1")
            if member.last.form is not None:
                await member.fills(name="Kim Sato", organization="Globex", contact="kim@globex.com")
        else:
            await member.says(line)
        assert "on my side" not in (member.last.message.plain() if member.last.message else "")


async def texts(office: Office) -> dict[str, Counter[Any]]:
    """What people wrote, wherever it is: how often each, whoever has it."""
    found: dict[str, Counter[Any]] = {}
    async with office.store.reading() as session:
        for table in COUNTED:
            found[table.__tablename__] = Counter(await session.scalars(select(table.id)))
        found["histories"] = Counter(
            (t.followup_id, t.kind, t.day, t.text, t.voided)
            for t in await session.scalars(select(TouchRow))
        )
        found["who"] = Counter(
            (f, name, place, via, address)
            for f, name, place, via, address in await session.execute(
                select(
                    FollowUpRow.id,
                    ContactRow.name,
                    ContactRow.organization,
                    ContactRow.via,
                    ContactRow.address,
                ).join(ContactRow, FollowUpRow.contact_id == ContactRow.id)
            )
        )
    return found


async def owned_alike(office: Office) -> None:
    """Nothing of one member's hangs on something of another's."""
    async with office.store.reading() as session:
        for table in Base.metadata.sorted_tables:
            for key in table.foreign_keys:
                parent = key.column.table
                if "member_id" not in table.c or "member_id" not in parent.c or parent is table:
                    continue
                if {table.name, parent.name} & {"club_posts", "offers"}:
                    continue
                crossing = (
                    select(func.count())
                    .select_from(table.join(parent, key.parent == key.column))
                    .where(table.c.member_id != parent.c.member_id)
                )
                assert await session.scalar(crossing) == 0, (table.name, key.parent.name)
        other = FollowUpRow.__table__.alias()
        led = select(func.count()).where(
            FollowUpRow.referred_by == other.c.id, FollowUpRow.member_id != other.c.member_id
        )
        assert await session.scalar(led) == 0
        crossed = (
            select(func.count())
            .select_from(TouchRow)
            .join(FollowUpRow, TouchRow.followup_id == FollowUpRow.id)
            .join(ChangeRow, TouchRow.change_id == ChangeRow.id)
            .where(FollowUpRow.member_id != ChangeRow.member_id)
        )
        assert await session.scalar(crossed) == 0
        numbers = await session.execute(select(FollowUpRow.member_id, FollowUpRow.number))
        assert max(Counter(map(tuple, numbers)).values(), default=1) == 1
        accounts = {row.id: row.member_id for row in await session.scalars(select(AccountRow))}
        for change in await session.scalars(select(ChangeRow)):
            if change.account_id is not None:
                assert accounts[change.account_id] == change.member_id
            for id in _contacts(change):
                contact = await session.get(ContactRow, id)
                assert contact is not None, change.verb
                assert contact.member_id == change.member_id, change.verb


def _contacts(change: ChangeRow) -> set[int]:
    found = {change.before["contact"]["id"]} if "contact" in change.before else set()
    return found | ({change.before["contact_id"]} if "contact_id" in change.before else set())


async def undo_all(member: Member) -> None:
    """Back to the beginning, one step after the other: none of them breaks."""
    for _ in range(60):
        answer = await member.says("undo")
        assert "on my side" not in answer
        if "nothing to undo" in answer:
            return
    raise AssertionError("undo never ends")


async def positions(office: Office) -> dict[int, tuple[Any, ...]]:
    async with office.store.reading() as session:
        return {
            row.id: (row.step, row.cycle, row.due_on, row.closed, row.because, row.removed)
            for row in await session.scalars(select(FollowUpRow))
        }


async def a_life(
    office: Office, first: Sequence[str], second: Sequence[str], together: Any, theirs: bool
) -> None:
    dana, eve = office.member("dana"), office.member("eve", zone="America/New_York")
    for one, room in ((dana, JOB_CLUB), (eve, EVENING_CLUB)):
        one.room, one.standing, one.name = room, MANAGES, one.account.user.title()
        await one.says("club setup A Club")
        await one.says("club join counts")
        one.room = None
    await plays(dana, first)
    office.clock.time += timedelta(days=1)
    await plays(eve, second)
    before, stood = await texts(office), await positions(office)
    await check_folds(office)
    label = "Join, settings from there" if theirs else "Join, settings from here"
    assert "You are one person" in await join(dana, eve, label)
    await check_folds(office)
    await owned_alike(office)
    assert await texts(office) == before
    if not together:
        await eve.says("unlink")
        assert "Parted" in await eve.presses("Part: each its own")
        assert await positions(office) == stood
    for who, line in together:
        await plays((dana, eve)[who], [line])
    middle = await texts(office)
    await (dana if theirs else eve).says("unlink")
    if together:
        await (dana if theirs else eve).presses("Part: each its own")
    after = await texts(office)
    assert after == middle
    await check_folds(office)
    await owned_alike(office)
    for one in (dana, eve):
        await undo_all(one)
    await check_folds(office)
    await owned_alike(office)
    last = await texts(office)
    assert "You are one person" in await join(eve, dana)
    assert await texts(office) == last
    await check_folds(office)
    await owned_alike(office)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(moves, moves, selves, st.booleans())
def test_nothing_is_lost_or_doubled(
    first: list[str], second: list[str], together: list[tuple[int, str]], theirs: bool
) -> None:
    async def play() -> None:
        with TemporaryDirectory() as folder:
            store = Store(f"sqlite:///{Path(folder) / 'life.sqlite3'}")
            await upgrade(store)
            try:
                await a_life(Office(store, TestClock()), first, second, together, theirs)
            finally:
                await store.close()

    asyncio.run(play())


async def test_one_long_life_on_both_databases(office: Office) -> None:
    everything = [*MOVES, *MOVES[:12]]
    together = [(n % 2, line) for n, line in enumerate(MOVES)]
    await a_life(office, everything, MOVES[3:20], together, theirs=True)
