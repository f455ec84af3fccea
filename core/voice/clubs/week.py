"""What a club's channel reads in the course of its week; the board is in `core.voice.board`."""

from __future__ import annotations

from datetime import date

from core.domain.clubs.effort import Effort
from core.domain.clubs.records import Club, deadline
from core.language import tr
from core.reply import Button, Message, Tone
from core.requests import ClubGoal, ClubJoin
from core.text import Text, say
from core.tokens import token
from core.voice.clubs.common import deadline_words, told
from core.voice.days import count


def kickoff(club: Club, week: date, last: Effort | None) -> Message:
    """A new week."""
    goal = Button(tr("Pick my goal"), token(ClubGoal(club=club.id)), Tone.PRIMARY)
    join = Button(tr("Join"), token(ClubJoin(club=club.id)))
    until = deadline_words(club, deadline(club, week), week)
    return told(
        _last(last),
        say(
            "Pick how many pings you want to make until **{until}**. Nobody sees your goal unless "
            "you reach it.",
            until=until,
        ),
        actions=(goal, join),
        heading=tr("{club}: a new week", club=club.name),
    )


def _last(last: Effort | None) -> Text:
    if last is None or not last.made:
        return ()
    return say(
        "Last week the club made **{made}** of {due} due.",
        made=count(last.made, "ping"),
        due=last.due,
    )


def midweek(club: Club, so_far: Effort) -> Message:
    """One line in between."""
    if not so_far.made:
        return told(say("{club} at midweek: there is still time for a first ping.", club=club.name))
    return told(
        say(
            "{club} at midweek: **{made}** made so far, of {due} due.",
            club=club.name,
            made=count(so_far.made, "ping"),
            due=so_far.due,
        )
    )
