"""Everything about one follow-up: position, history, next dates and why (M9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.cadence import Because, Position
from core.domain.history import Touch
from core.domain.records import FollowUp
from core.domain.words import Step, TouchKind
from core.language import tr
from core.reply import Actions, Block, Button, Heading, Paragraph
from core.requests import Ask
from core.text import Sayable, Text, clip, join, linked, say, say_n, text_of
from core.tokens import token
from core.voice.days import date_words, day_words, short_date
from core.voice.people import hints, subtitle, via_words
from core.voice.rows import closed_actions, row_actions
from core.voice.why import closed_words, due_words, why_words
from core.voice.words import word

HISTORY_SHOWN = 8
TEXT_SHOWN = 600
INSIGHTS_SHOWN = 5


@dataclass(frozen=True)
class Card:
    """What a card says besides the follow-up itself.

    - `offer`: the proposed angle with its reason; `angle` is its word.
    - `insights`: what was learned of the organization, newest first.
    - `referrer`, `referred`: the follow-ups that led to it and that it led to.
    """

    history: Sequence[Touch]
    ahead: Sequence[Position]
    offer: Text = ()
    angle: str = ""
    insights: Sequence[str] = ()
    referrer: FollowUp | None = None
    referred: Sequence[FollowUp] = ()


def card_blocks(followup: FollowUp, card: Card, today: date, menu: str = "") -> list[Block]:
    """The card of one follow-up, with a menu laid out in place where asked for."""
    view = f"c{followup.id}"
    known = [*_known(followup), *_links(card), *hints(followup)]
    blocks: list[Block] = [
        Heading(clip(followup.title, 100)),
        Paragraph((subtitle(followup), *known)),
        Paragraph(tuple(_position(followup, card, today))),
        *_learned(card),
        Paragraph(tuple(_history(card.history, today))),
    ]
    if followup.position.closed is not None:
        return [*blocks, closed_actions(followup, view)]
    more = (("edit", tr("Edit")), ("note", tr("Note")), ("insight", tr("What they need")))
    asks = tuple(_ask(followup, form, label) for form, label in more)
    return [*blocks, row_actions(followup, view, menu, card.angle), Actions(asks)]


def _links(card: Card) -> list[Text]:
    lines = []
    if card.referrer is not None:
        lines.append(say("Came from {who} (#{number})", **_link(card.referrer)))
    lines += [say("Led to {who} (#{number})", **_link(other)) for other in card.referred]
    return lines


def _link(followup: FollowUp) -> dict[str, Sayable]:
    return {"who": followup.full_title, "number": followup.number}


def _learned(card: Card) -> list[Block]:
    if not card.insights:
        return []
    lines = [
        say("• {text}", text=clip(text, TEXT_SHOWN)) for text in card.insights[:INSIGHTS_SHOWN]
    ]
    return [Paragraph((say("**What they need**"), *lines))]


def _ask(followup: FollowUp, form: str, label: str) -> Button:
    ask = Ask(target=followup.id, view=f"c{followup.id}", form=form)
    return Button(label, token(ask))


def _known(followup: FollowUp) -> list[Text]:
    terms = followup.position.terms
    rates = say(
        "Urgency: {urgency} · priority: {priority} · trust: {trust}",
        urgency=word(terms.urgency),
        priority=word(terms.priority),
        trust=word(terms.trust),
    )
    address = followup.contact.address
    return [say("Contact: {address}", address=address), rates] if address else [rates]


def _position(followup: FollowUp, card: Card, today: date) -> list[Text]:
    position = followup.position
    if position.closed is not None:
        return [say("**Closed**: {why}.", why=closed_words(position.closed))]
    lines = [
        say(
            "**{due}**, {why}.",
            due=due_words(position, today),
            why=why_words(position),
        )
    ]
    if card.ahead:
        steps = join([_step_ahead(step, today) for step in card.ahead], tr(", then "))
        lines.append(say("If it stays quiet: {steps}.", steps=steps))
    return [*lines, card.offer] if card.offer else lines


def _step_ahead(position: Position, today: date) -> str:
    assert position.due is not None
    day = date_words(position.due, today)
    if position.step is Step.CHECK_IN:
        return tr("a check-in on {day}", day=day)
    return tr("round {round} on {day}", round=position.cycle, day=day)


def _history(history: Sequence[Touch], today: date) -> list[Text]:
    shown = list(history)[-HISTORY_SHOWN:]
    lines = [_entry(touch, today) for touch in shown]
    hidden = len(history) - len(shown)
    if hidden:
        before = say_n("{count} entry before these", "{count} entries before these", hidden)
        lines.insert(0, before)
    return [say("**History**"), *lines]


def _entry(touch: Touch, today: date) -> Text:
    details = [
        via_words(touch.via) if touch.kind in (TouchKind.SENT, TouchKind.REPLIED) else "",
        word(touch.angle),
        word(touch.outcome or touch.reason or ""),
        tr("until {day}", day=short_date(touch.until, today)) if touch.until else "",
    ]
    what = tr("{day} · {kind}", day=short_date(touch.day, today), kind=word(touch.kind))
    how = ", ".join(detail for detail in details if detail)
    what = tr("{what} ({how})", what=what, how=how) if how else what
    text = clip(touch.text, TEXT_SHOWN)
    return say("{what}: {text}", what=what, text=linked(text)) if text else text_of(what)


def preview_blocks(followup: FollowUp, ahead: Sequence[Position], today: date) -> list[Block]:
    """The next dates that the rules make, each with its reason (M9)."""
    steps = [followup.position, *ahead]
    lines = [_previewed(step, today) for step in steps if step.due is not None]
    quiet = say("These are the dates if nobody answers. A reply changes them.")
    return [
        Heading(clip(tr("Next dates with {who}", who=followup.title), 140)),
        Paragraph(tuple(lines)),
        Paragraph((quiet,), quiet=True),
    ]


def _step_name(position: Position) -> str:
    if position.why.because is Because.THANKS:
        return tr("Thank-you")
    if position.step is Step.CHECK_IN:
        return tr("Round {round}, check-in", round=position.cycle)
    return tr("Round {round}, opener", round=position.cycle)


def _previewed(position: Position, today: date) -> Text:
    assert position.due is not None
    return say(
        "**{what}**: {day}, {why}.",
        what=_step_name(position),
        day=day_words(position.due, today),
        why=why_words(position),
    )
