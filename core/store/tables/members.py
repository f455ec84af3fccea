"""Members, their accounts, and what waits for their answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from core.store.tables.base import GOES_ALONG, Base
from core.store.tables.sealed import Sealed, SealedJson


class MemberRow(Base):
    """One person. `next_digest_at` is NULL while nothing will be due."""

    __tablename__ = "members"

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    zone: Mapped[str] = mapped_column(String(64), default="")
    zone_named: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(Sealed("members.name"), default="")
    locale: Mapped[str] = mapped_column(String(16), default="")
    language: Mapped[str] = mapped_column(String(8), default="")
    digest_minute: Mapped[int]
    days_off: Mapped[str] = mapped_column(String(20), default="")
    most: Mapped[int]
    pauses: Mapped[list[list[str]]] = mapped_column(JSON)
    pace: Mapped[str] = mapped_column(String(8))
    weekly: Mapped[bool] = mapped_column(default=False)
    asked: Mapped[bool] = mapped_column(default=False)
    ignored: Mapped[int] = mapped_column(default=0)
    next_digest_at: Mapped[datetime | None] = mapped_column(index=True)
    last_digest_on: Mapped[date | None]
    last_number: Mapped[int] = mapped_column(default=0)


class AccountRow(Base):
    """A member's self on one platform. `channel` is the private conversation, once known.

    `left_at` is when the bot was removed from where it met them; NULL while it is there. Of those
    who `installed` it themselves nobody can say that, for they need no place in common. `home` is
    the token of the page that their Home shows; empty while they have never opened it.

    For a member who has several:
    - `linked_at`: since when; NULL for an account that is alone.
    - `takes_digest`: whether the member's one digest comes here.
    - `unreachable`: why the last one could not come here; "" while it can.
    - `settings`: what this self had set for itself, where another's settings took their place.
    """

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("platform", "workspace", "user"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    platform: Mapped[str] = mapped_column(String(16))
    workspace: Mapped[str] = mapped_column(String(64))
    user: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(64), default="")
    left_at: Mapped[datetime | None] = mapped_column(index=True)
    home: Mapped[str] = mapped_column(String(100), default="", server_default="")
    installed: Mapped[bool] = mapped_column(default=False)
    linked_at: Mapped[datetime | None]
    takes_digest: Mapped[bool] = mapped_column(default=False, server_default=false())
    unreachable: Mapped[str] = mapped_column(String(200), default="", server_default="")
    settings: Mapped[dict[str, Any] | None] = mapped_column(SealedJson("accounts.settings"))


class LinkCodeRow(Base):
    """A code that joins another self to a member, by its fingerprint. An id is given out once.

    `account_id` is who it was made for; `entered_id` who entered it, at `entered_at`; it is `spent`
    once that one has said yes or no.
    """

    __tablename__ = "link_codes"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    entered_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id", info={GOES_ALONG: True}), index=True
    )
    entered_at: Mapped[datetime | None]
    spent: Mapped[bool] = mapped_column(default=False)


class KeptRow(Base):
    """A request that waits for the member to choose or correct something.

    `account_id` is which of a linked member's accounts it came from; no key, for whoever goes
    takes it along.
    """

    __tablename__ = "kept_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    account_id: Mapped[int | None]
    verb: Mapped[str] = mapped_column(String(16))
    values: Mapped[dict[str, Any]] = mapped_column(SealedJson("kept_requests.values"))
