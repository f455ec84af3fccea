"""A win: what was closed, whom to thank, and what the club may hear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.caller import Account
from core.domain.clubs.records import Club
from core.domain.records import FollowUp
from core.domain.words import Angle
from core.language import tr
from core.reply import Action, Actions, Block, Button, Heading, Message, Paragraph, PersonButton
from core.requests import Ask, ClubLeave, Draft, StayAlum
from core.text import Text, say, say_n
from core.tokens import token
from core.voice.rows import undo_button

MOST_THANKS = 10
ROW = 5


@dataclass(frozen=True)
class Helper:
    """A member of a club who handed an introduction over."""

    name: str
    organization: str
    account: Account


def won(
    *,
    landed: FollowUp | None,
    closed: int,
    thanks: Sequence[FollowUp],
    helpers: Sequence[Helper],
    clubs: Sequence[Club],
    change: int,
) -> Message:
    """Everything that follows a win, one tap away."""
    blocks: list[Block] = [Heading(tr("You landed it")), Paragraph((_closed(landed, closed),))]
    if closed:
        blocks.append(Actions((undo_button(change),)))
    if thanks or helpers:
        blocks += _thanks(thanks, helpers)
    for club in clubs:
        blocks += _club(club)
    return Message(tuple(blocks))


def _closed(landed: FollowUp | None, closed: int) -> Text:
    what = say("Nothing was open, so nothing had to be closed.")
    if closed:
        what = say_n(
            "{count} open follow-up is closed.", "{count} open follow-ups are closed.", closed
        )
    if landed is None:
        return say("Well done. {what}", what=what)
    place = landed.contact.organization or landed.title
    return say("Well done: a job at {place}. {what}", place=place, what=what)


def _thanks(thanks: Sequence[FollowUp], helpers: Sequence[Helper]) -> list[Block]:
    shown = thanks[:MOST_THANKS]
    actions: list[Action] = [
        Button(
            tr("Thank {name}", name=one.title),
            token(Draft(target=one.id, angle=Angle.THANKS.value)),
        )
        for one in shown
    ]
    for helper in helpers:
        words = tr("Thank {name}", name=helper.name) if helper.name else tr("Thank a member")
        actions.append(PersonButton(words, helper.account))
    lines = [say("These people helped. A thank-you is drafted for each:")]
    if len(thanks) > len(shown):
        more = len(thanks) - len(shown)
        lines.append(say("{more} more answered you once: `/followup list closed`.", more=more))
    rows: list[Block] = [
        Actions(tuple(actions[start : start + ROW])) for start in range(0, len(actions), ROW)
    ]
    return [Paragraph(tuple(lines)), *rows]


def _club(club: Club) -> list[Block]:
    tell = Button(tr("Tell the club"), token(Ask(form="tell", target=club.id)))
    stay = Button(tr("Stay to help"), token(StayAlum(club=club.id)))
    leave = Button(tr("Leave it"), token(ClubLeave(club=club.id)))
    line = say(
        "**{club}** hears nothing of it unless you say so; you see the words first. You can stay "
        "to help others with introductions.",
        club=club.name,
    )
    return [Paragraph((line,)), Actions((tell, stay, leave))]
