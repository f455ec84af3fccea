"""Slack's channels: who asks in which one, and what a press on a post that others see leads to."""

from __future__ import annotations

import pytest

from adapters.slack.render import render
from core.caller import Platform, Room
from core.reply import Actions, Button, Field, Form, Message, Reply
from tests.loopback.slack import Channel
from tests.loopback.slack import Message as Shown
from tests.stages.slack_bench import Bench, bench, message

CLUB = Room(Platform.SLACK, "T1", "C1")
JOIN = Button("Join", "ask:form=join")
POST = Message((*message("Kickoff.").blocks, Actions((JOIN,))))
FORM = Form("Join", "ask:form=join", (Field("how", "How much"),))


def with_button(text: str) -> Message:
    return Message((*message(text).blocks, Actions((Button("More", "show:t=1"),))))


def posted(b: Bench, channel: Channel) -> Shown:
    """A message of the bot's that everybody in the channel sees."""
    team = b.server.team()
    drawn = render(POST)
    return b.server.world.post(
        channel, team.bot_user_id, drawn.text, blocks=drawn.blocks, bot_id=team.bot_id
    )


async def test_a_command_tells_its_channel_and_a_private_one_has_none() -> None:
    async with bench() as b:
        club = b.server.channel("C1", members=[b.dana])
        group = b.server.channel("C9", "mpdm-dana--eve--ann-1", members=[b.dana], private=True)
        for channel in (club, None, group):
            await (await b.dana.slash("/followup", "list", channel)).wait_for("Done.")
        assert [asked.caller.room for asked in b.desk.asked] == [CLUB, None, None]


async def test_a_form_comes_back_with_the_channel_that_it_was_opened_in() -> None:
    async with bench(Reply(form=FORM)) as b:
        club = b.server.channel("C1", members=[b.dana])
        view = await (await b.dana.slash("/followup", "add", club)).opened("Join")
        b.desk.replies = [Reply(message("Saved."))]
        await (await b.dana.submit(view, {"How much": "counts"})).wait_for("Saved.")
        assert [asked.caller.room for asked in b.desk.asked] == [CLUB, CLUB]
        shown = await b.dana.press(posted(b, club), "Join")
        await shown.wait_for("Saved.")
        assert b.desk.asked[-1].caller.room == CLUB


@pytest.mark.parametrize("replace", [True, False])
async def test_a_press_on_a_post_is_answered_to_one_person_and_the_post_stays(
    replace: bool,
) -> None:
    async with bench(Reply(with_button("For you."), replace=replace)) as b:
        eve = b.server.user("U2", "eve")
        club = b.server.channel("C1", members=[b.dana, eve])
        post = posted(b, club)
        before = post.text_form()
        answer = await (await b.dana.press(post, "Join")).wait_for("For you.")
        assert answer is not post
        assert answer.ephemeral_to == "U1"
        b.desk.replies = [Reply(message("Next."), replace=True)]
        await (await b.dana.press(answer, "More")).wait_for("Next.")
        assert [shown.text_form() for shown in b.dana.sees] == [before, "Next."]
        assert [shown.text_form() for shown in eve.sees] == [before]
        assert not post.edited
        assert b.desk.asked[-1].caller.room == CLUB


async def test_a_form_from_a_post_leaves_the_post_as_it_is() -> None:
    async with bench(Reply(form=FORM)) as b:
        eve = b.server.user("U2", "eve")
        post = posted(b, b.server.channel("C1", members=[b.dana, eve]))
        view = await (await b.dana.press(post, "Join")).opened("Join")
        b.desk.replies = [Reply(message("You are in."), replace=True)]
        await (await b.dana.submit(view, {"How much": "counts"})).wait_for("You are in.")
        assert not post.edited
        assert [shown.text_form() for shown in eve.sees] == [post.text_form()]


async def test_in_the_direct_messages_an_answer_still_takes_the_place_of_the_message() -> None:
    async with bench(Reply(message("Done."), replace=True)) as b:
        await b.deliver(with_button("Digest"))
        answer = await b.dana.press(b.dana.sees[-1], "More")
        await answer.wait_for("Done.")
        assert [shown.text_form() for shown in b.dana.sees] == ["Done."]
