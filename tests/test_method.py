"""The method at the desk, on both databases: M5 to M11 and M16 as a member meets them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from core.domain.calendar import WorkCalendar
from core.reply import Actions, LinkButton, Message
from core.requests import Sent
from core.tokens import request_of
from tests.people import Member, Office, buttons, token_of


def at(month: int, day: int, hour: int = 7, minute: int = 30) -> datetime:
    """An instant of 2026 by UTC; half past eight in Berlin, in winter."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


async def test_M5_a_referral_opens_a_follow_up_thanks_the_referrer_and_links_both_ways(
    office: Office,
) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme, email")
    text = await dana.says("replied Robin, referred me, lead: Kim Sato @ Globex")
    assert "to thank them for referring you" in text
    assert "New: Kim Sato, Globex (#2). First ping:" in text
    assert "Led to Kim Sato @ Globex (#2)" in await dana.says("show Robin")
    assert "Came from Robin Patel @ Acme (#1)" in await dana.says("show Kim")
    (parcel,) = await office.morning(at(11, 24))
    digest = parcel.message.plain()
    assert "A thank-you." in digest
    assert "Kim Sato" in digest
    await dana.presses("Sent", on=parcel.message)
    assert "as you are talking" in await dana.says("show Robin")


async def test_M5_undoing_a_referral_takes_both_back(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme")
    await dana.says("replied Robin, referred me, lead: Kim Sato @ Globex")
    await dana.says("undo")
    assert "1 open follow-up" in await dana.says("list")
    assert "they replied" not in await dana.says("show Robin")


async def test_M5_a_referral_needs_a_name_and_keeps_what_was_typed(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme")
    assert "Whom did they refer you to?" in await dana.says(
        "replied Robin, referred me, note: kind"
    )
    await dana.presses("Correct it")
    assert "New: Kim Sato" in await dana.fills(lead="Kim Sato @ Globex")


async def test_M5_a_new_opportunity_is_pursued_beside_the_old_one(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme re: data PM")
    text = await dana.says("replied Robin, new opportunity, lead: head of data")
    assert "New: Robin Patel, Acme, head of data (#2)" in text
    assert "2 open follow-ups" in await dana.says("list")


async def test_M6_one_ping_to_a_contact_in_two_working_days_across_follow_ups(
    office: Office,
) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme re: data PM, tomorrow")
    await dana.says("add Robin Patel @ Acme re: head of data, tomorrow")
    (parcel,) = await office.morning(at(11, 24))
    assert parcel.message.plain().count("Robin Patel") == 1, "one row for each contact"
    await dana.presses("Sent", on=parcel.message)
    text = await dana.says("show 2")
    assert "Thursday 26 November" in text
    assert "2 working days after your last ping to them" in text


async def test_M6_a_ping_too_soon_is_logged_and_said(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme")
    await dana.says("sent Robin, yesterday")
    assert "You wrote to Robin Patel on Sun 22 Nov already" in await dana.says("sent Robin")


async def test_M6_public_holidays_of_the_contacts_country(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme, 25 Dec")
    assert "Monday 28 December" in await dana.says("show 1"), "Christmas in Germany, and a weekend"
    await dana.says("edit 1")
    await dana.fills(country="JP")
    assert "Friday 25 December" in await dana.says("show 1")
    await dana.says("edit 1")
    assert "two letters" in await dana.fills(country="Narnia")


async def test_M7_a_row_asks_after_three_mornings_whether_it_still_matters(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme, tomorrow")
    texts = []
    for day in (24, 25, 26, 27):
        (parcel,) = await office.morning(at(11, day))
        await dana.says("list")
        texts.append("does it still matter?" in parcel.message.plain())
    assert texts == [False, False, False, True]


async def test_M7_after_five_ignored_digests_it_asks_once_and_then_comes_weekly(
    office: Office,
) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme, tomorrow")
    days = [(11, 24), (11, 25), (11, 26), (11, 27), (11, 30), (12, 1), (12, 2), (12, 3), (12, 4)]
    mornings = {day: await office.morning(at(*day)) for day in days}
    sent = [day for day, parcels in mornings.items() if parcels]
    assert sent == days[:6]
    asked = mornings[12, 1][0].message.plain()
    assert "I have not heard from you for 5 messages. Shall I write once a week?" in asked
    assert all("once a week" not in mornings[day][0].message.plain() for day in days[:5])
    (weekly,) = await office.morning(at(12, 7))
    assert "You get this once a week now." in weekly.message.plain()
    assert await office.morning(at(12, 8)) == []
    assert "once a week" not in await dana.presses("Daily again", on=weekly.message)
    assert len(await office.morning(at(12, 9))) == 1


async def test_M7_nobody_goes_weekly_without_having_been_asked(office: Office) -> None:
    """The bot was down on the morning of the question, and came back on a day off."""
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme, tomorrow")
    for day in ((11, 24), (11, 25), (11, 26), (11, 27), (11, 30)):
        assert len(await office.morning(at(*day))) == 1
    assert await office.morning(at(12, 5)) == []
    (parcel,) = await office.morning(at(12, 7))
    assert "Shall I write once a week?" in parcel.message.plain()


async def test_M7_an_answer_to_any_message_starts_the_count_again(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme, tomorrow")
    for day in (24, 25, 26, 27, 30):
        await office.morning(at(11, day))
    await dana.says("list")
    (parcel,) = await office.morning(at(12, 1))
    assert "once a week" not in parcel.message.plain()


async def test_M7_a_pause_makes_nothing_due_and_uses_up_no_wait(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme")
    assert "Monday 30 November" in await dana.says("show 1")
    assert "Paused until Thursday 3 December" in await dana.says("settings pause: 3 Dec")
    assert "Wednesday 9 December" in await dana.says("show 1")
    await dana.says("settings pause: no")
    assert "Monday 30 November" in await dana.says("show 1")


async def test_a_pace_changes_the_waits(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme")
    assert "Pace gentle" in await dana.says("settings pace: gentle")
    assert "Wednesday 2 December" in await dana.says("show 1")
    await dana.says("settings pace: bold")
    assert "Friday 27 November" in await dana.says("show 1")


async def test_M9_preview_shows_the_next_dates_and_why(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme, urgent")
    assert await dana.says("preview Robin") == (
        "Next dates with Robin Patel\n"
        "Round 1, opener: Tuesday 24 November (tomorrow), "
        "after 1 working day, because their need is urgent.\n"
        "Round 1, check-in: Tuesday 1 December (in 8 days), "
        "a check-in within the week.\n"
        "Round 2, opener: Tuesday 22 December (in 29 days), "
        "after a rest of 3 weeks: two pings had no answer.\n"
        "Round 2, check-in: Tuesday 29 December (in 36 days), "
        "a check-in within the week.\n"
        "Round 3, opener: Tuesday 26 January 2027 (in 64 days), "
        "after a rest of 4 weeks: two pings had no answer.\n"
        "Round 3, check-in: Tuesday 2 February 2027 (in 71 days), "
        "a check-in within the week.\n"
        "These are the dates if nobody answers. A reply changes them."
    )


async def test_M11_an_angle_is_never_the_same_twice_in_a_cycle_and_can_be_passed_over(
    office: Office,
) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme, tomorrow")
    (parcel,) = await office.morning(at(11, 24))
    first = _offered(parcel.message)
    await dana.presses("Another angle", on=parcel.message)
    assert dana.last.replace
    second = _offered(dana.last.message)
    assert first != second
    await dana.presses("Sent")
    (parcel,) = await office.morning(at(12, 1))
    assert _offered(parcel.message) != second


async def test_M11_the_members_own_angle_can_be_typed(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme")
    await dana.says("sent Robin, angle: a photo of the team")
    assert "sent (a photo of the team)" in await dana.says("show 1")


async def test_M13_a_draft_is_offered_written_on_checked_and_kept_when_sent(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme re: data PM, email, robin@acme.example, tomorrow")
    text = await dana.says("draft Robin, idea")
    assert text.startswith("Draft for Robin Patel: idea, by email\nSubject: ")
    assert "Robin" in text
    links = [link.label for link in _links(dana)]
    assert links == ["Open in Gmail", "Open in Outlook"]
    await dana.presses("Write on")
    assert dana.last.form is not None
    bad = await dana.fills(text="Just checking in. Any update?")
    assert "•" in bad
    await dana.presses("Write on")
    mine = "Hello Robin, two ways to cut Acme's reporting time: one model, one dashboard."
    await dana.fills(text=mine)
    text = await dana.presses("Sent")
    assert "Robin Patel, Acme: sent." in text
    assert "two ways to cut Acme's reporting time" in await dana.says("show Robin")
    repeated = await dana.says("draft Robin, idea")
    assert repeated.startswith("Draft for Robin Patel")


async def test_M12_a_message_that_was_sent_before_is_noticed(office: Office) -> None:
    dana = office.member("dana")
    mine = "Hello Robin, here are two ways to cut Acme's reporting time this quarter."
    await dana.says("add Robin Patel @ Acme, email")
    await dana.says(f"sent Robin, note: {mine}")
    await dana.says("draft Robin")
    await dana.presses("Write on")
    text = await dana.fills(text=mine.replace("here are", "here they are"))
    assert "•" in text
    await dana.presses("Sent")
    assert "sent" in await dana.says("show Robin"), "it warns, it never blocks"


async def test_M16_what_was_learned_is_shown_wherever_someone_there_is_due(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme, tomorrow")
    await dana.says("add Kim Sato @ Acme, tomorrow")
    text = await dana.says("replied Kim, my turn")
    assert "What did you learn about what Acme needs?" in text
    await dana.presses("Add what they need")
    await dana.fills(text="they are moving to dbt")
    (parcel,) = await office.morning(at(11, 24))
    assert parcel.message.plain().count("moving to dbt") == 2
    assert "moving to dbt" in await dana.says("show Robin")
    assert "moving to dbt" in await dana.says("draft Robin, idea")
    eve = office.member("eve")
    await eve.says("add Robin Patel @ Acme, tomorrow")
    assert "dbt" not in await eve.says("show Robin"), "an insight is its member's alone"


async def test_an_insight_can_be_undone(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme")
    await dana.says("insight Robin, they are moving to dbt")
    assert "dbt" in await dana.says("show 1")
    assert "forgotten" in await dana.says("undo")
    assert "dbt" not in await dana.says("show 1")


async def test_an_unclear_day_offers_two_to_tap(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme, when: 20 Nov, note: kept")
    labels = [button.label for button in buttons(dana.last.message)] if dana.last.message else []
    days = [label for label in labels if "November" in label or "20" in label]
    assert len(days) == 2
    text = await dana.presses(days[0])
    assert "First ping:" in text
    assert "kept" in await dana.says("show 1")


def _offered(message: Message | None) -> str:
    """The angle that Sent would log."""
    assert message is not None
    request = request_of(token_of(message, "Sent"))
    assert isinstance(request, Sent)
    return request.angle


def _links(member: Member) -> list[LinkButton]:
    message = member.last.message
    assert message is not None
    return [
        item
        for block in message.blocks
        if isinstance(block, Actions)
        for item in block.items
        if isinstance(item, LinkButton)
    ]


async def test_M8_everybody_has_a_turn_when_more_is_due_than_fits(office: Office) -> None:
    dana = office.member("dana")
    for number in range(12):
        await dana.says(f"add Person {number} @ Firm {number}, tomorrow")
    shown: set[str] = set()
    for day in (24, 25, 26):
        (parcel,) = await office.morning(at(11, day))
        text = parcel.message.plain()
        shown |= {name for name in (f"Person {n}," for n in range(12)) if name in text}
        await dana.says("list")
    assert len(shown) == 12


async def test_M2_a_check_in_goes_before_another_opener_to_the_same_contact(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme re: data PM, tomorrow")
    await dana.says("add Robin Patel @ Acme re: head of data, urgent, in 4 days")
    office.clock.time = at(11, 24)
    await dana.says("sent 1")
    (parcel,) = await office.morning(at(12, 1))
    assert "Check-in, 7 days after your first ping" in parcel.message.plain()


async def test_what_happened_earlier_is_put_in_its_place(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme")
    await dana.says("sent Robin, on: 20 Nov")
    text = await dana.says("sent Robin, on: 6 Nov")
    assert "Friday 11 December" in text, "two pings, the last one on 20 Nov, then a rest"
    card = await dana.says("show 1")
    assert card.index("Fri 6 Nov") < card.index("Fri 20 Nov")


async def test_finding_the_name_of_somebody_known_makes_them_one_contact_M6(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme re: data PM, email, tomorrow")
    await dana.says("add @ Acme re: head of data, tomorrow")
    await dana.says("edit 2")
    assert "by email" not in await dana.fills(name="Robin Patel")
    assert "by email" in await dana.says("show 2")
    await dana.says("sent 1")
    assert "2 working days after your last ping to them" in await dana.says("show 2")
    await dana.says("undo")
    await dana.says("undo")
    assert "no name yet" in await dana.says("show 2")
    assert "Robin Patel" in await dana.says("show 1")


async def test_undo_never_takes_a_newer_change_of_a_shared_contact_with_it(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme re: data PM, email")
    await dana.says("add Robin Patel @ Acme re: head of data")
    await dana.says("edit 1")
    await dana.fills(contact="robin@acme.example")
    first = dana.last.message
    await dana.says("edit 2")
    await dana.fills(via="phone")
    assert "Something newer happened" in await dana.presses("Undo", on=first)
    assert "by phone" in await dana.says("show 1")


async def test_undoing_an_add_gives_the_contact_back_as_it_was(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme re: data PM, email")
    await dana.says("add Robin Patel @ Acme re: head of data, phone")
    assert "by phone" in await dana.says("show 1")
    await dana.says("undo")
    assert "by email" in await dana.says("show 1")


async def test_M9_what_is_overdue_is_foreseen_from_today(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme, tomorrow")
    office.clock.time = at(12, 14)
    assert "check-in: Monday 21 December" in await dana.says("preview 1")


async def test_an_insight_stays_with_an_organization_that_is_written_otherwise(
    office: Office,
) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acmee")
    await dana.says("insight Robin, they are moving to dbt")
    await dana.says("edit 1")
    await dana.fills(organization="Acme")
    assert "dbt" in await dana.says("show 1")
    await dana.says("undo")
    assert "dbt" in await dana.says("show 1")


async def test_an_insight_belongs_to_the_organization_whoever_is_named(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme")
    await dana.says("add Kim Sato @ Acme")
    assert "Kept for Acme" in await dana.says("insight Acme, they are moving to dbt")
    assert "dbt" in await dana.says("show Kim")


async def test_a_note_on_a_closed_one_is_kept_and_said(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme")
    await dana.says("close Robin, landed a job")
    assert "note saved" in await dana.says("note Robin, was kind")
    assert "It was closed; it is open again." in await dana.says("sent Robin")


async def test_a_snooze_names_a_later_day(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme")
    assert "Name a day after today" in await dana.says("snooze Robin, today")


async def test_M6_who_sends_all_that_is_shown_never_writes_to_one_contact_too_soon(
    office: Office,
) -> None:
    """Ten weeks of somebody who sends all of every digest, to one contact about four things."""
    dana = office.member("dana")
    for about in ("data PM", "head of data", "analytics", "a talk"):
        await dana.says(f"add Robin Patel @ Acme re: {about}, in 3 days")
    sent: list[date] = []
    day = date(2026, 11, 24)
    while day < date(2027, 2, 2):
        instant = datetime.combine(day, time(7, 30), tzinfo=UTC)
        for parcel in await office.morning(instant):
            await dana.presses("Sent", on=parcel.message)
            sent.append(day)
        day += timedelta(days=1)
    german = WorkCalendar(country="DE")
    assert len(sent) > 8
    assert all(later >= german.after(earlier, 2) for earlier, later in pairwise(sent))


async def test_M7_a_pause_can_be_named_before_it_begins(office: Office) -> None:
    dana = office.member("dana")
    await dana.says("add Robin Patel @ Acme, in 7 days")
    text = await dana.says("away 27 Nov to 10 Dec")
    assert "Away from Friday 27 November until Thursday 10 December." in text
    assert "Thursday 10 December" in await dana.says("show 1")
    assert "A pause ends on a later day" in await dana.says("settings pause: 5 Dec to 1 Dec")
    await dana.says("settings")
    await dana.presses("Change")
    assert "Away from Friday 27 November" in await dana.fills(hour="9:00"), "the form keeps it"
    assert "Away" not in await dana.says("settings pause: no")
    assert "Monday 30 November" in await dana.says("show 1")
