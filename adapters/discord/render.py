"""A message as Discord's components, within Discord's limits, whatever is in it.

Source of the limits: Discord's component reference (40 components with nested ones, 4000
characters of text, 5 buttons in a row, labels of 80, custom ids of 100 and unique in a message).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from discord import ButtonStyle, ComponentType, ui

from adapters.discord import markdown
from core.reply import (
    TOKEN_LIMIT,
    Action,
    Actions,
    Block,
    Button,
    Divider,
    File,
    Heading,
    LinkButton,
    Menu,
    Message,
    Paragraph,
    PersonButton,
    RoomButton,
    Tone,
)
from core.text import Text, clip

COMPONENTS = 40
CHARACTERS = 4000
BUTTONS_IN_ROW = 5
LABEL = 80
ADDRESS = 512
ALT = 1024

Component: TypeAlias = dict[str, Any]
"""One component as the JSON that Discord gets."""

_ROW, _BUTTON, _WORDS, _LINE, _FILE, _GALLERY = (
    int(kind.value)
    for kind in (
        ComponentType.action_row,
        ComponentType.button,
        ComponentType.text_display,
        ComponentType.separator,
        ComponentType.file,
        ComponentType.media_gallery,
    )
)
_STYLES = {
    Tone.NORMAL: int(ButtonStyle.secondary.value),
    Tone.PRIMARY: int(ButtonStyle.primary.value),
    Tone.DANGER: int(ButtonStyle.danger.value),
}
_AGAIN = "#"
"""Stands between a token and a number where a message carries the token twice. No token has it."""

_CUT_SHORT = "-# There is more than fits into one message."
_NOTHING = "Nothing to show."


class Layout(ui.LayoutView):
    """Components that are ready, as a view that discord.py sends and then forgets.

    A finished view isn't kept in discord.py's memory; presses are recognized by their token alone,
    so they work as well after a restart.
    """

    def __init__(self, ready: list[Component]) -> None:
        super().__init__(timeout=None)
        self._ready = ready
        self.stop()

    def to_components(self) -> list[Component]:
        """What goes out."""
        return self._ready

    def has_components_v2(self) -> bool:
        """Always: text beside buttons needs them."""
        return True


def layout(message: Message, files: Sequence[File] = ()) -> Layout:
    """The message as the answer to an interaction, with its files below it."""
    return Layout(components_with(message, files))


def components_with(message: Message, files: Sequence[File]) -> list[Component]:
    """The message's components as JSON, with its files below it."""
    shown = [_shown(file) for file in files]
    return [*components(message, COMPONENTS - len(shown)), *shown]


def _shown(file: File) -> Component:
    """A picture in a gallery with its words, another file by its name."""
    media = {"url": f"attachment://{file.name}"}
    if not file.is_picture:
        return {"type": _FILE, "file": media}
    return {
        "type": _GALLERY,
        "items": [{"media": media, "description": clip(file.alt, ALT) or file.name}],
    }


def components(message: Message, most: int = COMPONENTS) -> list[Component]:
    """The message's components as JSON: what takes longest of a delivery, so without objects."""
    return _within_limit(_texts_joined(_shortened(message.blocks)), most)


def token_of(custom_id: str) -> str:
    """The token that a button's custom id carries."""
    return custom_id.partition(_AGAIN)[0]


@dataclass(frozen=True)
class _Words:
    """Markdown of neighbouring texts, shown as one component."""

    markdown: str


_Piece: TypeAlias = _Words | Actions | Divider


def _shortened(blocks: Iterable[Block]) -> Iterator[tuple[Block, str]]:
    """Each block with its markdown, all of it together within Discord's limit of characters.

    Long texts are cut first, all to the same length: a note of 10,000 characters doesn't cost the
    others a word.
    """
    each = [(block, _markdown(block, CHARACTERS)) for block in blocks]
    spare = CHARACTERS - len(_CUT_SHORT) - 2 * len(each)
    share = _fair_share([markdown.size(text) for _, text in each], spare)
    for block, text in each:
        yield block, text if markdown.size(text) <= share else _markdown(block, share)


def _fair_share(sizes: Sequence[int], total: int) -> int:
    """The greatest size to which each may be cut so that all fit in `total`."""
    left = total
    for position, size in enumerate(sorted(sizes)):
        share = left // (len(sizes) - position)
        if size > share:
            return max(share, 0)
        left -= size
    return total


def _markdown(block: Block, limit: int) -> str:
    match block:
        case Heading(text):
            return markdown.heading(text, limit)
        case Paragraph(lines, quiet):
            return _lines(lines, limit, quiet)
        case Actions() | Divider():
            return ""


def _lines(lines: Sequence[Text], limit: int, quiet: bool) -> str:
    """As many lines as fit, the last of them cut."""
    kept: list[str] = []
    left = limit
    for text in lines:
        shown = markdown.small(text, left) if quiet else markdown.clipped(text, left)
        kept.append(shown)
        left -= markdown.size(shown) + 1
        if left <= 0:
            break
    return "\n".join(kept).strip("\n")


def _texts_joined(each: Iterable[tuple[Block, str]]) -> list[_Piece]:
    """Neighbouring texts as one component, for there are only 40 of them in a message."""
    pieces: list[_Piece] = []
    before: Block | None = None
    for block, text in each:
        if isinstance(block, Actions | Divider):
            pieces.append(block)
        elif text.strip():
            last = pieces[-1] if pieces else None
            if isinstance(last, _Words):
                pieces[-1] = _Words(last.markdown + _gap(before, block) + text)
            else:
                pieces.append(_Words(text))
        before = block
    return pieces


def _gap(before: Block | None, block: Block) -> str:
    close = isinstance(before, Heading) or (isinstance(block, Paragraph) and block.quiet)
    return "\n" if close else "\n\n"


def _within_limit(pieces: list[_Piece], most: int) -> list[Component]:
    """The components, at most so many. Lines between things go first, then what comes last."""
    items = _items(pieces)
    if _count(items) > most:
        items = _items([piece for piece in pieces if not isinstance(piece, Divider)])
    if _count(items) > most:
        while _count(items) > most - 1:
            items.pop()
        items.append(_text(_CUT_SHORT))
    return items or [_text(_NOTHING)]


def _count(items: Iterable[Component]) -> int:
    return sum(1 + len(item.get("components", ())) for item in items)


def _items(pieces: Iterable[_Piece]) -> list[Component]:
    used: set[str] = set()
    items: list[Component] = []
    for piece in pieces:
        match piece:
            case _Words(text):
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
