"""The club in numbers, for those who look after it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.domain.clubs.organizing import LEAST, Group
from core.domain.clubs.records import Club, WeekTotals
from core.reply import Actions, Block, Button, Heading, Message, Paragraph
from core.requests import Ask
from core.text import Text, say
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
        else say("{members} have joined.", members=count(members, "member"))
    )
    blocks: list[Block] = [Heading(f"{club.name} in numbers"), Paragraph((joined,))]
    if not weeks:
        blocks.append(Paragraph((say("No week is over yet."),)))
    else:
        blocks.append(Paragraph(tuple(_week(one) for one in reversed(weeks))))
        if len(groups) > 1:
            lines = tuple(
                say("{count} {what}", count=group.count, what=group.name or "others")
                for group in groups
            )
            blocks.append(Paragraph((say("In the last week:"), *lines)))
    note = say(
        "Counts alone. Groups of fewer than {least} are merged into a total. Nobody's contacts, "
        "notes or names are in it, and the file has no more.",
        least=LEAST,
    )
    blocks.append(Paragraph((note,), quiet=True))
    change = Button("Change the club", token(Ask(form="club-setup", target=club.id)))
    return Message((*blocks, Actions((change,))))


def _week(one: WeekTotals) -> Text:
    return say(
        "Week of {day}: **{made}** made of {due} due",
        day=day_and_month(one.week),
        made=count(one.made, "ping"),
        due=one.due,
    )
