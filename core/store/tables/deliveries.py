"""What is owed, and what keeps many processes out of each other's way."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.store.tables.base import Base

STUCK = text("state IN ('held', 'dead')")
"""Deliveries that did not arrive."""


class DeliveryRow(Base):
    """One message that the bot owes: to a member by an account of theirs, or to a club's channel.

    One of a kind for a day, and for what it is `about` where a day may have several: the unique
    keys decide it. A club's message has no member, and a member's has no club.

    `not_before` is when somebody may take it: its turn, the end of a wait or of a lease. It is
    NULL once nothing more is to be done, so a look at its index costs what is owed.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("member_id", "kind", "day", "about"),
        UniqueConstraint("club_id", "kind", "day", "about"),
        Index(None, "not_before", "id"),
        Index("ix_deliveries_stuck", "id", sqlite_where=STUCK, postgresql_where=STUCK),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    club_id: Mapped[int | None] = mapped_column(ForeignKey("clubs.id"))
    kind: Mapped[str] = mapped_column(String(16))
    day: Mapped[date]
    about: Mapped[int] = mapped_column(default=0, server_default=text("0"))
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
