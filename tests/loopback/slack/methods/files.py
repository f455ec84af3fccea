from tests.loopback.slack.errors import ApiError
from tests.loopback.slack.methods.content import blocks_of, parsed
from tests.loopback.slack.methods.registry import Context, method
from tests.loopback.slack.model import JSON

_HIDDEN = {"data", "done", "slow", "team"}
_PICTURES = (b"\x89PNG", b"GIF8", b"\xff\xd8")


@method("files.getUploadURLExternal", "files:write")
def upload_url(context: Context) -> JSON:
    name, length = context.need("filename"), context.need("length")
    if not length.isdigit() or int(length) == 0:
        raise ApiError("invalid_arguments", "[ERROR] must be an integer [json-pointer:/length]")
    file_id = context.world.next_id("F")
    file: JSON = {"id": file_id, "name": name, "title": name, "size": int(length)}
    more = {"data": None, "done": False, "slow": context.world.slow_files, "team": context.team.id}
    context.uploads[file_id] = {**file, **more, "alt_txt": context.args.get("alt_txt")}
    return {"upload_url": f"{context.handles.base}/upload/v1/{file_id}", "file_id": file_id}


def _finished(context: Context, wanted: JSON) -> JSON:
    file = context.uploads.get(str(wanted.get("id")))
    if file is None or file["data"] is None:
        raise ApiError("file_not_found", blame=True)
    file["title"] = wanted.get("title") or file["name"]
    file["done"] = True
    return {key: value for key, value in file.items() if key not in _HIDDEN}


def check_files(context: Context, blocks: list[JSON]) -> None:
    """Refuse a message that shows a file which is not there, not the bot's or not ready yet."""
    for number, block in enumerate(blocks):
        if "slack_file" not in block:
            continue
        file = context.uploads.get(str(block["slack_file"].get("id")), {})
        mine = bool(file.get("done")) and file["team"] == context.team.id
        ready = mine and file["data"].startswith(_PICTURES) and not file["slow"]
        if mine and file["slow"]:
            file["slow"] -= 1
        if not ready:
            told = f"[ERROR] invalid slack file [json-pointer:/blocks/{number}/slack_file]"
            raise ApiError("invalid_blocks", told, blame=not mine)


@method("files.completeUploadExternal", "files:write")
def complete(context: Context) -> JSON:
    """Share uploaded files in a channel, or in none."""
    wanted = parsed(context.args.get("files"), "invalid_arguments")
    if not isinstance(wanted, list) or not wanted:
        raise ApiError("invalid_arguments", "[ERROR] missing required field: files")
    done = [_finished(context, file) for file in wanted]
    where = context.args.get("channel_id") or context.args.get("channels")
    for name in str(where).split(",") if where else []:
        context.args["channel_id"] = name
        context.world.post(
            context.writable("channel_id"),
            context.team.bot_user_id,
            str(context.args.get("initial_comment") or ""),
            blocks=blocks_of(context.args),
            bot_id=context.team.bot_id,
            thread_ts=context.args.get("thread_ts"),
            files=done,
        )
    return {"files": done}
