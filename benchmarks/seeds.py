"""Small tables from which the database makes the mass; they are gone once it is full."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import JSON, Column, Integer, MetaData, String, Table, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from benchmarks.histories import ZONES, Pattern, digest_hour, patterns_of
from core.domain.history import Touch
from core.domain.names import contact_key
from core.domain.words import TouchKind
from core.store.tables import FollowUpRow, Instant, TouchRow

SEEDS = MetaData()
KILO = Table("bench_kilo", SEEDS, Column("n", Integer, primary_key=True))
ZONE = Table(
    "bench_zones",
    SEEDS,
    Column("n", Integer, primary_key=True),
    Column("zone", String),
    Column("due_minute", Integer),
    Column("empty", JSON),
)
NAMES = Table(
    "bench_names",
    SEEDS,
    Column("n", Integer, primary_key=True),
    *(Column(name, String) for name in ("name", "organization", "key", "address")),
)


def _copied(row: type[FollowUpRow | TouchRow], names: str) -> Iterator[Column[Any]]:
    return (Column(name, row.__table__.c[name].type) for name in names.split())


PATTERNS = Table(
    "bench_patterns",
    SEEDS,
    Column("zone", Integer, primary_key=True),
    Column("pattern", Integer, primary_key=True),
    Column("next_at", Instant),
    *_copied(
        FollowUpRow,
        "revision urgency priority trust first_on step cycle unanswered rests due_on because "
        "because_count because_moved because_spaced last_ping_on added_on",
    ),
)
TOUCHES = Table(
    "bench_touches",
    SEEDS,
    Column("zone", Integer, primary_key=True),
    Column("pattern", Integer, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("verb", String),
    Column("before", JSON),
    *_copied(TouchRow, "at kind day via angle outcome text terms"),
)

_FIRST = "Ada Bo Chidi Dana Elif Farid Greta Hiro Ines Jun Kofi Lena Mika Nadia Omar Priya".split()
_LAST = "Abara Brown Chen Diaz Evans Fischer Gupta Haddad Ito Jansen Kim Lopez Moreau".split()
_PLACES = "Acme Borealis Cobalt Dynamo Ember Fjord Granite Harbor Indigo Juniper Kestrel".split()
_VERBS = {TouchKind.ADDED: "add", TouchKind.SENT: "sent", TouchKind.REPLIED: "replied"}


async def plant(connection: AsyncConnection) -> None:
    """Make the small tables and fill them."""
    await connection.run_sync(SEEDS.create_all)
    patterns = {n: patterns_of(zone) for n, zone in enumerate(ZONES)}
    for table, rows in (
        (KILO, [{"n": n} for n in range(1000)]),
        (ZONE, [_zone(n, zone) for n, zone in enumerate(ZONES)]),
        (NAMES, [_name(n) for n in range(97)]),
        (PATTERNS, [row for n, found in patterns.items() for row in _patterns(n, found)]),
        (TOUCHES, [row for n, found in patterns.items() for row in _touches(n, found)]),
    ):
        await connection.execute(insert(table), rows)


def _zone(n: int, zone: str) -> dict[str, Any]:
    hour = digest_hour(zone)
    return {"n": n, "zone": zone, "due_minute": hour.hour * 60 + hour.minute, "empty": []}


def _name(n: int) -> dict[str, Any]:
    first, last = _FIRST[n % len(_FIRST)], _LAST[n % len(_LAST)]
    name, organization = f"{first} {last}", _PLACES[n % len(_PLACES)]
    address = f"{first}.{last}@{organization}.example".lower()
    key = contact_key(name, organization)
    return {"n": n, "name": name, "organization": organization, "key": key, "address": address}


def _patterns(zone: int, patterns: list[Pattern]) -> Iterator[dict[str, Any]]:
    for number, pattern in enumerate(patterns):
        stands = pattern.position
        yield {
            "zone": zone,
            "pattern": number,
            "next_at": pattern.next_at,
            "revision": len(pattern.touches),
            "urgency": stands.terms.urgency,
            "priority": stands.terms.priority,
            "trust": stands.terms.trust,
            "first_on": stands.terms.first_on,
            "step": stands.step,
            "cycle": stands.cycle,
            "unanswered": stands.unanswered,
            "rests": stands.rests,
            "due_on": stands.due,
            "because": stands.why.because,
            "because_count": stands.why.count,
            "because_moved": stands.why.moved,
            "because_spaced": stands.why.spaced,
            "last_ping_on": stands.last_ping,
            "added_on": stands.added,
        }


def _touches(zone: int, patterns: list[Pattern]) -> Iterator[dict[str, Any]]:
    for number, pattern in enumerate(patterns):
        for place, touch in enumerate(pattern.touches):
            yield {"zone": zone, "pattern": number, "place": place, **_touch(touch)}


def _touch(touch: Touch) -> dict[str, Any]:
    terms = touch.terms
    first_on = terms.first_on.isoformat() if terms and terms.first_on else None
    return {
        "verb": _VERBS[touch.kind],
        "before": {},
        "at": datetime.combine(touch.day, time(12), UTC),
        "kind": touch.kind,
        "day": touch.day,
        "via": touch.via,
        "angle": touch.angle,
        "outcome": touch.outcome,
        "text": touch.text,
        "terms": {
            "urgency": terms.urgency,
            "priority": terms.priority,
            "trust": terms.trust,
            "first_on": first_on,
        }
        if terms
        else None,
    }
