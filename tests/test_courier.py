"""The courier with a real mailroom, on both databases: what it carries, writes down and leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot import courier as module
from bot.courier import Courier
from core.caller import Platform
from core.domain.deliveries import Delivered, Held, Later, Outcome, Parcel, State, Unknown
from core.domain.owed import Matter
from core.domain.pacing import Pace
from core.mailroom import Mailroom
from core.store.deliveries import LEASE, Delivery
from core.store.memberships import account_id
from core.store.owing import owe_member
from core.store.tables import DeliveryRow
from tests.people import Office

MORNING = datetime.fromisoformat("2026-11-24T07:30:00+00:00")
ENOUGH = 10.0
LANE = "web::first"


@dataclass
class Post:
    """A platform that keeps what it is given, and answers as it is told to."""

    answers: dict[str, list[Outcome | Callable[[], Awaitable[Outcome]]]] = field(
        default_factory=dict
    )
    sent: list[str] = field(default_factory=list)
    looked_for: list[str] = field(default_factory=list)
    found: Outcome | None = None

    async def send(self, parcel: Parcel) -> Outcome:
        user = parcel.person.user
        self.sent.append(user)
        told = self.answers.get(user)
        if not told:
            return Delivered("C1", f"m{parcel.id}")
        answer = told.pop(0)
        return await answer() if callable(answer) else answer

    async def find(self, parcel: Parcel) -> Outcome | None:
        self.looked_for.append(parcel.person.user)
        return self.found


@pytest.fixture
def post() -> Post:
    return Post()


def courier_of(office: Office, post: Post, **more: object) -> Courier:
    return Courier(office.mailroom, {Platform.WEB: post}, office.clock.now, **more)  # type: ignore[arg-type] # as given


async def owed(office: Office, *users: str) -> None:
    """Digests that are planned for this morning."""
    for user in users:
        await office.member(user).says("add Dana Lee @ Acme, tomorrow")
    office.clock.time = MORNING
    await office.mailroom.plan()


async def states(office: Office) -> list[str]:
    async with office.store.reading() as session:
        return list(await session.scalars(select(DeliveryRow.state).order_by(DeliveryRow.id)))


async def test_everything_owed_is_carried_once(office: Office, post: Post) -> None:
    users = [f"user{n}" for n in range(70)]
    await owed(office, *users)
    courier = courier_of(office, post)
    assert await courier.run() == 70
    assert sorted(post.sent) == sorted(users)
    assert await courier.run() == 0
    assert set(await states(office)) == {State.SENT}


async def test_a_slow_one_holds_nobody_up(office: Office, post: Post) -> None:
    gate = asyncio.Event()

    async def slow() -> Outcome:
        await gate.wait()
        return Delivered("C1", "late")

    await owed(office, "ann", "bob", "cem")
    post.answers["bob"] = [slow]
    running = asyncio.create_task(courier_of(office, post).run())
    await until(lambda: states(office), [State.SENT, State.SENDING, State.SENT])
    gate.set()
    assert await asyncio.wait_for(running, ENOUGH) == 3


async def test_one_reader_gets_what_is_owed_in_its_order(office: Office, post: Post) -> None:
    """The first takes its time, and the second is about it."""
    kinds: list[str] = []

    async def slow() -> Outcome:
        await asyncio.sleep(0.2)
        kinds.append("first")
        return Delivered("C1", "m1")

    async def quick() -> Outcome:
        kinds.append("second")
        return Delivered("C1", "m2")

    post.answers["ann"] = [slow, quick]
    await owed(office, "ann", "bob")
    async with office.store.writing() as session:
        account = await account_id(session, office.member("ann").account)
        await owe_member(session, 1, account, Matter.DIGEST, MORNING.date(), MORNING, 1)
    assert await courier_of(office, post).run() == 3
    assert kinds == ["first", "second"]


async def until(look: Callable[[], Awaitable[object]], wanted: object) -> None:
    async with asyncio.timeout(ENOUGH):
        while await look() != wanted:  # noqa: ASYNC110 - the database is what is waited for
            await asyncio.sleep(0.02)


async def test_what_has_no_answer_in_time_is_looked_for_and_not_sent_again(
    office: Office, post: Post
) -> None:
    await owed(office, "ann")
    post.answers["ann"] = [lambda: asyncio.sleep(60, Delivered("C1", "m1"))]
    courier = courier_of(office, post, patience=0.1)
    assert await courier.run() == 0
    assert await states(office) == [State.SENDING]
    post.found = Delivered("C1", "m1")
    office.clock.time += LEASE
    assert await courier.run() == 1
    assert (post.sent, post.looked_for) == (["ann"], ["ann"])


async def test_an_error_nobody_thought_of_is_a_doubt(
    office: Office, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken() -> Outcome:
        raise ZeroDivisionError("Dana Lee")

    await owed(office, "ann", "bob")
    post.answers["ann"] = [broken]
    assert await courier_of(office, post).run() == 1
    assert await states(office) == [State.SENDING, State.SENT]
    assert "unexpected ZeroDivisionError" in caplog.text
    assert "Dana" not in caplog.text


async def test_who_is_late_with_the_answer_writes_nothing(office: Office, post: Post) -> None:
    """Another courier took it over meanwhile: the newest attempt alone has something to say."""
    await owed(office, "ann")
    (late,) = await office.parcels()
    office.clock.time += LEASE
    (newest,) = await office.parcels()
    await office.mailroom.finish([(late, Held("their DMs are closed"))])
    assert await states(office) == [State.SENDING]
    await office.mailroom.finish([(newest, Delivered("C1", "m1"))])
    await office.mailroom.finish([(late, Unknown("no answer"))])
    assert await states(office) == [State.SENT]


async def test_after_a_jump_of_the_clock_nothing_is_claimed(office: Office, post: Post) -> None:
    settled = False

    def is_settled(period: timedelta) -> bool:
        assert period == LEASE
        return settled

    await owed(office, "ann")
    courier = courier_of(office, post, settled=is_settled)
    assert await courier.run() == 0
    assert post.sent == []
    settled = True
    assert await courier.run() == 1


async def test_what_is_of_yesterday_is_looked_for_and_never_sent(
    office: Office, post: Post
) -> None:
    await owed(office, "ann", "bob")
    post.answers["ann"] = [Unknown("no answer")]
    post.answers["bob"] = [Later(60.0, "slow down")]
    await courier_of(office, post).run()
    office.clock.time += timedelta(days=1)
    await courier_of(office, post).run()
    assert post.looked_for == ["ann"]
    assert sorted(post.sent) == ["ann", "bob"], "each of them on its own day"
    assert await states(office) == [State.DEAD, State.DEAD]


async def test_a_turn_that_comes_soon_is_waited_for(office: Office, post: Post) -> None:
    await owed(office, "ann")
    post.answers["ann"] = [Later(1.0, "slow down")]
    running = asyncio.create_task(courier_of(office, post).run())
    async with asyncio.timeout(ENOUGH):
        while not post.sent:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.02)
    await until(lambda: states(office), [State.QUEUED])
    office.clock.time += timedelta(seconds=1)
    assert await asyncio.wait_for(running, ENOUGH) == 1


class Away(Mailroom):
    """A mailroom whose database can't be written for a while."""

    tries = 0

    async def finish(self, results: object) -> None:
        self.tries += 1
        if self.tries <= 3:
            raise OperationalError("UPDATE", {}, Exception("disk full"))
        await super().finish(results)  # type: ignore[arg-type] # as given


async def test_outcomes_are_kept_until_they_can_be_written(
    office: Office,
    post: Post,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "AGAIN", 0.01)
    await owed(office, "ann", "bob")
    office.mailroom = Away(office.store, office.clock.now)
    assert await courier_of(office, post).run() == 2
    assert await states(office) == [State.SENT, State.SENT]
    assert len(post.sent) == 2
    assert caplog.text.count("the database can't be used (OperationalError)") == 1


async def test_a_stop_ends_within_its_seconds_and_what_is_cut_off_is_in_doubt(
    office: Office, post: Post
) -> None:
    users = [f"user{n}" for n in range(module.AT_ONCE + 20)]
    await owed(office, *users)
    for user in users:
        post.answers[user] = [lambda: asyncio.sleep(60, Delivered("C1", "m1"))]
    courier = courier_of(office, post)
    running = asyncio.create_task(courier.run())
    async with asyncio.timeout(ENOUGH):
        while len(post.sent) < module.AT_ONCE:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.02)
        await courier.stop(0.2)
        assert await running == 0
    assert len(post.sent) == module.AT_ONCE, "nothing new was begun"
    in_doubt = [state for state in await states(office) if state == State.SENDING]
    assert len(in_doubt) == module.AT_ONCE


class Packing(Mailroom):
    """A mailroom that takes its time to pack."""

    def __init__(self, office: Office) -> None:
        super().__init__(office.store, office.clock.now)
        self.begun, self.gate = asyncio.Event(), asyncio.Event()

    async def pack(self, claimed: Sequence[Delivery]) -> list[Parcel]:
        self.begun.set()
        await self.gate.wait()
        return await super().pack(claimed)


async def test_a_stop_while_parcels_are_packed_leaves_them_to_the_next_at_once(
    office: Office, post: Post
) -> None:
    await owed(office, "ann", "bob")
    post.answers["ann"] = [lambda: asyncio.sleep(60, Delivered("C1", "m1"))]
    office.mailroom = room = Packing(office)
    courier = courier_of(office, post)
    courier.nudge()
    await asyncio.wait_for(room.begun.wait(), ENOUGH)
    stopping = asyncio.create_task(courier.stop(0.2))
    await asyncio.sleep(0)
    room.gate.set()
    await asyncio.wait_for(stopping, ENOUGH)
    assert post.sent == []
    assert await states(office) == [State.QUEUED, State.QUEUED]


class Hanging(Mailroom):
    """A mailroom whose database does not answer any more."""

    async def finish(self, results: object) -> None:
        await asyncio.Event().wait()


async def test_a_stop_is_soon_over_though_the_database_hangs(office: Office, post: Post) -> None:
    await owed(office, "ann")
    office.mailroom = Hanging(office.store, office.clock.now)
    courier = courier_of(office, post)
    courier.nudge()
    async with asyncio.timeout(ENOUGH):
        while not post.sent:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.02)
    async with asyncio.timeout(3.0):
        await courier.stop(0.2)
    assert await states(office) == [State.SENDING], "whoever goes on looks for it"


class Paced(Mailroom):
    """A mailroom that says of its lanes what this process has to keep to by itself."""

    def pace_of(self, lane: str) -> Pace | None:
        return Pace(0.001, 1)


async def test_what_still_waited_for_its_pace_is_no_doubt(office: Office, post: Post) -> None:
    await owed(office, "ann", "bob")
    office.mailroom = Paced(office.store, office.clock.now)
    courier = courier_of(office, post)
    courier.nudge()
    await until(lambda: states(office), [State.SENT, State.SENDING])
    await courier.stop(0.0)
    assert post.sent == ["ann"]
    assert await states(office) == [State.SENT, State.QUEUED]


async def test_a_doubt_that_waited_for_its_pace_stays_one(office: Office, post: Post) -> None:
    await owed(office, "ann")
    post.answers["ann"] = [Unknown("no answer")]
    await courier_of(office, post).run()
    office.clock.time += LEASE
    office.mailroom = Paced(office.store, office.clock.now)
    courier = courier_of(office, post)
    await courier._evenly.turn(LANE)
    courier.nudge()
    async with asyncio.timeout(ENOUGH):
        while not post.looked_for:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.02)
    await courier.stop(0.0)
    assert post.sent == ["ann"], "the first time"
    assert await states(office) == [State.SENDING]


async def test_who_was_held_up_beyond_the_lease_sends_nothing(office: Office, post: Post) -> None:
    """Another took the parcel over meanwhile, did not find it and sent it."""
    await owed(office, "ann")
    second = office.mailroom
    office.mailroom = room = Packing(office)
    held_up = courier_of(office, post, lease=timedelta(seconds=0.2))
    held_up.nudge()
    await asyncio.wait_for(room.begun.wait(), ENOUGH)
    office.clock.time += LEASE
    office.mailroom = second
    assert await courier_of(office, post).run() == 1
    await asyncio.sleep(0.2)
    room.gate.set()
    assert await held_up.run() == 0
    assert post.sent == ["ann"]
    assert await states(office) == [State.SENT]
