"""The playground's channels: who asks in which one, and posts that everybody sees."""

from __future__ import annotations

import pytest

from adapters.web.records import Place
from core.caller import Platform, Room, Standing
from core.reply import Button, Field, Form, Reply
from tests.test_web_kit import NOW, Served, saying, serving, text_of

CLUB = Room(Platform.WEB, "", Place.CHANNEL)
FORM = Form("Join", "ask:form=join", (Field("how", "How much"),))


def posted(it: Served) -> int:
    """A message of the bot's that everybody in the channel sees; its id."""
    transcript = it.playground._transcript
    post = saying("Kickoff", Button("Join", "ask:form=join"))
    return transcript.tell(Place.CHANNEL, "", post, NOW).id


async def test_a_command_tells_its_channel_and_a_private_one_has_none() -> None:
    async with serving() as it:
        await it.post("/say", pane="channel", text="/followup list")
        caller = it.desk.calls[-1][3]
        assert (caller.room, caller.standing) == (CLUB, Standing(manages=True))
        await it.post("/say", pane="private", text="list")
        caller = it.desk.calls[-1][3]
        assert (caller.room, caller.standing) == (None, None)


async def test_a_press_is_where_its_message_is_whatever_pane_is_looked_at() -> None:
    async with serving() as it:
        await it.post("/say", pane="private", text="list")
        await it.post("/press", pane="channel", press="2 show:t=1")
        assert it.desk.calls[-1][3].room is None
        await it.post("/press", pane="private", press=f"{posted(it)} show:t=1")
        assert it.desk.calls[-1][3].room == CLUB


async def test_a_form_comes_back_with_the_channel_that_it_was_opened_in() -> None:
    async with serving() as it:
        it.desk.replies["ask:form=join"] = Reply(form=FORM)
        page = await it.post("/press", pane="private", press=f"{posted(it)} ask:form=join")
        form = page.split('action="/form/')[1].split('"')[0]
        it.desk.replies["ask:form=join"] = Reply(saying("You are in"), replace=True)
        page = await it.post(f"/form/{form}", pane="channel", **{"f.how": "counts"})
        assert it.desk.calls[-1][3].room == CLUB
        assert "Kickoff" in text_of(page)
        assert "Only visible to you You are in" in text_of(page)


@pytest.mark.parametrize("replace", [True, False])
async def test_a_press_on_a_post_is_answered_to_one_person_and_the_post_stays(
    replace: bool,
) -> None:
    async with serving() as it:
        await it.post("/members", name="Robin")
        post = posted(it)
        answer = saying("For you", Button("More", "show:t=1"))
        it.desk.replies["ask:form=join"] = Reply(answer, replace=replace)
        it.desk.replies["show:t=1"] = Reply(saying("Next"), replace=True)
        page = text_of(await it.post("/press", press=f"{post} ask:form=join"))
        assert "Kickoff" in page
        assert "Only visible to you For you" in page
        page = text_of(await it.post("/press", press=f"{post + 1} show:t=1"))
        assert "Kickoff" in page
        assert "For you" not in page
        assert "Only visible to you Next" in page
        others = text_of(await it.post("/members", member="you"))
        assert "Kickoff" in others
        assert "Next" not in others
        with pytest.raises(ValueError, match="never replaced"):
            it.playground._transcript.replace(post, saying("Gone"))
