"""The workspaces that the bot serves: what it has of each, and whose turn it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.attendance import SlackAttendance
from adapters.slack.happenings import Happenings
from adapters.slack.homes import Homes
from adapters.slack.messenger import SlackMessenger
from adapters.slack.people import People
from adapters.slack.reasons import Alarm
from adapters.slack.screen import Screen
from adapters.slack.standing import Standings
from core.caller import Room
from core.desk import Desk
from core.domain.comings import Comings
from core.domain.deliveries import Attendance, Outcome, Parcel


class Workspace:
    """One workspace as the bot works in it. All of it calls Slack with that workspace's token.

    Ids of people and channels are looked up here and nowhere else, so those of two workspaces that
    are alike never meet.
    """

    def __init__(
        self,
        web: AsyncWebClient,
        desk: Desk,
        now: Callable[[], datetime],
        comings: Comings | None,
        alarm: Alarm | None = None,
    ) -> None:
        self.web = web
        self.people = People(web)
        self.attendance: Attendance = SlackAttendance(web, self.people)
        self.standings = Standings(web, self.people)
        self.homes = Homes(web, desk)
        self.screen = Screen(web, self.homes)
        self.happenings = Happenings(web, self.attendance, comings)
        self.messenger = SlackMessenger(web, now, alarm)


class Workspaces:
    """Every workspace by its id, made when it is first spoken of.

    With `only` it is the same one whoever asks: the bot then has the token of one workspace.
    """

    def __init__(self, make: Callable[[str], Workspace], *, only: bool = False) -> None:
        self._make = make
        self._only = only
        self._known: dict[str, Workspace] = {}
        self._session: aiohttp.ClientSession | None = None

    def of(self, team: str) -> Workspace:
        """The workspace with this id, whether the bot has a token for it or not."""
        key = "" if self._only else team
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._make(key)
            found.web.session = self._session
        return found

    def forget(self, team: str) -> None:
        """Keep nothing in memory of a workspace that the bot is not in, such as people's names."""
        self._known.pop(team, None)

    def share(self, session: aiohttp.ClientSession | None) -> None:
        """Let all of them have these connections, or none any more."""
        self._session = session
        for one in self._known.values():
            one.web.session = session

    async def stop(self) -> None:
        """Leave what waits to be shown."""
        await asyncio.gather(*(one.homes.stop() for one in self._known.values()))


class EveryMessenger:
    """Sends each parcel with the token of its own workspace; see `domain.deliveries.Messenger`."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    async def send(self, parcel: Parcel) -> Outcome:
        """See `SlackMessenger.send`."""
        return await self._workspaces.of(parcel.to.workspace).messenger.send(parcel)

    async def find(self, parcel: Parcel) -> Outcome | None:
        """See `SlackMessenger.find`."""
        return await self._workspaces.of(parcel.to.workspace).messenger.find(parcel)


class EveryAttendance:
    """Asks about each channel in its own workspace; see `domain.deliveries.Attendance`."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    async def present(self, room: Room, users: Collection[str]) -> frozenset[str] | None:
        """See `SlackAttendance.present`."""
        return await self._workspaces.of(room.workspace).attendance.present(room, users)

    async def writable(self, room: Room) -> bool | None:
        """See `SlackAttendance.writable`."""
        return await self._workspaces.of(room.workspace).attendance.writable(room)
