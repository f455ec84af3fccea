"""A message as Discord's components, within Discord's limits, whatever is in it.

Source of the limits: Discord's component reference (40 components with nested ones, 4000
characters of text). The components themselves are in `cards`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from discord import ComponentType, ui

from adapters.discord import markdown
from adapters.discord.cards import (
    Component,
    Piece,
    Words,
    cut_short,
    parted,
    token_of,
    within_limit,
)
from core.language import speaking
from core.reply import Actions, Block, Divider, File, Heading, Message, Paragraph
from core.text import Text, clip

__all__ = ["ALT", "COMPONENTS", "Component", "Layout", "components", "layout", "token_of"]

COMPONENTS = 40
CHARACTERS = 4000
ALT = 1024

_FILE, _GALLERY = int(ComponentType.file.value), int(ComponentType.media_gallery.value)


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
    """The message's components as JSON: what takes longest of a delivery, so without objects.

    `most` counts those inside others too.
    """
    with speaking(message.language):
        pieces = _texts_joined(_shortened(message.blocks))
        card = any(isinstance(block, Heading) and block.text.strip() for block in message.blocks)
        return within_limit([*parted(pieces)] if card else pieces, most, card=card)


def _shortened(blocks: Iterable[Block]) -> Iterator[tuple[Block, str]]:
    """Each block with its markdown, all of it together within Discord's limit of characters.

    Long texts are cut first, all to the same length: a note of 10,000 characters doesn't cost the
    others a word.
    """
    each = [(block, _markdown(block, CHARACTERS)) for block in blocks]
    spare = CHARACTERS - len(cut_short()) - 2 * len(each)
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


def _texts_joined(each: Iterable[tuple[Block, str]]) -> list[Piece]:
    """Neighbouring texts as one component, for there are only 40 of them in a message."""
    pieces: list[Piece] = []
    before: Block | None = None
    for block, text in each:
        if isinstance(block, Actions | Divider):
            pieces.append(block)
        elif text.strip():
            last = pieces[-1] if pieces else None
            if isinstance(last, Words):
                pieces[-1] = Words(last.markdown + _gap(before, block) + text)
            else:
                pieces.append(Words(text))
        before = block
    return pieces


def _gap(before: Block | None, block: Block) -> str:
    close = isinstance(before, Heading) or (isinstance(block, Paragraph) and block.quiet)
    return "\n" if close else "\n\n"
