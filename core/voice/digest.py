"""The digest: the one private message a day that lists a member's due pings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.domain.cadence import Position
from core.domain.history import Touch
from core.domain.records import FollowUp
from core.domain.words import Priority, Step, Urgency
from core.reply import Actions, Block, Button, Divider, Heading, Message, Paragraph
from core.requests import List
from core.text import Text, say
from core.tokens import token
from core.voice.days import count, date_words
from core.voice.people import headline, hints
from core.voice.rows import done_words, last_words, row_actions, undo_button
from core.voice.why import quiet_words, step_words


@dataclass(frozen=True)
class Row:
    """One follow-up of a digest, as things stand now.

    - `last`: the last ping or reply, or for a done row the last touch.
    - `following`: where it goes if the ping is sent today and nobody answers; None once done.
    - `change`: what Undo takes back, for a done row.
    """

    followup: FollowUp
    last: Touch | None
    following: Position | None = None
    change: int = 0


@dataclass(frozen=True)
class Digest:
    """What the message says. `hidden` counts what is due but not shown.

    `planned` is the hour it should have come, when it is late; else "".
    """

    day: date
    today: date
    rows: tuple[Row, ...]
    hidden: int
    view: str
    planned: str = ""


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
    if row.last is not None:
        lines.append(last_words(row.last, digest.today))
    return [Paragraph(tuple(lines)), row_actions(followup, digest.view, menu)]


def _step(row: Row, today: date) -> Text:
    position = row.followup.position
    assert row.following is not None
    overdue = ""
    if position.due is not None and position.due < today:
        overdue = f" Due since {date_words(position.due, today)}."
    return say(
        "{step}.{overdue} {quiet}",
        step=step_words(position, today),
        overdue=overdue,
        quiet=quiet_words(position, row.following, today),
    )


def _footer(digest: Digest) -> list[Block]:
    if not digest.hidden:
        return []
    more = say("{count} more can wait until tomorrow.", count=digest.hidden)
    show_all = Button("Show all", token(List(show="due")))
    return [Divider(), Paragraph((more,)), Actions((show_all,))]
