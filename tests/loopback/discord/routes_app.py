"""Routes of the application: who am I, the gateway's address, commands, guilds, users."""

from __future__ import annotations

from tests.loopback.discord.commands import check_commands
from tests.loopback.discord.errors import ApiError, Json, unknown
from tests.loopback.discord.payloads import channel_json, guild_json, member_json, user_json
from tests.loopback.discord.places import Channel
from tests.loopback.discord.routing import Call, Reply, route
from tests.loopback.discord.world import World

DAILY_CREATIONS = 200


@route("GET", "/users/@me")
def me(world: World, call: Call) -> Reply:
    """The bot's own user."""
    return user_json(world.bot) | {"verified": True, "mfa_enabled": True, "flags": 0}


@route("GET", "/oauth2/applications/@me")
@route("GET", "/applications/@me")
def application(world: World, call: Call) -> Reply:
    """The application. Its owner is nobody in particular."""
    owner = user_json(world.bot) | {"id": "1", "username": "owner", "bot": False}
    return {
        "id": str(world.application_id),
        "name": world.bot.name,
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": owner,
        "team": None,
        "verify_key": "00" * 32,
        "flags": 0,
        "interactions_endpoint_url": None,
        "integration_types_config": {str(one): {} for one in world.integration_types},
    }


@route("GET", "/users/{user_id}")
def user(world: World, call: Call) -> Reply:
    """A user by id."""
    found = world.users.get(int(call.params["user_id"]))
    if found is None:
        raise unknown("User")
    return user_json(found)


@route("POST", "/users/@me/channels")
def create_dm(world: World, call: Call) -> Reply:
    """Create DM: gives back the channel that exists."""
    found = world.users.get(int(call.body.get("recipient_id") or 0))
    if found is None:
        raise unknown("User")
    if found is world.bot:
        raise ApiError(400, 50007, "Cannot send messages to this user")
    fault = getattr(found, "dm_fault", None)
    if fault == "too_fast" and not any(one.recipient is found for one in world.channels.values()):
        raise ApiError(403, 40003, "You are opening direct messages too fast")
    made: Channel = world.dm(found)
    return channel_json(made)


@route("GET", "/guilds/{guild_id}")
def guild(world: World, call: Call) -> Reply:
    """A guild that the bot is in."""
    return guild_json(world, world.guild(call.params["guild_id"]))


@route("GET", "/guilds/{guild_id}/channels")
def guild_channels(world: World, call: Call) -> Reply:
    """The channels of a guild that the bot may see."""
    found = world.guild(call.params["guild_id"]).channels.values()
    return [channel_json(one) for one in found if one.bot_can_see and not one.deleted]


@route("GET", "/guilds/{guild_id}/members/{user_id}")
def member(world: World, call: Call) -> Reply:
    """One member of a guild."""
    inside = world.guild(call.params["guild_id"])
    found = world.users.get(int(call.params["user_id"]))
    if found is None or (found.id not in inside.members and found is not world.bot):
        raise unknown("Member")
    return member_json(inside, found)


@route("GET", "/applications/{application_id}/commands")
@route("GET", "/applications/{application_id}/guilds/{guild_id}/commands")
def list_commands(world: World, call: Call) -> Reply:
    """The commands of the application, global or of one guild; translations if asked for."""
    found = world.commands.get(_place(world, call), [])
    return found if call.query.get("with_localizations") == "true" else untranslated(found)


@route("PUT", "/applications/{application_id}/commands")
@route("PUT", "/applications/{application_id}/guilds/{guild_id}/commands")
def overwrite_commands(world: World, call: Call) -> Reply:
    """Bulk overwrite: what is not in the list is deleted, new names count as creations."""
    place = _place(world, call)
    check_commands(call.body)
    known = {(one["name"], one["type"]): one for one in world.commands.get(place, [])}
    fresh = [one for one in call.body if (one["name"], one.get("type", 1)) not in known]
    if world.command_creations + len(fresh) > DAILY_CREATIONS:
        text = "Max number of daily application command creates has been reached (200)"
        raise ApiError(400, 30034, text)
    world.command_creations += len(fresh)
    world.command_syncs += 1
    world.commands[place] = [_stored(world, one, known, place) for one in call.body]
    world.bell.ring()
    return world.commands[place]


def untranslated(found: list[Json]) -> list[Json]:
    """The commands as Discord tells of them to who does not ask for translations."""
    hidden = ("name_localizations", "description_localizations")
    made = [{key: value for key, value in one.items() if key not in hidden} for one in found]
    for one in made:
        for inner in ("options", "choices"):
            if one.get(inner):
                one[inner] = untranslated(one[inner])
    return made


def _place(world: World, call: Call) -> int | None:
    if call.params["application_id"] != str(world.application_id):
        raise ApiError(403, 20012, "You are not authorized to perform this action")
    guild_id = call.params.get("guild_id")
    if guild_id is None:
        return None
    if world.guilds.get(int(guild_id)) is None:
        raise unknown("Guild")
    return int(guild_id)


def _stored(world: World, one: Json, known: dict[tuple[str, int], Json], place: int | None) -> Json:
    kind = one.get("type", 1)
    before = known.get((one["name"], kind))
    found: Json = {
        "contexts": None,
        "integration_types": [0],
        "default_member_permissions": None,
        "nsfw": False,
        "name_localizations": None,
        "description_localizations": None,
        "description": "",
        **one,
        "type": kind,
        "id": before["id"] if before else str(world.new_id()),
        "application_id": str(world.application_id),
        "version": str(world.new_id()),
    }
    return found if place is None else found | {"guild_id": str(place)}


@route("GET", "/gateway", auth=False)
def gateway(world: World, call: Call) -> Reply:
    """Where the gateway is. The server adds the address."""
    return {}


@route("GET", "/gateway/bot")
def gateway_bot(world: World, call: Call) -> Reply:
    """Where the gateway is, and how many shards and sessions are advised."""
    limit = {"total": 1000, "reset_after": 14400000, "max_concurrency": 1}
    left = {"remaining": world.sessions_left}
    return {"shards": world.advised_shards, "session_start_limit": limit | left}
