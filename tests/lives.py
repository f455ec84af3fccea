"""Something in every table, all of it said and pressed at the desk: people, clubs, a few weeks."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Table, func, select

from core.caller import Platform
from core.domain.deliveries import Held
from core.domain.installing import Installation
from core.domain.pacing import Manners, Pace
from core.duty import Duty
from core.mailroom import Mailroom
from core.store import installations
from core.store.database import Store
from core.store.seals import SEALS
from core.store.tables import Base
from tests.clubs import FRIDAY_WRAPUP, MONDAY_KICKOFF, ClubHouse, messages_to
from tests.people import Member, Office

TABLES: list[Table] = [table for table in Base.metadata.sorted_tables if table is not SEALS]
"""All but the one that says which key sealed a database: without a key it is empty."""
MONDAY_AGAIN = MONDAY_KICKOFF + timedelta(days=7)
STEADY = Manners(pace=Pace(50, 50), first=Pace(50, 50))
QUIRKS = "Grüße, “Zoë” \\u0000 \U0001f994 {'a': null} 100 % \\n 'quoted' \"twice\""
"""What a careless copy would change."""


async def lived(office: Office) -> tuple[Member, Member]:
    """Dana and Kim, who are in a club, with all that two weeks leave behind in every table."""
    await _alone(office)
    house = ClubHouse(office)
    dana, kim = await house.club("dana", "kim")
    for one in (dana, kim):
        await one.says("club join matches: yes")
        await one.says("club buddy on, nudge: 3")
        await one.says("add Lou Reyes @ Globex, 30 Nov")
    house.office.mailroom = Mailroom(
        office.store, office.clock.now, {Platform.WEB: STEADY, Platform.SLACK: STEADY}
    )
    sent = await house.at(MONDAY_KICKOFF)
    wish = next(one for one in messages_to(sent, kim) if "I'll nudge" in one.plain())
    await kim.presses("I'll nudge", on=wish)
    await dana.says("club goal 1")
    await dana.says("sent Lou")
    await house.at(FRIDAY_WRAPUP)
    await dana.says("club ask Acme")
    await dana.presses("Post it")
    (ask,) = await house.carry()
    await kim.presses("I may know somebody", on=ask.message)
    await kim.presses("Tell them that somebody may")
    await house.carry()
    await house.at(MONDAY_AGAIN)
    return dana, kim


async def _alone(office: Office) -> None:
    """Somebody who is in no club, and whose digest is held."""
    eve = office.member("eve", Platform.SLACK, "America/New_York")
    await eve.says(f"add Robin Patel @ Acme re: data PM, email, urgent, note: {QUIRKS}")
    await eve.says("sent Robin, idea, note: two ways\nto save a day")
    await eve.says("replied Robin, referred me, lead: Kim Sato @ Initech")
    await eve.says("insight Robin, they move to dbt")
    await eve.says("proof Calm in a launch, by: Sam Okafor, named: yes")
    await eve.says("add @ Hooli re: -1, tomorrow")
    await eve.says("snooze Hooli, outgrabe")  # refused, and kept to be corrected
    await eve.says("away until 5 Jan")
    await eve.says("undo")
    await eve.says("link")
    office.clock.time += timedelta(days=1, hours=8)
    await office.mailroom.plan()
    parcels = await office.parcels()
    assert parcels
    await office.mailroom.finish([(parcel, Held("their DMs are closed")) for parcel in parcels])
    await _installed(office)
    duty = Duty(office.store, office.clock.now, "Discord gateway 1 of 1", "here 17 ab")
    await duty.taken()


async def _installed(office: Office) -> None:
    """A workspace that has the app, with tokens."""
    made = Installation(
        team="T9",
        token="xoxe.xoxb-9-nine",
        installed_at=office.clock.now(),
        name=QUIRKS,
        scopes=("commands", "chat:write"),
        refresh="xoxe-1-nine",
        expires_at=office.clock.now() + timedelta(hours=12),
    )
    async with office.store.writing() as session:
        await installations.put(session, "1.2", made)


async def rows_of(store: Store) -> dict[str, int]:
    """How many rows each table has."""
    async with store.reading() as session:
        return {
            table.name: await session.scalar(select(func.count()).select_from(table)) or 0
            for table in TABLES
        }
