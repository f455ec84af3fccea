"""Whether everybody got exactly one digest, and whether the database knows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from benchmarks import chaos_diary
from benchmarks.chaos_diary import Entry
from benchmarks.chaos_world import Shown, World
from core.domain.deliveries import State
from core.store.database import Store
from core.store.tables import AccountRow, DeliveryRow, MemberRow

OVER = (State.SENT, State.HELD, State.DEAD)
MOST_SHOWN = 10


@dataclass
class Verdict:
    """What was found. `wrong` says it in words, a paragraph for each person concerned."""

    due: int = 0
    delivered: int = 0
    lost: int = 0
    twice: int = 0
    states: Counter[str] = field(default_factory=Counter)
    looked_up: Counter[str] = field(default_factory=Counter)
    attempts: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether nothing is wrong at all."""
        return not self.wrong


async def owed(store: Store, now: datetime) -> int:
    """How many digests are still to come: planned ones, and those not even planned yet."""
    async with store.reading() as session:
        planned = await session.scalar(
            select(func.count(DeliveryRow.id)).where(DeliveryRow.state.not_in(OVER))
        )
        due = await session.scalar(
            select(func.count(MemberRow.id)).where(MemberRow.next_digest_at <= now)
        )
    return (planned or 0) + (due or 0)


async def judge(store: Store, place: World, now: datetime, folder: Path, lives: int) -> Verdict:
    """Compare what people found with what the database says."""
    verdict = Verdict()
    inboxes = place.inboxes()
    story = _story(folder, lives)
    verdict.looked_up = _looked_up(story)
    for rows in (await _by_account(store)).values():
        account = rows[0]
        found = inboxes.pop(account.user, [])
        verdict.due += 1
        verdict.delivered += len(found) == 1
        verdict.lost += not found
        verdict.twice += len(found) > 1
        verdict.states.update(row.state or "never planned" for row in rows)
        verdict.attempts.update(min(row.attempts, 6) for row in rows if row.attempts is not None)
        problems = _problems(rows, found, now)
        if problems:
            verdict.wrong.append(_told(rows, found, problems, story))
    verdict.wrong += [f"{user}: a message for nobody we know" for user in inboxes]
    verdict.wrong += place.complaints()
    return verdict


def _problems(rows: Sequence[Any], found: Sequence[Shown], now: datetime) -> list[str]:
    problems = []
    if len(found) != 1:
        problems.append(f"{len(found)} messages instead of one")
    if len(rows) != 1:
        problems.append(f"{len(rows)} deliveries instead of one")
    for row in rows:
        if row.state != State.SENT:
            problems.append(f"delivery {row.id} is {row.state} ({row.reason})")
        elif found and row.message not in [shown.message for shown in found]:
            problems.append(f"delivery {row.id} names message {row.message}, which is not there")
        if row.next_digest_at is None or row.next_digest_at <= now:
            problems.append(f"the next digest is planned for {row.next_digest_at}")
    mine = tuple(f"d{row.id}-" for row in rows)
    problems += [f"key {shown.key!r}" for shown in found if not shown.key.startswith(mine)]
    return problems


def _told(
    rows: Sequence[Any],
    found: Sequence[Shown],
    problems: Sequence[str],
    story: dict[str, list[Entry]],
) -> str:
    """Everything that is known of one person's digest."""
    lines = [f"{rows[0].platform} {rows[0].user}: {'; '.join(problems)}"]
    lines += [f"    found {shown.message} with key {shown.key!r}" for shown in found]
    for row in rows:
        entries = story.get(f"d{row.id}", [])
        lines += [f"    {entry}" for entry in sorted(entries, key=lambda entry: entry.at)]
    return "\n".join(lines)


def _story(folder: Path, lives: int) -> dict[str, list[Entry]]:
    """All entries of all diaries, by delivery."""
    found: dict[str, list[Entry]] = {}
    for life in range(1, lives + 1):
        for entry in chaos_diary.read(folder, life):
            found.setdefault(entry.key.split("-")[0], []).append(entry)
    return found


def _looked_up(story: dict[str, list[Entry]]) -> Counter[str]:
    """What came of looking for deliveries that were in doubt: Delivered, None, Unknown, …"""
    ends = [e for entries in story.values() for e in entries if e.what == chaos_diary.LOOKED]
    return Counter(entry.more.split("(")[0] for entry in ends)


async def _by_account(store: Store) -> dict[int, list[Any]]:
    """Each account with its deliveries; one row without an id where there is none."""
    query = (
        select(
            AccountRow.id.label("account"),
            AccountRow.platform,
            AccountRow.user,
            MemberRow.next_digest_at,
            DeliveryRow.id,
            DeliveryRow.state,
            DeliveryRow.reason,
            DeliveryRow.message,
            DeliveryRow.attempts,
        )
        .join(MemberRow, AccountRow.member_id == MemberRow.id)
        .join(DeliveryRow, DeliveryRow.account_id == AccountRow.id, isouter=True)
        .order_by(AccountRow.id, DeliveryRow.id)
    )
    async with store.reading() as session:
        rows = (await session.execute(query)).all()
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.account, []).append(row)
    return found
