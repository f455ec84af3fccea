import json
from typing import Any

from aiohttp import web

from tests.loopback.slack import breaking
from tests.loopback.slack.delivery import as_json
from tests.loopback.slack.errors import ApiError, Ledger
from tests.loopback.slack.faults import Faults
from tests.loopback.slack.handles import Handles, ResponseUrl
from tests.loopback.slack.methods.chat import POST_TEXT
from tests.loopback.slack.methods.content import message_of, metadata_of
from tests.loopback.slack.model import JSON
from tests.loopback.slack.world import World


class Responding:
    """What `response_url` and the text of an acknowledgement do.

    A response URL that came from a message replaces or deletes that message; without
    `replace_original` it replaces an ephemeral one and leaves a channel's alone. One that came
    from a slash command has no original: it only ever posts.
    """

    def __init__(self, world: World, handles: Handles, ledger: Ledger, faults: Faults) -> None:
        self.world = world
        self.handles = handles
        self.ledger = ledger
        self.faults = faults
        self.busy = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.busy += 1
        try:
            return await self._handle(request)
        finally:
            self.busy -= 1
            self.world.pulse.beat()

    async def _handle(self, request: web.Request) -> web.Response:
        fault = self.faults.take("response_url", None)
        stopped = await breaking.before(request, fault)
        if stopped is not None:
            return stopped
        try:
            target = self.handles.use_response(request.match_info["name"])
            self.respond(target, await self._body(request))
        except ApiError as error:
            self.ledger.refuse("response_url", error)
            return as_json(error.body(), 404 if error.code.endswith("_url") else 400)
        return await breaking.after(request, fault, web.Response(text="ok"))

    async def _body(self, request: web.Request) -> JSON:
        try:
            body: Any = json.loads(await request.text())
        except ValueError as problem:
            raise ApiError("invalid_payload") from problem
        if not isinstance(body, dict):
            raise ApiError("invalid_payload")
        return body

    def respond(self, target: ResponseUrl, body: JSON) -> None:
        """Post, replace or delete; raises ApiError for what Slack refuses."""
        origin = target.origin
        if body.get("delete_original") and origin is not None:
            self.world.remove(origin)
            return
        text, blocks = message_of(body, POST_TEXT)
        by_default = origin is not None and origin.ephemeral_to is not None
        if body.get("replace_original", by_default) and origin is not None:
            if origin.deleted:
                raise ApiError("message_not_found")
            self.world.rewrite(origin, text or "", blocks)
            return
        team = self.world.teams[target.user.team_id]
        public = body.get("response_type", "ephemeral") == "in_channel"
        self.world.post(
            target.channel,
            team.bot_user_id,
            text or "",
            blocks=blocks,
            bot_id=team.bot_id,
            metadata=metadata_of(body) if public else None,
            ephemeral_to=None if public else target.user.id,
            thread_ts=body.get("thread_ts"),
        )

    def from_ack(self, where: str, target: ResponseUrl, body: JSON) -> None:
        """Show what an acknowledgement says; a bad one is refused and shows nothing."""
        try:
            self.respond(target, body)
        except ApiError as error:
            self.ledger.refuse(where, error)
