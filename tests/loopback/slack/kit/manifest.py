"""What Slack takes as an app's manifest: https://docs.slack.dev/reference/app-manifest"""

from typing import Any

from tests.loopback.slack.kit.check import (
    JSON,
    Check,
    Fields,
    anything,
    array,
    boolean,
    one_of,
    shape,
    string,
)

URL = string(3000, 1)
COMMAND: Fields = {
    "command": string(32, 2),
    "description": string(2000, 1),
    "usage_hint": string(1000),
    "should_escape": boolean,
    "url": URL,
}
SHORTCUT: Fields = {
    "name": string(24, 1),
    "type": one_of("message", "global"),
    "callback_id": string(255, 1),
    "description": string(150, 1),
}
HOME: Fields = {
    "home_tab_enabled": boolean,
    "messages_tab_enabled": boolean,
    "messages_tab_read_only_enabled": boolean,
}
FEATURES: Fields = {
    "app_home": shape(HOME, []),
    "bot_user": shape({"display_name": string(80, 1), "always_online": boolean}, ["display_name"]),
    "slash_commands": array(shape(COMMAND, ["command", "description"]), 50),
    "shortcuts": array(shape(SHORTCUT, SHORTCUT), 10),
}
INTERACTIVITY: Fields = {
    "is_enabled": boolean,
    "request_url": URL,
    "message_menu_options_url": URL,
}
SETTINGS: Fields = {
    "event_subscriptions": shape({"request_url": URL, "bot_events": array(string(100), 100)}, []),
    "interactivity": shape(INTERACTIVITY, ["is_enabled"]),
    "org_deploy_enabled": boolean,
    "socket_mode_enabled": boolean,
    "token_rotation_enabled": boolean,
}
DISPLAY: Fields = {"name": string(35, 1), "description": string(140)}


def _one_of_each(check: Check, value: JSON) -> None:
    found = [one["callback_id"] for one in value["features"].get("shortcuts", [])]
    if len(set(found)) != len(found):
        check.fail("shortcuts must have different callback_ids")


_MANIFEST = shape(
    {
        "display_information": shape(DISPLAY, ["name"]),
        "features": shape(FEATURES, ["app_home", "bot_user"]),
        "oauth_config": anything,
        "settings": shape(SETTINGS, ["event_subscriptions", "interactivity"]),
    },
    ["display_information", "features", "settings"],
    _one_of_each,
)


def manifest_problems(manifest: Any) -> list[str]:
    """What Slack would not accept in an app's manifest."""
    check = Check("", [], "manifest")
    _MANIFEST(check, manifest)
    return check.problems
