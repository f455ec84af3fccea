"""A form as a modal view, and the values of one that came back.

Sizes: https://docs.slack.dev/reference/views/modal-views
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from adapters.slack.controls import JSON, LABEL_LIMIT, MOST_OPTIONS, PLACEHOLDER_LIMIT, literal
from adapters.slack.place import Place, packed
from adapters.slack.words import clean, cut
from core.language import speaking, tr
from core.reply import Choice, Field, FieldKind, Form, Suggestion
from core.text import clip

FORM = "squeaky.form"
"""The `callback_id` of every form."""
VALUE = "value"
"""The `action_id` of every field; the block's id is the field's name."""

TITLE_LIMIT = 24
TEXT_LIMIT = 3000
HINT_LIMIT = 2000
VALUE_LIMIT = 150
MOST_FIELDS = 100
MOST_CHECKBOXES = 10


def modal(form: Form, place: Place) -> JSON:
    """The view of a form whose answer goes to `place`."""
    with speaking(form.language):
        return _modal(form, place)


def _modal(form: Form, place: Place) -> JSON:
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": packed(form.token, place),
        "title": literal(form.title, TITLE_LIMIT),
        "submit": literal(form.submit, TITLE_LIMIT),
        "close": literal(tr("Cancel"), TITLE_LIMIT),
        "blocks": [_input(field) for field in form.fields[:MOST_FIELDS]],
    }


def values_of(view: JSON) -> dict[str, str]:
    """What was filled in, by field name; "" for an empty field, several comma-separated."""
    return {
        name: _value(next(iter(inputs.values()), {}))
        for name, inputs in view["state"]["values"].items()
    }


def file_of(view: JSON) -> JSON | None:
    """What Slack tells of the file that came with a form; None without one."""
    for inputs in view["state"]["values"].values():
        for state in inputs.values():
            if state.get("files"):
                file: JSON = state["files"][0]
                return file
    return None


def field_names(view: JSON) -> list[str]:
    """The names of a view's fields, from top to bottom."""
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def _value(state: JSON) -> str:
    if "files" in state:
        return ", ".join(str(file.get("name") or tr("file")) for file in state["files"] or [])
    if "selected_options" in state:
        return ",".join(option["value"] for option in state["selected_options"] or [])
    if "selected_date" in state:
        return str(state["selected_date"] or "")
    if "selected_option" in state:
        return str((state["selected_option"] or {}).get("value", ""))
    return str(state.get("value") or "")


def _input(field: Field) -> JSON:
    made: JSON = {
        "type": "input",
        "block_id": field.name,
        "label": literal(field.label, HINT_LIMIT),
        "element": {"action_id": VALUE, **_element(field)},
        "optional": not field.required,
    }
    help = field.picked if _is_picked(field) else field.help
    if help:
        made["hint"] = literal(help, HINT_LIMIT)
    return made


def _is_picked(field: Field) -> bool:
    """Whether a day is shown as a calendar; one that is put right was typed, and stays text."""
    return field.kind is FieldKind.DAY and (not field.value or _is_date(field.value))


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _element(field: Field) -> JSON:
    match field.kind:
        case FieldKind.CHOICE if field.choices:
            return _select(field)
        case FieldKind.CHOICES if field.choices:
            return _several(field)
        case FieldKind.FILE:
            return {"type": "file_input", "max_files": 1}
        case FieldKind.DAY if _is_picked(field):
            made = {"type": "datepicker"}
            return {**made, "initial_date": field.value} if field.value else made
        case FieldKind.WHO:
            return _who(field)
        case _:
            return _text(field)


def _who(field: Field) -> JSON:
    """A select whose options the desk completes; what was typed before is one of them."""
    made: JSON = {"type": "external_select", "min_query_length": 0}
    made["placeholder"] = literal(tr("Start typing a name"), PLACEHOLDER_LIMIT)
    return {**made, "initial_option": _typed(field.value)} if clean(field.value).strip() else made


def suggested(found: Sequence[Suggestion], text: str) -> JSON:
    """The answer to what was typed into such a select; Slack takes 100 options of 75 characters.

    Where nothing fits, what was typed can be chosen as it is, and the desk says what is wrong.
    """
    options = [
        {"text": literal(_short(one.label), LABEL_LIMIT), "value": one.value[:VALUE_LIMIT]}
        for one in found[:MOST_OPTIONS]
    ]
    if not options and clean(text).strip():
        options = [_typed(text)]
    return {"options": options}


def _typed(text: str) -> JSON:
    return {"text": literal(text, LABEL_LIMIT), "value": clip(clean(text), VALUE_LIMIT)}


def _short(label: str) -> str:
    """The label with its last word, the number that tells two of one name apart."""
    if len(label) <= LABEL_LIMIT:
        return label
    rest, _, number = label.rpartition(" ")
    return f"{clip(rest, max(1, LABEL_LIMIT - len(number) - 1))} {number}"


def _text(field: Field) -> JSON:
    limit = max(1, min(field.max_length, TEXT_LIMIT))
    made: JSON = {
        "type": "plain_text_input",
        "multiline": field.kind is FieldKind.LONG,
        "max_length": limit,
    }
    value = cut(clean(field.value), limit)
    return {**made, "initial_value": value} if value else made


def _select(field: Field) -> JSON:
    options = _options(field.choices)
    made: JSON = {"type": "static_select", "options": options}
    chosen = [option for option in options if option["value"] == field.value]
    return {**made, "initial_option": chosen[0]} if chosen else made


def _several(field: Field) -> JSON:
    options = _options(field.choices)
    kind = "checkboxes" if len(options) <= MOST_CHECKBOXES else "multi_static_select"
    made: JSON = {"type": kind, "options": options}
    wanted = {value.strip() for value in field.value.split(",")}
    chosen = [option for option in options if option["value"] in wanted]
    return {**made, "initial_options": chosen} if chosen else made


def _options(choices: tuple[Choice, ...]) -> list[dict[str, Any]]:
    return [
        {"text": literal(choice.label, LABEL_LIMIT), "value": choice.value}
        for choice in choices[:MOST_OPTIONS]
    ]
