import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from tests.loopback.slack.render import all_options

JSON = dict[str, Any]
State = dict[str, dict[str, JSON]]

ONE_ID = {
    "users_select": "user",
    "conversations_select": "conversation",
    "channels_select": "channel",
}
MOMENTS = {"datepicker": "date", "timepicker": "time", "datetimepicker": "date_time"}
OPTION = {"static_select", "external_select", "radio_buttons", "overflow"}
OPTIONS = {"multi_static_select", "multi_external_select", "checkboxes"}
WRITTEN = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}


def _plan(kind: str) -> tuple[str, str] | None:
    """The key of a control's value in `state.values` and of what it starts with."""
    if kind in WRITTEN:
        return "value", "initial_value"
    if kind in OPTION:
        return "selected_option", "initial_option"
    if kind in OPTIONS:
        return "selected_options", "initial_options"
    if kind in MOMENTS:
        return f"selected_{MOMENTS[kind]}", f"initial_{MOMENTS[kind]}"
    if kind in ONE_ID:
        return f"selected_{ONE_ID[kind]}", f"initial_{ONE_ID[kind]}"
    if kind.startswith("multi_"):
        name = ONE_ID[kind.removeprefix("multi_")] + "s"
        return f"selected_{name}", f"initial_{name}"
    return ("files", "") if kind == "file_input" else None


def elements(block: JSON) -> list[JSON]:
    """The controls of a block."""
    found = [block.get("element"), block.get("accessory")]
    found += block["elements"] if block["type"] == "actions" else []
    return [element for element in found if element and "action_id" in element]


def controls(blocks: Iterable[JSON]) -> Iterator[tuple[JSON, JSON]]:
    """Every block with each of its controls."""
    for block in blocks:
        for element in elements(block):
            yield block, element


def initial_state(blocks: list[JSON], before: State | None = None) -> State:
    """`state.values` as a fresh view has it; values from `before` win where the ids match."""
    state: State = {}
    for block, element in controls(blocks):
        plan = _plan(element["type"])
        if plan is None or element["type"] == "overflow":
            continue
        ids = block["block_id"], element["action_id"]
        kept = (before or {}).get(ids[0], {}).get(ids[1])
        if kept and kept["type"] == element["type"]:
            value = kept
        else:
            empty: Any = [] if plan[0].endswith("s") and plan[0] != "value" else None
            value = {"type": element["type"], plan[0]: element.get(plan[1], empty)}
        state.setdefault(ids[0], {})[ids[1]] = value
    return state


def is_empty(value: JSON) -> bool:
    return not any(inside for key, inside in value.items() if key != "type")


def _option(element: JSON, label: str) -> JSON:
    options = element.get("suggested", []) + all_options(element)
    for option in options:
        if option["text"]["text"] == label:
            return dict(option)
    raise AssertionError(f"no option {label!r}; there are {[o['text']['text'] for o in options]}")


def _plainly(value: Any) -> Any:
    """Ids for people and channels, ISO for dates and times, as given otherwise."""
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, datetime.datetime):
        return int(value.timestamp())
    return getattr(value, "id", value)


def filled(element: JSON, value: Any) -> JSON:
    """`state.values` for a control after a person gave it this value; None empties it.

    Options are named by their visible text, people and channels by object or id, dates by
    `date` or "YYYY-MM-DD", times by `time` or "HH:MM".
    """
    kind = element["type"]
    plan = _plan(kind)
    if plan is None:
        raise AssertionError(f"a {kind} takes no value")
    several = plan[0].endswith("s")
    if value is None:
        chosen: Any = [] if several else None
    elif kind in OPTION:
        chosen = _option(element, value)
    elif kind in OPTIONS:
        chosen = [_option(element, one) for one in _as_list(value)]
    elif several:
        chosen = [_plainly(one) for one in _as_list(value)]
    else:
        chosen = _plainly(value) if kind not in WRITTEN else str(value) or None
    return {"type": kind, plan[0]: chosen}


def _as_list(value: Any) -> list[Any]:
    return [value] if isinstance(value, str) else list(value)


def acted(block: JSON, element: JSON, value: JSON | None, ts: str) -> JSON:
    """One entry of `actions` in a block_actions payload."""
    action: JSON = {"action_id": element["action_id"], "block_id": block["block_id"]}
    action["action_ts"] = ts
    action["type"] = element["type"]
    if element["type"] == "button":
        return action | {k: element[k] for k in ("text", "value", "style") if k in element}
    if "placeholder" in element:
        action["placeholder"] = element["placeholder"]
    return {**action, **(value or {})}
