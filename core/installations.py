"""Workspaces that install the app by themselves: their tokens, and the proofs of who began it.

Tokens are sealed before they reach the database, so there have to be keys. All of it holds over
several processes on one database.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import IntegrityError

from core.domain.installing import Installation
from core.store import changes, duties, installations
from core.store.database import DATABASE_ERRORS, Store
from core.store.sealing import CannotOpen, key_of

__all__ = ["DATABASE_ERRORS", "CannotOpen", "Installations"]

STATE_GOOD_FOR = timedelta(minutes=10)
"""How long somebody has to agree in Slack."""
LEASE = timedelta(seconds=60)
"""How long one process alone may exchange a workspace's token: longer than that can take."""
_STATE, _NOTE = "slack.state", "slack.note"


class Installations:
    """The installations of one app, by the ids of their workspaces."""

    def __init__(self, store: Store, now: Callable[[], datetime], client_id: str) -> None:
        """`now` gives the current instant, aware. Raises ValueError for a store without keys."""
        if not store.keys:
            raise ValueError("the tokens of workspaces are never kept unsealed")
        self._store, self._now, self._client = store, now, client_id

    async def find(self, team: str) -> Installation | None:
        """What is known of a workspace; None where the app is not. Raises CannotOpen."""
        async with self._store.reading() as session:
            return await installations.find(session, self._client, team)

    async def some(self, limit: int) -> list[Installation]:
        """Up to so many of them, the newest first. Raises CannotOpen."""
        async with self._store.reading() as session:
            return await installations.some(session, self._client, limit)

    async def count(self) -> int:
        """How many workspaces have the app."""
        async with self._store.reading() as session:
            return await installations.count(session, self._client)

    async def save(self, found: Installation) -> None:
        """Keep an installation; the tokens of an earlier one are overwritten."""
        async with self._store.writing() as session:
            await installations.put(session, self._client, found)

    async def renewed(self, before: Installation, after: Installation) -> bool:
        """Keep new tokens, unless the app was installed anew meanwhile; whether it did."""
        async with self._store.writing() as session:
            return await installations.renew(session, self._client, before, after)

    async def remove(self, team: str, only: Installation | None = None) -> bool:
        """Delete the tokens of a workspace, or only those of this installation; whether it did."""
        when = only.installed_at if only is not None else None
        async with self._store.writing() as session:
            return await installations.remove(session, self._client, team, when)

    async def taken_for_left(self) -> list[str]:
        """The workspaces that have the app and whose members are taken for left: a stop came
        between the two.
        """
        async with self._store.reading() as session:
            return await installations.taken_for_left(session, self._client)

    async def may_renew(self, team: str, holder: str) -> bool:
        """Whether it is for this holder to exchange the token of a workspace, for `LEASE`.

        A refresh token is good once: two must not both use it.
        """
        async with self._store.writing() as session:
            return await duties.take(session, _duty(team), holder, self._now(), LEASE)

    async def done_renewing(self, team: str, holder: str) -> None:
        """Let others have their turn."""
        async with self._store.writing() as session:
            await duties.give_up(session, _duty(team), holder)

    def new_state(self) -> str:
        """A proof, for an address, that somebody began here. Nothing is kept until it comes back.

        So whoever asks for thousands of them costs the database nothing.
        """
        until = int((self._now() + STATE_GOOD_FOR).timestamp())
        return self._sealed(f"{until} {secrets.token_hex(8)}", _STATE)

    async def use_state(self, state: str) -> bool:
        """Whether it is a proof of ours, no older than `STATE_GOOD_FOR` and used by nobody yet."""
        until, _, nonce = self._opened(state, _STATE).partition(" ")
        try:
            good_until = datetime.fromtimestamp(int(until), UTC)
        except (ValueError, OverflowError):
            return False
        if not nonce or not self._now() < good_until <= self._now() + STATE_GOOD_FOR:
            return False
        key = f"{_STATE} {hashlib.sha256(nonce.encode()).hexdigest()}"
        try:
            async with self._store.writing() as session:
                return not await changes.seen_before(session, key, self._now())
        except IntegrityError:
            return False  # another process has just used it

    def new_note(self, text: str) -> str:
        """A text that an address may carry: nobody else can read it or make one."""
        return self._sealed(text, _NOTE)

    def read_note(self, note: str) -> str:
        """What `new_note` was given; "" for what it never gave."""
        return self._opened(note, _NOTE)

    def _sealed(self, text: str, where: str) -> str:
        return self._store.keys.seal(text, where).rstrip("=")

    def _opened(self, text: str, where: str) -> str:
        padded = text + "=" * (-len(text.rpartition(".")[2]) % 4)
        if not key_of(padded):
            return ""  # plain text would be read as it stands, whoever wrote it
        try:
            return self._store.keys.open(padded, where)
        except (CannotOpen, ValueError):
            return ""


def _duty(team: str) -> str:
    return f"Slack token of {team}"[:60]
