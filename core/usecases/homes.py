"""A member's Home: one page of their own, with tabs above, on a platform that has such a place.

A page is the answer to a request that only looks, and is remembered as that request's token: it is
asked for again whenever the Home is shown anew. So there is one way to make a list, and a Home is
never older than the database.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.caller import Account, Caller
from core.language import language_of, speak
from core.options import Request
from core.problem import Problem
from core.reply import Block, Button, Message, Reply
from core.requests import Club, Home, List, Settings, Show, ShowView
from core.store import accounts, followups, homes, members
from core.tokens import request_of, token
from core.usecases import setting, views
from core.usecases.asked import Asked
from core.usecases.clubs import showing
from core.usecases.clubs.finding import SeveralClubs
from core.usecases.work import Work
from core.voice import home as voice
from core.voice.home import TODAY
from core.voice.welcome import welcome

ROW = 5
PAGES: dict[type[Request], Callable[[Work, Any], Awaitable[Reply]]] = {
    List: views.list_,
    Show: views.show,
    ShowView: views.show_view,
    Settings: setting.settings,
    Club: showing.show,
}


async def home(work: Work, request: Home) -> Reply:
    """The page as it was left."""
    del request
    _, blocks = await _as_left(work)
    return Reply(Message(tuple(blocks)), replace=True)


async def framed(work: Work, asked: Asked | None, reply: Reply) -> Reply:
    """An answer as a whole Home. A page takes the place of the one before, and is remembered;
    whatever else was answered stands above the page.
    """
    if reply.forgotten:
        return replace(reply, at_home=True)
    if reply.form is not None or (reply.message is None and reply.making is None):
        return reply
    base = asked.base if asked is not None else None
    # Who is in no club, or in several, is told so on the page of clubs.
    page = _page(base) if not reply.refused or isinstance(base, Club) else None
    if page is not None:
        blocks = welcome() if await _teaches(work, page) else _said(reply)
    elif _is_page_anew(base, reply):
        page, blocks = await _left(work), _said(reply)
    else:
        page, blocks = await _as_left(work)
        return await _kept(work, page, _above(reply, page, blocks))
    whole = voice.home(page, blocks)
    return await _kept(work, page, replace(reply, message=whole, replace=True, at_home=True))


async def as_it_stands(session: AsyncSession, now: datetime, account: Account) -> Message | None:
    """The Home of an account now; None for who never opened it. Nothing is changed."""
    member = await members.peek(session, account)
    if member is None or not await homes.page_at(session, account):
        return None
    speak(language_of(member.language, member.locale))
    own = await accounts.accounts_of(session, member.id)
    here = next(one.id for one in own if one.account == account)
    caller = Caller(account, at_home=True)
    work = Work(session, now, caller, member, here, linked=len(own) > 1)
    return voice.home(*await _as_left(work))


def _is_page_anew(base: Request | None, reply: Reply) -> bool:
    """Whether the answer is the page as it is now, with what happened in it."""
    has_view = isinstance(base, Home) or bool(getattr(base, "view", ""))
    return has_view and reply.replace and not reply.refused


def _page(request: Request | None) -> Request | None:
    """The request that asks for the same page again; None for what is not one."""
    match request:
        case List() | Club():
            return request
        case ShowView(view) if not view.startswith("d"):
            return request
        case Show(target=target) if target:
            return Show(target=target)
        case Settings():
            return Settings()
        case _:
            return None


async def _left(work: Work) -> Request:
    """The page that is remembered; what is due today where there is none."""
    kept = await homes.page_at(work.session, work.caller.account)
    try:
        return _page(request_of(kept)) or TODAY
    except Problem:  # of an older version
        return TODAY


async def _as_left(work: Work) -> tuple[Request, Sequence[Block]]:
    """The page that is remembered, as things stand; what is gone gives way to today."""
    page = await _left(work)
    if await _teaches(work, page):
        return page, welcome()
    try:
        return page, _said(await PAGES[type(page)](work, page))
    except Problem as problem:
        if isinstance(page, Club):
            return page, voice.refused(problem.text, _choices(problem))
        return TODAY, _said(await views.list_(work, TODAY))


def _choices(problem: Problem) -> Sequence[Button]:
    found = problem.found if isinstance(problem, SeveralClubs) else []
    clubs = [Button(club.name, token(Club(club=club.id))) for club in found[:ROW]]
    return [*problem.choices, *clubs]


async def _teaches(work: Work, page: Request) -> bool:
    """Whether it is a page of a list, and there is nothing yet to show on any."""
    if not isinstance(page, List | ShowView | Show):
        return False
    return not await followups.has_any(work.session, work.member.id)


def _said(reply: Reply) -> Sequence[Block]:
    return reply.message.blocks if reply.message is not None else ()


def _above(reply: Reply, page: Request, blocks: Sequence[Block]) -> Reply:
    """The page with an answer above it, also with one that is still to be made."""
    if reply.making is None:
        whole = voice.home(page, voice.noticed(_said(reply), blocks))
        return replace(reply, message=whole, replace=True, at_home=True)
    making = reply.making
    beside = _said(reply)

    def made() -> Reply:
        whole = making()
        said = Message((*_said(whole), *beside))
        return _above(replace(whole, message=said, making=None), page, blocks)

    return replace(reply, message=None, making=made)


async def _kept(work: Work, page: Request, reply: Reply) -> Reply:
    """Remember the page: from now on the member has a Home."""
    await homes.put_page(work.session, work.caller.account, token(page))
    return reply
