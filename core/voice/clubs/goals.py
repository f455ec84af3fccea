"""Goals: what is due, what would suit, what was picked."""

from __future__ import annotations

from datetime import date

from core.domain.clubs.effort import Effort
from core.domain.clubs.records import Club, deadline
from core.reply import Button, Message
from core.requests import Ask, ClubGoal, List
from core.text import Text, say
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
    other = Button("Another number", token(Ask(form="club-goal", target=club.id)))
    return told(*lines, actions=(*buttons, other), heading=f"Your goal in {club.name}")


def _due(due: int, until: Text) -> Text:
    if not due:
        return say(
            "Nothing is due until {until}. You can write to somebody all the same.", until=until
        )
    verb = "is due or falls due" if due == 1 else "are due or fall due"
    return say("**{due}** {verb} until {until}.", due=count(due, "ping"), verb=verb, until=until)


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
        reached = "You have reached it already." if not left else f"{left} to go."
        lines.append(say("{made} made so far. {left}", made=done.made, left=reached))
    show = Button("Show what is due", token(List(show="due")))
    return told(*lines, actions=(show,))
