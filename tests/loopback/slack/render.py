import html
import re
from typing import Any

JSON = dict[str, Any]
Names = dict[str, str]
State = dict[str, dict[str, JSON]]

_MARK = re.compile(r"<([^<>]+)>")
_OPTION_LISTS = ("checkboxes", "radio_buttons", "static_select", "multi_static_select", "overflow")


def mrkdwn(text: str, names: Names) -> str:
    """Slack's markup as it reads: names for ids, link text with its address, no entities."""
    return html.unescape(_MARK.sub(lambda found: _mark(found[1], names), text))


def _mark(inside: str, names: Names) -> str:
    target, _, label = inside.partition("|")
    if target.startswith("@") or target.startswith("#"):
        return target[0] + (label or names.get(target[1:], target[1:]))
    if target.startswith("!date^"):
        return label
    if target.startswith("!"):
        return "@" + (label or target[1:])
    return f"{label} ({target})" if label and label != target else target


def text_of(value: JSON | None, names: Names) -> str:
    """A text object as it reads."""
    if not value:
        return ""
    raw = str(value["text"])
    return mrkdwn(raw, names) if value["type"] == "mrkdwn" else raw


def raw_mrkdwn(found: Any) -> str:
    """Every mrkdwn text anywhere inside, unrendered, one a line."""
    if isinstance(found, list):
        return "\n".join(raw_mrkdwn(item) for item in found)
    if not isinstance(found, dict):
        return ""
    if found.get("type") == "mrkdwn":
        return str(found.get("text", ""))
    return "\n".join(raw_mrkdwn(item) for item in found.values())


def selected(value: JSON) -> str | None:
    """What a filled-in control shows, or None when it is empty."""
    for key in ("value", "selected_date", "selected_time", "selected_date_time"):
        if value.get(key) is not None:
            return str(value[key])
    for key in ("selected_user", "selected_conversation", "selected_channel"):
        if value.get(key):
            return str(value[key])
    options = value.get("selected_options") or [value.get("selected_option")]
    texts = [option["text"]["text"] for option in options if option]
    return ", ".join(texts) or None


def element(found: JSON, names: Names, state: dict[str, JSON]) -> str:
    """One control: `[Button]`, `[menu: a | b]`, `[placeholder]` or the chosen value."""
    kind = found["type"]
    if kind in ("mrkdwn", "plain_text"):
        return text_of(found, names)
    if kind == "image":
        return f"(image: {found['alt_text']})"
    if kind in ("button", "workflow_button"):
        return f"[{found['text']['text']}]"
    chosen = selected(state.get(found.get("action_id", ""), {}))
    if chosen is not None:
        return f"[{chosen}]"
    options = [option["text"]["text"] for option in all_options(found)]
    hint = text_of(found.get("placeholder"), names)
    if kind in _OPTION_LISTS:
        return "[" + (f"{hint}: " if hint else "") + " | ".join(options) + "]"
    return f"[{hint or kind}]"


def all_options(found: JSON) -> list[JSON]:
    """The options of a menu, in groups or not."""
    groups = found.get("option_groups") or []
    return [*(found.get("options") or []), *(o for group in groups for o in group["options"])]


def _section(block: JSON, names: Names, state: dict[str, JSON]) -> str:
    parts = [text_of(block.get("text"), names)]
    parts += [text_of(field, names) for field in block.get("fields", [])]
    if "accessory" in block:
        parts.append(element(block["accessory"], names, state))
    return "\n".join(part for part in parts if part)


def _rich(found: Any) -> str:
    if isinstance(found, list):
        return "".join(_rich(item) for item in found)
    if found.get("type") in ("text", "link"):
        return str(found.get("text") or found.get("url"))
    if found.get("type") in ("user", "channel"):
        return f"@{found['user_id']}" if "user_id" in found else f"#{found['channel_id']}"
    if found.get("type") in ("emoji", "broadcast"):
        return f":{found['name']}:" if "name" in found else f"@{found['range']}"
    end = "\n" if str(found.get("type", "")).startswith("rich_text_") else ""
    return _rich(found.get("elements", [])) + end


def block(found: JSON, names: Names, state: dict[str, JSON]) -> str:
    """One block; kinds that hold nothing to read give an empty string."""
    kind = found["type"]
    if kind == "section":
        return _section(found, names, state)
    if kind == "header":
        return f"# {found['text']['text']}"
    if kind == "divider":
        return "---"
    if kind in ("actions", "context"):
        return " ".join(element(item, names, state) for item in found["elements"])
    if kind == "input":
        hint = text_of(found.get("hint"), names)
        line = f"{found['label']['text']}: {element(found['element'], names, state)}"
        return f"{line}\n  {hint}" if hint else line
    if kind == "image":
        return f"(image: {found['alt_text']})"
    return str(found.get("text", "")) if kind == "markdown" else _rich(found).strip()


def blocks(found: list[JSON], names: Names, state: State) -> str:
    lines = (block(item, names, state.get(item.get("block_id", ""), {})) for item in found)
    return "\n".join(line for line in lines if line)


def buttons(found: list[JSON]) -> list[str]:
    """The labels of all buttons, in order."""
    inside = [e for b in found for e in [*b.get("elements", []), b.get("accessory", {})]]
    return [e["text"]["text"] for e in inside if e.get("type") == "button"]


def view(content: JSON, names: Names, state: State, errors: dict[str, str]) -> str:
    """A modal from its title to its buttons, or a Home tab."""
    lines = [f"== {content['title']['text']} =="] if content.get("title") else []
    for item in content["blocks"]:
        lines.append(block(item, names, state.get(item.get("block_id", ""), {})))
        if item["type"] == "input" and item["label"]["text"] in errors:
            lines.append(f"  ! {errors[item['label']['text']]}")
    ends = [content[key]["text"] for key in ("close", "submit") if content.get(key)]
    lines.append(" ".join(f"[{end}]" for end in ends))
    return "\n".join(line for line in lines if line)
