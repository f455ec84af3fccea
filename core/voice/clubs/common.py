"""What several messages of clubs say alike."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime

from core.caller import Account
from core.domain.clubs.records import Club
from core.domain.clubs.weeks import EventKind, WeekTime
from core.domain.hours import instant_of, local_day, zone_of
from core.language import N_, language_of, speaking, tr
from core.reply import Action, Actions, Block, Heading, Message, Paragraph, PersonButton
from core.text import Text, instant, say
from core.voice import reasons
from core.voice.days import date_words, day_words, hour_words

NOTHING_SHOWN = N_(
    "It never sees whom you write to, where, what about, or any note. Nobody does, not those who "
    "run it either."
)
A_MEMBER = N_("A member")
"""Who is not named, at the beginning of a sentence."""
_MOMENTS = (
    N_("Mondays at {hour}"),
    N_("Tuesdays at {hour}"),
    N_("Wednesdays at {hour}"),
    N_("Thursdays at {hour}"),
    N_("Fridays at {hour}"),
    N_("Saturdays at {hour}"),
    N_("Sundays at {hour}"),
)
_NEXT = {
    EventKind.KICKOFF: N_("Next: the kickoff on **{day}**."),
    EventKind.MIDWEEK: N_("Next: the midweek line on **{day}**."),
    EventKind.WRAPUP: N_("Next: the wrap-up on **{day}**."),
}
_NOW = {
    EventKind.KICKOFF: N_("Next: the kickoff, in a moment."),
    EventKind.MIDWEEK: N_("Next: the midweek line, in a moment."),
    EventKind.WRAPUP: N_("Next: the wrap-up, in a moment."),
}


def tongue(club: Club) -> str:
    """The language that the club's channel reads, by its code."""
    return language_of(club.language, "")


def as_the_club_reads(club: Club) -> AbstractContextManager[None]:
    """What is said within is in the club's language, for instance to show it to a member first."""
    return speaking(tongue(club))


def unnamed(club: Club) -> str:
    """What stands in the club's channel for who is not named."""
    with as_the_club_reads(club):
        return tr(A_MEMBER)


def why_shut(club: Club) -> str:
    """Why nothing can be written in its channel, as it is kept, in the reader's language."""
    return reasons.told(club.shut)


def write_to(name: str, account: Account) -> PersonButton:
    """Opens who it is; `name` may be ""."""
    return PersonButton(tr("Write to {name}", name=name) if name else tr("Write to them"), account)


def all_of(names: Sequence[Text]) -> Text:
    """Names in a row: "Dana and Robin"."""
    found = names[0]
    for name in names[1:]:
        found = say("{first} and {last}", first=found, last=name)
    return found


def told(*lines: Text, actions: tuple[Action, ...] = (), heading: str = "") -> Message:
    """A short message: perhaps a heading, lines, perhaps buttons."""
    blocks: list[Block] = [Heading(heading)] if heading else []
    blocks.append(Paragraph(tuple(line for line in lines if line)))
    if actions:
        blocks.append(Actions(actions))
    return Message(tuple(blocks))


def moment_words(moment: WeekTime) -> str:
    """When in a week: "Mondays at 9:00"."""
    return tr(_MOMENTS[moment.day], hour=hour_words(moment.at))


def event_day(club: Club, now: datetime) -> Text:
    """When the club is next told something: "Monday 30 November (in 4 days)"."""
    assert club.coming is not None
    zone = zone_of(club.zone)
    words = day_words(local_day(club.coming.at, zone), local_day(now, zone))
    return instant(words, club.coming.at)


def next_words(club: Club, now: datetime) -> Text:
    """What the club is told next, and when; it is not stopped."""
    assert club.coming is not None
    if club.coming.at <= now:
        return say(_NOW[club.coming.kind])
    return next_day_words(club, now)


def next_day_words(club: Club, now: datetime) -> Text:
    """As `next_words`, with the day in any case."""
    assert club.coming is not None
    return say(_NEXT[club.coming.kind], day=event_day(club, now))


def deadline_words(club: Club, day: date, today: date) -> Text:
    """Until when a goal counts: "Friday 4 December, 16:00"."""
    words = tr("{day}, {hour}", day=date_words(day, today), hour=hour_words(club.wrapup.at))
    return instant(words, instant_of(day, club.wrapup.at, zone_of(club.zone)))
