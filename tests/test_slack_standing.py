"""What somebody may do in a channel of Slack, and what the bot lacks there, asked when needed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.caller import Standing
from core.reply import Actions, Button, Field, Form, Message, Reply
from core.requests import Note
from tests.loopback.slack import Channel, Person
from tests.stages.slack_bench import Bench, bench, message

INVITE = "I am not in this channel yet. Type `/invite @squeaky` here."
INFO = "conversations.info"


@pytest.fixture(autouse=True)
def notes_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that asks about the room, without waiting for the real ones."""
    monkeypatch.setattr(Note, "about_room", True)


async def asked(b: Bench, channel: Channel, line: str = "note") -> Standing | None:
    """What the desk is told of Dana when she types this there."""
    await (await b.dana.slash("/followup", line, channel)).wait_for("Done.")
    return b.desk.asked[-1].caller.standing


async def test_only_what_asks_about_the_room_costs_a_call() -> None:
    async with bench() as b:
        club = b.server.channel("C1", members=[b.dana])
        assert await asked(b, club, "list") is None
        assert b.server.calls_of(INFO) == []
        assert await asked(b, club) == Standing(manages=False)
        assert len(b.server.calls_of(INFO)) == 1
        await (await b.dana.slash("/followup", "note")).wait_for("Done.")
        assert b.desk.asked[-1].caller.standing is None
        assert len(b.server.calls_of(INFO)) == 1


async def test_buttons_and_forms_ask_as_well() -> None:
    form = Form("Note", "note:t=1", (Field("note", "Note"),))
    row = Actions((Button("Note", "note:t=1"), Button("Sent", "sent:t=1")))
    async with bench(Reply(Message((*message("Hello.").blocks, row)))) as b:
        b.dana.user.is_admin = True
        club = b.server.channel("C1", members=[b.dana])
        answer = await b.dana.slash("/followup", "list", club)
        shown = await answer.wait_for("Hello.")
        b.desk.replies = [Reply(form=form)]
        view = await (await b.dana.press(shown, "Note")).opened()
        assert b.desk.asked[-1].caller.standing == Standing(manages=True)
        b.desk.replies = [Reply(message("Done."))]
        await (await b.dana.submit(view, {"Note": "x"})).wait_for("Done.")
        assert b.desk.asked[-1].caller.standing == Standing(manages=True)
        await b.dana.press(shown, "Sent")
        assert b.desk.asked[-1].caller.standing is None


def _admin(dana: Person, club: Channel) -> None:
    dana.user.is_admin = True


def _owner(dana: Person, club: Channel) -> None:
    dana.user.is_owner = True


def _creator(dana: Person, club: Channel) -> None:
    club.creator = dana.id


@pytest.mark.parametrize("role", [_admin, _owner, _creator])
async def test_admins_and_who_made_the_channel_manage_it(
    role: Callable[[Person, Channel], None],
) -> None:
    async with bench() as b:
        club = b.server.channel("C1", members=[b.dana])
        role(b.dana, club)
        assert await asked(b, club) == Standing(manages=True)


@pytest.mark.parametrize("private", [False, True])
async def test_an_invitation_is_asked_for_and_noticed_at_once(private: bool) -> None:
    async with bench() as b:
        club = b.server.channel("C1", members=[b.dana], bot=False, private=private)
        standing = await asked(b, club)
        assert standing is not None
        assert standing.manages is (None if private else False)
        assert [lack() for lack in standing.lacks] == [INVITE]
        club.members.add(b.server.team().bot_user_id)
        assert await asked(b, club) == Standing(manages=False)


async def test_missing_scopes_are_named() -> None:
    async with bench() as b:
        club = b.server.channel("C1", members=[b.dana])
        b.server.team().scopes -= {"files:write", "groups:history"}
        standing = await asked(b, club)
        assert standing is not None
        assert "`files:write`, `groups:history`" in standing.lacks[0]()
        b.server.team().scopes -= {"channels:read"}
        standing = await asked(b, club)
        assert standing is not None
        assert "`channels:read`" in standing.lacks[0]()
        b.server.ledger.refusals.clear()


async def test_a_group_is_no_channel_and_an_archived_one_takes_nothing() -> None:
    async with bench() as b:
        group = b.server.channel("C2", members=[b.dana], private=True)
        group.is_mpim = True
        standing = await asked(b, group)
        assert standing is not None
        assert "A club needs a channel" in standing.lacks[0]()
        club = b.server.channel("C1", members=[b.dana])
        club.archived = True
        standing = await asked(b, club)
        assert standing is not None
        assert "Unarchive it" in standing.lacks[0]()


@pytest.mark.parametrize("method", [INFO, "users.info"])
@pytest.mark.parametrize("kind", ["500", "delay"])
async def test_what_slack_does_not_say_in_time_is_not_guessed(method: str, kind: str) -> None:
    async with bench() as b:
        club = b.server.channel("C1", members=[b.dana])
        b.server.faults.next(method, kind, seconds=2.0, times=3)
        assert await asked(b, club) == Standing(manages=None)
        b.server.faults.clear()
