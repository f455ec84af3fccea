"""Our own export, read back without loss: the JSON document, or the table with its histories."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.domain.history import Terms, Touch
from core.domain.importing.candidates import Candidate
from core.domain.importing.records import Record
from core.domain.importing.statuses import Standing
from core.domain.portable import COLUMNS, FORMAT, VERSION, restored
from core.domain.proofs import Proof
from core.domain.words import (
    Channel,
    CloseReason,
    Outcome,
    Priority,
    TouchKind,
    Trust,
    Urgency,
)

FIRST_YEAR, LAST_YEAR = 1970, 2100
MOST_OWN = 20_000
"""Follow-ups of an export: more than come in from elsewhere at once."""
_HEAD = 500
_BROKEN = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,  # JSON may say Infinity
    RecursionError,
)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""Characters that JSON can write and no database takes."""


class ChangedExport(ValueError):
    """Somebody has changed an export so much that it can't be read any more."""


@dataclass(frozen=True)
class Own:
    """What an export holds. `insights` are organization, text and day."""

    candidates: tuple[Candidate, ...]
    insights: tuple[tuple[str, str, date], ...] = ()
    proofs: tuple[Proof, ...] = ()


def may_be_own_table(content: bytes) -> bool:
    """Whether it begins like a table of ours: which may be larger than one of others."""
    return all(column.encode() in content[:_HEAD] for column in COLUMNS)


def is_own_table(records: Sequence[Record]) -> bool:
    """Whether it is a table of ours that nobody has rearranged."""
    return records[0].cells == COLUMNS


def own_document(content: bytes) -> dict[str, Any] | None:
    """The document of our export; None for anything else."""
    if not content.lstrip().startswith(b"{"):
        return None
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    ours = found.get("format") == FORMAT and found.get("version") == VERSION
    return found if ours else None


def from_document(document: Mapping[str, Any]) -> Own:
    """Raises ChangedExport."""
    try:
        return _from_document(document)
    except _BROKEN as error:
        raise ChangedExport(type(error).__name__) from None


def from_table(records: Sequence[Record]) -> Own:
    """Raises ChangedExport. Cells are taken as they are: a name may be a word for nothing."""
    try:
        return _from_table(records[1:])
    except _BROKEN as error:
        raise ChangedExport(type(error).__name__) from None


def _from_document(document: Mapping[str, Any]) -> Own:
    if len(document["followups"]) > MOST_OWN:
        raise ValueError("more than are taken at once")
    candidates = tuple(
        candidate_of(one, number) for number, one in enumerate(document["followups"], 1)
    )
    insights = tuple(
        (_text(one["organization"])[:80], _text(one["text"]), _day(one["on"]))
        for one in document.get("insights", ())
    )
    proofs = tuple(
        Proof(
            0,
            _text(one["text"])[:500],
            _text(one["by"])[:80],
            _text(one["knows"])[:120],
            one["named"] is True,
        )
        for one in document.get("proof", ())
    )
    return Own(candidates, insights, proofs)


def _from_table(records: Sequence[Record]) -> Own:
    if len(records) > MOST_OWN:
        raise ValueError("more than are taken at once")
    found = []
    for record in records:
        cells = dict(zip(COLUMNS, map(restored, record.cells), strict=True))
        values = {
            "number": cells["Number"],
            "contact": {
                "name": cells["Name"],
                "organization": cells["Organization"],
                "via": cells["Via"] or Channel.UNKNOWN,
                "address": cells["Contact"],
                "country": cells["Country"],
            },
            "about": cells["About"],
            "referred_by": cells["Referred by"],
            "history": json.loads(cells["History"]),
        }
        found.append(candidate_of(values, record.line))
    return Own(tuple(found))


def candidate_of(values: Mapping[str, Any], line: int) -> Candidate:
    """One follow-up of a document. Raises what `_BROKEN` names when it is none."""
    contact = values["contact"]
    touches = tuple(map(_touch, values["history"]))
    if not touches or touches[0].kind is not TouchKind.ADDED:
        raise ValueError("a history begins with the touch that added it")
    return Candidate(
        line=line,
        name=_text(contact["name"])[:80],
        organization=_text(contact["organization"])[:80],
        about=_text(values["about"])[:200],
        address=_text(contact["address"])[:200],
        standing=Standing.WAITING,
        touches=touches,
        via=Channel(contact["via"]),
        country=_text(contact["country"])[:8],
        number=int(values.get("number") or 0),
        referred_by=int(values.get("referred_by") or 0),
    )


def _touch(kept: Mapping[str, Any]) -> Touch:
    return Touch(
        kind=TouchKind(kept["kind"]),
        day=_day(kept["day"]),
        via=Channel(kept.get("via", Channel.UNKNOWN)),
        angle=_text(kept.get("angle", ""))[:60],
        outcome=Outcome(kept["outcome"]) if "outcome" in kept else None,
        reason=CloseReason(kept["reason"]) if "reason" in kept else None,
        until=_day(kept["until"]) if "until" in kept else None,
        text=_text(kept.get("text", "")),
        terms=_terms(kept["terms"]) if "terms" in kept else None,
    )


def _terms(kept: Mapping[str, Any]) -> Terms:
    first_on = kept.get("first_on")
    return Terms(
        Urgency(kept["urgency"]),
        Priority(kept["priority"]),
        Trust(kept["trust"]),
        _day(first_on) if first_on else None,
    )


def _text(value: object) -> str:
    return _UNSTORABLE.sub("", str(value))


def _day(text: str) -> date:
    """A day that calendars can reckon from. Raises ValueError for any other."""
    day = date.fromisoformat(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError("no day of a job search")
    return day
