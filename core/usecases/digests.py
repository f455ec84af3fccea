"""Digests: what one says when it goes out, and what it says when a button on it was pressed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.angles import Ground
from core.domain.cadence import step
from core.domain.history import Touch
from core.domain.order import pressing, turn
from core.domain.records import FollowUp, Member
from core.domain.words import Step, TouchKind
from core.language import language_of, speaking
from core.problem import Problem
from core.reply import File, Message
from core.store import accounts, changes, deliveries, followups
from core.store.accounts import OwnAccount
from core.store.deliveries import Delivery
from core.text import Text
from core.tokens import STALE
from core.usecases.knowing import Background, backgrounds
from core.usecases.work import Work
from core.voice.angles import angle_words
from core.voice.days import hour_words
from core.voice.digest import Digest, Row, digest_message
from core.voice.parting import detour


@dataclass(frozen=True)
class Composed:
    """A message ready to go out.

    `listed` are the follow-ups that a digest lists; `making` draws the pictures that go with it.
    """

    message: Message
    listed: list[int] = field(default_factory=list)
    making: Callable[[], tuple[File, ...]] | None = None


async def compose(
    session: AsyncSession,
    owed: Sequence[Delivery],
    known: Mapping[int, Member],
    late: Collection[int],
    unsure: Collection[int],
    give_way: Callable[[], Awaitable[None]],
) -> dict[int, Composed]:
    """The digests of these deliveries, by id; none of those where nothing is due any more.

    `known` has each member by id; `late` the deliveries that say so; `unsure` the members of whom
    nobody can say whether the last digest reached them. Between two digests it gives way.
    """
    due = await followups.due_each(session, {d.member_id: d.day for d in owed})
    shown = {d.id: _shown(known[d.member_id], due.get(d.member_id, [])) for d in owed}
    pairs = [(known[d.member_id], followup) for d in owed for followup in shown[d.id]]
    found = {one.followup.id: one for one in await backgrounds(session, pairs, give_way)}
    elsewhere = await accounts.detours(session, {d.member_id for d in owed})
    composed: dict[int, Composed] = {}
    for delivery in owed:
        if shown[delivery.id]:
            member, listed = known[delivery.member_id], shown[delivery.id]
            with speaking(language_of(member.language, member.locale)):
                digest = Digest(
                    day=delivery.day,
                    today=delivery.day,
                    rows=tuple(_waiting(found[f.id], member, delivery.day) for f in listed),
                    hidden=len(one_each(due[member.id])) - len(listed),
                    view=f"d{delivery.id}",
                    planned=_hour(delivery, member) if delivery.id in late else "",
                    unsure=member.id in unsure,
                    asks_weekly=member.asked,
                    weekly=member.weekly,
                    detour=_detour(delivery, elsewhere.get(member.id)),
                )
                message = digest_message(digest)
            composed[delivery.id] = Composed(message, [f.id for f in listed])
            await give_way()
    return composed


def _detour(delivery: Delivery, wanted: OwnAccount | None) -> Text:
    """Why it comes to another account than the one that was wanted; nothing where it doesn't."""
    if wanted is None or wanted.id == delivery.account_id:
        return ()
    return detour(wanted.account, wanted.unreachable)


def _shown(member: Member, due: Sequence[FollowUp]) -> list[FollowUp]:
    """What a digest leads with, most pressing first; each has its turn (M8)."""
    by_turn = sorted(one_each(due), key=lambda f: (turn(f.position, f.mornings), f.number))
    return in_order(by_turn[: member.most])


async def shown_again(work: Work, id: int, unfolded: int, menu: str) -> Message:
    """The digest with that id as things stand now: what was done is one line with Undo."""
    delivery = await deliveries.one_of(work.session, work.member.id, id)
    if delivery is None:
        raise Problem(STALE)
    listed = await followups.some_of(work.session, work.member.id, delivery.rows)
    known = await backgrounds(work.session, [(work.member, f) for f in listed])
    rows = [await _row(work, background) for background in known]
    due = one_each(await followups.due_by(work.session, work.member.id, work.today))
    contacts = {followup.contact.id for followup in listed}
    hidden = len([followup for followup in due if followup.contact.id not in contacts])
    digest = Digest(
        day=delivery.day,
        today=work.today,
        rows=tuple(rows),
        hidden=hidden,
        view=f"d{id}",
        planned=_hour(delivery, work.member) if delivery.late else "",
        asks_weekly=work.member.asked,
        weekly=work.member.weekly,
    )
    return digest_message(digest, unfolded, menu)


def in_order(due: Sequence[FollowUp]) -> list[FollowUp]:
    """Most pressing first (M8)."""
    return sorted(due, key=lambda f: (pressing(f.position), f.number))


def one_each(due: Sequence[FollowUp]) -> list[FollowUp]:
    """One with each contact, a check-in before another opener: the others wait (M2, M6)."""
    first: dict[int, FollowUp] = {}
    for followup in sorted(in_order(due), key=lambda f: f.position.step is not Step.CHECK_IN):
        first.setdefault(followup.contact.id, followup)
    return list(first.values())


def _hour(delivery: Delivery, member: Member) -> str:
    """The member's own hour at which the digest should have come."""
    return hour_words(delivery.planned_at.astimezone(member.tz).timetz().replace(tzinfo=None))


async def _row(work: Work, known: Background) -> Row:
    due = known.followup.position.due
    if due is not None and due <= work.today:
        return _waiting(known, work.member, work.today)
    change = await changes.last_change(work.session, work.member.id, followup_id=known.followup.id)
    return Row(known.followup, known.last, change=change.id if change else 0)


def _waiting(known: Background, member: Member, today: date) -> Row:
    followup, proposal = known.followup, known.proposal
    calendar = member.calendar_with(followup.contact)
    sent = Touch(TouchKind.SENT, today)
    insights = known.known.insights
    speaks_of_it = proposal.why.ground is Ground.INSIGHT
    return Row(
        followup=followup,
        last=known.last_exchange,
        following=step(followup.position, sent, calendar, member.rules),
        angle=proposal.angle.value,
        offer=angle_words(proposal, known.known),
        learned=insights[0] if insights and not speaks_of_it else "",
    )
