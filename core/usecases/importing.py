"""Import: a file is read, what was understood is shown, and only then is anything saved."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.domain.cadence import fold
from core.domain.day_rules.dates import month_first
from core.domain.importing.candidates import Candidate, Reading, read
from core.domain.importing.columns import Meaning, corrected, guess
from core.domain.importing.own import (
    ChangedExport,
    Own,
    from_document,
    from_table,
    is_own_table,
    own_document,
)
from core.domain.importing.sheets import Sheet, Unreadable, UnreadableFile, sheet_of
from core.domain.importing.spreading import spread
from core.domain.importing.statuses import Standing
from core.domain.names import folded
from core.domain.records import Contact
from core.problem import Problem
from core.reply import File, Reply
from core.requests import Columns, Import, Importing
from core.store import changes, contacts, followups, insights, proofs
from core.store import importing as store
from core.store.importing import New
from core.usecases.work import Work
from core.voice import importing as voice
from core.voice.importing import Shown

GONE = "That file was too long ago. Send it once more: `/followup import`."
CHANGED = "Our own export was changed in a way that I can't read any more. Send one that was not."


@dataclass(frozen=True)
class _Plan:
    """What would be saved, and what would not be and why."""

    news: list[New]
    reading: Reading
    own: Own | None
    twins: int
    columns: dict[int, Meaning]
    sheet: Sheet | None


async def import_(work: Work, request: Import) -> Reply:
    """Read the file that came, and show what was understood. Nothing is saved yet."""
    del request
    upload = work.caller.upload
    if upload is None:
        raise Problem(voice.CHOOSE, field="file")
    if upload.problem:
        raise Problem(voice.LOST[upload.problem], field="file")
    values = await asyncio.to_thread(_kept_values, upload.content, work)
    kept = await changes.keep(work.session, work.member.id, Import.verb, values, work.now)
    return await _shown(work, kept, values)


async def importing(work: Work, request: Importing) -> Reply:
    """Go on with a file that was read: save it, drop it, or learn what a status means."""
    values = await _found(work, request.kept)
    if request.do == "save":
        return replace(await _saved(work, values, request.kept), replace=True)
    if request.do == "cancel":
        await changes.put_kept(work.session, work.member.id, request.kept, {})
        return Reply(voice.CANCELLED, replace=True)
    plan = await _plan(work, values)
    words = plan.reading.unknown if request.do == "others" else plan.reading.unknown[:1]
    if request.do in ("status", "others") and request.standing in set(Standing):
        told = values["told"] | {folded(word): request.standing for word in words}
        values = {**values, "told": told}
        await changes.put_kept(work.session, work.member.id, request.kept, values)
    return replace(await _shown(work, request.kept, values), replace=True)


async def columns(work: Work, request: Columns) -> Reply:
    """Correct what stands in which column."""
    values = await _found(work, request.kept)
    sheet = _sheet(values)
    found = _columns(values)
    for line in request.columns.splitlines():
        heading, _, meaning = line.rpartition("=")
        if not meaning.strip():
            continue
        number = _numbered(sheet, heading.strip())
        known = next((m for m in Meaning if folded(m.value) == folded(meaning)), None)
        if number is None or known is None:
            raise Problem(
                "I can't read “{line}”. Write a column, an equals sign, and one of: {all}.",
                field="columns",
                line=line,
                all=", ".join(Meaning),
            )
        if found[number] is not known:
            found = corrected(found, number, known)
    values = {**values, "columns": {str(n): m.value for n, m in found.items()}}
    await changes.put_kept(work.session, work.member.id, request.kept, values)
    return replace(await _shown(work, request.kept, values), replace=True)


async def column_lines(work: Work, request: Columns) -> dict[str, str]:
    """The columns as the form shows them."""
    values = await _found(work, request.kept)
    sheet = _sheet(values)
    lines = (f"{_heading(sheet, n)} = {m.value}" for n, m in sorted(_columns(values).items()))
    return {"columns": "\n".join(lines)}


def _kept_values(content: bytes, work: Work) -> dict[str, Any]:
    """A file as it is kept until the member has decided. Raises Problem for what is no table."""
    document = own_document(content)
    if document is not None:
        return {"document": document, "told": {}}
    try:
        sheet = sheet_of(content)
    except UnreadableFile as error:
        raise Problem(voice.UNREADABLE[error.why], field="file") from None
    if not sheet.rows:
        raise Problem(voice.UNREADABLE[Unreadable.EMPTY], field="file")
    return {
        "headings": sheet.headings,
        "rows": sheet.rows,
        "lines": sheet.lines,
        "broken": sheet.broken,
        "columns": {str(n): m.value for n, m in guess(sheet, work.today).items()},
        "told": {},
    }


def _sheet(values: Mapping[str, Any]) -> Sheet:
    if "rows" not in values:
        raise Problem(GONE)
    return Sheet(
        tuple(values["headings"]),
        tuple(tuple(row) for row in values["rows"]),
        tuple(values["lines"]),
        tuple((line, text) for line, text in values["broken"]),
    )


def _columns(values: Mapping[str, Any]) -> dict[int, Meaning]:
    return {int(number): Meaning(value) for number, value in values["columns"].items()}


def _heading(sheet: Sheet, number: int) -> str:
    named = sheet.headings[number] if number < len(sheet.headings) else ""
    return " ".join(named.split()) or f"Column {number + 1}"


def _numbered(sheet: Sheet, heading: str) -> int | None:
    fitting = (n for n in range(sheet.width) if folded(_heading(sheet, n)) == folded(heading))
    return next(fitting, None)


async def _found(work: Work, kept: int) -> dict[str, Any]:
    found = await changes.kept(work.session, work.member.id, kept)
    if found is None or found[0] != Import.verb or not found[1]:
        raise Problem(GONE)
    return found[1]


async def _plan(work: Work, values: Mapping[str, Any]) -> _Plan:
    known = await followups.all_of(work.session, work.member.id)
    keys = {_key(one.contact.name, one.contact.organization, one.about) for one in known}
    taken = await store.due_counts(work.session, work.member.id, work.today)
    sheet = _sheet(values) if "rows" in values else None
    return await asyncio.to_thread(_planned, work, dict(values), sheet, keys, taken)


def _planned(
    work: Work,
    values: dict[str, Any],
    sheet: Sheet | None,
    keys: set[str],
    taken: Mapping[Any, int],
) -> _Plan:
    """In a thread: thousands of rows take a while."""
    member, found = work.member, {}
    own = _own(values, sheet)
    if own is not None:
        reading = Reading(own.candidates, (), (), ())
    else:
        assert sheet is not None
        found = _columns(values)
        told = {word: Standing(standing) for word, standing in values["told"].items()}
        first = month_first(member.locale) or False
        reading = read(sheet, found, told, work.today, month_first=first)
    fresh: dict[str, Candidate] = {}
    for candidate in reading.candidates:
        if candidate.key not in keys:
            fresh.setdefault(candidate.key, candidate)
    kept = list(fresh.values())
    calendar = member.calendar
    if own is None:
        with_days = spread(kept, calendar, member.rules, work.today, member.most, taken)
    else:
        with_days = [(candidate, candidate.touches) for candidate in kept]
    news = [
        New(
            Contact(0, c.name, c.organization, c.via, c.address, c.country),
            c.about,
            touches,
            fold(touches, calendar, member.rules),
            c.number,
            c.referred_by,
        )
        for c, touches in with_days
    ]
    return _Plan(news, reading, own, len(reading.candidates) - len(kept), found, sheet)


def _own(values: Mapping[str, Any], sheet: Sheet | None) -> Own | None:
    try:
        if sheet is None:
            return from_document(values["document"])
        return from_table(sheet) if is_own_table(sheet) else None
    except ChangedExport:
        raise Problem(CHANGED, field="file") from None


def _key(name: str, organization: str, about: str) -> str:
    return Candidate(0, name, organization, about, "", Standing.WAITING, ()).key


async def _shown(work: Work, kept: int, values: Mapping[str, Any]) -> Reply:
    plan = await _plan(work, values)
    sheet = plan.sheet
    named = [(_heading(sheet, n), m) for n, m in sorted(plan.columns.items())] if sheet else []
    shown = Shown(
        news=plan.news,
        reading=plan.reading,
        twins=plan.twins,
        columns=named,
        is_own=plan.own is not None,
        first_line=sheet.lines[0] if sheet else 0,
        rows=_rows_with(plan) if plan.reading.unknown else 0,
    )
    message = voice.preview(shown, kept, work.today)
    text = voice.everything_unread(plan.reading)
    files = (File("not-read.txt", "text/plain", text.encode()),) if text else ()
    return Reply(message, files=files)


def _rows_with(plan: _Plan) -> int:
    """How many rows have the status that is asked about."""
    word = plan.reading.unknown[0]
    status = next((n for n, m in plan.columns.items() if m is Meaning.STATUS), None)
    if plan.sheet is None or status is None:
        return 0
    return sum(" ".join(row[status].split()) == word for row in plan.sheet.rows)


async def _saved(work: Work, values: dict[str, Any], kept: int) -> Reply:
    plan = await _plan(work, values)
    if plan.reading.unknown:
        return await _shown(work, kept, values)
    mine, session = work.member.id, work.session
    own = plan.own or Own(())
    known = await store.known_insights(session, mine)
    learned = [one for one in own.insights if store.insight_key(one[0], one[1]) not in known]
    there = {replace(p, id=0) for p in (await proofs.proofs_of(session, {mine})).get(mine, [])}
    proof = [one for one in own.proofs if one not in there]
    if not plan.news and not learned and not proof:
        raise Problem("There is nothing in it that you don't have already.")
    change = await changes.begin_change(session, mine, Import.verb, work.now)
    news = [
        replace(new, contact=await _known_contact(work, new.contact)) if new.contact.name else new
        for new in plan.news
    ]
    await store.add_many(session, mine, change, news, work.now)
    for organization, text, on in learned:
        await insights.add_insight(session, mine, change, organization, text, on)
    for one in proof:
        await proofs.add_proof(session, mine, change, one)
    await changes.put_kept(session, mine, kept, {})
    await work.reckon()
    return Reply(voice.saved(plan.news, len(learned), len(proof), change, work.today))


async def _known_contact(work: Work, contact: Contact) -> Contact:
    known = await contacts.contact_like(
        work.session, work.member.id, contact.name, contact.organization
    )
    return known or contact
