"""Deliveries, on both databases: planned once, claimed under a lease, finished, found again."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from core.caller import Platform
from core.domain.deliveries import Dead, Delivered, Held, Later, State, Unknown
from core.mailroom import BRIEFLY, Mailroom
from core.precedence import Precedence
from core.store.tables import ArrivalRow, DeliveryRow, FollowUpRow
from tests.people import MONDAY, Office

EVERYWHERE = list(Platform)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of November 2026, by UTC. Berlin is one hour ahead."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


async def test_a_digest_comes_at_the_members_hour_and_only_when_something_is_due(
    office: Office,
) -> None:
    dana = office.member("dana")
    await dana.says("add Dana Lee @ Acme, when: 25 Nov")
    assert await office.morning(at(24, 12)) == []
    assert await office.morning(at(25, 7, 29)) == []
    (parcel,) = await office.morning(at(25, 7, 30))
    assert parcel.message.plain().startswith("Wednesday 25 November: 1 ping due")
    assert await office.morning(at(25, 23)) == []


async def test_a_due_ping_stays_until_it_is_acted_on_M7(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Dana Lee @ Acme, when: 25 Nov")
    mornings = [await office.morning(at(day, 7, 30)) for day in (25, 26, 27, 28, 29, 30)]
    assert [len(parcels) for parcels in mornings] == [1, 1, 1, 0, 0, 1]
    assert "Due since Wed 25 Nov." in mornings[-1][0].message.plain()


async def test_most_pressing_first_five_shown_the_rest_one_tap_away_M8(office: Office) -> None:
    dana = office.member("dana")
    for number in range(6):
        await dana.says(f"add Person {number} @ Firm {number}, tomorrow")
    await dana.says("add Uma Urgent @ Late, urgent, tomorrow")
    (parcel,) = await office.morning(at(24, 7, 30))
    digest = parcel.message.plain()
    assert "Tuesday 24 November: 7 pings due" in digest
    assert digest.index("Uma Urgent") < digest.index("Person 0")
    assert "2 more wait their turn." in digest
    assert "Person 5" not in digest
    assert "7 pings due, page 1 of 2" in await dana.presses("Show all", on=parcel.message)


async def test_down_for_a_night_sends_one_digest_and_says_that_it_is_late(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Dana Lee @ Acme, tomorrow")
    (parcel,) = await office.morning(at(26, 11, 0))
    digest = parcel.message.plain()
    assert digest.startswith("Thursday 26 November: 1 ping due")
    assert "This comes late: it was due at 8:30." in digest
    assert await office.morning(at(26, 12, 0)) == []
    assert len(await office.morning(at(27, 7, 30))) == 1


async def test_up_again_before_the_hour_waits_for_it(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Dana Lee @ Acme, tomorrow")
    assert await office.morning(at(26, 6, 0)) == []
    (parcel,) = await office.morning(at(26, 7, 30))
    assert "late" not in parcel.message.plain()


async def test_up_again_on_a_day_off_waits_for_the_next_working_day(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Dana Lee @ Acme, tomorrow")
    assert await office.morning(at(28, 12, 0)) == []
    assert len(await office.morning(at(30, 7, 30))) == 1


async def test_two_who_plan_at_once_write_one_digest(office: Office) -> None:
    for number in range(20):
        await office.member(f"m{number}").says("add Dana Lee @ Acme, tomorrow")
    office.clock.time = at(24, 7, 30)
    rooms = [Mailroom(office.store, office.clock.now) for _ in range(4)]
    assert sum(await asyncio.gather(*(room.plan() for room in rooms))) == 20
    claimed = await asyncio.gather(*(room.claim(EVERYWHERE) for room in rooms))
    ids = [parcel.id for parcels in claimed for parcel in parcels]
    assert len(ids) == len(set(ids)) == 20


async def test_the_unique_key_stands_even_when_the_member_was_moved_back(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Dana Lee @ Acme, tomorrow")
    assert len(await office.morning(at(24, 7, 30))) == 1
    async with office.store.writing() as session:
        await session.execute(
            text("UPDATE members SET next_digest_at = :now, last_digest_on = NULL"),
            {"now": "2026-11-24 07:30:00" if office.store.is_sqlite else at(24, 7, 30)},
        )
    assert await office.morning(at(24, 7, 31)) == []


async def test_a_member_whose_record_is_broken_holds_up_no_other(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    """Such as a zone that this computer does not know any more: it is said, and tried again."""
    for user in ("ann", "bob", "cem"):
        await office.member(user).says("add Dana Lee @ Acme, tomorrow")
    await _write(office, "UPDATE members SET zone = 'Mars/Olympus' WHERE id = 2")
    morning = await office.morning(at(24, 7, 30))
    assert [parcel.person.user for parcel in morning] == ["ann", "cem"]
    assert caplog.text.count("member 2: the digest can't be planned") == 1
    assert "Mars" not in caplog.text
    await _write(office, "UPDATE members SET zone = 'Europe/Berlin' WHERE id = 2")
    (late,) = await office.morning(at(24, 8, 31))
    assert late.person.user == "bob"


async def test_a_digest_that_cannot_be_composed_holds_up_no_other(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    for user in ("ann", "bob", "cem"):
        await office.member(user).says("add Dana Lee @ Acme, tomorrow")
    await _write(office, "UPDATE contacts SET via = 'pigeon' WHERE member_id = 2")
    morning = await office.morning(at(24, 7, 30))
    assert [parcel.person.user for parcel in morning] == ["ann", "cem"]
    assert caplog.text.count("can't be composed") == 1
    assert "pigeon" not in caplog.text
    assert await office.morning(at(24, 7, 32)) == [], "not at once: it would fail again"
    await _write(office, "UPDATE contacts SET via = 'email' WHERE member_id = 2")
    (mended,) = await office.morning(at(24, 7, 45))
    assert mended.person.user == "bob"
    assert mended.doubtful_since is None


async def test_a_digest_that_cannot_be_composed_all_day_is_dead(office: Office) -> None:
    await office.member("ann").says("add Dana Lee @ Acme, tomorrow")
    await _write(office, "UPDATE contacts SET via = 'pigeon'")
    assert await office.morning(at(24, 7, 30)) == []
    office.clock.time = at(25, 7, 45)
    assert await office.parcels() == []
    async with office.store.reading() as session:
        (row,) = (await session.execute(select(DeliveryRow.state, DeliveryRow.reason))).all()
    assert row.state == State.DEAD
    assert row.reason == "it can't be composed (ValueError)"


async def _write(office: Office, statement: str) -> None:
    async with office.store.writing() as session:
        await session.execute(text(statement))


async def test_a_lease_keeps_others_away_and_a_dead_owners_parcel_is_in_doubt(
    office: Office,
) -> None:
    await office.member("dana").says("add Dana Lee @ Acme, tomorrow")
    office.clock.time = at(24, 7, 30)
    await office.mailroom.plan()
    (first,) = await office.parcels()
    assert first.doubtful_since is None
    assert await office.parcels() == []
    office.clock.time += timedelta(minutes=2)
    (again,) = await office.parcels()
    assert again.doubtful_since == at(24, 7, 30)
    assert again.key == first.key


@pytest.mark.parametrize(
    ("outcome", "again_after", "in_doubt"),
    [
        (Later(30, "429"), 30, False),
        (Unknown("answer lost"), 20, True),
        (Held("DMs closed"), None, False),
        (Dead("refused"), None, False),
        (Delivered("D1", "m1"), None, False),
    ],
)
async def test_what_a_platform_answers_decides_what_comes_next(
    office: Office,
    outcome: Later | Unknown | Held | Dead | Delivered,
    again_after: int | None,
    in_doubt: bool,
) -> None:
    await office.member("dana").says("add Dana Lee @ Acme, tomorrow")
    office.clock.time = at(24, 7, 30)
    await office.mailroom.plan()
    (parcel,) = await office.parcels()
    await office.mailroom.finish([(parcel, outcome)])
    assert await office.parcels() == []
    office.clock.time += timedelta(seconds=again_after or 3600)
    claimed = await office.parcels()
    assert len(claimed) == (1 if again_after else 0)
    assert [parcel.doubtful_since is not None for parcel in claimed] == [in_doubt] * len(claimed)


async def test_whatever_a_platform_says_can_be_written_down(office: Office) -> None:
    """Else no outcome of the same moment could be, for as long as the bot runs."""
    await office.member("dana").says("add Dana Lee @ Acme, tomorrow")
    office.clock.time = at(24, 7, 30)
    await office.mailroom.plan()
    (parcel,) = await office.parcels()
    await office.mailroom.finish([(parcel, Dead("no\0sense " + "\ud800" + "x" * 999))])
    async with office.store.reading() as session:
        (reason,) = await session.scalars(select(DeliveryRow.reason))
    assert reason.startswith("no sense ")
    assert len(reason) == 200


async def test_a_doubt_outlives_a_later(office: Office) -> None:
    await office.member("dana").says("add Dana Lee @ Acme, tomorrow")
    office.clock.time = at(24, 7, 30)
    await office.mailroom.plan()
    for outcome in (Unknown("answer lost"), Later(5, "429")):
        (parcel,) = await office.parcels()
        await office.mailroom.finish([(parcel, outcome)])
        office.clock.time += timedelta(seconds=30)
    (parcel,) = await office.parcels()
    assert parcel.doubtful_since == at(24, 7, 30)


async def test_what_was_held_is_told_the_next_time_the_member_speaks(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Dana Lee @ Acme, tomorrow")
    office.clock.time = at(24, 7, 30)
    await office.mailroom.plan()
    (parcel,) = await office.parcels()
    await office.mailroom.finish([(parcel, Held("your DMs are closed to me"))])
    text_now = await dana.says("list")
    assert "could not send you your last morning message: your DMs are closed to me" in text_now
    assert "1 ping due" in await dana.presses("Show what is due")
    assert "could not send" not in await dana.says("list")


async def test_what_is_done_before_the_courier_comes_is_not_sent(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Dana Lee @ Acme, tomorrow")
    office.clock.time = at(24, 7, 30)
    await office.mailroom.plan()
    await dana.says("sent Dana")
    assert await office.parcels() == []
    async with office.store.reading() as session:
        states = (await session.scalars(select(DeliveryRow.state))).all()
    assert states == [State.DROPPED], "it is no fault that somebody has to look at"


async def test_a_pause_keeps_the_digest_back(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Dana Lee @ Acme, tomorrow")
    assert "Paused until Friday 27 November" in await dana.says("settings pause: 27 Nov")
    assert [len(await office.morning(at(day, 7, 30))) for day in (24, 25, 26, 27)] == [0, 0, 0, 1]


async def test_the_digests_buttons_work_in_place(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Dana Lee @ Acme, tomorrow")
    await dana.says("add Robin Patel @ Globex, tomorrow")
    (parcel,) = await office.morning(at(24, 7, 30))
    assert "Dana Lee, Acme: sent. Check-in due" in await dana.presses("Sent", on=parcel.message)
    assert dana.last.replace
    assert "[3 days] [7 days] [14 days] [Another day…] [Back]" in await dana.presses("Snooze")
    assert "Robin Patel, Globex: moved to another day." in await dana.presses("7 days")
    assert "Tuesday 24 November: all done" in (dana.last.message or parcel.message).plain()
    await dana.presses("Undo")
    await dana.presses("Undo")
    assert "2 pings due" in (dana.last.message or parcel.message).plain()
    await dana.presses("They replied")
    assert "they replied (talking)" in await dana.fills(outcome="talking")
    assert dana.last.replace


async def test_days_are_the_members_own(office: Office) -> None:
    tokyo = office.member("tokyo", zone="Asia/Tokyo")
    hawaii = office.member("hawaii", zone="Pacific/Honolulu")
    for member in (tokyo, hawaii):
        await member.says("add Dana Lee @ Acme, when: 24 Nov")
    assert [p.person.user for p in await office.morning(at(23, 23, 30))] == ["tokyo"]
    assert [p.person.user for p in await office.morning(at(24, 18, 30))] == ["hawaii"]


async def test_what_arrived_is_known_for_longer_than_it_can_be_replayed(office: Office) -> None:
    """Slack takes a signed request for five minutes, and the tidying comes in between."""
    dana = office.member("dana")
    caller = dana.caller("an interaction")
    first = await office.desk.line("add Dana Lee @ Acme, tomorrow", caller)
    assert first.message is not None
    for minutes in (5, 50):
        office.clock.time = MONDAY + timedelta(minutes=minutes)
        await Mailroom(office.store, office.clock.now).tidy()
        again = await office.desk.line("add Dana Lee @ Acme, tomorrow", caller)
        assert (again.message, again.form) == (None, None)
    office.clock.time = MONDAY + timedelta(hours=2)
    await office.mailroom.tidy()
    async with office.store.reading() as session:
        assert (await session.scalars(select(ArrivalRow.key))).all() == []
        assert await session.scalar(select(func.count(FollowUpRow.id))) == 1


async def test_planning_waits_for_people_but_never_long_with_what_they_may_want(
    office: Office,
) -> None:
    class Noted(Precedence):
        async def give_way(self, longest: float | None = None) -> None:
            waits.append(longest)
            await super().give_way(longest)

    waits: list[float | None] = []
    await office.member().says("add Robin Patel @ Acme, tomorrow")
    precedence = Noted()
    hour = MONDAY + timedelta(days=1)
    mailroom = Mailroom(office.store, lambda: hour, precedence=precedence)
    with precedence.ahead():
        assert await mailroom.plan() == 1
    within = 0.0 if office.store.is_sqlite else BRIEFLY
    assert waits == [None, within, within, within]
