"""Checks what goes into a message, as Discord does: sizes, embeds, components, nonce."""

from __future__ import annotations

from typing import Any

from tests.loopback.discord.components import ROW, TOP_LEVEL_V2, Check, walk
from tests.loopback.discord.errors import ApiError, Json, Path, Problems
from tests.loopback.discord.mentions import check_allowed, texts_of

EPHEMERAL = 1 << 6
LOADING = 1 << 7
IS_COMPONENTS_V2 = 1 << 15
MAX_COMPONENTS = 40
MAX_V2_TEXT = 4000
MAX_EMBEDS_TEXT = 6000
_EMBED_TEXTS = (("title", 256), ("description", 4096))


def check_message(body: Json, files: frozenset[str]) -> None:
    """Refuse a whole message (after an edit: as it would become) that Discord refuses."""
    problems = Problems()
    nonce = body.get("nonce")
    if nonce is not None:
        problems.length(("nonce",), str(nonce), 0, 25)
    problems.length(("content",), body.get("content") or "", 0, 2000)
    attachments = body.get("attachments") or []
    if problems.length(("attachments",), attachments, 0, 10):
        for index, one in enumerate(attachments):
            where = ("attachments", index, "description")
            problems.length(where, one.get("description") or "", 0, 1024)
    _check_embeds(body.get("embeds") or [], problems)
    check_allowed(body.get("allowed_mentions"), problems)
    components = body.get("components") or []
    if body.get("flags", 0) & IS_COMPONENTS_V2:
        _check_v2(body, components, files, problems)
    else:
        _check_rows(components, files, problems)
    problems.refuse()
    if not (body.get("content") or body.get("embeds") or components or files):
        raise ApiError(400, 50006, "Cannot send an empty message")


def _check_rows(components: list[Json], files: frozenset[str], problems: Problems) -> None:
    check = Check(problems, files)
    if problems.length(("components",), components, 0, 5):
        check.each(components, ("components",), (ROW,))


def _check_v2(
    body: Json, components: list[Json], files: frozenset[str], problems: Problems
) -> None:
    for name in ("content", "embeds", "sticker_ids", "poll"):
        if body.get(name):
            text = f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
            problems.add((name,), code, text)
    Check(problems, files).each(components, ("components",), TOP_LEVEL_V2)
    everything = list(walk(components))
    if len(everything) > MAX_COMPONENTS:
        text = f"The total number of components in the message cannot exceed {MAX_COMPONENTS}"
        problems.add(("components",), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", text)
    if sum(map(len, texts_of(components))) > MAX_V2_TEXT:
        text = f"The total displayable text size of components cannot exceed {MAX_V2_TEXT}"
        problems.add(("components",), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", text)
    check_ids(everything, ("components",), problems)


def check_ids(everything: list[Json], path: Path, problems: Problems) -> None:
    """The optional numeric ids of components must differ; 0 stands for "none"."""
    ids = [one["id"] for one in everything if one.get("id")]
    if len(ids) != len(set(ids)):
        problems.add(path, "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated")


def _check_embeds(embeds: Any, problems: Problems) -> None:
    if not problems.length(("embeds",), embeds, 0, 10):
        return
    total = 0
    for index, embed in enumerate(embeds):
        total += _check_embed(embed, ("embeds", index), problems)
    if total > MAX_EMBEDS_TEXT:
        text = f"Embed size exceeds maximum size of {MAX_EMBEDS_TEXT}"
        problems.add(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", text)


def _check_embed(embed: Json, path: Path, problems: Problems) -> int:
    total = 0
    texts: list[tuple[Path, str | None, int]] = [
        ((name,), embed.get(name), high) for name, high in _EMBED_TEXTS
    ]
    texts.append((("footer", "text"), (embed.get("footer") or {}).get("text"), 2048))
    texts.append((("author", "name"), (embed.get("author") or {}).get("name"), 256))
    for where, text, high in texts:
        problems.length((*path, *where), text or "", 0, high)
        total += len(text or "")
    fields = embed.get("fields") or []
    if not problems.length((*path, "fields"), fields, 0, 25):
        return total
    for index, field in enumerate(fields):
        for name, high in (("name", 256), ("value", 1024)):
            problems.length((*path, "fields", index, name), field.get(name) or "", 1, high)
            total += len(field.get(name) or "")
    return total
