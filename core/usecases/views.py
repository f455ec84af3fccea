"""Messages that are shown anew in their place: a digest, a page of a list, a card.

A view's name is short enough for a button: `d17` is digest 17, `l.open.2` the second page of the
open ones, `c42` the card of follow-up 42.
"""

from __future__ import annotations

from datetime import date

from core.commanding import command_meant
from core.domain.cadence import Position, foresee
from core.domain.order import pressing
from core.domain.records import FollowUp
from core.grammar import GROUPS, SYNONYMS, VERBS, unknown_command
from core.problem import Problem
from core.reply import Block, Divider, Message, Reply
from core.requests import LISTS, Help, List, Preview, Show, ShowView, Unfold
from core.store import followups
from core.tokens import STALE, is_id
from core.usecases import digests, proving
from core.usecases.finding import find
from core.usecases.knowing import backgrounds
from core.usecases.work import Work
from core.voice.angles import angle_words
from core.voice.card import Card, card_blocks, preview_blocks
from core.voice.help import ALL, group_message, help_message
from core.voice.lists import empty_blocks, list_blocks
from core.voice.welcome import welcome

STEPS_AHEAD = 3
STEPS_PREVIEWED = 5


async def list_(work: Work, request: List) -> Reply:
    """The first page of a list."""
    return Reply(await view_message(work, f"l.{request.show or 'open'}.1"))


async def show(work: Work, request: Show) -> Reply:
    """The card of one follow-up."""
    followup = await find(work, request)
    return Reply(await view_message(work, f"c{followup.id}"))


async def preview(work: Work, request: Preview) -> Reply:
    """The next dates of one follow-up and why."""
    followup = await find(work, request)
    if followup.position.due is None:
        raise Problem("{who} is closed, so nothing will fall due.", who=followup.title)
    ahead = _ahead(work, followup, STEPS_PREVIEWED)
    return Reply(Message(tuple(preview_blocks(followup, ahead, work.today))))


async def show_view(work: Work, request: ShowView) -> Reply:
    """A view in its place."""
    return Reply(await view_message(work, request.view), replace=True)


async def unfold(work: Work, request: Unfold) -> Reply:
    """A view in its place, with one menu laid out."""
    message = await view_message(work, request.view, request.target, request.menu)
    return Reply(message, replace=True)


async def help_(work: Work, request: Help) -> Reply:
    """How it works; to somebody whose list is empty, how to begin."""
    topic = request.topic.lower().removeprefix("/followup").strip()
    if not topic and not await followups.has_any(work.session, work.member.id):
        return Reply(Message(welcome()))
    topic = "" if topic == ALL else topic
    if topic and SYNONYMS.get(topic, topic) not in VERBS:
        meant = command_meant(topic, VERBS)
        if not meant:
            raise unknown_command(topic)
        topic = meant
    kind = VERBS.get(SYNONYMS.get(topic, topic))
    together = topic in GROUPS and kind is Help
    return Reply(group_message(topic) if together else help_message(kind))


async def view_message(
    work: Work, view: str, unfolded: int = 0, menu: str = "", notice: Message | None = None
) -> Message:
    """The message of a view as things stand now.

    `notice` says what has just happened: it stands above a list or a card; a digest says it in
    the row itself. Raises Problem for a view that is not one of ours.
    """
    kind, rest = view[:1], view[1:]
    if kind == "d" and is_id(rest):
        return await digests.shown_again(work, int(rest), unfolded, menu)
    if kind == "c" and is_id(rest):
        return _noted(notice, await _card(work, int(rest), menu))
    if kind == "p" and is_id(rest):
        return _noted(notice, [*(await proving.list_message(work, int(rest))).blocks])
    parts = view.split(".")
    if kind == "l" and len(parts) == 3 and parts[1] in LISTS and is_id(parts[2]):
        return _noted(notice, await _list(work, parts[1], int(parts[2]), unfolded, menu))
    raise Problem(STALE)


async def _card(work: Work, id: int, menu: str) -> list[Block]:
    followup = await find(work, Show(target=id))
    (known,) = await backgrounds(work.session, [(work.member, followup)])
    referrers = await followups.some_of(work.session, work.member.id, [followup.referred_by])
    is_open = followup.position.closed is None
    card = Card(
        history=known.history,
        ahead=_ahead(work, followup, STEPS_AHEAD),
        offer=angle_words(known.proposal, known.known) if is_open else (),
        angle=known.proposal.angle.value,
        insights=known.known.insights,
        referrer=referrers[0] if referrers else None,
        referred=await followups.referrals(work.session, {work.member.id}, (), {id}),
    )
    return card_blocks(followup, card, work.today, menu)


def _ahead(work: Work, followup: FollowUp, count: int) -> list[Position]:
    calendar = work.member.calendar_with(followup.contact)
    return foresee(followup.position, calendar, count, work.member.rules, work.today)


async def _list(work: Work, show: str, page: int, unfolded: int, menu: str) -> list[Block]:
    everything = await followups.all_of(work.session, work.member.id)
    chosen = [followup for followup in everything if _belongs(followup, show, work)]
    chosen.sort(key=lambda f: _rank(f, work.today))
    if not chosen:
        return empty_blocks(show, len(everything))
    return list_blocks(show, page, chosen, work.today, unfolded, menu)


def _rank(followup: FollowUp, today: date) -> tuple[object, ...]:
    """What is due by how pressing it is (M8), then what is to come by its day, then the closed."""
    due = followup.position.due
    if due is None:
        return 2, -followup.number
    if due <= today:
        return 0, pressing(followup.position), followup.number
    return 1, due, pressing(followup.position), followup.number


def _belongs(followup: FollowUp, show: str, work: Work) -> bool:
    due = followup.position.due
    if show == "due":
        return due is not None and due <= work.today
    if show == "all":
        return True
    return (followup.position.closed is not None) == (show == "closed")


def _noted(notice: Message | None, blocks: list[Block]) -> Message:
    above = (*notice.blocks, Divider()) if notice else ()
    return Message((*above, *blocks))
