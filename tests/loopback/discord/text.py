"""Renders a message or a form to the plain text that a person would read."""

from __future__ import annotations

from tests.loopback.discord.components import (
    BUTTON,
    CHECKBOX,
    CONTAINER,
    FILE,
    GALLERY,
    LABEL,
    ROW,
    SECTION,
    SELECTS,
    SEPARATOR,
    TEXT,
    TEXT_INPUT,
    THUMBNAIL,
    children,
)
from tests.loopback.discord.errors import Json


def visible_label(component: Json) -> str:
    """What stands on a button or an option: its emoji, if any, and its label."""
    emoji = (component.get("emoji") or {}).get("name") or ""
    return f"{emoji} {component.get('label') or ''}".strip()


def render_button(one: Json) -> str:
    """`[Label]`, `[Label (off)]` when disabled, `[Label -> url]` for a link."""
    link = f" -> {one['url']}" if one.get("url") else ""
    off = " (off)" if one.get("disabled") else ""
    return f"[{visible_label(one)}{link}{off}]"


def render_select(one: Json) -> str:
    """`<Placeholder: A | *B>`, a star before what is chosen by default."""
    options = [
        f"{'*' if option.get('default') else ''}{visible_label(option)}"
        for option in one.get("options") or []
    ]
    off = " (off)" if one.get("disabled") else ""
    head = one.get("placeholder") or ("Choose" if options else "Choose…")
    return f"<{head}: {' | '.join(options)}{off}>" if options else f"<{head}{off}>"


def render_component(one: Json) -> list[str]:
    """The lines of one component of a message or form."""
    kind = one.get("type")
    if kind == TEXT:
        return [str(one["content"])]
    if kind in (BUTTON, CHECKBOX):
        return [render_button(one) if kind == BUTTON else ("[x]" if one.get("default") else "[ ]")]
    if kind == TEXT_INPUT:
        return [f"____ {one.get('value') or one.get('placeholder') or ''}".rstrip()]
    if kind in SELECTS or one.get("options"):
        return [render_select(one)]
    if kind in (SEPARATOR, GALLERY, FILE, THUMBNAIL):
        return _render_media(one, kind)
    return _render_group(one, kind)


def _render_media(one: Json, kind: int) -> list[str]:
    if kind == SEPARATOR:
        return ["---"] if one.get("divider", True) else [""]
    if kind == FILE:
        return [f"(file {one['file']['url']})"]
    items = one["items"] if kind == GALLERY else [one]
    return [f"(picture {item.get('description') or item['media']['url']})" for item in items]


def _render_group(one: Json, kind: object) -> list[str]:
    lines = render_components(list(children(one)))
    if kind == ROW:
        return [" ".join(lines)]
    if kind == SECTION:
        return [*lines[:-2], "  ".join(lines[-2:])]
    if kind == LABEL:
        description = [f"({one['description']})"] if one.get("description") else []
        return [f"{one['label']}: {' '.join(lines)}", *description]
    return lines if kind == CONTAINER else []


def render_components(components: list[Json]) -> list[str]:
    """The lines of several components, top to bottom."""
    return [line for one in components for line in render_component(one)]


def render_embed(embed: Json) -> list[str]:
    """The lines of an embed."""
    lines = [(embed.get("author") or {}).get("name"), embed.get("title"), embed.get("description")]
    lines += [f"{field['name']}: {field['value']}" for field in embed.get("fields") or []]
    lines.append((embed.get("footer") or {}).get("text"))
    return [line for line in lines if line]
