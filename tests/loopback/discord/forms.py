"""Fills in a form as a person would, and builds what Discord's client sends for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.loopback.discord.components import (
    CHECKBOX,
    CHECKBOXES,
    LABEL,
    RADIO,
    ROW,
    STRING_SELECT,
    TEXT,
    TEXT_INPUT,
    UPLOAD,
)
from tests.loopback.discord.errors import Json, UsageError
from tests.loopback.discord.interactions import Modal
from tests.loopback.discord.text import visible_label


def submission(modal: Modal, values: Mapping[str, Any]) -> Json:
    """The data of a submitted form. Fields are named by label; others keep what they show."""
    unknown = [label for label in values if label not in modal.labels]
    if unknown:
        listed = ", ".join(map(repr, modal.labels))
        raise UsageError(f"the form has no field {unknown[0]!r}; there is: {listed}")
    components = [_top(one, values) for one in modal.components]
    data: Json = {"custom_id": modal.custom_id, "components": components}
    files = {one["id"]: one for one in values.values() if isinstance(one, dict) and "url" in one}
    return data | {"resolved": {"attachments": files}} if files else data


def _top(one: Json, values: Mapping[str, Any]) -> Json:
    found: Json = {"type": one["type"], "id": one["id"]}
    if one["type"] == ROW:
        inner = one["components"][0]
        return found | {"components": [_field(inner, inner["label"], values)]}
    if one["type"] == LABEL:
        return found | {"component": _field(one["component"], one["label"], values)}
    assert one["type"] == TEXT
    return found


def _field(one: Json, label: str, values: Mapping[str, Any]) -> Json:
    kind = one["type"]
    found: Json = {"type": kind, "id": one["id"], "custom_id": one["custom_id"]}
    if kind == TEXT_INPUT:
        return found | {"value": _typed(one, label, values.get(label, one.get("value") or ""))}
    if kind == CHECKBOX:
        return found | {"value": bool(values.get(label, one.get("default", False)))}
    if kind == UPLOAD:
        return found | {"values": _files(one, label, values)}
    if kind not in (STRING_SELECT, RADIO, CHECKBOXES):
        raise UsageError(f"{label}: this kind of field cannot be filled in here")
    chosen = _chosen(one, label, values)
    if kind == RADIO:
        return found | {"value": chosen[0] if chosen else None}
    return found | {"values": chosen}


def _files(one: Json, label: str, values: Mapping[str, Any]) -> list[str]:
    """The ids of the chosen files; see `Person.attach`."""
    given = values.get(label)
    if given is None and one.get("required", True):
        raise UsageError(f"{label}: this field is required")
    return [] if given is None else [str(given["id"])]


def _typed(one: Json, label: str, text: Any) -> str:
    if not isinstance(text, str):
        raise UsageError(f"{label}: a text is needed, not {text!r}")
    if one.get("required", True) and not text.strip():
        raise UsageError(f"{label}: this field is required")
    if text and len(text) < (one.get("min_length") or 0):
        raise UsageError(f"{label}: at least {one['min_length']} characters")
    if len(text) > (one.get("max_length") or 4000):
        raise UsageError(f"{label}: at most {one.get('max_length') or 4000} characters")
    if one["style"] == 1 and "\n" in text:
        raise UsageError(f"{label}: a single line only")
    return text


def _chosen(one: Json, label: str, values: Mapping[str, Any]) -> list[str]:
    if label not in values:
        found = [str(option["value"]) for option in one["options"] if option.get("default")]
    else:
        given = values[label]
        wanted = [given] if isinstance(given, str) else list(given or [])
        found = [option_value(one, text) for text in wanted]
    low = int(one.get("min_values", 1))
    high = 1 if one["type"] == RADIO else int(one.get("max_values") or len(one["options"]))
    if not found and not one.get("required", True):
        return []
    if not max(low, 1) <= len(found) <= high:
        raise UsageError(f"{label}: choose {low} to {high}, not {len(found)}")
    return found


def option_value(one: Json, text: str) -> str:
    """The value of the option with this visible label (with or without its emoji)."""
    for option in one.get("options") or []:
        if text in (option["label"], visible_label(option)):
            return str(option["value"])
    listed = ", ".join(visible_label(option) for option in one.get("options") or [])
    raise UsageError(f"there is no option {text!r}; there is: {listed}")
