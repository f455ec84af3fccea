from typing import Any

from tests.loopback.slack.kit.check import (
    JSON,
    Check,
    Fields,
    Rule,
    anything,
    array,
    boolean,
    one_of,
    shape,
    string,
)
from tests.loopback.slack.kit.elements import (
    IMAGE,
    IN_ACCESSORY,
    IN_ACTIONS,
    IN_INPUT,
    element,
)
from tests.loopback.slack.kit.objects import image_source, plain, text

BASE: Fields = {"block_id": string(255)}
EVERYWHERE = {"actions", "context", "divider", "header", "image", "rich_text", "section"}
SURFACES = {
    "message": EVERYWHERE | {"markdown"},
    "modal": EVERYWHERE | {"input"},
    "home": EVERYWHERE | {"input"},
}


def _has_text(check: Check, value: JSON) -> None:
    if "text" not in value and "fields" not in value:
        check.fail("must provide at least one of: text, fields")


def _context_item(check: Check, value: Any) -> None:
    kind = value.get("type") if isinstance(value, dict) else None
    (element({"image"}) if kind == "image" else text(3000))(check, value)


_INSIDE: dict[str, Fields] = {
    "text": {"text": string(4000, 1)},
    "link": {"url": string(3000, 1)},
    "user": {"user_id": string(255, 1)},
    "channel": {"channel_id": string(255, 1)},
    "emoji": {"name": string(255, 1)},
    "date": {"timestamp": anything, "format": string(255, 1)},
    "broadcast": {"range": one_of("here", "channel", "everyone")},
}
_RICH = ("section", "list", "preformatted", "quote")


def _rich(check: Check, value: Any) -> None:
    """A piece of rich text; styles and the order of lists are not looked at."""
    kind = value.get("type") if isinstance(value, dict) else None
    rule = _PIECES.get(kind) if isinstance(kind, str) else None
    if rule is None:
        check.fail(f"unsupported type: {kind}")
    else:
        rule(check, value)


_PIECES: dict[str, Rule] = {
    **{kind: shape(fields, fields, closed=False) for kind, fields in _INSIDE.items()},
    **dict.fromkeys(
        [name for kind in _RICH for name in (kind, f"rich_text_{kind}")],
        shape({"elements": array(_rich, 1000, 0)}, ["elements"], closed=False),
    ),
}


SECTION: Fields = {
    "text": text(3000),
    "fields": array(text(2000), 10),
    "accessory": element(IN_ACCESSORY),
    "expand": boolean,
}
INPUT: Fields = {
    "label": plain(2000),
    "hint": plain(2000),
    "element": element(IN_INPUT),
    "optional": boolean,
    "dispatch_action": boolean,
}

# Slack has more kinds (video, table, file and others); a bot that needs one adds its shape here.
BLOCKS: dict[str, Rule] = {
    "actions": shape({**BASE, "elements": array(element(IN_ACTIONS), 25)}, ["elements"]),
    "context": shape({**BASE, "elements": array(_context_item, 10)}, ["elements"]),
    "divider": shape(BASE, []),
    "header": shape({**BASE, "text": plain(150)}, ["text"]),
    "image": shape({**BASE, **IMAGE, "title": plain(2000)}, ["alt_text"], image_source),
    "input": shape({**BASE, **INPUT}, ["label", "element"]),
    "markdown": shape({**BASE, "text": string(12000, 1)}, ["text"]),
    "rich_text": shape({**BASE, "elements": array(_rich, 100)}, ["elements"]),
    "section": shape({**BASE, **SECTION}, [], _has_text),
}


def _block(check: Check, value: Any) -> None:
    kind = value.get("type") if isinstance(value, dict) else None
    if not isinstance(kind, str) or kind not in BLOCKS:
        check.fail(f"unsupported type: {kind}")
    elif kind not in SURFACES[check.surface]:
        check.fail(f"block type not allowed in a {check.surface}: {kind}")
    else:
        BLOCKS[kind](check, value)


def _unique_action_ids(check: Check, block: JSON) -> None:
    inside = [block.get("accessory"), block.get("element"), *block.get("elements", [])]
    ids = [e["action_id"] for e in inside if isinstance(e, dict) and "action_id" in e]
    for twice in sorted({name for name in ids if ids.count(name) > 1}):
        check.fail(f"`action_id` {twice} already exists for this block")


def _unique_ids(check: Check, found: list[JSON]) -> None:
    seen: set[str] = set()
    for index, block in enumerate(found):
        name = block.get("block_id")
        if name and name in seen:
            check.at(index).at("block_id").fail(f"`block_id` {name} already exists")
        seen.add(name or "")
        _unique_action_ids(check.at(index), block)


def blocks(check: Check, value: Any) -> None:
    """All blocks of a surface, with ids that are unique."""
    before = len(check.problems)
    array(_block, 50 if check.surface == "message" else 100, 0)(check, value)
    if len(check.problems) == before:
        _unique_ids(check, value)
