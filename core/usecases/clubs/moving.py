"""Bringing a club to another channel, mostly because its own is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core.caller import Room
from core.domain.clubs.records import Club
from core.domain.owed import Matter
from core.language import N_
from core.problem import Problem
from core.reply import Reply
from core.requests.clubs import ClubMove
from core.store import clubs, deliveries, helping, memberships, owing
from core.usecases.clubs import rooms
from core.usecases.clubs.finding import PICKS, SeveralClubs
from core.usecases.clubs.permitting import (
    held,
    look_after,
    refuse_if_lacking,
    refuse_who_does_not_manage,
)
from core.usecases.work import Work
from core.voice.clubs import moving as voice

GRACE = timedelta(days=7)
"""How long nobody is missed in the new channel: members read where the club is, and come."""
IN_A_CHANNEL = N_("Type `/followup club move` in the channel to which your club is to move.")
TAKEN = N_("This channel has a club already, {club}. A club moves to a channel without one.")
NONE = N_(
    "You look after no club that could move here. Type this where the club is to go, as somebody "
    "who set it up, in the same workspace or server."
)


async def move(work: Work, request: ClubMove) -> Reply:
    """Ask, and with `sure` bring the club here: its members, weeks and streaks go along."""
    room = await _free(work)
    found = await _movable(work, room)
    if request.club:
        found = [club for club in found if club.id == request.club]
    if not found:
        raise Problem(NONE)
    if len(found) > 1:
        raise SeveralClubs(found[:PICKS])
    (club,) = found
    if not request.sure:
        count = len(await memberships.of_club(work.session, club.id))
        return Reply(voice.question(club, count))
    return await _moved(work, await held(work, club), room)


async def _free(work: Work) -> Room:
    """The channel that it came from, if a club can be there and the caller may say so."""
    room = work.caller.room
    if room is None:
        raise Problem(IN_A_CHANNEL)
    refuse_who_does_not_manage(work)
    there = await clubs.club_at(work.session, room)
    if there is not None:
        raise Problem(TAKEN, club=there.name)
    refuse_if_lacking(work)
    return room


async def _movable(work: Work, room: Room) -> list[Club]:
    """The clubs that the caller may bring there.

    They look after them; or are a member, where the channel is gone and nobody looks after it.
    """
    mine = await clubs.organizes(work.session, work.member.id)
    joined = [one.club_id for one in await memberships.of_member(work.session, work.member.id)]
    known = await clubs.some_clubs(work.session, [*mine, *joined])
    return [
        club
        for club in known
        if _is_near(club.room, room)
        and (club.id in mine or (club.shut and not await clubs.organizers(work.session, club.id)))
    ]


def _is_near(old: Room, new: Room) -> bool:
    """Whether the same people can be there."""
    return (old.platform, old.workspace, old.server) == (new.platform, new.workspace, new.server)


async def _moved(work: Work, old: Club, room: Room) -> Reply:
    club = replace(old, room=room, shut="", revision=old.revision + 1)
    owed = await deliveries.not_yet_told(work.session, club.id, (Matter.ASK, Matter.WIN))
    lost = await helping.close_posts(work.session, club.id, owed)
    await clubs.move(work.session, club, work.now + GRACE)
    await rooms.open_again(work.session, [club.id], work.now)
    await look_after(work, club)
    others = await _tell_others(work, club)
    posts = [(one.member_id, one.account_id, one.id) for one in lost]
    today = club.today(work.now)
    await owing.owe_members(work.session, posts, Matter.UNPOSTED, today, work.now)
    return Reply(voice.moved_here(club, others, work.now), replace=True)


async def _tell_others(work: Work, club: Club) -> int:
    """Tell the other members, how many there are. Who moves a club twice on one day had a reason,
    and members are to hear of the second one too.
    """
    today = club.today(work.now)
    members = await memberships.of_club(work.session, club.id)
    others = [one for one in members if one.member_id != work.member.id]
    await owing.forget_told(work.session, Matter.MOVED, today, club.id)
    to = [(one.member_id, one.account_id, club.id) for one in others]
    await owing.owe_members(work.session, to, Matter.MOVED, today, work.now)
    return len(others)
