"""The settings, with the clock time that they imply."""

from __future__ import annotations

from datetime import datetime

from core.domain.calendar import WEEKEND
from core.domain.hours import local_day
from core.domain.records import Member
from core.language import LANGUAGES, N_, tr
from core.reply import Action, Actions, Button, Heading, Message, Paragraph
from core.requests import Ask
from core.text import Text, join, say
from core.tokens import token
from core.voice.answers import ZONE_ASK
from core.voice.days import clock_words, count, date_words, day_words, hour_words, weekday_name
from core.voice.rows import undo_button
from core.voice.words import word

_DAILY = N_("Morning message at **{hour}** on days when something is due, {most} at most.")
_WEEKLY = N_("Morning message at **{hour}** once a week when something is due, {most} at most.")


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
    actions: list[Action] = [Button(tr("Change"), token(Ask(form="settings")))]
    if rest:
        actions.append(Button(tr("Change the rest"), token(Ask(form="settings", first=rest))))
    if change:
        actions.append(undo_button(change))
    lines = (
        _zone(member, now),
        _digest(member, now),
        *_days(member, now),
        _manner(member),
        *_language(member),
        *selves,
    )
    return Message((Heading(tr("Your settings")), Paragraph(lines), Actions(tuple(actions))))


def _manner(member: Member) -> Text:
    pace = word(member.pace)
    if member.name:
        return say("Pace **{pace}**, you sign as **{name}**.", pace=pace, name=member.name)
    return say("Pace **{pace}**, no name to sign drafts with.", pace=pace)


def _language(member: Member) -> list[Text]:
    """The one that was chosen; that of the platform needs no words."""
    name = LANGUAGES.get(member.language)
    return [say("Language **{name}**.", name=name)] if name else []


def _zone(member: Member, now: datetime) -> Text:
    if not member.zone:
        return say(ZONE_ASK, clock=clock_words(now, "UTC"))
    return say(
        "Time zone **{zone}**: it is {clock} there.",
        zone=member.zone,
        clock=clock_words(now, member.zone),
    )


def _digest(member: Member, now: datetime) -> Text:
    often = say(
        _WEEKLY if member.weekly else _DAILY,
        hour=hour_words(member.hour),
        most=count(member.most, "ping"),
    )
    if member.next_digest_at is None:
        return often
    day = local_day(member.next_digest_at, member.tz)
    coming = day_words(day, local_day(now, member.tz))
    return join([often, say("The next one comes {day}.", day=coming)])


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
