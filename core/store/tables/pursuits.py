"""Contacts, follow-ups with their histories, and what is known."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from core.store.tables.base import Base
from core.store.tables.sealed import Sealed, SealedAlike, SealedJson


class ContactRow(Base):
    """Whom a member pursues.

    `key` is the name and organization, folded for comparison; `place` is the organization, as two
    members of a club would both write it.
    """

    __tablename__ = "contacts"
    __table_args__ = (Index(None, "member_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    name: Mapped[str] = mapped_column(Sealed("contacts.name"))
    organization: Mapped[str] = mapped_column(Sealed("contacts.organization"))
    key: Mapped[str] = mapped_column(SealedAlike("contacts.key"))
    via: Mapped[str] = mapped_column(Sealed("contacts.via"))
    address: Mapped[str] = mapped_column(Sealed("contacts.address"))
    country: Mapped[str] = mapped_column(Sealed("contacts.country"), default="")
    place: Mapped[str] = mapped_column(SealedAlike("contacts.place"), default="", server_default="")


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
    about: Mapped[str] = mapped_column(Sealed("followups.about"))
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
    """One request that changed something: what `undo` takes back, and what it restores.

    `account_id` is which of a linked member's accounts it came from: to that self it goes when the
    two part. No key, and so no index that every change would pay for.
    """

    __tablename__ = "changes"
    __table_args__ = (Index(None, "member_id", "undone", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    at: Mapped[datetime]
    account_id: Mapped[int | None]
    verb: Mapped[str] = mapped_column(String(16))
    followup_id: Mapped[int | None] = mapped_column(ForeignKey("followups.id"), index=True)
    before: Mapped[dict[str, Any]] = mapped_column(SealedJson("changes.before"))
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
    angle: Mapped[str] = mapped_column(Sealed("touches.angle"), default="")
    outcome: Mapped[str | None] = mapped_column(String(24))
    reason: Mapped[str | None] = mapped_column(String(24))
    until: Mapped[date | None]
    text: Mapped[str] = mapped_column(Sealed("touches.text"))
    terms: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    voided: Mapped[bool] = mapped_column(default=False, server_default=false())


class InsightRow(Base):
    """What a member learned of an organization's needs. Undo sets `voided`."""

    __tablename__ = "insights"
    __table_args__ = (Index(None, "member_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    change_id: Mapped[int] = mapped_column(ForeignKey("changes.id"), index=True)
    key: Mapped[str] = mapped_column(SealedAlike("insights.key"))
    organization: Mapped[str] = mapped_column(Sealed("insights.organization"))
    text: Mapped[str] = mapped_column(Sealed("insights.text"))
    on: Mapped[date]
    voided: Mapped[bool] = mapped_column(default=False, server_default=false())


class ProofRow(Base):
    """An achievement of a member, or what somebody (`by`) said of them. Removed is `voided`."""

    __tablename__ = "proofs"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("changes.id"), index=True)
    text: Mapped[str] = mapped_column(Sealed("proofs.text"))
    by: Mapped[str] = mapped_column(Sealed("proofs.by"), default="")
    knows: Mapped[str] = mapped_column(Sealed("proofs.knows"), default="")
    named: Mapped[bool] = mapped_column(default=False)
    voided: Mapped[bool] = mapped_column(default=False, server_default=false())
