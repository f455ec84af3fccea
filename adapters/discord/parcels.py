"""A parcel as what Discord is sent, and by what it is known again in a conversation."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import discord
from discord.http import MultipartParameters

from adapters.discord.render import ALT, Component, components_with
from core.domain.deliveries import Parcel
from core.reply import File

_TO_NOBODY = discord.AllowedMentions.none().to_dict()
_FLAGS = discord.MessageFlags(components_v2=True).value


def params_of(parcel: Parcel, *, pictures: bool = True) -> MultipartParameters:
    """The post, with the parcel's key as its nonce. It pings nobody, whatever is in it."""
    files = parcel.files if pictures else ()
    payload: dict[str, Any] = {
        "components": shown(parcel, pictures=pictures),
        "flags": _FLAGS,
        "nonce": parcel.key,
        "enforce_nonce": True,
        "allowed_mentions": _TO_NOBODY,
    }
    if not files:
        return MultipartParameters(payload=payload, multipart=None, files=None)
    attached = [discord_file(file) for file in files]
    payload["attachments"] = [file.to_dict(number) for number, file in enumerate(attached)]
    parts: list[dict[str, Any]] = [{"name": "payload_json", "value": json.dumps(payload)}]
    for number, (file, made) in enumerate(zip(files, attached, strict=True)):
        parts.append(
            {
                "name": f"files[{number}]",
                "value": made.fp,
                "filename": made.filename,
                "content_type": file.media_type,
            }
        )
    return MultipartParameters(payload=None, multipart=parts, files=attached)


def shown(parcel: Parcel, *, pictures: bool = True) -> list[Component]:
    """The components of a parcel's message, its pictures below it."""
    return components_with(parcel.message, parcel.files if pictures else ())


def discord_file(file: File) -> discord.File:
    """A file, to be read once: each try sends a new one."""
    return discord.File(BytesIO(file.content), file.name, description=file.alt[:ALT] or None)


@dataclass(frozen=True)
class Trait:
    """By what a message is known again.

    `texts` have their spaces evened out; `digests` are those that its buttons name.
    """

    texts: tuple[str, ...]
    custom_ids: frozenset[str]
    digests: frozenset[str]

    def resembles(self, other: Trait, *, since: bool) -> bool:
        """Whether it may be the same message, part of which has changed since.

        Words and buttons tell only of messages `since` the attempt.
        """
        same_line = self._first_line() == other._first_line() != ""
        alike = same_line or bool(self.custom_ids & other.custom_ids)
        return (since and alike) or bool(self.digests & other.digests)

    def _first_line(self) -> str:
        return self.texts[0].split("\n")[0].strip() if self.texts else ""


def trait_of(parts: Iterable[Mapping[str, Any]]) -> Trait:
    """The trait of a message with these components."""
    everything = list(_walk(parts))
    texts = [_evened(str(one["content"])) for one in everything if one.get("content")]
    ids = [str(one["custom_id"]) for one in everything if one.get("custom_id")]
    digests = [found[1] for id in ids if (found := _DIGEST.search(id))]
    return Trait(tuple(texts), frozenset(ids), frozenset(digests))


_DIGEST = re.compile(r"[:&]v=(d[0-9]+)\b")


def _evened(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))


def _walk(parts: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for one in parts:
        yield one
        yield from _walk(one.get("components") or ())
