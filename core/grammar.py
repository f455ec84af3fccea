"""Chat text to request and back: "Dana Lee @ Acme, email, in 3 days".

A line becomes a mapping of field names to text, exactly as a form or typed options are; one
function then makes the request. Days are read later, at the desk, where the member's zone is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from itertools import pairwise

from core.domain.days import names_a_day
from core.domain.names import clean, clean_lines, is_legal_form
from core.options import Kind, Option, Request, options_of, typed_options
from core.problem import Problem
from core.reply import Button
from core.requests import BY_VERB, COMMANDS, Add, Help
from core.tokens import token

VERBS = {kind.verb: kind for kind in COMMANDS}
SYNONYMS = {
    "new": "add",
    "ls": "list",
    "today": "list",
    "due": "list",
    "view": "show",
    "send": "sent",
    "ping": "sent",
    "pinged": "sent",
    "done": "sent",
    "reply": "replied",
    "answered": "replied",
    "later": "snooze",
    "remind": "snooze",
    "stop": "close",
    "setting": "settings",
    "?": "help",
}
WORDS = {
    "mail": "email",
    "e-mail": "email",
    "call": "phone",
    "telephone": "phone",
    "sms": "text",
    "voicemail": "voice message",
    "voice": "voice message",
    "linked in": "linkedin",
    "dm": "chat",
    "slack": "chat",
    "discord": "chat",
    "whatsapp": "chat",
    "call me back": "call back",
    "callback": "call back",
    "rejected": "dismissed",
    "opportunity": "new opportunity",
    "mistake": "added by mistake",
    "landed": "landed a job",
    "important": "high",
    "no trust": "none",
}
LONGEST_TAIL = 6
"""Words of the longest day or choice that may follow a name without a comma."""
_ADDRESS = re.compile(
    r"[^@\s,]+@[^@\s,]+\.[^@\s,]+|https?://\S+|(?:www|linkedin)\.\S+|\+?[\d][\d ()./-]{5,}\d"
)


class Leftover(Problem):
    """Words that fit no field; what was understood so far is kept."""

    def __init__(
        self, kind: type[Request], values: Mapping[str, str], part: str, example: str
    ) -> None:
        super().__init__(
            "I don't know what to do with “{part}”. Say which it is, as in `{example}`.",
            part=part,
            example=example,
        )
        self.kind, self.values = kind, dict(values)


def read_line(text: str) -> tuple[type[Request], dict[str, str]]:
    """The command of a line and the values it gives.

    Raises Problem for an unknown command and for words that fit nothing.
    """
    words = clean_lines(text)
    head, *following = words.split(maxsplit=1)[:2] or [""]
    rest = "".join(following)
    verb = head.lower().lstrip("/")
    if not verb:
        return Help, {}
    kind = VERBS.get(SYNONYMS.get(verb, verb))
    if kind is None:
        if re.search(r"(^|\s)@\s?\S", words):
            return Add, read_values(Add, words)
        raise unknown_command(head)
    if verb in ("due", "today"):
        rest = "due"
    return kind, read_values(kind, rest)


def read_values(kind: type[Request], text: str) -> dict[str, str]:
    """The values in what follows a command. The first field is positional."""
    specs = typed_options(kind)
    loose, values = _keyed(specs, text)
    parts = _parts(loose)
    if parts and specs and specs[0].name not in values:
        values[specs[0].name] = parts.pop(0)
        _split_off_tails(specs, values)
    for part in parts:
        spec = _fitting(specs, values, part)
        if spec is None:
            raise Leftover(kind, values, part, _example(specs, part))
        kept = values.get(spec.name)
        values[spec.name] = f"{kept}, {part}" if kept else part
    return values


def typed_values(kind: type[Request], values: Mapping[str, str]) -> dict[str, str]:
    """The values of typed options or a form, where "who" may hold a whole line.

    What has an option of its own wins over what the line says.
    """
    spec = next((spec for spec in options_of(kind) if spec.kind is Kind.NEW_WHO), None)
    line = clean_lines(values.get(spec.name) or "") if spec is not None else ""
    if spec is None or not line:
        return dict(values)
    read = {**values, spec.name: line, **read_values(kind, line)}
    return read | {name: value for name, value in values.items() if value and name != spec.name}


def build(kind: type[Request], values: Mapping[str, str], **hidden: object) -> Request:
    """The request that these values make. `hidden` are fields without an option.

    Raises Problem, naming the field, for a value that is too long or not among the choices.
    """
    specs = {spec.name: spec for spec in options_of(kind)}
    unknown = [name for name in values if name not in specs]
    if unknown:
        raise Problem("I don't know the option “{name}”.", name=unknown[0])
    made = {name: _checked(specs[name], value) for name, value in values.items()}
    return kind(**made, **hidden)


def choice_for(spec: Option, text: str) -> str | None:
    """The one choice that the text means: itself, another word for it, or its beginning."""
    wanted = clean(text).lower().removeprefix("by ").removeprefix("via ")
    wanted = WORDS.get(wanted, wanted)
    for label in (spec.label.lower(), spec.name):
        wanted = wanted.removesuffix(f" {label}").removeprefix(f"{label} ")
    wanted = WORDS.get(wanted, wanted)
    exact = [choice for choice in spec.choices if choice.lower() == wanted]
    started = [c for c in spec.choices if len(wanted) > 2 and c.lower().startswith(wanted)]
    found = exact or started
    return found[0] if len(found) == 1 else None


def unknown_command(word: str) -> Problem:
    """What to say to a command that does not exist."""
    near = get_close_matches(word.lower(), [*VERBS, *SYNONYMS], n=1)
    if near:
        verb = SYNONYMS.get(near[0], near[0])
        help_button = Button(f"Help on {verb}", token(Help(topic=verb)))
        return Problem(
            "I don't know “{word}”. Did you mean `/followup {near}`?",
            word=word[:40],
            near=verb,
            choices=(help_button,),
        )
    return Problem(
        "I don't know “{word}”. To begin: `/followup add Dana Lee @ Acme`. "
        "For everything else: `/followup help`.",
        word=word[:40],
    )


def usage(kind: type[Request]) -> str:
    """A line that shows what may follow the command, as in `who[, angle][, note]`."""
    specs = typed_options(kind)
    return "".join(_slot(spec, first=n == 0) for n, spec in enumerate(specs))


def _slot(spec: Option, *, first: bool) -> str:
    name = spec.label.lower()
    text = name if first else f", {name}"
    return text if spec.required else f"[{text}]"


def _checked(spec: Option, value: str) -> str:
    text = clean_lines(value) if spec.kind is Kind.LONG else clean(value)
    if len(text) > spec.max_length:
        raise Problem(
            "{label}: {count} characters are too many; use {limit} at most.",
            field=spec.name,
            label=spec.label,
            count=len(text),
            limit=spec.max_length,
        )
    if not text or spec.kind not in (Kind.CHOICE, Kind.CHOICES):
        return text
    if spec.kind is Kind.CHOICES:
        return ", ".join(_chosen(spec, part) for part in _several(text))
    return _chosen(spec, text)


def _several(text: str) -> Iterable[str]:
    parts = re.split(r"\s*(?:,|;|\band\b)\s*", text)
    return [part for part in parts if part and part.lower() not in ("none", "no")]


def _chosen(spec: Option, text: str) -> str:
    choice = choice_for(spec, text)
    if choice is None:
        raise Problem(
            "{label}: “{text}” is not one of the choices. Use {allowed}.",
            field=spec.name,
            label=spec.label,
            text=text,
            allowed=", ".join(spec.choices),
        )
    return choice


def _keyed(specs: tuple[Option, ...], text: str) -> tuple[str, dict[str, str]]:
    """Take `key: value` pairs out of a line; what is left, and the pairs.

    A value ends at the next comma, or for long text at the next key.
    """
    names = {key: spec for spec in specs for key in _keys(spec)}
    if not names:
        return text, {}
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile(
        rf"(?:^|(?<=[,\s]))({'|'.join(map(re.escape, longest_first))})\s?:(?!//)\s*", re.IGNORECASE
    )
    matches = list(pattern.finditer(text))
    loose = [text[: matches[0].start()] if matches else text]
    values: dict[str, str] = {}
    for match, following in pairwise([*matches, None]):
        assert match is not None
        spec = names[match[1].lower()]
        value = text[match.end() : following.start() if following else None].strip().rstrip(",")
        if spec.kind not in (Kind.LONG, Kind.CHOICES):
            value, *after = _parts(value) or [""]
            loose += after
        values[spec.name] = value.strip()
    return ",".join(loose), values


def _parts(text: str) -> list[str]:
    """What stands between the commas; "Acme, Inc." is one part."""
    parts: list[str] = []
    for part in filter(None, map(str.strip, text.split(","))):
        if parts and is_legal_form(part):
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return parts


def _split_off_tails(specs: tuple[Option, ...], values: dict[str, str]) -> None:
    """Read "sent Dana email yesterday" without commas: its longest tails that other fields know."""
    first = specs[0].name
    if specs[0].kind is not Kind.WHO:
        return
    while (found := _tail(specs, values, values[first].split())) is not None:
        values[first], name, tail = found
        values[name] = tail


def _tail(
    specs: tuple[Option, ...], values: Mapping[str, str], words: list[str]
) -> tuple[str, str, str] | None:
    for cut in range(max(1, len(words) - LONGEST_TAIL), len(words)):
        tail = " ".join(words[cut:])
        for spec in specs:
            if spec.name not in values and _recognizes(spec, tail):
                return " ".join(words[:cut]), spec.name, tail
    return None


def _keys(spec: Option) -> set[str]:
    return {spec.name, spec.label.lower(), *spec.aliases}


def _fitting(specs: tuple[Option, ...], values: Mapping[str, str], part: str) -> Option | None:
    """The field that a part of a line is for: the first free one that recognizes it."""
    for spec in specs:
        if spec.name not in values and _recognizes(spec, part):
            return spec
    return next((spec for spec in specs if spec.rest), None)


def _recognizes(spec: Option, part: str) -> bool:
    match spec.kind:
        case Kind.CHOICE | Kind.CHOICES:
            return choice_for(spec, part) is not None
        case Kind.DAY:
            return names_a_day(part)
        case Kind.ADDRESS:
            return _ADDRESS.fullmatch(part) is not None
        case _:
            return False


def _example(specs: tuple[Option, ...], part: str) -> str:
    free = [spec for spec in specs[1:] if spec.kind is not Kind.CHOICE]
    name = free[0].name if free else specs[0].name if specs else "note"
    return f"{name}: {part[:40]}"


def request_kind(verb: str) -> type[Request]:
    """The request of a verb. Raises Problem when there is none."""
    kind = BY_VERB.get(verb)
    if kind is None:
        raise unknown_command(verb)
    return kind
