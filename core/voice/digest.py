"""The digest: the one private message a day that lists a member's due pings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.domain.attention import PATIENCE, still_matters
from core.domain.cadence import Position
from core.domain.history import Touch
from core.domain.records import FollowUp
from core.domain.words import Priority, Step, Urgency
from core.reply import Actions, Block, Button, Divider, Heading, Message, Paragraph
from core.requests import List, Settings
from core.text import Text, clip, say
from core.tokens import token
from core.voice.days import count, date_words, short_date
from core.voice.people import headline, hints
from core.voice.rows import QUOTE_LIMIT, done_words, last_words, row_actions, undo_button
from core.voice.why import quiet_words, step_words

STILL = "Here on {count} mornings: does it still matter? If not, close it."
ASK_WEEKLY = (
    "I have not heard from you for {count} messages. Shall I write once a week? Without an answer "
    "I will."
)

UNSURE = (
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
        return f"{when}: all done"
    return f"{when}: {count(total, 'ping')} due"


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
        first = waiting[0].followup
        lines.append(say("Start with {who}{why}.", who=first.title, why=_pressing(first, digest)))
    return tuple(lines)


def _pressing(followup: FollowUp, digest: Digest) -> str:
    position = followup.position
    if position.terms.urgency is Urgency.URGENT:
        return ": their need is urgent"
    if position.terms.priority is Priority.HIGH:
        return ": it has high priority there"
    if position.due is not None and position.due < digest.day:
        return f": it has been due for {count((digest.day - position.due).days, 'day')}"
    if position.step is Step.CHECK_IN:
        return ": a check-in is best within the week"
    return ""


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
    overdue = ""
    if position.due is not None and position.due < today:
        overdue = f" Due since {short_date(position.due, today)}."
    return say(
        "{step}.{overdue} {quiet}",
        step=step_words(position, today),
        overdue=overdue,
        quiet=quiet_words(position, row.following, today),
    )


def _footer(digest: Digest) -> list[Block]:
    lines: list[Text] = []
    actions: list[Button] = []
    if digest.hidden:
        lines.append(say("{count} more wait their turn.", count=digest.hidden))
        actions.append(Button("Show all", token(List(show="due"))))
    daily = token(Settings(digest="daily", view=digest.view))
    if digest.weekly:
        lines.append(say("You get this once a week now."))
        actions.append(Button("Daily again", daily))
    elif digest.asks_weekly:
        lines.append(say(ASK_WEEKLY, count=PATIENCE))
        weekly = token(Settings(digest="weekly", view=digest.view))
        actions += [Button("Once a week", weekly), Button("Keep it daily", daily)]
    return [Divider(), Paragraph(tuple(lines)), Actions(tuple(actions))] if lines else []
