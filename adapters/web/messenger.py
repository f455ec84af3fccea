"""Deliveries in the playground: a message in a private conversation, or in a channel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from adapters.web.files import Files
from adapters.web.records import PRIVATE, Entry
from adapters.web.transcript import Transcript
from core.caller import Room
from core.domain.deliveries import Delivered, Held, Later, Outcome, Parcel
from core.language import N_

RETRY_SECONDS = 60.0
"""How long to wait when the transcript could not be written."""


class WebMessenger:
    """The courier's way into the playground. A key is written once, however often it is sent."""

    def __init__(self, transcript: Transcript, files: Files, now: Callable[[], datetime]) -> None:
        self._transcript = transcript
        self._files = files
        self._now = now

    async def send(self, parcel: Parcel) -> Outcome:
        """Write the message for its member or channel; held while there is no such one here."""
        there = self._transcript.delivered(parcel.key)
        if there is not None:
            return _delivered(there)
        if isinstance(parcel.to, Room):
            place, reader = parcel.to.channel, ""
            if place not in self._transcript.channels:
                return Held(N_("The channel is not in the playground any more. Add it again."))
        else:
            place, reader = PRIVATE, parcel.to.user
            if reader not in self._transcript.members:
                return Held(N_("nobody of that name is in the playground now"))
        try:
            entry = self._transcript.tell(
                place,
                reader,
                parcel.message,
                self._now(),
                parcel.key,
                self._files.keep(parcel.files, reader),
            )
        except OSError as error:
            return Later(RETRY_SECONDS, f"the transcript could not be written: {error}")
        return _delivered(entry)

    async def find(self, parcel: Parcel) -> Outcome | None:
        """Look for the parcel by its key; the transcript always knows."""
        there = self._transcript.delivered(parcel.key)
        return None if there is None else _delivered(there)


def _delivered(entry: Entry) -> Delivered:
    return Delivered(channel=entry.reader or entry.place, message=str(entry.id))
