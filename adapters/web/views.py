"""Messages and lines as the templates want them: grouped, named, with safe addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from adapters.web.dates import day_words
from adapters.web.records import PRIVATE, Attached, Entry, Place
from adapters.web.visitor import FIRST_MEMBER
from core.language import spoken, tr
from core.reply import (
    Action,
    Actions,
    Block,
    Button,
    Divider,
    Heading,
    Message,
    Paragraph,
    PersonButton,
    RoomButton,
)
from core.text import clip, plain

BOT = "Squeaky"
_MOST_LABEL = 80
_SCHEMES = ("http", "https", "mailto")


@dataclass(frozen=True)
class Section:
    """Blocks that belong together: what is said, and the buttons for it.

    `label` names the buttons' group for a screen reader; a `short` one fits on a line.
    """

    blocks: Sequence[Block]
    label: str
    short: bool


@dataclass(frozen=True)
class Line:
    """One entry as its reader sees it. `day` is set where a new day begins; `language` is that of
    what is said.
    """

    id: int
    author: str
    by_bot: bool
    initials: str
    colour: int
    time: str
    day: str
    only_you: bool
    follows: bool
    text: str
    sections: Sequence[Section]
    files: Sequence[Attached]
    language: str


def sections_of(message: Message) -> list[Section]:
    """The message cut at dividers and after rows of buttons.

    Where that makes it a list of rows, what introduces the first row stands by itself.
    """
    found: list[list[Block]] = [[]]
    for block in _shown(message.blocks):
        if isinstance(block, Divider):
            found.append([])
        elif found[-1] and isinstance(found[-1][-1], Actions) and not isinstance(block, Actions):
            found.append([block])
        else:
            found[-1].append(block)
    if len(found) > 1 and len(found[0]) > 2 and isinstance(found[0][-1], Actions):
        found[:1] = [found[0][:-2], found[0][-2:]]
    return [_section(blocks) for blocks in found if blocks]


def lines_of(
    entries: Iterable[Entry], names: Mapping[str, str], zone: ZoneInfo, place: Place
) -> list[Line]:
    """Entries as lines, oldest first."""
    found: list[Line] = []
    before: Entry | None = None
    for entry in entries:
        found.append(_line(entry, before, names, zone, place))
        before = entry
    return found


def shown_names(names: Mapping[str, str]) -> dict[str, str]:
    """Names by id, as the page says them: whoever has not said theirs is "You"."""
    first, you = FIRST_MEMBER
    return {id: tr("You") if (id, name) == (first, you) else name for id, name in names.items()}


def safe_url(url: str | None) -> str:
    """The address when a link may carry it, else ""."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return ""
    return parts.geturl() if parts.scheme in _SCHEMES else ""


def kind(thing: object) -> str:
    """The name by which templates tell blocks and actions apart."""
    return type(thing).__name__.lower()


def initials(name: str) -> str:
    """One or two letters that stand for a name."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "?"


def _shown(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks without buttons that lead to a person or a channel: none has an address here."""
    for block in blocks:
        if not isinstance(block, Actions):
            yield block
        elif items := tuple(
            each for each in block.items if not isinstance(each, PersonButton | RoomButton)
        ):
            yield Actions(items)


def _section(blocks: Sequence[Block]) -> Section:
    said = [block.lines for block in blocks if isinstance(block, Paragraph) and block.lines]
    buttons = [item for block in blocks if isinstance(block, Actions) for item in block.items]
    short = len(blocks) == 2 and sum(map(len, said)) == 1 and _fits(buttons)
    headed = isinstance(blocks[0], Heading)
    label = clip(plain(said[-1 if headed else 0][0]), _MOST_LABEL) if said and buttons else ""
    return Section(tuple(blocks), label, short)


def _fits(buttons: Sequence[Action]) -> bool:
    return len(buttons) == 1 and isinstance(buttons[0], Button) and not buttons[0].confirm


def _line(
    entry: Entry, before: Entry | None, names: Mapping[str, str], zone: ZoneInfo, place: Place
) -> Line:
    local = entry.at.astimezone(zone)
    earlier = before.at.astimezone(zone) if before is not None else None
    new_day = earlier is None or earlier.date() != local.date()
    author = names.get(entry.author, tr("Somebody")) if entry.author else BOT
    only_you = place != PRIVATE and entry.reader != ""
    follows = before is not None and (before.author, before.reader) == (entry.author, entry.reader)
    return Line(
        id=entry.id,
        author=author,
        by_bot=not entry.author,
        initials=initials(author),
        colour=sum(author.encode()) % 6,
        time=f"{local:%H:%M}",
        day=day_words(local.date()) if new_day else "",
        only_you=only_you,
        follows=follows and not new_day and not entry.message,
        text=entry.text,
        sections=sections_of(entry.message) if entry.message else (),
        files=entry.files,
        language=entry.message.language if entry.message else spoken(),
    )
