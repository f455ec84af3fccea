"""Shows replies where they belong, for one person's eyes alone."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.client import webhook
from adapters.slack.controls import JSON
from adapters.slack.downloads import download
from adapters.slack.faults import code_of
from adapters.slack.homes import Homes
from adapters.slack.modal import modal
from adapters.slack.place import Place
from adapters.slack.render import Rendered, render
from core.caller import Upload
from core.language import N_, speaking, spoken
from core.reply import File, Form, Message, Paragraph, Reply
from core.text import say

log = logging.getLogger(__name__)

TOO_LATE = N_("Slack closed the door before the form could open. Please try again.")
NO_FILE = N_("Slack did not take the file. Nothing is lost: ask me for it once more.")
NO_SCOPE = N_(
    "I may not send files here yet. Whoever set me up can allow it: add the scope `files:write` "
    "under OAuth & Permissions and install the app again."
)


def note(template: str, *, quiet: bool = False) -> Message:
    """One sentence of ours as a message, in the language that is spoken."""
    return Message((Paragraph((say(template),), quiet=quiet),))


class Refused(Exception):
    """A response URL did not take a message: it is used up, too old or broken."""


class Screen:
    """One workspace's view of the bot: its messages and forms."""

    def __init__(self, web: AsyncWebClient, homes: Homes) -> None:
        self._web = web
        self._homes = homes

    async def reply(self, reply: Reply, place: Place) -> None:
        """Show what a reply says, and send its files. Never raises."""
        message = reply.message
        if message is not None and reply.files:
            await self.show(_in_private(message, reply), place, at_home=reply.at_home)
        elif message is not None:
            await self.show(message, place, replace=reply.replace, at_home=reply.at_home)
        if reply.files:
            with speaking(message.language if message else spoken()):
                await self._send(reply.files, place)

    async def show(
        self, message: Message, place: Place, *, replace: bool = False, at_home: bool = False
    ) -> None:
        """Show a message to one person, in place of the one there when `replace` is set.

        With `at_home` it is a whole Home. What others see is never replaced. Tries the next best
        way when one fails, last of all a direct message. Never raises.
        """
        ways = self._ways(render(message), place, replace and not place.public)
        if at_home and place.home:
            ways = [lambda: self._homes.answer(place.resident, message, place.hash), *ways]
        failure = ""
        for way in ways:
            try:
                await way()
            except Exception as error:
                failure = code_of(error) or str(error) or type(error).__name__
            else:
                return
        log.warning("Slack: an answer could not be shown: %s", failure)

    async def one_moment(self, place: Place) -> None:
        """Say that an answer is on its way, where that passes by again: nowhere else. Never raises.

        Slack takes five answers to one interaction; an import gives four.
        """
        if place.response_url:
            with suppress(Exception):
                moment = note(N_("One moment, I am at it."), quiet=True)
                await self._respond(render(moment), place, replace=False)

    async def open(self, form: Form, place: Place, trigger: str) -> None:
        """Open a form, or say that it was too late for that. Never raises."""
        try:
            await self._web.views_open(trigger_id=trigger, view=modal(form, place))
        except Exception as error:
            log.warning("Slack: views.open: %s", code_of(error) or type(error).__name__)
            with speaking(form.language):
                await self.show(note(TOO_LATE), place)

    async def fetch(self, file: JSON) -> Upload:
        """A file that came with a form. Never raises."""
        return await download(self._web, file)

    async def _send(self, files: Sequence[File], place: Place) -> None:
        """Put files into the direct messages: nobody else sees them, and they can be kept."""
        uploads = [
            {"filename": one.name, "title": one.name, "content": one.content, "alt_txt": one.alt}
            for one in files
        ]
        try:
            opened = await self._web.conversations_open(users=place.user)
            channel = opened["channel"]["id"]
            await self._web.files_upload_v2(file_uploads=uploads, channel=channel)
        except Exception as error:
            code = code_of(error)
            log.warning("Slack: a file could not be sent: %s", code or type(error).__name__)
            await self.show(note(NO_SCOPE if code == "missing_scope" else NO_FILE), place)

    def _ways(
        self, rendered: Rendered, place: Place, replace: bool
    ) -> list[Callable[[], Awaitable[None]]]:
        """The ways to show a message here, the best one first."""
        ways: list[Callable[[], Awaitable[None]]] = []
        if replace and place.ts:
            ways.append(lambda: self._update(rendered, place))
        if place.response_url:
            ways.append(lambda: self._respond(rendered, place, replace))
        return [*ways, lambda: self._direct(rendered, place)]

    async def _update(self, rendered: Rendered, place: Place) -> None:
        await self._web.chat_update(
            channel=place.channel, ts=place.ts, text=rendered.text, blocks=rendered.blocks
        )

    async def _respond(self, rendered: Rendered, place: Place, replace: bool) -> None:
        answer = await webhook(place.response_url, self._web.session).send_dict(
            {
                "response_type": "ephemeral",
                "replace_original": replace,
                **rendered.payload(),
            }
        )
        if answer.status_code != 200:
            raise Refused(f"response_url answered {answer.status_code}")

    async def _direct(self, rendered: Rendered, place: Place) -> None:
        opened = await self._web.conversations_open(users=place.user)
        await self._web.chat_postMessage(channel=opened["channel"]["id"], **rendered.payload())


def _in_private(message: Message, reply: Reply) -> Message:
    """The message with a line that says where its files are; of a Home, right below the tabs."""
    at = 1 if reply.at_home else len(message.blocks)
    with speaking(message.language):
        line = note(N_("It is in our direct messages."), quiet=True)
    blocks = (*message.blocks[:at], *line.blocks, *message.blocks[at:])
    return replace(message, blocks=blocks)
