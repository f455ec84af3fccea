import json
from typing import Any

from tests.loopback.slack.errors import ApiError
from tests.loopback.slack.kit.surfaces import message_problems, view_problems
from tests.loopback.slack.model import JSON

METADATA_BYTES = 16_000
VIEW_BYTES = 250_000


def parsed(value: Any, error: str) -> Any:
    """A JSON argument, which a form carries as a string."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError as problem:
        raise ApiError(error) from problem


def blocks_of(args: JSON) -> list[JSON] | None:
    """The blocks of a message, None when none are given; refuses what Block Kit refuses."""
    if args.get("blocks") is None:
        return None
    found = parsed(args["blocks"], "invalid_blocks_format")
    if not isinstance(found, list):
        raise ApiError("invalid_blocks_format")
    problems = message_problems(found)
    if problems:
        raise ApiError("invalid_blocks", *problems)
    return found


def text_of(args: JSON, limit: int) -> str | None:
    text = args.get("text")
    if text is None:
        return None
    if not isinstance(text, str):
        raise ApiError("invalid_arguments", "[ERROR] must be a string [json-pointer:/text]")
    if len(text) > limit:
        raise ApiError("msg_too_long")
    return text


def message_of(args: JSON, limit: int) -> tuple[str | None, list[JSON] | None]:
    """The text and blocks of a message that says something."""
    text, blocks = text_of(args, limit), blocks_of(args)
    if not text and not blocks and not args.get("attachments"):
        raise ApiError("no_text")
    return text, blocks


def metadata_of(args: JSON) -> JSON | None:
    if args.get("metadata") is None:
        return None
    found = parsed(args["metadata"], "invalid_metadata_format")
    if not isinstance(found, dict) or not isinstance(found.get("event_type"), str):
        raise ApiError("invalid_metadata_format")
    if not isinstance(found.get("event_payload"), dict) or not found["event_type"]:
        raise ApiError("invalid_metadata_schema")
    if len(json.dumps(found)) > METADATA_BYTES:
        raise ApiError("metadata_too_large")
    return found


def view_of(value: Any, surface: str) -> JSON:
    """A view that Slack would show."""
    found = parsed(value, "invalid_arguments")
    problems = view_problems(found, surface)
    if problems:
        raise ApiError("invalid_arguments", *problems)
    if len(json.dumps(found)) > VIEW_BYTES:
        raise ApiError("view_too_large")
    return dict(found)
