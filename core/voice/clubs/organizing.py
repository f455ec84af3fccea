"""The club in numbers, for those who look after it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.domain.clubs.organizing import LEAST, ON_THEIR_WAY, QUIET, REACHED, Group
from core.domain.clubs.records import Club, WeekTotals
from core.language import tr
from core.reply import Actions, Block, Button, Heading, Message, Paragraph
from core.requests import Ask
from core.text import Text, say, say_n
from core.tokens import token
from core.voice.days import count, day_and_month


def totals_message(
    club: Club,
    members: int,
    weeks: Sequence[WeekTotals],
    groups: Sequence[Group],
    today: date,
) -> Message:
    """Weeks in counts. Groups of fewer than five are merged, so that nobody is singled out."""
    del today
    few = members < LEAST
    joined = (
        say("Fewer than {least} members have joined.", least=LEAST)
        if few
        else say_n("{count} member has joined.", "{count} members have joined.", members)
    )
    blocks: list[Block] = [Heading(tr("{club} in numbers", club=club.name)), Paragraph((joined,))]
    if not weeks:
        blocks.append(Paragraph((say("No week is over yet."),)))
    else:
        blocks.append(Paragraph(tuple(_week(one) for one in reversed(weeks))))
        if len(groups) > 1:
            blocks.append(Paragraph((say("In the last week:"), *map(_group, groups))))
    note = say(
        "Counts alone. Groups of fewer than {least} are merged into a total. Nobody's contacts, "
        "notes or names are in it, and the file has no more.",
        least=LEAST,
    )
    blocks.append(Paragraph((note,), quiet=True))
    change = Button(tr("Change the club"), token(Ask(form="club-setup", target=club.id)))
    return Message((*blocks, Actions((change,))))


def _group(group: Group) -> Text:
    match group.name:
        case name if name == REACHED:
            return say_n("{count} reached their goal", "{count} reached their goal", group.count)
        case name if name == ON_THEIR_WAY:
            return say_n("{count} on their way", "{count} on their way", group.count)
        case name if name == QUIET:
            return say_n("{count} had a quiet week", "{count} had a quiet week", group.count)
        case _:
            return say_n("{count} other", "{count} others", group.count)


def _week(one: WeekTotals) -> Text:
    return say(
        "Week of {day}: **{made}** made of {due} due",
        day=day_and_month(one.week),
        made=count(one.made, "ping"),
        due=one.due,
    )
