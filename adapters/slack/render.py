"""A reply's message as what Slack is sent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from adapters.slack.blocks import MOST_BLOCKS, blocks_of
from adapters.slack.controls import JSON
from adapters.slack.words import clean, cut, escaped
from core.language import speaking
from core.reply import Actions, Divider, Message
from core.text import clip

FALLBACK_LIMIT = 3900
"""Characters; `chat.update` takes 4000."""
SENTENCE_LIMIT = 500
MOST_HOME_BLOCKS = 100
HOME_BYTES = 240_000
"""Slack takes 250 kB with what is around the blocks (`view_too_large`)."""


@dataclass(frozen=True)
class Rendered:
    """Blocks, and the text that a notification and a screen reader use instead of them."""

    text: str
    blocks: list[JSON]

    def payload(self) -> JSON:
        """The arguments that every way of showing a message takes. Nothing unfurls."""
        return {
            "text": self.text,
            "blocks": self.blocks,
            "unfurl_links": False,
            "unfurl_media": False,
        }


def render(message: Message, images: Sequence[JSON] = ()) -> Rendered:
    """A message as Block Kit with its fallback text, within Slack's sizes.

    Its images stand below it, and their words below its own. An empty message says "…": Slack
    refuses one that says nothing.
    """
    said = [_said(message), *(str(image["alt_text"]) for image in images)]
    with speaking(message.language):
        blocks = [*blocks_of(message, MOST_BLOCKS - len(images)), *images]
    return Rendered(_words("\n".join(said)) or "…", blocks)


def home_view(message: Message) -> JSON:
    """A message as a Home tab, within Slack's sizes: 100 blocks and 250 kB."""
    with speaking(message.language):
        blocks = blocks_of(message, MOST_HOME_BLOCKS)
    while len(json.dumps(blocks)) > HOME_BYTES:
        blocks = blocks[: len(blocks) * 3 // 4]
    return {"type": "home", "blocks": blocks}


def sentence(message: Message | None, otherwise: str) -> str:
    """A message as one line under a form field, without its buttons."""
    said = clip(clean(_said(message)), SENTENCE_LIMIT) if message else ""
    return said or otherwise


def _words(said: str) -> str:
    return escaped(cut(clean(said).strip(), FALLBACK_LIMIT), FALLBACK_LIMIT)


def _said(message: Message) -> str:
    spoken = [block for block in message.blocks if not isinstance(block, (Actions, Divider))]
    return Message(tuple(spoken)).plain()
