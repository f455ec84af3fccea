"""No sentence for members stands in the code unless a catalogue has it.

A literal with words in it must be an argument of what speaks from the catalogues, or of one of the
kinds below, each with the reason why no member reads it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from core.options import Command, options_of
from core.requests import REQUESTS

ROOT = Path(__file__).parent.parent
FOLDERS = ("core/voice", "core/usecases", "core/pictures", "core/requests", "adapters")
SAYS_WORDS = re.compile(
    r"[A-Za-z]{2,}['’,.:;!?]*\s+[A-Za-z]|(?<![\w-])[A-Z][a-z]+['’.…:]?\s*$"
    r"|^[,;(]?\s+[a-z]{2,}\s*$"
)
"""Two words in a row, one that begins like a label, or one that joins others."""
SPOKEN = frozenset("say say_n tr trn trp N_ note_of Problem count".split())
"""What speaks from the catalogues: `docs.sentences` collects its literals."""
CALLS = {
    **dict.fromkeys("debug info warning error report told".split(), "goes to the log"),
    **dict.fromkeys("getLogger create_task".split(), "a name within the process"),
    **dict.fromkeys("Later Unknown Dead".split(), "an outcome, which only the log tells"),
    **dict.fromkeys(
        "ValueError RuntimeError Lost NoToken BoltError __init__".split(), "a fault, for the log"
    ),
    **dict.fromkeys("compile split".split(), "what is looked for in a text"),
    **dict.fromkeys("get setdefault set_cookie".split(), "a header or a cookie"),
    **dict.fromkeys(
        "joinpath files PackageLoader get_template _page File".split(), "a file's name"
    ),
}
"""Calls whose literals no member reads, and what those are."""
NAMES = {
    "OPERATORS IN_MANY _COPY _REINSTALL _ASK_AGAIN _SUSPENDED": "read by whoever runs the bot",
    "_TOO_MANY reason": "an outcome, which only the log tells",
    "_NEWS": "goes to the log",
    "HEADERS _FOREVER": "a header",
    "NAME BOT": "what the bot is called",
    "WEEKDAYS WEEK_DAYS DAYS": "a choice, kept in English; `word` says it",
    "metadata __all__ _FONTS FAMILY REGULAR BOLD": "a name that a program reads",
}
"""What literals are assigned to that no member reads as they stand."""
FILES = {
    "adapters/slack/check.py": "read by whoever runs the bot",
    "adapters/slack/check_many.py": "read by whoever runs the bot",
    "adapters/slack/manifest.py": "Slack shows a manifest in one language",
    "adapters/discord/diagnosis.py": "read by whoever runs the bot",
    "core/voice/draft_english.py": "English grammar, which other languages pass by",
}
TEXTS = {
    "Squeaky": "its name",
    "You": "whoever has not said a name; `views.shown_names` says it",
    "DejaVu Sans": "a font",
    "digest here": "what is typed",
    " to ": "what is typed between two days",
    " days": "what is typed after a number",
    ", and ": "looked for in English alone",
    "The club in ": "read by whoever runs the bot",
    " in workspace ": "read by whoever runs the bot",
    "response_url answered ": "a fault of Slack's, which the log tells",
    " add Dana Lee @ Acme, email, in 3 days": "what is typed",
    "Not found.": "for a program: no page asks for such a file",
    "Authorization": "a header",
    "Bearer ": "a header",
    "Location": "a header",
    "ui.TextInput[ui.Modal] | ui.Select[ui.Modal] | ui.FileUpload[ui.Modal]": "a type",
    "discord.Message | discord.MessageSnapshot": "a type",
}
"""What is left, and why it may be."""
DECLARED = frozenset(
    text
    for request in REQUESTS
    for text in (
        *(str(value) for value in vars(request.command or Command("", "")).values()),
        *(request.command.examples if request.command else ()),
        *(text for one in options_of(request) for text in (one.label, one.help, one.picked)),
        *(text for one in options_of(request) for text in (*one.hints, *one.aliases)),
    )
)
"""What declarations hold: `docs.sentences` collects it, and whoever shows it says it."""


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_sentence_is_from_a_catalogue(folder: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        if path.relative_to(ROOT).as_posix() not in FILES
        for line, text in unspoken(path.read_text(encoding="utf-8"))
        if not (folder == "core/requests" and text in DECLARED)
    ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        'Button("Show all", token)',
        'Heading(f"{count} pings due")',
        'x = "Done."',
        'say(tr("Sent") + " to them")',
        'Refused(404, "There is no such thing here.")',
        '", then ".join(parts)',
        'def f(what="Next ping"): pass',
    ],
)
def test_a_sentence_that_is_hard_coded_is_found(code: str) -> None:
    assert list(unspoken(code))


def unspoken(code: str) -> Iterator[tuple[int, str]]:
    """Literals with words that no catalogue has, by their lines."""
    tree = ast.parse(code)
    above = {inner: outer for outer in ast.walk(tree) for inner in ast.iter_child_nodes(outer)}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            continue
        if SAYS_WORDS.search(node.value) and node.value not in TEXTS:
            around = [node, *_around(node, above)]
            if not _is_said(around) and not any(map(_explains, around[1:], around)):
                yield node.lineno, node.value


def _around(node: ast.AST, above: dict[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    while node in above:
        node = above[node]
        yield node


def _is_said(around: list[ast.AST]) -> bool:
    """Whether it is itself what is said: no part of something that is put together."""
    outer = next(node for node in around[1:] if not isinstance(node, ast.IfExp))
    match outer:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in SPOKEN
    return False


def _explains(outer: ast.AST, inner: ast.AST) -> bool:
    """Whether what a literal stands in says that it is spoken, or that nobody reads it."""
    match outer:
        case ast.Expr():
            return isinstance(inner, ast.Constant)  # a docstring
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in CALLS
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return any(name in names.split() for names in NAMES) or inner is _annotation(outer)
        case ast.arg() | ast.Subscript():
            return True  # of a type, or a key
        case ast.FunctionDef(returns=returns) | ast.AsyncFunctionDef(returns=returns):
            return inner is returns
        case ast.Compare():
            return True
    return False


def _annotation(node: ast.AST) -> ast.AST | None:
    return node.annotation if isinstance(node, ast.AnnAssign) else None


LETTERS = re.compile(r"[A-Za-z]{2,}")
PAGE = {
    "Squeaky": "its name",
    "Squeaky:": "its name",
    "in 3 days, Friday, 1 Dec": "what is typed",
    **dict.fromkeys(("landing", "outcome", "text"), "a class"),
}


def test_every_word_on_a_page_is_from_a_catalogue() -> None:
    found = []
    pages = sorted((ROOT / "adapters/web/templates").glob("*.html"))
    for path in [one for one in pages if not one.name.startswith("privacy_text")]:  # of the docs
        template = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
        shown = "".join(one.data for one in template.find_all(nodes.TemplateData))
        shown = re.sub(r"<svg.*?</svg>|<!doctype html>", "", shown, flags=re.DOTALL)
        words = re.sub(r"<[^<>]*>|[\w-]+=\"[^\"]*\"?", " ", shown)
        told = re.findall(r"(?:aria-label|placeholder|alt|title)=\"([^\"]+)\"", shown)
        found += [
            f"{path.name}: {one}"
            for one in [*words.split("\n"), *told]
            if LETTERS.search(one) and one.strip() not in PAGE
        ]
    assert found == []
