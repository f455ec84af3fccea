"""Refusals: nothing was changed, what was typed is kept, and there is a way on."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from core.domain.records import FollowUp
from core.grammar import Leftover
from core.language import tr
from core.options import said
from core.problem import Problem
from core.reply import Actions, Block, Button, Message, Paragraph, Reply
from core.requests import Link, Resume
from core.store import changes
from core.tokens import token
from core.usecases import forms, views
from core.usecases.asked import Asked
from core.usecases.clubs.finding import SeveralClubs
from core.usecases.finding import Several, Stale
from core.usecases.problems import DayProblem
from core.usecases.work import Work
from core.voice import answers
from core.voice.days import day_words

ROW = 5
"""Buttons in a row, on every platform."""


async def refused(work: Work, asked: Asked | None, problem: Problem) -> Reply:
    """One sentence, and buttons that go on from what was typed."""
    if isinstance(problem, Stale):
        return await _overtaken(work, asked, problem)
    buttons = [*problem.choices]
    if isinstance(problem, Leftover):
        asked = Asked(problem.kind, problem.values)
    if isinstance(problem, Several) and asked is not None:
        buttons += await _picks(work, asked, problem.found)
    elif isinstance(problem, SeveralClubs) and asked is not None:
        kept = await _keep(work, asked)
        buttons += [Button(c.name, token(Resume(kept=kept, club=c.id))) for c in problem.found]
    elif asked is not None and _can_correct(asked, problem):
        kept = await _keep(work, asked)
        if isinstance(problem, DayProblem):
            buttons += _days(problem, kept, asked.again)
        buttons.append(Button(tr("Correct it"), token(_corrected(work, asked, problem, kept))))
    return Reply(_refusal(problem, buttons), refused=True, field=problem.field)


def _can_correct(asked: Asked, problem: Problem) -> bool:
    """Whether a form with what was typed helps: one field was wrong, or a word fits none.

    A code that joins two selves is kept nowhere, and so not among what was typed either.
    """
    if asked.kind.command is None or not asked.values or asked.kind is Link:
        return False
    return bool(problem.field) or isinstance(problem, Leftover)


def _refusal(problem: Problem, buttons: list[Button]) -> Message:
    rows: list[Block] = [
        Actions(tuple(buttons[start : start + ROW])) for start in range(0, len(buttons), ROW)
    ]
    return Message((Paragraph((problem.text,)), *rows))


async def _picks(work: Work, asked: Asked, found: list[FollowUp]) -> tuple[Button, ...]:
    kept = await _keep(work, asked)
    tokens = [token(Resume(kept=kept, target=followup.id)) for followup in found]
    return answers.several_buttons(found, tokens)


def _corrected(work: Work, asked: Asked, problem: Problem, kept: int) -> Resume:
    """The form once more, in the part that holds what was wrong."""
    request = asked.base or asked.kind()
    first = forms.part_with(request, problem.field, work.caller.form_size)
    return Resume(kept=kept, form=True, first=first, again=asked.again)


def _days(problem: DayProblem, kept: int, again: int) -> list[Button]:
    def on(day: date) -> Resume:
        return Resume(kept=kept, field=problem.field, value=day.isoformat(), again=again)

    return [Button(day_words(day, problem.today), token(on(day))) for day in problem.suggestions]


async def _keep(work: Work, asked: Asked) -> int:
    hidden = dict(said(asked.base)) if asked.base is not None else {}
    values = {**hidden, **asked.values}
    return await changes.keep(work.session, work.member.id, asked.kind.verb, values, work.now)


async def _overtaken(work: Work, asked: Asked | None, stale: Stale) -> Reply:
    view = getattr(asked.base, "view", "") if asked is not None else ""
    notice = Message((Paragraph((stale.text,)),))
    if view:
        with suppress(Problem):  # a view that is none: the button was altered
            return Reply(await views.view_message(work, view, notice=notice), replace=True)
    show = answers.details_button(stale.followup)
    return Reply(Message((*notice.blocks, Actions((show,)))), refused=True)
