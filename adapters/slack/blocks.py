"""The blocks of a message as Block Kit.

Paragraphs are `rich_text`: its elements hold literal text with style flags, so that no value can
ping, link or break out of its style. Sizes: https://docs.slack.dev/reference/block-kit/blocks
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from adapters.slack.controls import JSON, URL_LIMIT, controls, literal
from adapters.slack.words import clean, cut
from core.language import tr
from core.reply import Actions, Block, Divider, Heading, Message, Paragraph
from core.text import Span, Style, Text, plain

MOST_BLOCKS = 50
HEADING_LIMIT = 150
PARAGRAPH_LIMIT = 3000
MESSAGE_LIMIT = 12_000
"""Characters of text in all blocks; Slack refuses more than 13,200 (`msg_blocks_too_long`)."""
ROW_LIMIT = 25
_SCHEMES = ("http://", "https://", "mailto:")


def blocks_of(message: Message, most: int = MOST_BLOCKS) -> list[JSON]:
    """At most so many blocks, top to bottom; clipped to what Slack takes, never refused."""
    made: list[JSON] = []
    left = MESSAGE_LIMIT
    numbers = count(1)
    for block in message.blocks:
        fitted = _fit(block, left)
        left -= _size(fitted)
        made.extend(_made(fitted, numbers))
    return _few_enough(made, most)


def _fit(block: Block, left: int) -> Block:
    if not isinstance(block, Paragraph):
        return block
    limit = min(left, PARAGRAPH_LIMIT)
    if _size(block) <= limit and all(_as_is(span.text) for line in block.lines for span in line):
        return block
    return replace(block, lines=tuple(_clipped(block.lines, limit)))


def _as_is(text: str) -> bool:
    """Whether a span needs no cleaning; Slack refuses an empty one."""
    return bool(text) and text.isprintable()


def _size(block: Block) -> int:
    if isinstance(block, Paragraph):
        return sum(len(span.text) for line in block.lines for span in line) + len(block.lines)
    return len(block.text) if isinstance(block, Heading) else 0


def _clipped(lines: tuple[Text, ...], limit: int) -> Iterator[Text]:
    """The lines, cleaned, until `limit` characters are used up."""
    left = limit
    for line in lines:
        spans: list[Span] = []
        for span in line:
            text = cut(clean(span.text), left)
            left -= len(text)
            spans.extend([replace(span, text=text)] if text else [])
            if left <= 0:
                yield tuple(spans)
                return
        yield tuple(spans)
        left -= 1  # the line break


def _made(block: Block, numbers: Iterator[int]) -> list[JSON]:
    match block:
        case Heading(text):
            return [{"type": "header", "text": literal(text, HEADING_LIMIT)}] if text else []
        case Paragraph(lines, quiet):
            return [_paragraph(lines, quiet)] if any(map(plain, lines)) else []
        case Actions(items):
            elements = [element for item in items for element in controls(item, numbers)]
            return [{"type": "actions", "elements": elements[:ROW_LIMIT]}] if elements else []
        case Divider():
            return [{"type": "divider"}]


def _paragraph(lines: tuple[Text, ...], quiet: bool) -> JSON:
    """Rich text; a quiet paragraph is a context block, unless it holds a link.

    Context takes no rich text, and style in its markup could be broken by a value: it loses
    its emphasis instead.
    """
    if quiet and not any(span.url for line in lines for span in line):
        text = "\n".join(map(plain, lines))
        return {"type": "context", "elements": [{"type": "plain_text", "text": text}]}
    elements = [_element(span) for span in _joined(lines)]
    section = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "elements": [section]}


def _joined(lines: tuple[Text, ...]) -> Iterator[Span]:
    for number, line in enumerate(lines):
        if number:
            yield Span("\n")
        yield from line


def _element(span: Span) -> JSON:
    link = span.url is not None and span.url.startswith(_SCHEMES) and len(span.url) <= URL_LIMIT
    element: JSON = {"type": "text", "text": span.text}
    if link:
        element = {"type": "link", "url": span.url, "text": span.text}
    if span.style is not Style.PLAIN:
        element["style"] = {span.style.value: True}
    return element


def _few_enough(made: list[JSON], most: int) -> list[JSON]:
    """At most so many blocks: dividers go first, then the end of the message."""
    if len(made) <= most:
        return made
    kept = [block for block in made if block["type"] != "divider"]
    if len(kept) <= most:
        return kept
    more = {
        "type": "context",
        "elements": [literal(tr("This message is too long to show whole."), PARAGRAPH_LIMIT)],
    }
    return [*kept[: most - 1], more]
