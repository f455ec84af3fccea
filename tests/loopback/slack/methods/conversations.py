from tests.loopback.slack.errors import ApiError
from tests.loopback.slack.methods.registry import Context, method
from tests.loopback.slack.model import JSON, Channel


def _body(context: Context, channel: Channel) -> JSON:
    body: JSON = {"id": channel.id, "is_archived": channel.archived, "is_im": channel.is_im}
    body["context_team_id"] = channel.team_id
    if channel.is_im:
        (user,) = channel.members - {context.team.bot_user_id}
        return {**body, "user": user}
    member = context.team.bot_user_id in channel.members
    kind = {"is_channel": True, "is_group": False, "is_private": channel.is_private}
    made = {"creator": channel.creator or "U0", "is_mpim": channel.is_mpim}
    return {**body, **kind, **made, "name": channel.name, "is_member": member}


@method("conversations.open", "im:write")
def open_dm(context: Context) -> JSON:
    """Open a DM with one person; group DMs are refused here."""
    names = [name for name in str(context.args.get("users") or "").split(",") if name]
    if not names:
        raise ApiError("users_list_not_supplied")
    if len(names) > 1:
        raise ApiError("missing_scope", needed="mpim:write", provided="im:write")
    user = context.user(names[0])
    if user.is_bot:
        raise ApiError("cannot_dm_bot")
    if user.deleted:
        raise ApiError("user_disabled")
    channel = context.world.dm(user)
    full = str(context.args.get("return_im", "")).lower() == "true"
    return {"channel": _body(context, channel) if full else {"id": channel.id}}


@method("conversations.info")
def info(context: Context) -> JSON:
    channel = context.channel()
    context.allowed("read", channel)
    return {"channel": _body(context, channel)}


@method("conversations.join", "channels:join")
def join(context: Context) -> JSON:
    channel = context.channel()
    if channel.is_im or channel.is_private:
        raise ApiError("method_not_supported_for_channel_type")
    if channel.archived:
        raise ApiError("is_archived")
    channel.members.add(context.team.bot_user_id)
    return {"channel": _body(context, channel)}


@method("conversations.members")
def members(context: Context) -> JSON:
    """Everybody in it by id, also who was deactivated, in pages."""
    channel = context.channel()
    context.allowed("read", channel)
    limit, after = _limit(context, 1000), str(context.args.get("cursor") or "")
    found = [one for one in sorted(channel.members) if one > after]
    page = found[:limit]
    more = {"next_cursor": page[-1] if len(found) > limit else ""}
    return {"members": page, "response_metadata": more}


def _limit(context: Context, most: int = 999) -> int:
    try:
        limit = int(context.args.get("limit") or 100)
    except ValueError as problem:
        raise ApiError("invalid_limit") from problem
    if not 1 <= limit <= most:
        raise ApiError("invalid_limit")
    return limit


def _seconds(context: Context, name: str, default: float) -> float:
    value = context.args.get(name)
    try:
        return default if value is None or value == "" else float(value)
    except ValueError as problem:
        raise ApiError(f"invalid_ts_{name}") from problem


def _flag(context: Context, name: str) -> bool:
    return str(context.args.get(name, "")).lower() in ("true", "1")


@method("conversations.history")
def history(context: Context) -> JSON:
    """Newest first, in one page or with a cursor; ephemeral messages and replies are left out."""
    channel = context.channel()
    context.allowed("history", channel)
    if context.team.bot_user_id not in channel.members:
        raise ApiError("not_in_channel")
    limit, edge = _limit(context), _flag(context, "inclusive")
    oldest, latest = _seconds(context, "oldest", 0.0), _seconds(context, "latest", float("inf"))
    latest = min(latest, _seconds(context, "cursor", float("inf")))
    stored = (m for m in context.world.messages if m.channel is channel and not m.deleted)
    found = [
        m
        for m in stored
        if m.ephemeral_to is None
        and m.thread_ts in (None, m.ts)
        and (oldest < float(m.ts) < latest or (edge and float(m.ts) in (oldest, latest)))
    ]
    page = found[::-1][:limit]
    more = len(found) > len(page)
    answer: JSON = {"has_more": more, "pin_count": 0}
    answer["messages"] = [m.body(_flag(context, "include_all_metadata")) for m in page]
    if more:
        answer["response_metadata"] = {"next_cursor": page[-1].ts}
    return answer
