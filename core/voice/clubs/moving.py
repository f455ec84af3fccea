"""A club in another channel."""

from __future__ import annotations

from datetime import datetime

from core.domain.clubs.records import Club, Post
from core.language import tr
from core.reply import Action, Button, Message, RoomButton, Tone
from core.requests import Ask, ClubAnnounce, ClubLeave, ClubMove, ClubStop
from core.text import say, say_n
from core.tokens import token
from core.voice.clubs.common import next_words, told


def question(club: Club, members: int) -> Message:
    """Asked before a club moves."""
    move = Button(tr("Move it here"), token(ClubMove(club=club.id, sure=True)), Tone.PRIMARY)
    return told(
        say("Move **{club}** to this channel?", club=club.name),
        say_n(
            "Its {count} member, their streaks and the past weeks go along, and I post here from "
            "then on. Each member hears of it in private.",
            "Its {count} members, their streaks and the past weeks go along, and I post here from "
            "then on. Each member hears of it in private.",
            members,
        ),
        say(
            "Who is not in this channel within a week is taken off the board. What members asked "
            "or told the old channel stays there."
        ),
        actions=(move,),
    )


def moved_here(club: Club, told_of: int, now: datetime) -> Message:
    """It is here now."""
    lines = [say("**{club}** is in this channel now.", club=club.name)]
    if told_of:
        lines.append(
            say_n(
                "I tell the {count} other member in private.",
                "I tell the {count} other members in private.",
                told_of,
            )
        )
    actions: list[Action] = [
        Button(tr("Tell the channel"), token(ClubAnnounce(club=club.id)), Tone.PRIMARY),
        Button(tr("Change"), token(Ask(form="club-setup", target=club.id))),
    ]
    if club.runs:
        lines.append(next_words(club, now))
    else:
        lines.append(say("It is stopped: I post nothing here."))
        actions.append(Button(tr("Go on again"), token(ClubStop(club=club.id, go=True))))
    return told(*lines, actions=tuple(actions))


def moved(club: Club) -> Message:
    """What its members read."""
    return told(
        say("**{club}** has moved to another channel.", club=club.name),
        say(
            "Your streak and your weeks went along. Go there within a week, or I take you off the "
            "board. It sees of you what the old one saw."
        ),
        actions=(
            RoomButton(tr("Go there"), club.room),
            Button(tr("What it sees"), token(Ask(form="club-join", target=club.id))),
            Button(tr("Leave"), token(ClubLeave(club=club.id))),
        ),
    )


def unposted_ask(club: Club, post: Post) -> Message:
    """An ask that was never read by anybody."""
    return told(
        say(
            "**{club}** has moved before I could post your ask about **{organization}**, so nobody "
            "has read it. You agreed to post it in the old channel, and I post it in no other.",
            club=club.name,
            organization=post.organization,
        ),
        actions=(
            Button(tr("Ask again"), token(Ask(form="club-ask", target=club.id)), Tone.PRIMARY),
        ),
    )


def unposted_win(club: Club) -> Message:
    """A win that was never read by anybody."""
    return told(
        say(
            "**{club}** has moved before I could tell it of your win, so nobody there has read of "
            "it. You agreed to tell the old channel, and I tell no other.",
            club=club.name,
        ),
        say("You can tell it yourself in the new one."),
        actions=(RoomButton(tr("Go there"), club.room),),
    )
