"""Everything about one follow-up: position, history, next dates and why (M9)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.domain.cadence import Position
from core.domain.history import Touch
from core.domain.records import FollowUp
from core.domain.words import Step, TouchKind
from core.reply import Actions, Block, Button, Heading, Paragraph
from core.requests import Ask
from core.text import Text, clip, join, say
from core.tokens import token
from core.voice.days import date_words, short_date
from core.voice.people import hints, subtitle, via_words
from core.voice.rows import closed_actions, row_actions
from core.voice.why import CLOSED, due_words, why_words

HISTORY_SHOWN = 8
TEXT_SHOWN = 200


def card_blocks(
    followup: FollowUp,
    history: Sequence[Touch],
    ahead: Sequence[Position],
    today: date,
    menu: str = "",
) -> list[Block]:
    """The card of one follow-up, with a menu laid out in place where asked for."""
    view = f"c{followup.id}"
    blocks: list[Block] = [
        Heading(clip(followup.title, 100)),
        Paragraph((subtitle(followup), *_known(followup), *hints(followup))),
        Paragraph(tuple(_position(followup, ahead, today))),
        Paragraph(tuple(_history(history, today))),
    ]
    if followup.position.closed is not None:
        return [*blocks, closed_actions(followup, view)]
    more = tuple(
        _ask(followup, form, label) for form, label in (("edit", "Edit"), ("note", "Note"))
    )
    return [*blocks, row_actions(followup, view, menu), Actions(more)]


def _ask(followup: FollowUp, form: str, label: str) -> Button:
    ask = Ask(target=followup.id, view=f"c{followup.id}", form=form)
    return Button(label, token(ask))


def _known(followup: FollowUp) -> list[Text]:
    terms = followup.position.terms
    rates = say(
        "Urgency {urgency}, priority {priority}, trust {trust}",
        urgency=terms.urgency,
        priority=terms.priority,
        trust=terms.trust,
    )
    address = followup.contact.address
    return [say("Contact: {address}", address=address), rates] if address else [rates]


def _position(followup: FollowUp, ahead: Sequence[Position], today: date) -> list[Text]:
    position = followup.position
    if position.closed is not None:
        return [say("**Closed**: {why}.", why=CLOSED[position.closed])]
    lines = [
        say(
            "**{due}**; {why}.",
            due=due_words(position, today),
            why=why_words(position),
        )
    ]
    if ahead:
        steps = join([_step_ahead(step, today) for step in ahead], ", then ")
        lines.append(say("If it stays quiet: {steps}.", steps=steps))
    return lines


def _step_ahead(position: Position, today: date) -> str:
    assert position.due is not None
    what = "a check-in" if position.step is Step.CHECK_IN else f"round {position.cycle}"
    return f"{what} on {date_words(position.due, today)}"


def _history(history: Sequence[Touch], today: date) -> list[Text]:
    shown = list(history)[-HISTORY_SHOWN:]
    lines = [_entry(touch, today) for touch in shown]
    hidden = len(history) - len(shown)
    if hidden:
        lines.insert(0, say("{count} earlier entries", count=hidden))
    return [say("**History**"), *lines]


def _entry(touch: Touch, today: date) -> Text:
    details = [
        via_words(touch.via) if touch.kind in (TouchKind.SENT, TouchKind.REPLIED) else "",
        touch.angle,
        str(touch.outcome or touch.reason or ""),
        f"until {short_date(touch.until, today)}" if touch.until else "",
    ]
    how = ", ".join(detail for detail in details if detail)
    text = clip(touch.text, TEXT_SHOWN)
    return say(
        "{day} · {kind}{how}{text}",
        day=short_date(touch.day, today),
        kind=touch.kind,
        how=f" ({how})" if how else "",
        text=f": {text}" if text else "",
    )
