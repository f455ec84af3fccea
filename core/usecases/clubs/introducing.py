"""Answering an ask in private (M19).

    an ask in the channel → "I may know somebody" → the asker says yes, and is named to whoever
    offered → they hand over whom they know, or think better of it

Neither sees anything of the other before both have said yes; whom the helper knows is not even
written down before.
"""

from __future__ import annotations

from core.domain.clubs.introductions import Introduction, Party, State, answered
from core.domain.clubs.records import Club, Membership, Post
from core.domain.clubs.words import PostKind
from core.domain.owed import Matter
from core.domain.proofs import MOST_PROOFS, Proof
from core.language import N_, language_of, speaking, tr
from core.problem import Problem
from core.reply import Reply
from core.requests.helping import Endorse, HandOver, Introduce, MayKnow, Offer
from core.store import changes, clubs, helping, members, memberships, owing, proofs
from core.store.helping import Offer as Offered
from core.usecases.clubs.departing import tell_asker
from core.usecases.clubs.finding import NOT_THERE
from core.usecases.work import Work
from core.voice.clubs import introducing as voice

OVER = N_("That ask is over. Thank you for looking.")
GONE = N_("That is over: nobody waits for an answer to it any more.")


async def may_know(work: Work, request: MayKnow) -> Reply:
    """What happens if one offers to help, before anything does."""
    club, post, _ = await _asked(work, request.post)
    return Reply(voice.may_know(club, post))


async def offer(work: Work, request: Offer) -> Reply:
    """A first yes: the asker hears that somebody may know somebody, and no more."""
    club, post, mine = await _asked(work, request.post)
    before = await helping.offer_to(work.session, post.id, work.member.id)
    if before is not None:
        return Reply(voice.offered_before(post, before.state, before.id), replace=True)
    made = await helping.offer(
        work.session, post.id, work.member.id, mine.account_id, State.OFFERED, work.now
    )
    await _owe(work, club, Matter.OFFER, post.member_id, post.account_id, made.id)
    return Reply(voice.offered(post), replace=True)


async def introduce(work: Work, request: Introduce) -> Reply:
    """The asker's yes or no, or the helper's no. What is decided stays decided."""
    offered, post, club = await _offered(work, request.offer)
    if post.member_id == work.member.id:
        return await _asker_says(work, request, offered, post, club)
    before = offered.state
    if before is State.AGREED:
        raise Problem(voice.wrong_time(before))
    state = _after(offered, post, Party.HELPER, yes=False)
    await helping.put_offer(work.session, offered.id, state)
    if before is State.ACCEPTED:
        await tell_asker(work.session, post.id, work.now)
    return Reply(voice.helper_declined(), replace=True)


async def hand_over(work: Work, request: HandOver) -> Reply:
    """The helper's second yes, with what they hand over: now the asker sees it."""
    offered, post, club = await _offered(work, request.offer)
    if offered.member_id != work.member.id:
        raise Problem(NOT_THERE)
    before = offered.state
    state = _after(offered, post, Party.HELPER, yes=True)
    if state is not State.AGREED or before is State.AGREED:
        raise Problem(voice.wrong_time(before))
    await helping.put_offer(work.session, offered.id, state, request.whom)
    await _owe(work, club, Matter.AGREED, post.member_id, post.account_id, offered.id)
    asker = await memberships.name_of(work.session, club.id, post.member_id)
    account = await memberships.account(work.session, post.account_id)
    return Reply(voice.handed_over(post, asker, account, offered.id))


async def endorse(work: Work, request: Endorse) -> Reply:
    """A good word of the helper's: it goes among the asker's proof."""
    offered, post, club = await _offered(work, request.offer)
    if offered.member_id != work.member.id or offered.state is not State.AGREED:
        raise Problem(NOT_THERE)
    if offered.endorsed:
        raise Problem("You gave them a good word already. Thank you.")
    theirs = await proofs.proofs_of(work.session, {post.member_id})
    if len(theirs.get(post.member_id, [])) >= MOST_PROOFS:
        raise Problem("They keep as many proofs as I can hold for them. Tell them yourself.")
    by = await memberships.name_of(work.session, club.id, work.member.id)
    by = by or await _nameless(work, post.member_id)
    change = await changes.begin_change(
        work.session, post.member_id, changes.GIVEN, work.now, account_id=post.account_id
    )
    word = Proof(0, request.word, by, request.knows, request.named == "yes")
    kept = await proofs.add_proof(work.session, post.member_id, change, word)
    await helping.endorsed(work.session, offered.id)
    await _owe(work, club, Matter.WORD, post.member_id, post.account_id, kept.id)
    return Reply(voice.endorsed(), replace=True)


async def _nameless(work: Work, reader: int) -> str:
    """Who gave a good word and has no name, in the words of whoever keeps it."""
    known = (await members.some_members(work.session, {reader}))[reader]
    with speaking(language_of(known.language, known.locale)):
        return tr(voice.A_MEMBER_OF_MINE)


async def _asker_says(
    work: Work, request: Introduce, offered: Offered, post: Post, club: Club
) -> Reply:
    before = offered.state
    state = _after(offered, post, Party.ASKER, yes=not request.no)
    await helping.put_offer(work.session, offered.id, state)
    if state is before:
        return Reply(voice.asker_said_before(post, state), replace=True)
    await _owe(work, club, Matter.ANSWER, offered.member_id, offered.account_id, offered.id)
    return Reply(voice.asker_said(post, state), replace=True)


def _after(offered: Offered, post: Post, party: Party, *, yes: bool) -> State:
    return answered(Introduction(offered.state, post.named), party, yes).state


async def _asked(work: Work, id: int) -> tuple[Club, Post, Membership]:
    """An open ask of a club that the caller is in, and not their own. Raises Problem."""
    post = await helping.post_by_id(work.session, id)
    if post is None or post.kind is not PostKind.ASK:
        raise Problem(OVER)
    club = await clubs.club_by_id(work.session, post.club_id)
    mine = await memberships.one_of(work.session, post.club_id, work.member.id)
    if club is None or (mine is None and work.caller.room != club.room):
        raise Problem(OVER)  # to who has nothing to do with the club, as if it had never been
    if mine is None:
        raise Problem(
            "Only members of {club} can answer. Join it first: `/followup club join`.",
            club=club.name,
        )
    if post.member_id == work.member.id:
        raise Problem("That is your own ask. Whoever may know somebody answers in private.")
    if post.closed:
        raise Problem(OVER)
    return club, post, mine


async def _offered(work: Work, id: int) -> tuple[Offered, Post, Club]:
    """An offer that the caller made or got. Raises Problem for a stranger, as for none."""
    offered = await helping.offer_by_id(work.session, id, lock=True)
    post = await helping.post_by_id(work.session, offered.post_id) if offered else None
    if offered is None or post is None or work.member.id not in (offered.member_id, post.member_id):
        raise Problem(GONE)
    club = await clubs.club_by_id(work.session, post.club_id)
    if club is None:
        raise Problem(NOT_THERE)
    return offered, post, club


async def _owe(
    work: Work, club: Club, matter: Matter, member_id: int, account_id: int, about: int
) -> None:
    day = club.today(work.now)
    await owing.owe_member(work.session, member_id, account_id, matter, day, work.now, about)
