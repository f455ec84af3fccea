"""Components in rows and in a frame, as many as Discord takes in one message.

A message with a heading, such as a digest, a list or somebody's card, is framed as one card, with
lines between its parts. A short answer is not.

Source of the limits: Discord's component reference (40 components with nested ones, 5 buttons in a
row, labels of 80, custom ids of 100 and unique in a message).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from discord import ButtonStyle, ComponentType

from core.language import tr
from core.reply import (
    TOKEN_LIMIT,
    Action,
    Actions,
    Button,
    Divider,
    LinkButton,
    Menu,
    PersonButton,
    RoomButton,
    Tone,
)
from core.text import clip

BUTTONS_IN_ROW = 5
LABEL = 80
ADDRESS = 512

Component: TypeAlias = dict[str, Any]
"""One component as the JSON that Discord gets."""

_ROW, _BUTTON, _WORDS, _LINE, _FRAME = (
    int(kind.value)
    for kind in (
        ComponentType.action_row,
        ComponentType.button,
        ComponentType.text_display,
        ComponentType.separator,
        ComponentType.container,
    )
)
_STYLES = {
    Tone.NORMAL: int(ButtonStyle.secondary.value),
    Tone.PRIMARY: int(ButtonStyle.primary.value),
    Tone.DANGER: int(ButtonStyle.danger.value),
}
_COLOURS = ((_STYLES[Tone.DANGER], 0xED4245), (_STYLES[Tone.PRIMARY], 0x5865F2))
"""Discord's own red and blue, for what must be thought about and for what is to be done."""
_AGAIN = "#"
"""Stands between a token and a number where a message carries the token twice. No token has it."""


@dataclass(frozen=True)
class Words:
    """Markdown of neighbouring texts, shown as one component."""

    markdown: str


Piece: TypeAlias = Words | Actions | Divider


def cut_short() -> str:
    """What stands below a message of which something is left out."""
    return "-# " + tr("There is more than fits into one message.")


def within_limit(pieces: list[Piece], most: int, *, card: bool) -> list[Component]:
    """The components, at most so many. Lines between things go first, then the frame around them,
    then what comes last.
    """
    items = _items(pieces)
    if _count(items) + card > most:
        items = [item for item in items if item["type"] != _LINE]
    if card and 0 < _count(items) < most:
        return [_card(items)]
    if _count(items) > most:
        while _count(items) > most - 1:
            items.pop()
        items.append(_text(cut_short()))
    return items or [_text(tr("Nothing to show."))]


def _card(items: list[Component]) -> Component:
    """A frame around all of it, in the colour of the weightiest thing to press."""
    styles = {button.get("style") for item in items for button in item.get("components", ())}
    colour = next((colour for style, colour in _COLOURS if style in styles), None)
    made: Component = {"type": _FRAME, "components": items}
    return made if colour is None else {**made, "accent_color": colour}


def parted(pieces: list[Piece]) -> Iterator[Piece]:
    """With a line between what has buttons and the words after it."""
    before: Piece | None = None
    for piece in pieces:
        if isinstance(piece, Words) and isinstance(before, Actions):
            yield Divider()
        yield piece
        before = piece


def _count(items: Iterable[Component]) -> int:
    return sum(1 + len(item.get("components", ())) for item in items)


def _items(pieces: Iterable[Piece]) -> list[Component]:
    used: set[str] = set()
    items: list[Component] = []
    for piece in pieces:
        match piece:
            case Words(text):
                items.append(_text(text))
            case Divider():
                items.append({"type": _LINE})
            case Actions(actions):
                items += _rows(actions, used)
    return items


def _text(words: str) -> Component:
    return {"type": _WORDS, "content": words}


def _rows(actions: Sequence[Action], used: set[str]) -> Iterator[Component]:
    buttons = [button for action in actions if (button := _button(action, used)) is not None]
    for start in range(0, len(buttons), BUTTONS_IN_ROW):
        yield {"type": _ROW, "components": buttons[start : start + BUTTONS_IN_ROW]}


def _button(action: Action, used: set[str]) -> Component | None:
    """One button; None when Discord would refuse the whole message because of it."""
    label = clip(action.label, LABEL) or "…"
    match action:
        case LinkButton(url=url):
            return _link(label, url)
        case PersonButton(account=account):
            return _link(label, f"https://discord.com/users/{account.user}")
        case RoomButton(room=room):
            return _link(label, f"https://discord.com/channels/{room.server}/{room.channel}")
        case Button(token=token, tone=tone):
            style = _STYLES[tone]
        case Menu(token=token):
            style = _STYLES[Tone.NORMAL]
    custom_id = _unique(token, used)
    if not custom_id:
        return None
    return {"type": _BUTTON, "style": style, "label": label, "custom_id": custom_id}


def _link(label: str, url: str) -> Component | None:
    fits = url.startswith(("http://", "https://")) and len(url) <= ADDRESS
    link = {"type": _BUTTON, "style": int(ButtonStyle.link.value)}
    return {**link, "label": label, "url": url} if fits else None


def _unique(token: str, used: set[str]) -> str:
    """The token as a custom id that is not in the message yet; "" when there is no room for one."""
    custom_id, times = token, 1
    while custom_id in used:
        times += 1
        custom_id = f"{token}{_AGAIN}{times}"
    if not 0 < len(custom_id) <= TOKEN_LIMIT:
        return ""
    used.add(custom_id)
    return custom_id


def token_of(custom_id: str) -> str:
    """The token that a button's custom id carries."""
    return custom_id.partition(_AGAIN)[0]
