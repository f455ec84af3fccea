"""The desk, on both databases: every command, undo, buttons that work once, and ownership."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.desk import Desk
from core.store.database import Store
from tests.people import Member, Office, token_of

ADD = "add Dana Lee @ Acme re: data PM, email, urgent, in 3 days"


async def test_add_says_what_was_understood_when_and_why(office: Office) -> None:
    assert await office.member().says(ADD) == (
        "Dana Lee, Acme, data PM (#1) · by email\n"
        "First ping: Thursday 26 November (in 3 days), the day you named.\n"
        "Tomorrow morning I stay quiet, for nothing is due. On Thursday 26 November at 8:30 I send "
        "you one private message that says what to do.\n"
        "[Edit] [Change the day] [Undo]"
    )


async def test_add_explains_the_wait_it_chose(office: Office) -> None:
    text = await office.member().says("add Dana Lee @ Acme, urgent, high priority, no trust")
    assert "First ping: Tuesday 24 November (tomorrow), after 1 working day, because" in text
    assert "their need is urgent and it has high priority there" in text


async def test_without_a_name_the_answer_says_how_to_find_one(office: Office) -> None:
    member = office.member()
    text = await member.says("add @ Globex re: operations lead")
    assert "Globex, operations lead (#1) · no name yet" in text
    assert "who signed the posting" in text
    await member.presses("Add the name")
    assert "Name: (none) → Robin Patel" in await member.fills(name="Robin Patel")


async def test_the_same_pursuit_is_not_begun_twice(office: Office) -> None:
    member = office.member()
    await member.says(ADD)
    assert "already follow up with Dana Lee @ Acme about data PM" in await member.says(
        "add dana lee @ ACME, Data PM"
    )
    assert member.last.refused
    assert "1 open follow-up" in await member.says("list")


async def test_while_the_database_is_away_nothing_is_changed_and_that_is_said(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    member = office.member()
    await member.says(ADD)
    store = Store("postgresql://squeaky:hunter2@127.0.0.1:1/squeaky")
    away = Member(Desk(store, office.clock.now), member.account)
    assert "I can't get at my notes just now, so nothing was changed" in await away.says(ADD)
    assert away.last.refused
    assert "hunter2" not in caplog.text
    assert "request failed" in caplog.text


async def test_add_alone_opens_a_form_that_adds(office: Office) -> None:
    member = office.member()
    await member.says("add")
    assert member.last.form is not None
    text = await member.fills(who="Dana Lee @ Acme", when="tomorrow", via="phone")
    assert "by phone" in text
    assert "tomorrow" in text
    assert not member.last.replace


async def test_sent_replied_snooze_note_close_reopen_and_undo_of_each(office: Office) -> None:
    member = office.member()
    await member.says(ADD)
    steps = [
        ("sent Dana, idea, note: two ways", "a check-in within the week", "no longer counts"),
        ("replied Dana, talking", "10 working days on, as you are talking", "taken back"),
        ("snooze Dana until: 1 Dec", "Tuesday 1 December", "due on the day before the change"),
        ("note Dana, likes calls", "note saved", "the note on Dana Lee"),
        ("close Dana, not interested", "closed, because you are not interested", "open again"),
    ]
    before = _position(await member.says("show Dana"))
    for line, says, undone in steps:
        assert says in await member.says(line)
        assert undone in await member.says("undo")
        assert _position(await member.says("show Dana")) == before
    await member.says("close Dana, landed a job")
    assert "as you took it up again" in await member.says("reopen Dana")
    assert "closed again" in await member.says("undo")
    await member.says("undo")
    assert "off your list" in await member.says("undo")
    assert "list is empty" in await member.says("list all")


async def test_edit_shows_what_changed_and_undo_restores_it(office: Office) -> None:
    member = office.member()
    await member.says(ADD)
    await member.says("edit Dana")
    assert member.last.form is not None
    values = {field.name: field.value for field in member.last.form.fields}
    assert values["name"] == "Dana Lee"
    assert values["urgency"] == "urgent"
    text = await member.fills(organization="Globex", contact="dana@globex.example")
    assert "Organization: Acme → Globex" in text
    assert "Contact: (none) → dana@globex.example" in text
    await member.presses("Undo")
    assert "Dana Lee\nAcme, data PM (#1)" in await member.says("show 1")


async def test_a_short_form_leaves_what_it_does_not_show(office: Office) -> None:
    member = office.member(form_size=5)
    await member.says(ADD)
    await member.says("edit Dana")
    assert member.last.form is not None
    assert [field.name for field in member.last.form.fields][-1] == "contact"
    await member.fills(about="head of data")
    await member.presses("More fields")
    assert member.last.form is not None
    assert [field.name for field in member.last.form.fields] == [
        "urgency",
        "priority",
        "trust",
        "country",
    ]
    await member.fills(trust="strong")
    card = await member.says("show 1")
    assert "head of data" in card
    assert "Urgency: urgent · priority: normal · trust: strong" in card


async def test_a_name_that_fits_several_is_asked_about_and_nothing_is_lost(office: Office) -> None:
    member = office.member()
    await member.says("add Dana Lee @ Acme")
    await member.says("add Dana Fox @ Globex")
    assert "fits 2. Which one?" in await member.says("sent Dana, idea, note: two ways")
    assert "Dana Fox, Globex: sent." in await member.presses("Dana Fox @ Globex (#2)")
    assert "sent (idea): two ways" in await member.says("show 2")


async def test_a_whole_word_beats_the_beginning_of_another(office: Office) -> None:
    member = office.member()
    await member.says("add Dana Lee @ Acme")
    await member.says("add Dan Brown @ Initech")
    assert "Dan Brown, Initech: sent." in await member.says("sent Dan")


async def test_what_was_typed_can_be_corrected_in_a_form(office: Office) -> None:
    member = office.member()
    assert "can't read “someday” as a day" in await member.says(
        "add Dana Lee @ Acme, when: someday, note: loves dbt"
    )
    assert member.last.refused
    await member.presses("Correct it")
    assert "Thursday 26 November" in await member.fills(when="in 3 days")
    assert "loves dbt" in await member.says("show 1")


async def test_call_back_needs_a_day(office: Office) -> None:
    member = office.member()
    await member.says(ADD)
    assert "Name the day" in await member.says("replied Dana, call back")
    assert member.last.field == "next"
    await member.presses("Correct it")
    assert "as they asked" in await member.fills(next="next Friday")


async def test_a_reply_by_another_channel_makes_it_the_preferred_one_M10(office: Office) -> None:
    member = office.member()
    await member.says(ADD)
    await member.says("replied Dana, talking, via: phone")
    assert "by phone" in await member.says("show 1")
    await member.says("undo")
    assert "by email" in await member.says("show 1")


async def test_a_second_tap_does_nothing_twice(office: Office) -> None:
    member = office.member()
    await member.says(ADD)
    await member.says("show 1")
    card = member.last.message
    await member.presses("Sent", on=card)
    text = await member.presses("Sent", on=card)
    assert "nothing was done twice" in text
    assert text.count("· sent") == 1


async def test_the_same_interaction_arriving_again_has_no_second_effect(office: Office) -> None:
    member = office.member()
    caller = member.caller("one-envelope")
    await office.desk.line("add Dana Lee @ Acme", caller)
    again = await office.desk.line("add Robin Patel @ Globex", caller)
    assert again.message is None
    assert "1 open follow-up" in await member.says("list")


async def test_nobody_sees_presses_or_guesses_what_is_anothers(office: Office) -> None:
    dana, eve = office.member("dana"), office.member("eve")
    await dana.says(ADD)
    added = dana.last.message
    assert added is not None
    await dana.says("show 1")
    card = dana.last.message
    assert card is not None
    for label in ("Sent", "They replied", "Snooze", "…", "3 days", "Details", "Edit"):
        text = await eve.presses_token(token_of(card, label))
        assert "Dana" not in text
        assert "Acme" not in text
        assert eve.last.refused, label
    assert "nothing to undo" in await eve.presses_token(token_of(added, "Undo"))
    assert "not on your list" in await eve.presses_token("show:t=1")
    assert "list is empty" in await eve.says("show 1")
    assert "Ping due Thursday 26 November" in await dana.says("list")


async def test_kept_requests_and_digests_are_the_members_own(office: Office) -> None:
    dana, eve = office.member("dana"), office.member("eve")
    await dana.says("add Dana Lee @ Acme, when: someday")
    fix = dana.last.message
    assert fix is not None
    assert "too long ago" in await eve.presses_token(token_of(fix, "Correct it"))
    await dana.says(ADD)
    (parcel,) = await office.morning(datetime(2026, 11, 26, 7, 30, tzinfo=UTC))
    text = await eve.presses_token(token_of(parcel.message, "Sent"))
    assert eve.last.refused
    assert "Acme" not in text
    assert "older version" in await eve.presses_token(f"view:v=d{parcel.id}")


async def test_garbage_never_breaks_it_and_says_what_to_do(office: Office) -> None:
    member = office.member()
    for line in (
        "frobnicate",
        "sent",
        "sent nobody",
        "snooze 99 tomorrow",
        "list sideways",
        "undo",
    ):
        text = await member.says(line)
        assert member.last.refused or member.last.form, line
        assert text or member.last.form
    for token in (
        "",
        "sent:t=x",
        "ask:form=undo",
        "ask:form=zz",
        "view:v=q",
        "unfold:v=d1",
        "x" * 101,
    ):
        await member.presses_token(token)
        assert member.last.refused or member.last.form, token


async def test_lists_are_ordered_paged_and_pressed_in_place(office: Office) -> None:
    member = office.member()
    for number in range(7):
        await member.says(f"add Person {number} @ Company {number}, in {number + 1} days")
    await member.says("add Uma Urgent @ Late, urgent, in 9 days")
    first = await member.says("list")
    assert first.startswith("8 open follow-ups, page 1 of 2\nPerson 0")
    assert "Uma Urgent" in await member.presses("Next")
    assert member.last.replace
    await member.presses("Previous")
    text = await member.presses("Sent")
    assert member.last.replace
    assert text.startswith("Person 0, Company 0: sent.")
    assert "8 open follow-ups, page 1 of 2" in text


async def test_help_lists_every_command_and_explains_one(office: Office) -> None:
    member = office.member()
    assert "/followup snooze" in await member.says("help all")
    text = await member.says("help replied")
    assert "call back" in text
    assert "/followup replied Dana, call back, next Friday" in text


async def test_settings_show_the_clock_time_they_imply_and_can_be_undone(office: Office) -> None:
    member = office.member()
    text = await member.says("settings zone: New York, hour: 7:45 am, days off: Monday")
    assert "America/New_York: it is 4:00 on Monday there" in text
    assert "at 7:45" in text
    assert "Days off: Monday, Saturday, Sunday" in text
    text = await member.presses("Undo")
    assert "as before" in text
    assert "Europe/Berlin" in await member.says("settings")


async def test_a_day_off_moves_what_the_rules_made_due_M6(office: Office) -> None:
    member = office.member()
    await member.says("add Dana Lee @ Acme")
    assert "Monday 30 November" in await member.says("show 1")
    await member.says("settings days off: Monday")
    assert "Tuesday 1 December" in await member.says("show 1")


async def test_wrong_settings_say_what_to_write(office: Office) -> None:
    member = office.member()
    assert "nearest big city" in await member.says("settings zone: Atlantis")
    assert "no time of day" in await member.says("settings hour: 25:00")
    assert "number from 1 to 5" in await member.says("settings most: 50")
    weekdays = "Monday, Tuesday, Wednesday, Thursday, Friday"
    assert "at least one weekday" in await member.says(f"settings days off: {weekdays}")


async def test_an_unknown_zone_is_asked_for_once_the_first_add_has_worked(office: Office) -> None:
    member = office.member(zone="")
    text = await member.says("add Dana Lee @ Acme")
    assert "(#1)" in text
    assert "I count in UTC, where it is 9:00 on Monday" in text
    await member.presses("Set my time zone")
    assert "Europe/Paris: it is 10:00 on Monday there" in await member.fills(zone="Paris")
    assert "time zone" not in await member.says("add Robin Patel @ Globex")


async def test_completions_come_from_the_members_own_list(office: Office) -> None:
    dana, eve = office.member("dana"), office.member("eve")
    await dana.says(ADD)
    found = await office.desk.suggest("sent", "who", "da", dana.caller())
    assert [(s.label, s.value) for s in found] == [("Dana Lee @ Acme, data PM (#1)", "#1")]
    assert not await office.desk.suggest("sent", "who", "da", eve.caller())
    days = await office.desk.suggest("snooze", "until", "next fri", dana.caller())
    assert days[0].label == "Friday 4 December (in 11 days)"
    zones = await office.desk.suggest("settings", "zone", "berl", dana.caller())
    assert zones[0].label == "Europe/Berlin · it is 10:00 there"
    assert len(await office.desk.suggest("settings", "zone", "a", dana.caller())) <= 25
    assert not await office.desk.suggest("nonsense", "x", "y", dana.caller())


def _position(card: str) -> str:
    return next(line for line in card.splitlines() if line.startswith("Ping due"))


async def test_a_name_that_grows_when_it_is_folded_fits(office: Office) -> None:
    """One letter of these becomes eighteen."""
    long = "\ufdfa" * 60
    assert long in await office.member().says(f"add {long} @ {long}, tomorrow")
    await office.member().says("insight 1, they move to dbt")
    assert "they move to dbt" in await office.member().says("draft 1")
