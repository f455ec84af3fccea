"""Checks the components of messages: classic action rows and Components V2."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.loopback.discord.errors import Json, Path, Problems

ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
SELECTS = (3, 5, 6, 7, 8)
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 9, 10, 11, 12, 13, 14, 17
LABEL, UPLOAD, RADIO, CHECKBOXES, CHECKBOX = 18, 19, 21, 22, 23
TOP_LEVEL_V2 = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR, CONTAINER)
IN_CONTAINER = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR)
ANY_LENGTH = 10**9


def children(component: Json) -> Iterator[Json]:
    """The components directly inside one, in reading order."""
    yield from component.get("components") or []
    for key in ("accessory", "component"):
        if isinstance(component.get(key), dict):
            yield component[key]


def walk(components: list[Json]) -> Iterator[Json]:
    """Every component, nested ones included, in reading order."""
    for one in components:
        yield one
        yield from walk(list(children(one)))


@dataclass
class Check:
    """One walk over a tree of components. Notes problems, never raises by itself."""

    problems: Problems
    files: frozenset[str] = frozenset()
    modal: bool = False
    custom_ids: set[str] = field(default_factory=set)

    def kind(self, one: Any, path: Path, allowed: tuple[int, ...]) -> int | None:
        """The component's type if it may stand here."""
        kind = one.get("type") if isinstance(one, dict) else None
        if kind not in allowed:
            self.problems.choices((*path, "type"), allowed)
            return None
        return int(kind)

    def custom_id(self, one: Json, path: Path) -> None:
        """A custom id has 1 to 100 characters and is used once in a message or form."""
        value = one.get("custom_id")
        where = (*path, "custom_id")
        if value is None:
            self.problems.required(where)
        elif self.problems.length(where, value, 1, 100):
            if value in self.custom_ids:
                text = "Component custom id cannot be duplicated"
                self.problems.add(where, "COMPONENT_CUSTOM_ID_DUPLICATED", text)
            self.custom_ids.add(value)

    def row(self, row: Json, path: Path) -> None:
        """An action row: up to 5 buttons, or one select."""
        inside = row.get("components") or []
        if not self.problems.length((*path, "components"), inside, 1, 5):
            return
        width = sum(5 if one.get("type") in SELECTS else 1 for one in inside)
        for index, one in enumerate(inside):
            where = (*path, "components", index)
            kind = self.kind(one, where, (BUTTON, *SELECTS))
            if kind == BUTTON:
                self.button(one, where)
            elif kind:
                self.select(one, where)
            if width > 5 and kind in SELECTS:
                text = "The specified component exceeds the maximum width"
                self.problems.add(where, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", text)

    def button(self, one: Json, path: Path) -> None:
        """A button: by style it needs a custom id, a url or an sku; and a label or emoji."""
        style = one.get("style")
        if style not in range(1, 7):
            self.problems.choices((*path, "style"), range(1, 7))
        elif style == 5:
            self.link(one, path)
        elif style == 6:
            if not one.get("sku_id"):
                self.problems.required((*path, "sku_id"))
            return
        else:
            self.custom_id(one, path)
            if one.get("url"):
                text = "A url is not allowed for this button style"
                self.problems.add((*path, "url"), "BUTTON_COMPONENT_URL_NOT_ALLOWED", text)
        self.problems.length((*path, "label"), one.get("label") or "", 0, 80)
        if not one.get("label") and not one.get("emoji"):
            text = "A button must have a label or an emoji"
            self.problems.add(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", text)
        self.emoji(one, path)

    def link(self, one: Json, path: Path) -> None:
        """A link button: a url of a known scheme, at most 512 characters, and no custom id."""
        self.url(one.get("url"), (*path, "url"), ("http", "https", "discord"))
        if one.get("custom_id"):
            text = "A custom id and url cannot both be specified"
            self.problems.add(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", text)

    def emoji(self, one: Json, path: Path) -> None:
        """An emoji is a real one or a custom one with an id. Only plain letters are caught."""
        emoji = one.get("emoji")
        if emoji and not emoji.get("id") and re.search(r"[A-Za-z]|^$", emoji.get("name") or ""):
            where = (*path, "emoji", "name")
            self.problems.add(where, "COMPONENT_INVALID_EMOJI", "Invalid emoji")

    def url(self, value: object, path: Path, schemes: tuple[str, ...]) -> None:
        """A url with one of the schemes; `attachment://` must name an uploaded file."""
        text = value if isinstance(value, str) else ""
        if not text:
            self.problems.required(path)
        elif text.split("://")[0] not in schemes or "://" not in text:
            listed = "', '".join(schemes)
            text = (
                f"Scheme {text.split(':')[0]!r} is not supported. Scheme must be in ('{listed}')."
            )
            self.problems.add(path, "URL_TYPE_INVALID_SCHEME", text)
        elif text.startswith("attachment://") and text[13:] not in self.files:
            code = "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"
            self.problems.add(path, code, "The referenced attachment was not found")
        elif len(text) > 512 and "attachment" not in schemes:
            self.problems.length(path, text, 1, 512)

    def select(self, one: Json, path: Path) -> None:
        """A select menu of any kind; a string select brings its own options."""
        self.custom_id(one, path)
        self.problems.length((*path, "placeholder"), one.get("placeholder") or "", 0, 150)
        low, high = one.get("min_values", 1), one.get("max_values", 1)
        self.problems.number((*path, "min_values"), low, 0, 25)
        self.problems.number((*path, "max_values"), high, 1, 25)
        if self.modal:
            self.modal_select(one, path, low)
        if one.get("type") == STRING_SELECT:
            self.options(one, path, 1, 25)
            chosen = sum(bool(option.get("default")) for option in one.get("options") or [])
            if isinstance(high, int) and chosen > high:
                text = "The number of default options must not exceed max_values"
                self.problems.add(path, "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES", text)

    def modal_select(self, one: Json, path: Path, low: object) -> None:
        """In a form nothing can be disabled, and what is required needs at least one value."""
        if one.get("disabled"):
            text = "Components in a modal cannot be disabled"
            self.problems.add((*path, "disabled"), "COMPONENT_DISABLED_IN_MODAL", text)
        if low == 0 and one.get("required", True):
            text = "min_values must be at least 1 when required"
            self.problems.add((*path, "min_values"), "COMPONENT_REQUIRED_MIN_VALUES", text)

    def options(self, one: Json, path: Path, low: int, high: int) -> None:
        """Options: label, value and description of at most 100 characters, values unique."""
        options = one.get("options") or []
        if not self.problems.length((*path, "options"), options, low, high):
            return
        seen: set[str] = set()
        for index, option in enumerate(options):
            where = (*path, "options", index)
            self.problems.length((*where, "label"), option.get("label") or "", 1, 100)
            self.problems.length((*where, "value"), option.get("value") or "", 1, 100)
            self.problems.length((*where, "description"), option.get("description") or "", 0, 100)
            self.emoji(option, where)
            if option.get("value") in seen:
                text = "The specified option value is already used"
                code = "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"
                self.problems.add((*where, "value"), code, text)
            seen.add(str(option.get("value")))

    def each(self, listed: list[Json], path: Path, kinds: tuple[int, ...]) -> None:
        """Check every component of a list against what may stand there."""
        table: dict[int, Callable[[Json, Path], None]] = {
            ROW: self.row,
            BUTTON: self.button,
            SECTION: self.section,
            TEXT: self.text,
            THUMBNAIL: self.thumbnail,
            GALLERY: self.gallery,
            FILE: self.file,
            SEPARATOR: self.separator,
            CONTAINER: self.container,
        }
        for index, one in enumerate(listed):
            where = (*path, index)
            kind = self.kind(one, where, kinds)
            if kind is not None:
                table[kind](one, where)

    def text(self, one: Json, path: Path) -> None:
        """A text display must say something; the sum of all is checked elsewhere."""
        self.problems.length((*path, "content"), one.get("content") or "", 1, 4000)

    def section(self, one: Json, path: Path) -> None:
        """One to three texts beside a button or a thumbnail."""
        inside = one.get("components") or []
        if self.problems.length((*path, "components"), inside, 1, 3):
            self.each(inside, (*path, "components"), (TEXT,))
        accessory = one.get("accessory")
        if accessory is None:
            self.problems.required((*path, "accessory"))
        else:
            where = (*path, "accessory")
            kind = self.kind(accessory, where, (BUTTON, THUMBNAIL))
            if kind:
                (self.button if kind == BUTTON else self.thumbnail)(accessory, where)

    def thumbnail(self, one: Json, path: Path) -> None:
        """A small picture with an optional description."""
        media = one.get("media") or {}
        self.url(media.get("url"), (*path, "media", "url"), ("http", "https", "attachment"))
        self.problems.length((*path, "description"), one.get("description") or "", 0, 1024)

    def gallery(self, one: Json, path: Path) -> None:
        """One to ten pictures."""
        items = one.get("items") or []
        if self.problems.length((*path, "items"), items, 1, 10):
            for index, item in enumerate(items):
                self.thumbnail(item, (*path, "items", index))

    def file(self, one: Json, path: Path) -> None:
        """A file uploaded with this very message."""
        file = one.get("file") or {}
        self.url(file.get("url"), (*path, "file", "url"), ("attachment",))

    def separator(self, one: Json, path: Path) -> None:
        """A line or a gap."""
        if one.get("spacing", 1) not in (1, 2):
            self.problems.choices((*path, "spacing"), (1, 2))

    def container(self, one: Json, path: Path) -> None:
        """A framed group; containers do not nest."""
        inside = one.get("components") or []
        if self.problems.length((*path, "components"), inside, 1, ANY_LENGTH):
            self.each(inside, (*path, "components"), IN_CONTAINER)
        if one.get("accent_color") is not None:
            self.problems.number((*path, "accent_color"), one["accent_color"], 0, 0xFFFFFF)
