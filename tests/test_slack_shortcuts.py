"""Shortcuts: the form of a new follow-up opens at once, from anywhere, for its user alone."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.slack.app import ADD, FOLLOW_UP
from adapters.slack.manifest import SHORTCUTS, manifest
from adapters.slack.quoted import permalink, text_of
from core.caller import Room
from core.reply import Field, Form, Reply
from core.store.tables import FollowUpRow
from tests.loopback.slack import Answer, ManualClock, SlackServer
from tests.loopback.slack.kit.manifest import manifest_problems
from tests.stages.slack import slack_stage
from tests.stages.slack_bench import bench, message
from tests.stages.slack_pair import pair

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FORM = Reply(form=Form("New follow-up", "add", (Field("who", "Who"),)))
ON_THIS, NEW = (one["name"] for one in SHORTCUTS)
POSTING = "Dana Lee @ Acme, they are hiring a data PM"


@pytest.mark.parametrize("http", [False, True])
async def test_a_message_becomes_a_follow_up_that_keeps_its_link(
    database_url: str, http: bool
) -> None:
    async with slack_stage(database_url, MONDAY, http=http) as stage:
        kim, eve = await stage.person("Kim"), await stage.person("Eve")
        await stage.channel("jobs", kim, eve)
        jobs = eve.at("jobs")
        posted = stage.server.world.post(jobs.channel, eve.id, POSTING)
        await kim.at("jobs").shortcut(ON_THIS, on="they are hiring")
        stamp = posted.ts.replace(".", "")
        link = f"https://job-club.slack.com/archives/{posted.channel.id}/p{stamp}"
        assert "Who: [Dana Lee @ Acme]" in kim.form
        assert "About: [they are hiring a data PM]" in kim.form
        assert f"“{POSTING}”\n{link}" in kim.form
        said = await kim.fill()
        assert "Dana Lee" in said
        card = await kim.command("show", who="Dana")
        assert link in card
        shown = next(m for m in stage.server.world.messages if link in str(m.blocks))
        assert f"'type': 'link', 'url': '{link}'" in str(shown.blocks)
        assert not [text for text in eve.sees() if "Dana" in text and text != POSTING]


async def test_a_global_shortcut_is_answered_in_the_direct_messages(database_url: str) -> None:
    async with slack_stage(database_url, MONDAY) as stage:
        kim = await stage.person("Kim")
        await kim.shortcut(NEW)
        assert kim.form.startswith("== New follow-up ==")
        await kim.fill(who="Dana Lee @ Acme")
        assert [text for text in kim.private() if "Dana Lee" in text]
        assert not stage.shown("job-club")


async def wait(answer: Answer) -> dict[str, str]:
    """The fields of the form that it opens, as they are filled in."""
    view = await answer.opened("New follow-up")
    state = view.state.items()
    return {name: next(iter(inputs.values())).get("value") or "" for name, inputs in state}


async def test_it_works_on_bots_on_files_on_nothing_and_in_every_kind_of_conversation(
    database_url: str,
) -> None:
    async with pair(database_url, processes=1) as p:
        eve = p.server.user("U2", "eve")
        outside = p.server.channel("C5", "outside", members=[p.dana, eve], bot=False)
        both = p.server.direct(p.dana, eve)
        block = {"type": "section", "text": {"type": "mrkdwn", "text": "*New job*: data PM"}}
        attachment = {"title": "Globex hires", "fallback": "fallback"}
        file = {"id": "F9", "title": "posting.pdf", "name": "posting.pdf"}
        thread = p.server.world.post(outside, eve.id, "Who knows somebody?")
        for shown, words in (
            (p.server.post_as_bot(outside, blocks=[block]), "“*New job*: data PM”"),
            (p.server.post_as_bot(outside, attachments=[attachment]), "“Globex hires”"),
            (p.server.world.post(outside, eve.id, "", files=[file]), "“posting.pdf”"),
            (p.server.world.post(outside, eve.id, ""), ""),
            (p.server.world.post(both, eve.id, "hello <@U1> &lt;3"), "“hello someone <3”"),
            (p.server.world.post(outside, eve.id, "I do", thread_ts=thread.ts), "“I do”"),
            (p.server.world.post(p.dana.dm, p.dana.id, "to the bot"), "“to the bot”"),
        ):
            form = await wait(await p.dana.message_shortcut(ON_THIS, shown))
            quote, _, link = form["note"].rpartition("\n")
            assert quote == words
            assert f"/archives/{shown.channel.id}/p{shown.ts.replace('.', '')}" in link
            assert p.dana.view is not None
            await p.dana.close(p.dana.view)
        assert f"?thread_ts={thread.ts}&cid=C5" not in link


async def test_an_answer_stands_beside_the_message_but_of_a_thread_in_the_direct_messages() -> None:
    async with bench(FORM, Reply(message("Added.")), FORM, Reply(message("Added."))) as b:
        eve = b.server.user("U2", "eve")
        jobs = b.server.channel("C1", "jobs", members=[b.dana, eve], bot=False)
        said = b.server.world.post(jobs, eve.id, POSTING)
        answer = b.server.world.post(jobs, eve.id, "me too", thread_ts=said.ts)
        form = await (await b.dana.message_shortcut(FOLLOW_UP, said)).opened()
        beside = await (await b.dana.submit(form)).wait_for("Added.")
        assert (beside.channel, beside.ephemeral_to) == (jobs, b.dana.id)
        asked = b.desk.asked[0]
        assert (asked.way, asked.what) == ("form", "add")
        assert asked.caller.room == Room(asked.caller.account.platform, "T1", "C1")
        form = await (await b.dana.message_shortcut(FOLLOW_UP, answer)).opened()
        alone = await (await b.dana.submit(form)).wait_for("Added.")
        assert (alone.channel, alone.ephemeral_to) == (b.dana.dm, None)
        assert eve.sees == [said, answer]


async def test_a_shortcut_on_a_message_of_ours_never_replaces_it() -> None:
    async with bench(FORM, Reply(message("Added."), replace=True)) as b:
        await b.deliver(message("Your digest."))
        digest = await b.dana.wait_for("Your digest.")
        form = await (await b.dana.message_shortcut(FOLLOW_UP, digest)).opened()
        await (await b.dana.submit(form)).wait_for("Added.")
        assert [shown.text_form() for shown in b.dana.sees] == ["Your digest.", "Added."]


async def test_who_wants_it_too_late_is_told_in_private() -> None:
    async with bench(FORM) as b:
        clock = ManualClock()
        b.server.clock = clock
        b.desk.pause = asyncio.Event()
        answer = await b.dana.shortcut(ADD)
        assert not answer.error
        clock.advance(4)
        b.desk.pause.set()
        shown = await answer.wait_for("Please try again.")
        assert shown.channel is b.dana.dm
        assert b.server.refusals.pop().code == "expired_trigger_id"


async def test_a_slow_look_up_of_the_person_does_not_close_the_door() -> None:
    async with bench(FORM) as b:
        b.server.faults.next("users.info", "delay", seconds=30)
        await (await b.dana.shortcut(ADD)).opened(within=2.5)


@pytest.mark.parametrize("processes", [1, 2])
async def test_a_shortcut_and_its_form_that_come_twice(database_url: str, processes: int) -> None:
    async with pair(database_url, processes=processes) as p:
        p.server.delivering.send_twice()
        form = await (await p.dana.shortcut(NEW)).opened("New follow-up")
        await p.answered(processes)
        assert len(p.server.calls_of("views.open")) == 1
        p.server.delivering.send_twice()
        await p.dana.submit(form, {"who": "Robin Patel @ Acme"})
        await p.answered(2 * processes)
        assert await p.count(FollowUpRow) == len(p.dana.sees) == 1


async def test_a_replayed_shortcut_opens_nothing_again(database_url: str) -> None:
    async with pair(database_url, http=True) as p:
        used = p.server.payloads.shortcut(p.dana.user, ADD)
        assert await p.http.send(used, to=[p.urls[0], p.urls[0], p.urls[1]]) == [200, 200, 200]
        await p.answered(2)
        assert len(p.server.calls_of("views.open")) == 1
        assert not p.dana.sees


@pytest.mark.parametrize(
    ("found", "text"),
    [
        ({"text": "plain"}, "plain"),
        ({"text": "<https://acme.example|Acme> hires"}, "Acme https://acme.example hires"),
        ({"text": "<!here> <!subteam^S1> <#C1|jobs>"}, "@here someone #jobs"),
        ({"text": " ", "blocks": [{"type": "divider"}]}, ""),
        (
            {
                "blocks": [
                    {
                        "type": "rich_text",
                        "elements": [
                            {
                                "type": "rich_text_section",
                                "elements": [
                                    {"type": "text", "text": "See "},
                                    {"type": "link", "url": "https://acme.example"},
                                ],
                            },
                            {
                                "type": "rich_text_section",
                                "elements": [{"type": "text", "text": "now"}],
                            },
                        ],
                    },
                    {"type": "actions", "elements": [{"text": {"text": "Apply"}}]},
                ]
            },
            "See https://acme.example\nnow\n",
        ),
        ({"attachments": [{"pretext": "a", "title": "b", "text": "c"}]}, "a\nb\nc"),
        ({"attachments": [{"fallback": "d"}]}, "d"),
        ({"files": [{"name": "cv.pdf"}, {"title": "Letter", "name": "l.pdf"}]}, "cv.pdf\nLetter"),
        ({"text": None, "blocks": None, "attachments": None, "files": None}, ""),
    ],
)
def test_what_a_message_says(found: dict[str, Any], text: str) -> None:
    assert text_of(found) == text


@pytest.mark.parametrize(
    "body",
    [
        {"team": {"domain": "evil.example/x"}, "channel": {"id": "C1"}, "message": {"ts": "1.2"}},
        {"team": None, "channel": {"id": "C1"}, "message": {"ts": "1.2"}},
        {"team": {"domain": "club"}, "channel": {"id": "C/1"}, "message": {"ts": "1.2"}},
        {"team": {"domain": "club"}, "channel": {"id": "C1"}, "message": {"ts": "x"}},
        {"team": {"domain": "club"}, "channel": {"id": "C1"}},
        {},
    ],
)
def test_an_address_that_is_not_certain_is_left_out(body: dict[str, Any]) -> None:
    assert permalink(body) == ""


def test_the_address_of_an_answer_leads_into_its_thread() -> None:
    said = {"ts": "1700000001.000200", "thread_ts": "1700000000.000100"}
    body = {"team": {"domain": "job-club"}, "channel": {"id": "C1"}, "message": said}
    assert permalink(body) == (
        "https://job-club.slack.com/archives/C1/p1700000001000200"
        "?thread_ts=1700000000.000100&cid=C1"
    )


def test_the_manifest_is_one_that_slack_takes() -> None:
    for made in (manifest(True), manifest(False, "https://bot.example.org")):
        assert manifest_problems(made) == []


async def test_without_a_shortcut_in_the_manifest_there_is_none() -> None:
    async with SlackServer() as server:
        made = manifest(True)
        del made["features"]["shortcuts"]
        server.use_manifest(made)
        dana = server.user("U1", "dana")
        with pytest.raises(AssertionError, match="no global shortcut"):
            await dana.shortcut(NEW)
