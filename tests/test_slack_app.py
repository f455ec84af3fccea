"""Commands, buttons and forms over real connections, and where the answers appear."""

from __future__ import annotations

import asyncio

import pytest

from adapters.slack import handlers, patience
from adapters.slack.handlers import UNCLEAR
from core.caller import Account, Caller, Platform, Room
from core.reply import Actions, Button, Choice, Field, FieldKind, Form, Menu, Message, Reply
from tests.loopback.slack import ManualClock
from tests.stages.slack_bench import bench, message

CLUB = Room(Platform.SLACK, "T1", "C1")
FORM = Form(
    "Edit",
    "edit:t=1",
    (
        Field("name", "Name", value="Dana"),
        Field("via", "Via", FieldKind.CHOICE, choices=(Choice("Email", "email"),)),
        Field(
            "off",
            "Days off",
            FieldKind.CHOICES,
            choices=(Choice("Monday", "mon"), Choice("Sunday", "sun")),
        ),
        Field("when", "When", FieldKind.DAY, required=True, value="Friday"),
    ),
)
MENU = Menu("Snooze", (Button("+3 days", "snooze:3"), Button("+7 days", "snooze:7")), "unfold:")


def with_buttons(text: str) -> Message:
    row = Actions((Button("Sent", "sent:t=1"), Button("Edit", "ask:edit"), MENU))
    return Message((*message(text).blocks, row))


def done(text: str, *, replace: bool = False) -> Reply:
    return Reply(message(text), replace=replace)


@pytest.mark.parametrize("http", [False, True])
async def test_a_command_is_answered_for_one_person(http: bool) -> None:
    async with bench(done("Added."), http=http) as b:
        other = b.server.user("U2", "eve")
        channel = b.server.channel("C1", members=[b.dana, other], bot=False)
        answer = await b.dana.slash("/followup", "add <Dana> & payload", channel)
        shown = await answer.wait_for("Added.")
        assert shown.ephemeral_to == "U1"
        assert not other.sees
        asked = b.desk.asked[0]
        assert (asked.way, asked.what) == ("line", "add <Dana> & payload")
        account = Account(Platform.SLACK, "T1", "U1")
        expected = Caller(
            account, asked.caller.key, "Europe/Berlin", "de-DE", "dana", room=asked.caller.room
        )
        assert asked.caller == expected
        assert asked.caller.key


async def test_a_slow_desk_is_acknowledged_and_answers_later() -> None:
    async with bench(done("At last.")) as b:
        b.desk.pause = asyncio.Event()
        answer = await b.dana.slash("/followup", "list")
        assert not answer.error
        assert not answer.messages
        b.desk.pause.set()
        await answer.wait_for("At last.")


async def test_what_takes_over_a_second_says_that_it_is_on_its_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patience, "MOMENT", 0.05)
    async with bench(done("Here."), done("Shown.")) as b:
        b.desk.pause = asyncio.Event()
        answer = await b.dana.slash("/followup", "data export")
        shown = await answer.wait_for("One moment, I am at it.")
        assert shown.ephemeral_to == "U1"
        b.desk.pause.set()
        await answer.wait_for("Here.")
        await (await b.dana.slash("/followup", "list")).wait_for("Shown.")
        assert sum("One moment" in one.text_form() for one in b.dana.sees) == 1


async def test_a_form_that_closes_before_its_answer_says_so_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(handlers, "FORM_PATIENCE", 0.05)
    async with bench(Reply(form=FORM), done("Read.")) as b:
        view = await (await b.dana.slash("/followup", "data import")).opened()
        b.desk.pause = asyncio.Event()
        answer = await b.dana.submit(view, {"Name": "Dana"})
        await answer.wait_for("One moment, I am at it.")
        b.desk.pause.set()
        await answer.wait_for("Read.")


async def test_a_broken_desk_says_so() -> None:
    async with bench(RuntimeError("no database")) as b:
        answer = await b.dana.slash("/followup", "list")
        await answer.wait_for("Something went wrong on my side")


async def test_a_command_can_open_a_form() -> None:
    async with bench(Reply(form=FORM), done("Saved.")) as b:
        answer = await b.dana.slash("/followup", "add")
        view = await answer.opened("Edit")
        sent = await b.dana.submit(view, {"Name": "Dana Lee", "Via": "Email", "Days off": None})
        await sent.wait_for("Saved.")
        assert b.dana.view is None
        asked = b.desk.asked[-1]
        assert (asked.way, asked.what) == ("submit", "edit:t=1")
        assert asked.values == {"name": "Dana Lee", "via": "email", "off": "", "when": "Friday"}


async def test_several_choices_are_comma_separated() -> None:
    async with bench(Reply(form=FORM), done("Saved.")) as b:
        view = await (await b.dana.slash("/followup", "add")).opened()
        await (await b.dana.submit(view, {"off": ["Monday", "Sunday"], "name": None})).wait_for()
        assert b.desk.asked[-1].values["off"] == "mon,sun"
        assert b.desk.asked[-1].values["name"] == ""


@pytest.mark.parametrize(
    ("refused", "errors"),
    [
        (Reply(message("No such day."), refused=True, field="when"), {"When": "No such day."}),
        (Reply(message("No."), refused=True), {"Name": "No."}),
        (Reply(message("No."), refused=True, field="elsewhere"), {"Name": "No."}),
        (Reply(refused=True), {"Name": UNCLEAR}),
    ],
)
async def test_a_wrong_field_keeps_the_form_open(refused: Reply, errors: dict[str, str]) -> None:
    async with bench(Reply(form=FORM), refused, done("Saved.")) as b:
        view = await (await b.dana.slash("/followup", "add")).opened()
        assert (await b.dana.submit(view, {"When": "foo"})).errors == errors
        again = await b.dana.submit(view, {"When": "Friday"})
        assert again.errors == {}
        await again.wait_for("Saved.")


async def test_a_form_can_lead_to_another() -> None:
    second = Form("More", "edit:page=2", (Field("about", "About"),))
    async with bench(Reply(form=FORM), Reply(form=second), done("Saved.")) as b:
        view = await (await b.dana.slash("/followup", "add")).opened()
        answer = await b.dana.submit(view)
        more = await answer.opened("More")
        await (await b.dana.submit(more, {"About": "x"})).wait_for("Saved.")


async def test_a_late_answer_to_a_form_is_shown_when_it_comes() -> None:
    refused = Reply(message("No such day."), refused=True, field="when")
    async with bench(Reply(form=FORM), refused) as b:
        view = await (await b.dana.slash("/followup", "add")).opened()
        b.desk.pause = asyncio.Event()
        answer = await b.dana.submit(view)
        assert b.dana.view is None
        assert answer.errors == {}
        b.desk.pause.set()
        await answer.wait_for("No such day.")


async def test_an_ephemeral_message_is_replaced_in_place() -> None:
    async with bench(Reply(with_buttons("Dana is due.")), done("Well sent.", replace=True)) as b:
        first = await (await b.dana.slash("/followup", "show")).wait_for("Dana is due.")
        await b.dana.press(first, "Sent")
        await b.dana.wait_for("Well sent.")
        assert [shown.text_form() for shown in b.dana.sees] == ["Well sent."]
        assert b.desk.asked[-1].what == "sent:t=1"


async def test_an_option_of_a_menu_is_a_press() -> None:
    async with bench(Reply(with_buttons("Due.")), done("Later.", replace=True)) as b:
        first = await (await b.dana.slash("/followup", "show")).wait_for()
        await b.dana.press(first, "+7 days")
        await b.dana.wait_for("Later.")
        assert b.desk.asked[-1].what == "snooze:7"


async def test_a_new_message_leaves_the_old_one() -> None:
    async with bench(Reply(with_buttons("Due.")), done("Details.")) as b:
        first = await (await b.dana.slash("/followup", "show")).wait_for()
        await (await b.dana.press(first, "Sent")).wait_for("Details.")
        assert len(b.dana.sees) == 2


async def test_a_direct_message_is_replaced_in_place() -> None:
    async with bench(done("One less.", replace=True)) as b:
        await b.deliver(with_buttons("Your digest."))
        digest = await b.dana.wait_for("Your digest.")
        await (await b.dana.press(digest, "Sent")).wait_for("One less.")
        assert len(b.dana.sees) == 1
        assert b.server.calls_of("chat.update")


async def test_a_form_from_a_button_replaces_its_message() -> None:
    async with bench(Reply(form=FORM), done("Changed.", replace=True)) as b:
        await b.deliver(with_buttons("Your digest."))
        digest = await b.dana.wait_for("Your digest.")
        view = await (await b.dana.press(digest, "Edit")).opened()
        await (await b.dana.submit(view)).wait_for("Changed.")
        assert len(b.dana.sees) == 1


async def test_a_failed_update_goes_through_the_response_url() -> None:
    async with bench(done("One less.", replace=True)) as b:
        await b.deliver(with_buttons("Your digest."))
        digest = await b.dana.wait_for("Your digest.")
        b.server.faults.next("chat.update", "500")
        await (await b.dana.press(digest, "Sent")).wait_for("One less.")
        assert len(b.dana.sees) == 1


async def test_an_old_response_url_leads_to_a_direct_message() -> None:
    async with bench(Reply(form=FORM), done("Saved.")) as b:
        clock = ManualClock()
        b.server.clock = clock
        channel = b.server.channel("C1", members=[b.dana])
        view = await (await b.dana.slash("/followup", "add", channel)).opened()
        clock.advance(3600)
        shown = await (await b.dana.submit(view)).wait_for("Saved.")
        assert shown.channel is b.dana.dm
        assert b.server.refusals.pop().code == "expired_url"


async def test_a_form_that_comes_too_late_is_excused() -> None:
    async with bench(Reply(form=FORM)) as b:
        b.server.faults.next("views.open", "error", error="expired_trigger_id")
        answer = await b.dana.slash("/followup", "add")
        await answer.wait_for("Please try again.")


@pytest.mark.parametrize("http", [False, True])
async def test_what_comes_twice_is_answered_once(http: bool) -> None:
    async with bench(done("Added."), http=http) as b:
        b.server.delivering.send_twice()
        await (await b.dana.slash("/followup", "list")).wait_for("Added.")
        await b.server.settle()
        assert len(b.desk.asked) == len(b.dana.sees) == 1


async def test_a_form_that_comes_twice_is_answered_once() -> None:
    async with bench(Reply(form=FORM), done("Saved.")) as b:
        view = await (await b.dana.slash("/followup", "add")).opened()
        b.server.delivering.send_twice()
        await (await b.dana.submit(view)).wait_for("Saved.")
        await b.server.settle()
        assert len(b.desk.asked) == 2


async def test_the_zone_is_asked_for_once_and_may_be_missing() -> None:
    async with bench() as b:
        b.server.faults.next("users.info", "500")
        await (await b.dana.slash("/followup", "list")).wait_for()
        assert b.desk.asked[0].caller.zone == ""
        eve = b.server.user("U2", "eve", tz="Asia/Tokyo")
        for _ in range(2):
            await (await eve.slash("/followup", "list")).wait_for()
        assert {asked.caller.zone for asked in b.desk.asked[1:]} == {"Asia/Tokyo"}
        assert len(b.server.calls_of("users.info")) == 2


async def test_a_slow_zone_does_not_hold_the_answer_up() -> None:
    async with bench() as b:
        b.server.faults.next("users.info", "delay", seconds=30)
        answer = await b.dana.slash("/followup", "list")
        await answer.wait_for("Done.", within=2.5)


@pytest.mark.parametrize("http", [False, True])
async def test_leaving_is_acknowledged(http: bool) -> None:
    async with bench(http=http) as b:
        assert not (await b.server.emit({"type": "app_uninstalled"})).error
        assert not (await b.server.emit({"type": "tokens_revoked", "tokens": {}})).error
