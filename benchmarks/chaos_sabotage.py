"""Breaks one safeguard of the bot on purpose: a kill test that can't fail proves nothing."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy import Select

from adapters.discord.messenger import DiscordMessenger
from adapters.slack.messenger import SlackMessenger
from core.domain.deliveries import Outcome, Parcel
from core.mailroom import Mailroom
from core.store import planning
from core.store.database import Store
from core.store.tables import DeliveryRow


class Sabotage(StrEnum):
    """Which safeguard is broken.

    - READBACK: what is in doubt is sent again without looking for it.
    - LEASE: a claim lasts no time, so that others take what this process has in hand.
    - NONCE: Discord gets another nonce with every attempt.
    - CONSTANT: Discord gets the same nonce with every message.
    - LOCK: planning locks no rows. The unique key alone must keep a day's digest one.
    - UNIQUE: planning locks no rows, and there is no unique key either.
    """

    NONE = "none"
    READBACK = "readback"
    LEASE = "lease"
    NONCE = "nonce"
    CONSTANT = "constant"
    LOCK = "lock"
    UNIQUE = "unique"


def apply(sabotage: Sabotage) -> None:
    """Break it in this process."""
    if sabotage is Sabotage.READBACK:
        SlackMessenger.find = DiscordMessenger.find = _never_looks  # type: ignore[method-assign,assignment]
    elif sabotage is Sabotage.LEASE:
        Mailroom.claim = _without_lease(Mailroom.claim)  # type: ignore[method-assign]
    elif sabotage is Sabotage.NONCE:
        another = partial(secrets.token_hex, 10)
        DiscordMessenger.send = _with_key(DiscordMessenger.send, another)  # type: ignore[method-assign]
    elif sabotage is Sabotage.CONSTANT:
        DiscordMessenger.send = _with_key(DiscordMessenger.send, lambda: "d1-1")  # type: ignore[method-assign]
    elif sabotage in (Sabotage.LOCK, Sabotage.UNIQUE):
        planning.select = _Unlocked  # type: ignore[attr-defined]


async def apply_to_database(sabotage: Sabotage, store: Store) -> None:
    """Break it in the database, which must be PostgreSQL for UNIQUE."""
    if sabotage is Sabotage.UNIQUE:
        unique = next(c for c in DeliveryRow.__table__.constraints if "kind" in str(c.name))  # type: ignore[attr-defined]
        async with store.writing() as session:
            connection = await session.connection()
            await connection.exec_driver_sql(
                f"ALTER TABLE deliveries DROP CONSTRAINT {unique.name}"
            )


class _Unlocked(Select[Any]):
    """A query that forgets to lock what it reads."""

    inherit_cache = True

    def with_for_update(self, **more: Any) -> _Unlocked:
        del more
        return self


async def _never_looks(messenger: object, parcel: Parcel) -> Outcome | None:
    del messenger, parcel
    return None


def _without_lease(claim: Callable[..., Any]) -> Callable[..., Any]:
    async def claiming(mailroom: Mailroom, *args: Any, **more: Any) -> Any:
        mailroom._lease = timedelta(0)
        return await claim(mailroom, *args, **more)

    return claiming


def _with_key(send: Callable[..., Any], key: Callable[[], str]) -> Callable[..., Any]:
    async def sending(messenger: DiscordMessenger, parcel: Parcel) -> Outcome:
        outcome: Outcome = await send(messenger, replace(parcel, key=key()))
        return outcome

    return sending
