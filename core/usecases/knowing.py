"""What is known of a contact and drawn on: angles used, insights, the last words, who referred."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from core.domain.angles import Known, Proposal, Used, propose
from core.domain.cadence import Because, Position, step
from core.domain.history import Terms, Touch
from core.domain.proofs import Proof, facts, unnamed
from core.domain.records import FollowUp, Member
from core.domain.words import Angle, CloseReason, TouchKind
from core.language import language_of, speaking
from core.store import followups, insights, proofs, touches

ANGLES = frozenset(Angle)
AT_A_TIME = 5


@dataclass(frozen=True)
class Background:
    """One follow-up with its history, what is known, and the angle that follows from both.

    `earlier` are the texts of the pings to this contact, newest last.
    """

    followup: FollowUp
    history: list[Touch]
    known: Known
    proposal: Proposal
    earlier: tuple[str, ...] = ()

    @property
    def last_exchange(self) -> Touch | None:
        """The last ping or reply."""
        return _last(self.history, TouchKind.SENT, TouchKind.REPLIED)

    @property
    def last(self) -> Touch:
        """The last entry."""
        return self.history[-1]


async def backgrounds(
    session: AsyncSession,
    wanted: Sequence[tuple[Member, FollowUp]],
    give_way: Callable[[], Awaitable[None]] | None = None,
) -> list[Background]:
    """The background of each of these follow-ups with its member, in the same order.

    However many they are, it takes the same few queries. Every few of them `give_way` is called,
    for what has many is work in the background. Each is in its member's own language.
    """
    mine = [followup for _, followup in wanted]
    related = await _related(session, {member.id for member, _ in wanted}, mine)
    histories = await touches.histories(session, list(related))
    learned = await insights.insights_of(
        session, {(member.id, f.contact.organization) for member, f in wanted}
    )
    proof = await proofs.proofs_of(session, {member.id for member, _ in wanted})
    by_contact: dict[int, list[FollowUp]] = {}
    for one in related.values():
        by_contact.setdefault(one.contact.id, []).append(one)
    found: list[Background] = []
    for member, followup in wanted:
        around = _Around(related, by_contact[followup.contact.id], histories)
        insight = learned.get((member.id, followup.contact.organization), ())
        with speaking(language_of(member.language, member.locale)):
            found.append(_background(followup, member, around, insight, proof.get(member.id, ())))
        if give_way is not None and len(found) % AT_A_TIME == 0:
            await give_way()
    return found


@dataclass(frozen=True)
class _Around:
    """What surrounds a follow-up.

    - `related`: by id, those that referred to it or that it led to, among others.
    - `siblings`: those with the same contact, itself among them.
    - `histories`: of all of these.
    """

    related: dict[int, FollowUp]
    siblings: list[FollowUp]
    histories: dict[int, list[Touch]]


async def _related(
    session: AsyncSession, member_ids: set[int], wanted: Sequence[FollowUp]
) -> dict[int, FollowUp]:
    """These, those with the same contacts, who referred to them, and whom they led to."""
    found = {f.id: f for f in wanted}
    contacts = {f.contact.id for f in wanted}
    others = await followups.others_of_contacts(session, member_ids, contacts, list(found))
    found |= {f.id: f for f in others}
    referrers = {f.referred_by for f in wanted if f.referred_by} - found.keys()
    thanked = {f.id for f in wanted if f.position.why.because is Because.THANKS}
    if referrers or thanked:
        more = await followups.referrals(session, member_ids, referrers, thanked)
        found |= {f.id: f for f in more}
    return found


def _background(
    followup: FollowUp,
    member: Member,
    around: _Around,
    learned: tuple[str, ...],
    proof: Sequence[Proof],
) -> Background:
    history = around.histories[followup.id]
    others = [
        touch
        for other in around.siblings
        if other.id != followup.id
        for touch in around.histories[other.id]
    ]
    known = replace(
        _known(followup, history, around.related, learned),
        achievements=facts(proof, endorsements=False),
        endorsements=facts(proof, endorsements=True),
        unnamed=unnamed(proof),
    )
    used = [*_used_elsewhere(others), *_used(history, followup, member)]
    skipped = [Angle(angle) for angle in followup.skipped if angle in ANGLES]
    sent = [t for t in [*others, *history] if t.kind is TouchKind.SENT and t.text]
    earlier = tuple(touch.text for touch in sorted(sent, key=lambda touch: touch.id))
    return Background(followup, history, known, propose(used, known, skipped), earlier)


def _known(
    followup: FollowUp,
    history: Sequence[Touch],
    related: dict[int, FollowUp],
    learned: tuple[str, ...],
) -> Known:
    position = followup.position
    replied = _last(history, TouchKind.REPLIED)
    sent = _last(history, TouchKind.SENT)
    referrer = related.get(followup.referred_by)
    thanks = position.why.because is Because.THANKS
    led = [f.title for f in related.values() if f.referred_by == followup.id] if thanks else []
    return Known(
        name=followup.contact.name,
        organization=followup.contact.organization,
        about=followup.about,
        via=followup.contact.via,
        step=position.step,
        cycle=position.cycle,
        talking=replied is not None,
        insights=learned,
        last_reply=replied.text if replied else "",
        last_sent=sent.text if sent else "",
        note=history[0].text if history else "",
        referrer=referrer.title if referrer else "",
        referred_to=led[-1] if led else "",
        landed=position.closed is CloseReason.LANDED,
    )


def _used(history: Sequence[Touch], followup: FollowUp, member: Member) -> list[Used]:
    """The angles of this follow-up's pings, each with the cycle it went out in."""
    used: list[Used] = []
    if not any(touch.angle for touch in history):
        return used
    calendar = member.calendar_with(followup.contact)
    position = Position(Terms())
    for touch in history:
        if touch.kind is TouchKind.SENT and touch.angle in ANGLES:
            used.append(Used(Angle(touch.angle), position.cycle))
        position = step(position, touch, calendar, member.rules)
    return used


def _used_elsewhere(others: Sequence[Touch]) -> list[Used]:
    """The angles of other follow-ups with the contact: used before, in no cycle of this one."""
    return [
        Used(Angle(touch.angle), 0)
        for touch in sorted(others, key=lambda touch: touch.id)
        if touch.kind is TouchKind.SENT and touch.angle in ANGLES
    ]


def _last(history: Sequence[Touch], *kinds: TouchKind) -> Touch | None:
    return next((touch for touch in reversed(history) if touch.kind in kinds), None)
