import re
from typing import Any

from tests.loopback.slack.kit.check import (
    JSON,
    Check,
    Fields,
    Rule,
    anything,
    array,
    boolean,
    integer,
    one_of,
    shape,
    string,
)
from tests.loopback.slack.kit.objects import (
    URL_LIMIT,
    chosen_from_options,
    confirm,
    image_source,
    option,
    option_group,
    plain,
    slack_file,
)


def pattern(expression: str, name: str) -> Rule:
    def rule(check: Check, value: Any) -> None:
        if not isinstance(value, str) or not re.fullmatch(expression, value):
            check.fail(f"must be a valid {name}")

    return rule


date = pattern(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "date (YYYY-MM-DD)")
clock_time = pattern(r"([01]\d|2[0-3]):[0-5]\d", "time (HH:mm)")
ID: Fields = {"action_id": string(255, 1), "focus_on_load": boolean}
ACTION: Fields = {**ID, "confirm": confirm}
HINTED: Fields = {**ACTION, "placeholder": plain(150)}
MULTI: Fields = {**HINTED, "max_selected_items": integer(1, 100)}
STATIC: Fields = {"options": array(option(), 100), "option_groups": array(option_group(100), 100)}
CONVERSATIONS: Fields = {"default_to_current_conversation": boolean, "filter": anything}
RESPONDS: Fields = {"response_url_enabled": boolean}


def _text_bounds(check: Check, value: JSON) -> None:
    low, high = value.get("min_length", 0), value.get("max_length", 3000)
    if low > high:
        check.fail("min_length must be less than or equal to max_length")
    start = value.get("initial_value")
    if start is not None and len(start) > high:
        check.at("initial_value").fail(f"must be less than {high + 1} characters")


def _boxes(*, single: bool) -> Rule:
    one = option(marked=True)
    initial: Fields = {"initial_option": one} if single else {"initial_options": array(one, 10)}
    fields = {**ACTION, "options": array(one, 10), **initial}
    return shape(fields, ["options"], chosen_from_options)


def _typed(**more: Rule) -> Rule:
    fields: Fields = {**ID, "placeholder": plain(150), "initial_value": string(3000), **more}
    return shape({**fields, "dispatch_action_config": anything}, [], _text_bounds)


def _many(name: str) -> Fields:
    return {f"initial_{name}": array(string(255, 1), 100)}


PLAIN_TEXT: Fields = {
    "multiline": boolean,
    "min_length": integer(0, 3000),
    "max_length": integer(1, 3000),
}
BUTTON: Fields = {
    "text": plain(75),
    "url": string(URL_LIMIT),
    "value": string(2000),
    "style": one_of("primary", "danger"),
    "accessibility_label": string(75),
    "action_id": string(255, 1),
    "confirm": confirm,
}
IMAGE: Fields = {
    "image_url": string(URL_LIMIT, 1),
    "slack_file": slack_file,
    "alt_text": string(2000, 1),
}
ONE: Fields = {"initial_option": option()}
SEVERAL: Fields = {"initial_options": array(option(), 100)}
SEARCH: Fields = {"min_query_length": integer(0, 100)}
NUMBER: Fields = {
    "is_decimal_allowed": boolean,
    "initial_value": string(3000),
    "min_value": string(100),
    "max_value": string(100),
    "placeholder": plain(150),
    "dispatch_action_config": anything,
}

ELEMENTS: dict[str, Rule] = {
    "button": shape(BUTTON, ["text"]),
    "image": shape(IMAGE, ["alt_text"], image_source),
    "overflow": shape({**ACTION, "options": array(option(linked=True), 5, 2)}, ["options"]),
    "checkboxes": _boxes(single=False),
    "radio_buttons": _boxes(single=True),
    "datepicker": shape({**HINTED, "initial_date": date}, []),
    "timepicker": shape({**HINTED, "initial_time": clock_time, "timezone": string(100)}, []),
    "datetimepicker": shape({**ACTION, "initial_date_time": integer(10**9, 10**10 - 1)}, []),
    "static_select": shape({**HINTED, **STATIC, **ONE}, [], chosen_from_options),
    "multi_static_select": shape({**MULTI, **STATIC, **SEVERAL}, [], chosen_from_options),
    "external_select": shape({**HINTED, **SEARCH, **ONE}, []),
    "multi_external_select": shape({**MULTI, **SEARCH, **SEVERAL}, []),
    "users_select": shape({**HINTED, "initial_user": string(255, 1)}, []),
    "multi_users_select": shape({**MULTI, **_many("users")}, []),
    "conversations_select": shape(
        {**HINTED, **CONVERSATIONS, **RESPONDS, "initial_conversation": string(255, 1)}, []
    ),
    "multi_conversations_select": shape({**MULTI, **CONVERSATIONS, **_many("conversations")}, []),
    "channels_select": shape({**HINTED, **RESPONDS, "initial_channel": string(255, 1)}, []),
    "multi_channels_select": shape({**MULTI, **_many("channels")}, []),
    "plain_text_input": _typed(**PLAIN_TEXT),
    "email_text_input": _typed(),
    "url_text_input": _typed(),
    "number_input": shape({**ID, **NUMBER}, ["is_decimal_allowed"]),
    "file_input": shape(
        {"action_id": string(255, 1), "filetypes": anything, "max_files": integer(1, 10)}, []
    ),
    "rich_text_input": shape({**ID, "placeholder": plain(150), "initial_value": anything}, []),
}

SINGLE = {
    "static_select",
    "external_select",
    "users_select",
    "conversations_select",
    "channels_select",
}
PICKERS = {"checkboxes", "radio_buttons", "datepicker", "timepicker"} | SINGLE
MULTIPLE = {name for name in ELEMENTS if name.startswith("multi_")}
WRITTEN = {name for name in ELEMENTS if name.endswith("_input")}
IN_ACTIONS = PICKERS | {"button", "overflow", "datetimepicker"}
IN_ACCESSORY = PICKERS | MULTIPLE | {"button", "overflow", "image"}
IN_INPUT = PICKERS | MULTIPLE | WRITTEN | {"datetimepicker"}


def element(allowed: set[str]) -> Rule:
    """Any element whose type is among the allowed ones."""

    def rule(check: Check, value: Any) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in allowed:
            check.fail(f"unsupported type: {kind}")
        else:
            ELEMENTS[kind](check, value)

    return rule
