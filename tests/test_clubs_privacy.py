"""The privacy proof (M17): whatever members of clubs do, nobody reads what was not shared there.

Random weeks of several clubs on several platforms. Every message into a channel or to somebody
else, every reply, file, picture, log line and metric is searched for the secrets of others. Names
and accounts are secrets too: of who joined without a name, and of who helps or asks before they
said yes. What is handed over is for the one asker alone.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.metrics import Metrics
from core.caller import Account, Caller, Platform, Room, Standing
from core.domain.clubs import board
from core.domain.clubs.introductions import State
from core.domain.clubs.records import Post
from core.domain.clubs.words import Sharing
from core.domain.deliveries import Delivered
from core.options import Request
from core.overview import Overview
from core.pictures.sheet import Sheet
from core.reply import Actions, Button, Form, Message, PersonButton, Reply
from core.requests.clubs import ClubJoin
from core.requests.helping import ClubBuddy, Endorse, HandOver, Introduce, SayHello, StayAlum
from core.store import clubs, helping, memberships, overview
from core.store.database import Store
from core.store.tables import DeliveryRow
from core.store.upgrade import upgrade
from core.tokens import request_of
from core.usecases.clubs import in_channel
from core.usecases.work import Work
from core.voice.clubs import introducing
from tests.people import MONDAY, Office, TestClock, buttons
from tests.privacy import Consents, Secrets, everything_in, files_in, reader_of, rendered

ROOMS = (
    Room(Platform.SLACK, "T1", "C1"),
    Room(Platform.SLACK, "T1", "C2"),
    Room(Platform.DISCORD, "", "77", server="7"),
)
PEOPLE = ("ann", "bea", "cem", "dov", "eli", "fay")
SHARINGS = ("counts", "streak", "hidden")
MAY_KNOW = "I may know somebody"
YESES = (
    *("Yes, tell them who I am", "Hand it over", "A good word for them"),
    *("Tell them who I am", "I'll nudge"),
)
Result = TypeVar("Result")
people = st.sampled_from(PEOPLE)
rooms = st.integers(0, len(ROOMS) - 1)
picks = st.integers(0, 10_000)


class Clubs(RuleBasedStateMachine):
    """Six people, three clubs, two platforms, random weeks.

    `hours` have gone by in all of them together, and these kinds of messages were `sent`.
    """

    hours = 0
    sent: ClassVar[set[str]] = set()

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.runner = asyncio.Runner()
        self.secrets = Secrets()
        self.seen: dict[str, list[Message]] = {}
        self.forms: dict[str, Reply] = {}
        self.words: dict[str, list[str]] = {}
        self.keys = 0
        self.names = {user: self.secrets.new(user, "Name") for user in PEOPLE}
        self.accounts = {user: self.secrets.new(user, "User") for user in PEOPLE}
        self.people = {account: user for user, account in self.accounts.items()}
        self.consents = Consents(self.secrets, self._meets)
        self.metrics = Metrics([Platform.SLACK, Platform.DISCORD])
        self.log = Heard(self.secrets)
        self.drawing = self.runner.run(self._open())

    async def _open(self) -> None:
        url = f"sqlite:///{Path(self.folder.name) / 'squeaky.sqlite3'}"
        store = Store(url)
        await upgrade(store)
        self.office = Office(store, TestClock())

    def teardown(self) -> None:
        self._check(self.metrics.render()[0].decode(), "")
        Clubs.sent |= self.runner.run(self._kinds_sent())
        for standing in overview.Standing:
            listed = Overview(self.office.store, self.office.clock.now).listed(standing, 1000)
            self._check(repr(self.runner.run(listed)), "")
        self.log.close()
        self.runner.run(self.office.store.close())
        self.runner.close()
        self.folder.cleanup()

    async def _kinds_sent(self) -> set[str]:
        async with self.office.store.reading() as session:
            sent = select(DeliveryRow.kind).where(DeliveryRow.state == "sent")
            return set(await session.scalars(sent.distinct()))

    @initialize()
    def clubs_begin(self) -> None:
        for number, room in enumerate(ROOMS):
            self._says("ann", f"club setup Club {number}", room)
            for user in PEOPLE[number : number + 4]:
                self._joins(user, room, SHARINGS[(PEOPLE.index(user) + number) % 3])
        for number in (0, 2):  # the last one of each did not opt in
            for user in PEOPLE[number : number + 3]:
                self.wants_matches(user, number)
                self.wants_a_buddy(user, number, ", nudge: 2")

    # --- what members keep for themselves ------------------------------------------------

    @rule(user=people, room=rooms, shared=st.booleans())
    def adds(self, user: str, room: int, shared: bool) -> None:
        """Some pursue the same organization, each with their own contact there."""
        who, note = self._secret(user, "Who"), self._secret(user, "Note")
        organization = "Initech" if shared else self._secret(user, "Org")
        mail = f"{self._secret(user, 'Mail')}@example.org"
        line = f"add {who} @ {organization}, {mail}, tomorrow, note: {note}"
        self._says(user, line, ROOMS[room])

    @rule(user=people, room=rooms, verb=st.sampled_from(["sent", "note", "insight"]), pick=picks)
    def writes(self, user: str, room: int, verb: str, pick: int) -> None:
        word = self._word(user, "Who", pick)
        if word:
            self._says(user, f"{verb} {word}, {self._secret(user, 'Text')}", ROOMS[room])

    @rule(user=people, pick=picks)
    def hears(self, user: str, pick: int) -> None:
        word = self._word(user, "Who", pick)
        if word:
            note = self._secret(user, "Reply")
            self._says(user, f"replied {word}, talking, note: {note}", None)

    @rule(user=people)
    def proves(self, user: str) -> None:
        self._says(user, f"proof Saved {self._secret(user, 'Proof')} in 3 weeks", None)

    @rule(user=people, room=rooms)
    def slips(self, user: str, room: int) -> None:
        """Mistakes are answered, and nobody else hears of them."""
        self._says(user, f"{self._secret(user, 'Slip')} what now", ROOMS[room])
        self._says(user, f"club setup {self._secret(user, 'Slip')}, kickoff: x", ROOMS[room])
        self._says(user, f"club goal {self._secret(user, 'Slip')}", ROOMS[room])

    # --- in the clubs --------------------------------------------------------------------

    @rule(user=people, room=rooms, sharing=st.sampled_from(SHARINGS))
    def joins(self, user: str, room: int, sharing: str) -> None:
        self._joins(user, ROOMS[room], sharing)

    @rule(user=people, room=rooms)
    def wants_matches(self, user: str, room: int) -> None:
        self._says(user, "club join matches: yes", ROOMS[room])

    @rule(user=people, room=rooms, what=st.sampled_from(["Who", "Org", "Note"]), pick=picks)
    def types_ahead(self, user: str, room: int, what: str, pick: int) -> None:
        """What is completed is of one's own."""
        somebody = PEOPLE[pick % len(PEOPLE)]
        text = self._word(somebody, what, pick)[:3] or "a"
        suggest = self.office.desk.suggest("sent", "who", text, self._caller(user, ROOMS[room]))
        self._check(repr(self.runner.run(suggest)), user)

    @rule(user=people, room=rooms, goal=st.integers(1, 3))
    def picks_a_goal(self, user: str, room: int, goal: int) -> None:
        self._says(user, f"club goal {goal}", ROOMS[room])

    @rule(user=people, room=rooms, nudge=st.sampled_from(["", ", nudge: 2"]))
    def wants_a_buddy(self, user: str, room: int, nudge: str) -> None:
        self.consents.wants_buddy(user, _channel(ROOMS[room]))
        self._says(user, f"club buddy on{nudge}", ROOMS[room])

    @rule(user=people, room=rooms, named=st.booleans(), pick=picks)
    def asks(self, user: str, room: int, named: bool, pick: int) -> None:
        """What is posted was previewed: then, and only then, the channel may read it."""
        organization = self._word(user, "Org", pick) or self._secret(user, "Org")
        before = len(self._seen(user))
        self._says(user, f"club ask {organization}", ROOMS[room])
        self._publishes(user, ROOMS[room], before, organization, named)

    @rule(user=people, room=rooms, named=st.booleans())
    def wins(self, user: str, room: int, named: bool) -> None:
        before = len(self._seen(user))
        self._says(user, "win", ROOMS[room])
        for message in self._seen(user)[before:]:
            self._press_label(user, message, "Tell the club", ROOMS[room])
        if user in self.forms:
            text, before = self._secret(user, "Win"), len(self._seen(user))
            self._fills(user, ROOMS[room], text=text)
            self._publishes(user, ROOMS[room], before, text, named)

    @rule(user=people, room=rooms, pick=picks)
    def presses(self, user: str, room: int, pick: int) -> None:
        """Any button of anything that they see, in private or in a channel."""
        messages = [*self._seen(user), *self._posts(ROOMS[room])]
        if not messages:
            return
        message = messages[-1 - pick % min(len(messages), 25)]
        found = [b for b in buttons(message) if not _sends_to_a_channel(b)]
        if found:
            self._press(user, found[pick % len(found)], ROOMS[room])

    @rule(user=people, helpers=st.sets(people, max_size=2), room=rooms, named=st.booleans())
    def is_helped(self, user: str, helpers: set[str], room: int, named: bool) -> None:
        """An ask, offers to it, and whatever each of them says yes to in the course of a day."""
        self.asks(user, room, named, 0)
        self.time_goes_on(5)
        asks = [m for m in self._posts(ROOMS[room]) if "would value" in m.plain()]
        for helper in sorted(helpers) if asks else ():
            self._press_label(helper, asks[-1], MAY_KNOW, ROOMS[room])
            self._press_label(helper, self._seen(helper)[-1], "Tell them that somebody may", None)
        self.time_goes_on(5)
        for one in (user, *sorted(helpers), *sorted(helpers)):
            self.says_yes(one, room)
            self.time_goes_on(5)

    @rule(both=st.lists(people, min_size=2, max_size=2, unique=True), room=rooms)
    def pursue_the_same(self, both: list[str], room: int) -> None:
        """Two of a club, who may have opted in, and may both say hello."""
        for one in both:
            self.adds(one, room, shared=True)
        self.time_goes_on(5)
        for one in both:
            self.says_yes(one, room)
        self.time_goes_on(5)

    @rule(user=people, room=rooms)
    def says_yes(self, user: str, room: int) -> None:
        """To whatever they were asked lately: that is where something is told to somebody."""
        for message in self._seen(user)[-12:]:
            for button in buttons(message):
                if button.label in YESES:
                    self._press(user, button, ROOMS[room])
                    self.fills(user, room)

    @rule(user=people, room=rooms)
    def fills(self, user: str, room: int) -> None:
        """A form, with words of their own in it."""
        form = self.forms.get(user)
        if form is None or form.form is None:
            return
        self._fills(user, ROOMS[room], **self._filled(user, form.form))

    @rule(
        user=people,
        room=rooms,
        line=st.sampled_from(
            [
                "club show",
                "club totals",
                "club leave",
                "list",
                "stats",
                "export",
                "settings",
                "undo",
                "club stop",
                "club buddy",
                "club join",
                "help",
            ]
        ),
    )
    def looks(self, user: str, room: int, line: str) -> None:
        self._says(user, line, ROOMS[room])

    @rule(user=people)
    def is_forgotten(self, user: str) -> None:
        before = len(self._seen(user))
        self._says(user, "forget me", None)
        if len(self.secrets.owners) % 3 == 0:
            for message in self._seen(user)[before:]:
                self._press_label(user, message, "Erase everything", None)

    @rule(hours=st.sampled_from([5, 11, 24, 50]))
    def time_goes_on(self, hours: int) -> None:
        self._passes(hours)

    @rule()
    def a_week_goes_by(self) -> None:
        self._passes(7 * 24)

    @rule()
    def another_week_goes_by(self) -> None:
        self._passes(7 * 24)

    def _passes(self, hours: int) -> None:
        Clubs.hours += hours
        for _ in range(-(-hours // 24)):
            self.office.clock.time += timedelta(hours=min(hours, 24))
            self.runner.run(self._carried())

    # --- how it is done ------------------------------------------------------------------

    async def _carried(self) -> None:
        mailroom = self.office.mailroom
        await mailroom.plan()
        while True:
            happened = await mailroom.plan_clubs()
            with drawn() as words:
                parcels = await mailroom.pack(await mailroom.claim(list(Platform)))
            if not happened and not parcels:
                break
            for room in {parcel.to for parcel in parcels if isinstance(parcel.to, Room)}:
                await self._shows_names(room)
            for parcel in parcels:
                reader = reader_of(parcel.to)
                reader = self.people.get(reader, reader)
                self._check(rendered(parcel.message), reader)
                for text in (*files_in(parcel.files), *(words if parcel.files else ())):
                    self._check(text, reader)
                self.seen.setdefault(reader, []).append(parcel.message)
                outcome = Delivered(parcel.channel or f"D-{reader}", f"m{parcel.id}")
                self.metrics.delivered(parcel, outcome, 1.0)
            await mailroom.finish([(p, Delivered(p.channel or "D", f"m{p.id}")) for p in parcels])
        self.log.check()

    def _check(self, text: str, reader: str) -> None:
        leaked = self.secrets.leaked(text, reader)
        assert not leaked, f"{reader or 'anybody'} reads {leaked}: {text[:2000]}"

    def _says(self, user: str, line: str, room: Room | None) -> Reply:
        return self._replied(user, self.office.desk.line(line, self._caller(user, room)))

    async def _shows_names(self, room: Room) -> None:
        """Its channel may read who is in the club and not hidden now, and who posted by name."""
        async with self.office.store.reading() as session:
            club = await clubs.club_at(session, room)
            joined = await memberships.of_club(session, club.id) if club else []
        shown = {one.name for one in joined if one.sharing is not Sharing.HIDDEN}
        for user, name in self.names.items():
            if name in shown or (user, _channel(room)) in self.consents.named:
                self.secrets.share(name, _channel(room))
            else:
                self.secrets.keep_from(name, _channel(room))

    def _meets(self, user: str, *readers: str) -> None:
        """Its owner lets these know who they are, and how to write to them."""
        self.secrets.share(self.names[user], *readers)
        self.secrets.share(self.accounts[user], *readers)

    def _press(self, user: str, button: Button, room: Room | None) -> Reply:
        self.runner.run(self._agrees(user, request_of(button.token), room))
        return self._replied(user, self.office.desk.press(button.token, self._caller(user, room)))

    def _press_label(self, user: str, message: Message, label: str, room: Room | None) -> None:
        for button in buttons(message):
            if button.label == label:
                self._press(user, button, room)
                return

    async def _agrees(self, user: str, request: Request, room: Room | None) -> None:
        """What somebody lets others know by a button or a form."""
        async with self.office.store.reading() as session:
            match request:
                case ClubBuddy(club=club) | StayAlum(club=club) | ClubJoin(club=club):
                    found = await clubs.club_by_id(session, club)
                    channel, where = found and _channel(found.room), room and _channel(room)
                    self.consents.chooses(user, channel or "", request, where or "nowhere")
                case SayHello(match=match, no=False):
                    self.consents.says_hello(user, match)
                case Introduce(offer=id, no=False) | HandOver(offer=id):
                    state, asker, helper = await self._two(session, id)
                    if user == asker and state in (State.OFFERED, State.ACCEPTED):
                        self._meets(asker, helper)
                    if user == helper and state == State.ACCEPTED:
                        self._meets(helper, asker)

    async def _two(self, session: AsyncSession, offer: int) -> tuple[str, str, str]:
        """Where an offer stands, and who asks and who helps."""
        found = await helping.offer_by_id(session, offer)
        post = await helping.post_by_id(session, found.post_id) if found else None
        if found is None or post is None:
            return "", "", ""
        ids = {post.account_id, found.account_id}
        accounts = await memberships.accounts(session, ids)
        asker, helper = accounts[post.account_id], accounts[found.account_id]
        return found.state, self.people[asker.user], self.people[helper.user]

    async def _asker(self, offer: int) -> str:
        async with self.office.store.reading() as session:
            return (await self._two(session, offer))[1]

    def _fills(self, user: str, room: Room | None, **values: str) -> Reply:
        form = self.forms.pop(user).form
        assert form is not None
        self.runner.run(self._agrees(user, request_of(form.token), room))
        given = {one.name: one.value for one in form.fields} | values
        return self._replied(
            user, self.office.desk.submit(form.token, given, self._caller(user, room))
        )

    def _filled(self, user: str, form: Form) -> dict[str, str]:
        """A secret for each field of words; what is handed over is for its asker alone."""
        request = request_of(form.token)
        values: dict[str, str] = {}
        for one in form.fields:
            if isinstance(request, HandOver | Endorse) and one.name in ("whom", "word", "knows"):
                values[one.name] = self._secret(user, "Given")
                asker = self.runner.run(self._asker(request.offer))
                self.secrets.share(values[one.name], asker)
            elif one.name in ("text", "note", "problem", "organization", "change"):
                values[one.name] = self._secret(user, "Form")
        return values

    def _publishes(self, user: str, room: Room, before: int, word: str, named: bool) -> None:
        label = "Post it with my name" if named else "Post it"
        for message in self._seen(user)[before:]:
            found = [button for button in buttons(message) if button.label == label]
            if found:
                there = next(r for n, r in enumerate(ROOMS) if f"Club {n} " in message.plain())
                self.secrets.share(word, _channel(there))
                if named:
                    self.consents.named.add((user, _channel(there)))
                self._press(user, found[0], room)

    def _joins(self, user: str, room: Room, sharing: str) -> None:
        self.secrets.rooms.setdefault(_channel(room), set()).add(user)
        self._says(user, f"club join {sharing}", room)

    def _replied(self, user: str, answer: Coroutine[Any, Any, Reply]) -> Reply:
        with drawn() as words:
            reply = self.runner.run(answer)
        for text in (*everything_in(reply), *words):
            self._check(text, user)
        if reply.message is not None:
            self._seen(user).append(reply.message)
        if reply.form is not None:
            self.forms[user] = reply
        self.log.check()
        return reply

    def _caller(self, user: str, room: Room | None) -> Caller:
        self.keys += 1
        platform = room.platform if room else Platform.SLACK
        workspace = "T1" if platform is Platform.SLACK else ""
        return Caller(
            Account(platform, workspace, self.accounts[user]),
            key=f"k{self.keys}",
            zone="Europe/Berlin",
            name=self.names[user],
            room=room,
            standing=Standing(manages=user == "ann"),
        )

    def _secret(self, user: str, what: str) -> str:
        word = self.secrets.new(user, what)
        self.words.setdefault(f"{user} {what}", []).append(word)
        return word

    def _word(self, user: str, what: str, pick: int) -> str:
        found = self.words.get(f"{user} {what}", [])
        return found[pick % len(found)] if found else ""

    def _seen(self, user: str) -> list[Message]:
        return self.seen.setdefault(user, [])

    def _posts(self, room: Room) -> list[Message]:
        return self.seen.get(_channel(room), [])


def _channel(room: Room) -> str:
    return reader_of(room)


class Heard(logging.Handler):
    """Everything that is logged, whoever logs it: nobody's secrets are for whoever runs the bot."""

    def __init__(self, secrets: Secrets) -> None:
        super().__init__(logging.DEBUG)
        self._secrets = secrets
        self.lines: list[str] = []
        self._names = ("core", "bot", "adapters")
        self._levels = [logging.getLogger(name).level for name in self._names]
        for name in self._names:
            logging.getLogger(name).addHandler(self)
            logging.getLogger(name).setLevel(logging.DEBUG)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(logging.Formatter().format(record))  # with the error that it tells of

    def check(self) -> None:
        for line in self.lines:
            leaked = self._secrets.leaked(line, "")
            assert not leaked, f"the log holds {leaked}: {line}"
        self.lines.clear()

    def close(self) -> None:
        for name, level in zip(self._names, self._levels, strict=True):
            logging.getLogger(name).removeHandler(self)
            logging.getLogger(name).setLevel(level)
        super().close()


@contextmanager
def drawn() -> Iterator[list[str]]:
    """The words that are set into pictures meanwhile: nobody can search a picture for them."""
    words: list[str] = []
    set_text: Callable[..., None] = Sheet.text

    def noting(self: Sheet, x: float, y: float, text: str, *rest: Any) -> None:
        words.append(text)
        set_text(self, x, y, text, *rest)

    Sheet.text = noting  # type: ignore[method-assign, assignment]
    try:
        yield words
    finally:
        Sheet.text = set_text  # type: ignore[method-assign]


def _sends_to_a_channel(button: Button) -> bool:
    """What posts, `asks` and `wins` press themselves: they know what was previewed."""
    return button.token.startswith("publish")


ENOUGH_WEEKS = 200
WHAT_TELLS = {"ask", "offer", "answer", "agreed", "match", "hello", "buddy", "nudge", "word", "win"}
"""Kinds of messages in which somebody learns something of others."""
MOST_ROUNDS = 12
PROOF = settings(
    max_examples=6,
    stateful_step_count=60,
    phases=(Phase.explicit, Phase.generate),  # a leak is read from its message
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.timeout(600)
def test_nobody_reads_what_was_not_shared_with_them_M17() -> None:
    Clubs.hours = 0
    for _ in range(MOST_ROUNDS):
        run_state_machine_as_test(Clubs, settings=PROOF)
        if Clubs.hours > ENOUGH_WEEKS * 7 * 24:
            break
    assert Clubs.hours > ENOUGH_WEEKS * 7 * 24, Clubs.hours / 168


def test_every_message_that_tells_of_others_is_among_those_that_are_searched() -> None:
    """Chance alone gets to some of them seldom: here all are sent, and nothing is read in them."""
    Clubs.sent.clear()
    with played() as game:
        game.is_helped("bea", {"dov"}, 1, False)
        game.pursue_the_same(["ann", "bea"], 0)
        game.wins("ann", 0, True)
        game.a_week_goes_by()
        for user in ("ann", "bea", "cem"):
            game.adds(user, 0, True)
            game.says_yes(user, 0)
        game.a_week_goes_by()
    assert Clubs.sent >= WHAT_TELLS, WHAT_TELLS - Clubs.sent


# --- and it can fail -----------------------------------------------------------------


def _tells_the_contact(add: Callable[..., Any]) -> Callable[..., Any]:
    async def told(session: Any, delivery: Any, club: Any) -> Any:
        composed = await add(session, delivery, club)
        from core.store import followups, memberships
        from core.text import say

        for one in await memberships.of_club(session, club.id):
            for followup in await followups.all_of(session, one.member_id):
                from core.reply import Paragraph
                from core.usecases.digests import Composed

                line = Paragraph((say("{who}", who=followup.contact.name),))
                return Composed(Message((*composed.message.blocks, line)))
        return composed

    return told


@pytest.mark.timeout(600)
def test_a_planted_leak_into_a_channel_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from core.domain.owed import Matter

    leaking = _tells_the_contact(in_channel.TELLINGS[Matter.KICKOFF])
    monkeypatch.setitem(in_channel.TELLINGS, Matter.KICKOFF, leaking)
    with pytest.raises(AssertionError, match=r"channel \w+ reads"):
        run_state_machine_as_test(Clubs, settings=settings(PROOF, max_examples=40))


@contextmanager
def played() -> Iterator[Clubs]:
    """Members whose every step the test says; a leak ends it. `ann` looks after all clubs."""
    game = Clubs()
    try:
        game.clubs_begin()
        yield game
    finally:
        game.teardown()


def test_a_planted_leak_into_the_log_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the words of a line, or of an error that it tells of."""
    record = Work.record

    async def chatty(self: Work, followup: Any, *rest: Any, **more: Any) -> Any:
        try:
            raise ValueError(followup.title)
        except ValueError:
            logging.getLogger("core.usecases").debug("touched", exc_info=True)
        return await record(self, followup, *rest, **more)

    monkeypatch.setattr(Work, "record", chatty)
    with played() as game, pytest.raises(AssertionError, match="the log holds"):
        game.adds("bea", 0, shared=True)


def test_the_name_of_who_is_hidden_is_found_on_a_board(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when it is drawn, or cut off: planted where a board decides what is shown."""
    shown = board._row

    def telling(entry: board.Entry) -> board.Row | None:
        return shown(replace(entry, sharing=Sharing.COUNTS, name=f"{entry.name[:10]}…"))

    def reaches_a_goal(game: Clubs) -> None:
        game._joins("bea", ROOMS[0], "hidden")
        game.picks_a_goal("bea", 0, 1)
        game.adds("bea", 0, shared=True)
        game._says("bea", f"sent {game._word('bea', 'Who', 0)}", ROOMS[0])
        game.a_week_goes_by()

    with played() as game:
        reaches_a_goal(game)
    monkeypatch.setattr(board, "_row", telling)
    with played() as game, pytest.raises(AssertionError, match=r"channel C1 reads \['qzbea"):
        reaches_a_goal(game)


@pytest.mark.parametrize("plant", ["who", "whom"])
def test_what_a_helper_has_not_said_yes_to_is_found(
    monkeypatch: pytest.MonkeyPatch, plant: str
) -> None:
    """Planted: the asker reads at once who offers; another helper reads what was handed over."""
    offer_message, answer = introducing.offer_message, introducing.answer

    def names(post: Post, offer: int) -> Message:
        account = Account(Platform.SLACK, "T1", game.accounts["dov"])
        told = offer_message(post, offer)
        return Message((*told.blocks, Actions((PersonButton("Write", account),))))

    def hands_on(post: Post, state: State, asker: str, offer: int) -> Message:
        return answer(post, state, game.words.get("dov Given", [""])[0], offer)

    def two_offer(game: Clubs) -> None:
        game.asks("bea", 1, False, 0)
        game.time_goes_on(5)
        (ask,) = [m for m in game._posts(ROOMS[1]) if "would value" in m.plain()]
        for helper in ("dov", "eli"):
            game._press_label(helper, ask, MAY_KNOW, ROOMS[1])
            said = game._seen(helper)[-1]
            game._press_label(helper, said, "Tell them that somebody may", ROOMS[1])
            game.time_goes_on(5)
            (offered,) = [m for m in game._seen("bea")[-1:] if "may know" in m.plain()]
            game._press_label("bea", offered, "Yes, tell them who I am", ROOMS[1])
            game.time_goes_on(5)
            game._press_label(helper, game._seen(helper)[-1], "Hand it over", ROOMS[1])
            game.fills(helper, 1)
            game.time_goes_on(5)
        assert any("knows somebody at" in m.plain() for m in game._seen("bea"))

    with played() as game:
        two_offer(game)
    if plant == "who":
        monkeypatch.setattr(introducing, "offer_message", names)
    else:
        monkeypatch.setattr(introducing, "answer", hands_on)
    reader = "bea" if plant == "who" else "eli"
    with played() as game, pytest.raises(AssertionError, match=rf"{reader} reads \['qzdov"):
        two_offer(game)


def test_a_secret_is_found_that_is_cut_off_or_taken_apart() -> None:
    secrets = Secrets()
    word, other = secrets.new("ann", "Note"), secrets.new("bea", "Note")
    secrets.share(word, "channel C1")
    secrets.rooms["channel C1"] = {"cem"}
    for text in (other, other[:-1], f"{other[:9]}…", "Note q\nz*bea*\u200b 00001", "NOTEQZ bea"):
        assert secrets.leaked(text, "channel C1"), text
        assert not secrets.leaked(text, "bea"), text
    assert not secrets.leaked(word, "channel C1")
    assert not secrets.leaked(f"{word[:9]}…", "cem")
    assert secrets.leaked(word, "dov")
    secrets.keep_from(word, "channel C1")
    assert secrets.leaked(word, "cem")


def test_words_in_a_picture_are_searched_too() -> None:
    from core.domain.clubs.board import Board, Row
    from core.domain.clubs.effort import Effort
    from core.pictures.board import board_png

    board = Board(MONDAY.date(), (Row("Nameqzann1x", 3, 3, 3),), Effort(3, 3), 1, 1)
    with drawn() as words:
        board_png(board, "Club")
    assert any("Nameqzann1x" in word for word in words)
