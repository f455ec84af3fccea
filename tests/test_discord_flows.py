"""The adapter against a loopback Discord: the real client over real HTTP and WebSocket."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from core.caller import Account, Platform
from core.reply import Button, Choice, Field, FieldKind, Form, Reply, Suggestion
from tests.loopback.discord import Channel, DiscordServer, Person
from tests.test_discord_kit import FakeDesk, message, running


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with await DiscordServer.start() as made:
        yield made


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


def room(server: DiscordServer, person: Person) -> Channel:
    """A channel of a server in which the person is."""
    guild = server.guild("Job club")
    guild.join(person)
    return guild.channel("general")


SENT = Button("Sent", "sent:t=42&s=3")
FORM = Form(
    "New follow-up",
    "resume:k=7&form=1",
    (
        Field("who", "Who", value="Dana Lee @ Acme", required=True, help="Dana Lee @ Acme"),
        Field("note", "Note", FieldKind.LONG),
        Field(
            "via",
            "Via",
            FieldKind.CHOICE,
            value="email",
            choices=(Choice("Email", "email"), Choice("Phone", "phone")),
        ),
        Field(
            "days_off",
            "Days off",
            FieldKind.CHOICES,
            value="Saturday, Sunday",
            choices=tuple(Choice(d, d) for d in ("Friday", "Saturday", "Sunday")),
        ),
    ),
)


async def test_a_command_reaches_the_desk_and_its_answer_is_for_one_pair_of_eyes(
    server: DiscordServer, desk: FakeDesk
) -> None:
    ann = server.user("ann", locale="de")
    async with running(server, desk):
        where = room(server, ann)
        options = {"who": "Dana Lee @ Acme", "via": "email", "when": "in 3 days"}
        answer = await ann.command("followup add", options, channel=where)
    assert desk.asked == [("typed", "add", options)]
    assert answer.text == "Fine."
    assert answer.ephemeral
    caller = desk.callers[0]
    assert caller.account == Account(Platform.DISCORD, "", str(ann.id))
    assert (caller.key, caller.locale, caller.form_size, caller.zone) == (
        str(answer.interaction.id),
        "de",
        5,
        "",
    )


async def test_in_the_private_conversation_answers_stay(
    server: DiscordServer, desk: FakeDesk
) -> None:
    ann = server.user("ann")
    async with running(server, desk):
        answer = await ann.command("followup list")
    assert not answer.ephemeral
    assert [one.text_form() for one in ann.dm] == ["Fine."]


async def test_commands_are_told_once_and_again_only_when_they_differ(
    server: DiscordServer, desk: FakeDesk
) -> None:
    async with running(server, desk):
        await server.wait_for_commands()
    async with running(server, desk):
        pass
    assert server.count("PUT", "/commands") == 1
    [listed] = server.world.commands.values()
    next(iter(listed))["options"][0]["description"] = "What it was in an older version"
    async with running(server, desk):
        pass
    assert server.count("PUT", "/commands") == 2


async def test_what_the_desk_suggests_is_shown_within_limits(
    server: DiscordServer, desk: FakeDesk
) -> None:
    ann = server.user("ann")
    fits = Suggestion("Dana Lee, " + "very " * 30 + "long", "42")
    desk.found = (fits, Suggestion("No", "x" * 101), *(Suggestion("D", str(n)) for n in range(40)))
    async with running(server, desk):
        offered = await ann.autocomplete("followup sent", {"who": "da"}, "who")
        desk.fault = RuntimeError("the desk is on fire")
        nothing = await ann.autocomplete("followup sent", {"who": "da"}, "who")
    assert desk.asked[0] == ("suggest", "sent", "who", "da")
    assert len(offered) == 25
    assert offered[0].value == "42"
    assert len(offered[0].name) == 100
    assert nothing == []


async def test_a_form_opens_comes_back_and_changes_the_message_it_came_from(
    server: DiscordServer, desk: FakeDesk
) -> None:
    ann = server.user("ann")
    desk.reply = Reply(message=message("Dana Lee", Button("Edit", "edit:t=42")))
    async with running(server, desk):
        card = (await ann.command("followup show", {"who": "Dana"})).message
        desk.reply = Reply(form=FORM)
        form = (await ann.press(card, "Edit")).modal
        assert form is not None
        desk.reply = Reply(message=message("Dana Lee, by phone"), replace=True)
        filled = {"Note": "Calls only\nbefore ten", "Via": "Phone", "Days off": ["Friday"]}
        await ann.submit(form, filled)
    assert desk.asked[-1] == (
        "submit",
        FORM.token,
        {
            "who": "Dana Lee @ Acme",
            "note": "Calls only\nbefore ten",
            "via": "phone",
            "days_off": "Friday",
        },
    )
    assert card.text_form() == "Dana Lee, by phone"
    assert len(ann.dm) == 1


async def test_a_form_survives_a_restart_and_keeps_what_stood_there(
    server: DiscordServer, desk: FakeDesk
) -> None:
    ann = server.user("ann")
    desk.reply = Reply(form=FORM)
    async with running(server, desk):
        form = (await ann.command("followup add", channel=room(server, ann))).modal
    desk.reply = Reply(message=message("Added."))
    async with running(server, desk):
        answer = await ann.submit(form)
    assert desk.asked[-1] == (
        "submit",
        FORM.token,
        {
            "who": "Dana Lee @ Acme",
            "note": "",
            "via": "email",
            "days_off": "Saturday, Sunday",
        },
    )
    assert answer.text == "Added."
    assert answer.ephemeral


async def test_a_refused_form_leaves_the_message_alone(
    server: DiscordServer, desk: FakeDesk
) -> None:
    ann = server.user("ann")
    desk.reply = Reply(message=message("Dana Lee", Button("Another day", "ask:t=42&form=snooze")))
    async with running(server, desk):
        card = (await ann.command("followup show", {"who": "Dana"})).message
        desk.reply = Reply(form=FORM)
        form = (await ann.press(card, "Another day")).modal
        desk.reply = Reply(
            message=message("No such day", Button("Correct it", "resume:k=3")),
            replace=True,
            refused=True,
        )
        answer = await ann.submit(form)
    assert answer.text == "No such day\n[Correct it]"
    assert answer.ephemeral
    assert card.text_form() == "Dana Lee\n[Another day]"


async def test_a_button_works_after_a_restart(server: DiscordServer, desk: FakeDesk) -> None:
    ann = server.user("ann")
    twice = (SENT, Button("Sent again", SENT.token))
    desk.reply = Reply(message=message("One ping due", *twice))
    async with running(server, desk):
        digest = (await ann.command("followup list", channel=room(server, ann))).message
    async with running(server, desk):
        desk.reply = Reply(message=message("Noted."))
        for label in ("Sent", "Sent again"):
            answer = await ann.press(digest, label)
            assert desk.asked[-1] == ("press", SENT.token)
            assert answer.text == "Noted."
            assert answer.ephemeral


async def test_nothing_typed_pings_anybody(server: DiscordServer, desk: FakeDesk) -> None:
    ann, bob = server.user("ann"), server.user("bob")
    where = room(server, bob)
    server.guild("Job club").join(ann)
    loud = f"@everyone <@{bob.id}> {server.guild('Job club').role('mods').mention}"
    desk.reply = Reply(message=message(loud))
    async with running(server, desk):
        await ann.command("followup list", channel=where)
        await ann.command("followup list")
    assert server.pings == []
    assert all(one.allowed_mentions == {"parse": []} for one in server.messages)
