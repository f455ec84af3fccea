"""Brings the desk's reply to Discord within the 3 seconds that it waits.

What the desk takes long for is deferred and sent when it is done, for which Discord gives 15
minutes. The desk commits before it replies: an answer that gets lost on the way loses nothing else.

An interaction may arrive twice, also at two processes. The desk replies to the first one, and has
nothing to say to the other.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

import aiohttp
import discord

from adapters.discord.callers import Interaction, caller_of
from adapters.discord.faults import report
from adapters.discord.forms import modal
from adapters.discord.parcels import discord_file
from adapters.discord.render import Layout, layout
from core.caller import Caller
from core.language import N_, language_for, speaking
from core.reply import Message, Paragraph, Reply
from core.text import say

PATIENCE = 2.0
"""Seconds before deferring. Discord waits 3; the rest is for the way there."""

MOST_FILE = 10 * 1024 * 1024
"""Bytes of one file."""

ACKNOWLEDGED = 40060
EXPIRED = (10062, 10015, 50027)
"""Unknown interaction, unknown webhook, invalid webhook token: nobody waits any more."""

log = logging.getLogger(__name__)


TOO_LARGE = N_(
    "The file is larger than Discord takes, which is 10 MB. Whoever runs me can give it to you."
)
DONE = N_("Done.")
NO_FORM = N_("Discord can't open the form just now. Please do the same once more.")
FAULT = N_(
    "Something went wrong on my side. Please try again; `/followup list` shows where you stand."
)


def note(template: str) -> Message:
    """One sentence of ours as a message, in the language that is spoken."""
    return Message((Paragraph((say(template),)),))


def _by_locale(caller: Caller) -> str:
    return language_for(caller.locale)


class Answers:
    """Answers interactions, and knows which answers are still on their way.

    `tongue` tells the language of somebody while the desk has not answered them.
    """

    def __init__(
        self, patience: float = PATIENCE, tongue: Callable[[Caller], str] = _by_locale
    ) -> None:
        self._patience = patience
        self._tongue = tongue
        self._open: set[asyncio.Task[object]] = set()

    async def answer(self, interaction: Interaction, work: Awaitable[Reply]) -> Reply:
        """Run the desk and show its reply. Raises nothing: what goes wrong is logged."""
        with speaking(self._tongue(caller_of(interaction))):
            task = asyncio.ensure_future(_fitting(work))
            await self._logged(self._show(interaction, task))
        return task.result() if task.done() else Reply()

    async def change(self, interaction: Interaction, reply: Reply) -> None:
        """Show a later reply in place of the one that was shown. Raises nothing."""
        if reply.message is not None:
            await self._logged(_change(interaction, reply))

    async def _logged(self, showing: Awaitable[None]) -> None:
        here = asyncio.current_task()
        assert here is not None
        self._open.add(here)
        try:
            await showing
        except discord.HTTPException as error:
            _note(error)
        except (aiohttp.ClientError, OSError) as error:
            log.warning("an answer to Discord was lost on the way: %s", type(error).__name__)
        except Exception as error:  # a fault of ours in showing it; what the desk did is done
            report("an answer could not be shown", error)
        finally:
            self._open.discard(here)

    async def finish(self, seconds: float) -> None:
        """Wait for answers on their way, so that a stop doesn't cut one off."""
        if self._open:
            await asyncio.wait(self._open, timeout=seconds)

    async def _show(self, interaction: Interaction, task: asyncio.Future[Reply]) -> None:
        clock = asyncio.get_running_loop().time
        deadline = clock() + self._patience
        done, _ = await asyncio.wait({task}, timeout=self._patience)
        if not done:
            await _persistently(partial(_defer, interaction))
            await _complete(interaction, await task)
        elif _empty(task.result()):
            # Whoever heard it first has the answer: ours would only get in its way.
            await asyncio.sleep(deadline - clock())
            await _respond(interaction, task.result())
        else:
            await _persistently(partial(_respond, interaction, task.result()))


async def _safely(work: Awaitable[Reply]) -> Reply:
    try:
        return await work
    except Exception as error:  # a fault of ours; the person must hear something
        report("the desk failed", error)
        return Reply(message=note(FAULT), refused=True)


async def _fitting(work: Awaitable[Reply]) -> Reply:
    """The reply without files that Discord would refuse, and the answer with them."""
    reply = await _safely(work)
    if all(len(file.content) <= MOST_FILE for file in reply.files):
        return reply
    said = reply.message or Message(())
    with speaking(said.language):
        blocks = (*said.blocks, *note(TOO_LARGE).blocks)
    return replace(reply, message=replace(said, blocks=blocks), files=())


async def _persistently(send: Callable[[], Awaitable[None]]) -> None:
    """Send; once more when the connection broke. If it was there already, Discord says so."""
    try:
        await send()
    except (aiohttp.ClientError, OSError):
        await send()


async def _respond(interaction: Interaction, reply: Reply) -> None:
    """The first answer, while Discord still waits."""
    response = interaction.response
    if reply.form is not None and interaction.type is not discord.InteractionType.modal_submit:
        await response.send_modal(modal(reply.form))
    elif _empty(reply) and interaction.message is not None:
        await response.defer()
    elif _in_place(interaction, reply):
        await response.edit_message(view=_layout(reply))
    else:
        ephemeral = reply.refused or not _private(interaction)
        await response.send_message(view=_layout(reply), files=_files(reply), ephemeral=ephemeral)


async def _defer(interaction: Interaction) -> None:
    """Ask for time: "thinking…" for something new, a waiting button for a message that is there."""
    new = interaction.message is None
    try:
        await interaction.response.defer(thinking=new, ephemeral=new and not _private(interaction))
    except discord.HTTPException as error:
        if error.code != ACKNOWLEDGED:  # if it was, the answer can come all the same
            raise


async def _complete(interaction: Interaction, reply: Reply) -> None:
    """The answer after a deferral."""
    if _empty(reply):
        return
    view, files = _layout(reply), _files(reply)
    if interaction.message is None or _in_place(interaction, reply):
        await interaction.edit_original_response(view=view, attachments=files)
    else:
        ephemeral = reply.refused or not _private(interaction)
        await interaction.followup.send(view=view, files=files, ephemeral=ephemeral)


async def _change(interaction: Interaction, reply: Reply) -> None:
    await interaction.edit_original_response(view=_layout(reply), attachments=_files(reply))


def _message(reply: Reply) -> Message:
    """What to show. A form can't be shown in answer to a form, nor after a deferral."""
    if reply.message is not None:
        return reply.message
    if reply.form is None:
        return note(DONE)
    with speaking(reply.form.language):
        return note(NO_FORM)


def _layout(reply: Reply) -> Layout:
    return layout(_message(reply), reply.files)


def _files(reply: Reply) -> list[discord.File]:
    return [discord_file(file) for file in reply.files]


def _empty(reply: Reply) -> bool:
    return reply.message is None and reply.form is None


def _in_place(interaction: Interaction, reply: Reply) -> bool:
    """Whether to change the message that the button or form was on, which must be there.

    What others see is never changed: it must be ephemeral, or in the bot's own conversation.
    """
    there = interaction.message
    if there is None or reply.message is None or reply.files:
        return False
    if not (there.flags.ephemeral or _private(interaction)):
        return False
    refused_form = reply.refused and interaction.type is discord.InteractionType.modal_submit
    return reply.replace and not refused_form


def _private(interaction: Interaction) -> bool:
    """Whether nobody else can read along: the bot's own private conversation, and only there."""
    return interaction.guild_id is None and interaction.context.dm_channel is True


def _note(error: discord.HTTPException) -> None:
    """One line on an answer that Discord didn't take."""
    if error.code == ACKNOWLEDGED:
        log.debug("Discord already had the answer")
    elif error.code in EXPIRED:
        log.warning("too late for Discord: an answer was lost (%s)", error.code)
    else:
        log.error("Discord refused an answer: %s (%s) %s", error.status, error.code, error.text)
