"""Answers that are slow, lost, impossible or not ours to give, over real HTTP and WebSocket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

import pytest

from adapters.discord.answers import MOST_FILE
from core.caller import Caller
from core.reply import Button, Field, File, Form, Reply
from tests.loopback.discord import DidNotRespondError, DiscordServer
from tests.test_discord_kit import FakeDesk, message, running, until

SENT = Button("Sent", "sent:t=42&s=3")
FORM = Form("New follow-up", "resume:k=7&form=1", (Field("who", "Who"),))


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with await DiscordServer.start() as made:
        yield made


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


async def test_a_slow_desk_is_waited_for(server: DiscordServer, desk: FakeDesk) -> None:
    ann = server.user("ann")
    server.guild("Job club").join(ann)
    desk.seconds = 2.3
    async with running(server, desk):
        where = server.guild("Job club").channel("general")
        answer = await ann.command("followup list", channel=where)
    assert answer.text == "Fine."
    assert answer.ephemeral
    assert len(answer.messages) == 1
    assert server.late_responses == []


async def test_a_slow_press_changes_its_message_in_place(
    server: DiscordServer, desk: FakeDesk
) -> None:
    ann = server.user("ann")
    desk.reply = Reply(message=message("One ping due", SENT))
    async with running(server, desk):
        digest = (await ann.command("followup list")).message
        desk.reply = Reply(message=message("All done"), replace=True)
        desk.seconds = 2.3
        await ann.press(digest, "Sent")
        assert digest.text_form() == "All done"
        assert len(ann.dm) == 1


async def test_a_file_that_discord_would_refuse_is_said_and_the_rest_shown(
    server: DiscordServer, desk: FakeDesk
) -> None:
    ann = server.user("ann")
    files = [File("all.csv", "text/csv", b"x" * size) for size in (MOST_FILE, MOST_FILE + 1)]
    async with running(server, desk):
        desk.reply = Reply(message=message("Your data"), files=(files[0],))
        assert (await ann.command("followup data export")).message.files.keys() == {"all.csv"}
        desk.reply = Reply(message=message("Your data"), files=(files[1],))
        answer = await ann.command("followup data export")
    assert "Your data" in answer.text
    assert "larger than Discord takes" in answer.text
    assert server.refusals == []


async def test_a_form_after_a_deferral_is_explained(server: DiscordServer, desk: FakeDesk) -> None:
    ann = server.user("ann")
    desk.seconds, desk.reply = 2.3, Reply(form=FORM)
    async with running(server, desk):
        answer = await ann.command("followup add")
    assert "Please do the same once more" in answer.text


async def test_a_fault_of_ours_is_owned_up_to(
    server: DiscordServer, desk: FakeDesk, caplog: pytest.LogCaptureFixture
) -> None:
    ann = server.user("ann")
    desk.fault = RuntimeError("the desk is on fire")
    async with running(server, desk):
        answer = await ann.command("followup list")
    assert "Something went wrong on my side" in answer.text
    assert "fire" not in answer.text + caplog.text


async def test_an_answer_that_arrived_although_its_receipt_was_lost_is_shown_once(
    server: DiscordServer, desk: FakeDesk
) -> None:
    ann = server.user("ann")
    async with running(server, desk):
        server.faults.next("POST *interactions*callback", "drop-after-store")
        answer = await ann.command("followup list")
    assert answer.text == "Fine."
    assert [one.text_form() for one in ann.dm] == ["Fine."]
    assert len(server.double_responses) == 1


async def test_an_answer_whose_connection_broke_is_sent_again(
    server: DiscordServer, desk: FakeDesk
) -> None:
    ann = server.user("ann")
    async with running(server, desk):
        server.faults.next("POST *interactions*callback", "drop-before-store")
        answer = await ann.command("followup list")
    assert answer.text == "Fine."


async def test_a_press_with_nothing_to_show_just_stops_waiting(
    server: DiscordServer, desk: FakeDesk
) -> None:
    ann = server.user("ann")
    desk.reply = Reply(message=message("One ping due", SENT))
    async with running(server, desk):
        digest = (await ann.command("followup list")).message
        desk.reply = Reply()
        await ann.press(digest, "Sent")
        assert (await ann.command("followup undo")).text == "Done."
    assert server.refusals == []


async def test_a_command_of_an_older_version_is_answered(
    server: DiscordServer, desk: FakeDesk
) -> None:
    ann = server.user("ann")
    async with running(server, desk):
        [[group, _]] = server.world.commands.values()
        group["options"][0]["name"] = "begin"
        answer = await ann.command("followup begin")
    assert "type it again in a minute" in answer.text
    assert desk.asked == []


async def test_somebody_elses_components_are_left_alone(
    server: DiscordServer, desk: FakeDesk
) -> None:
    ann = server.user("ann")
    desk.reply = Reply(message=message("One ping due", SENT))
    async with running(server, desk):
        digest = (await ann.command("followup list")).message
        digest.components[1]["components"][0]["custom_id"] = "somebody-elses"
        desk.asked.clear()
        server.world.response_seconds = 0.2
        with pytest.raises(DidNotRespondError):
            await ann.press(digest, "Sent")
    assert desk.asked == []


@dataclass
class OnceDesk(FakeDesk):
    """Hears something twice, replies to one of them and has nothing to say to the other."""

    taking: tuple[float, float] = (0.0, 0.0)
    answered: int = 0

    async def typed(self, verb: str, values: Mapping[str, str], caller: Caller) -> Reply:
        number = len(self.asked)
        self.seconds = self.taking[number]
        reply = await super().typed(verb, values, caller)
        return reply if number == self.answered else Reply()


@pytest.mark.parametrize(
    ("taking", "answered"),
    [((0.5, 0.0), 0), ((0.0, 0.5), 1), ((2.2, 2.5), 0), ((2.5, 2.2), 1)],
    ids=["in time", "in time, the other one", "deferred", "deferred, the other one"],
)
async def test_what_is_heard_twice_is_answered_by_the_one_with_the_reply(
    server: DiscordServer, taking: tuple[float, float], answered: int
) -> None:
    ann = server.user("ann")
    async with running(server, OnceDesk(taking=taking, answered=answered)):
        server.gateway.deliveries = 2
        await ann.command("followup list")
        await until(lambda: len(server.double_responses) == 1)
        await asyncio.sleep(max(max(taking) - 1.5, 0.0))  # whoever was slower has its say
    assert [one.text_form() for one in ann.dm] == ["Fine."]
    assert server.late_responses == []
