"""The privacy proof (M17): whatever members of clubs do, nobody reads what was not shared there.

Random weeks of several clubs on several platforms. Every message into a channel or to somebody
else, every reply, file, picture, log line and metric is searched for the secrets of others.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from bot.metrics import Metrics
from core.caller import Account, Caller, Platform, Room, Standing
from core.domain.deliveries import Delivered
from core.pictures.sheet import Sheet
from core.reply import Button, Message, Reply
from core.store.database import Store
from core.store.upgrade import upgrade
from core.usecases.clubs import in_channel
from core.usecases.work import Work
from tests.people import MONDAY, Office, TestClock, buttons
from tests.privacy import CHANNEL, Secrets, everything_in, files_in, reader_of, rendered

ROOMS = (
    Room(Platform.SLACK, "T1", "C1"),
    Room(Platform.SLACK, "T1", "C2"),
    Room(Platform.DISCORD, "", "77", server="7"),
)
PEOPLE = ("ann", "bea", "cem", "dov", "eli", "fay")
SHARINGS = ("counts", "streak", "hidden")
Result = TypeVar("Result")
people = st.sampled_from(PEOPLE)
rooms = st.integers(0, len(ROOMS) - 1)
picks = st.integers(0, 10_000)


class Clubs(RuleBasedStateMachine):
    """Six people, three clubs, two platforms, random weeks.

    `hours` have gone by in all of them together.
    """

    hours = 0

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
        self.log.close()
        self.runner.run(self.office.store.close())
        self.runner.close()
        self.folder.cleanup()

    @initialize()
    def clubs_begin(self) -> None:
        for number, room in enumerate(ROOMS):
            self._says("ann", f"club setup Club {number}", room)
            for user in PEOPLE[number : number + 4]:
                self._joins(user, room, SHARINGS[len(user + str(number)) % 3])

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

    @rule(user=people, room=rooms, goal=st.integers(1, 3))
    def picks_a_goal(self, user: str, room: int, goal: int) -> None:
        self._says(user, f"club goal {goal}", ROOMS[room])

    @rule(user=people, room=rooms, nudge=st.sampled_from(["", ", nudge: 2"]))
    def wants_a_buddy(self, user: str, room: int, nudge: str) -> None:
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

    @rule(user=people, room=rooms)
    def fills(self, user: str, room: int) -> None:
        """A form, with words of their own in it."""
        form = self.forms.get(user)
        if form is None or form.form is None:
            return
        self._fills(user, ROOMS[room], **self._filled(user, form))

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
        for _ in range(4):
            await mailroom.plan_clubs()
            with drawn() as words:
                parcels = await mailroom.pack(await mailroom.claim(list(Platform)))
            for parcel in parcels:
                reader = reader_of(parcel.to)
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

    def _press(self, user: str, button: Button, room: Room | None) -> Reply:
        return self._replied(user, self.office.desk.press(button.token, self._caller(user, room)))

    def _press_label(self, user: str, message: Message, label: str, room: Room | None) -> None:
        for button in buttons(message):
            if button.label == label:
                self._press(user, button, room)
                return

    def _fills(self, user: str, room: Room | None, **values: str) -> Reply:
        form = self.forms.pop(user).form
        assert form is not None
        given = {one.name: one.value for one in form.fields} | values
        return self._replied(
            user, self.office.desk.submit(form.token, given, self._caller(user, room))
        )

    def _filled(self, user: str, reply: Reply) -> dict[str, str]:
        """A secret for each field of words; what is handed over is for the asker, if all agree."""
        assert reply.form is not None
        values: dict[str, str] = {}
        for one in reply.form.fields:
            if one.name in ("whom", "word"):
                values[one.name] = self._secret(user, "Given")
                self.secrets.share(values[one.name], *PEOPLE)
            elif one.name in ("text", "note", "problem", "organization", "change"):
                values[one.name] = self._secret(user, "Form")
        return values

    def _publishes(self, user: str, room: Room, before: int, word: str, named: bool) -> None:
        label = "Post it with my name" if named else "Post it"
        for message in self._seen(user)[before:]:
            found = [button for button in buttons(message) if button.label == label]
            if found:
                there = next(r for n, r in enumerate(ROOMS) if f"Club {n} " in message.plain())
                everybody = (f"{CHANNEL} {there.channel}", *PEOPLE)
                self.secrets.share(word, *everybody)
                if named:
                    self.secrets.share(self.names[user], *everybody)
                self._press(user, found[0], room)

    def _joins(self, user: str, room: Room, sharing: str) -> None:
        if sharing != "hidden":
            self.secrets.share(self.names[user], f"{CHANNEL} {room.channel}")
        self.secrets.share(self.names[user], *PEOPLE)  # buddies and who is told hello
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
            Account(platform, workspace, user),
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
        return self.seen.get(f"{CHANNEL} {room.channel}", [])


class Heard(logging.Handler):
    """Everything that is logged, whoever logs it: nobody's secrets are for whoever runs the bot."""

    def __init__(self, secrets: Secrets) -> None:
        super().__init__(logging.DEBUG)
        self._secrets = secrets
        self.lines: list[str] = []
        self._names = ("core", "bot", "adapters")
        for name in self._names:
            logging.getLogger(name).addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())

    def check(self) -> None:
        for line in self.lines:
            leaked = self._secrets.leaked(line, "")
            assert not leaked, f"the log holds {leaked}: {line}"
        self.lines.clear()

    def close(self) -> None:
        for name in self._names:
            logging.getLogger(name).removeHandler(self)
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
PROOF = settings(
    max_examples=36,
    stateful_step_count=60,
    phases=(Phase.explicit, Phase.generate),  # a leak is read from its message
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.timeout(600)
def test_nobody_reads_what_was_not_shared_with_them_M17() -> None:
    Clubs.hours = 0
    run_state_machine_as_test(Clubs, settings=PROOF)
    assert Clubs.hours > ENOUGH_WEEKS * 7 * 24, Clubs.hours / 168


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
        run_state_machine_as_test(Clubs, settings=PROOF)


@pytest.mark.timeout(600)
def test_a_planted_leak_into_the_log_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    record = Work.record

    async def chatty(self: Work, followup: Any, *rest: Any, **more: Any) -> Any:
        logging.getLogger("core.usecases").warning("touched %s", followup.title)
        return await record(self, followup, *rest, **more)

    monkeypatch.setattr(Work, "record", chatty)
    with pytest.raises(AssertionError, match="the log holds"):
        run_state_machine_as_test(Clubs, settings=PROOF)


def test_words_in_a_picture_are_searched_too() -> None:
    from core.domain.clubs.board import Board, Row
    from core.domain.clubs.effort import Effort
    from core.pictures.board import board_png

    board = Board(MONDAY.date(), (Row("Nameqzann1x", 3, 3, 3),), Effort(3, 3), 1, 1)
    with drawn() as words:
        board_png(board, "Club")
    assert any("Nameqzann1x" in word for word in words)
