"""Setting a club up, changing it, stopping it, and going on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core.domain.clubs.moments import DAYS, moment_text, read_moment
from core.domain.clubs.records import DEFAULT_NAME, Club
from core.domain.clubs.weeks import (
    Disorder,
    WeekTime,
    disorders,
    next_event,
    renamed,
    rescheduled,
)
from core.domain.hours import zone_of
from core.domain.owed import Matter
from core.domain.words import Pace
from core.language import LANGUAGES, N_, day_names, speaking, spoken, tr
from core.problem import Problem
from core.reply import Reply
from core.requests.clubs import ClubAnnounce, ClubGoOn, ClubSetup, ClubStop
from core.store import clubs, memberships, owing, shifting
from core.usecases.clubs.finding import organized
from core.usecases.clubs.permitting import (
    held,
    look_after,
    refuse_if_lacking,
    refuse_who_does_not_manage,
)
from core.usecases.setting import code_of, zone_from
from core.usecases.work import Work
from core.voice.clubs import setup as voice
from core.voice.clubs.common import tongue
from core.voice.days import weekday_name
from core.voice.words import word

IN_A_CHANNEL = N_(
    "A club lives in a channel. Type `/followup club setup` in the one where it is to be."
)
MOMENT = N_("“{text}” is no moment of a week. Write it as `Monday 9:00`.")
CHANGED = N_("The club was changed meanwhile, so nothing of yours was. This is how it stands.")
_ORDER = {
    Disorder.WRAPUP_FIRST: (
        N_("The wrap-up comes after the kickoff of the same week."),
        "wrapup",
    ),
    Disorder.MIDWEEK_FIRST: (N_("The midweek line comes after the kickoff."), "midweek"),
    Disorder.MIDWEEK_LAST: (N_("The midweek line comes before the wrap-up."), "midweek"),
}
_NO = frozenset({"no", "non", "none", "off", "never", "-"})


async def current(work: Work, request: ClubSetup) -> dict[str, str]:
    """What the form begins with: the club as it is, or what suits most."""
    club = await _known(work, request) or _new(work, request)
    names = day_names()
    return {
        "name": club.name,
        "zone": club.zone,
        "kickoff": moment_text(club.kickoff, names),
        "wrapup": moment_text(club.wrapup, names),
        "pace": club.pace.value,
        "midweek": moment_text(club.midweek, names) if club.midweek else word("no"),
        "week": DAYS[club.week_start],
        "language": LANGUAGES[tongue(club)],
    }


async def as_it_stands(work: Work, request: ClubSetup) -> ClubSetup:
    """The request with the club's revision, for a form to carry. Raises Problem for who may not."""
    club = await _known(work, request)
    await _refuse_stranger(work, club)
    return replace(request, club=club.id, seen=club.revision) if club else request


async def setup(work: Work, request: ClubSetup) -> Reply:
    """Begin a club in this channel, or change the one that is there."""
    club = await _known(work, request)
    await _refuse_stranger(work, club)
    if club is None:
        return await _begun(work, request)
    club = await held(work, club)
    if request.seen and request.seen != club.revision:
        return Reply(voice.club_set(club, work.now, CHANGED), refused=True)
    return await _changed(work, request, club)


async def announce(work: Work, request: ClubAnnounce) -> Reply:
    """Post to the channel that it has a club."""
    club = await organized(work, request)
    await owing.owe_club(work.session, club.id, Matter.WELCOME, club.today(work.now), work.now)
    return Reply(voice.announced(club))


async def stop(work: Work, request: ClubStop) -> Reply:
    """Ask whether to stop, stop, or go on again."""
    club = await held(work, await organized(work, request))
    if request.go:
        return await _go(work, club)
    if not club.runs:
        return Reply(voice.stopped(club))
    if not request.sure:
        count = len(await memberships.of_club(work.session, club.id))
        return Reply(voice.stop_question(club, count))
    stopped_club = replace(club.at(None), revision=club.revision + 1)
    await clubs.save(work.session, stopped_club)
    return Reply(voice.stopped(stopped_club), replace=True)


async def go_on(work: Work, request: ClubGoOn) -> Reply:
    """What is decided after four quiet weeks. The first answer counts."""
    club = await held(work, await organized(work, request))
    if not club.asked:
        return Reply(voice.decided_already(club))
    decided = replace(club, asked=False, quiet=0, revision=club.revision + 1)
    if request.stop:
        decided = decided.at(None)
    await clubs.save(work.session, decided)
    return Reply(voice.stopped(decided) if request.stop else voice.goes_on(decided))


async def _go(work: Work, club: Club) -> Reply:
    if club.runs:
        return Reply(voice.club_set(club, work.now))
    again = replace(club, revision=club.revision + 1, quiet=0, asked=False)
    again = again.at(next_event(again.schedule, work.now))
    await clubs.save(work.session, again)
    return Reply(voice.club_set(again, work.now), replace=True)


async def _begun(work: Work, request: ClubSetup) -> Reply:
    refuse_if_lacking(work)
    club = _as_asked(request, _new(work, request))
    club = club.at(next_event(club.schedule, work.now))
    club = await clubs.found(work.session, club, work.now)
    await look_after(work, club)
    return Reply(voice.club_set(club, work.now, announces=True))


async def _changed(work: Work, request: ClubSetup, club: Club) -> Reply:
    new = _as_asked(request, club)
    if new == club:
        return Reply(voice.club_set(club, work.now))
    new = replace(new, revision=club.revision + 1)
    if new.schedule != club.schedule:
        new = await _rescheduled(work, club, new)
    await clubs.save(work.session, new)
    await look_after(work, new)
    return Reply(voice.club_set(new, work.now))


async def _rescheduled(work: Work, old: Club, new: Club) -> Club:
    """The club with its next event at the new time. Weeks that begin on another day are the same
    weeks: what was picked and counted goes along.
    """
    coming = old.coming
    if new.week_start != old.week_start:
        at = coming or next_event(old.schedule, work.now)
        moved = renamed(at, zone_of(new.zone), new.week_start)
        days = (moved.week - at.week).days
        await shifting.shift_weeks(work.session, new.id, days)
        begun = new.begun + timedelta(days=days) if new.begun else None
        new, coming = replace(new, begun=begun), moved if coming else None
    if coming is None:
        return new
    return new.at(rescheduled(new.schedule, coming, work.now, new.begun))


async def _known(work: Work, request: ClubSetup) -> Club | None:
    """The club that is there already. Raises Problem where there can be none."""
    if request.club:
        return await organized(work, request)
    if work.caller.room is None:
        raise Problem(IN_A_CHANNEL)
    return await clubs.club_at(work.session, work.caller.room)


async def _refuse_stranger(work: Work, club: Club | None) -> None:
    """Raise Problem for who may neither manage the channel nor looks after its club."""
    if club is not None and club.id in await clubs.organizes(work.session, work.member.id):
        return
    refuse_who_does_not_manage(work)


def _new(work: Work, request: ClubSetup) -> Club:
    """A club of the channel as it is when nothing else is said, in the organizer's language."""
    room = work.caller.room
    assert room is not None
    language = code_of(request.language) or spoken()
    with speaking(language):
        name = tr(DEFAULT_NAME)
    return Club(0, room, name, zone=work.member.zone or "UTC", language=language)


def _as_asked(request: ClubSetup, club: Club) -> Club:
    """The club with what was asked for. Raises Problem, naming the field."""
    zone = zone_from(request.zone, own=False) if request.zone else club.zone
    kickoff = _moment(request.kickoff, "kickoff") or club.kickoff
    wrapup = _moment(request.wrapup, "wrapup") or club.wrapup
    midweek = club.midweek
    if request.midweek:
        no = request.midweek.lower() in {*_NO, word("no").lower()}
        midweek = None if no else _moment(request.midweek, "midweek")
    start = DAYS.index(request.week) if request.week else club.week_start
    for disorder in disorders(start, kickoff, midweek, wrapup)[:1]:
        sentence, field = _ORDER[disorder]
        raise Problem(
            "{sentence} The week begins on {day}; another day is possible, with `week: Sunday`.",
            field=field,
            sentence=tr(sentence),
            day=weekday_name(start),
        )
    return replace(
        club,
        name=request.name or club.name,
        zone=zone,
        kickoff=kickoff,
        wrapup=wrapup,
        midweek=midweek,
        week_start=start,
        pace=Pace(request.pace) if request.pace else club.pace,
        language=code_of(request.language) if request.language else club.language,
    )


def _moment(text: str, field: str) -> WeekTime | None:
    """The moment that was typed; None for "". Raises Problem, naming the field."""
    if not text:
        return None
    moment = read_moment(text, day_names())
    if moment is None:
        raise Problem(MOMENT, field=field, text=text)
    return moment
