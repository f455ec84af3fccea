"""Digests that nobody answers: asked once whether to go weekly, then one a week (M7)."""

from __future__ import annotations

from dataclasses import replace

from core.domain.records import FollowUp, Member

PATIENCE = 5
"""Digests in a row without a word before the question."""
MORNINGS = 3
"""Digests that show one ping before its row asks whether it still matters."""


def before_digest(member: Member) -> Member:
    """The member as the next digest finds them: asked after five in silence, weekly after that."""
    if member.weekly or member.ignored < PATIENCE:
        return member
    return replace(member, weekly=member.asked, asked=True)


def heard_from(member: Member) -> Member:
    """The member has spoken: nothing is ignored. Weekly stays until they want it daily again."""
    if member.weekly:
        return replace(member, ignored=0)
    return replace(member, ignored=0, asked=False)


def still_matters(followup: FollowUp) -> bool:
    """Whether the row should ask: after three mornings, and then once a week of them."""
    return followup.mornings >= MORNINGS and (followup.mornings - MORNINGS) % PATIENCE == 0
