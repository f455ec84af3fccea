"""A database with very many members, filled in minutes: the mass is made by the database itself.

Members are numbered from 1, and every `every`-th is due. Follow-ups are stored as time would have
stored them: everybody's first, then everybody's second, so one member's lie far apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Integer,
    String,
    Table,
    case,
    cast,
    delete,
    insert,
    literal,
    null,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from benchmarks.histories import DUE_AT, DUE_EACH, FUTURE, ZONES
from benchmarks.seeds import KILO, NAMES, PATTERNS, TOUCHES, ZONE
from core.caller import Platform
from core.store.tables import (
    AccountRow,
    Base,
    ChangeRow,
    ContactRow,
    DeliveryRow,
    FollowUpRow,
    LaneRow,
    MemberRow,
    TouchRow,
)

FIRST_SNOWFLAKE = 100_000_000_000_000_000
_JOINED = DUE_AT - timedelta(days=90)


@dataclass(frozen=True)
class Size:
    """How many there are, and where they are met.

    - `each`: follow-ups of every member, with a contact of its own each.
    - `platforms`: how many of a hundred members are on which.
    - `to_a_workspace`: members of one Slack workspace.
    """

    members: int = 1_000_000
    due: int = 100_000
    each: int = 10
    platforms: Mapping[Platform, int] = field(default_factory=lambda: {Platform.WEB: 100})
    to_a_workspace: int = 500

    @property
    def every(self) -> int:
        """Every so-manieth member is due."""
        return self.members // self.due

    @property
    def name(self) -> str:
        """A name for files, the same for the same size."""
        mix = "".join(f"-{platform}{share}" for platform, share in self.platforms.items())
        return f"m{self.members}-d{self.due}-f{self.each}-w{self.to_a_workspace}{mix}"


Load = tuple[Table, list[Executable]]
"""A table and the statements that fill it, in their order."""


def loads(size: Size) -> list[list[Load]]:
    """How to fill a migrated, empty database without indexes, once the seeds are planted.

    A stage of them needs the one before; those of one stage may run at once.
    """
    places = range(size.each)
    entries = range(DUE_EACH)  # the longest history has so many
    return [
        [(_table(MemberRow), [_members(size)])],
        [
            (_table(FollowUpRow), [_followups(size, place) for place in places]),
            (_table(ContactRow), [_contacts(size, place) for place in places]),
            (_table(AccountRow), [_accounts(size)]),
        ],
        [
            (_table(ChangeRow), [_changes(size, place) for place in entries]),
            (_table(TouchRow), [_touches(size, place) for place in entries]),
        ],
    ]


def _table(row: type[Base]) -> Table:
    table = row.__table__
    assert isinstance(table, Table)
    return table


async def rearm(connection: AsyncConnection, size: Size) -> None:
    """Everybody who was due is due again, as if no digest had gone out."""
    await connection.execute(delete(DeliveryRow))
    await connection.execute(delete(LaneRow))
    again = {"next_digest_at": DUE_AT, "last_digest_on": null(), "ignored": 0}
    await connection.execute(
        update(MemberRow)
        .where(MemberRow.id % size.every == 0, MemberRow.id <= size.members)
        .values(**again, asked=False, weekly=False)
    )
    shown = FollowUpRow.id <= DUE_EACH * size.members, FollowUpRow.mornings > 0
    await connection.execute(update(FollowUpRow).where(*shown).values(mornings=0))


def slack_user(member: int) -> str:
    """The user id of a member on Slack; their conversation is `D` and this."""
    return f"U{member}"


def discord_user(member: int) -> int:
    """The user id of a member on Discord; see `discord_channel`."""
    return FIRST_SNOWFLAKE + member


def discord_channel(member: int) -> int:
    """The id of a member's conversation on Discord."""
    return 2 * FIRST_SNOWFLAKE + member


def _members(size: Size) -> Executable:
    high, low = KILO.alias(), KILO.alias()
    id = high.c.n * 1000 + low.c.n + 1
    pairs = high.join(low, literal(value=True))
    everybody = select(id.label("id")).select_from(pairs).where(id <= size.members).subquery()
    id = everybody.c.id
    is_due = id % size.every == 0
    values: dict[str, ColumnElement[Any]] = {
        "id": id,
        "created_at": literal(_JOINED, MemberRow.created_at.type),
        "zone": ZONE.c.zone,
        "zone_named": literal(value=False),
        "name": NAMES.c.name,
        "locale": literal("en-US"),
        "digest_minute": case((is_due, ZONE.c.due_minute), else_=literal(510)),
        "days_off": literal(""),
        "most": literal(5),
        "pauses": ZONE.c.empty,
        "pace": literal("steady"),
        "weekly": literal(value=False),
        "asked": literal(value=False),
        "ignored": literal(0),
        "next_digest_at": case(
            (is_due, literal(DUE_AT, MemberRow.next_digest_at.type)), else_=PATTERNS.c.next_at
        ),
        "last_number": literal(size.each),
    }
    source = (
        everybody.join(ZONE, ZONE.c.n == id % len(ZONES))
        .join(NAMES, NAMES.c.n == id % 97)
        .join(PATTERNS, (PATTERNS.c.zone == ZONE.c.n) & (PATTERNS.c.pattern == _first_future(id)))
    )
    query = select(*values.values()).select_from(source).order_by(id)
    return insert(MemberRow).from_select(list(values), query)


def _accounts(size: Size) -> Executable:
    id: ColumnElement[int] = _table(MemberRow).c.id
    as_text = cast(id, String)
    snowflake = cast(id + FIRST_SNOWFLAKE, String)
    conversation = cast(id + 2 * FIRST_SNOWFLAKE, String)
    workspace = "T" + cast(id // size.to_a_workspace + 1, String)
    on = _platform(size, id)
    values: dict[str, Any] = {
        "id": id,
        "member_id": id,
        "platform": on,
        "workspace": case((on == "slack", workspace), else_=literal("")),
        "user": case((on == "slack", "U" + as_text), (on == "discord", snowflake), else_=as_text),
        "channel": case(
            (on == "slack", "DU" + as_text), (on == "discord", conversation), else_=literal("")
        ),
    }
    return insert(AccountRow).from_select(list(values), select(*values.values()).order_by(id))


def _platform(size: Size, id: ColumnElement[int]) -> ColumnElement[str]:
    """The platform of a member, as SQL."""
    lot = (id * 7919 // 64) % 100
    cases, below = [], 0
    for platform, share in size.platforms.items():
        below += share
        cases.append((lot < below, literal(platform.value)))
    return case(*cases, else_=literal(next(iter(size.platforms)).value))


def _contacts(size: Size, place: int) -> Executable:
    member: ColumnElement[int] = _table(MemberRow).c.id
    values: dict[str, Any] = {
        "id": member + place * size.members,
        "member_id": member,
        "name": NAMES.c.name,
        "organization": NAMES.c.organization,
        "key": NAMES.c.key,
        "via": literal("email"),
        "address": NAMES.c.address,
        "country": literal(""),
    }
    query = select(*values.values()).join_from(
        MemberRow, NAMES, NAMES.c.n == (member + 1 + place * 7) % 97
    )
    return insert(ContactRow).from_select(list(values), query.order_by(member))


_COPIED = (
    "revision urgency priority trust first_on step cycle unanswered rests due_on because "
    "because_count because_moved because_spaced last_ping_on added_on"
).split()


def _followups(size: Size, place: int) -> Executable:
    member: ColumnElement[int] = _table(MemberRow).c.id
    values: dict[str, Any] = {
        "id": member + place * size.members,
        "member_id": member,
        "contact_id": member + place * size.members,
        "number": literal(place + 1),
        "about": literal("Platform role" if place % 2 else ""),
        "removed": literal(value=False),
        "mornings": literal(0),
        "skipped": literal(""),
        **{name: PATTERNS.c[name] for name in _COPIED},
    }
    pattern = _pattern_of(size, member, place)
    source = PATTERNS.c.zone == member % len(ZONES), PATTERNS.c.pattern == pattern
    query = select(*values.values()).join_from(MemberRow, PATTERNS, source[0] & source[1])
    return insert(FollowUpRow).from_select(list(values), query.order_by(member))


def _first_future(member: ColumnElement[int]) -> ColumnElement[int]:
    """The pattern of the first follow-up of a member who isn't due; the others come later."""
    return DUE_EACH + member // len(ZONES) % (FUTURE - 10)


def _pattern_of(size: Size, member: ColumnElement[int], place: int) -> ColumnElement[int]:
    later = _first_future(member) + place
    if place >= DUE_EACH:
        return later
    return case((member % size.every == 0, literal(place, Integer)), else_=later)


def _changes(size: Size, place: int) -> Executable:
    followup, touch = FollowUpRow, TOUCHES.c
    values: dict[str, Any] = {
        "id": _entry(size, place),
        "member_id": followup.member_id,
        "at": touch.at,
        "verb": touch.verb,
        "followup_id": followup.id,
        "before": touch.before,
        "undone": literal(value=False),
    }
    return insert(ChangeRow).from_select(list(values), _entries(size, place, values))


def _touches(size: Size, place: int) -> Executable:
    names = "at kind day via angle outcome text terms".split()
    values: dict[str, Any] = {
        "id": _entry(size, place),
        "followup_id": FollowUpRow.id,
        "change_id": _entry(size, place),
        **{name: TOUCHES.c[name] for name in names},
        "voided": literal(value=False),
    }
    return insert(TouchRow).from_select(list(values), _entries(size, place, values))


def _entry(size: Size, place: int) -> ColumnElement[int]:
    """The id of the `place`-th entry of a follow-up's history, and of its change."""
    return FollowUpRow.id // size.every + place * size.each * size.due + 1


def _entries(size: Size, place: int, values: Mapping[str, ColumnElement[Any]]) -> Any:
    """The `place`-th entries of everybody who is due, oldest follow-ups first."""
    followups = _table(FollowUpRow).c
    member, number = followups.member_id, followups.number
    whens = [(number == n + 1, _pattern_of(size, member, n)) for n in range(size.each)]
    fits = (TOUCHES.c.zone == member % len(ZONES)) & (TOUCHES.c.pattern == case(*whens))
    return (
        select(*values.values())
        .join_from(FollowUpRow, TOUCHES, fits & (TOUCHES.c.place == place))
        .where(member % size.every == 0)
        .order_by(FollowUpRow.id)
    )
