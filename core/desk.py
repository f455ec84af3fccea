"""The front desk: a request comes in, a reply goes out.

Each is one transaction with one `now`. Ownership is checked here: whatever a request names is
looked for among the caller's own. A refusal changes nothing, and says what to do instead.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Account, Caller
from core.domain.attention import heard_from
from core.domain.zones import zone_named
from core.grammar import read_line, request_kind, typed_values
from core.language import N_, language_of, speak, speaking, spoken
from core.precedence import Precedence
from core.reply import Message, Reply, Suggestion
from core.store import changes, members
from core.store.database import DATABASE_ERRORS, Store, is_away
from core.tokens import request_of
from core.tongues import Tongues
from core.trouble import kind_and_place
from core.usecases import answering, homes, suggesting
from core.usecases.asked import Asked
from core.usecases.work import Work, nothing_drawn
from core.voice.answers import note_of

log = logging.getLogger(__name__)

ATTEMPTS = 3
BROKEN = N_(
    "Something went wrong on my side, and nothing was changed. Try again in a minute; if it stays, "
    "tell whoever runs me this code: `{code}`."
)
AWAY = N_(
    "I can't get at my notes just now, so nothing was changed, and nothing is lost. Try again in a "
    "few minutes; if it stays, tell whoever runs me this code: `{code}`."
)


class Desk:
    """Answers everything the bot can be asked. No method raises for what a person did."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        heard: Callable[[Reply | None], None] = lambda _: None,
        precedence: Precedence | None = None,
        draw: Callable[[int], bytes] = nothing_drawn,
    ) -> None:
        """`now` gives the current instant, aware; `heard` each reply, None for a fault of ours.

        `precedence` is shared with work that can wait while somebody here waits for an answer;
        `draw` gives so many random bytes, which nobody can guess.
        """
        self._store = store
        self._now = now
        self._tell = heard
        self._precedence = precedence or Precedence()
        self._draw = draw
        self._steps: set[asyncio.Future[Reply]] = set()
        self._closing = False

    @cached_property
    def tongues(self) -> Tongues:
        """The languages in which it has answered."""
        return Tongues()

    async def line(self, text: str, caller: Caller) -> Reply:
        """Answer one line, as typed after `/followup`: "add Dana Lee @ Acme, email"."""

        def read() -> Asked:
            kind, values = read_line(text)
            return Asked(kind, values)

        return await self._answer(read, caller)

    async def typed(self, verb: str, values: Mapping[str, str], caller: Caller) -> Reply:
        """Answer a command with typed options: names as declared, values as typed."""

        def read() -> Asked:
            kind = request_kind(verb)
            return Asked(kind, typed_values(kind, values))

        return await self._answer(read, caller)

    async def form(self, verb: str, values: Mapping[str, str], caller: Caller) -> Reply:
        """The form of a command with these values in it, for the person to look over and send."""

        def read() -> Asked:
            kind = request_kind(verb)
            return Asked(kind, dict(values), kind(), as_form=True)

        return await self._answer(read, caller)

    async def press(self, token: str, caller: Caller) -> Reply:
        """Answer a button or a menu option."""

        def read() -> Asked:
            request = request_of(token)
            return Asked(type(request), {}, request, pressed=True)

        return await self._answer(read, caller)

    async def going_on(self, reply: Reply, caller: Caller) -> AsyncIterator[Reply]:
        """Take the next steps of what a reply has begun; each step's reply, often with no message.

        Whoever stops here loses nothing: the work waits as far as it has come.
        """
        while reply.then and not self._closing:
            step = asyncio.ensure_future(self._step(reply.then, replace(caller, key="")))
            self._steps.add(step)
            step.add_done_callback(self._steps.discard)
            reply = await step
            yield reply

    async def _step(self, token: str, caller: Caller) -> Reply:
        """As a press; but whoever was forgotten meanwhile is nobody's member again for it."""
        with suppress(*DATABASE_ERRORS):  # whatever is wrong with it, the press says so
            async with self._store.reading() as session:
                if await members.peek(session, caller.account) is None:
                    return Reply()
        return await self.press(token, caller)

    async def close(self) -> None:
        """Begin no further step, and wait for those under way."""
        self._closing = True
        if self._steps:
            await asyncio.wait(self._steps)

    async def home(self, account: Account) -> Message | None:
        """What somebody's Home shows now, as a whole; None for who has none. It changes nothing.

        Raises what a fault of ours or of the database raises: nobody waits for it.
        """
        with speaking():
            async with self._store.reading() as session:
                return await homes.as_it_stands(session, self._now(), account)

    async def submit(self, token: str, values: Mapping[str, str], caller: Caller) -> Reply:
        """Answer a form that came back. Several choices of one field are comma-separated."""

        def read() -> Asked:
            request = request_of(token)
            kind = type(request)
            typed = typed_values(kind, values)
            return Asked(kind, typed, request, submitted=True, fields=tuple(values))

        return await self._answer(read, caller)

    async def suggest(
        self, verb: str, field: str, text: str, caller: Caller
    ) -> Sequence[Suggestion]:
        """Complete what is being typed into one option: at most 25, most likely first."""
        try:
            with speaking(), self._precedence.ahead():
                async with self._store.reading() as session:
                    return await suggesting.suggest(session, self._now(), verb, field, text, caller)
        except Exception as error:
            self._report(error, caller)
            return []

    async def _answer(self, read: Callable[[], Asked], caller: Caller) -> Reply:
        with speaking(self.tongues.of(caller)):
            reply = await self._answered(read, caller)
            self.tongues.heard(caller, spoken())
            return reply

    async def _answered(self, read: Callable[[], Asked], caller: Caller) -> Reply:
        try:
            with self._precedence.ahead():
                reply = await self._persistently(read, caller)
            reply = await _made(reply)
        except Exception as error:
            self._tell(None)
            return self._broken(error, caller)
        self._tell(reply)
        return reply

    async def _persistently(self, read: Callable[[], Asked], caller: Caller) -> Reply:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                async with self._store.writing() as session:
                    return await self._at_work(session, read, caller)
            except DBAPIError:
                # Two processes may meet a new member, or wait for each other, at the same moment:
                # the one that lost starts over and finds what the other wrote.
                if attempt == ATTEMPTS:
                    raise
        raise AssertionError("unreachable")

    async def _at_work(
        self, session: AsyncSession, read: Callable[[], Asked], caller: Caller
    ) -> Reply:
        now = self._now()
        account = caller.account
        if caller.key:
            key = f"{account.platform}:{account.workspace}:{caller.key}"
            if await changes.seen_before(session, key[:300], now):
                return Reply()
        work = await _work(session, now, caller, self._draw)
        return await answering.answer(work, read)

    def _broken(self, error: Exception, caller: Caller) -> Reply:
        words = AWAY if is_away(error) else BROKEN
        return Reply(note_of(words, code=self._report(error, caller)), refused=True)

    def _report(self, error: Exception, caller: Caller) -> str:
        """Log where it broke, under a code. Never the message: it may hold a contact's data."""
        moment = f"{self._now().isoformat()}{caller.account}"
        code = hashlib.sha256(moment.encode()).hexdigest()[:8]
        log.error("request failed, code %s: %s", code, kind_and_place(error))
        return code


async def _made(reply: Reply) -> Reply:
    """The whole reply: making it can take a while, so nothing else waits for it."""
    if reply.making is None:
        return reply
    made = await asyncio.to_thread(reply.making)
    parts = [part for part in (made.message, reply.message) if part is not None]
    message = Message(tuple(block for part in parts for block in part.blocks))
    return replace(made, message=message, replace=made.replace or reply.replace)


async def _work(
    session: AsyncSession, now: datetime, caller: Caller, draw: Callable[[int], bytes]
) -> Work:
    """The caller's member, new ones enrolled; the platform's zone until they name their own."""
    zone = zone_named(caller.zone) or "" if caller.zone else ""
    who = await members.member_of(session, caller.account, installed=caller.installed)
    if who is None:
        who = await members.enroll(session, caller, zone, now)
    known = heard_from(who.member)
    settled = known.zone_named or (who.linked and known.zone)  # two platforms may differ
    if zone and not settled:
        known = replace(known, zone=zone)
    if caller.locale:
        known = replace(known, locale=caller.locale[: members.LOCALE_LIMIT])
    speak(language_of(known.language, known.locale))
    work = Work(session, now, caller, known, who.account_id, who.linked, draw)
    if known != who.member:
        await work.reckon()
    return work
