"""One request at work: its transaction, its member, its `now`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Caller
from core.domain.cadence import fold
from core.domain.days import EXAMPLES, Today, UnclearDay, read_day
from core.domain.history import Touch
from core.domain.hours import local_day, next_digest
from core.domain.records import FollowUp, Member
from core.problem import Problem
from core.store import changes, followups, members

_UNCLEAR = {
    "no day": "I can't read “{text}” as a day. Write it as {examples}.",
    "past": "“{text}” is over. Name a day from today on, such as {examples}.",
    "future": "“{text}” is still to come. Name a day up to today, such as `yesterday` or `Friday`.",
    "far": "“{text}” is more than two years away. Name a nearer day.",
}


@dataclass
class Work:
    """What a use case works with. `member` is replaced as it changes and written at the end."""

    session: AsyncSession
    now: datetime
    caller: Caller
    member: Member

    @property
    def today(self) -> date:
        """The member's own calendar day."""
        return local_day(self.now, self.member.tz)

    def day(self, text: str, field: str, *, past: bool = False) -> date | None:
        """The day that was typed; None for "". Raises Problem, naming the field."""
        if not text:
            return None
        try:
            return read_day(text, Today(self.today, self.member.calendar), past=past)
        except UnclearDay as unclear:
            template = _UNCLEAR[str(unclear)].replace("{examples}", EXAMPLES)
            raise Problem(template, field=field, text=text) from None

    async def record(
        self, followup: FollowUp, verb: str, touch: Touch, before: dict[str, Any] | None = None
    ) -> tuple[FollowUp, int]:
        """Append a touch and fold again; the follow-up as it is now, and the change's id."""
        change = await changes.begin_change(
            self.session, self.member.id, verb, self.now, followup.id, before
        )
        await followups.add_touch(self.session, followup.id, change, touch, self.now)
        return await self.refold(followup.id), change

    async def refold(self, id: int) -> FollowUp:
        """Fold a history again and keep its position. Raises LookupError when none is left."""
        touches = await followups.history(self.session, id)
        position = fold(touches, self.member.calendar) if touches else None
        await followups.put_position(self.session, id, position)
        found = await followups.one_of(self.session, self.member.id, id)
        if found is None:
            raise LookupError(id)
        return found

    async def reckon(self) -> None:
        """Find the next digest anew, and write the member. The last thing a change does."""
        first = await followups.first_due(self.session, self.member.id)
        instant = next_digest(self.member.rhythm, self.now, first, self.member.last_digest_on)
        self.member = replace(self.member, next_digest_at=instant)
        await members.save_member(self.session, self.member)
