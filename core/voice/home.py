"""The Home: tabs above every page, and what has just happened."""

from __future__ import annotations

from collections.abc import Sequence

from core.language import N_, tr
from core.options import Request
from core.reply import Actions, Block, Button, Divider, Message, Paragraph, Tone
from core.requests import Add, Club, List, Settings, ShowView
from core.text import Text
from core.tokens import token

TODAY = List(show="due")
TABS: dict[str, Request] = {
    N_("Today"): TODAY,
    N_("List"): List(show="open"),
    N_("Settings"): Settings(),
    N_("Clubs"): Club(),
}


def tabs(page: Request) -> Actions:
    """The tabs; that of the page stands out."""
    here = _tab_of(page)
    ways = [
        Button(tr(label), token(request), Tone.PRIMARY if label == here else Tone.NORMAL)
        for label, request in TABS.items()
    ]
    return Actions((*ways, Button(tr("Add somebody"), token(Add()))))


def home(page: Request, blocks: Sequence[Block]) -> Message:
    """A whole page."""
    return Message((tabs(page), Divider(), *blocks))


def noticed(notice: Sequence[Block], blocks: Sequence[Block]) -> tuple[Block, ...]:
    """What has just happened, above the page."""
    return (*notice, Divider(), *blocks)


def refused(text: Text, choices: Sequence[Button]) -> tuple[Block, ...]:
    """A page that can't be shown, and what to press instead."""
    said = Paragraph((text,))
    return (said, Actions(tuple(choices))) if choices else (said,)


def _tab_of(page: Request) -> str:
    if isinstance(page, Settings):
        return N_("Settings")
    if isinstance(page, Club):
        return N_("Clubs")
    due = page == TODAY or (isinstance(page, ShowView) and page.view.startswith("l.due"))
    return N_("Today") if due else N_("List")
