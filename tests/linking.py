"""Two selves of one person at the desk, and all that is in the database of a member."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from core.caller import Account, Platform
from core.domain.cadence import fold, spaced
from core.store import followups, members, touches
from core.store.tables import AccountRow, FollowUpRow, MemberRow
from tests.people import Member, Office

CODE = re.compile(r"\b[B-Z]{5}-[B-Z]{5}-[B-Z]{5}\b")


def on(office: Office, platform: Platform, user: str = "dana", zone: str = "") -> Member:
    """Somebody's self on a platform; Slack tells the zone and Discord doesn't."""
    workspace = "T1" if platform is Platform.SLACK else ""
    told = zone or ("Europe/Berlin" if platform is Platform.SLACK else "")
    return Member(office.desk, Account(platform, workspace, user), told)


def two(office: Office) -> tuple[Member, Member]:
    """Dana on Slack and on Discord."""
    return on(office, Platform.SLACK), on(office, Platform.DISCORD)


async def code_of(member: Member) -> str:
    """A new code."""
    found = CODE.search(await member.says("link"))
    assert found is not None
    return found[0]


async def join(maker: Member, enterer: Member, label: str = "Join") -> str:
    """Let one enter the other's code and say yes; what they read."""
    await enterer.says(f"link {await code_of(maker)}")
    message = enterer.last.message
    assert message is not None
    if label == "Join" and "[Join]" not in message.plain() and "[Join " not in message.plain():
        label = "Join, settings from here"
    return await enterer.presses(label)


async def member_id(office: Office, member: Member) -> int:
    """The id of the member behind somebody."""
    account = member.account
    async with office.store.reading() as session:
        query = select(AccountRow.member_id).where(
            AccountRow.platform == account.platform, AccountRow.user == account.user
        )
        found = await session.scalar(query)
    assert found is not None
    return found


async def list_of(office: Office, member: Member) -> dict[int, Mapping[str, Any]]:
    """Everything on somebody's list, by id, with histories and positions."""
    id = await member_id(office, member)
    async with office.store.reading() as session:
        found = await followups.all_of(session, id)
        histories = await touches.histories(session, [one.id for one in found])
    return {
        one.id: {
            "number": one.number,
            "who": (one.contact.name, one.contact.organization, one.contact.address),
            "about": one.about,
            "position": one.position,
            "history": histories[one.id],
        }
        for one in found
    }


async def check_folds(office: Office) -> None:
    """Every position in the database is the fold of its history, by its member's settings."""
    async with office.store.reading() as session:
        rows = {row.id: row for row in await session.scalars(select(MemberRow))}
        for member in (await members.some_members(session, set(rows))).values():
            found = await followups.all_of(session, member.id)
            histories = await touches.histories(session, [one.id for one in found])
            for one in found:
                calendar = member.calendar_with(one.contact)
                beside = [o for o in found if o.contact.id == one.contact.id and o is not one]
                pings = [
                    ping
                    for other in beside
                    if (ping := fold(histories[other.id], calendar, member.rules).last_ping)
                ]
                folded = fold(histories[one.id], calendar, member.rules)
                assert one.position == spaced(folded, max(pings, default=None), calendar)


async def owners(office: Office) -> dict[int, int]:
    """The member of every follow-up, removed ones too, by id."""
    async with office.store.reading() as session:
        rows = await session.execute(select(FollowUpRow.id, FollowUpRow.member_id))
        return {row.id: row.member_id for row in rows}
