"""A member's data as they take it along: one JSON document, and a table for a spreadsheet.

The document holds everything. The table has a row for each follow-up, and its history as JSON in
the last cell, so that nothing of the list is lost in it either.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from core.domain.history import Touch
from core.domain.proofs import Proof
from core.domain.records import FollowUp
from core.domain.words import TouchKind

FORMAT, VERSION = "squeaky", 1
COLUMNS = (
    "Number",
    "Name",
    "Organization",
    "About",
    "Via",
    "Contact",
    "Country",
    "Urgency",
    "Priority",
    "Trust",
    "Added",
    "Pings",
    "Last ping",
    "Next ping",
    "Closed",
    "Referred by",
    "Notes",
    "History",
)
FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
"""How a cell begins that a spreadsheet would take for a formula, or that was neutralized."""


@dataclass(frozen=True)
class Belongings:
    """All that is a member's.

    - `settings`: as the undo of settings keeps them: plain values.
    - `histories`: by follow-up id, oldest first.
    - `insights`: organization, text, day.
    - `clubs`: one of each club, in plain values: what the member agreed to, did and said there.
    """

    settings: Mapping[str, Any]
    followups: Sequence[FollowUp]
    histories: Mapping[int, Sequence[Touch]]
    insights: Sequence[tuple[str, str, date]]
    proofs: Sequence[Proof]
    clubs: Sequence[Mapping[str, Any]] = ()


def document(belongings: Belongings, today: date) -> bytes:
    """Everything as JSON, in UTF-8."""
    numbers = {followup.id: followup.number for followup in belongings.followups}
    whole = {
        "format": FORMAT,
        "version": VERSION,
        "exported_on": today,
        "settings": belongings.settings,
        "followups": [
            _followup(one, belongings.histories.get(one.id, ()), numbers)
            for one in belongings.followups
        ],
        "insights": [
            {"organization": organization, "text": text, "on": on}
            for organization, text, on in belongings.insights
        ],
        "proof": [_without(asdict(proof), "id") for proof in belongings.proofs],
        "clubs": belongings.clubs,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, default=plain_value).encode() + b"\n"


def table(belongings: Belongings) -> bytes:
    """The follow-ups as CSV, in UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    numbers = {one.id: one.number for one in belongings.followups}
    for one in belongings.followups:
        cells = _cells(one, belongings.histories.get(one.id, ()), numbers.get(one.referred_by))
        writer.writerow([neutral(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def neutral(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; `restored` gives it back."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def restored(cell: str) -> str:
    """A cell as it was before `neutral`."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def _followup(one: FollowUp, history: Sequence[Touch], numbers: Mapping[int, int]) -> object:
    return {
        "number": one.number,
        "contact": _without(asdict(one.contact), "id"),
        "about": one.about,
        "referred_by": numbers.get(one.referred_by),
        "due": one.position.due,
        "closed": one.position.closed,
        "history": [touch_values(touch) for touch in history],
    }


def touch_values(touch: Touch) -> dict[str, Any]:
    """What differs from an empty entry: a history is mostly empty fields."""
    kept = _without(asdict(touch), "id", "change")
    return {name: value for name, value in kept.items() if value not in (None, "")}


def _cells(one: FollowUp, history: Sequence[Touch], referred_by: int | None) -> list[str]:
    position, contact = one.position, one.contact
    pings = [touch for touch in history if touch.kind is TouchKind.SENT]
    notes = [touch.text for touch in history if touch.text]
    return [
        str(one.number),
        contact.name,
        contact.organization,
        one.about,
        "" if contact.via == "unknown" else contact.via,
        contact.address,
        contact.country,
        position.terms.urgency,
        position.terms.priority,
        position.terms.trust,
        _day(position.added),
        str(len(pings)),
        _day(position.last_ping),
        _day(position.due),
        position.closed or "",
        str(referred_by or ""),
        "\n".join(notes),
        json.dumps([touch_values(t) for t in history], ensure_ascii=False, default=plain_value),
    ]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _without(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}


def plain_value(value: object) -> str:
    """What JSON has no word for, as text. Raises TypeError."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
