"""What a member takes along: an export of everything, and a calendar of the coming due days."""

from __future__ import annotations

from functools import partial

from core.domain.agenda import Due, agenda
from core.domain.portable import Belongings, document, table
from core.domain.records import FollowUp
from core.reply import File, Reply
from core.requests import Calendar, Export
from core.store import followups, insights, proofs, touches
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
    )
    making = partial(_files, belongings, work)
    return Reply(voice.exported(len(everything)), making=making)


def _files(belongings: Belongings, work: Work) -> tuple[File, ...]:
    name = f"squeaky-{work.today}"
    return (
        File(f"{name}.csv", "text/csv", table(belongings)),
        File(f"{name}.json", "application/json", document(belongings, work.today)),
    )


async def calendar(work: Work, request: Calendar) -> Reply:
    """The coming due days. What is overdue stands on today."""
    del request
    everything = await followups.all_of(work.session, work.member.id)
    dues = [_due(one, work) for one in everything if one.position.due is not None]
    if not dues:
        return Reply(voice.NOTHING_DUE)
    dues.sort(key=lambda due: (due.day, due.uid))
    content = agenda(dues, work.now)
    file = File(f"follow-ups-{work.today}.ics", "text/calendar", content)
    return Reply(voice.calendar(len(dues), dues[0].day, work.today), files=(file,))


def _due(one: FollowUp, work: Work) -> Due:
    assert one.position.due is not None
    about = f"About {one.about}\n" if one.about else ""
    reach = f"{one.contact.address}\n" if one.contact.address else ""
    why = why_words(one.position)
    return Due(
        uid=f"followup-{work.member.id}-{one.number}@squeaky",
        sequence=one.revision,
        day=max(one.position.due, work.today),
        title=f"Follow up: {one.full_title}",
        details=f"{about}{reach}{why[:1].upper()}{why[1:]}.",
    )
