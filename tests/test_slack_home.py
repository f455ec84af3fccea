"""The Home tab: it shows what is true, whatever was done where, and Slack is not pestered."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from sqlalchemy import select

from adapters.slack.homes import SETTLE
from adapters.slack.render import HOME_BYTES, home_view
from core.reply import Message, Paragraph
from core.store.tables import AccountRow, MemberRow, TouchRow
from core.text import say
from tests.loopback.slack import Person
from tests.loopback.slack.kit.surfaces import view_problems
from tests.stages.slack import slack_stage
from tests.stages.slack_pair import Pair, pair
from tests.test_slack_render import MESSAGES

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROBIN = "add Robin Patel @ Acme, today"
TIDY = SETTLE + 0.3


def published(p: Pair) -> int:
    return len(p.server.calls_of("views.publish"))


async def opened(p: Pair, text: str = "") -> None:
    """Dana opens her Home, and it says this; nothing of what she did before is under way."""
    await p.dana.open_home()
    await p.dana.wait_home(text)
    await p.server.settle(TIDY)


async def said(person: Person, line: str, text: str) -> None:
    await (await person.slash("/followup", line)).wait_for(text)


@pytest.mark.parametrize("http", [False, True])
async def test_a_newcomer_adds_somebody_from_there(database_url: str, http: bool) -> None:
    async with pair(database_url, http=http, processes=1) as p:
        await opened(p, "/followup add Dana Lee @ Acme")
        assert p.dana.home is not None
        form = await (await p.dana.press(p.dana.home, "Add somebody", nth=0)).opened("New follow")
        await p.dana.submit(form, {"who": "Robin Patel @ Acme", "about": "data PM"})
        home = await p.dana.wait_home("Robin Patel")
        assert "[Undo]" in home.text_form()
        assert "First ping" in home.text_form()
        assert not p.dana.sees


@pytest.mark.parametrize("processes", [1, 2])
async def test_it_is_fresh_after_what_was_done_in_any_place(
    database_url: str, processes: int
) -> None:
    async with pair(database_url, processes=processes) as p:
        eve = p.server.user("U2", "eve")
        jobs = p.server.channel("C1", "jobs", members=[p.dana, eve])
        await opened(p)
        for name in ("Robin Patel", "Kim Sato", "Ada Byron"):  # each to the next process in turn
            await p.dana.slash("/followup", f"add {name} @ Acme re: {name}, today", jobs)
            await p.dana.wait_home(name)
        shown = await (await p.dana.slash("/followup", "list", jobs)).wait_for("Kim Sato")
        await p.dana.press(shown, "Sent", nth=1)
        await p.dana.wait_home("2 pings due")
        form = await (await p.dana.shortcut("New follow-up")).opened()
        await p.dana.submit(form, {"who": "Lin Wu @ Globex", "when": "today"})
        await p.dana.wait_home("3 pings due")
        assert eve.home is None
        assert not eve.sees


async def test_a_button_of_the_digest_shows_there_too(database_url: str) -> None:
    async with slack_stage(database_url, MONDAY) as stage:
        kim = await stage.person("Kim")
        await kim.open_home()
        await kim.command("add", who="Dana Lee @ Acme", when="tomorrow")
        await stage.move_to(MONDAY + timedelta(days=1))
        assert "1 ping due" in await kim.home_after(lambda: kim.open_home(), "1 ping due")
        await kim.home_after(lambda: kim.press("Sent", on="1 ping due"), "Nothing is due today")


async def test_a_press_is_answered_in_place(database_url: str) -> None:
    async with pair(database_url) as p:
        await said(p.dana, ROBIN, "Robin")
        await opened(p, "1 ping due")
        before = len(p.dana.sees)
        assert p.dana.home is not None
        await p.dana.press(p.dana.home, "Sent")
        home = await p.dana.wait_home("[Undo]")
        assert "Nothing is due today" in home.text_form()
        await p.dana.press(home, "Undo")
        await p.dana.wait_home("1 ping due")
        await p.dana.press(home, "Settings")
        await p.dana.wait_home("Your settings")
        await p.dana.press(home, "Clubs")
        await p.dana.wait_home("You are in no club")
        await p.dana.press(home, "List")
        await p.dana.wait_home("1 open follow-up")
        await p.dana.press(home, "Details")
        await p.dana.wait_home("History")
        await p.dana.press(home, "Draft")
        await p.dana.wait_home("History")
        await p.server.settle()
        assert len(p.dana.sees) == before
        assert len(p.server.calls_of("chat.postMessage")) == 0


async def test_menus_forms_and_pages_work_there(database_url: str) -> None:
    async with pair(database_url, processes=1) as p:
        for number in range(12):
            await said(p.dana, f"add P{number} @ Acme re: {number}, today", f"P{number}")
        await opened(p, "12 pings due")
        home = p.dana.home
        assert home is not None
        await p.dana.press(home, "7 days", nth=0)
        await p.dana.wait_home("11 pings due")
        form = await (await p.dana.press(home, "They replied", nth=0)).opened()
        await p.dana.submit(form, {"outcome": "talking"})
        await p.dana.wait_home("10 pings due, page 1 of 2")
        await p.dana.press(home, "Next")
        await p.dana.wait_home("page 2 of 2")
        await said(p.dana, "add Zoe Zola @ Acme re: z, today", "Zoe")
        await p.dana.wait_home("11 pings due, page 2 of 3")


async def test_changes_of_one_moment_are_one_publish_and_who_has_no_home_gets_none(
    database_url: str,
) -> None:
    async with pair(database_url, processes=1) as p:
        eve = p.server.user("U2", "eve")
        await opened(p)
        before = published(p)
        await asyncio.gather(
            *(p.dana.slash("/followup", f"add P{n} @ Acme re: {n}") for n in range(10)),
            *(eve.slash("/followup", f"add Q{n} @ Acme re: {n}") for n in range(10)),
        )
        await p.answered(21)
        await asyncio.sleep(TIDY)
        await p.server.settle()
        assert 1 <= published(p) - before <= 5
        assert eve.home is None
        await p.dana.press(p.dana.home or pytest.fail("no Home"), "List")
        await p.dana.wait_home("10 open follow-ups")


@pytest.mark.parametrize("kind", ["429", "500", "503", "drop-before-store", "drop-after-store"])
async def test_a_fault_of_it_harms_no_command_and_is_made_up_for(
    database_url: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.homes.AGAIN", 0.2)
    async with pair(database_url, processes=1) as p:
        await opened(p)
        p.server.faults.next("views.publish", kind, times=2)
        await said(p.dana, ROBIN, "First ping")
        await p.dana.wait_home("Robin Patel", within=8)


async def test_an_answer_that_the_home_does_not_take_is_a_direct_message(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.homes.AGAIN", 0.2)
    async with pair(database_url, processes=1) as p:
        await said(p.dana, ROBIN, "Robin")
        await opened(p, "1 ping due")
        p.server.faults.next("views.publish", "500")
        assert p.dana.home is not None
        answer = await p.dana.press(p.dana.home, "Sent")
        shown = await answer.wait_for("Robin Patel")
        assert shown.channel is p.dana.dm
        await p.dana.wait_home("Nothing is due today")
        assert await p.count(TouchRow, TouchRow.kind == "sent") == 1


async def test_where_the_home_tab_is_off_nothing_is_tried_for_long(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with pair(database_url, processes=1) as p:
        await opened(p)
        before = published(p)
        p.server.team().home_tab = False
        with caplog.at_level(logging.WARNING):
            for number in range(3):
                await said(p.dana, f"add P{number} @ Acme re: {number}", f"P{number}")
                await asyncio.sleep(TIDY)
        assert published(p) == before
        assert len(p.server.denials) == 1
        assert [r.message for r in caplog.records if "Home tab is off" in r.message]


async def test_a_home_that_was_shown_anew_meanwhile_is_not_overtaken(database_url: str) -> None:
    async with pair(database_url, processes=1) as p:
        await said(p.dana, ROBIN, "Robin")
        await opened(p, "1 ping due")
        home = p.dana.home
        assert home is not None
        old = home.hash
        await said(p.dana, "add Kim Sato @ Globex re: x, today", "Kim")
        await p.dana.wait_home("2 pings due")
        await p.server.settle()
        p.server.payloads.stale_hash = old
        await p.dana.press(home, "Sent", nth=0)
        await p.dana.wait_home("1 ping due")
        assert "[Undo]" in home.text_form()
        assert [one.code for one in p.server.denials] == ["hash_conflict"]


async def test_of_two_processes_the_one_that_publishes_last_shows_what_is_true(
    database_url: str,
) -> None:
    async with pair(database_url) as p:
        await opened(p)
        p.server.faults.next("views.publish", "delay", seconds=2)
        await said(p.dana, ROBIN, "Robin")
        async with asyncio.timeout(10):
            while not p.server.web.busy:  # noqa: ASYNC110 - the publish that will be late
                await asyncio.sleep(0.02)
        await said(p.dana, "add Kim Sato @ Globex, today", "Kim")
        await p.dana.wait_home("2 pings due")
        await p.server.until(lambda: not p.server.web.busy, "the first publish has arrived")
        await p.dana.wait_home("2 pings due")
        await p.server.settle(TIDY)
        assert p.dana.home is not None
        assert "2 pings due" in p.dana.home.text_form()
        assert published(p) == 4


async def test_two_rows_that_are_pressed_at_once(database_url: str) -> None:
    async with pair(database_url) as p:
        await said(p.dana, ROBIN, "Robin")
        await said(p.dana, "add Kim Sato @ Globex re: x, today", "Kim")
        await opened(p, "2 pings due")
        home = p.dana.home
        assert home is not None
        await asyncio.gather(*(p.dana.press(home, "Sent", nth=row) for row in (0, 1)))
        await p.dana.wait_home("Nothing is due today")
        await p.server.settle(0.2)
        assert "Nothing is due today" in home.text_form()
        assert "[Undo]" in home.text_form()
        assert await p.count(TouchRow, TouchRow.kind == "sent") == 2


async def test_a_home_button_that_comes_twice(database_url: str) -> None:
    async with pair(database_url) as p:
        await said(p.dana, ROBIN, "Robin")
        await opened(p, "1 ping due")
        before = published(p)
        p.server.delivering.send_twice()
        assert p.dana.home is not None
        await p.dana.press(p.dana.home, "Sent")
        await p.dana.wait_home("[Undo]")
        await p.server.settle(0.3)
        assert published(p) == before + 1
        assert await p.count(TouchRow, TouchRow.kind == "sent") == 1


async def test_an_old_button_of_the_home_does_nothing_and_shows_how_things_stand(
    database_url: str,
) -> None:
    async with pair(database_url, processes=1) as p:
        await said(p.dana, ROBIN, "Robin")
        await opened(p, "1 ping due")
        home = p.dana.home
        assert home is not None
        p.server.faults.always("views.publish", "error", error="fatal_error")
        await said(p.dana, "sent Robin", "sent")
        await p.server.settle()
        p.server.faults.clear()
        await p.dana.press(home, "Sent")
        await p.dana.wait_home("nothing was done twice")
        assert "Nothing is due today" in home.text_form()
        assert await p.count(TouchRow, TouchRow.kind == "sent") == 1


async def test_forgetting_empties_it_and_opening_begins_anew(database_url: str) -> None:
    async with pair(database_url, processes=1) as p:
        await said(p.dana, ROBIN, "Robin")
        await opened(p, "Robin")
        p.server.faults.next("views.publish", "429", retry_after=1)
        asked = await (await p.dana.slash("/followup", "forget me")).wait_for("Forget you?")
        await p.dana.press(asked, "Erase everything")
        home = await p.dana.wait_home("Everything is erased", within=6)
        assert "Robin" not in home.text_form()
        assert await p.count(MemberRow) == 0
        await opened(p, "/followup add Dana Lee @ Acme")


async def test_forgetting_in_the_home_itself(database_url: str) -> None:
    async with pair(database_url, processes=1) as p:
        await said(p.dana, ROBIN, "Robin")
        await opened(p, "Robin")
        home = p.dana.home
        assert home is not None
        element = next(e for b in home.blocks if b["type"] == "actions" for e in b["elements"])
        element["value"] = "forget:sure=1"
        await p.dana.press(home, element["text"]["text"], nth=0)
        await p.dana.wait_home("Everything is erased")
        await asyncio.sleep(TIDY)
        assert "Robin" not in home.text_form()
        assert await p.count(AccountRow) == 0


async def test_only_an_opening_of_the_home_itself_that_is_news_counts(database_url: str) -> None:
    async with pair(database_url, processes=1) as p:
        await p.dana.open_home("messages")
        late = p.server.payloads.event(
            p.server.team(), {"type": "app_home_opened", "user": "U1", "tab": "home"}
        )
        late.payload["event_time"] -= 600
        await p.server.delivering.send(late)
        await p.server.settle(0.2)
        assert p.dana.home is None
        assert await p.count(MemberRow) == 0
        p.server.delivering.send_twice()
        await p.dana.open_home()
        await p.dana.wait_home()
        await p.server.settle(0.2)
        assert published(p) == 1


async def test_a_morning_publishes_nothing(database_url: str) -> None:
    async with slack_stage(database_url, MONDAY) as stage:
        people = [await stage.person(f"P{number}") for number in range(8)]
        for person in people:
            await person.open_home()
            await person.command("add", who="Dana Lee @ Acme", when="tomorrow")
        await asyncio.sleep(SETTLE + 0.7 * len(people))
        await stage.server.settle()
        before = len(stage.server.calls_of("views.publish"))
        await stage.move_to(MONDAY + timedelta(days=1))
        assert len(stage.server.calls_of("chat.postMessage")) == len(people)
        await asyncio.sleep(TIDY)
        assert len(stage.server.calls_of("views.publish")) == before


async def test_many_homes_are_shown_anew_at_a_pace(database_url: str) -> None:
    async with pair(database_url, processes=1) as p:
        people = [p.server.user(f"W{number}", f"w{number}") for number in range(6)]
        for person in people:
            await person.open_home()
            await person.wait_home()
        p.server.limits.set("views.publish", 3, 1.5)
        await asyncio.gather(*(person.slash("/followup", ROBIN) for person in people))
        for person in people:
            await person.wait_home("Robin", within=15)
        assert not p.server.denials


async def test_clubs_are_on_their_tab(database_url: str) -> None:
    async with slack_stage(database_url, MONDAY) as stage:
        kim = await stage.person("Kim")
        for name in ("north", "south"):
            await stage.channel(name, kim)
            await kim.at(name).command("club setup", name=f"Club {name}")
            await kim.fill() if kim.form else None
            await kim.at(name).command("club join", show="counts")
        await kim.open_home()
        assert "several clubs" in await kim.home_after(lambda: kim.press_home("Clubs"), "Which one")
        shown = await kim.home_after(lambda: kim.press_home("Club south"), "Set a goal")
        assert "# Club south" in shown
        await kim.home_after(lambda: kim.press_home("Set a goal"), "goal")
        assert "# Club south" in await kim.home_after(lambda: kim.command("list"), "# Club south")


@given(MESSAGES)
def test_slack_takes_every_home(message: Message) -> None:
    assert view_problems(home_view(message), "home") == []


def test_a_home_is_never_too_large() -> None:
    long = "\U0001f600" * 3000
    message = Message(tuple(Paragraph((say("{a}", a=long),)) for _ in range(120)))
    view = home_view(message)
    assert view_problems(view, "home") == []
    assert len(str(view).encode()) < HOME_BYTES


async def test_the_page_is_kept_with_the_account(database_url: str) -> None:
    async with pair(database_url, processes=1) as p:
        await said(p.dana, ROBIN, "Robin")
        await opened(p)
        assert p.dana.home is not None
        await p.dana.press(p.dana.home, "Settings")
        await p.dana.wait_home("Your settings")
        async with p.store.reading() as session:
            assert await session.scalar(select(AccountRow.home)) == "settings"
