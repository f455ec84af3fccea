"""Routes of interactions: the first response, and follow-ups through the webhook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.loopback.discord.commands import check_choices
from tests.loopback.discord.errors import ApiError, Json, Problems, unknown
from tests.loopback.discord.interactions import (
    ALLOWED_RESPONSES,
    CHOICES,
    DEFER,
    DEFER_UPDATE,
    OPEN_MODAL,
    REPLY,
    UPDATE,
    Choice,
    Interaction,
    Modal,
)
from tests.loopback.discord.invoking import GUILD_INSTALL, installs
from tests.loopback.discord.messages import Message
from tests.loopback.discord.modals import check_modal
from tests.loopback.discord.payloads import message_json
from tests.loopback.discord.posting import Files, amend, fill, post, post_thinking, remove, with_ids
from tests.loopback.discord.routing import Call, Reply, route
from tests.loopback.discord.validation import EPHEMERAL
from tests.loopback.discord.world import World

MOST_FOLLOW_UPS = 5


@route("POST", "/interactions/{interaction_id}/{token}/callback", auth=False)
def respond(world: World, call: Call) -> Reply:
    """The first response: within 3 s, once, and of a type that fits."""
    interaction = world.interactions.get(int(call.params["interaction_id"]))
    if interaction is None or interaction.token != call.params["token"]:
        raise unknown("Interaction")
    if interaction.response is not None:
        world.double_responses.append(interaction)
        raise ApiError(400, 40060, "Interaction has already been acknowledged.")
    if world.now() - interaction.created > world.response_seconds:
        world.late_responses.append(interaction)
        world.bell.ring()
        raise unknown("Interaction")
    kind = call.body.get("type")
    _check_kind(interaction, kind)
    try:
        _RESPONSES[kind](world, interaction, call.body.get("data") or {}, call.files)
    except ApiError as error:
        if error.errors is not None:
            error.errors = {"data": error.errors}
        raise
    interaction.response = kind
    world.bell.ring()
    asked = call.query.get("with_response", "").lower() in ("1", "true")
    return _result(world, interaction, kind) if asked else None


def _check_kind(interaction: Interaction, kind: Any) -> None:
    allowed = ALLOWED_RESPONSES[interaction.kind]
    needs_source = kind == UPDATE and interaction.source is None
    if kind not in allowed or needs_source:
        problems = Problems()
        problems.choices(("type",), [one for one in allowed if one != UPDATE or not needs_source])
        problems.refuse()


def _reply(world: World, interaction: Interaction, data: Json, files: Files) -> None:
    message = _new_message(world, interaction, data, files)
    interaction.original = message


def _new_message(world: World, interaction: Interaction, data: Json, files: Files) -> Message:
    hidden = interaction.user if (data.get("flags") or 0) & EPHEMERAL else None
    where, bot = interaction.channel, world.bot
    message = post(world, where, bot, data, files, hidden_for=hidden, interaction=interaction)
    interaction.messages.append(message)
    return message


def _defer(world: World, interaction: Interaction, data: Json, files: Files) -> None:
    hidden = bool((data.get("flags") or 0) & EPHEMERAL)
    interaction.original = post_thinking(world, interaction, hidden=hidden)
    interaction.messages.append(interaction.original)


def _defer_update(world: World, interaction: Interaction, data: Json, files: Files) -> None:
    interaction.original = interaction.source


def _update(world: World, interaction: Interaction, data: Json, files: Files) -> None:
    assert interaction.source is not None
    amend(world, interaction.source, data, files)
    interaction.original, interaction.updated = interaction.source, True


def _choices(world: World, interaction: Interaction, data: Json, files: Files) -> None:
    problems = Problems()
    listed = data.get("choices") or []
    if problems.length(("choices",), listed, 0, 25):
        check_choices(listed, ("choices",), problems, _focused_type(interaction.data))
    problems.refuse()
    interaction.choices = [Choice(one["name"], one["value"]) for one in listed]


def _focused_type(data: Json) -> int:
    for option in data.get("options") or []:
        if option.get("focused"):
            return int(option["type"])
        if option.get("options"):
            return _focused_type(option)
    return 3


def _open_modal(world: World, interaction: Interaction, data: Json, files: Files) -> None:
    check_modal(data)
    modal = Modal(
        data["custom_id"],
        data["title"],
        with_ids(data["components"]),
        interaction.user,
        interaction.channel,
        interaction.source,
    )
    interaction.modal = modal
    if hasattr(interaction.user, "modal"):
        interaction.user.modal = modal


_RESPONSES: dict[int, Callable[[World, Interaction, Json, Files], None]] = {
    REPLY: _reply,
    DEFER: _defer,
    DEFER_UPDATE: _defer_update,
    UPDATE: _update,
    CHOICES: _choices,
    OPEN_MODAL: _open_modal,
}


def _result(world: World, interaction: Interaction, kind: int) -> Json:
    made: Json = {"id": str(interaction.id), "type": interaction.kind}
    message = interaction.original
    if message is not None:
        made["response_message_id"] = str(message.id)
        made["response_message_loading"] = message.loading
        made["response_message_ephemeral"] = message.ephemeral
    found: Json = {"interaction": made}
    if kind in (REPLY, UPDATE) and message is not None:
        found["resource"] = {"type": kind, "message": message_json(world, message)}
    return found


def _answered(world: World, call: Call) -> Interaction:
    interaction = world.by_token(call.params["token"])
    if interaction is None or call.params["application_id"] != str(world.application_id):
        raise unknown("Webhook")
    if world.now() - interaction.created > world.token_seconds:
        raise ApiError(401, 50027, "Invalid Webhook Token")
    if interaction.response is None:
        raise unknown("Webhook")
    return interaction


def _target(interaction: Interaction, message_id: str) -> Message:
    known = [*interaction.messages, interaction.original]
    for one in known:
        wanted = one is interaction.original if message_id == "@original" else False
        if one is not None and not one.deleted and (wanted or str(one.id) == message_id):
            return one
    raise unknown("Message")


@route("POST", "/webhooks/{application_id}/{token}", auth=False)
def follow_up(world: World, call: Call) -> Reply:
    """A further message; the first after a deferral takes the place of "is thinking"."""
    interaction = _answered(world, call)
    thinking = interaction.original
    if thinking is not None and thinking.loading and not thinking.deleted:
        fill(world, thinking, call.body or {}, call.files)
        return message_json(world, thinking)
    _count(interaction)
    return message_json(world, _new_message(world, interaction, call.body or {}, call.files))


def _count(interaction: Interaction) -> None:
    """Where only a person has installed the bot, an interaction gets 5 further messages."""
    first = interaction.original is not None
    more = len(interaction.messages) - first
    alone = GUILD_INSTALL not in installs(interaction.channel, interaction.user)
    if alone and more >= MOST_FOLLOW_UPS:
        text = "This interaction has reached the maximum number of follow-up messages"
        raise ApiError(400, 40094, text)


@route("GET", "/webhooks/{application_id}/{token}/messages/{message_id}", auth=False)
def get_response(world: World, call: Call) -> Reply:
    """A message of this interaction, ephemeral ones too."""
    interaction = _answered(world, call)
    return message_json(world, _target(interaction, call.params["message_id"]))


@route("PATCH", "/webhooks/{application_id}/{token}/messages/{message_id}", auth=False)
def edit_response(world: World, call: Call) -> Reply:
    """Edit a message of this interaction, ephemeral ones too."""
    interaction = _answered(world, call)
    message = _target(interaction, call.params["message_id"])
    if message.loading:
        fill(world, message, call.body or {}, call.files)
    else:
        amend(world, message, call.body or {}, call.files)
    interaction.updated = interaction.updated or message is interaction.source
    world.bell.ring()
    return message_json(world, message)


@route("DELETE", "/webhooks/{application_id}/{token}/messages/{message_id}", auth=False)
def delete_response(world: World, call: Call) -> Reply:
    """Delete a message of this interaction, ephemeral ones too."""
    interaction = _answered(world, call)
    remove(world, _target(interaction, call.params["message_id"]))
    interaction.updated = True
    world.bell.ring()
    return None
