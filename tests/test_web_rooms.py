"""The playground's channels: who asks in which one, and posts that everybody sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.web.visitor import FIRST_CHANNEL
from core.caller import Platform, Room, Standing
from core.domain.deliveries import Delivered, Held, Parcel
from core.reply import Button, Field, File, Form, Reply
from tests.test_web_kit import NOW, Served, saying, serving, text_of

CLUB = Room(Platform.WEB, "", FIRST_CHANNEL)
FORM = Form("Join", "ask:form=join", (Field("how", "How much"),))


def posted(it: Served) -> int:
    """A message of the bot's that everybody in the channel sees; its id."""
    transcript = it.playground._transcript
    post = saying("Kickoff", Button("Join", "ask:form=join"))
    return transcript.tell(FIRST_CHANNEL, "", post, NOW).id


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


# --- what the bot posts there, and several channels ----------------------------------------------

BOARD = File("board.png", "image/png", b"\x89PNG board", alt="7 of 9 pings made")


def parcel(channel: str = FIRST_CHANNEL, key: str = "c-5-1", *files: File) -> Parcel:
    room = Room(Platform.WEB, "", channel)
    return Parcel(5, key, room, 0, channel, saying("Kickoff @everyone"), files=files)


async def test_a_post_is_one_message_that_everybody_sees_with_its_picture() -> None:
    async with serving() as it:
        await it.post("/members", name="Robin")
        outcome = await it.playground.messenger.send(parcel(FIRST_CHANNEL, "c-5-1", BOARD))
        assert outcome == Delivered(FIRST_CHANNEL, "1")
        assert await it.playground.messenger.send(parcel()) == outcome
        assert await it.playground.messenger.find(parcel()) == outcome
        for member in ("you", next(m for m in it.playground._transcript.members if m != "you")):
            page = await it.post("/members", member=member)
            assert text_of(page).count("Kickoff @everyone") == 1
            assert "Only visible to you" not in page
            assert 'alt="7 of 9 pings made"' in page
            picture = page.split('<img src="')[1].split('"')[0]
            async with it.http.get(it.url + picture) as response:
                assert response.status == 200
                assert await response.read() == b"\x89PNG board"


async def test_a_post_of_one_channel_is_not_in_another() -> None:
    async with serving() as it:
        held = await it.playground.messenger.send(parcel("second-chance"))
        assert isinstance(held, Held)
        assert "Add it again" in held.reason
        page = await it.post("/channels", name="Second Chance!")
        assert "# second-chance" in text_of(page)
        assert isinstance(await it.playground.messenger.send(parcel("second-chance")), Delivered)
        assert "Kickoff" in text_of(await it.page("/?channel=second-chance"))
        first = text_of(await it.page("/?channel=job-club"))
        assert "Kickoff" not in first
        assert "#second-chance 1 new" not in first  # it was looked at a moment ago


async def test_what_is_new_elsewhere_is_counted() -> None:
    async with serving() as it:
        await it.post("/channels", name="second-chance")
        await it.page("/?channel=job-club")
        await it.playground.messenger.send(parcel("second-chance"))
        assert "Channels 1 new" in text_of(await it.page("/?channel=job-club"))
        assert "Channels 1 new" not in text_of(await it.page("/?channel=second-chance"))
        assert "Channels 1 new" not in text_of(await it.page("/?channel=job-club"))


async def test_commands_and_forms_stay_in_the_channel_that_is_looked_at() -> None:
    async with serving() as it:
        it.desk.replies["join"] = Reply(form=FORM)
        await it.post("/channels", name="second-chance")
        other = {"pane": "channel", "channel": "second-chance"}
        page = await it.post("/say", **other, text="/followup join")
        form = page.split('action="/form/')[1].split('"')[0]
        assert 'name="channel" value="second-chance"' in page.split(f"/form/{form}")[1]
        it.desk.replies["ask:form=join"] = Reply(saying("You are in"))
        page = await it.post(f"/form/{form}", **other, **{"f.how": "counts"})
        assert "# second-chance" in text_of(page)
        assert "You are in" in text_of(page)
        rooms = [call[3].room for call in it.desk.calls]
        assert rooms == [Room(Platform.WEB, "", "second-chance")] * 2
        assert "You are in" not in text_of(await it.page("/?channel=job-club"))


@pytest.mark.parametrize("name", ["", "  ", "!!!", "private", "x" * 500, "Zürich 2", "../x?a=b#c"])
async def test_a_channel_can_have_any_name_but_none(name: str) -> None:
    async with serving() as it:
        page = await it.post("/channels", name=name)
        channels = it.playground._transcript.channels
        if name.strip(" !") in ("", "private"):
            assert channels == [FIRST_CHANNEL]
            assert "add the channel again" in text_of(page)
        else:
            assert len(channels) == 2
            assert f"# {channels[1]}" in text_of(page)
            assert len(channels[1]) <= 40


async def test_channels_outlive_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "transcript.jsonl"
    async with serving(path) as it:
        await it.post("/channels", name="second-chance")
        await it.playground.messenger.send(parcel("second-chance", "c-5-1", BOARD))
    async with serving(path) as it:
        page = await it.page("/?channel=second-chance")
        assert "Kickoff @everyone" in text_of(page)
        assert 'alt="7 of 9 pings made"' in page  # the picture itself was in memory
