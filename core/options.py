"""How a request declares its fields: label, help, kind, choices, limits.

Slack's line and form, Discord's typed options, the manifest, the help text and the command table
in the docs are all read from these declarations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar


class Kind(StrEnum):
    """What a field holds, and so how it is asked for, completed and recognized in a line."""

    WHO = "who"  # names one follow-up of the member: a name, part of one, an organization, a number
    NEW_WHO = "new who"  # "Dana Lee @ Acme" or "@ Acme"
    TEXT = "text"
    LONG = "long"
    CHOICE = "choice"
    CHOICES = "choices"
    OPEN = "open"  # one of the choices, or the member's own word
    DAY = "day"
    ZONE = "zone"
    CLOCK = "clock"
    NUMBER = "number"
    ADDRESS = "address"
    COMMAND = "command"
    ORGANIZATION = "organization"
    FILE = "file"  # sent along with a form


@dataclass(frozen=True)
class Option:
    """One field of a request as people meet it.

    - `required`: the request means nothing without it; a form is offered instead.
    - `rest`: in a line, words that fit nothing else belong here.
    - `form_only`: filled in through the form, never typed as an option.
    - `aliases`: other words for it in a line, as in `re: data PM`.
    - `picked`: the help where a day is picked and not typed, if it is another.
    - `span`: a day that may also be two, as in 20 Dec to 5 Jan.
    - `hints`: what is offered while it is typed, where anything else may be typed as well.
    """

    name: str
    label: str
    help: str
    kind: Kind
    choices: tuple[str, ...] = ()
    max_length: int = 200
    required: bool = False
    rest: bool = False
    form_only: bool = False
    aliases: tuple[str, ...] = ()
    picked: str = ""
    span: bool = False
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Command:
    """A request as people meet it: `/followup NAME`. `summary` has at most 100 characters."""

    name: str
    summary: str
    examples: tuple[str, ...] = ()
    title: str = ""
    submit: str = "Save"


class Request:
    """Anything the bot can be asked. Subclasses are frozen dataclasses.

    `verb` names it in tokens. Those that people type have a `command` too. With `about_room` it
    asks what the person may do in the channel: see `core.caller.Standing`.
    """

    verb: ClassVar[str]
    command: ClassVar[Command | None] = None
    about_room: ClassVar[bool] = False


def option(
    label: str,
    help: str,
    kind: Kind = Kind.TEXT,
    *,
    choices: Iterable[str] = (),
    max_length: int = 200,
    required: bool = False,
    rest: bool = False,
    form_only: bool = False,
    aliases: tuple[str, ...] = (),
    picked: str = "",
    span: bool = False,
    hints: Iterable[str] = (),
    default: Any = "",
) -> Any:
    """A dataclass field that people fill in. Its value is text; "" means that nothing was said."""
    spec = Option(
        name="",
        label=label,
        help=help,
        kind=kind,
        choices=tuple(str(choice) for choice in choices),
        max_length=max_length,
        required=required,
        rest=rest,
        form_only=form_only,
        aliases=aliases,
        picked=picked,
        span=span,
        hints=tuple(hints),
    )
    return field(default=default, metadata={"option": spec})


def options_of(request: type[Request]) -> tuple[Option, ...]:
    """The fields that people fill in, in the order of declaration."""
    found = []
    for item in fields(request):  # type: ignore[arg-type] # subclasses are dataclasses
        spec = item.metadata.get("option")
        if isinstance(spec, Option):
            found.append(Option(**{**spec.__dict__, "name": item.name}))
    return tuple(found)


def typed_options(request: type[Request]) -> tuple[Option, ...]:
    """The fields that can be typed after the command: all but those that only a form asks for."""
    return tuple(spec for spec in options_of(request) if not spec.form_only)


def said(request: Request) -> Mapping[str, object]:
    """The fields that differ from their defaults, by name: what a token or a form must carry."""
    kind: type[Any] = type(request)
    values = vars(request)
    found: dict[str, object] = {}
    for name, default in _defaults(kind):  # type: ignore[arg-type] # a class has a hash
        value = values[name]
        if value is not default and value != default:
            found[name] = value
    return found


@cache
def _defaults(kind: type[Any]) -> tuple[tuple[str, object], ...]:
    return tuple(
        (item.name, item.default if item.default is not MISSING else None) for item in fields(kind)
    )
