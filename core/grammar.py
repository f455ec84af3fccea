"""Chat text to request and back: "Dana Lee @ Acme, email, in 3 days".

A line becomes a mapping of field names to text, exactly as a form or typed options are; one
function then makes the request. Days are read later, at the desk, where the member's zone is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from core.building import build
from core.commanding import command_meant
from core.domain.days import may_name_a_day
from core.domain.names import clean_lines
from core.domain.zones import zone_named
from core.language import N_, spoken, tr
from core.options import Kind, Option, Request, options_of, typed_options
from core.parts import keyed, new_who, parts_of
from core.problem import Problem
from core.recognizing import WORDS, choice_for, recognizes
from core.reply import Button
from core.requests import BY_VERB, COMMANDS, Add, Club, Help
from core.tokens import token

__all__ = [
    "SYNONYMS",
    "VERBS",
    "WORDS",
    "Leftover",
    "build",
    "choice_for",
    "read_line",
    "read_values",
    "request_kind",
    "typed_values",
    "unknown_command",
    "usage",
]

VERBS = {kind.command.name: kind for kind in COMMANDS if kind.command} | {
    "club": Club,
    "data": Help,
}
"""The commands as they are typed; some have two words, and their first alone shows something."""
GROUPS = frozenset(name.split()[0] for name in VERBS if " " in name)
FIRST = frozenset(name.split()[0] for name in VERBS)
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
    "remove": "close",
    "delete": "close",
    "drop": "close",
    "wrote": "sent",
    "mailed": "sent",
    "emailed": "sent",
    "called": "sent",
    "texted": "sent",
    "messaged": "sent",
    "learned": "insight",
    "dates": "preview",
    "next": "preview",
    "pause": "settings",
    "away": "settings",
    "back": "settings",
    "setting": "settings",
    "export": "data export",
    "import": "data import",
    "unlink": "link",
    "?": "help",
}
MEANT = {"due": "due", "today": "due", "back": "pause: no", "data": "data", "unlink": "unlink"}
"""What some words say besides their command."""
LIKE = 0.75
"""How alike a word and a command must be, 0 to 1, for the one to be offered for the other."""
DATED = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\.?")
LONGEST_TAIL = 8
"""Words of the longest day or choice that may follow a name without a comma."""


class Leftover(Problem):
    """Words that fit no field; what was understood so far is kept."""

    def __init__(
        self, kind: type[Request], values: Mapping[str, str], part: str, example: str
    ) -> None:
        super().__init__(
            N_("I don't know what to do with “{part}”. Say which it is, as in `{example}`."),
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
    if verb not in FIRST | SYNONYMS.keys():
        verb = command_meant(verb, FIRST) or verb
    if verb in GROUPS:
        verb, rest = _of_group(verb, rest)
    kind = VERBS.get(SYNONYMS.get(verb, verb))
    if kind is None:
        if re.search(r"(^|\s)@\s?\S", words):
            return Add, read_values(Add, words)
        raise unknown_command(head)
    rest = MEANT.get(verb, rest)
    if verb in ("pause", "away"):
        rest = f"pause: {rest.removeprefix('until ')}"
    return kind, read_values(kind, rest)


def _of_group(group: str, rest: str) -> tuple[str, str]:
    """The command of two words, and what follows it. Raises Problem for an unknown second word."""
    second, *following = rest.split(maxsplit=1) or [""]
    if not second:
        return group, ""
    word = second.lower().rstrip(",")
    seconds = {verb.split()[1] for verb in VERBS if verb.startswith(f"{group} ")}
    name = f"{group} {word if word in seconds else command_meant(word, seconds)}"
    if name not in VERBS:
        raise unknown_command(f"{group} {second}")
    return name, "".join(following)


def read_values(kind: type[Request], text: str) -> dict[str, str]:
    """The values in what follows a command.

    The first field is positional, but who is new may be named after other parts.
    """
    specs = typed_options(kind)
    new = bool(specs) and specs[0].kind is Kind.NEW_WHO
    loose, values = keyed(specs, re.sub(r"\s*[\n;]\s*", ", ", text) if new else text)
    parts = parts_of(loose)
    if new:
        parts = new_who(specs, values, parts)
    elif parts and specs and specs[0].name not in values and not _is_loose(specs, parts[0]):
        values[specs[0].name] = parts.pop(0)
        _split_off_tails(specs, values)
    for part in parts:
        _put(kind, specs, values, part)
    return values


def _is_loose(specs: tuple[Option, ...], part: str) -> bool:
    """Whether the first part of "settings weekly" is for another field than the positional one."""
    if specs[0].kind is not Kind.ZONE or zone_named(part) is not None:
        return False
    return any(recognizes(spec, part) for spec in specs[1:])


def _put(kind: type[Request], specs: tuple[Option, ...], values: dict[str, str], part: str) -> None:
    """Give a part to its field; what fits none is for the field that takes the rest."""
    spec = _fitting(specs, values, part)
    if spec is None or (spec.kind is not Kind.LONG and _is_second(specs, values, part, spec)):
        raise Leftover(kind, values, part, _example(specs, part))
    kept = values.get(spec.name)
    values[spec.name] = f"{kept}, {part}" if kept else part


def _is_second(
    specs: tuple[Option, ...], values: Mapping[str, str], part: str, chosen: Option
) -> bool:
    """Whether the words are a second day or a second channel: no matter to write about."""
    others = [spec for spec in specs if spec is not chosen and spec.name in values]
    return any(recognizes(spec, part, exact=True) for spec in others)


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


def unknown_command(word: str) -> Problem:
    """What to say to a command that does not exist."""
    near = get_close_matches(word.lower(), [*VERBS, *SYNONYMS], n=1, cutoff=LIKE)
    group = word.lower().split()[0] if word.split() else ""
    if not near and group in GROUPS:
        near = [group]
    if near:
        verb = SYNONYMS.get(near[0], near[0])
        help_button = Button(tr("Help on {command}", command=verb), token(Help(topic=verb)))
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
            if spec.name not in values and _ends(spec, tail):
                return " ".join(words[:cut]), spec.name, tail
    return None


def _ends(spec: Option, tail: str) -> bool:
    """Whether it is this field's; a day that must be named may also be one like 4/5."""
    if recognizes(spec, tail):
        return True
    wanted = spec.kind is Kind.DAY and spec.required
    return wanted and any(map(str.isdigit, tail)) and may_name_a_day(tail, spoken())


def _is_dated(spec: Option, part: str) -> bool:
    return (
        spec.kind is Kind.DAY
        and DATED.fullmatch(part) is not None
        and may_name_a_day(part, spoken())
    )


def _fitting(specs: tuple[Option, ...], values: Mapping[str, str], part: str) -> Option | None:
    """The field that a part of a line is for: the first free one that recognizes it.

    A part of its own such as 4/5 is meant as a day, though it is none in the middle of a line.
    """
    for spec in specs:
        if spec.name not in values and (recognizes(spec, part) or _is_dated(spec, part)):
            return spec
    return next((spec for spec in specs if spec.rest), None)


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
