"""Insights: what a member learned of an organization's needs (M16)."""

from __future__ import annotations

from core.problem import Problem
from core.reply import Reply
from core.requests import Insight
from core.store import changes, insights
from core.usecases.finding import find
from core.usecases.work import Work
from core.voice import answers


async def insight(work: Work, request: Insight) -> Reply:
    """Keep an insight with the organization of a follow-up."""
    followup = await find(work, request)
    organization = followup.contact.organization
    if not organization:
        raise Problem(
            "An insight belongs to an organization, and {who} has none yet. "
            "Add it first: `/followup edit {number}`.",
            who=followup.title,
            number=followup.number,
        )
    change = await changes.begin_change(
        work.session, work.member.id, request.verb, work.now, followup.id
    )
    await insights.add_insight(
        work.session, work.member.id, change, organization, request.text, work.today
    )
    return Reply(answers.learned(organization, request.text, change))
