"""Looking back: a picture and a few sentences."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from core.domain.calendar import WorkCalendar
from core.domain.history import Touch
from core.domain.lookback import look_back
from core.pictures.lookback import lookback_png
from core.reply import File, Reply
from core.requests import Stats
from core.store import followups, touches
from core.usecases.work import Work
from core.voice import lookback as voice


async def stats(work: Work, request: Stats) -> Reply:
    """What was sent, when, and what came of it."""
    del request
    everything = await followups.all_of(work.session, work.member.id)
    histories = await touches.histories(work.session, [one.id for one in everything])
    with_calendars = [
        (histories[one.id], work.member.calendar_with(one.contact)) for one in everything
    ]
    return Reply(making=partial(_looked, with_calendars, work))


def _looked(histories: Sequence[tuple[Sequence[Touch], WorkCalendar]], work: Work) -> Reply:
    found = look_back(histories, work.member.rules, work.today)
    if not found.pings and not any(week.due for week in found.weeks):
        return Reply(voice.nothing_yet())
    name = f"looking-back-{work.today}.png"
    picture = File(name, "image/png", lookback_png(found), voice.in_words(found))
    return Reply(voice.lookback_message(found), files=(picture,))
