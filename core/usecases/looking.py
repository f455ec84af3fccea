"""Looking back: a picture and a few sentences."""

from __future__ import annotations

import asyncio
from functools import partial

from core.domain.lookback import Lookback, look_back
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
    found = await asyncio.to_thread(look_back, with_calendars, work.member.rules, work.today)
    if not found.pings and not any(week.due for week in found.weeks):
        return Reply(voice.NOTHING_YET)
    name = f"looking-back-{work.today}.png"
    return Reply(voice.lookback_message(found), making=partial(_files, found, name))


def _files(found: Lookback, name: str) -> tuple[File, ...]:
    return (File(name, "image/png", lookback_png(found), voice.in_words(found)),)
