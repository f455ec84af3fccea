"""Lists of follow-ups, in pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.domain.records import FollowUp
from core.reply import Actions, Block, Button, Divider, Heading, Paragraph
from core.requests import Add, List, ShowView
from core.text import say
from core.tokens import token
from core.voice.days import count
from core.voice.rows import list_row

PAGE = 5

_EMPTY = {
    "due": "Nothing is due today. Your next pings come in the morning message of their day.",
    "open": "Your list is empty. Add somebody: `/followup add Dana Lee @ Acme`.",
    "closed": "Nothing is closed.",
    "all": "Your list is empty. Add somebody: `/followup add Dana Lee @ Acme`.",
}


def list_blocks(
    show: str,
    page: int,
    followups: Sequence[FollowUp],
    today: date,
    unfolded: int = 0,
    menu: str = "",
) -> list[Block]:
    """One page of a list, most pressing first. `page` counts from 1 and is kept in range."""
    if not followups:
        return _empty(show)
    pages = (len(followups) + PAGE - 1) // PAGE
    page = max(1, min(page, pages))
    view = f"l.{show}.{page}"
    shown = followups[(page - 1) * PAGE : page * PAGE]
    blocks: list[Block] = [Heading(_heading(show, len(followups), page, pages))]
    for followup in shown:
        blocks.extend(list_row(followup, view, today, menu if followup.id == unfolded else ""))
    turns = _turns(show, page, pages)
    return [*blocks, Divider(), Actions(turns)] if turns else blocks


def _empty(show: str) -> list[Block]:
    add = Button("Add somebody", token(Add()))
    all_open = Button("Show all open", token(List(show="open")))
    actions = {"due": (all_open,), "closed": ()}.get(show, (add,))
    blocks: list[Block] = [Paragraph((say(_EMPTY[show]),))]
    return [*blocks, Actions(actions)] if actions else blocks


def _heading(show: str, total: int, page: int, pages: int) -> str:
    words = {
        "due": f"{count(total, 'ping')} due",
        "open": f"{count(total, 'open follow-up')}",
        "closed": f"{count(total, 'closed follow-up')}",
        "all": f"{count(total, 'follow-up')} in all",
    }[show]
    return f"{words}, page {page} of {pages}" if pages > 1 else words


def _turns(show: str, page: int, pages: int) -> tuple[Button, ...]:
    turns = []
    if page > 1:
        turns.append(Button("Previous", token(ShowView(view=f"l.{show}.{page - 1}"))))
    if page < pages:
        turns.append(Button("Next", token(ShowView(view=f"l.{show}.{page + 1}"))))
    return tuple(turns)
