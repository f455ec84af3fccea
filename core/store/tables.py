"""The tables, as SQLAlchemy maps them. Private to the store; the desk works with domain records.

Instants are UTC and aware; a naive one is refused. Days are calendar dates of the member.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC; SQLite has no zones, so it comes back as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse what is naive: ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime is no instant")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always aware, in UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


STUCK = text("state IN ('held', 'dead')")
"""Deliveries that did not arrive."""


class Base(DeclarativeBase):
    """Names of constraints are fixed, so that migrations can speak of them."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {  # noqa: RUF012 - read by SQLAlchemy, not ours
        datetime: Instant,
        int: BigInteger().with_variant(Integer, "sqlite"),  # only INTEGER counts up by itself there
    }


class MemberRow(Base):
    """One person. `next_digest_at` is NULL while nothing will be due."""

    __tablename__ = "members"

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    zone: Mapped[str] = mapped_column(String(64), default="")
    zone_named: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(String(80), default="")
    locale: Mapped[str] = mapped_column(String(16), default="")
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

    `left_at` is when the bot was removed from where it met them; NULL while it is there.
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


class ContactRow(Base):
    """Whom a member pursues. `key` is the name and organization, folded for comparison."""

    __tablename__ = "contacts"
    __table_args__ = (Index(None, "member_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    name: Mapped[str] = mapped_column(String(80))
    organization: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(String(400))
    via: Mapped[str] = mapped_column(String(16))
    address: Mapped[str] = mapped_column(String(200))
    country: Mapped[str] = mapped_column(String(8), default="")


class FollowUpRow(Base):
    """One pursuit. All but `about` is the fold of its touches, kept for the index."""

    __tablename__ = "followups"
    __table_args__ = (
        Index(None, "member_id", "due_on"),
        UniqueConstraint("member_id", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"), index=True)
    number: Mapped[int]
    about: Mapped[str] = mapped_column(String(200))
    revision: Mapped[int] = mapped_column(default=1)
    removed: Mapped[bool] = mapped_column(default=False, server_default=false())
    urgency: Mapped[str] = mapped_column(String(16))
    priority: Mapped[str] = mapped_column(String(16))
    trust: Mapped[str] = mapped_column(String(16))
    first_on: Mapped[date | None]
    step: Mapped[str] = mapped_column(String(16))
    cycle: Mapped[int]
    unanswered: Mapped[int]
    rests: Mapped[int]
    due_on: Mapped[date | None]
    because: Mapped[str] = mapped_column(String(16))
    because_count: Mapped[int]
    because_moved: Mapped[bool]
    closed: Mapped[str | None] = mapped_column(String(24))
    last_ping_on: Mapped[date | None]
    because_spaced: Mapped[bool]
    added_on: Mapped[date]
    mornings: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[str] = mapped_column(String(200), default="")
    referred_by: Mapped[int | None] = mapped_column(ForeignKey("followups.id"), index=True)


class ChangeRow(Base):
    """One request that changed something: what `undo` takes back, and what it restores."""

    __tablename__ = "changes"
    __table_args__ = (Index(None, "member_id", "undone", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    at: Mapped[datetime]
    verb: Mapped[str] = mapped_column(String(16))
    followup_id: Mapped[int | None] = mapped_column(ForeignKey("followups.id"), index=True)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    undone: Mapped[bool] = mapped_column(default=False, server_default=false())


class TouchRow(Base):
    """One entry of a history. Only ever added; undo sets `voided`."""

    __tablename__ = "touches"
    __table_args__ = (Index(None, "followup_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    followup_id: Mapped[int] = mapped_column(ForeignKey("followups.id"))
    change_id: Mapped[int] = mapped_column(ForeignKey("changes.id"), index=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(16))
    day: Mapped[date]
    via: Mapped[str] = mapped_column(String(16))
    angle: Mapped[str] = mapped_column(String(60), default="")
    outcome: Mapped[str | None] = mapped_column(String(24))
    reason: Mapped[str | None] = mapped_column(String(24))
    until: Mapped[date | None]
    text: Mapped[str] = mapped_column(Text)
    terms: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    voided: Mapped[bool] = mapped_column(default=False, server_default=false())


class InsightRow(Base):
    """What a member learned of an organization's needs. Undo sets `voided`."""

    __tablename__ = "insights"
    __table_args__ = (Index(None, "member_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    change_id: Mapped[int] = mapped_column(ForeignKey("changes.id"), index=True)
    key: Mapped[str] = mapped_column(String(200))
    organization: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    on: Mapped[date]
    voided: Mapped[bool] = mapped_column(default=False, server_default=false())


class ProofRow(Base):
    """An achievement of a member, or what somebody (`by`) said of them. Removed is `voided`."""

    __tablename__ = "proofs"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("changes.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(80), default="")
    knows: Mapped[str] = mapped_column(String(120), default="")
    named: Mapped[bool] = mapped_column(default=False)
    voided: Mapped[bool] = mapped_column(default=False, server_default=false())


class DeliveryRow(Base):
    """One message that the bot owes. One of a kind for a member's day: the unique key.

    `not_before` is when somebody may take it: its turn, the end of a wait or of a lease. It is
    NULL once nothing more is to be done, so a look at its index costs what is owed.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("member_id", "kind", "day"),
        Index(None, "not_before", "id"),
        Index("ix_deliveries_stuck", "id", sqlite_where=STUCK, postgresql_where=STUCK),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    kind: Mapped[str] = mapped_column(String(16))
    day: Mapped[date]
    planned_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16))
    not_before: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    first_tried_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    channel: Mapped[str] = mapped_column(String(64), default="")
    message: Mapped[str] = mapped_column(String(64), default="")
    reason: Mapped[str] = mapped_column(String(200), default="")
    late: Mapped[bool] = mapped_column(default=False)
    rows: Mapped[list[int]] = mapped_column(JSON)


class KeptRow(Base):
    """A request that waits for the member to choose or correct something."""

    __tablename__ = "kept_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    verb: Mapped[str] = mapped_column(String(16))
    values: Mapped[dict[str, Any]] = mapped_column(JSON)


class ArrivalRow(Base):
    """The key of an interaction that was acted on, so that it is acted on once."""

    __tablename__ = "arrivals"

    key: Mapped[str] = mapped_column(String(300), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)


class LaneRow(Base):
    """What a platform limits together; see `core.domain.pacing`.

    `free_at` is the gate: what is sent now. `queue_at` is the queue: when the next one that is
    planned has its turn.
    """

    __tablename__ = "lanes"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    free_at: Mapped[datetime | None]
    queue_at: Mapped[datetime | None]


class DutyRow(Base):
    """What one process alone does, such as listening to Discord; and until when it is its."""

    __tablename__ = "duties"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    holder: Mapped[str] = mapped_column(String(60))
    until: Mapped[datetime]
