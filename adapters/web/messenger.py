"""Deliveries to members of the playground: a message in their private conversation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from adapters.web.records import Entry, Place
from adapters.web.transcript import Transcript
from core.domain.deliveries import Delivered, Held, Later, Outcome, Parcel

RETRY_SECONDS = 60.0
"""How long to wait when the transcript could not be written."""


class WebMessenger:
    """The courier's way into the playground. A key is written once, however often it is sent."""

    def __init__(self, transcript: Transcript, now: Callable[[], datetime]) -> None:
        self._transcript = transcript
        self._now = now

    async def send(self, parcel: Parcel) -> Outcome:
        """Write the message for its member; held while they are not one of the members here."""
        there = self._transcript.delivered(parcel.key)
        if there is not None:
            return _delivered(there)
        member = parcel.person.user
        if member not in self._transcript.members:
            return Held("nobody of that name is in the playground now")
        try:
            entry = self._transcript.tell(
                Place.PRIVATE, member, parcel.message, self._now(), parcel.key
            )
        except OSError as error:
            return Later(RETRY_SECONDS, f"the transcript could not be written: {error}")
        return _delivered(entry)

    async def find(self, parcel: Parcel) -> Outcome | None:
        """Look for the parcel by its key; the transcript always knows."""
        there = self._transcript.delivered(parcel.key)
        return None if there is None else _delivered(there)


def _delivered(entry: Entry) -> Delivered:
    return Delivered(channel=entry.reader, message=str(entry.id))
