"""The tables, as SQLAlchemy maps them. Private to the store; the desk works with domain records.

Instants are UTC and aware; a naive one is refused. Days are calendar dates of the member.
"""

from __future__ import annotations

from core.store.tables.base import GOES_ALONG, Base, Instant
from core.store.tables.clubs import (
    BuddyRow,
    ClubRow,
    ClubWeekRow,
    EntryRow,
    MatchRow,
    MembershipRow,
    OfferRow,
    OrganizerRow,
    PostRow,
)
from core.store.tables.deliveries import STUCK, ArrivalRow, DeliveryRow, DutyRow, LaneRow
from core.store.tables.installing import InstallationRow
from core.store.tables.members import AccountRow, KeptRow, LinkCodeRow, MemberRow
from core.store.tables.pursuits import (
    ChangeRow,
    ContactRow,
    FollowUpRow,
    InsightRow,
    ProofRow,
    TouchRow,
)
from core.store.tables.seals import SealRow

__all__ = [
    "GOES_ALONG",
    "STUCK",
    "AccountRow",
    "ArrivalRow",
    "Base",
    "BuddyRow",
    "ChangeRow",
    "ClubRow",
    "ClubWeekRow",
    "ContactRow",
    "DeliveryRow",
    "DutyRow",
    "EntryRow",
    "FollowUpRow",
    "InsightRow",
    "InstallationRow",
    "Instant",
    "KeptRow",
    "LaneRow",
    "LinkCodeRow",
    "MatchRow",
    "MemberRow",
    "MembershipRow",
    "OfferRow",
    "OrganizerRow",
    "PostRow",
    "ProofRow",
    "SealRow",
    "TouchRow",
]
