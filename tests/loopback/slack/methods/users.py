import datetime
import zoneinfo

from tests.loopback.slack.errors import ApiError
from tests.loopback.slack.methods.registry import Context, method
from tests.loopback.slack.model import JSON, User


@method("auth.test")
def auth_test(context: Context) -> JSON:
    team = context.team
    names = {"team": team.name, "user": "squeaky", "url": f"https://{team.domain}.slack.com/"}
    ids = {"team_id": team.id, "user_id": team.bot_user_id, "bot_id": team.bot_id}
    return {**names, **ids, "is_enterprise_install": False}


@method("auth.revoke")
def auth_revoke(context: Context) -> JSON:
    context.team.revoke("token_revoked")
    return {"revoked": True}


@method("bots.info", "users:read")
def bots_info(context: Context) -> JSON:
    if context.need("bot") != context.team.bot_id:
        raise ApiError("bot_not_found")
    team = context.team
    told = {"id": team.bot_id, "app_id": team.app_id, "user_id": team.bot_user_id}
    return {"bot": {**told, "name": "Squeaky", "deleted": False}}


def offset_seconds(zone: str, now: float) -> int:
    moment = datetime.datetime.fromtimestamp(now, zoneinfo.ZoneInfo(zone))
    return int((moment.utcoffset() or datetime.timedelta()).total_seconds())


def body(user: User, now: float, *, with_locale: bool) -> JSON:
    """A user as `users.info` gives them; deleted ones come without a time zone."""
    profile = {"real_name": user.real_name, "display_name": user.name, "team": user.team_id}
    shown: JSON = {"id": user.id, "team_id": user.team_id, "name": user.name}
    shown |= {"real_name": user.real_name, "profile": profile, "deleted": user.deleted}
    shown |= {"is_bot": user.is_bot, "is_app_user": False}
    if not user.deleted:
        shown |= {"tz": user.tz, "tz_offset": offset_seconds(user.tz, now), "tz_label": user.tz}
        owner = {"is_owner": user.is_owner, "is_primary_owner": False}
        shown |= {"is_admin": user.is_admin or user.is_owner, **owner, "is_restricted": False}
    if with_locale:
        shown["locale"] = user.locale
    return shown


@method("users.info", "users:read")
def info(context: Context) -> JSON:
    found = context.args.get("user")
    if not found:
        raise ApiError("user_not_found", blame=True)
    user = context.user(str(found))
    wanted = str(context.args.get("include_locale", "")).lower() in ("true", "1")
    return {"user": body(user, context.world.wall(), with_locale=wanted)}
