"""Forms, made from a request's own fields, with the values known so far."""

from __future__ import annotations

from core.grammar import choice_for, request_kind
from core.options import Kind, Option, Request, options_of, said
from core.problem import Problem
from core.reply import Choice, Field, FieldKind, Form, Reply
from core.requests import Ask, Columns, Edit, Pitch, Proof, Settings, Targeted
from core.requests.clubs import ClubJoin, ClubRequest, ClubSetup
from core.requests.helping import ClubBuddy, Endorse, HandOver
from core.tokens import STALE, token
from core.usecases import editing, importing, pitching, proving, setting
from core.usecases.clubs import buddying, joining, setting_up
from core.usecases.finding import find
from core.usecases.work import Work

_KINDS = {
    Kind.LONG: FieldKind.LONG,
    Kind.CHOICE: FieldKind.CHOICE,
    Kind.CHOICES: FieldKind.CHOICES,
    Kind.DAY: FieldKind.DAY,
    Kind.WHO: FieldKind.WHO,
    Kind.FILE: FieldKind.FILE,
}
TITLE_LIMIT = 24


async def ask(work: Work, request: Ask) -> Reply:
    """The form of another request, about the same follow-up and on the same message."""
    kind = request_kind(request.form)
    if kind.command is None:
        raise Problem(STALE)
    own: dict[type[Request], Request] = {
        Proof: Proof(item=request.target, filled=True, view=request.view),
        Columns: Columns(kept=request.target),
    }
    if kind in own:
        return Reply(form=await form_for(work, own[kind]))
    if issubclass(kind, ClubRequest):
        return Reply(form=await form_for(work, kind(club=request.target), page=request.page))
    if issubclass(kind, HandOver | Endorse):
        return Reply(form=await form_for(work, kind(offer=request.target)))
    if not issubclass(kind, Targeted):
        return Reply(form=await form_for(work, kind(), page=request.page))
    if request.target:
        await find(work, request)  # somebody else's gets no form, an overtaken button no second one
    about = kind(target=request.target, seen=request.seen, view=request.view)
    return Reply(form=await form_for(work, about, page=request.page))


async def form_for(
    work: Work, request: Request, values: dict[str, str] | None = None, page: int = 1
) -> Form:
    """A form to fill in what the request lacks.

    `values` are texts to begin with; those of the request itself otherwise. Where the platform's
    forms are short, `page` chooses which fields it holds.
    """
    command = request.command
    assert command is not None
    if isinstance(request, ClubSetup):
        request = await setting_up.as_it_stands(work, request)
    known = {**await _known(work, request), **(values or {})}
    specs = [spec for spec in options_of(type(request)) if not _is_settled(spec, request)]
    size = work.caller.form_size
    shown = specs[(page - 1) * size : page * size] if page > 0 else []
    if not shown:
        raise Problem(STALE)
    return Form(
        title=(command.title or command.summary)[:TITLE_LIMIT],
        token=token(_without_text(request)),
        fields=tuple(_field(spec, known.get(spec.name, "")) for spec in shown),
        submit=command.submit,
    )


async def _known(work: Work, request: Request) -> dict[str, str]:
    if isinstance(request, Settings):
        return setting.current(work.member, work.today)
    if isinstance(request, Proof):
        return await proving.current(work, request)
    if isinstance(request, Columns):
        return await importing.column_lines(work, request)
    if isinstance(request, Pitch):
        return await pitching.suggested(work, request)
    if isinstance(request, ClubSetup):
        return await setting_up.current(work, request)
    if isinstance(request, ClubJoin):
        return await joining.current(work, request)
    if isinstance(request, ClubBuddy):
        return await buddying.current(work, request)
    if isinstance(request, Edit):
        return editing.current(await find(work, request))
    values = {spec.name: getattr(request, spec.name) for spec in options_of(type(request))}
    return {name: str(value) for name, value in values.items() if value}


def _is_settled(spec: Option, request: Request) -> bool:
    return spec.kind is Kind.WHO and isinstance(request, Targeted) and request.target > 0


def _without_text(request: Request) -> Request:
    texts = {spec.name for spec in options_of(type(request))}
    hidden = {name: value for name, value in said(request).items() if name not in texts}
    return type(request)(**hidden)


def _field(spec: Option, value: str) -> Field:
    kind = FieldKind.TEXT if spec.span else _KINDS.get(spec.kind, FieldKind.TEXT)
    if kind is FieldKind.CHOICE and value:
        value = choice_for(spec, value) or ""
    return Field(
        name=spec.name,
        label=spec.label,
        kind=kind,
        value=value,
        required=spec.required,
        help=_help(spec),
        choices=tuple(Choice(choice, choice) for choice in spec.choices),
        max_length=spec.max_length,
        picked=spec.picked or spec.help,
    )


def _help(spec: Option) -> str:
    if spec.kind is Kind.OPEN:
        return f"{', '.join(spec.choices)}, or your own word"
    return spec.help
