"""A message as Discord's components, within Discord's limits, whatever is in it.

Source of the limits: Discord's component reference (40 components with nested ones, 4000
characters of text, 5 buttons in a row, labels of 80, custom ids of 100 and unique in a message).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from discord import ButtonStyle, ui

from adapters.discord import markdown
from core.reply import (
    TOKEN_LIMIT,
    Action,
    Actions,
    Block,
    Button,
    Divider,
    Heading,
    LinkButton,
    Menu,
    Message,
    Paragraph,
    Tone,
)
from core.text import Text, clip

COMPONENTS = 40
CHARACTERS = 4000
BUTTONS_IN_ROW = 5
LABEL = 80
ADDRESS = 512

Layout: TypeAlias = ui.LayoutView
Item: TypeAlias = "ui.Item[ui.LayoutView]"

_STYLES = {
    Tone.NORMAL: ButtonStyle.secondary,
    Tone.PRIMARY: ButtonStyle.primary,
    Tone.DANGER: ButtonStyle.danger,
}
_AGAIN = "#"
"""Stands between a token and a number where a message carries the token twice. No token has it."""

_CUT_SHORT = "-# There is more than fits into one message."
_NOTHING = "Nothing to show."


def layout(message: Message) -> Layout:
    """The message as a view that discord.py sends and then forgets.

    A finished view isn't kept in discord.py's memory; presses are recognized by their token alone,
    so they work as well after a restart.
    """
    view: Layout = ui.LayoutView(timeout=None)
    for item in _within_limit(_texts_joined(_shortened(message.blocks))):
        view.add_item(item)
    view.stop()
    return view


def components(message: Message) -> list[Mapping[str, Any]]:
    """The message's components as the JSON that Discord gets."""
    return [item.to_component_dict() for item in layout(message).children]


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


def _within_limit(pieces: list[_Piece]) -> list[Item]:
    """The components, at most 40. Lines between things go first, then what comes last."""
    items = _items(pieces)
    if _count(items) > COMPONENTS:
        items = _items([piece for piece in pieces if not isinstance(piece, Divider)])
    if _count(items) > COMPONENTS:
        while _count(items) > COMPONENTS - 1:
            items.pop()
        items.append(ui.TextDisplay(_CUT_SHORT))
    return items or [ui.TextDisplay(_NOTHING)]


def _count(items: Sequence[Item]) -> int:
    return sum(1 + len(item.children) if isinstance(item, ui.ActionRow) else 1 for item in items)


def _items(pieces: Iterable[_Piece]) -> list[Item]:
    used: set[str] = set()
    items: list[Item] = []
    for piece in pieces:
        match piece:
            case _Words(text):
                items.append(ui.TextDisplay(text))
            case Divider():
                items.append(ui.Separator())
            case Actions(actions):
                items += _rows(actions, used)
    return items


def _rows(actions: Sequence[Action], used: set[str]) -> Iterator[Item]:
    buttons = [button for action in actions if (button := _button(action, used)) is not None]
    for start in range(0, len(buttons), BUTTONS_IN_ROW):
        yield ui.ActionRow(*buttons[start : start + BUTTONS_IN_ROW])


def _button(action: Action, used: set[str]) -> ui.Button[Layout] | None:
    """One button; None when Discord would refuse the whole message because of it."""
    label = clip(action.label, LABEL) or "…"
    match action:
        case LinkButton(url=url):
            fits = url.startswith(("http://", "https://")) and len(url) <= ADDRESS
            return ui.Button(label=label, url=url) if fits else None
        case Button(token=token, tone=tone):
            style = _STYLES[tone]
        case Menu(token=token):
            style = ButtonStyle.secondary
    custom_id = _unique(token, used)
    return ui.Button(label=label, custom_id=custom_id, style=style) if custom_id else None


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
