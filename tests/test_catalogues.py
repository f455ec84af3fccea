"""The catalogues: every sentence is there in every language, fits, and can be filled in."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from adapters.discord.commands import SUMMARY
from adapters.discord.localizing import LOCALES, MOST, NAMES, localized, size_of
from adapters.discord.on_message import NAME
from core.language import ENGLISH, LANGUAGES, path_of, speaking, tr, trp
from core.options import options_of
from core.requests import REQUESTS
from docs.sentences import COMMAND, WORD, stale
from tests.loopback.discord.commands import check_commands
from tests.test_discord_localizing import commands, every

ROOT = Path(__file__).parent.parent
OTHERS = [language for language in LANGUAGES if language != ENGLISH]
TITLE, LABEL, HELP, CHOICE, BUTTON, HEADING = 24, 45, 100, 75, 75, 150
"""Characters: the smaller limit of the platforms. Slack: titles and submits of forms, choices,
buttons, headers. Discord: labels of fields, and helps as descriptions of options."""
PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
CODE = re.compile(r"`([^`]*)`")
LABELS = {"Button": BUTTON, "LinkButton": BUTTON, "Menu": BUTTON, "PersonButton": BUTTON,
          "RoomButton": BUTTON, "Heading": HEADING}  # fmt: skip


@cache
def catalogue(language: str) -> Catalog:
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language)


def messages(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def forms_of(message: Message) -> list[tuple[str, str]]:
    """Each translated form with the English that it stands for."""
    if isinstance(message.id, tuple):
        one, many = message.id
        return [(many if n else one, form) for n, form in enumerate(message.string or ())]
    return [(str(message.id), str(message.string))]


def test_the_catalogues_are_those_of_the_code() -> None:
    assert stale() == [], "run `python -m docs.sentences`"


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_is_missing_or_doubtful(language: str) -> None:
    missing = [m.id for m in messages(language) if not all(form for _, form in forms_of(m))]
    doubtful = [m.id for m in messages(language) if m.fuzzy]
    plural = catalogue(language).num_plurals
    short = [m.id for m in messages(language) if m.pluralizable and len(m.string or ()) != plural]
    assert (missing, doubtful, short, list(catalogue(language).obsolete)) == ([], [], [], [])


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_filled_in_and_styled_is_the_same(language: str) -> None:
    wrong = [
        f"{english!r} -> {form!r}"
        for message in messages(language)
        for english, form in forms_of(message)
        if not _is_alike(english, form, plural=message.pluralizable)
    ]
    assert wrong == []


def _is_alike(english: str, form: str, *, plural: bool) -> bool:
    """Of one, the number may be a word: "un mensaje"."""
    needed, there = (set(PLACEHOLDER.findall(text)) for text in (english, form))
    filled = there == needed or (plural and there == needed - {"{count}"})
    marks = [tuple(text.count(mark) for mark in ("**", "__", "`")) for text in (english, form)]
    typed = [Counter(" ".join(code.split()[:2]) for code in CODE.findall(text) if code[:1] == "/")
             for text in (english, form)]  # fmt: skip
    edges = [(text[:1].isspace(), text[-1:].isspace()) for text in (english, form)]
    braces = PLACEHOLDER.sub("", form)
    pairs = (marks, typed, edges)
    same = all(ours == theirs for ours, theirs in pairs)
    return filled and same and "{" not in braces and "}" not in braces


@pytest.mark.parametrize("language", OTHERS)
def test_what_has_little_room_fits(language: str) -> None:
    with speaking(language):
        limits = list(_with_limits())
    long = [f"{len(said)} > {most}: {said}" for said, most in limits if len(said) > most]
    assert long == []


def _with_limits() -> Iterator[tuple[str, int]]:
    for request in REQUESTS:
        if request.command is not None:
            yield tr(request.command.title), TITLE
            yield tr(request.command.submit), TITLE
            yield tr(request.command.summary), HELP
        for spec in options_of(request):
            yield tr(spec.label), LABEL
            if len(spec.help) <= HELP:  # a longer one is cut in English as well
                yield tr(spec.help), HELP
            yield from ((trp(WORD, choice), CHOICE) for choice in spec.choices)
    yield from ((tr(text), most) for text, most in _labels())
    yield tr(NAME), 32
    yield tr(SUMMARY), HELP


@cache
def _labels() -> tuple[tuple[str, int], ...]:
    """What stands in the code as a label, with its limit."""
    found = []
    for path in sorted((ROOT / "core").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id=kind),
                    args=[ast.Call(func=ast.Name(id="tr"), args=[ast.Constant(value=text)]), *_],
                ) if kind in LABELS:
                    found.append((str(text), LABELS[kind]))
    return tuple(found)


def test_labels_are_found() -> None:
    assert len(_labels()) > 100


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_chosen_from_can_be_told_apart(language: str) -> None:
    with speaking(language):
        alike = [
            f"{request.verb} {spec.name}: {words}"
            for request in REQUESTS
            for spec in options_of(request)
            if len(words := {trp(WORD, choice).casefold() for choice in spec.choices})
            < len(spec.choices)
        ]
    assert alike == []


def test_discord_takes_every_name() -> None:
    """None breaks a rule or is that of another, so none had to stay English; and all of it fits."""
    ours = [localized(command) for command in commands()]
    check_commands(ours)
    assert max(map(size_of, ours)) <= MOST
    named = [one for command in ours for inner in command["options"] for one in every(inner)]
    english = []
    for language in OTHERS:
        with speaking(language):
            english += [
                f"{language}: {one['name']} is {trp(COMMAND, one['name'])}"
                for one in named
                if trp(COMMAND, one["name"]) != one["name"]
                and LOCALES[language][0] not in one.get(NAMES, {})
            ]
    assert english == []
