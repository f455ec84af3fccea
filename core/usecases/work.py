"""One request at work: its transaction, its member, its `now`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Caller
from core.domain.cadence import Position, fold, spaced
from core.domain.days import Today, UnclearDay, read_day
from core.domain.history import Touch
from core.domain.hours import local_day, next_digest
from core.domain.records import FollowUp, Member
from core.language import spoken
from core.problem import Problem
from core.store import changes, followups, members, touches
from core.usecases.problems import DayProblem


def nothing_drawn(size: int) -> bytes:
    """Chance comes in as a value, like time. Raises RuntimeError where nobody gave any."""
    raise RuntimeError(f"no source for {size} random bytes")


@dataclass
class Work:
    """What a use case works with. `member` is replaced as it changes and written at the end.

    `account_id` is the caller's account, `linked` whether it is one of several of the member's.
    `draw` gives so many random bytes.
    """

    session: AsyncSession
    now: datetime
    caller: Caller
    member: Member
    account_id: int = 0
    linked: bool = False
    draw: Callable[[int], bytes] = nothing_drawn

    @property
    def today(self) -> date:
        """The member's own calendar day."""
        return local_day(self.now, self.member.tz)

    @property
    def reading(self) -> Today:
        """What a written day is read against."""
        member = self.member
        return Today(self.today, member.calendar, member.locale, member.country, spoken())

    def day(self, text: str, field: str, *, past: bool = False) -> date | None:
        """The day that was typed; None for "". Raises DayProblem, naming the field."""
        if not text:
            return None
        try:
            return read_day(text, self.reading, past=past)
        except UnclearDay as unclear:
            raise DayProblem(unclear, text, field, self.today) from None

    async def kept(self, id: int, *verbs: str) -> tuple[str, dict[str, Any]]:
        """Verb and values of a request of the member's that was kept, of one of these if any.

        Raises Problem when it is gone.
        """
        found = await changes.kept(self.session, self.member.id, id)
        if found is None or (verbs and found[0] not in verbs):
            raise Problem("That was too long ago. Type the command again.")
        return found

    async def record(
        self, followup: FollowUp, verb: str, touch: Touch, before: dict[str, Any] | None = None
    ) -> tuple[FollowUp, int]:
        """Append a touch and fold again; the follow-up as it is now, and the change's id."""
        change = await changes.begin_change(
            self.session, self.member.id, verb, self.now, followup.id, before
        )
        await touches.add_touch(self.session, followup.id, change, touch, self.now)
        return await self.refold(followup), change

    async def refold(self, followup: FollowUp) -> FollowUp:
        """Fold the histories of its contact again, for one ping spaces the others (M6).

        Raises LookupError when nothing of this one is left.
        """
        member = self.member
        siblings = await followups.of_contact(self.session, member.id, followup.contact.id)
        histories = await touches.histories(self.session, [f.id for f in siblings])
        calendar = member.calendar_with(siblings[0].contact if siblings else followup.contact)
        folded = {
            id: fold(history, calendar, member.rules)
            for id, history in histories.items()
            if history
        }
        for sibling in siblings:
            position = folded.get(sibling.id)
            if position is not None:
                position = spaced(position, _last_other(folded, sibling.id), calendar)
            await followups.put_position(self.session, sibling.id, position)
        found = await followups.one_of(self.session, member.id, followup.id)
        if found is None:
            raise LookupError(followup.id)
        return found

    async def refold_all(self) -> None:
        """Fold everything again: the days that count have changed."""
        done: set[int] = set()
        for followup in await followups.all_of(self.session, self.member.id):
            if followup.contact.id not in done:
                done.add(followup.contact.id)
                await self.refold(followup)

    async def reckon(self) -> None:
        """Find the next digest anew, and write the member. The last thing a change does."""
        first = await followups.first_due(self.session, self.member.id)
        instant = next_digest(self.member.rhythm, self.now, first, self.member.last_digest_on)
        self.member = replace(self.member, next_digest_at=instant)
        await members.save_member(self.session, self.member)


def _last_other(folded: dict[int, Position], id: int) -> date | None:
    """The last ping to the contact in its other follow-ups."""
    pings = [p.last_ping for other, p in folded.items() if other != id and p.last_ping]
    return max(pings, default=None)
