"""The app manifest, made from the commands.

Fields: https://docs.slack.dev/reference/app-manifest
"""

from __future__ import annotations

from adapters.slack import happenings
from adapters.slack.app import ADD, COMMAND, FOLLOW_UP
from adapters.slack.controls import JSON
from adapters.slack.handlers import HOME_OPENED
from adapters.slack.scopes import REDIRECT, SCOPES
from core.requests import COMMANDS

EVENTS = (HOME_OPENED, "app_uninstalled", "tokens_revoked", *happenings.EVENTS)
SHORTCUTS = (
    {
        "name": "Follow up on this",
        "type": "message",
        "callback_id": FOLLOW_UP,
        "description": "A follow-up from this message, which only you see",
    },
    {
        "name": "New follow-up",
        "type": "global",
        "callback_id": ADD,
        "description": "Follow up with somebody, politely and on time",
    },
)
"""Slack takes 24 characters of a name and 150 of a description."""
PATH = "/slack/events"
HINT_LIMIT = 1000


def manifest(socket_mode: bool, url: str | None = None, *, many: bool = False) -> JSON:
    """The manifest to make the Slack app from; with `many`, of one that many workspaces install.

    Without Socket Mode, or with `many`, `url` is where the bot is reached, as
    https://bot.example.org. Raises ValueError when it is needed and missing.

    Installations in a whole organization stay off: the bot is installed workspace by workspace.
    """
    if (many or not socket_mode) and not url:
        raise ValueError("over HTTP, Slack needs the address at which the bot is reached")
    back = {"redirect_urls": [f"{(url or '').rstrip('/')}{REDIRECT}"]} if many else {}
    where = {} if socket_mode else {"request_url": f"{(url or '').rstrip('/')}{PATH}"}
    return {
        "display_information": {
            "name": "Squeaky",
            "description": "Polite, persistent pings: follow up better than the other candidates.",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Squeaky", "always_online": True},
            "shortcuts": list(SHORTCUTS),
            "slash_commands": [_command(where.get("request_url"))],
        },
        "oauth_config": {**back, "scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**where, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **where, **_options(where.get("request_url"))},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": many,
        },
    }


def _options(url: str | None) -> JSON:
    """Where Slack asks what can be chosen in a select: over HTTP it has an address of its own."""
    return {"message_menu_options_url": url} if url else {}


def _command(url: str | None) -> JSON:
    made: JSON = {
        "command": COMMAND,
        "description": "Follow up with people, politely and on time",
        "usage_hint": _hint(),
        "should_escape": True,
    }
    return {**made, "url": url} if url else made


def _hint() -> str:
    names = [request.command.name for request in COMMANDS if request.command]
    return " | ".join(names)[:HINT_LIMIT]
