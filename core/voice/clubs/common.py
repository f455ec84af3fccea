"""What several messages of clubs say alike."""

from __future__ import annotations

from datetime import date, datetime

from core.domain.clubs.moments import DAYS
from core.domain.clubs.records import Club
from core.domain.clubs.weeks import EventKind, WeekTime
from core.domain.hours import instant_of, local_day, zone_of
from core.reply import Action, Actions, Block, Heading, Message, Paragraph
from core.text import Text, instant, say
from core.voice.days import date_words, day_words, hour_words

NOTHING_SHOWN = (
    "It never sees whom you write to, where, what about, or any note. Nobody does, not those who "
    "run it either."
)


def told(*lines: Text, actions: tuple[Action, ...] = (), heading: str = "") -> Message:
    """A short message: perhaps a heading, lines, perhaps buttons."""
    blocks: list[Block] = [Heading(heading)] if heading else []
    blocks.append(Paragraph(tuple(line for line in lines if line)))
    if actions:
        blocks.append(Actions(actions))
    return Message(tuple(blocks))


def moment_words(moment: WeekTime) -> str:
    """When in a week: "Mondays at 9:00"."""
    return f"{DAYS[moment.day]}s at {hour_words(moment.at)}"


def event_day(club: Club, now: datetime) -> Text:
    """When the club is next told something: "Monday 30 November (in 4 days)"."""
    assert club.coming is not None
    zone = zone_of(club.zone)
    words = day_words(local_day(club.coming.at, zone), local_day(now, zone))
    return instant(words, club.coming.at)


def next_words(club: Club, now: datetime) -> Text:
    """What the club is told next, and when; it is not stopped."""
    assert club.coming is not None
    what = EVENT_WORDS[club.coming.kind]
    if club.coming.at <= now:
        return say("Next: the {what}, in a moment.", what=what)
    return say("Next: the {what} on **{day}**.", what=what, day=event_day(club, now))


def deadline_words(club: Club, day: date, today: date) -> Text:
    """Until when a goal counts: "Friday 4 December, 16:00"."""
    words = f"{date_words(day, today)}, {hour_words(club.wrapup.at)}"
    return instant(words, instant_of(day, club.wrapup.at, zone_of(club.zone)))


EVENT_WORDS = {
    EventKind.KICKOFF: "kickoff",
    EventKind.MIDWEEK: "midweek line",
    EventKind.WRAPUP: "wrap-up",
}
