from typing import Any

from tests.loopback.slack.kit.check import (
    JSON,
    Check,
    Rule,
    array,
    boolean,
    one_of,
    remembered,
    shape,
    string,
)

URL_LIMIT = 3000


def text(limit: int, *, plain_only: bool = False) -> Rule:
    """A text object that is not empty."""
    fields = {"type": one_of("plain_text", "mrkdwn"), "text": string(limit, 1)}
    plain = shape({**fields, "emoji": boolean}, ["type", "text"])
    marked = shape({**fields, "verbatim": boolean}, ["type", "text"])

    def rule(check: Check, value: Any) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if plain_only and kind == "mrkdwn":
            check.at("type").fail("must be one of: plain_text")
        (marked if kind == "mrkdwn" else plain)(check, value)

    return remembered(rule)


def plain(limit: int) -> Rule:
    return text(limit, plain_only=True)


def option(*, marked: bool = False, linked: bool = False) -> Rule:
    """An option: `marked` texts may be mrkdwn (radio, checkboxes), `linked` ones have a url."""
    words = text(75) if marked else plain(75)
    fields = {"text": words, "value": string(150), "description": words}
    if linked:
        fields["url"] = string(URL_LIMIT)
    return shape(fields, ["text", "value"])


def option_group(most: int) -> Rule:
    return shape({"label": plain(75), "options": array(option(), most)}, ["label", "options"])


def _options_of(value: JSON) -> list[Any]:
    groups = value.get("option_groups") or []
    return [*(value.get("options") or []), *(o for group in groups for o in group["options"])]


def chosen_from_options(check: Check, value: JSON) -> None:
    """One of options and option_groups; what is preselected is one of them, exactly."""
    if ("options" in value) == ("option_groups" in value):
        check.fail("must provide exactly one of: options, option_groups")
        return
    known = _options_of(value)
    if "initial_option" in value and value["initial_option"] not in known:
        check.at("initial_option").fail("must match one of the options exactly")
    for index, entry in enumerate(value.get("initial_options", [])):
        if entry not in known:
            check.at("initial_options").at(index).fail("must match one of the options exactly")


confirm = shape(
    {
        "title": plain(100),
        "text": text(300),
        "confirm": plain(30),
        "deny": plain(30),
        "style": one_of("primary", "danger"),
    },
    ["title", "text", "confirm", "deny"],
)

slack_file = shape({"id": string(255, 1), "url": string(URL_LIMIT, 1)}, [])


def image_source(check: Check, value: JSON) -> None:
    if ("image_url" in value) == ("slack_file" in value):
        check.fail("must provide exactly one of: image_url, slack_file")
