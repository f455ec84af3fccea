"""Who is in the playground: everybody who was ever added is in every channel."""

from __future__ import annotations

from collections.abc import Collection

from adapters.web.transcript import Transcript
from core.caller import Room


class WebAttendance:
    """Looks into the transcript; see `core.domain.deliveries.Attendance`."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript

    async def present(self, room: Room, users: Collection[str]) -> frozenset[str] | None:
        """Those of them who are members; None where there is no such channel."""
        if room.channel not in self._transcript.channels:
            return None
        return frozenset(self._transcript.members.keys() & set(users))

    async def writable(self, room: Room) -> bool | None:
        """Whether there is such a channel."""
        return room.channel in self._transcript.channels
