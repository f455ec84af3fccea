"""Goals: what is due, what would suit, what was picked."""

from __future__ import annotations

from datetime import date

from core.domain.clubs.effort import Effort
from core.domain.clubs.records import Club, deadline
from core.language import tr
from core.reply import Button, Message
from core.requests import Ask, ClubGoal, List
from core.text import Text, join, say, say_n
from core.tokens import token
from core.voice.clubs.common import deadline_words, told
from core.voice.days import count


def offered(
    club: Club,
    week: date,
    goal: int | None,
    due: int,
    done: Effort,
    suggested: tuple[int, ...],
) -> Message:
    """How many are due, and goals to tap."""
    until = deadline_words(club, deadline(club, week), week)
    lines = [_due(due, until), _so_far(done)]
    if goal is not None:
        lines.append(say("Your goal is {goal}.", goal=count(goal, "ping")))
    lines.append(say("How many will you make?"))
    buttons = tuple(
        Button(str(number), token(ClubGoal(club=club.id, pings=str(number))))
        for number in suggested
    )
    other = Button(tr("Another number"), token(Ask(form="club-goal", target=club.id)))
    return told(
        *lines, actions=(*buttons, other), heading=tr("Your goal in {club}", club=club.name)
    )


def _due(due: int, until: Text) -> Text:
    if not due:
        return say(
            "Nothing is due until {until}. You can write to somebody all the same.", until=until
        )
    return say_n(
        "**{due}** is due or falls due until {until}.",
        "**{due}** are due or fall due until {until}.",
        due,
        due=count(due, "ping"),
        until=until,
    )


def _so_far(done: Effort) -> Text:
    if not done.made:
        return ()
    return say("You have made {made} this week.", made=count(done.made, "ping"))


def picked(club: Club, week: date, goal: int, done: Effort, today: date) -> Message:
    """The goal that was picked."""
    until = deadline_words(club, deadline(club, week), today)
    left = max(goal - done.made, 0)
    lines = [
        say(
            "Your goal in **{club}**: **{goal}** until {until}.",
            club=club.name,
            goal=count(goal, "ping"),
            until=until,
        )
    ]
    if done.made:
        made = say_n("{count} made so far.", "{count} made so far.", done.made)
        to_go = say_n("{count} to go.", "{count} to go.", left)
        lines.append(join((made, to_go if left else say("You have reached it already."))))
    show = Button(tr("Show what is due"), token(List(show="due")))
    return told(*lines, actions=(show,))
