"""Lists of follow-ups, in pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.domain.records import FollowUp
from core.language import N_, number_words, tr, trn
from core.reply import Actions, Block, Button, Divider, Heading, Paragraph
from core.requests import Add, Import, List, ShowView
from core.text import say
from core.tokens import token
from core.voice.days import count
from core.voice.rows import list_row

PAGE = 5

_NOBODY = N_("Your list is empty. Add somebody: `/followup add Dana Lee @ Acme`.")
_EMPTY = {
    "due": N_("Nothing is due today. Your next pings come in the morning message of their day."),
    "open": N_(
        "No follow-up is open any more. Add somebody, or take one up again that you closed."
    ),
    "closed": N_(
        "Nothing is closed. I close nothing by myself: `/followup close` and a name does."
    ),
}


def list_blocks(
    show: str,
    page: int,
    followups: Sequence[FollowUp],
    today: date,
    unfolded: int = 0,
    menu: str = "",
) -> list[Block]:
    """One page of a list that has somebody, most pressing first. `page` counts from 1 and is kept
    in range.
    """
    pages = (len(followups) + PAGE - 1) // PAGE
    page = max(1, min(page, pages))
    view = f"l.{show}.{page}"
    shown = followups[(page - 1) * PAGE : page * PAGE]
    blocks: list[Block] = [Heading(_heading(show, len(followups), page, pages))]
    for followup in shown:
        blocks.extend(list_row(followup, view, today, menu if followup.id == unfolded else ""))
    turns = _turns(show, page, pages)
    return [*blocks, Divider(), Actions(turns)] if turns else blocks


def empty_blocks(show: str, others: int) -> list[Block]:
    """A list that has nobody, and what to do next. `others` counts those on other lists."""
    add = Button(tr("Add somebody"), token(Add()))
    if not others:
        bring = Button(tr("Bring a list"), token(Import()))
        return [Paragraph((say(_NOBODY),)), Actions((add, bring))]
    all_open = Button(tr("Show all open"), token(List(show="open")))
    closed = Button(tr("Show the closed"), token(List(show="closed")))
    actions = (add, closed) if show == "open" else (all_open,)
    return [Paragraph((say(_EMPTY[show]),)), Actions(actions)]


def _heading(show: str, total: int, page: int, pages: int) -> str:
    words = {
        "due": trn("{count} ping due", "{count} pings due", total),
        "open": count(total, "open follow-up"),
        "closed": count(total, "closed follow-up"),
        "all": trn("{count} follow-up in all", "{count} follow-ups in all", total),
    }[show]
    if pages == 1:
        return words
    return tr(
        "{heading}, page {page} of {pages}",
        heading=words,
        page=number_words(page),
        pages=number_words(pages),
    )


def _turns(show: str, page: int, pages: int) -> tuple[Button, ...]:
    turns = []
    if page > 1:
        turns.append(Button(tr("Previous"), token(ShowView(view=f"l.{show}.{page - 1}"))))
    if page < pages:
        turns.append(Button(tr("Next"), token(ShowView(view=f"l.{show}.{page + 1}"))))
    return tuple(turns)
