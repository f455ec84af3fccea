"""Tests the tester: the loopback Discord, driven by the real discord.py client."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from io import BytesIO
from typing import Any, cast

import aiohttp
import discord
import pytest
from discord import app_commands, ui

from tests.loopback.discord import (
    DidNotRespondError,
    DiscordServer,
    Person,
    UsageError,
    aimed_at,
)
from tests.loopback.discord.commands import check_commands
from tests.loopback.discord.errors import ApiError, Json, flatten
from tests.loopback.discord.modals import check_modal
from tests.loopback.discord.places import ATTACH_FILES, READ_HISTORY, Channel, Guild
from tests.loopback.discord.validation import IS_COMPONENTS_V2, check_message

Interaction = discord.Interaction[discord.Client]


class Bot(discord.Client):
    """A bot as small as can be. Errors of its handlers are kept in `errors`."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("intents", discord.Intents(guilds=True))
        super().__init__(guild_ready_timeout=0, **options)
        self.tree = app_commands.CommandTree(self)
        self.errors: list[BaseException] = []
        self.tree.error(self._note)

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Not the 5 s of the library."""

    async def _note(self, interaction: Interaction, error: app_commands.AppCommandError) -> None:
        self.errors.append(getattr(error, "original", error))


@asynccontextmanager
async def running(server: DiscordServer, bot: Bot) -> AsyncIterator[Bot]:
    """Run the bot until the block ends."""
    task = asyncio.create_task(bot.start(server.token))
    try:
        await asyncio.wait_for(server.wait_connected(), 5)
        await asyncio.wait_for(bot.wait_until_ready(), 5)
        yield bot
    finally:
        await bot.close()
        await asyncio.wait_for(task, 5)


class Club:
    """A server with one guild, one room and two people."""

    def __init__(self, server: DiscordServer) -> None:
        self.server = server
        self.guild: Guild = server.guild("Club")
        self.room: Channel = self.guild.channel("general")
        self.dana: Person = server.user("dana", locale="en-GB")
        self.ravi: Person = server.user("ravi")
        self.guild.join(self.dana, self.ravi)

    async def send(self, bot: Bot, text: str, **options: Any) -> discord.Message:
        """Let the bot send to the room."""
        return await self.channel(bot).send(text, **options)

    def channel(self, bot: Bot) -> discord.TextChannel:
        """The room as the bot knows it."""
        channel = bot.get_channel(self.room.id)
        assert isinstance(channel, discord.TextChannel)
        return channel


@pytest.fixture
async def club() -> AsyncIterator[Club]:
    async with DiscordServer() as server:
        with aimed_at(server):
            yield Club(server)


def on_command(bot: Bot, handler: Callable[[Interaction], Awaitable[object]]) -> None:
    """Give the bot one command, `/go`, without options."""

    async def go(interaction: Interaction) -> None:
        await handler(interaction)

    bot.tree.add_command(app_commands.Command(name="go", description="Go", callback=go))


class SentButton(ui.DynamicItem[ui.Button[Any]], template=r"sent:(?P<number>\d+)"):
    """A button that works after a restart."""

    def __init__(self, number: int) -> None:
        super().__init__(ui.Button(label="Sent", emoji="✅", custom_id=f"sent:{number}"))
        self.number = number

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> SentButton:
        return cls(int(match["number"]))

    async def callback(self, interaction: Interaction) -> None:
        view = ui.LayoutView(timeout=None)
        view.add_item(ui.TextDisplay(f"Number {self.number} is done."))
        await interaction.response.edit_message(view=view)


def card(text: str, number: int = 7) -> ui.LayoutView:
    """A card with one button."""
    view = ui.LayoutView(timeout=None)
    row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
    row.add_item(SentButton(number))
    view.add_item(ui.Container(ui.TextDisplay(text), ui.Separator(), row))
    return view


class AddForm(ui.Modal, title="Add a follow-up"):
    who: ui.Label[Any] = ui.Label(
        text="Who", description="Name @ firm", component=ui.TextInput(max_length=20)
    )
    when: ui.Label[Any] = ui.Label(
        text="When",
        component=ui.Select(
            options=[
                discord.SelectOption(label="Tomorrow", value="1"),
                discord.SelectOption(label="On Friday", value="5", default=True),
            ]
        ),
    )
    how: ui.Label[Any] = ui.Label(
        text="How",
        component=ui.RadioGroup(
            options=[
                discord.RadioGroupOption(label="Mail", value="m"),
                discord.RadioGroupOption(label="Call", value="c"),
            ]
        ),
    )
    daily: ui.Label[Any] = ui.Label(text="Daily", component=ui.Checkbox())
    days: ui.Label[Any] = ui.Label(
        text="Days",
        component=ui.CheckboxGroup(
            required=False,
            min_values=0,
            options=[
                discord.CheckboxGroupOption(label="Monday", value="mon"),
                discord.CheckboxGroupOption(label="Sunday", value="sun"),
            ],
        ),
    )

    async def on_submit(self, interaction: Interaction, /) -> None:
        fields = (self.who, self.when, self.how, self.daily, self.days)
        who, when, how, daily, days = (cast(Any, one.component) for one in fields)
        text = f"{who.value}|{when.values}|{how.value}|{daily.value}|{days.values}"
        await interaction.response.send_message(text, ephemeral=True)


# --- what people do ------------------------------------------------------------------


async def test_command_with_subcommand_options_and_autocomplete(club: Club) -> None:
    bot = Bot()
    group = app_commands.Group(name="followup", description="Follow-ups")

    @group.command(name="add", description="Add one")
    async def add(
        interaction: Interaction, who: str, days: int = 3, friend: discord.User | None = None
    ) -> None:
        text = f"{who} in {days} days, {friend}, {interaction.locale}, {interaction.context.guild}"
        await interaction.response.send_message(text, ephemeral=True)

    @add.autocomplete("who")
    async def offer(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{typed}!", value="x")]

    bot.tree.add_command(group)
    async with running(club.server, bot):
        values = {"who": "Lee @ Acme", "days": 5, "friend": club.ravi}
        answer = await club.dana.command("followup add", values, channel=club.room)
        offered = await club.dana.autocomplete(
            "followup add", {"who": "Le"}, "who", channel=club.room
        )
    assert answer.text == "Lee @ Acme in 5 days, ravi, en-GB, True"
    assert answer.ephemeral
    assert offered == [("Le!", "x")]
    assert club.dana.sees == answer.messages
    assert club.ravi.sees == []
    assert club.server.troubles == []
    await club.server.wait_disconnected()


async def test_buttons_survive_a_restart_and_edit_the_message_in_place(club: Club) -> None:
    async with running(club.server, Bot()) as first:
        user = await first.fetch_user(club.dana.id)
        await user.send(view=card("Write to Lee"))
    message = club.dana.dm[-1]
    assert message.text_form() == "Write to Lee\n---\n[✅ Sent]"

    second = Bot()
    second.add_dynamic_items(SentButton)
    async with running(club.server, second):
        answer = await club.dana.press(message, "Sent")
    assert answer.message is message
    assert message.text_form() == "Number 7 is done."
    assert message.edits == 1


async def test_form_with_labels(club: Club) -> None:
    bot = Bot()
    on_command(bot, lambda i: i.response.send_modal(AddForm()))
    async with running(club.server, bot):
        await club.dana.command("go")
        form = club.dana.modal
        assert form is not None
        assert form.labels == ["Who", "When", "How", "Daily", "Days"]
        with pytest.raises(UsageError, match="required"):
            await club.dana.submit(form, {"How": "Mail"})
        with pytest.raises(UsageError, match="at most 20"):
            await club.dana.submit(form, {"Who": "x" * 21})
        values = {"Who": "Lee", "How": "Call", "Daily": True, "Days": ["Sunday"]}
        answer = await club.dana.submit(form, values)
        with pytest.raises(UsageError, match="not open"):
            await club.dana.submit(form, values)
    assert answer.text == "Lee|['5']|c|True|['sun']"
    assert club.dana.dm == answer.messages


async def test_form_opened_by_a_button_carries_its_message(club: Club) -> None:
    class Note(ui.Modal, title="Note"):
        note: ui.TextInput[Any] = ui.TextInput(label="Note")

        async def on_submit(self, interaction: Interaction, /) -> None:
            await interaction.response.edit_message(content=f"Noted: {self.note.value}", view=None)

    class Menu(ui.View):
        @ui.button(label="Note…")
        async def note(self, interaction: Interaction, button: ui.Button[Any]) -> None:
            await interaction.response.send_modal(Note())

    async with running(club.server, Bot()) as bot:
        await club.send(bot, "Hello", view=Menu())
        message = club.ravi.sees[-1]
        await club.ravi.press(message, "Note…")
        await club.ravi.submit(club.ravi.modal, {"Note": "thanks"})
    assert message.text_form() == "Noted: thanks"


async def test_select_and_several_options(club: Club) -> None:
    class Menu(ui.View):
        @ui.select(
            placeholder="Days",
            max_values=2,
            options=[discord.SelectOption(label=day) for day in ("Mon", "Tue", "Wed")],
        )
        async def days(self, interaction: Interaction, select: ui.Select[Any]) -> None:
            await interaction.response.send_message(", ".join(select.values))

    async with running(club.server, Bot()) as bot:
        await club.send(bot, "When?", view=Menu())
        message = club.dana.sees[-1]
        assert message.text_form() == "When?\n<Days: Mon | Tue | Wed>"
        assert (await club.dana.press(message, "Tue")).text == "Tue"
        assert (await club.dana.choose(message, ["Mon", "Wed"])).text == "Mon, Wed"
        with pytest.raises(UsageError):
            await club.dana.choose(message, ["Mon", "Tue", "Wed"])
        with pytest.raises(UsageError, match="nothing says"):
            await club.dana.press(message, "Sun")


async def test_buttons_with_the_same_label(club: Club) -> None:
    class Row(ui.Section[Any]):
        def __init__(self, who: str, number: int) -> None:
            super().__init__(who, accessory=SentButton(number))

    bot = Bot()
    bot.add_dynamic_items(SentButton)
    async with running(club.server, bot):
        view = ui.LayoutView(timeout=None)
        view.add_item(Row("Lee", 1)).add_item(Row("Kim", 2))
        await bot.get_partial_messageable(club.room.id).send(view=view)
        message = club.dana.sees[-1]
        assert message.text_form() == "Lee  [✅ Sent]\nKim  [✅ Sent]"
        with pytest.raises(UsageError, match="2 things say 'Sent'"):
            await club.dana.press(message, "Sent")
        answer = await club.dana.press(message, "Sent", near="Kim")
    assert answer.text == "Number 2 is done."


async def test_deferred_answers(club: Club) -> None:
    async def later(interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        assert club.dana.sees[-1].text_form() == "Squeaky… is thinking"
        await asyncio.sleep(0.05)
        await interaction.followup.send("Done")
        await interaction.followup.send("More", ephemeral=True)
        await interaction.edit_original_response(content="Done!")

    bot = Bot()
    on_command(bot, later)
    async with running(club.server, bot):
        answer = await club.dana.command("go", channel=club.room)
        await club.dana.wait_for("Done!")
    assert answer.text == "Done!\nMore"
    assert answer.ephemeral
    assert club.ravi.sees == []


async def test_silent_defer_of_a_button(club: Club) -> None:
    class Menu(ui.View):
        @ui.button(label="Later")
        async def later(self, interaction: Interaction, button: ui.Button[Any]) -> None:
            await interaction.response.defer()
            await interaction.edit_original_response(content="Moved", view=None)

    async with running(club.server, Bot()) as bot:
        await club.send(bot, "Now", view=Menu())
        answer = await club.dana.press(club.dana.sees[-1], "Later")
    assert answer.text == "Moved"


async def test_command_of_a_message_menu(club: Club) -> None:
    bot = Bot()

    @bot.tree.context_menu(name="Follow up")
    async def follow(interaction: Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"On {message.author.name}'s", ephemeral=True)

    async with running(club.server, bot):
        said = club.ravi.say("Nice to meet you", channel=club.room)
        answer = await club.dana.message_command("Follow up", said)
    assert answer.text == "On ravi's"


async def test_waiting_is_bounded(club: Club) -> None:
    with pytest.raises(AssertionError, match="in vain"):
        await club.dana.wait_for("never", patience=0.05)


# --- what people cannot do -----------------------------------------------------------


async def test_only_what_is_synced_can_be_used(club: Club) -> None:
    bot = Bot()

    @bot.tree.command(name="add", description="Add")
    @app_commands.guild_only()
    async def add(interaction: Interaction, who: app_commands.Range[str, 1, 5]) -> None:
        await interaction.response.send_message(who)

    with pytest.raises(UsageError, match="no command 'add'"):
        await club.dana.command("add", {"who": "Lee"}, channel=club.room)
    async with running(club.server, bot):
        for values, why in (
            ({}, "needs the option 'who'"),
            ({"who": "Lee", "x": "y"}, "no option 'x'"),
            ({"who": 5}, "does not take 5"),
            ({"who": "too long"}, "at most 5"),
        ):
            with pytest.raises(UsageError, match=why):
                await club.dana.command("add", values, channel=club.room)
        with pytest.raises(UsageError, match="kind of channel"):
            await club.dana.command("add", {"who": "Lee"})
        with pytest.raises(UsageError, match="no autocomplete"):
            await club.dana.autocomplete("add", {"who": "L"}, "who", channel=club.room)
        with pytest.raises(UsageError, match="not in #general"):
            await club.server.user("zoe").command("add", {"who": "Lee"}, channel=club.room)
    assert club.server.world.command_creations == 1


async def test_disabled_and_hidden_buttons(club: Club) -> None:
    async def hidden(interaction: Interaction) -> None:
        view = ui.View()
        view.add_item(ui.Button(label="Off", disabled=True))
        view.add_item(ui.Button(label="Site", url="https://example.org"))
        await interaction.response.send_message("x", view=view, ephemeral=True)

    bot = Bot()
    on_command(bot, hidden)
    async with running(club.server, bot):
        message = (await club.dana.command("go", channel=club.room)).message
        assert message.text_form() == "x\n[Off (off)] [Site -> https://example.org]"
        for label in ("Off", "Site"):
            with pytest.raises(UsageError, match="disabled or only a link"):
                await club.dana.press(message, label)
        with pytest.raises(UsageError, match="does not see"):
            await club.ravi.press(message, "Off")


# --- what the bot gets wrong ---------------------------------------------------------


async def test_late_response(club: Club) -> None:
    async def slow(interaction: Interaction) -> None:
        await asyncio.sleep(0.2)
        await interaction.response.send_message("Too late")

    club.server.world.response_seconds = 0.1
    bot = Bot()
    on_command(bot, slow)
    async with running(club.server, bot):
        with pytest.raises(DidNotRespondError):
            await club.dana.command("go")
        await asyncio.sleep(0.2)
    assert len(club.server.late_responses) == 1
    assert [error.code for error in bot.errors if isinstance(error, discord.NotFound)] == [10062]
    assert club.dana.dm == []


async def test_the_same_interaction_twice_and_a_double_response(club: Club) -> None:
    bot = Bot()
    on_command(bot, lambda i: i.response.send_message("Hello"))
    club.server.gateway.deliveries = 2
    async with running(club.server, bot):
        await club.dana.command("go")
        await asyncio.sleep(0.1)
    assert [error.code for error in bot.errors if isinstance(error, discord.HTTPException)] == [
        40060
    ]
    assert len(club.server.double_responses) == 1
    assert [one.text_form() for one in club.dana.dm] == ["Hello"]


async def test_a_form_cannot_be_answered_by_a_form(club: Club) -> None:
    class Twice(ui.Modal, title="Twice"):
        note: ui.TextInput[Any] = ui.TextInput(label="Note")

        async def on_submit(self, interaction: Interaction, /) -> None:
            try:
                await interaction.response.send_modal(Twice())
            except discord.HTTPException as error:
                await interaction.response.send_message(f"{error.code}")

    bot = Bot()
    on_command(bot, lambda i: i.response.send_modal(Twice()))
    async with running(club.server, bot):
        await club.dana.command("go")
        answer = await club.dana.submit(club.dana.modal, {"Note": "x"})
    assert answer.text == "50035"
    assert "type: BASE_TYPE_CHOICES" in club.server.refusals[0].text()


async def test_the_token_of_an_interaction_ends(club: Club) -> None:
    kept: list[Interaction] = []

    async def hello(interaction: Interaction) -> None:
        kept.append(interaction)
        await interaction.response.send_message("Hello", ephemeral=True)

    bot = Bot()
    on_command(bot, hello)
    async with running(club.server, bot):
        await club.dana.command("go")
        club.server.skip(14 * 60)
        await kept[0].edit_original_response(content="Still here")
        club.server.skip(2 * 60)
        with pytest.raises(discord.HTTPException) as caught:
            await kept[0].followup.send("More")
    assert caught.value.code == 50027
    assert club.dana.dm[-1].text_form() == "Still here"


async def test_refused_response_leaves_the_interaction_open(club: Club) -> None:
    async def wrong(interaction: Interaction) -> None:
        try:
            await interaction.response.send_message("x" * 2001)
        except discord.HTTPException as error:
            await interaction.response.send_message(f"{error.code}")

    bot = Bot()
    on_command(bot, wrong)
    async with running(club.server, bot):
        assert (await club.dana.command("go")).text == "50035"
    [refusal] = club.server.refusals
    expected = "data.content: BASE_TYPE_MAX_LENGTH Must be 2000 or fewer in length."
    assert refusal.text() == expected


async def test_ephemeral_messages_do_not_exist_for_the_channel(club: Club) -> None:
    bot = Bot()
    on_command(bot, lambda i: i.response.send_message("Psst", ephemeral=True))
    async with running(club.server, bot):
        answer = await club.dana.command("go", channel=club.room)
        channel = bot.get_partial_messageable(club.room.id)
        partial = channel.get_partial_message(answer.message.id)
        with pytest.raises(discord.NotFound, match="10008"):
            await partial.edit(content="x")
        assert [one async for one in channel.history()] == []


# --- direct messages, nonces, lost answers -------------------------------------------


@pytest.mark.parametrize(
    ("fault", "code"), [("closed", 50007), ("no_mutual_guild", 50278), ("too_fast", 40003)]
)
async def test_closed_dms(club: Club, fault: Any, code: int) -> None:
    club.dana.dm_fault = fault
    async with running(club.server, Bot()) as bot:
        user = await bot.fetch_user(club.dana.id)
        with pytest.raises(discord.Forbidden) as caught:
            await user.send("Hello")
    assert caught.value.code == code
    assert club.server.world.invalid_requests == 1
    assert club.dana.dm == []


async def test_who_left_every_guild_has_no_mutual_guild(club: Club) -> None:
    async with running(club.server, Bot()) as bot:
        user = await bot.fetch_user(club.dana.id)
        await user.send("Hello")
        first = await user.create_dm()
        assert (await bot.create_dm(discord.Object(club.dana.id))).id == first.id
        club.guild.leave(club.dana)
        with pytest.raises(discord.Forbidden, match="50278"):
            await user.send("Hello again")
    assert [one.text_form() for one in club.dana.dm] == ["Hello"]


async def test_a_nonce_used_again_swallows_the_message(club: Club) -> None:
    async with running(club.server, Bot()) as bot:
        first = await club.send(bot, "One", nonce="n1")
        second = await club.send(bot, "Two", nonce="n1")
        assert second.id == first.id
        assert first.nonce == "n1"
        assert len(club.server.world.swallowed) == 1
        club.server.skip(400)
        assert (await club.send(bot, "Three", nonce="n1")).id != first.id
        channel = bot.get_partial_messageable(club.room.id)
        assert [one.nonce async for one in channel.history()] == [None, None]
        club.server.world.nonce_in_history = True
        assert [one.nonce async for one in channel.history()] == ["n1", "n1"]
    assert [one.text_form() for one in club.dana.sees] == ["One", "Three"]


async def test_a_lost_answer_is_stored_once(club: Club) -> None:
    club.server.faults.next("POST /channels/*/messages", "drop-after-store")
    club.server.faults.next("POST /channels/*/messages", "drop-before-store")
    async with running(club.server, Bot()) as bot:
        with pytest.raises(aiohttp.ClientError):
            await club.send(bot, "Once", nonce="n1")
        assert [one.text_form() for one in club.dana.sees] == ["Once"]
        with pytest.raises(aiohttp.ClientError):
            await club.send(bot, "Never", nonce="n2")
        await club.send(bot, "Once", nonce="n1")
    assert [one.text_form() for one in club.dana.sees] == ["Once"]
    assert club.server.count("POST", "/messages") == 3


async def test_a_lost_answer_to_a_response_is_seen_all_the_same(club: Club) -> None:
    club.server.faults.next("POST /interactions/*", "drop-after-store")
    bot = Bot()
    on_command(bot, lambda i: i.response.send_message("Saved"))
    async with running(club.server, bot):
        assert (await club.dana.command("go")).text == "Saved"
        await asyncio.sleep(0.05)
    assert isinstance(bot.errors[0], aiohttp.ClientError)


# --- faults and limits ---------------------------------------------------------------


async def raw(
    server: DiscordServer, method: str, path: str, **options: Any
) -> tuple[int, Any, Any]:
    """One request without discord.py: status, body, headers."""
    headers = {"Authorization": f"Bot {server.token}", **options.pop("headers", {})}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.request(method, server.api_url + path, **options) as response,
    ):
        return response.status, await response.text(), response.headers


@pytest.mark.parametrize(
    ("kind", "status", "html", "via"),
    [
        ("500", 500, False, True),
        ("502", 502, True, False),
        ("503", 503, False, True),
        ("504", 504, True, False),
        ("429", 429, False, True),
        ("429-global", 429, False, True),
        ("ban", 429, True, False),
    ],
)
async def test_faults(club: Club, kind: Any, status: int, html: bool, via: bool) -> None:
    club.server.faults.next("GET /users/@me", kind, seconds=0.2)
    found, text, headers = await raw(club.server, "GET", "/users/@me")
    assert found == status
    assert text.startswith("<html>") == html
    assert ("Via" in headers) == via
    assert (await raw(club.server, "GET", "/users/@me"))[0] == 200


async def test_discord_py_waits_out_a_429_and_a_delay(club: Club) -> None:
    club.server.faults.next("POST /channels/*/messages", "429", seconds=0.05)
    club.server.faults.next("POST /channels/*/messages", "delay", seconds=0.05)
    async with running(club.server, Bot()) as bot:
        await club.send(bot, "Hello")
    assert [r.status for r in club.server.requests if r.path.endswith("/messages")] == [429, 200]


async def test_limits(club: Club) -> None:
    club.server.limits.per_route = 2
    answers = [await raw(club.server, "GET", "/users/@me") for _ in range(3)]
    assert [status for status, _, _ in answers] == [200, 200, 429]
    assert answers[1][2]["X-RateLimit-Remaining"] == "0"
    assert '"global": false' in answers[2][1]
    club.server.limits.per_second = 1
    assert (await raw(club.server, "GET", "/gateway"))[0] == 200
    status, text, headers = await raw(club.server, "GET", "/gateway/bot")
    assert (status, headers["X-RateLimit-Global"]) == (429, "true")
    assert '"global": true' in text
    # Interactions are exempt: refused for what they are, not for the rate.
    assert (await raw(club.server, "POST", "/interactions/1/x/callback", json={}))[0] == 404
    assert club.server.world.invalid_requests == 2


async def test_unknown_routes_and_tokens(club: Club) -> None:
    assert (await raw(club.server, "GET", "/nothing"))[0] == 404
    assert club.server.violations == ["unknown route GET /nothing"]
    wrong = {"Authorization": "Bot wrong"}
    assert (await raw(club.server, "GET", "/users/@me", headers=wrong))[0] == 401
    with pytest.raises(discord.LoginFailure):
        async with Bot() as bot:
            await bot.login("wrong")


# --- the gateway ---------------------------------------------------------------------


async def test_a_dropped_connection_resumes_and_loses_nothing(club: Club) -> None:
    bot = Bot()
    on_command(bot, lambda i: i.response.send_message("Here"))
    async with running(club.server, bot):
        club.server.gateway.drop()
        answer = await club.dana.command("go")
        club.server.gateway.reconnect()
        await asyncio.sleep(0.05)
        assert (await club.dana.command("go")).text == answer.text == "Here"
    assert club.server.gateway.resumes == 2
    assert len(club.server.gateway.identifies) == 1
    assert club.server.gateway.identifies[0]["intents"] == 1


@pytest.mark.parametrize("how", ["forget", "invalidate"])
async def test_a_lost_session_identifies_again(club: Club, how: str) -> None:
    async with running(club.server, Bot()):
        if how == "forget":
            club.server.gateway.drop(forget=True)
        else:
            club.server.gateway.invalidate()
        await club.server.wait_connected()
    assert len(club.server.gateway.identifies) == 2
    assert club.server.gateway.resumes == 0


async def test_a_zombie_is_noticed(club: Club) -> None:
    bot = Bot(heartbeat_timeout=0.3)
    club.server.gateway.heartbeat_ms = 100
    on_command(bot, lambda i: i.response.send_message("Back"))
    async with running(club.server, bot):
        club.server.gateway.silence()
        assert (await club.dana.command("go")).text == "Back"
    assert club.server.gateway.heartbeats > 1
    assert club.server.gateway.resumes >= 1


async def test_refused_identifies(club: Club) -> None:
    bot = Bot(intents=discord.Intents(guilds=True, members=True))
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with bot:
            await bot.start(club.server.token)
    assert club.server.gateway.close_codes == [4014]
    with pytest.raises(DidNotRespondError, match="not connected"):
        club.server.world.commands[None] = [{"id": "1", "name": "go", "type": 1}]
        await club.dana.command("go")


async def test_shards_hear_their_own_guilds(club: Club) -> None:
    guilds: dict[int, Guild] = {}
    while len(guilds) < 2:
        guild = club.server.guild(f"Guild {len(club.server.world.guilds)}")
        guilds.setdefault((guild.id >> 22) % 2, guild)
        await asyncio.sleep(0.001)
    heard: list[tuple[int | None, int | None]] = []
    async with AsyncExitStack() as stack:
        for number in range(2):
            bot = Bot(shard_id=number, shard_count=2)
            on_command(bot, partial(_noting, heard, bot))
            await stack.enter_async_context(running(club.server, bot))
            assert all((guild.id >> 22) % 2 == number for guild in bot.guilds)
        assert club.server.gateway.shards == [(0, 2), (1, 2)]
        for guild in guilds.values():
            guild.join(club.dana)
            await club.dana.command("go", channel=guild.channel("general"))
        await club.dana.command("go")
    assert sorted(heard, key=str) == sorted(
        [(0, guilds[0].id), (1, guilds[1].id), (0, None)], key=str
    )
    assert club.server.gateway.doubled == 0


async def _noting(
    heard: list[tuple[int | None, int | None]], bot: Bot, interaction: Interaction
) -> None:
    heard.append((bot.shard_id, interaction.guild_id))
    await interaction.response.send_message("Heard", ephemeral=True)


@pytest.mark.parametrize("shard", [[2, 2], [-1, 2], [0, 0], [1], ["0", "1"], 1, None])
async def test_shards_that_there_are_not(club: Club, shard: Any) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(club.server.gateway_url) as socket,
    ):
        await socket.receive()
        token = club.server.token
        await socket.send_json({"op": 2, "d": {"token": token, "intents": 1, "shard": shard}})
        closed = await asyncio.wait_for(socket.receive(), 5)
    assert (closed.type, closed.data) == (aiohttp.WSMsgType.CLOSE, 4010)


async def test_guilds_and_channels_come_and_go(club: Club) -> None:
    async with running(club.server, Bot()) as bot:
        other = club.server.guild("Other")
        hall = other.channel("hall")
        await asyncio.sleep(0.05)
        assert bot.get_channel(hall.id) is not None
        hall.delete()
        other.remove_bot()
        await asyncio.sleep(0.05)
        assert bot.get_guild(other.id) is None
        with pytest.raises(discord.NotFound, match="10003"):
            await bot.get_partial_messageable(hall.id).send("x")
        with pytest.raises(discord.Forbidden, match="50001"):
            await bot.get_partial_messageable(other.channel("attic").id).send("x")
        assert len([one async for one in club.channel(bot).history()]) == 0
        await club.send(bot, "x")
        assert len([one async for one in club.channel(bot).history()]) == 1
        club.room.bot_lacks = READ_HISTORY | ATTACH_FILES
        assert len([one async for one in club.channel(bot).history()]) == 0
        with pytest.raises(discord.Forbidden, match="50013"):
            await club.channel(bot).send(file=discord.File(BytesIO(b"x"), "x.png"))
        club.room.bot_can_write = False
        with pytest.raises(discord.Forbidden, match="50013"):
            await club.send(bot, "x")


# --- messages ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("allowed", "everyone", "roles", "users"),
    [
        (None, True, 1, 1),
        (discord.AllowedMentions.none(), False, 0, 0),
        (discord.AllowedMentions(everyone=False, roles=False, users=True), False, 0, 1),
    ],
)
async def test_pings(club: Club, allowed: Any, everyone: bool, roles: int, users: int) -> None:
    text = f"@here {club.guild.role('crew').mention} {club.dana.mention} <@1> `@everyone`"
    async with running(club.server, Bot(allowed_mentions=allowed)) as bot:
        await club.send(bot, text)
        await club.send(bot, "`@everyone` in code")
    message, code = club.dana.sees
    found = message.pings
    assert (found.everyone, len(found.roles), len(found.users)) == (everyone, roles, users)
    assert not code.pings
    assert len(club.server.pings) == (1 if everyone or users else 0)


async def test_pings_in_components(club: Club) -> None:
    async with running(club.server, Bot()) as bot:
        await bot.get_partial_messageable(club.room.id).send(view=card("Hi @everyone"))
    assert club.dana.sees[-1].pings.everyone


async def test_history_edit_and_delete(club: Club) -> None:
    async with running(club.server, Bot()) as bot:
        sent = [await club.send(bot, str(number)) for number in range(5)]
        said = club.ravi.say("Mine", channel=club.room)
        channel = bot.get_partial_messageable(club.room.id)
        newest = [one.content async for one in channel.history(limit=3)]
        after = [one.content async for one in channel.history(limit=2, after=sent[1])]
        before = [one.content async for one in channel.history(before=sent[2])]
        await sent[0].edit(content="zero")
        await sent[1].delete()
        with pytest.raises(discord.NotFound):
            await channel.fetch_message(sent[1].id)
        partial = channel.get_partial_message(said.id)
        with pytest.raises(discord.Forbidden, match="50005"):
            await partial.edit(content="x")
    # Without the intent for message content, what others wrote is kept back.
    assert newest == ["", "4", "3"]
    assert after == ["2", "3"]
    assert before == ["1", "0"]
    assert [one.text_form() for one in club.dana.sees] == ["zero", "2", "3", "4", "Mine"]


async def test_files(club: Club) -> None:
    async with running(club.server, Bot()) as bot:
        from io import BytesIO

        file = discord.File(BytesIO(b"a,b"), filename="export.csv")
        message = await club.send(bot, "Your data", file=file)
    assert message.attachments[0].filename == "export.csv"
    assert club.dana.sees[-1].files == {"export.csv": b"a,b"}


async def test_components_v2_stay(club: Club) -> None:
    async with running(club.server, Bot()) as bot:
        message = await bot.get_partial_messageable(club.room.id).send(view=card("Card"))
        with pytest.raises(discord.HTTPException, match="content"):
            await message.edit(content="Plain", view=None)
    assert club.dana.sees[-1].text_form() == "Card\n---\n[✅ Sent]"


# --- forms that Discord refuses ------------------------------------------------------


def button(label: str = "Go", custom_id: str = "go", **more: Any) -> Json:
    return {"type": 2, "style": 1, "label": label, "custom_id": custom_id, **more}


def row(*inside: Json) -> Json:
    return {"type": 1, "components": list(inside)}


def select(count: int = 1, **more: Any) -> Json:
    options = [{"label": f"L{number}", "value": f"v{number}"} for number in range(count)]
    return {"type": 3, "custom_id": "pick", "options": options, **more}


def text(content: str = "Hello") -> Json:
    return {"type": 10, "content": content}


def v2(*components: Json, **more: Any) -> Json:
    return {"flags": IS_COMPONENTS_V2, "components": list(components), **more}


def rows(*inside: Json) -> Json:
    return {"components": list(inside)}


BAD_MESSAGES: list[tuple[Json, str]] = [
    ({"content": "x" * 2001}, "content: BASE_TYPE_MAX_LENGTH"),
    ({"content": "x", "nonce": "n" * 26}, "nonce: BASE_TYPE_MAX_LENGTH"),
    ({"embeds": [{"title": "x"}] * 11}, "embeds: BASE_TYPE_MAX_LENGTH"),
    ({"embeds": [{"description": "x" * 4000}] * 2}, "MAX_EMBED_SIZE_EXCEEDED"),
    (
        {"embeds": [{"fields": [{"name": "x", "value": ""}]}]},
        "embeds.0.fields.0.value: BASE_TYPE_R",
    ),
    ({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}, "PARSE_EXCLUSIVE"),
    (rows(*[row(button(custom_id=str(n))) for n in range(6)]), "components: BASE_TYPE_MAX"),
    (rows(row(*[button(custom_id=str(n)) for n in range(6)])), "components.0.components: BASE"),
    (rows(row()), "components.0.components: BASE_TYPE_REQUIRED"),
    (rows(row(button(), select())), "COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
    (rows(row(button("x" * 81))), "label: BASE_TYPE_MAX_LENGTH"),
    (rows(row(button(""))), "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED"),
    (rows(row(button(custom_id="x" * 101))), "custom_id: BASE_TYPE_BAD_LENGTH"),
    (rows(row(button(), button())), "COMPONENT_CUSTOM_ID_DUPLICATED"),
    (rows(row(button(style=9))), "style: BASE_TYPE_CHOICES"),
    (rows(row({"type": 2, "style": 5, "label": "x", "url": "ftp://x"})), "URL_TYPE_INVALID_SCHEME"),
    (rows(row(button(emoji={"name": "smile"}))), "COMPONENT_INVALID_EMOJI"),
    (rows(row(select(26))), "options: BASE_TYPE_BAD_LENGTH"),
    (rows(row(select(0))), "options: BASE_TYPE_REQUIRED"),
    (rows(row(select(2, max_values=26))), "max_values: NUMBER_TYPE_MAX"),
    (rows(row(select(placeholder="x" * 151))), "placeholder: BASE_TYPE_MAX_LENGTH"),
    (rows(row(select(options=[{"label": "x", "value": "v"}] * 2))), "OPTION_VALUE_DUPLICATED"),
    (rows(row(select(options=[{"label": "x" * 101, "value": "v"}]))), "options.0.label: BASE"),
    (rows(text()), "components.0.type: BASE_TYPE_CHOICES"),
    (rows({"type": 99}), "components.0.type: BASE_TYPE_CHOICES"),
    (v2(text(), content="x"), "content: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
    (v2(text(), embeds=[{"title": "x"}]), "embeds: MESSAGE_CANNOT_USE_LEGACY_FIELDS"),
    (v2(*[text()] * 41), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
    (v2({"type": 17, "components": [text()] * 40}), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
    (v2(text("x" * 2001), text("x" * 2000)), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"),
    (v2(text("")), "content: BASE_TYPE_REQUIRED"),
    (v2(button()), "components.0.type: BASE_TYPE_CHOICES"),
    (v2({"type": 17, "components": [{"type": 17, "components": [text()]}]}), "type: BASE_TYPE_CH"),
    (v2({"type": 9, "components": [text()]}), "accessory: BASE_TYPE_REQUIRED"),
    (v2({"type": 9, "components": [text()] * 4, "accessory": button()}), "BASE_TYPE_BAD_LENGTH"),
    (v2({"type": 13, "file": {"url": "attachment://x.csv"}}), "ATTACHMENT_NOT_FOUND"),
    (v2(row(button()), row(button())), "COMPONENT_CUSTOM_ID_DUPLICATED"),
    (v2(text() | {"id": 3}, text() | {"id": 3}), "COMPONENT_ID_DUPLICATED"),
]


def tree_of(check: Callable[[], object]) -> str:
    """The refusal's error tree as text."""
    with pytest.raises(ApiError) as caught:
        check()
    assert caught.value.code == 50035
    return "\n".join(flatten(caught.value.errors or {}))


@pytest.mark.parametrize(("body", "expected"), BAD_MESSAGES)
def test_bad_messages(body: Json, expected: str) -> None:
    assert expected in tree_of(lambda: check_message(body, frozenset()))


def test_good_and_empty_messages() -> None:
    check_message({"content": "x" * 2000}, frozenset())
    check_message(
        rows(*[row(*[button(custom_id=f"{a}{b}") for b in range(5)]) for a in range(5)]),
        frozenset(),
    )
    check_message(v2({"type": 17, "components": [text()] * 39}), frozenset())
    for empty in ({}, {"content": ""}, v2()):
        with pytest.raises(ApiError) as caught:
            check_message(empty, frozenset())
        assert caught.value.code == 50006


async def test_refusals_are_kept(club: Club) -> None:
    path = f"/channels/{club.room.id}/messages"
    status, body, _ = await raw(club.server, "POST", path, json={"content": "x" * 2001})
    assert status == 400
    assert '"errors": {"content": {"_errors": [{"code": "BASE_TYPE_MAX_LENGTH"' in body
    [refusal] = club.server.refusals
    assert (refusal.status, refusal.code, refusal.message) == (400, 50035, "Invalid Form Body")


def label(component: Json, **more: Any) -> Json:
    return {"type": 18, "label": "Who", "component": component, **more}


def typed(**more: Any) -> Json:
    return {"type": 4, "style": 1, "custom_id": "who", **more}


def form(*components: Json, **more: Any) -> Json:
    return {"title": "Form", "custom_id": "form", "components": list(components), **more}


def radio(count: int) -> Json:
    return {**select(count), "type": 21}


BAD_FORMS: list[tuple[Json, str]] = [
    (form(label(typed()), title="x" * 46), "title: BASE_TYPE_BAD_LENGTH"),
    (form(label(typed()), custom_id="x" * 101), "custom_id: BASE_TYPE_BAD_LENGTH"),
    (form(), "components: BASE_TYPE_REQUIRED"),
    (form(*[label(typed(custom_id=str(n))) for n in range(6)]), "components: BASE_TYPE_BAD"),
    (form(label(typed()), label(typed())), "COMPONENT_CUSTOM_ID_DUPLICATED"),
    (form(label(typed(), label="x" * 46)), "label: BASE_TYPE_BAD_LENGTH"),
    (form(label(typed(), description="x" * 101)), "description: BASE_TYPE_MAX_LENGTH"),
    (form(label(typed(label="Twice"))), "TEXT_INPUT_LABEL_NOT_ALLOWED"),
    (form(label(typed(value="abc", max_length=2))), "value: BASE_TYPE_MAX_LENGTH"),
    (form(label(typed(max_length=4001))), "max_length: NUMBER_TYPE_MAX"),
    (form(label(typed(placeholder="x" * 101))), "placeholder: BASE_TYPE_MAX_LENGTH"),
    (form(label(typed(style=3))), "style: BASE_TYPE_CHOICES"),
    (form(label(select(26))), "options: BASE_TYPE_BAD_LENGTH"),
    (form(label(select(min_values=0))), "COMPONENT_REQUIRED_MIN_VALUES"),
    (form(label(select(disabled=True))), "COMPONENT_DISABLED_IN_MODAL"),
    (form(label(radio(1))), "options: BASE_TYPE_BAD_LENGTH"),
    (form(label(radio(11))), "options: BASE_TYPE_BAD_LENGTH"),
    (form(label(button())), "component.type: BASE_TYPE_CHOICES"),
    (form(row(button())), "components.0.type: BASE_TYPE_CHOICES"),
    (form(row(typed())), "label: BASE_TYPE_REQUIRED"),
    (form({"type": 17, "components": [text()]}), "components.0.type: BASE_TYPE_CHOICES"),
]


@pytest.mark.parametrize(("body", "expected"), BAD_FORMS)
def test_bad_forms(body: Json, expected: str) -> None:
    assert expected in tree_of(lambda: check_modal(body))


def command(*options: Json, name: str = "go", **more: Any) -> Json:
    return {"name": name, "description": "Go", "options": list(options), **more}


def option(name: str = "who", kind: int = 3, **more: Any) -> Json:
    return {"name": name, "description": "Who", "type": kind, **more}


def numbered(count: int, **more: Any) -> list[Json]:
    return [option(f"o{number}", **more) for number in range(count)]


LONG = [{"name": "n" * 100, "value": "v" * 100}] * 25
BAD_COMMANDS: list[tuple[list[Json], str]] = [
    ([command(name="Go")], "0.name: APPLICATION_COMMAND_INVALID_NAME"),
    ([command(name="go now")], "0.name: APPLICATION_COMMAND_INVALID_NAME"),
    ([command(name="x" * 33)], "0.name: BASE_TYPE_BAD_LENGTH"),
    ([command(description="x" * 101)], "0.description: BASE_TYPE_BAD_LENGTH"),
    ([command(), command()], "1.name: APPLICATION_COMMANDS_DUPLICATE_NAME"),
    ([command(name=f"c{n}") for n in range(101)], "APPLICATION_COMMANDS_TOO_MANY"),
    ([command(*numbered(26))], "0.options: BASE_TYPE_MAX_LENGTH"),
    ([command(option(), option())], "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE"),
    ([command(option(), option("b", required=True))], "OPTIONS_REQUIRED_INVALID"),
    ([command(option(), option("b", 1))], "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"),
    ([command(option("a", 1, options=[option("b", 1)]))], "options.0.options.0.type: BASE"),
    ([command(option("a", 2, options=[option("b", 2)]))], "options.0.options.0.type: BASE"),
    ([command(option(choices=LONG + LONG[:1]))], "choices: BASE_TYPE_MAX_LENGTH"),
    ([command(option(choices=LONG[:1], autocomplete=True))], "OPTION_AUTOCOMPLETE_INVALID"),
    ([command(*numbered(2, choices=LONG))], "APPLICATION_COMMAND_TOO_LARGE"),
    ([command(name_localizations={"xx": "go"})], "name_localizations.xx: BASE_TYPE_CHOICES"),
]


@pytest.mark.parametrize(("listed", "expected"), BAD_COMMANDS)
def test_bad_commands(listed: list[Json], expected: str) -> None:
    assert expected in tree_of(lambda: check_commands(listed))


def test_good_commands() -> None:
    group = option("list", 2, options=[option("all", 1, options=numbered(25))])
    check_commands([command(group, option("one", 1)), command(*numbered(25), name="añadir")])


async def test_autocomplete_offers_25_at_most(club: Club) -> None:
    bot = Bot()

    @bot.tree.command(name="go", description="Go")
    async def go(interaction: Interaction, who: str) -> None:
        await interaction.response.send_message(who)

    @go.autocomplete("who")
    async def offer(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=str(n), value=str(n)) for n in range(26)]

    club.server.world.response_seconds = 0.2
    async with running(club.server, bot):
        with pytest.raises(DidNotRespondError):
            await club.dana.autocomplete("go", {"who": ""}, "who")
    assert "data.choices: BASE_TYPE_MAX_LENGTH" in club.server.refusals[0].text()


async def test_200_command_creations_a_day(club: Club) -> None:
    path = f"/applications/{club.server.world.application_id}/commands"
    for start in (0, 100):
        listed = [command(name=f"c{start + n}") for n in range(100)]
        for _ in range(2):
            assert (await raw(club.server, "PUT", path, json=listed))[0] == 200
    assert club.server.world.command_creations == 200
    status, body, _ = await raw(club.server, "PUT", path, json=[command(name="new")])
    assert status == 400
    assert "30034" in body
