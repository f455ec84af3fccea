from typing import Any

from tests.loopback.slack.kit.blocks import blocks
from tests.loopback.slack.kit.check import (
    JSON,
    Check,
    Fields,
    Glance,
    array,
    boolean,
    one_of,
    shape,
    string,
)
from tests.loopback.slack.kit.objects import option, option_group, plain

COMMON: Fields = {
    "type": one_of("modal", "home"),
    "blocks": blocks,
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
}
MODAL: Fields = {
    **COMMON,
    "title": plain(24),
    "submit": plain(24),
    "close": plain(24),
    "clear_on_close": boolean,
    "notify_on_close": boolean,
    "submit_disabled": boolean,
}


def _submittable(check: Check, value: JSON) -> None:
    if "submit" not in value and any(block["type"] == "input" for block in value["blocks"]):
        check.at("submit").fail("missing required field: submit (the view has an input block)")


_MODAL = shape(MODAL, ["type", "title", "blocks"], _submittable)
_HOME = shape(COMMON, ["type", "blocks"])


def message_problems(found: Any, pointer: str = "/blocks") -> list[str]:
    """What Slack would not accept in the blocks of a message."""
    glance = Glance(pointer, [], "message")
    blocks(glance, found)
    if not glance.problems:
        return []
    check = Check(pointer, [], "message")
    blocks(check, found)
    return check.problems


def view_problems(view: Any, surface: str) -> list[str]:
    """What Slack would not accept in a view; `surface` is modal or home."""
    check = Check("/view", [], surface)
    if not isinstance(view, dict):
        check.fail("must be an object")
    elif view.get("type") != surface:
        check.at("type").fail(f"must be one of: {surface}")
    else:
        (_MODAL if surface == "modal" else _HOME)(check, view)
    return check.problems


def suggestion_problems(answer: Any) -> list[str]:
    """What Slack would not accept as the options for an external select."""
    check = Check("", [], "modal")
    if not isinstance(answer, dict) or ("options" in answer) == ("option_groups" in answer):
        check.fail("must provide exactly one of: options, option_groups")
    elif "options" in answer:
        array(option(), 100, 0)(check.at("options"), answer["options"])
    else:
        array(option_group(100), 100, 0)(check.at("option_groups"), answer["option_groups"])
    return check.problems
