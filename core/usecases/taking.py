"""What a member takes along: an export of everything, and a calendar of the coming due days."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from core.domain.agenda import Due, agenda
from core.domain.portable import Belongings, document, table
from core.domain.records import FollowUp
from core.language import tr
from core.reply import File, Reply
from core.requests import Calendar, Export
from core.store import followups, insights, proofs, touches
from core.usecases.clubs.belonging import in_clubs
from core.usecases.undoing import settings_of
from core.usecases.work import Work
from core.voice import taking as voice
from core.voice.why import why_words


async def export(work: Work, request: Export) -> Reply:
    """Everything as JSON, and the list as CSV."""
    del request
    mine = work.member.id
    everything = await followups.all_of(work.session, mine)
    kept = await proofs.proofs_of(work.session, {mine})
    belongings = Belongings(
        settings=settings_of(work.member),
        followups=everything,
        histories=await touches.histories(work.session, [one.id for one in everything]),
        insights=await insights.all_of(work.session, mine),
        proofs=kept.get(mine, [])[::-1],
        clubs=await in_clubs(work.session, mine),
    )
    return Reply(making=partial(_exported, belongings, work))


def _exported(belongings: Belongings, work: Work) -> Reply:
    name = f"squeaky-{work.today}"
    files = (
        File(f"{name}.csv", "text/csv", table(belongings)),
        File(f"{name}.json", "application/json", document(belongings, work.today)),
    )
    return Reply(voice.exported(len(belongings.followups)), files=files)


async def calendar(work: Work, request: Calendar) -> Reply:
    """The coming due days. What is overdue stands on today."""
    del request
    everything = await followups.all_of(work.session, work.member.id)
    if not any(one.position.due for one in everything):
        return Reply(voice.nothing_due())
    return Reply(making=partial(_calendar, everything, work))


def _calendar(everything: Sequence[FollowUp], work: Work) -> Reply:
    dues = sorted((_due(one, work) for one in everything), key=lambda due: (due.day, due.uid))
    days = [due.day for due in dues if not due.is_off]
    content = agenda(dues, work.now, tr("Follow-ups"))
    file = File(f"follow-ups-{work.today}.ics", "text/calendar", content)
    return Reply(voice.calendar(len(days), days[0], work.today), files=(file,))


def _due(one: FollowUp, work: Work) -> Due:
    """The event of one. Of a closed one an event may be left from an earlier file: it is off."""
    position = one.position
    about = tr("About {about}", about=one.about) if one.about else ""
    why = why_words(position)
    details = (about, one.contact.address, tr("{sentence}.", sentence=why[:1].upper() + why[1:]))
    is_off = position.due is None
    return Due(
        uid=f"followup-{work.member.id}-{one.number}@squeaky",
        sequence=one.revision,
        day=max(position.due, work.today) if position.due else position.added,
        title=tr("Follow up: {who}", who=one.full_title),
        details="" if is_off else "\n".join(filter(None, details)),
        is_off=is_off,
    )
