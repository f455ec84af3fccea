"""Settings: zone, digest hour, days off, pings a day, pause."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time

from core.domain.calendar import Pause
from core.domain.hours import read_clock
from core.domain.names import folded
from core.domain.records import Member
from core.domain.words import Pace
from core.domain.zones import fitting_zones, zone_named
from core.language import LANGUAGES, language_of, speak, tr
from core.options import options_of, said
from core.problem import Problem
from core.reply import Button, Message, Reply
from core.requests import WEEKDAYS, Settings
from core.requests.base import AUTO
from core.store import accounts, changes
from core.tokens import token
from core.usecases.undoing import settings_of
from core.usecases.work import Work
from core.voice import settings as voice
from core.voice.selves import selves
from core.voice.words import word

MOST_LIMIT = 5
"""Rows of a digest: what one can do well (M8), and what Discord can show in one message."""
RANGE = re.compile(r"\s+(?:to|until|till|al|a(?=\s+\d)|hasta|au|jusqu['’]au|–|-)\s+", re.IGNORECASE)
_NO = frozenset({"no", "none", "never", "off", "end", "-"})


async def settings(work: Work, request: Settings) -> Reply:
    """Show what is set, or change it and show what is set now."""
    if not said(replace(request, view="")):
        return Reply(await _message(work, 0))
    before = settings_of(work.member)
    work.member = _changed(work, request)
    speak(language_of(work.member.language, work.member.locale))
    if settings_of(work.member) == before:
        return Reply(await _message(work, 0))
    change = await changes.begin_change(
        work.session, work.member.id, "settings", work.now, None, before
    )
    await work.refold_all()
    await work.reckon()
    return Reply(await _message(work, change))


async def _message(work: Work, change: int) -> Message:
    left_out = options_of(Settings)[work.caller.form_size :]
    rest = left_out[0].name if left_out else ""
    own = await accounts.accounts_of(work.session, work.member.id) if work.linked else []
    elsewhere = selves(work.account_id, own) if own else ()
    return voice.settings_message(work.member, work.now, change, rest=rest, selves=elsewhere)


def current(member: Member, today: date) -> dict[str, str]:
    """Today's values, by field, as a form shows them."""
    return {
        "zone": member.zone,
        "hour": f"{member.hour.hour}:{member.hour.minute:02}",
        "days_off": ", ".join(WEEKDAYS[day] for day in sorted(member.days_off)),
        "most": str(member.most),
        "pause": _pause_text(member, today),
        "pace": member.pace.value,
        "digest": "weekly" if member.weekly else "daily",
        "name": member.name,
        "language": LANGUAGES.get(member.language, AUTO),
    }


def _changed(work: Work, request: Settings) -> Member:
    member = work.member
    if request.zone:
        member = replace(member, zone=zone_from(request.zone), zone_named=True)
    if request.hour:
        member = replace(member, hour=_hour(request.hour))
    if request.days_off is not None:
        member = replace(member, days_off=_days_off(request.days_off))
    if request.most:
        member = replace(member, most=_most(request.most))
    if request.pause is not None:
        member = replace(member, pauses=_pauses(work, request.pause))
    if request.pace:
        member = replace(member, pace=Pace(request.pace))
    if request.digest:
        weekly = request.digest == "weekly"
        member = replace(member, weekly=weekly, asked=weekly, ignored=0)
    if request.language:
        member = replace(member, language=code_of(request.language))
    return replace(member, name=request.name) if request.name else member


def code_of(name: str) -> str:
    """The code of a language that was chosen by its name; "" for none of them, such as auto."""
    return next((code for code, known in LANGUAGES.items() if known == name), "")


def zone_from(text: str, *, own: bool = True) -> str:
    """The zone that was typed. Raises Problem with those that are near, to tap if it is `own`."""
    zone = zone_named(text)
    if zone is not None:
        return zone
    near = fitting_zones(text, 4)
    if near:
        raise Problem(
            "I don't know the time zone “{text}”. Did you mean one of these: {near}?",
            field="zone",
            text=text,
            near=", ".join(near),
            choices=tuple(Button(zone, token(Settings(zone=zone))) for zone in near if own),
        )
    raise Problem(
        "I don't know the time zone “{text}”. Name the nearest big city, such as `Berlin`, "
        "or the zone, such as `America/New_York`.",
        field="zone",
        text=text,
    )


def _hour(text: str) -> time:
    hour = read_clock(text)
    if hour is not None:
        return hour
    raise Problem(
        "“{text}” is no time of day. Write it as `8:30` or `7:45 am`.", field="hour", text=text
    )


def _days_off(text: str) -> frozenset[int]:
    days = frozenset(WEEKDAYS.index(name) for name in text.split(", ") if name)
    if len(days) == len(WEEKDAYS):
        raise Problem(
            "Keep at least one weekday for pings. To stop for a while, use `pause: 5 Jan`.",
            field="days_off",
        )
    return days


def _most(text: str) -> int:
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= MOST_LIMIT:
        return int(text)
    raise Problem(
        "Pings a day is a number from 1 to {limit}; “{text}” is not.",
        field="most",
        limit=MOST_LIMIT,
        text=text,
    )


def _pauses(work: Work, text: str) -> tuple[Pause, ...]:
    """The pauses so far, with the one that is on ended, or with a new one: until a day, or between
    two. One is to come at most, and a new one takes its place.
    """
    today = work.today
    begun = tuple(pause for pause in work.member.pauses if pause.start < today)
    on_now = work.member.pause_on(today)
    if not text or text.lower() in _NO or folded(text) == folded(word("no")):
        return tuple(Pause(pause.start, min(pause.end, today)) for pause in begun)
    first, _, last = RANGE.sub("|", text).rpartition("|")
    start = work.day(first, "pause") if first else None
    end = work.day(last, "pause")
    begins = start or (on_now.start if on_now else today)
    if end is None or end <= max(begins, today):
        raise Problem(
            "A pause ends on a later day than it begins: `5 Jan`, or `20 Dec to 5 Jan`.",
            field="pause",
        )
    others = begun if start else tuple(pause for pause in begun if pause != on_now)
    return (*others, Pause(begins, end))


def _pause_text(member: Member, today: date) -> str:
    """The pause that is on, or else the one to come, as it can be typed."""
    on_now = member.pause_on(today)
    if on_now is not None:
        return on_now.end.isoformat()
    to_come = [pause for pause in member.pauses if pause.start > today]
    if not to_come:
        return ""
    return tr("{first} to {last}", first=to_come[0].start, last=to_come[0].end)
