"""Asking a club for an introduction, or telling it of a win: previewed, then posted (M19, M21)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from core.domain.clubs.records import Club, Membership, Post
from core.domain.clubs.words import PostKind
from core.domain.owed import Matter
from core.language import N_
from core.problem import Problem
from core.reply import Reply
from core.requests.helping import ClubAsk, Publish, Tell
from core.store import changes, helping, owing
from core.usecases.clubs.finding import STOPPED, joined
from core.usecases.work import Work
from core.voice.clubs import asking as voice
from core.voice.clubs.common import tongue, why_shut

A_WEEK = timedelta(days=7)
MOST_ASKS = 5
TOO_MANY = N_(
    "You asked {club} {limit} times this week. Give it a few days, so that each ask gets its turn."
)


async def ask(work: Work, request: ClubAsk) -> Reply:
    """Show the words that the club would read; nothing is posted yet."""
    club, mine = await joined(work, request)
    _refuse_if_silent(club)
    await _refuse_too_many(work, club)
    values = {"club": club.id, "organization": request.organization, "language": tongue(club)}
    kept = await changes.keep(work.session, work.member.id, ClubAsk.verb, values, work.now)
    return Reply(voice.ask_preview(club, request.organization, mine.name, kept))


async def tell(work: Work, request: Tell) -> Reply:
    """Show the words that the club would read of a win."""
    club, mine = await joined(work, request)
    _refuse_if_silent(club)
    values = {"club": club.id, "text": request.text, "language": tongue(club)}
    kept = await changes.keep(work.session, work.member.id, Tell.verb, values, work.now)
    return Reply(voice.win_preview(club, request.text, mine.name, kept))


async def publish(work: Work, request: Publish) -> Reply:
    """Post what was previewed, once; or let it be."""
    verb, values = await work.kept(request.kept, ClubAsk.verb, Tell.verb)
    club, mine = await joined(work, Publish(club=int(values["club"])))
    if values.get("done"):
        raise Problem("That was done already, so nothing was posted twice.")
    if not request.cancel:
        _refuse_if_silent(club)  # the preview stays, for when something can be posted again
        if values["language"] != tongue(club):
            return await _shown_anew(work, request.kept, verb, values, club, mine)
    await changes.put_kept(
        work.session, work.member.id, request.kept, {"club": club.id, "done": True}
    )
    if request.cancel:
        return Reply(voice.not_posted(), replace=True)
    if verb == ClubAsk.verb:
        await _refuse_too_many(work, club)
    kind = PostKind.ASK if verb == ClubAsk.verb else PostKind.WIN
    if request.named and not mine.name:
        raise Problem(voice.NAMELESS)
    made = Post(
        id=0,
        club_id=club.id,
        member_id=work.member.id,
        account_id=mine.account_id,
        kind=kind,
        organization=str(values.get("organization", "")),
        text=str(values.get("text", "")),
        named=request.named,
        name=mine.name if request.named else "",
    )
    made = await helping.post(work.session, made, work.now)
    matter = Matter.ASK if kind is PostKind.ASK else Matter.WIN
    await owing.owe_club(work.session, club.id, matter, club.today(work.now), work.now, made.id)
    return Reply(voice.posted(club, made), replace=True)


async def _shown_anew(
    work: Work, kept: int, verb: str, values: dict[str, Any], club: Club, mine: Membership
) -> Reply:
    """The words that the club would read now: nobody has agreed to post others than they saw."""
    values = {**values, "language": tongue(club)}
    await changes.put_kept(work.session, work.member.id, kept, values)
    preview = (
        voice.ask_preview(club, values["organization"], mine.name, kept, anew=True)
        if verb == ClubAsk.verb
        else voice.win_preview(club, values["text"], mine.name, kept, anew=True)
    )
    return Reply(preview, replace=True)


async def _refuse_too_many(work: Work, club: Club) -> None:
    since = work.now - A_WEEK
    asked = await helping.posts_since(work.session, work.member.id, club.id, PostKind.ASK, since)
    if len(asked) >= MOST_ASKS:
        raise Problem(TOO_MANY, club=club.name, limit=MOST_ASKS)


def _refuse_if_silent(club: Club) -> None:
    """Raise Problem where nothing would be posted now."""
    if not club.runs:
        raise Problem(STOPPED, club=club.name)
    if club.shut:
        raise Problem(
            "I can't write in the channel of {club} now: {why}", club=club.name, why=why_shut(club)
        )
