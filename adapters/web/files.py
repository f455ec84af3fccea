"""Files that came with the bot's messages in the playground: in memory, for who got them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from aiohttp import web

from adapters.web.records import Attached
from core.reply import File

MOST_KEPT = 64
"""Files that are kept; the oldest go first."""


@dataclass(frozen=True)
class _Kept:
    member: str
    file: File


class Files:
    """What can be downloaded, by an id that nobody guesses. A restart forgets it."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._kept: dict[str, _Kept] = {}

    def keep(self, files: Iterable[File], member: str) -> tuple[Attached, ...]:
        """Keep files for one member, or for everybody (""); how the transcript names them."""
        found = []
        for file in files:
            id = secrets.token_urlsafe(18)
            self._kept[id] = _Kept(member, file)
            found.append(Attached(id, file.name, file.is_picture, file.alt))
        while len(self._kept) > self._most:
            del self._kept[next(iter(self._kept))]
        return tuple(found)

    def forget(self, member: str) -> None:
        """Keep nothing of a member's any more."""
        self._kept = {id: kept for id, kept in self._kept.items() if kept.member != member}

    def response(self, id: str, member: str) -> web.Response | None:
        """The file as an answer; None when it is not kept any more, or somebody else's.

        Only a picture is shown where it stands: anything else is saved, whatever is in it.
        """
        kept = self._kept.get(id)
        if kept is None or kept.member not in ("", member):
            return None
        file = kept.file
        where = "inline" if file.is_picture else "attachment"
        return web.Response(
            body=file.content,
            content_type=file.media_type,
            headers={
                "Content-Disposition": f'{where}; filename="{file.name}"',
                "X-Content-Type-Options": "nosniff",
            },
        )
