"""A form as Discord's modal, and what comes back of it.

discord.py keeps the modals that it sent in memory, so it doesn't know one after a restart. Here
nothing is kept: a modal's custom id is the form's token, its fields' custom ids are their names,
and what comes back is read from the interaction itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from discord import SelectOption, TextStyle, ui

from core.reply import Choice, Field, FieldKind, Form
from core.text import clip

FIELDS = 5
TITLE = 45
HELP = 100
CHOICES = 25
CHOICE = 100
TEXT = 4000

Input: TypeAlias = "ui.TextInput[ui.Modal] | ui.Select[ui.Modal] | ui.FileUpload[ui.Modal]"


def modal(form: Form) -> ui.Modal:
    """The form as a modal. Raises ValueError when its token is longer than Discord carries."""
    if not 0 < len(form.token) <= CHOICE:
        raise ValueError(f"a form's token has 1 to {CHOICE} characters: {form.token!r}")
    dialog = ui.Modal(title=clip(form.title, TITLE) or "…", custom_id=form.token)
    for field in form.fields[:FIELDS]:
        dialog.add_item(_labelled(field))
    dialog.stop()  # a finished one isn't kept in discord.py's memory
    return dialog


def values(components: object) -> dict[str, str]:
    """What was filled in, by field name, from the `components` of a modal's interaction.

    Several choices are comma-separated; a field that was left empty is "".
    """
    return dict(_inputs(components))


def _inputs(components: object) -> Iterator[tuple[str, str]]:
    if not isinstance(components, list):
        return
    for one in components:
        if not isinstance(one, Mapping):
            continue
        name = one.get("custom_id")
        if isinstance(name, str):
            yield name, _value(one)
        yield from _inputs([one.get("component")])
        yield from _inputs(one.get("components"))


def _value(one: Mapping[str, Any]) -> str:
    chosen = one.get("values")
    if isinstance(chosen, list):
        return ", ".join(str(value) for value in chosen)
    return str(one.get("value") or "")


def _labelled(field: Field) -> ui.Label[ui.Modal]:
    return ui.Label(
        text=clip(field.label, TITLE) or field.name,
        description=clip(field.help, HELP) or None,
        component=_component(field),
    )


def _component(field: Field) -> Input:
    if field.kind is FieldKind.FILE:
        low = 1 if field.required else 0
        return ui.FileUpload(
            custom_id=field.name, required=field.required, min_values=low, max_values=1
        )
    return _select(field) if field.choices else _text(field)


def _text(field: Field) -> Input:
    limit = min(max(field.max_length, 1), TEXT)
    long = field.kind is FieldKind.LONG
    value = field.value if long else " ".join(field.value.split())
    return ui.TextInput(
        custom_id=field.name,
        style=TextStyle.long if long else TextStyle.short,
        default=value[:limit] or None,
        required=field.required,
        max_length=limit,
    )


def _select(field: Field) -> Input:
    several = field.kind is FieldKind.CHOICES
    chosen = _chosen(field, several)
    shown = _shown(field.choices, chosen)
    return ui.Select(
        custom_id=field.name,
        options=[_option(choice, choice.value in chosen) for choice in shown],
        min_values=1 if field.required else 0,
        max_values=len(shown) if several else 1,
        required=field.required,
    )


def _chosen(field: Field, several: bool) -> set[str]:
    if not several:
        return {field.value}
    return {value.strip() for value in field.value.split(",")}


def _shown(choices: tuple[Choice, ...], chosen: set[str]) -> list[Choice]:
    """At most 25, once each, and what is chosen now among them."""
    fitting = {choice.value: choice for choice in choices if 0 < len(choice.value) <= CHOICE}
    first = sorted(fitting.values(), key=lambda choice: choice.value not in chosen)[:CHOICES]
    return [choice for choice in fitting.values() if choice in first]


def _option(choice: Choice, default: bool) -> SelectOption:
    label = clip(choice.label, CHOICE) or choice.value
    return SelectOption(label=label, value=choice.value, default=default)
