"""How things stand in a club."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.clubs.records import Club, Membership, Post
from core.language import tr
from core.reply import Action, Actions, Block, Button, Heading, Message, Paragraph, Tone
from core.requests import (
    Ask,
    CloseAsk,
    ClubBuddy,
    ClubGoal,
    ClubJoin,
    ClubLeave,
    ClubSetup,
    ClubStop,
    ClubTotals,
    Introduce,
)
from core.requests.clubs import Club as ShowClub
from core.text import Text, say
from core.tokens import token
from core.voice.clubs.common import next_words, told, why_shut
from core.voice.clubs.joining import sees
from core.voice.clubs.setup import schedule_lines
from core.voice.days import count

MOST_CLUBS = 5


@dataclass(frozen=True)
class ThisWeek:
    """A member's own week: the goal, what was made so far, what is or falls due.

    `ahead`: it has not begun; this one is summed up already.
    """

    ahead: bool
    goal: int | None
    made: int
    due: int
    streak: int


@dataclass(frozen=True)
class Ongoing:
    """Open asks, and offers whose turn is the member's: id, ask, and whether it is their own."""

    asks: tuple[Post, ...] = ()
    turns: tuple[tuple[int, Post, bool], ...] = ()


def nothing_here(mine: Sequence[Club], *, manages: bool) -> Message:
    """A channel without a club; `mine` are the caller's, which live elsewhere."""
    setup = Button(tr("Set one up"), token(ClubSetup()), Tone.PRIMARY)
    lines = (
        say("This channel has no club."),
        say(
            "A club is a channel whose members keep each other at following up: each picks a goal "
            "for the week, and the channel sees how many pings were due and made, never to whom."
        ),
        say("Whoever may manage the channel sets one up: `/followup club setup`."),
    )
    message = told(*lines, actions=(setup,) if manages else ())
    if not mine:
        return message
    buttons = tuple(Button(one.name, token(ShowClub(club=one.id))) for one in mine[:MOST_CLUBS])
    yours = Paragraph((say("You are in:"),))
    return Message((*message.blocks, yours, Actions(buttons)))


def club_message(
    club: Club,
    mine: Membership | None,
    week: ThisWeek | None,
    ongoing: Ongoing,
    now: datetime,
    *,
    organizes: bool,
) -> Message:
    """The club as the caller sees it."""
    lines: list[Text] = [*schedule_lines(club), _state(club, now)]
    blocks: list[Block] = [Heading(club.name), Paragraph(tuple(lines))]
    if mine is None:
        join = Button(tr("Join"), token(ClubJoin(club=club.id)), Tone.PRIMARY)
        blocks += [Paragraph((say("You have not joined."),)), Actions((join,))]
    else:
        blocks += _yours(club, mine, week)
    blocks += _ongoing(ongoing)
    if organizes:
        blocks += _organizers(club)
    return Message(tuple(blocks))


def _state(club: Club, now: datetime) -> Text:
    if club.shut:
        return say("I can't write in its channel now: {why}", why=why_shut(club))
    if club.coming is None:
        return say("It is stopped for now.")
    return next_words(club, now)


def _yours(club: Club, mine: Membership, week: ThisWeek | None) -> list[Block]:
    lines: list[Text] = []
    if week is not None:
        lines.append(_goal(week))
        if week.streak > 1:
            lines.append(say("Your streak: {weeks}.", weeks=count(week.streak, "week")))
    lines.append(sees(club, mine))
    actions: list[Action] = []
    if week is not None:
        label = tr("Set a goal" if week.goal is None else "Change the goal")
        actions.append(Button(label, token(ClubGoal(club=club.id)), Tone.PRIMARY))
    if club.runs:
        actions.append(Button(tr("Ask the club"), token(Ask(form="club-ask", target=club.id))))
    if week is not None:
        actions.append(Button(tr("Buddy"), token(ClubBuddy(club=club.id))))
    actions.append(Button(tr("What it sees"), token(Ask(form="club-join", target=club.id))))
    actions.append(Button(tr("Leave"), token(ClubLeave(club=club.id))))
    return [Paragraph(tuple(lines)), Actions(tuple(actions))]


def _goal(week: ThisWeek) -> Text:
    due = count(week.due, "ping")
    if week.ahead:
        if week.goal is None:
            return say("Next week: {due} due so far. You have no goal yet.", due=due)
        return say("Next week: {due} due so far. Your goal is {goal}.", due=due, goal=week.goal)
    if week.goal is None:
        return say(
            "This week: {made} made, {due} due. You have no goal yet.", made=week.made, due=due
        )
    return say(
        "This week: **{made} of {goal}** made, {due} due.", made=week.made, goal=week.goal, due=due
    )


def _ongoing(ongoing: Ongoing) -> list[Block]:
    blocks: list[Block] = []
    for id, post, own in ongoing.turns:
        what = say(
            "Somebody may know somebody at **{organization}**."
            if own
            else "The member who asks about **{organization}** would be glad of your help.",
            organization=post.organization,
        )
        yes = (
            Button(tr("Yes, tell them who I am"), token(Introduce(offer=id)), Tone.PRIMARY)
            if own
            else Button(tr("Hand it over"), token(Ask(form="hand-over", target=id)), Tone.PRIMARY)
        )
        no = Button(tr("No, thank you"), token(Introduce(offer=id, no=True)))
        blocks += [Paragraph((what,)), Actions((yes, no))]
    for post in ongoing.asks:
        close = Button(tr("Close it"), token(CloseAsk(post=post.id)))
        line = say("Your ask about **{organization}** is open.", organization=post.organization)
        blocks += [Paragraph((line,)), Actions((close,))]
    return blocks


def _organizers(club: Club) -> list[Block]:
    change = Button(tr("Change the club"), token(Ask(form="club-setup", target=club.id)))
    totals = Button(tr("In numbers"), token(ClubTotals(club=club.id)))
    stop = Button(tr("Stop"), token(ClubStop(club=club.id)))
    go = Button(tr("Go on again"), token(ClubStop(club=club.id, go=True)), Tone.PRIMARY)
    return [
        Paragraph((say("You look after this club."),), quiet=True),
        Actions((change, totals, stop) if club.runs else (go, change, totals)),
    ]


def ask_closed(post: Post) -> Message:
    """Nobody can answer it any more."""
    return told(say("Your ask about **{organization}** is closed.", organization=post.organization))
