"""Slack's channels: who asks in which one, and what a press on a post that others see leads to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.slack import reasons
from adapters.slack.messenger import SlackMessenger
from adapters.slack.pictures import MOST_FAILURES
from adapters.slack.render import render
from core.caller import Platform, Room
from core.domain.deliveries import Delivered, Held, Later, Parcel, Unknown
from core.reply import Actions, Button, Field, File, Form, Message, Reply
from tests.loopback.slack import Channel, Person, SlackServer
from tests.loopback.slack import Message as Shown
from tests.stages.slack_bench import Bench, bench, message, messenger_for, wall_clock

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


# --- what the bot posts there --------------------------------------------------------------------

PNG = b"\x89PNG board"
BOARD = File("board.png", "image/png", PNG, alt="The week of 23 November: 7 of 9 pings")
KICKOFF = Message((*message("Kickoff <!channel> @everyone.").blocks, Actions((JOIN,))))
PARCEL = Parcel(5, "c-5-1", CLUB, 0, "C1", KICKOFF)
WITH_BOARD = replace(PARCEL, files=(BOARD,))
SEEN = "Kickoff <!channel> @everyone.\n[Join]"
SHOWN = f"{SEEN}\n(image: The week of 23 November: 7 of 9 pings)"


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with SlackServer() as server:
        server.team()
        yield server
        server.assert_clean()
        assert not [shown for shown in server.world.messages if shown.pings]


@pytest.fixture
async def dana(server: SlackServer) -> Person:
    return server.user("U1", "dana")


@pytest.fixture
async def club(server: SlackServer, dana: Person) -> Channel:
    return server.channel("C1", "job-club", members=[dana])


@pytest.fixture
async def messenger(server: SlackServer) -> AsyncIterator[SlackMessenger]:
    async with messenger_for(server) as messenger:
        yield messenger


def doubtful(parcel: Parcel) -> Parcel:
    return replace(parcel, doubtful_since=wall_clock() - timedelta(minutes=1))


async def test_a_post_is_one_message_with_its_picture_and_a_key(
    messenger: SlackMessenger, server: SlackServer, dana: Person, club: Channel
) -> None:
    outcome = await messenger.send(WITH_BOARD)
    (shown,) = dana.sees
    assert outcome == Delivered("C1", shown.ts)
    assert shown.text_form() == SHOWN
    assert shown.notification.endswith("The week of 23 November: 7 of 9 pings")
    assert shown.metadata == {"event_type": "squeaky_delivery", "event_payload": {"key": "c-5-1"}}
    (complete,) = server.calls_of("files.completeUploadExternal")
    assert "channel_id" not in complete.args
    assert "channels" not in complete.args
    (upload,) = server.web.uploads.values()
    assert (upload["data"], upload["alt_txt"]) == (PNG, BOARD.alt)
    assert not server.calls_of("conversations.open")


async def test_a_picture_that_is_not_ready_is_waited_for_and_uploaded_once(
    messenger: SlackMessenger, server: SlackServer, dana: Person, club: Channel
) -> None:
    server.world.slow_files = 2
    for _ in range(2):
        outcome = await messenger.send(WITH_BOARD)
        assert isinstance(outcome, Later)
        assert outcome.seconds < 10
        assert dana.sees == []
    assert isinstance(await messenger.send(WITH_BOARD), Delivered)
    assert dana.sees[-1].text_form() == SHOWN
    assert len(server.web.uploads) == 1


async def test_a_picture_that_is_never_ready_is_left_out_in_the_end(
    messenger: SlackMessenger, server: SlackServer, dana: Person, club: Channel
) -> None:
    server.world.slow_files = 1000
    outcomes = [await messenger.send(WITH_BOARD) for _ in range(MOST_FAILURES + 1)]
    assert [type(outcome) for outcome in outcomes] == [Later] * MOST_FAILURES + [Delivered]
    assert [shown.text_form() for shown in dana.sees] == [SEEN]


@pytest.mark.parametrize(
    ("fault", "error"), [("error", "storage_limit_reached"), ("scope", "missing_scope")]
)
async def test_where_pictures_are_not_taken_it_goes_without(
    messenger: SlackMessenger,
    server: SlackServer,
    dana: Person,
    club: Channel,
    fault: str,
    error: str,
) -> None:
    if fault == "scope":
        server.team().scopes.remove("files:write")
    else:
        server.faults.next("files.getUploadURLExternal", "error", error=error)
    assert isinstance(await messenger.send(WITH_BOARD), Delivered)
    assert [shown.text_form() for shown in dana.sees] == [SEEN]
    server.ledger.refusals.clear()


@pytest.mark.parametrize("kind", ["429", "500", "drop-before-store"])
async def test_an_upload_that_may_go_well_later_leaves_no_doubt(
    messenger: SlackMessenger, server: SlackServer, dana: Person, club: Channel, kind: str
) -> None:
    server.faults.next("files.completeUploadExternal", kind)
    assert isinstance(await messenger.send(WITH_BOARD), Later)
    assert dana.sees == []
    assert isinstance(await messenger.send(WITH_BOARD), Delivered)
    assert [shown.text_form() for shown in dana.sees] == [SHOWN]


async def test_most_blocks_leave_room_for_the_picture(
    messenger: SlackMessenger, server: SlackServer, dana: Person, club: Channel
) -> None:
    long = Message(tuple(message(f"line {n}").blocks[0] for n in range(80)))
    assert isinstance(await messenger.send(replace(WITH_BOARD, message=long)), Delivered)
    assert len(dana.sees[-1].blocks) == 50
    assert dana.sees[-1].blocks[-1]["type"] == "image"


def _kick(server: SlackServer, club: Channel) -> None:
    club.members.discard(server.team().bot_user_id)


def _archive(server: SlackServer, club: Channel) -> None:
    club.archived = True


def _delete(server: SlackServer, club: Channel) -> None:
    del server.world.channels[club.id]


def _hide(server: SlackServer, club: Channel) -> None:
    club.is_private = True
    _kick(server, club)


def _restrict(server: SlackServer, club: Channel) -> None:
    club.error = "restricted_action_read_only_channel"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_kick, "I am not in the channel. Type `/invite @Squeaky` there."),
        (_archive, "Unarchive it"),
        (_delete, "it was deleted, or it is private"),
        (_hide, "type `/invite @Squeaky` in it"),
        (_restrict, "Posting permissions"),
    ],
)
async def test_a_channel_that_takes_nothing_is_held_and_no_other_way_is_tried(
    messenger: SlackMessenger,
    server: SlackServer,
    dana: Person,
    club: Channel,
    change: Callable[[SlackServer, Channel], None],
    says: str,
) -> None:
    change(server, club)
    outcome = await messenger.send(PARCEL)
    assert isinstance(outcome, Held)
    assert says in outcome.reason
    assert server.world.messages == []
    assert not server.calls_of("conversations.open")


@pytest.mark.parametrize("private", [False, True])
async def test_a_lost_answer_is_found_in_the_channel(
    messenger: SlackMessenger, server: SlackServer, dana: Person, club: Channel, private: bool
) -> None:
    club.is_private = private
    server.faults.next("chat.postMessage", "drop-after-store")
    assert isinstance(await messenger.send(WITH_BOARD), Unknown)
    assert await messenger.find(doubtful(WITH_BOARD)) == Delivered("C1", dana.sees[-1].ts)
    assert await messenger.find(doubtful(replace(PARCEL, key="c-6-1"))) is None


@pytest.mark.parametrize("change", [_kick, _delete])
async def test_a_channel_that_can_not_be_read_leaves_the_doubt(
    messenger: SlackMessenger,
    server: SlackServer,
    club: Channel,
    change: Callable[[SlackServer, Channel], None],
) -> None:
    change(server, club)
    assert isinstance(await messenger.find(doubtful(PARCEL)), Unknown)


async def test_without_the_scope_for_it_the_doubt_stays(
    messenger: SlackMessenger, server: SlackServer, club: Channel
) -> None:
    server.team().scopes.remove("channels:history")
    assert isinstance(await messenger.find(doubtful(PARCEL)), Unknown)
    server.ledger.refusals.clear()
    server.faults.next("conversations.history", "429", retry_after=17)
    server.team().scopes.add("channels:history")
    limited = await messenger.find(doubtful(PARCEL))
    assert isinstance(limited, Later)
    assert limited.seconds == 17


def test_what_mends_a_refusal_is_a_whole_sentence() -> None:
    for reason in reasons.ROOMS.values():
        assert reason.endswith(".")
        assert "_" not in reason
