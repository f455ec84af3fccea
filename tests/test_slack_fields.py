"""Slack's own ways to fill in a form: days from a calendar, people from what the desk completes."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from typing import Any

import pytest

from adapters.slack.controls import LAST_QUESTION
from adapters.slack.manifest import manifest
from adapters.slack.modal import modal, suggested
from adapters.slack.place import Place
from core.options import options_of
from core.reply import Actions, Button, Field, FieldKind, Form, Message, Reply, Suggestion, Tone
from core.requests import COMMANDS
from core.store.tables import TouchRow
from tests.loopback.slack import SlackServer
from tests.loopback.slack.kit.surfaces import suggestion_problems, view_problems
from tests.stages.slack_bench import bench, message
from tests.stages.slack_pair import pair


def element_of(field: Field) -> dict[str, Any]:
    view = modal(Form("Form", "add", (field,)), Place("U1"))
    assert view_problems(view, "modal") == []
    element: dict[str, Any] = view["blocks"][0]["element"]
    return element


def test_a_day_is_picked_and_one_to_put_right_is_typed() -> None:
    day = Field("when", "When", FieldKind.DAY, help="in 3 days", picked="The first ping")
    view = modal(Form("Form", "add", (day,)), Place("U1"))
    assert view["blocks"][0]["element"]["type"] == "datepicker"
    assert view["blocks"][0]["hint"]["text"] == "The first ping"
    known = Field("when", "When", FieldKind.DAY, value="2026-12-01")
    assert element_of(known)["initial_date"] == "2026-12-01"
    wrong = Field("when", "When", FieldKind.DAY, value="someday", help="in 3 days", picked="x")
    view = modal(Form("Form", "add", (wrong,)), Place("U1"))
    assert view["blocks"][0]["element"]["initial_value"] == "someday"
    assert view["blocks"][0]["hint"]["text"] == "in 3 days"
    for value in ("2026-13-01", "20261201", "2026-12-01 to 2026-12-05", "9999999999"):
        assert element_of(Field("w", "W", FieldKind.DAY, value=value))["type"] == "plain_text_input"


def test_who_was_typed_before_can_still_be_chosen() -> None:
    element = element_of(Field("who", "Who", FieldKind.WHO, value="Dna"))
    assert element["initial_option"] == {
        "text": {"type": "plain_text", "text": "Dna", "emoji": True},
        "value": "Dna",
    }
    assert "initial_option" not in element_of(Field("who", "Who", FieldKind.WHO))


@pytest.mark.parametrize("label", ["x" * 200 + " (#12)", "Dana Lee, Acme (#3)", "\u202e \x00", ""])
@pytest.mark.parametrize("count", [0, 1, 25, 150])
def test_slack_takes_every_completion(label: str, count: int) -> None:
    found = [Suggestion(label, f"#{number}" * 60) for number in range(count)]
    for text in ("", "Dana", "x" * 500, "\x00", " "):
        answer = suggested(found, text)
        assert suggestion_problems(answer) == []
        json.dumps(answer).encode()
    if label.endswith("(#12)") and count:
        says = suggested(found, "")["options"][0]["text"]["text"]
        assert says.endswith("… (#12)")
        assert len(says) == 75


@pytest.mark.parametrize("http", [False, True])
async def test_who_is_chosen_from_ones_own_list(database_url: str, http: bool) -> None:
    async with pair(database_url, http=http, processes=1) as p:
        eve = p.server.user("U2", "eve")
        for person, name in ((p.dana, "Robin Patel"), (p.dana, "Kim Sato"), (eve, "Ada Byron")):
            await (await person.slash("/followup", f"add {name} @ Acme, today")).wait_for(name)
        form = await (await p.dana.slash("/followup", "sent")).opened()
        assert len(await p.dana.suggest(form, "Who", "")) == 2
        assert await p.dana.suggest(form, "Who", "rob") == ["Robin Patel @ Acme (#1)"]
        assert await p.dana.suggest(form, "Who", "Ada") == ["Ada"]
        await p.dana.submit(form, {"who": "Robin Patel @ Acme (#1)", "on": date(2026, 11, 23)})
        await p.dana.wait_for("sent")
        assert await p.count(TouchRow, TouchRow.kind == "sent") == 1


async def test_nobody_who_fits_is_said_under_the_field(database_url: str) -> None:
    async with pair(database_url, processes=1) as p:
        await (await p.dana.slash("/followup", "add Robin Patel @ Acme")).wait_for("Robin")
        form = await (await p.dana.slash("/followup", "snooze")).opened()
        answer = await p.dana.submit(form, {"who": "Zoe", "until": date(2026, 12, 1)})
        assert "Nobody on your list fits “Zoe”" in answer.errors["Who"]


async def test_an_empty_list_opens_no_form_with_nobody_to_choose(database_url: str) -> None:
    async with pair(database_url, processes=1) as p:
        answer = await p.dana.slash("/followup", "sent")
        shown = await answer.wait_for("Your list is empty")
        assert p.dana.view is None
        await (await p.dana.press(shown, "Add somebody")).opened("New follow-up")


async def test_a_slow_desk_completes_nothing_and_is_in_time() -> None:
    field = Field("who", "Who", FieldKind.WHO)
    async with bench(Reply(form=Form("Sent", "sent", (field,)))) as b:
        form = await (await b.dana.slash("/followup", "sent")).opened()
        b.desk.suggestions = [Suggestion("Robin (#1)", "#1")]
        assert await b.dana.suggest(form, "who", "ro") == ["Robin (#1)"]
        assert b.desk.suggested == [("sent", "who", "ro")]
        b.desk.pause = asyncio.Event()
        assert await b.dana.suggest(form, "who", "") == []


async def test_over_http_options_are_asked_for_where_the_manifest_says(database_url: str) -> None:
    made = manifest(False, "https://bot.example.org/")
    interactivity = made["settings"]["interactivity"]
    assert interactivity["message_menu_options_url"] == interactivity["request_url"]
    assert "message_menu_options_url" not in manifest(True)["settings"]["interactivity"]
    async with SlackServer() as server:
        del interactivity["message_menu_options_url"]
        server.use_manifest(made)
        assert server.use_http("http://127.0.0.1:1/", "secret").options_url is None


async def test_what_looks_dangerous_asks_once_more() -> None:
    erase = Button("Erase everything", "forget:sure=1", Tone.DANGER)
    question = Message((*message("Forget you?").blocks, Actions((erase,))))
    async with bench(Reply(question), Reply(message("Erased."))) as b:
        shown = await (await b.dana.slash("/followup", "forget me")).wait_for("Forget you?")
        (row,) = (block for block in shown.blocks if block["type"] == "actions")
        confirm = row["elements"][0]["confirm"]
        assert confirm["text"]["text"] == LAST_QUESTION
        assert confirm["style"] == "danger"
        await b.dana.press(shown, "Erase everything", confirm=False)
        assert len(b.desk.asked) == 1
        await (await b.dana.press(shown, "Erase everything")).wait_for("Erased.")


def test_every_day_that_is_one_has_a_calendar() -> None:
    days = {
        (kind.verb, spec.name): spec.span
        for kind in COMMANDS
        for spec in options_of(kind)
        if spec.kind == "day"
    }
    assert {name for name, span in days.items() if span} == {("settings", "pause")}
