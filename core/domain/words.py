"""The words of the method, as closed sets. Labels for people live with the requests and voices."""

from __future__ import annotations

from enum import StrEnum


class Urgency(StrEnum):
    """How pressing the contact's own need is."""

    URGENT = "urgent"
    SOON = "soon"
    NORMAL = "normal"
    RELAXED = "relaxed"


class Priority(StrEnum):
    """How much the employer cares about filling it."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class Trust(StrEnum):
    """How well the two know each other."""

    STRONG = "strong"
    SOME = "some"
    NONE = "none"


class Channel(StrEnum):
    """How a ping travels. UNKNOWN until the contact has said."""

    EMAIL = "email"
    PHONE = "phone"
    TEXT = "text"
    VOICE = "voice message"
    LINKEDIN = "linkedin"
    IN_PERSON = "in person"
    CHAT = "chat"
    OTHER = "other"
    UNKNOWN = "unknown"


class Angle(StrEnum):
    """What a ping gives the contact."""

    IDEA = "idea"
    DISCUSSION = "discussion"
    INFORMATION = "information"
    HELP = "help"
    RESULT = "result"
    PROOF = "proof"
    ENDORSEMENT = "endorsement"
    THANKS = "thanks"


class Step(StrEnum):
    """Which ping of the cycle is next."""

    OPENER = "opener"
    CHECK_IN = "check-in"


class Outcome(StrEnum):
    """What came of a reply."""

    TALKING = "talking"
    MY_TURN = "my turn"
    CALL_BACK = "call back"
    REFERRED = "referred me"
    OPPORTUNITY = "new opportunity"
    DISMISSED = "dismissed"


class CloseReason(StrEnum):
    """Why a person closed a follow-up. Nothing else closes one (M4)."""

    DISMISSED = "dismissed me"
    NOT_INTERESTED = "not interested"
    LANDED = "landed a job"
    MISTAKE = "added by mistake"


class Pace(StrEnum):
    """How often a member wants to be heard of."""

    GENTLE = "gentle"
    STEADY = "steady"
    BOLD = "bold"


class TouchKind(StrEnum):
    """One entry in a follow-up's history."""

    ADDED = "added"
    SENT = "sent"
    REPLIED = "replied"
    SNOOZED = "snoozed"
    NOTED = "noted"
    EDITED = "edited"
    CLOSED = "closed"
    REOPENED = "reopened"
    REFERRED = "referred"
