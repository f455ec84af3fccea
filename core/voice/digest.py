"""The digest: the one private message a day that lists a member's due pings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.domain.attention import PATIENCE, still_matters
from core.domain.cadence import Position
from core.domain.history import Touch
from core.domain.records import FollowUp
from core.domain.words import Priority, Step, Urgency
from core.language import N_, tr, trn
from core.reply import Actions, Block, Button, Divider, Heading, Message, Paragraph
from core.requests import List, Settings
from core.text import Sayable, Text, clip, join, say, say_n
from core.tokens import token
from core.voice.days import date_words, short_date
from core.voice.people import headline, hints
from core.voice.rows import QUOTE_LIMIT, done_words, last_words, row_actions, undo_button
from core.voice.why import quiet_words, step_words

STILL = N_("Here on {count} mornings: does it still matter? If not, close it.")
ASK_WEEKLY = N_(
    "I have not heard from you for {count} messages. Shall I write once a week? Without an answer "
    "I will."
)

UNSURE = N_(
    "I can't tell whether my last message reached you. If it did not, nothing is lost: "
    "all that is due is here."
)


@dataclass(frozen=True)
class Row:
    """One follow-up of a digest, as things stand now.

    - `last`: the last ping or reply, or for a done row the last touch.
    - `following`: where it goes if the ping is sent today and nobody answers; None once done.
    - `angle`, `offer`: what is proposed, as a word and as a sentence with its reason.
    - `learned`: an insight that the offer does not speak of yet.
    - `change`: what Undo takes back, for a done row.
    """

    followup: FollowUp
    last: Touch | None
    following: Position | None = None
    angle: str = ""
    offer: Text = ()
    learned: str = ""
    change: int = 0


@dataclass(frozen=True)
class Digest:
    """What the message says. `hidden` counts what is due but not shown.

    - `planned`: the hour it should have come, when it is late; else "".
    - `unsure`: nobody can say whether the one before it arrived.
    - `asks_weekly`, `weekly`: whether to offer one digest a week, or to say that it is so.
    - `detour`: why it comes here and not where it was wanted.
    """

    day: date
    today: date
    rows: tuple[Row, ...]
    hidden: int
    view: str
    planned: str = ""
    unsure: bool = False
    asks_weekly: bool = False
    weekly: bool = False
    detour: Text = ()


def digest_message(digest: Digest, unfolded: int = 0, menu: str = "") -> Message:
    """The message, with the menu of one row laid out in place where asked for."""
    waiting = [row for row in digest.rows if row.following is not None]
    total = len(waiting) + digest.hidden
    blocks: list[Block] = [Heading(_heading(digest, total))]
    opening = _opening(digest, waiting)
    if opening:
        blocks.append(Paragraph(opening))
    for number, row in enumerate(digest.rows):
        blocks.extend([Divider()] if number else [])
        blocks.extend(_row(row, digest, menu if row.followup.id == unfolded else ""))
    blocks.extend(_footer(digest))
    return Message(tuple(blocks))


def _heading(digest: Digest, total: int) -> str:
    when = date_words(digest.day, digest.today)
    if total == 0:
        return tr("{day}: all done", day=when)
    return trn("{day}: {count} ping due", "{day}: {count} pings due", total, day=when)


def _opening(digest: Digest, waiting: list[Row]) -> tuple[Text, ...]:
    lines = []
    if digest.planned:
        lines.append(
            say("This comes late: it was due at {hour}.", hour=digest.planned),
        )
    if digest.detour:
        lines.append(digest.detour)
    if digest.unsure:
        lines.append(say(UNSURE))
    if len(waiting) > 1:
        lines.append(_first(waiting[0].followup, digest))
    return tuple(lines)


def _first(followup: FollowUp, digest: Digest) -> Text:
    """With whom to start, and why."""
    position, who = followup.position, followup.title
    if position.terms.urgency is Urgency.URGENT:
        return say("Start with {who}: their need is urgent.", who=who)
    if position.terms.priority is Priority.HIGH:
        return say("Start with {who}: it has high priority there.", who=who)
    if position.due is not None and position.due < digest.day:
        return say_n(
            "Start with {who}: it has been due for {count} day.",
            "Start with {who}: it has been due for {count} days.",
            (digest.day - position.due).days,
            who=who,
        )
    if position.step is Step.CHECK_IN:
        return say("Start with {who}: a check-in is best within the week.", who=who)
    return say("Start with {who}.", who=who)


def _row(row: Row, digest: Digest, menu: str) -> list[Block]:
    followup = row.followup
    if row.following is None:
        assert row.last is not None
        done = Paragraph((done_words(followup, row.last, digest.today),), quiet=True)
        undo = [Actions((undo_button(row.change, digest.view),))] if row.change else []
        return [done, *undo]
    lines = [headline(followup), _step(row, digest.today), *hints(followup)]
    if row.offer:
        lines.append(row.offer)
    if row.learned:
        lines.append(say("They need: “{learned}”", learned=clip(row.learned, QUOTE_LIMIT)))
    if row.last is not None:
        lines.append(last_words(row.last, digest.today))
    if still_matters(followup):
        lines.append(say(STILL, count=followup.mornings))
    return [Paragraph(tuple(lines)), row_actions(followup, digest.view, menu, row.angle)]


def _step(row: Row, today: date) -> Text:
    position = row.followup.position
    assert row.following is not None
    parts: list[Sayable] = [say("{step}.", step=step_words(position, today))]
    if position.due is not None and position.due < today:
        parts.append(say("Due since {day}.", day=short_date(position.due, today)))
    return join([*parts, quiet_words(position, row.following, today)])


def _footer(digest: Digest) -> list[Block]:
    lines: list[Text] = []
    actions: list[Button] = []
    if digest.hidden:
        lines.append(
            say_n("{count} more wait their turn.", "{count} more wait their turn.", digest.hidden)
        )
        actions.append(Button(tr("Show all"), token(List(show="due"))))
    daily = token(Settings(digest="daily", view=digest.view))
    if digest.weekly:
        lines.append(say("You get this once a week now."))
        actions.append(Button(tr("Daily again"), daily))
    elif digest.asks_weekly:
        lines.append(say(ASK_WEEKLY, count=PATIENCE))
        weekly = token(Settings(digest="weekly", view=digest.view))
        actions += [Button(tr("Once a week"), weekly), Button(tr("Keep it daily"), daily)]
    return [Divider(), Paragraph(tuple(lines)), Actions(tuple(actions))] if lines else []
