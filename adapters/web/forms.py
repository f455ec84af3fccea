"""Forms that members have open, and what comes back from them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from multidict import MultiMapping

from adapters.web.records import Place
from core.reply import Field, FieldKind, Form, Message
from core.text import clip

MOST_OPEN = 200
"""Open forms that are remembered; the oldest are forgotten first."""

PREFIX = "f."
"""What field names begin with in a post, so that they never meet the page's own."""


@dataclass(frozen=True)
class OpenForm:
    """A form that somebody is filling in.

    - `on`: the message it was opened from, 0 for none.
    - `typed`: what was sent when it was refused, `error` why, `wrong` the field.
    """

    id: str
    member: str
    place: Place
    form: Form
    on: int = 0
    typed: Mapping[str, str] = field(default_factory=dict)
    error: Message | None = None
    wrong: str = ""

    def with_typed(self, values: Mapping[str, str]) -> OpenForm:
        """The same form, filled in."""
        return replace(self, typed=values)


@dataclass(frozen=True)
class FieldView:
    """One field as the page shows it, with what is filled in and what was wrong."""

    field: Field
    value: str
    error: str

    @property
    def chosen(self) -> frozenset[str]:
        """The values of a field with several."""
        return frozenset(part.strip() for part in self.value.split(",") if part.strip())


class OpenForms:
    """The forms that are open, by id. A restart forgets them; their posts still work."""

    def __init__(self) -> None:
        self._open: dict[str, OpenForm] = {}

    def keep(self, form: OpenForm) -> OpenForm:
        """Remember a form under its id, in place of what it was before."""
        self._open.pop(form.id, None)
        self._open[form.id] = form
        while len(self._open) > MOST_OPEN:
            del self._open[next(iter(self._open))]
        return form

    def find(self, form: str, member: str) -> OpenForm | None:
        """An open form of this member."""
        found = self._open.get(form)
        return found if found is not None and found.member == member else None

    def close(self, form: str) -> None:
        """Forget a form."""
        self._open.pop(form, None)

    def forget(self, member: str) -> None:
        """Forget every form of a member."""
        self._open = {id: form for id, form in self._open.items() if form.member != member}


def new_form_id() -> str:
    """An id that nobody can guess."""
    return secrets.token_urlsafe(9)


def values_of(post: MultiMapping[str]) -> dict[str, str]:
    """The values by field name. Several of one field are comma-separated; none is ""."""
    values: dict[str, str] = {}
    for name in dict.fromkeys(key for key in post if key.startswith(PREFIX)):
        told = [value.replace("\r\n", "\n") for value in post.getall(name) if value.strip()]
        values[name.removeprefix(PREFIX)] = ",".join(told)
    return values


def field_views(open_form: OpenForm) -> list[FieldView]:
    """The fields with what was typed, or with what stands there at first."""
    why = _sentence(open_form.error)
    return [
        FieldView(
            field=item,
            value=open_form.typed.get(item.name, item.value),
            error=why if item.name == open_form.wrong else "",
        )
        for item in open_form.form.fields
    ]


def multiple(item: Field) -> bool:
    """Whether several choices can be made."""
    return item.kind is FieldKind.CHOICES


def _sentence(error: Message | None) -> str:
    lines = Message(error.blocks[:1]).plain() if error is not None else ""
    return clip(lines, 300)
