"""Writing down what the platforms answered. Core statements in batches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.deliveries import (
    Dead,
    Delivered,
    Held,
    Later,
    Outcome,
    Parcel,
    State,
    Unknown,
)
from core.store.accounts import arrived_at, go_elsewhere
from core.store.bulk import Rows, update_each
from core.store.deliveries import DELIVERIES, UNSURE, Delivery
from core.store.tables import AccountRow

UNKNOWN_PAUSE, LONGEST_PAUSE = timedelta(seconds=20), timedelta(minutes=10)
DOUBT_LIMIT = A_DAY = timedelta(hours=24)
_ACCOUNTS: Table = AccountRow.__table__  # type: ignore[assignment] # a Table, as declared
_D, _A = DELIVERIES.c, _ACCOUNTS.c


async def finish(
    session: AsyncSession, results: Sequence[tuple[Parcel, Outcome]], now: datetime
) -> None:
    """Write down what the platforms answered.

    Only the newest attempt may: who was away for longer than the lease has nothing to say. A doubt
    stays until the message is found or sent, for "not now" says nothing about an earlier try.
    """
    rows = [
        {"id": parcel.id, "attempts": parcel.attempt, **_end(parcel, outcome, now)}
        for parcel, outcome in results
    ]
    await _end_each(session, rows)


async def set_aside(
    session: AsyncSession, broken: Sequence[Delivery], reason: str, now: datetime
) -> None:
    """These claimed deliveries can't be composed: again in a while, for a day. A doubt stays."""
    ends = [
        _row(State.DEAD, reason, now, None)
        if now - delivery.planned_at > A_DAY
        else _row(delivery.state, reason, None, now + LONGEST_PAUSE)
        for delivery in broken
    ]
    rows = [
        {"id": delivery.id, "attempts": delivery.attempts + 1, **end}
        for delivery, end in zip(broken, ends, strict=True)
    ]
    await _end_each(session, rows)


async def drop(session: AsyncSession, moot: Sequence[Delivery], now: datetime) -> None:
    """Nothing is due any more of what these claimed deliveries were to say."""
    end = _row(State.DROPPED, "", now, None)
    await _end_each(session, [{"id": d.id, "attempts": d.attempts + 1, **end} for d in moot])


async def _end_each(session: AsyncSession, rows: Rows) -> None:
    ours = _D.state == State.SENDING
    await update_each(session, DELIVERIES, rows, "id", "attempts", where=ours)


async def keep_accounts(
    session: AsyncSession, results: Sequence[tuple[Parcel, Outcome]], now: datetime
) -> None:
    """Keep the conversations that were answered from, and since when we have parted.

    What could not reach one account of a member goes to another of theirs.
    """
    opened = [
        {"id": parcel.account_id, "channel": outcome.channel}
        for parcel, outcome in results
        if parcel.account_id
        and isinstance(outcome, Delivered)
        and outcome.channel != parcel.channel
    ]
    await update_each(session, _ACCOUNTS, opened, "id")
    parted = [
        p.account_id for p, outcome in results if isinstance(outcome, Held) and outcome.parted
    ]
    if parted:
        await session.execute(
            update(_ACCOUNTS)
            .where(_A.id.in_(parted), _A.left_at.is_(None), _A.installed.is_(False))
            .values(left_at=now)
        )
    arrived = [p.account_id for p, outcome in results if isinstance(outcome, Delivered)]
    if arrived:
        where, values = arrived_at(arrived)
        await session.execute(update(_ACCOUNTS).where(where).values(values))
    await go_elsewhere(session, results, now)


_ENDS = ("state", "reason", "channel", "message", "finished_at", "not_before")


def _end(parcel: Parcel, outcome: Outcome, now: datetime) -> dict[str, Any]:
    match outcome:
        case Delivered(channel, message):
            return _row(State.SENT, "", now, None, channel, message)
        case Held(reason):
            return _row(State.HELD, reason, None, None)
        case Dead(reason):
            return _row(State.DEAD, reason, now, None)
        case Later(seconds, reason):
            state = State.SENDING if parcel.doubtful_since else State.QUEUED
            return _row(state, reason, None, now + timedelta(seconds=seconds))
        case Unknown(reason):
            if parcel.doubtful_since and now - parcel.doubtful_since > DOUBT_LIMIT:
                return _row(State.DEAD, UNSURE, now, None)
            pause = min(UNKNOWN_PAUSE * 2 ** min(parcel.attempt - 1, 10), LONGEST_PAUSE)
            return _row(State.SENDING, reason, None, now + pause)


def _row(
    state: State,
    reason: str,
    finished_at: datetime | None,
    not_before: datetime | None,
    channel: str = "",
    message: str = "",
) -> dict[str, Any]:
    # A platform's own words are among the reasons, and not every character can be stored.
    words = "".join(one if one.isprintable() else " " for one in reason[:200])
    values = (state, words, channel, message, finished_at, not_before)
    return dict(zip(_ENDS, values, strict=True))
