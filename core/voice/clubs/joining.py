"""Joining: what the club will see and what it never will, said before anybody joins."""

from __future__ import annotations

from datetime import datetime

from core.domain.clubs.records import Club, Membership
from core.domain.clubs.words import Sharing
from core.reply import Action, Actions, Button, Heading, Message, Paragraph, Tone
from core.requests import Ask, ClubBuddy, ClubGoal, ClubJoin, ClubLeave, List
from core.text import Text, say
from core.tokens import token
from core.voice.clubs.common import EVENT_WORDS, NOTHING_SHOWN, event_day, told
from core.voice.days import count

_SHARED = {
    Sharing.COUNTS: "your name and how many pings you made, in weeks in which you reach your goal",
    Sharing.STREAK: "your name, how many pings you made and your streak, in weeks in which you "
    "reach your goal",
    Sharing.HIDDEN: "“a member” instead of your name, in weeks in which you reach your goal",
}
_LABELS = {
    Sharing.COUNTS: "Join",
    Sharing.STREAK: "Join, show my streak",
    Sharing.HIDDEN: "Join without my name",
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
        say("• {what}", what=_SHARED[Sharing.COUNTS]),
        say("In all other weeks your counts are in the total alone."),
        say(NOTHING_SHOWN),
        called,
    )
    buttons = tuple(
        Button(label, token(ClubJoin(club=club.id, show=sharing.value, kept=kept)), tone)
        for (sharing, label), tone in zip(
            _LABELS.items(), (Tone.PRIMARY, Tone.NORMAL, Tone.NORMAL), strict=True
        )
        if name or sharing is Sharing.HIDDEN
    )
    form = () if name else (Button("Say my name", token(Ask(form="club-join", target=club.id))),)
    return Message((Heading(f"Join {club.name}?"), Paragraph(lines), Actions((*buttons, *form))))


def joined(club: Club, mine: Membership, now: datetime, *, inherits: bool) -> Message:
    """Somebody is in."""
    lines = [say("You are in **{club}**.", club=club.name), sees(mine), say(NOTHING_SHOWN)]
    if inherits:
        lines.append(
            say(
                "You begin at its pace, **{pace}**. `/followup settings pace:` takes another.",
                pace=club.pace.value,
            )
        )
    if club.coming is not None:
        lines.append(
            say(
                "Next: the {what} on **{day}**. `/followup club goal` sets a goal at any time.",
                what=EVENT_WORDS[club.coming.kind],
                day=event_day(club, now),
            )
        )
    return told(*lines, actions=_more(club, mine))


def sees(mine: Membership) -> Text:
    """What the club sees of a member."""
    if mine.alum:
        return say("It sees nothing of you: you stay to help with introductions.")
    return say("It sees {what}.", what=_SHARED[mine.sharing])


def membership_message(club: Club, mine: Membership, *, changed: bool = False) -> Message:
    """What a member agreed to in a club."""
    lines = [
        say("**{club}**{changed}.", club=club.name, changed=": changed" if changed else ""),
        sees(mine),
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
        actions.append(Button("Search again", token(again)))
    else:
        actions.append(Button("Set a goal", token(ClubGoal(club=club.id))))
    if not mine.matches and not mine.alum:
        tell = ClubJoin(club=club.id, matches="yes")
        actions.append(Button("Tell me of matches", token(tell)))
    if not mine.buddy and not mine.alum:
        actions.append(Button("I'd like a buddy", token(ClubBuddy(club=club.id, want="on"))))
    change = Button("What it sees", token(Ask(form="club-join", target=club.id)))
    return (*actions, change)


def leave_question(club: Club, mine: Membership) -> Message:
    """Asked before somebody leaves."""
    leave = Button("Leave", token(ClubLeave(club=club.id, sure=True)), Tone.DANGER)
    stay = Button("Stay", token(List(show="due")))
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
    again = Button("Join again", token(ClubJoin(club=club.id)))
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
