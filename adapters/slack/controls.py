"""Buttons and menus as Block Kit elements.

Sizes: https://docs.slack.dev/reference/block-kit/block-elements
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, TypeAlias
from urllib.parse import urlencode

from adapters.slack.words import clean
from core.caller import Account
from core.language import N_, tr
from core.reply import Action, Button, LinkButton, Menu, PersonButton, RoomButton, Tone
from core.text import clip

JSON: TypeAlias = dict[str, Any]

LABEL_LIMIT = 75
PLACEHOLDER_LIMIT = 150
CONFIRM_LIMIT = 300
CONFIRM_LABEL_LIMIT = 30
URL_LIMIT = 3000
LAST_QUESTION = N_("You may not be able to take this back.")
MOST_OPTIONS = 100
OVERFLOW = range(2, 6)
"""How many options an overflow menu can hold."""
MORE = "…"
"""The label of a menu that is best shown as Slack's own three dots."""


def controls(item: Action, numbers: Iterator[int]) -> list[JSON]:
    """The elements of one action; `numbers` keeps their ids unique in the message.

    Slack confirms a menu whole or not at all, so options that ask first stand beside it.
    """
    match item:
        case Button():
            return [_button(item, numbers)]
        case LinkButton(label, url):
            return _link(label, url, numbers)
        case PersonButton(label, account):
            return _link(label, profile(account), numbers)
        case RoomButton(label, room):
            return _link(label, _opening(room.workspace, room.channel), numbers)
        case Menu(label, options):
            asking = [option for option in options if option.confirm]
            direct = [option for option in options if not option.confirm]
            menu = [_menu(label, direct, numbers)] if len(direct) > 1 else []
            alone = asking if menu else options
            return [*menu, *(_button(option, numbers) for option in alone)]


def profile(account: Account) -> str:
    """The address that opens a conversation with somebody in Slack's own client."""
    return _opening(account.workspace, account.user)


def _opening(team: str, channel: str) -> str:
    return f"https://slack.com/app_redirect?{urlencode({'team': team, 'channel': channel})}"


def literal(text: str, limit: int) -> JSON:
    """A `plain_text` object on one line; Slack refuses an empty one."""
    return {"type": "plain_text", "text": _fitted(text, limit), "emoji": True}


@lru_cache(maxsize=1024)
def _fitted(text: str, limit: int) -> str:
    """The same few labels stand on every message."""
    return clip(clean(text), limit) or MORE


def _button(button: Button, numbers: Iterator[int]) -> JSON:
    made: JSON = {
        "type": "button",
        "action_id": _id(numbers),
        "text": literal(button.label, LABEL_LIMIT),
        "value": button.token,
    }
    if button.tone is not Tone.NORMAL:
        made["style"] = button.tone.value
    if button.confirm or button.tone is Tone.DANGER:
        made["confirm"] = _confirm(button)
    return made


def _confirm(button: Button) -> JSON:
    """Slack's own question before a press is sent; what looks dangerous always asks it."""
    made: JSON = {
        "title": literal(tr("Are you sure?"), LABEL_LIMIT),
        "text": literal(button.confirm or tr(LAST_QUESTION), CONFIRM_LIMIT),
        "confirm": literal(button.label, CONFIRM_LABEL_LIMIT),
        "deny": literal(tr("Cancel"), CONFIRM_LABEL_LIMIT),
    }
    if button.tone is Tone.DANGER:
        made["style"] = "danger"
    return made


def _link(label: str, url: str, numbers: Iterator[int]) -> list[JSON]:
    """A link button; an address that Slack would refuse is left out, not the whole message."""
    if not url.startswith(("http://", "https://")) or len(url) > URL_LIMIT:
        return []
    text = literal(label, LABEL_LIMIT)
    return [{"type": "button", "action_id": _id(numbers), "text": text, "url": url}]


def _menu(label: str, options: list[Button], numbers: Iterator[int]) -> JSON:
    made: JSON = {
        "type": "overflow",
        "action_id": _id(numbers),
        "options": [
            {"text": literal(option.label, LABEL_LIMIT), "value": option.token}
            for option in options[:MOST_OPTIONS]
        ],
    }
    if label == MORE and len(options) in OVERFLOW:
        return made
    return {**made, "type": "static_select", "placeholder": literal(label, PLACEHOLDER_LIMIT)}


def _id(numbers: Iterator[int]) -> str:
    return f"press.{next(numbers)}"
