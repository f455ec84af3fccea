"""Going on with what was kept, and with the rest of a form that the platform can't show whole.

What came of a form's first part stands, and its answer has a button for the rest. That is a change
of its own where the form shows how things stand; otherwise the same thing is done again, with all
that was typed, and what the first part did is taken back for it in the same transaction.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.grammar import request_kind, typed_values
from core.language import N_, tr
from core.options import Request, options_of, said
from core.problem import Problem
from core.reply import Actions, Block, Button, Message, Reply
from core.requests import Add, Ask, Edit, Resume, Settings, Targeted, Undo
from core.requests.clubs import ClubSetup
from core.store import changes
from core.tokens import token
from core.usecases import forms, undoing
from core.usecases.asked import Asked
from core.usecases.work import Work

ROW = 5
"""Buttons in a row, on every platform."""
GONE = N_(
    "What this belongs to was taken back meanwhile, so nothing was changed. Type it once more."
)
_AS_IT_STANDS = (Settings, Edit, ClubSetup)
"""Their forms show how things stand, so each part of one can be sent alone."""


async def with_more(work: Work, request: Request, reply: Reply, asked: Asked) -> Reply:
    """The reply to a form that came back, with a button for the fields that it had no room for."""
    first = _following(work, request, asked)
    shows_something = reply.message is not None or reply.making is not None
    if not first or reply.refused or not shows_something:
        return reply
    more = token(await _more(work, request, asked, first))
    blocks = reply.message.blocks if reply.message is not None else ()
    buttons = [one for block in blocks if isinstance(block, Actions) for one in block.items]
    if any(isinstance(one, Button) and one.token == more for one in buttons):
        return reply
    return replace(reply, message=Message(_with_button(blocks, Button(_label(request), more))))


def _with_button(blocks: tuple[Block, ...], button: Button) -> tuple[Block, ...]:
    """The blocks with a button in the last row, where that is the last thing and has room."""
    *before, last = blocks or (Actions(()),)
    if isinstance(last, Actions) and len(last.items) < ROW:
        return (*before, Actions((*last.items, button)))
    return (*blocks, Actions((button,)))


def _following(work: Work, request: Request, asked: Asked) -> str:
    """The first field after those that the form had; "" when it had the last one."""
    names = [spec.name for spec in forms.fields_of(request)]
    had = [names.index(name) for name in asked.fields if name in names]
    if len(names) <= work.caller.form_size or not had:
        return ""
    return "".join(names[max(had) + 1 :][:1])


def _label(request: Request) -> str:
    """In a digest or on a card it stands far from what it belongs to, and so says that."""
    command = request.command
    assert command is not None
    in_view = bool(getattr(request, "view", ""))
    if not in_view or not command.title:
        return tr("More fields")
    title = tr(command.title)
    return tr("More fields: {form}", form=title[:1].lower() + title[1:])


async def _more(work: Work, request: Request, asked: Asked, first: str) -> Request:
    """What the button opens."""
    if isinstance(request, _AS_IT_STANDS):
        target = request.target if isinstance(request, Targeted) else getattr(request, "club", 0)
        view = getattr(request, "view", "")
        return Ask(target=target, form=request.verb, first=first, view=view)
    last = await changes.last_change(work.session, work.member.id)
    done = last if last is not None and (last.verb, last.at) == (request.verb, work.now) else None
    is_known = first in [spec.name for spec in options_of(Edit)]
    if isinstance(request, Add) and done is not None and is_known:
        return Ask(target=done.followup_id or 0, form=Edit.verb, first=first)
    values: dict[str, Any] = {**said(request), **asked.values}
    values.pop("seen", None)  # what was done moved that on
    kept = await changes.keep(work.session, work.member.id, request.verb, values, work.now)
    return Resume(kept=kept, form=True, first=first, again=done.id if done else 0)


async def resumed(work: Work, asked: Asked) -> Asked:
    """What was kept: on the follow-up that was picked, with more of a form, or as a form."""
    resume = asked.base
    assert isinstance(resume, Resume)
    verb, values = await work.kept(resume.kept)
    kind = request_kind(verb)
    own = {spec.name for spec in options_of(kind)}
    texts = {name: str(value) for name, value in values.items() if name in own}
    texts |= {name: value for name, value in asked.values.items() if name in own}
    hidden: dict[str, Any] = {name: value for name, value in values.items() if name not in own}
    if not hidden.keys() <= vars(kind()).keys():  # an import, or what was posted: no request
        raise Problem(GONE)
    if resume.field in own:
        texts[resume.field] = resume.value
    if resume.target:
        hidden["target"] = resume.target
        texts.pop("who", None)
    if resume.club:
        hidden["club"] = resume.club
    return Asked(
        kind,
        typed_values(kind, texts) if asked.submitted else texts,
        kind(**hidden),
        pressed=not asked.submitted,
        submitted=asked.submitted,
        as_form=resume.form and not asked.submitted,
        fields=asked.fields,
        first=resume.first,
        again=resume.again,
    )


async def take_back(work: Work, asked: Asked) -> None:
    """Take back what is done again now, with more. Raises Problem if it can't; what was typed then
    is kept like after a mistake.
    """
    if not asked.again:
        return
    field = next(iter(asked.fields), "")
    change = await changes.change_of(work.session, work.member.id, asked.again)
    if change is None or change.undone:
        raise Problem(GONE, field=field)
    try:
        await undoing.undo(work, Undo(change=change.id))
    except Problem as problem:
        problem.field = problem.field or field
        raise
