from tests.loopback.slack.errors import ApiError
from tests.loopback.slack.methods.content import message_of, metadata_of
from tests.loopback.slack.methods.files import check_files
from tests.loopback.slack.methods.registry import Context, method
from tests.loopback.slack.model import JSON, Message

POST_TEXT = 40_000
UPDATE_TEXT = 4_000


@method("chat.postMessage", "chat:write")
def post_message(context: Context) -> JSON:
    channel = context.writable(people=True)
    text, blocks = message_of(context.args, POST_TEXT)
    check_files(context, blocks or [])
    message = context.world.post(
        channel,
        context.team.bot_user_id,
        text or "",
        blocks=blocks,
        metadata=metadata_of(context.args),
        bot_id=context.team.bot_id,
        thread_ts=context.args.get("thread_ts"),
    )
    return {"channel": channel.id, "ts": message.ts, "message": message.body()}


@method("chat.postEphemeral", "chat:write")
def post_ephemeral(context: Context) -> JSON:
    channel = context.writable()
    user = context.user(context.need("user"))
    if user.id not in channel.members:
        raise ApiError("user_not_in_channel")
    text, blocks = message_of(context.args, POST_TEXT)
    message = context.world.post(
        channel,
        context.team.bot_user_id,
        text or "",
        blocks=blocks,
        bot_id=context.team.bot_id,
        ephemeral_to=user.id,
        thread_ts=context.args.get("thread_ts"),
    )
    return {"message_ts": message.ts}


def _own(context: Context, error: str) -> Message:
    """The bot's own message; ephemeral ones cannot be found again by anybody."""
    message = context.world.find(context.channel(), context.need("ts"))
    if message is None:
        raise ApiError("message_not_found")
    if message.ephemeral_to is not None:
        raise ApiError("message_not_found", blame=True)
    if message.author != context.team.bot_user_id:
        raise ApiError(error)
    return message


@method("chat.update", "chat:write")
def update(context: Context) -> JSON:
    message = _own(context, "cant_update_message")
    context.writable()
    text, blocks = message_of(context.args, UPDATE_TEXT)
    metadata = metadata_of(context.args)
    message.metadata = metadata if metadata is not None else message.metadata
    if blocks is None and text is None:
        blocks = message.blocks
    context.world.rewrite(message, text, blocks)
    body = message.body()
    return {"channel": message.channel.id, "ts": message.ts, "text": message.text, "message": body}


@method("chat.delete", "chat:write")
def delete(context: Context) -> JSON:
    message = _own(context, "cant_delete_message")
    context.world.remove(message)
    return {"channel": message.channel.id, "ts": message.ts}
