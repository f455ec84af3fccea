"""Forms, made from a request's own fields, with the values known so far."""

from __future__ import annotations

from core.grammar import choice_for, request_kind
from core.language import tr
from core.options import Kind, Option, Request, options_of, said
from core.problem import Problem
from core.reply import Choice, Field, FieldKind, Form, Reply
from core.requests import Ask, Columns, Edit, Pitch, Proof, Resume, Settings, Targeted
from core.requests.clubs import ClubJoin, ClubRequest, ClubSetup
from core.requests.helping import ClubBuddy, Endorse, HandOver
from core.store import changes
from core.tokens import STALE, token
from core.usecases import editing, importing, pitching, proving, setting
from core.usecases.asked import Asked
from core.usecases.clubs import buddying, joining, setting_up
from core.usecases.finding import find
from core.usecases.work import Work
from core.voice.words import word

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
    asked = Asked(kind, first=request.first)
    if kind in own:
        return Reply(form=await form_for(work, own[kind], asked))
    if issubclass(kind, ClubRequest):
        return Reply(form=await form_for(work, kind(club=request.target), asked))
    if issubclass(kind, HandOver | Endorse):
        return Reply(form=await form_for(work, kind(offer=request.target), asked))
    if not issubclass(kind, Targeted):
        return Reply(form=await form_for(work, kind(), asked))
    if request.target:
        await find(work, request)  # somebody else's gets no form, an overtaken button no second one
    about = kind(target=request.target, seen=request.seen, view=request.view)
    return Reply(form=await form_for(work, about, asked))


async def form_for(work: Work, request: Request, asked: Asked) -> Form:
    """A form to fill in what the request lacks.

    It begins with the values that were typed, otherwise with those of the request itself. Where the
    platform's forms are short it begins with the field `asked.first`, and what was typed into
    fields that it has no room for is kept until it comes back.
    """
    command = request.command
    assert command is not None
    if isinstance(request, ClubSetup):
        request = await setting_up.as_it_stands(work, request)
    known = {**await _known(work, request), **asked.values}
    specs = fields_of(request)
    shown = _part(specs, work.caller.form_size, asked.first)
    if not shown:
        raise Problem(STALE)
    return Form(
        title=tr(command.title or command.summary)[:TITLE_LIMIT],
        token=await _token(work, request, asked, [spec for spec in specs if spec not in shown]),
        fields=tuple(_field(spec, known.get(spec.name, "")) for spec in shown),
        submit=tr(command.submit),
    )


def fields_of(request: Request) -> list[Option]:
    """The fields of its form: without whom it is about, where that is settled."""
    return [spec for spec in options_of(type(request)) if not _is_settled(spec, request)]


def part_with(request: Request, name: str, size: int) -> str:
    """The field with which that part of the form begins that holds the field `name`."""
    names = [spec.name for spec in fields_of(request)]
    return names[names.index(name) // size * size] if name in names[size:] else ""


def _part(specs: list[Option], size: int, first: str) -> list[Option]:
    """As many fields as a form holds, from the first on; none for a first that isn't among them."""
    names = [spec.name for spec in specs]
    if len(specs) <= size or not first:
        return specs[:size]
    return specs[names.index(first) :][:size] if first in names else []


async def _token(work: Work, request: Request, asked: Asked, left_out: list[Option]) -> str:
    """The form's token: the request without texts, or where it was kept with more."""
    plain = _without_text(request)
    typed = {spec.name: asked.values[spec.name] for spec in left_out if spec.name in asked.values}
    if not typed and not asked.again:
        return token(plain)
    values = {**said(plain), **typed}
    kept = await changes.keep(work.session, work.member.id, request.verb, values, work.now)
    return token(Resume(kept=kept, again=asked.again))


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
    if spec.kind is Kind.OPEN and value in spec.choices:
        value = word(value)
    return Field(
        name=spec.name,
        label=tr(spec.label),
        kind=kind,
        value=value,
        required=spec.required,
        help=_help(spec),
        choices=tuple(Choice(word(choice), choice) for choice in spec.choices),
        max_length=spec.max_length,
        picked=tr(spec.picked or spec.help),
    )


def _help(spec: Option) -> str:
    if spec.kind is Kind.OPEN:
        return tr("{choices}, or your own word", choices=", ".join(map(word, spec.choices)))
    return tr(spec.help)
