"""The settings, with the clock time that they imply."""

from __future__ import annotations

from datetime import datetime

from core.domain.calendar import WEEKEND
from core.domain.hours import local_day
from core.domain.records import Member
from core.reply import Action, Actions, Button, Heading, Message, Paragraph
from core.requests import Ask
from core.text import Text, say
from core.tokens import token
from core.voice.answers import ZONE_ASK
from core.voice.days import clock_words, count, date_words, day_words, hour_words, weekday_name
from core.voice.rows import undo_button


def settings_message(
    member: Member,
    now: datetime,
    change: int,
    *,
    rest: str = "",
    selves: tuple[Text, ...] = (),
) -> Message:
    """What is set; with the id of the change that set it, it can be undone.

    `rest` is the first field that the form can't hold, if any: a button opens it and the others.
    `selves` is where else the member is, and which of their selves gets the digest.
    """
    actions: list[Action] = [Button("Change", token(Ask(form="settings")))]
    if rest:
        actions.append(Button("Change the rest", token(Ask(form="settings", first=rest))))
    if change:
        actions.append(undo_button(change))
    lines = (
        _zone(member, now),
        _digest(member, now),
        *_days(member, now),
        _manner(member),
        *selves,
    )
    return Message((Heading("Your settings"), Paragraph(lines), Actions(tuple(actions))))


def _manner(member: Member) -> Text:
    name = (
        say("you sign as **{name}**", name=member.name)
        if member.name
        else say("no name to sign drafts with")
    )
    return say("Pace **{pace}**, {name}.", pace=member.pace, name=name)


def _zone(member: Member, now: datetime) -> Text:
    if not member.zone:
        return say(ZONE_ASK, clock=clock_words(now, "UTC"))
    return say(
        "Time zone **{zone}**: it is {clock} there.",
        zone=member.zone,
        clock=clock_words(now, member.zone),
    )


def _digest(member: Member, now: datetime) -> Text:
    coming = ""
    if member.next_digest_at is not None:
        day = local_day(member.next_digest_at, member.tz)
        coming = f" The next one comes {day_words(day, local_day(now, member.tz))}."
    return say(
        "Morning message at **{hour}** {often} when something is due, {most} at most.{coming}",
        often="once a week" if member.weekly else "on days",
        hour=hour_words(member.hour),
        most=count(member.most, "ping"),
        coming=coming,
    )


def _days(member: Member, now: datetime) -> list[Text]:
    off = ", ".join(weekday_name(day) for day in sorted(member.days_off | WEEKEND))
    lines = [say("Days off: **{off}**.", off=off)]
    today = local_day(now, member.tz)
    for pause in member.pauses:
        if today in pause:
            lines.append(say("Paused until **{day}**.", day=day_words(pause.end, today)))
        elif pause.start > today:
            first, last = date_words(pause.start, today), date_words(pause.end, today)
            lines.append(say("Away from **{first}** until **{last}**.", first=first, last=last))
    return lines
