"""Two members whose lists are there while the desk is asked anything at all."""

from __future__ import annotations

import time
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import func, select

from adapters.discord.render import components
from adapters.slack.blocks import blocks_of
from adapters.web.views import sections_of
from core.caller import Caller
from core.reply import Message, Reply
from core.store.tables import AccountRow, ContactRow, FollowUpRow, TouchRow
from tests.clubs import JOB_CLUB, MANAGES, ClubHouse
from tests.fuzzing import Faults
from tests.people import Member, Office, buttons

HERS = ("Quixote", "Zanzibar", "windmills")
"""Words that are in somebody else's list alone."""
MOST_SECONDS = 20
"""For one request: a busy machine is slow, but not so slow."""


@dataclass
class World:
    """Dana, who sends all this, and Eve, whose list nobody else has any business with."""

    office: Office
    faults: Faults
    dana: Member
    eve: Member
    tokens: list[str] = field(default_factory=list)
    hers: list[str] = field(default_factory=list)
    untouched: object = None

    async def begin(self) -> None:
        """Something of each kind in both lists."""
        house = ClubHouse(self.office)
        self.dana, self.eve = await house.club("dana", "eve")
        await self.dana_begins()
        for line in (
            "add Quixote @ Zanzibar re: windmills, today",
            "sent Quixote, idea, note: windmills",
            "list",
            "show Quixote",
            "edit Quixote",
            "proof windmills",
            "draft Quixote",
            "club ask Zanzibar",
        ):
            await self.eve.says(line)
            self.hers += said_in(self.eve.last)
        self.untouched = await self.of_eve()

    async def dana_begins(self) -> None:
        for line in (
            "add Robin Patel @ Acme re: data PM, email, contact: r@acme.example, today",
            "add Kim Sato @ Globex, in 3 days",
            "add @ Hooli re: ops",
            "close Hooli, not interested",
            "sent Robin, idea, note: two ways",
            "list",
            "show Robin",
            "draft Robin",
            "pitch Robin",
            "proof Calm in a launch",
            "settings",
            "club",
            "club goal 3",
            "stats",
            "help",
            "link",
        ):
            await self.dana.says(line)
            self.learn(self.dana.last)

    def learn(self, reply: Reply) -> None:
        """Remember what can be pressed now."""
        for one in said_in(reply):
            if one not in self.tokens:
                self.tokens.append(one)
        del self.tokens[:-200]

    def caller(self, place: str, small: bool) -> Caller:
        """Dana in some place, where forms hold 5 fields or all."""
        caller = replace(self.dana.caller(), form_size=5 if small else 100, locale="de-DE")
        if place == "channel":
            return replace(caller, room=JOB_CLUB, standing=MANAGES)
        return replace(caller, room=None, standing=None, at_home=place == "home")

    async def of_eve(self) -> object:
        """All that is in Eve's list."""
        async with self.office.store.reading() as session:
            whose = select(AccountRow.member_id).where(AccountRow.user == "eve").scalar_subquery()
            found = []
            for row in (ContactRow, FollowUpRow):
                query = select(row.__table__).where(row.member_id == whose)
                found.append((await session.execute(query)).all())
            touches = select(TouchRow.__table__).join(
                FollowUpRow, FollowUpRow.id == TouchRow.followup_id
            )
            query = touches.where(FollowUpRow.member_id == whose)
            return [*found, (await session.execute(query)).all()]

    async def of_dana(self) -> tuple[int, int, int]:
        """Follow-ups and touches, and how often follow-ups have changed."""
        async with self.office.store.reading() as session:
            whose = select(AccountRow.member_id).where(AccountRow.user == "dana").scalar_subquery()
            mine = FollowUpRow.member_id == whose
            count = select(func.count(), func.coalesce(func.sum(FollowUpRow.revision), 0))
            many, moves = (await session.execute(count.where(mine))).one()
            touches = (
                select(func.count())
                .select_from(TouchRow)
                .join(FollowUpRow, FollowUpRow.id == TouchRow.followup_id)
            )
            return many, await session.scalar(touches.where(mine)) or 0, int(moves)

    async def answers(
        self, ask: Coroutine[Any, Any, Reply], caller: Caller, silent: bool = False
    ) -> None:
        """What must be so of every answer. `silent`: it may have nothing to say."""
        before, started = await self.of_dana(), time.monotonic()
        reply = await ask
        took = time.monotonic() - started
        parts = [reply]
        async for later in self.office.desk.going_on(reply, caller):
            parts.append(later)
        self.faults.none()
        after = await self.of_dana()
        assert took < MOST_SECONDS
        assert reply.message or reply.form or silent, "no answer"
        assert reply.message is None or reply.message.plain().strip(), "an empty answer"
        if reply.refused:
            assert after == before, "refused, and yet something changed"
        if not reply.forgotten:
            assert after[0] >= before[0], "follow-ups are gone"
            assert after[1] >= before[1], "history is only ever added to"
        for part in parts:
            self.learn(part)
            assert not any(word in text_of(part) for word in HERS), "of somebody else"
            shown_everywhere(part.message)
        assert await self.of_eve() == self.untouched
        if reply.forgotten or not after[0]:
            await self.dana_begins()
            self.faults.none()


def said_in(reply: Reply) -> list[str]:
    """Every token of a reply."""
    found = [button.token for button in buttons(reply.message)] if reply.message else []
    return found + ([reply.form.token] if reply.form else [])


def text_of(reply: Reply) -> str:
    """All that a reply shows, its form and files too."""
    words = [reply.message.plain()] if reply.message else []
    for item in reply.form.fields if reply.form else ():
        words += [item.value, item.help, *(choice.label for choice in item.choices)]
    return "\n".join([*words, *(file.content.decode(errors="replace") for file in reply.files)])


def shown_everywhere(message: Message | None) -> None:
    """Each platform can say it."""
    if message is not None:
        blocks_of(message)
        components(message)
        sections_of(message)
