""" "Follow up on this" on Discord: on whose message, where, and who sees what."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

import pytest

from adapters.discord.forms import modal
from adapters.discord.on_message import NAME
from core.caller import Platform
from core.quoting import add_values
from core.reply import Reply
from core.writing_back import with_author
from tests.loopback.discord import Answer, Channel, DiscordServer, Person
from tests.loopback.discord.errors import UsageError
from tests.loopback.discord.messages import Message
from tests.loopback.discord.modals import check_modal
from tests.people import Office
from tests.stages.discord import discord_stage
from tests.test_discord_flows import FORM
from tests.test_discord_kit import START, FakeDesk, message, running
from tests.test_discord_render import HOSTILE


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with await DiscordServer.start() as made:
        yield made


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(reply=Reply(form=FORM))


def club(server: DiscordServer, *people: Person) -> Channel:
    guild = server.guild("Job club")
    guild.join(*people)
    return guild.channel("general")


def told(desk: FakeDesk) -> Mapping[str, str]:
    """What the desk was told of the message."""
    kind, verb, values = next(one for one in desk.asked[::-1] if one[0] == "form")
    assert (kind, verb) == ("form", "add")
    assert isinstance(values, Mapping)
    return values


def noted(desk: FakeDesk) -> str:
    """The note without its last line, which must be the link."""
    quote, _, link = told(desk)["note"].rpartition("\n")
    assert link.startswith("https://discord.com/channels/")
    return quote


async def used(server: DiscordServer, desk: FakeDesk, ann: Person, on: Message) -> Answer:
    """Ann uses the command; the form opens at once and comes back with a private answer."""
    async with running(server, desk):
        answer = await ann.message_command(NAME, on)
        assert answer.modal is not None
        assert answer.interaction.response == 9
        desk.reply = Reply(message=message("Added."))
        return await ann.submit(answer.modal)


async def test_it_opens_the_form_and_tells_the_desk_of_the_message(
    server: DiscordServer, desk: FakeDesk
) -> None:
    ann, dana = server.user("ann"), server.user("dana", display_name="Dana Lee")
    where = club(server, ann, dana)
    said = dana.say(
        "## Hello <@" + str(ann.id) + ">\n**Data PM** at [Acme](https://acme.example/a_b), "
        "write to d_lee@acme.example <:smile:123456789012345678> <t:1795505400:F> \\*",
        channel=where,
    )
    answer = await used(server, desk, ann, said)
    guild = where.guild
    assert guild is not None
    assert told(desk) == {
        "who": "Dana Lee",
        "contact": "d_lee@acme.example",
        "note": "“Hello Ann Data PM at Acme (https://acme.example/a_b), write to "
        "d_lee@acme.example :smile: 2026-11-24 07:30 UTC *”\n"
        f"https://discord.com/channels/{guild.id}/{where.id}/{said.id}",
    }
    assert answer.ephemeral
    assert [one.text_form() for one in dana.sees] == [said.text_form()]


@pytest.mark.parametrize("others", [1, 3])
async def test_it_works_in_conversations_that_the_bot_is_not_in(
    server: DiscordServer, desk: FakeDesk, others: int
) -> None:
    ann = server.user("ann")
    people = [server.user(f"friend{number}") for number in range(others)]
    where = server.world.group("friends", ann, *people)
    said = people[0].say("Acme is hiring", channel=where)
    answer = await used(server, desk, ann, said)
    assert told(desk) == {
        "who": "Friend0",
        "via": "chat",
        "contact": f"https://discord.com/users/{people[0].id}",
        "note": f"“Acme is hiring”\nhttps://discord.com/channels/@me/{where.id}/{said.id}",
    }
    assert answer.ephemeral
    assert people[0].sees == [said]
    assert desk.callers[0].room is None


async def test_it_works_in_a_server_that_the_bot_is_not_in(
    server: DiscordServer, desk: FakeDesk
) -> None:
    ann, dana = server.user("ann"), server.user("dana")
    where = club(server, ann, dana)
    server.guild("Job club").bot_inside = False
    said = dana.say("Acme is hiring", channel=where)
    answer = await used(server, desk, ann, said)
    guild = where.guild
    assert guild is not None
    link = f"https://discord.com/channels/{guild.id}/{where.id}/{said.id}"
    assert told(desk)["note"] == f"“Acme is hiring”\n{link}"
    assert answer.ephemeral


async def test_who_has_not_installed_it_has_no_such_command_there(
    server: DiscordServer, desk: FakeDesk
) -> None:
    ann, dana = server.user("ann"), server.user("dana")
    ann.installed = False
    said = dana.say("Acme is hiring", channel=server.world.group("two", ann, dana))
    async with running(server, desk):
        await server.wait_for_commands()
        with pytest.raises(UsageError, match="has not installed"):
            await ann.message_command(NAME, said)
    assert desk.asked == []


async def test_a_bot_is_nobody_to_follow_up_with_but_what_it_says_is_read(
    server: DiscordServer, desk: FakeDesk
) -> None:
    ann, jobs = server.user("ann"), server.user("jobs")
    jobs.bot = True
    where = club(server, ann, jobs)
    embed = {"title": "Data PM", "description": "Acme, remote"}
    said = jobs.say("", channel=where, embeds=[embed])
    await used(server, desk, ann, said)
    assert noted(desk) == "“Data PM Acme, remote”"
    inside = {"type": 17, "components": [{"type": 10, "content": "# Nurse\nat Globex"}]}
    said = jobs.say("", channel=where, components=[inside], flags=1 << 15)
    desk.reply = Reply(form=FORM)
    await used(server, desk, ann, said)
    assert noted(desk) == "“Nurse at Globex”"
    assert list(told(desk)) == ["note"]


async def test_one_without_words_is_known_by_its_files(
    server: DiscordServer, desk: FakeDesk
) -> None:
    ann = server.user("ann")
    said = ann.say("", channel=club(server, ann), files={"offer.pdf": b"x", "map.png": b"y"})
    await used(server, desk, ann, said)
    assert noted(desk) == "“offer.pdf map.png”"
    assert "who" not in told(desk)  # one's own


async def test_of_a_forwarded_one_the_words_are_read_and_nobody_is_its_author(
    server: DiscordServer, desk: FakeDesk
) -> None:
    ann, bob = server.user("ann"), server.user("bob")
    where = club(server, ann, bob)
    first = bob.say("Talk to Dana Lee at Acme", channel=where, files={"cv.pdf": b"x"})
    await used(server, desk, ann, bob.forward(first, where))
    assert noted(desk) == "“Talk to Dana Lee at Acme”"
    assert "who" not in told(desk)


async def test_in_the_bots_own_conversation_the_answer_stays(
    server: DiscordServer, desk: FakeDesk
) -> None:
    ann = server.user("ann")
    said = ann.say("Dana Lee at Acme told me to write next week")
    answer = await used(server, desk, ann, said)
    assert not answer.ephemeral
    assert [one.text_form() for one in ann.dm][-1] == "Added."


async def test_a_message_becomes_a_follow_up_that_leads_back_to_it(database_url: str) -> None:
    async with discord_stage(database_url, START) as stage:
        ann = await stage.person("ann")
        await stage.channel("leads", ann)
        dana = stage.server.user("dana", display_name="Dana Lee")
        where = stage.server.guild("Job club").channel("leads")
        stage.server.guild("Job club").join(dana)
        said = dana.say("Can you send me your portfolio? Best, Dana", channel=where)
        await ann.human.message_command(NAME, said)
        assert ann.form.startswith("New follow-up\nWho: Dana Lee\n")
        assert "Can you send me your portfolio" in ann.form
        assert "Dana Lee" in await ann.fill(about="portfolio")
        assert stage.shown("leads") == []
        card = await ann.command("show", who="Dana")
        assert f"/{where.id}/{said.id}" in card


async def test_whatever_a_message_says_discord_takes_the_form_and_the_desk_what_comes_back(
    office: Office,
) -> None:
    member = office.member(platform=Platform.DISCORD, form_size=5)
    for number, text in enumerate([*HOSTILE, "Dana Lee @ Acme, " + "urgent, " * 50]):
        link = f"https://discord.com/channels/1/2/{number}"
        values = with_author(add_values(text, link), text, "https://discord.com/users/3")
        reply = await member.desk.form("add", values, member.caller())
        assert reply.form is not None
        dialog = modal(reply.form).to_dict()
        check_modal(dialog)
        filled = {one["component"]["custom_id"]: one["component"] for one in dialog["components"]}
        assert link in filled["note"]["value"]
        given = {name: str(one.get("value") or "") for name, one in filled.items()}
        given["who"] = given["who"] or f"Somebody {number} @ Acme"
        answer = await member.desk.submit(reply.form.token, given, member.caller())
        assert answer.message is not None
        assert "on my side" not in answer.message.plain()


@pytest.mark.parametrize(
    ("lines", "began"),
    [
        ([], {"who": "Dana Lee", "via": "chat"}),
        (["Dana Lee @ Acme, email, dana@acme.example"], {"who": "Dana Lee @ Acme", "via": "email"}),
        (["dana lee @ Acme"], {"who": "dana lee @ Acme", "via": "chat"}),
        (["Dana Lee @ Acme", "Dana Lee @ Globex"], {"who": "Dana Lee", "via": "chat"}),
        (["Dana Leeson @ Acme"], {"who": "Dana Lee", "via": "chat"}),
    ],
)
async def test_an_author_whom_the_member_pursues_already_is_that_contact(
    office: Office, lines: list[str], began: dict[str, str]
) -> None:
    member = office.member()
    for line in lines:
        await member.says(f"add {line}")
    profile = "https://discord.com/users/3"
    values = with_author(add_values("Shall we talk?"), "Dana Lee", profile)
    member.last = await member.desk.form("add", values, member.caller())
    form = member.last.form
    assert form is not None
    shown = {field.name: field.value for field in form.fields if field.value}
    assert {name: shown[name] for name in ("who", "via")} == began
    assert shown["contact"] == ("dana@acme.example" if began["via"] == "email" else profile)
    await member.fills(about="a talk")
    assert began["who"].split(" @")[0] in await member.says("list")


async def test_a_name_that_is_corrected_stays_as_it_was_typed(office: Office) -> None:
    member = office.member()
    await member.says("add Dana Lee @ Acme")
    await member.types("add", who="Dana Lee", when="xyzzy")
    await member.presses("Correct it")
    form = member.last.form
    assert form is not None
    assert form.fields[0].value == "Dana Lee"
