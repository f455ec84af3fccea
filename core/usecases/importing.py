"""Import: a file is read, what was understood is shown, and only then is anything saved."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any

from core.domain.importing.columns import corrected
from core.domain.importing.headings import Meaning
from core.domain.importing.sheets import Sheet
from core.domain.importing.statuses import Standing
from core.domain.names import folded
from core.language import tr
from core.problem import Problem
from core.reply import File, Reply
from core.requests import Columns, Import, Importing
from core.store import changes
from core.store import importing as store
from core.usecases import import_steps
from core.usecases.import_plan import (
    Plan,
    There,
    columns_in,
    kept_values,
    keys_of,
    planned,
    sheet_in,
)
from core.usecases.work import Work
from core.voice import importing as voice
from core.voice.columns import meaning_in, meaning_words


async def import_(work: Work, request: Import) -> Reply:
    """Read the file that came, and show what was understood. Nothing is saved yet."""
    del request
    upload = work.caller.upload
    if upload is None:
        raise Problem(voice.CHOOSE, field="file")
    if upload.problem:
        raise Problem(voice.LOST[upload.problem], field="file")
    values = await asyncio.to_thread(kept_values, upload.content, work.today)
    kept = await changes.keep(work.session, work.member.id, Import.verb, values, work.now)
    return await _shown(work, kept, values)


async def importing(work: Work, request: Importing) -> Reply:
    """Go on with a file that was read: save it, drop it, or learn what a status means."""
    if request.do == "go":  # a step that nobody waits for: it may come after the end
        return await import_steps.go_on(work, request, await _kept(work, request.kept))
    values = await _found(work, request.kept)
    if "change" in values:
        return await import_steps.go_on(work, request, values)
    if request.do == "cancel":
        await changes.put_kept(work.session, work.member.id, request.kept, {})
        return Reply(voice.cancelled(), replace=True)
    there = await _there(work)
    if request.do == "save":
        plan = await asyncio.to_thread(planned, values, there)
        if not plan.reading.unknown:
            return await import_steps.begin(work, request.kept, plan)
    elif request.do in ("status", "others") and request.standing in set(Standing):
        values = await asyncio.to_thread(_told, request, values, there)
        await changes.put_kept(work.session, work.member.id, request.kept, values)
    return await _shown(work, request.kept, values, replace=True)


async def columns(work: Work, request: Columns) -> Reply:
    """Correct what stands in which column."""
    values, sheet = await _open_sheet(work, request.kept)
    found = columns_in(values)
    for line in request.columns.splitlines():
        heading, _, meaning = line.rpartition("=")
        if not meaning.strip():
            continue
        number = _numbered(sheet, heading.strip())
        known = meaning_in(meaning)
        if number is None or known is None:
            raise Problem(
                "I can't read “{line}”. Write a column, an equals sign, and one of: {all}.",
                field="columns",
                line=line,
                all=", ".join(meaning_words(each) for each in Meaning),
            )
        if found[number] is not known:
            found = corrected(found, number, known)
    values = {**values, "columns": {str(n): m.value for n, m in found.items()}}
    await changes.put_kept(work.session, work.member.id, request.kept, values)
    return await _shown(work, request.kept, values, replace=True)


async def column_lines(work: Work, request: Columns) -> dict[str, str]:
    """The columns as the form shows them."""
    values, sheet = await _open_sheet(work, request.kept)
    found = sorted(columns_in(values).items())
    lines = (f"{_heading(sheet, n)} = {meaning_words(m)}" for n, m in found)
    return {"columns": "\n".join(lines)}


async def _kept(work: Work, kept: int) -> dict[str, Any]:
    found = await changes.kept(work.session, work.member.id, kept)
    return found[1] if found is not None and found[0] == Import.verb else {}


async def _found(work: Work, kept: int) -> dict[str, Any]:
    values = await _kept(work, kept)
    if not values:
        raise Problem(voice.GONE)
    return values


async def _open_sheet(work: Work, kept: int) -> tuple[dict[str, Any], Sheet]:
    """A file whose columns can still be corrected. Raises Problem for any other."""
    values = await _found(work, kept)
    if "change" in values:
        raise Problem(voice.ON_ITS_WAY)
    sheet = await asyncio.to_thread(sheet_in, values)
    if sheet is None:
        raise Problem(voice.GONE)
    return values, sheet


async def _there(work: Work) -> There:
    mine = work.member.id
    rows = await store.titles(work.session, mine)
    due = await store.due_counts(work.session, mine, work.today)
    return There(work.member, work.today, await asyncio.to_thread(keys_of, rows), due)


def _told(request: Importing, values: dict[str, Any], there: There) -> dict[str, Any]:
    """With what a status means: the first that was asked for, or all that are left."""
    unknown = planned(values, there).reading.unknown
    words = unknown if request.do == "others" else unknown[:1]
    return {**values, "told": values["told"] | {folded(w): request.standing for w, _ in words}}


async def _shown(
    work: Work, kept: int, values: Mapping[str, Any], *, replace: bool = False
) -> Reply:
    making = partial(_previewed, kept, dict(values), await _there(work))
    return Reply(making=making, replace=replace)


def _previewed(kept: int, values: Mapping[str, Any], there: There) -> Reply:
    plan = planned(values, there)
    message = voice.preview(_told_of(plan), kept, there.today, there.member.most)
    text = voice.everything_unread(plan.reading, plan.twins)
    files = (File("not-imported.txt", "text/plain", text.encode()),) if text else ()
    return Reply(message, files=files)


def _told_of(plan: Plan) -> voice.Shown:
    sheet = plan.sheet
    named = [(_heading(sheet, n), m) for n, m in sorted(plan.columns.items())] if sheet else []
    return voice.Shown(
        plan.news, plan.standings, plan.reading, plan.twins, named, is_own=plan.own is not None
    )


def _heading(sheet: Sheet, number: int) -> str:
    named = sheet.headings[number] if number < len(sheet.headings) else ""
    return " ".join(named.split()) or tr("Column {number}", number=number + 1)


def _numbered(sheet: Sheet, heading: str) -> int | None:
    fitting = (n for n in range(sheet.width) if folded(_heading(sheet, n)) == folded(heading))
    return next(fitting, None)
