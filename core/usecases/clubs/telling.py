"""The messages that clubs bring with them: into their channels, and to one member."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.owed import Matter
from core.language import speak
from core.store import clubs
from core.store.deliveries import Delivery
from core.usecases.clubs import in_channel, in_private
from core.usecases.digests import Composed
from core.voice.clubs.common import tongue


async def compose(session: AsyncSession, delivery: Delivery, now: datetime) -> Composed | None:
    """The message of one delivery; None when there is no more reason for it."""
    matter = Matter(delivery.kind)
    if delivery.club_id:
        club = await clubs.club_by_id(session, delivery.club_id)
        if club is None:
            return None
        speak(tongue(club))
        return await in_channel.TELLINGS[matter](session, delivery, club)
    message = await in_private.TELLINGS[matter](session, delivery, now)
    return Composed(message) if message is not None else None
