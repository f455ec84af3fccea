"""Joining: what the club will see and what it never will, said before anybody joins."""

from __future__ import annotations

from datetime import datetime

from core.domain.clubs.records import Club, Membership
from core.domain.clubs.words import Sharing
from core.language import N_, tr
from core.reply import Action, Actions, Button, Heading, Message, Paragraph, Tone
from core.requests import Ask, ClubBuddy, ClubGoal, ClubJoin, ClubLeave, List
from core.text import Text, join, say
from core.tokens import token
from core.voice.clubs.common import (
    NOTHING_SHOWN,
    as_the_club_reads,
    next_day_words,
    told,
)
from core.voice.days import count
from core.voice.words import word

_SHARED = {
    Sharing.COUNTS: N_(
        "your name and how many pings you made, in weeks in which you reach your goal"
    ),
    Sharing.STREAK: N_(
        "your name, how many pings you made and your streak, in weeks in which you reach your goal"
    ),
    Sharing.HIDDEN: N_("“{member}” instead of your name, in weeks in which you reach your goal"),
}
_LABELS = {
    Sharing.COUNTS: N_("Join"),
    Sharing.STREAK: N_("Join, show my streak"),
    Sharing.HIDDEN: N_("Join without my name"),
}


def question(club: Club, name: str, kept: int = 0) -> Message:
    """What joining means, and how much to show. `kept` is what was typed with the command."""
    called = (
        say("It would know you as **{name}**.", name=name)
        if name
        else say("I don't know your name yet: `/followup club join name: Dana` says it.")
    )
    lines = (
        say("The club will see:"),
        say("• how many pings its members made of those that were due, all together"),
        say("• {what}", what=_shared(club, Sharing.COUNTS)),
        say("In all other weeks your counts are in the total alone."),
        say(NOTHING_SHOWN),
        called,
    )
    buttons = tuple(
        Button(tr(label), token(ClubJoin(club=club.id, show=sharing.value, kept=kept)), tone)
        for (sharing, label), tone in zip(
            _LABELS.items(), (Tone.PRIMARY, Tone.NORMAL, Tone.NORMAL), strict=True
        )
        if name or sharing is Sharing.HIDDEN
    )
    form = (
        () if name else (Button(tr("Say my name"), token(Ask(form="club-join", target=club.id))),)
    )
    return Message(
        (Heading(tr("Join {club}?", club=club.name)), Paragraph(lines), Actions((*buttons, *form)))
    )


def joined(club: Club, mine: Membership, now: datetime, *, inherits: bool) -> Message:
    """Somebody is in."""
    lines = [say("You are in **{club}**.", club=club.name), sees(club, mine), say(NOTHING_SHOWN)]
    if inherits:
        lines.append(
            say(
                "You begin at its pace, **{pace}**. `/followup settings pace:` takes another.",
                pace=word(club.pace),
            )
        )
    if club.coming is not None:
        lines.append(
            join(
                (
                    next_day_words(club, now),
                    say("`/followup club goal` sets a goal at any time."),
                )
            )
        )
    return told(*lines, actions=_more(club, mine))


def sees(club: Club, mine: Membership) -> Text:
    """What the club sees of a member."""
    if mine.alum:
        return say("It sees nothing of you: you stay to help with introductions.")
    return say("It sees {what}.", what=_shared(club, mine.sharing))


def _shared(club: Club, sharing: Sharing) -> str:
    with as_the_club_reads(club):
        member = tr("a member")
    return tr(_SHARED[sharing], member=member)


def membership_message(club: Club, mine: Membership, *, changed: bool = False) -> Message:
    """What a member agreed to in a club."""
    lines = [
        say("**{club}**: changed." if changed else "**{club}**.", club=club.name),
        sees(club, mine),
    ]
    if mine.name:
        lines.append(say("It knows you as **{name}**.", name=mine.name))
    if mine.matches and not mine.alum:
        lines.append(say("You hear in private when somebody there pursues the same organization."))
    return told(*lines, actions=_more(club, mine))


def _more(club: Club, mine: Membership) -> tuple[Action, ...]:
    """What else a member can choose."""
    actions: list[Action] = []
    if mine.alum:
        again = ClubJoin(club=club.id, show=mine.sharing.value)
        actions.append(Button(tr("Search again"), token(again)))
    else:
        actions.append(Button(tr("Set a goal"), token(ClubGoal(club=club.id))))
    if not mine.matches and not mine.alum:
        tell = ClubJoin(club=club.id, matches="yes")
        actions.append(Button(tr("Tell me of matches"), token(tell)))
    if not mine.buddy and not mine.alum:
        actions.append(Button(tr("I'd like a buddy"), token(ClubBuddy(club=club.id, want="on"))))
    change = Button(tr("What it sees"), token(Ask(form="club-join", target=club.id)))
    return (*actions, change)


def leave_question(club: Club, mine: Membership) -> Message:
    """Asked before somebody leaves."""
    leave = Button(tr("Leave"), token(ClubLeave(club=club.id, sure=True)), Tone.DANGER)
    stay = Button(tr("Stay"), token(List(show="due")))
    ends = (
        say("Your streak of {weeks} ends.", weeks=count(mine.streak, "week"))
        if mine.streak > 1
        else ()
    )
    return told(
        say("Leave **{club}**?", club=club.name),
        say("You are off its boards at once, and I keep nothing of your weeks there."),
        ends,
        actions=(leave, stay),
    )


def left(club: Club) -> Message:
    """Somebody has left."""
    again = Button(tr("Join again"), token(ClubJoin(club=club.id)))
    return told(
        say(
            "You have left **{club}** and are off its boards. Your own list is as it was.",
            club=club.name,
        ),
        actions=(again,),
    )


def alum(club: Club) -> Message:
    """Somebody has landed a job and stays to help."""
    return told(
        say(
            "You stay in **{club}** to help: you see its asks, and that is all. There is no goal "
            "and no board for you, and no morning message unless you follow up with somebody "
            "again.",
            club=club.name,
        ),
        say("`/followup club join` searches again, `/followup club leave` leaves it."),
    )
