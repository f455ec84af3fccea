"""What takes longer than a moment: whoever waits for it is told that it is on its way.

Slack shows nothing of its own once it has the acknowledgement, unlike Discord, which goes on
showing that the bot is at it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from adapters.slack.place import Place
from adapters.slack.screen import Screen
from core.reply import Reply

MOMENT = 1.0
"""Seconds that nobody wonders about."""


async def patiently(answer: Awaitable[Reply], screen: Screen, place: Place) -> Reply:
    """The answer; if it takes longer than a moment, a word to who waits goes before it."""
    work = asyncio.ensure_future(answer)
    try:
        await asyncio.wait({work}, timeout=MOMENT)
        if not work.done():
            await screen.one_moment(place)
        return await work
    finally:
        work.cancel()  # where nobody waits any more; nothing to what is done
