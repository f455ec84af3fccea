"""The first five minutes: what this is, an example to try, and what comes on which morning."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.language import N_, tr
from core.reply import Actions, Block, Button, Heading, Paragraph, Tone
from core.requests import Add, Help, Import
from core.text import Text, say
from core.tokens import token
from core.voice.days import date_words, hour_words
from core.voice.help import ALL, INTRO


def welcome() -> tuple[Block, ...]:
    """What somebody reads who has nobody on their list yet."""
    lines = (
        say(INTRO),
        say("Begin with somebody you wrote to, or mean to: press **Add somebody**, or type"),
        say("`/followup add Dana Lee @ Acme re: data PM, email, in 3 days`"),
        say("On the morning when the first ping is due, I send you one private message."),
    )
    buttons = (
        Button(tr("Add somebody"), token(Add()), Tone.PRIMARY),
        Button(tr("Bring a list"), token(Import())),
        Button(tr("How this works"), token(Help(topic=ALL))),
    )
    return (Heading(tr("Whom do you want to hear from?")), Paragraph(lines), Actions(buttons))


_TODAY = N_(
    "**Today** at **{hour}** I send you one private message that says what to do. Until then there "
    "is nothing to do."
)
_TOMORROW = N_(
    "**Tomorrow** at **{hour}** I send you one private message that says what to do. Until then "
    "there is nothing to do."
)


def first_morning(who: str, due: date, at: datetime, today: date, zone: ZoneInfo) -> Text:
    """What comes after the first add: the morning message at that instant, and nothing before."""
    local = at.astimezone(zone)
    day, hour = local.date(), hour_words(local.time())
    if due <= today < day:
        return say(
            "It is due today already. When you have written to them, type `/followup sent {who}`. "
            "If not, I remind you in private on **{day}** at **{hour}**.",
            who=who,
            day=date_words(day, today),
            hour=hour,
        )
    if day - today <= timedelta(days=1):
        return say(_TODAY if day == today else _TOMORROW, hour=hour)
    return say(
        "Tomorrow morning I stay quiet, for nothing is due. On **{day}** at **{hour}** I send you "
        "one private message that says what to do.",
        day=date_words(day, today),
        hour=hour,
    )
