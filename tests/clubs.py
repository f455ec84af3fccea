"""Members of a club at the desk, without a platform between."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from core.caller import Platform, Room, Standing
from core.domain.deliveries import Delivered, Outcome, Parcel
from core.reply import Message
from tests.people import Member, Office

JOB_CLUB = Room(Platform.WEB, "", "job-club")
EVENING_CLUB = Room(Platform.WEB, "", "evening-club")
MANAGES, VISITS = Standing(manages=True), Standing(manages=False)
MONDAY_KICKOFF = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
"""9:00 in Berlin."""
FRIDAY_WRAPUP = datetime(2026, 12, 4, 15, 0, tzinfo=UTC)
"""16:00 in Berlin."""


class ClubHouse:
    """An office whose members talk in channels, and everything that was sent from it."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.sent: list[Parcel] = []

    def person(
        self, user: str, room: Room | None = JOB_CLUB, standing: Standing = VISITS, name: str = ""
    ) -> Member:
        """Somebody in a channel."""
        member = self.office.member(user)
        member.name = name or user.title()
        member.room, member.standing = room, standing
        return member

    async def club(self, *users: str, setup: str = "Tuesday Club") -> list[Member]:
        """A club that the first one has set up and all have joined."""
        people = [self.person(user) for user in users]
        people[0].standing = MANAGES
        await people[0].says(f"club setup {setup}")
        for one in people:
            await one.says("club join counts")
        await self.carry()
        return people

    async def carry(self, outcome: Outcome | None = None) -> list[Parcel]:
        """Send what is owed now; what was sent."""
        mailroom = self.office.mailroom
        parcels = await mailroom.pack(await mailroom.claim(list(Platform)))
        told = [(p, outcome or Delivered(p.channel or "D1", f"m{p.id}")) for p in parcels]
        await mailroom.finish(told)
        self.sent += parcels
        return parcels

    async def plan(self, instant: datetime) -> None:
        """Go on to an instant and let everything be owed that is due."""
        self.office.clock.time = instant
        await self.office.mailroom.plan()
        while await self.office.mailroom.plan_clubs():
            pass

    async def at(self, instant: datetime) -> list[Parcel]:
        """Go on to an instant and let everything happen that is due; what was sent there."""
        await self.plan(instant)
        found: list[Parcel] = []
        while carried := await self.carry():
            found += carried
        return found

    async def days(self, first: datetime, count: int) -> list[Parcel]:
        """Every half hour of so many days."""
        found: list[Parcel] = []
        for half in range(count * 48):
            found += await self.at(first + timedelta(minutes=30 * half))
        return found


def in_room(parcels: Sequence[Parcel], room: Room = JOB_CLUB) -> list[str]:
    """What a channel read."""
    return [parcel.message.plain() for parcel in parcels if parcel.to == room]


def messages_to(parcels: Sequence[Parcel], member: Member) -> list[Message]:
    """What a member got in private."""
    return [parcel.message for parcel in parcels if parcel.to == member.account]


def to(parcels: Sequence[Parcel], member: Member) -> list[str]:
    """What a member read in private."""
    return [message.plain() for message in messages_to(parcels, member)]
