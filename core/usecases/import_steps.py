"""Saving an import in steps: each is a transaction of its own, so that others have their turn."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from core.domain.cadence import fold
from core.domain.importing.own import Own, candidate_of
from core.domain.importing.packing import packed, unpacked
from core.domain.portable import touch_values
from core.domain.records import Contact, Member
from core.problem import Problem
from core.reply import Reply
from core.requests import Import, Importing
from core.store import changes, insights, proofs
from core.store import importing as store
from core.store.importing import New
from core.tokens import token
from core.usecases.clubs import matching
from core.usecases.import_plan import Plan
from core.usecases.work import Work
from core.voice import import_saving as saving
from core.voice import importing as voice

STEP = 200
"""Follow-ups of one transaction: a tenth of a second, in which nobody else writes to SQLite."""
TIMES_TOLD = 3
"""How often it says how far it is: Slack takes five answers to one press."""


@dataclass(frozen=True)
class _Going:
    """How far an import has come.

    - `left`: kept requests with the follow-ups that are still to be saved, in order.
    - `ids`: of follow-ups in the export that others name, the ids that they have now.
    - `first` and `last`: the days over which they were spread, as ISO days; "" where they weren't.
    """

    change: int
    total: int
    left: list[int]
    links: list[list[int]]
    done: int = 0
    ids: dict[str, int] | None = None
    insights: int = 0
    proofs: int = 0
    first: str = ""
    last: str = ""

    @property
    def outcome(self) -> saving.Outcome:
        """What is told of it."""
        days = [date.fromisoformat(day) for day in (self.first, self.last) if day]
        return saving.Outcome(self.total, self.insights, self.proofs, self.change, days)


async def begin(work: Work, kept: int, plan: Plan) -> Reply:
    """Save the first follow-ups, and keep the rest for the steps to come."""
    learned, proof = await _extras(work, plan.own or Own(()))
    if not plan.news and not learned and not proof:
        raise Problem(voice.NOTHING_NEW)
    session, mine = work.session, work.member.id
    change = await changes.begin_change(session, mine, Import.verb, work.now)
    for organization, text, on in learned:
        await insights.add_insight(session, mine, change, organization, text, on)
    for one in proof:
        await proofs.add_proof(session, mine, change, one)
    texts = await asyncio.to_thread(_packed, plan.news[STEP:])
    left = [
        await changes.keep(session, mine, Importing.verb, {"news": text}, work.now)
        for text in texts
    ]
    spread = plan.news if plan.own is None else []
    due = sorted(new.position.due for new in spread if new.position.due)
    going = _Going(
        change=change,
        total=len(plan.news),
        left=left,
        links=[[new.number, new.referred_by] for new in plan.news if new.referred_by],
        insights=len(learned),
        proofs=len(proof),
        first=due[0].isoformat() if due else "",
        last=due[-1].isoformat() if due else "",
    )
    return await _step(work, kept, going, plan.news[:STEP])


async def go_on(work: Work, request: Importing, values: Mapping[str, Any]) -> Reply:
    """The next step of an import that has begun, or the end of it."""
    if "change" not in values:
        return Reply()
    going = _Going(**values)
    change = await changes.change_of(work.session, work.member.id, going.change)
    if change is None or change.undone:
        await _drop(work, request.kept, going)
        return Reply()
    if request.do == "cancel":
        await _drop(work, request.kept, going)
        gone, _ = await store.take_back(work.session, work.member.id, going.change)
        await work.reckon()
        return Reply(saving.stopped(gone), replace=True)
    found = await changes.kept(work.session, work.member.id, going.left[0])
    if found is None:
        raise Problem(voice.GONE)
    news = await asyncio.to_thread(_unpacked, found[1]["news"], work.member)
    await changes.drop_kept(work.session, work.member.id, going.left[:1])
    return await _step(work, request.kept, replace(going, left=going.left[1:]), news)


async def _step(work: Work, kept: int, going: _Going, news: Sequence[New]) -> Reply:
    named = {str(number) for link in going.links for number in link}
    added = await store.add_many(work.session, work.member.id, going.change, news, work.now)
    ids = {str(new.number): id for new, id in zip(news, added, strict=True)}
    before, done = going.done, going.done + len(news)
    known = {**(going.ids or {}), **{n: id for n, id in ids.items() if n in named}}
    going = replace(going, done=done, ids=known)
    await work.reckon()
    if not going.left:
        await store.link(work.session, going.links, known)
        await matching.look_again(work)
        await changes.put_kept(work.session, work.member.id, kept, {})
        return Reply(saving.saved(going.outcome, work.today, work.member.most), replace=True)
    await changes.put_kept(work.session, work.member.id, kept, asdict(going))
    is_told = before == 0 or done * TIMES_TOLD // going.total > before * TIMES_TOLD // going.total
    message = saving.under_way(kept, done, going.total) if is_told else None
    return Reply(message, replace=True, then=token(Importing(kept=kept, do="go")))


async def _extras(work: Work, own: Own) -> tuple[list[Any], list[Any]]:
    """Insights and proof of an export that the member doesn't have."""
    session, mine = work.session, work.member.id
    known = await store.known_insights(session, mine)
    learned = [one for one in own.insights if store.insight_key(one[0], one[1]) not in known]
    there = {replace(p, id=0) for p in (await proofs.proofs_of(session, {mine})).get(mine, [])}
    return learned, [one for one in own.proofs if one not in there]


async def _drop(work: Work, kept: int, going: _Going) -> None:
    await changes.drop_kept(work.session, work.member.id, going.left)
    await changes.put_kept(work.session, work.member.id, kept, {})


def _packed(news: Sequence[New]) -> list[str]:
    return [
        packed([_values(new) for new in news[start : start + STEP]])
        for start in range(0, len(news), STEP)
    ]


def _values(new: New) -> dict[str, Any]:
    """A follow-up to be, as an export has it."""
    return {
        "number": new.number,
        "contact": asdict(new.contact),
        "about": new.about,
        "referred_by": new.referred_by,
        "history": [touch_values(touch) for touch in new.touches],
    }


def _unpacked(text: str, member: Member) -> list[New]:
    return [_new(values, member) for values in unpacked(text)]


def _new(values: Mapping[str, Any], member: Member) -> New:
    one = candidate_of(values, 0)
    contact = Contact(0, one.name, one.organization, one.via, one.address, one.country)
    position = fold(one.touches, member.calendar, member.rules)
    return New(contact, one.about, one.touches, position, one.number, one.referred_by)
