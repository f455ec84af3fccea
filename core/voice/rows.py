"""One follow-up as a row of a digest or a list: while it waits, and once it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from core.domain.history import Touch
from core.domain.records import FollowUp
from core.domain.words import CloseReason, TouchKind
from core.language import tr
from core.reply import Actions, Block, Button, Menu, Paragraph, Tone
from core.requests import (
    Another,
    Ask,
    Close,
    Draft,
    Reopen,
    Sent,
    Show,
    ShowView,
    Snooze,
    Targeted,
    Undo,
    Unfold,
)
from core.text import Text, clip, say, text_of
from core.tokens import token
from core.voice.days import count, short_date
from core.voice.people import headline, named, via_words
from core.voice.why import closed_words, due_words
from core.voice.words import word

QUOTE_LIMIT = 120


def undo_button(change: int, view: str = "") -> Button:
    """Takes back the change with that id."""
    return Button(tr("Undo"), token(Undo(change=change, view=view)))


def row_actions(
    followup: FollowUp, view: str, menu: str = "", angle: str = "", *, drafts: bool = True
) -> Actions:
    """What can be done with a due ping.

    `menu` names the one that is laid out in place; `angle` is the one that is proposed, so that
    Sent says which it was. Without `drafts` there is no button for one: a list has many rows.
    """
    make = partial(_request, followup, view)
    menus = {"snooze": _snooze_menu(make), "more": _more_menu(make, followup.id, angle)}
    if menu in menus:
        back = Button(tr("Back"), token(ShowView(view=view)))
        return Actions((*menus[menu].options, back))
    draft = [Button(tr("Draft"), token(Draft(target=followup.id, angle=angle)))] if drafts else []
    return Actions(
        (
            Button(tr("Sent"), make(Sent, angle=angle), Tone.PRIMARY),
            Button(tr("They replied"), make(Ask, form="replied")),
            *draft,
            menus["snooze"],
            menus["more"],
        )
    )


def _request(followup: FollowUp, view: str, kind: type[Targeted], **values: str) -> str:
    return token(kind(target=followup.id, seen=followup.revision, view=view, **values))


def _snooze_menu(make: Callable[..., str]) -> Menu:
    waits = [
        Button(count(days, "day"), make(Snooze, until=f"in {days} days")) for days in (3, 7, 14)
    ]
    another = Button(tr("Another day…"), make(Ask, form="snooze"))
    return Menu(tr("Snooze"), (*waits, another), make(Unfold, menu="snooze"))


def _more_menu(make: Callable[..., str], id: int, angle: str) -> Menu:
    another = [Button(tr("Another angle"), make(Another, angle=angle))] if angle else []
    options = (
        *another,
        Button(tr("Details"), token(Show(target=id))),
        Button(tr("Not interested"), make(Close, reason=CloseReason.NOT_INTERESTED)),
        Button(tr("They asked me to stop"), make(Close, reason=CloseReason.DISMISSED)),
    )
    return Menu("…", options, make(Unfold, menu="more"))


def last_words(touch: Touch, today: date) -> Text:
    """The last ping or reply, with the member's own words: 'Sent Wed 18 Nov: “Two ways”'."""
    replied, day = touch.kind is TouchKind.REPLIED, short_date(touch.day, today)
    what = tr("They replied {day}" if replied else "Sent {day}", day=day)
    details = [via_words(touch.via), word(touch.angle), word(touch.outcome or "")]
    how = ", ".join(detail for detail in details if detail)
    what = tr("{what} ({how})", what=what, how=how) if how else what
    if not touch.text:
        return text_of(what)
    return say("{what}: “{text}”", what=what, text=clip(touch.text, QUOTE_LIMIT))


def list_row(followup: FollowUp, view: str, today: date, menu: str = "") -> list[Block]:
    """A row of a list."""
    lines = (headline(followup), say("{due}", due=due_words(followup.position, today)))
    closed = followup.position.closed is not None
    row = row_actions(followup, view, menu, drafts=False)
    actions = closed_actions(followup, view) if closed else row
    return [Paragraph(lines), actions]


def closed_actions(followup: FollowUp, view: str) -> Actions:
    """What can be done with one that is closed."""
    reopen = Reopen(target=followup.id, seen=followup.revision, view=view)
    details = Button(tr("Details"), token(Show(target=followup.id)))
    return Actions((Button(tr("Reopen"), token(reopen)), details))


def done_words(followup: FollowUp, last: Touch, today: date) -> Text:
    """What happened and what comes next, in one line: "**Dana Lee**, Acme: sent. Check-in …"."""
    position = followup.position
    if position.closed is not None:
        return say(
            "{who}: closed: {why}. It can be reopened.",
            who=named(followup),
            why=closed_words(position.closed),
        )
    return say(
        "{who}: {what}. {due}.",
        who=named(followup),
        what=happened(last),
        due=due_words(position, today),
    )


def happened(touch: Touch) -> str:
    """What a touch was, in a word or two."""
    match touch.kind:
        case TouchKind.REPLIED:
            return tr("they replied ({outcome})", outcome=word(touch.outcome or ""))
        case TouchKind.SNOOZED:
            return tr("moved to another day")
        case TouchKind.REOPENED:
            return tr("taken up again")
        case TouchKind.EDITED:
            return tr("changed")
        case TouchKind.NOTED:
            return tr("note saved")
        case _:
            return word(touch.kind)
