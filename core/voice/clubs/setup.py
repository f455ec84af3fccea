"""Setting a club up: how it stands, what its channel reads of it, and stopping."""

from __future__ import annotations

from datetime import datetime

from core.domain.clubs.records import Club
from core.language import tr
from core.reply import Action, Button, Message, Tone
from core.requests import Ask, ClubAnnounce, ClubGoOn, ClubJoin, ClubStop, Help
from core.text import Text, say, say_n, text_of
from core.tokens import token
from core.voice.clubs.common import moment_words, next_words, told, why_shut
from core.voice.days import weekday_name
from core.voice.words import word


def club_set(club: Club, now: datetime, notice: str = "", *, announces: bool = False) -> Message:
    """How the club is set; `notice` stands above it."""
    lines = [say(notice)] if notice else []
    lines += [*schedule_lines(club), _pace(club), _next(club, now)]
    if announces:
        lines.append(
            say("Nobody has joined yet. Let the channel know, or tell them: `/followup club join`.")
        )
    return told(*lines, actions=_actions(club, announces=announces), heading=club.name)


def schedule_lines(club: Club) -> list[Text]:
    """When the club hears of its week."""
    midweek = (
        say("A line at midweek, {when}.", when=moment_words(club.midweek))
        if club.midweek
        else say("No line at midweek.")
    )
    lines = [
        say(
            "Kickoff **{kickoff}**, wrap-up **{wrapup}**, by the clock of {zone}.",
            kickoff=moment_words(club.kickoff),
            wrapup=moment_words(club.wrapup),
            zone=club.zone,
        ),
        midweek,
    ]
    if club.week_start:
        lines.append(say("Weeks begin on {day}.", day=weekday_name(club.week_start)))
    return lines


def _pace(club: Club) -> Text:
    return say("Who is new here begins at the **{pace}** pace.", pace=word(club.pace))


def _next(club: Club, now: datetime) -> Text:
    if club.shut:
        return say("I can't write in its channel now: {why}", why=why_shut(club))
    if club.coming is None:
        return say("It is stopped: I post nothing there.")
    return next_words(club, now)


def _actions(club: Club, *, announces: bool) -> tuple[Action, ...]:
    actions: list[Action] = []
    if announces:
        actions.append(
            Button(tr("Tell the channel"), token(ClubAnnounce(club=club.id)), Tone.PRIMARY)
        )
    change = Ask(form="club-setup", target=club.id)
    actions.append(Button(tr("Change"), token(change)))
    if club.runs:
        actions.append(Button(tr("Stop"), token(ClubStop(club=club.id))))
    else:
        actions.append(
            Button(tr("Go on again"), token(ClubStop(club=club.id, go=True)), Tone.PRIMARY)
        )
    return tuple(actions)


def announced(club: Club) -> Message:
    """The channel will hear of it in a moment."""
    return told(say("The channel hears of **{club}** in a moment.", club=club.name))


def welcome(club: Club) -> Message:
    """What the channel reads of its new club."""
    join = Button(tr("Join"), token(ClubJoin(club=club.id)), Tone.PRIMARY)
    how = Button(tr("How I work"), token(Help()))
    return told(
        say("This channel has a club now. Members keep each other at following up."),
        say(
            "I post here {kickoff} and {wrapup}: how many pings were due and how many were made. "
            "Never to whom, never what.",
            kickoff=moment_words(club.kickoff),
            wrapup=moment_words(club.wrapup),
        ),
        say("Join, and I tell you in private what the club will see of you."),
        actions=(join, how),
        heading=club.name,
    )


def stop_question(club: Club, members: int) -> Message:
    """Asked before a club is stopped."""
    stop = Button(tr("Stop it"), token(ClubStop(club=club.id, sure=True)), Tone.DANGER)
    return told(
        say("Stop **{club}**?", club=club.name),
        say_n(
            "I post nothing in the channel any more. The {count} member, their streaks and the "
            "past weeks are kept, so it can go on again.",
            "I post nothing in the channel any more. The {count} members, their streaks and the "
            "past weeks are kept, so it can go on again.",
            members,
        ),
        actions=(stop,),
    )


def stopped(club: Club) -> Message:
    """It is stopped."""
    go = Button(tr("Go on again"), token(ClubStop(club=club.id, go=True)))
    return told(say("**{club}** is stopped. Nothing of it is lost.", club=club.name), actions=(go,))


def go_on_question(club: Club) -> Message:
    """What the channel is asked once after four quiet weeks."""
    go = Button(tr("Go on"), token(ClubGoOn(club=club.id)), Tone.PRIMARY)
    stop = Button(tr("Stop for now"), token(ClubGoOn(club=club.id, stop=True)))
    return told(
        say("It has been quiet here for four weeks. Shall **{club}** go on?", club=club.name),
        say("Those who look after this channel can say. Without an answer it goes on."),
        actions=(go, stop),
    )


def goes_on(club: Club) -> Message:
    """It was decided that it goes on."""
    return told(say("**{club}** goes on.", club=club.name))


def decided_already(club: Club) -> Message:
    """Somebody was faster."""
    return told(
        say(
            "That is decided already: **{club}** goes on."
            if club.runs
            else "That is decided already: **{club}** is stopped.",
            club=club.name,
        )
    )


def trouble(club: Club) -> Message:
    """What those who look after a club hear when its channel can't be written to."""
    return told(
        say("I can't write in the channel of **{club}**.", club=club.name),
        text_of(why_shut(club)),
        say(
            "Until then the weeks are counted all the same. After 30 days without a channel I "
            "erase the club."
        ),
    )
