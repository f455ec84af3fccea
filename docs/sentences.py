"""Collects every sentence that people read, and brings the catalogues of languages up to date.

python -m docs.sentences [--check]

A sentence is found where the code says it: the first argument of `say`, `tr`, `Problem` and the
like, and what the declarations of requests hold. Translations are kept; what the code no longer
says is dropped, and what is new stands there untranslated until somebody has translated it.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from core.domain import words
from core.domain.clubs import words as club_words
from core.language import ENGLISH, LANGUAGES, path_of
from core.options import options_of
from core.requests import REQUESTS

ROOT = Path(__file__).parent.parent
SPOKEN_IN = ("core", "adapters")
WHOLE = {"say": 0, "tr": 0, "N_": 0, "note_of": 0, "Problem": 0}
"""Functions whose argument with that number is a sentence."""
PLURAL = {"trn": 0, "say_n": 0}
"""Functions that take one and many from that argument on."""
WORD = "word"
"""The context of what is chosen: an outcome, a channel, a pace."""
COMMAND = "command"
"""The context of names of commands and options, as Discord shows them."""
FORMS = {"es": "nplurals=2; plural=(n != 1);", "fr": "nplurals=2; plural=(n > 1);"}
"""How numbers choose a form. The one that CLDR has besides is for round millions."""
_UNSAID = tuple(
    f'"{name}'.encode()
    for name in ("Project-Id", "Report", "POT-", "PO-", "Last-", "Language-Team", "Generated")
)
"""Lines of a catalogue's head that change from day to day, or say nothing."""


@dataclass(frozen=True)
class Sentence:
    """One entry of a catalogue: where it is said, and its plural and context if it has them."""

    where: str
    one: str
    many: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What tells it apart from others."""
        return self.context, self.one


def sentences() -> list[Sentence]:
    """Every one, in the order of the files; the first of those that are alike."""
    found: dict[tuple[str, str], Sentence] = {}
    for sentence in (*_in_the_code(), *_declared(), *_words()):
        known = found.get(sentence.key)
        if known is None or (sentence.many and not known.many):
            found[sentence.key] = sentence
    return list(found.values())


def _in_the_code() -> Iterator[Sentence]:
    for folder in SPOKEN_IN:
        for path in sorted((ROOT / folder).rglob("*.py")):
            where = path.relative_to(ROOT).as_posix()
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield from _said(node, where)
        for path in sorted((ROOT / folder).rglob("*.html")):
            yield from _on_page(path)


def _on_page(path: Path) -> Iterator[Sentence]:
    """What a template says: it calls the same functions, each with a literal."""
    where = path.relative_to(ROOT).as_posix()
    template = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
    for call in template.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in WHOLE:
            (text,) = (one.value for one in call.args if isinstance(one, nodes.Const))
            yield Sentence(where, text)


def _said(call: ast.Call, where: str) -> Iterator[Sentence]:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if name in WHOLE:
        yield from (Sentence(where, text) for text in _texts(call, WHOLE[name]))
    elif name in PLURAL:
        both = (_texts(call, PLURAL[name]), _texts(call, PLURAL[name] + 1))
        yield from (Sentence(where, one, many) for one, many in zip(*both, strict=True))
    elif name == "trp":
        (context,) = _texts(call, 0)
        yield from (Sentence(where, text, context=context) for text in _texts(call, 1))
    elif name == "count":
        for one in _texts(call, 1):
            many = next(iter(_texts(call, 2)), f"{one}s")
            yield Sentence(where, f"{{count}} {one}", f"{{count}} {many}")


def _texts(call: ast.Call, place: int) -> list[str]:
    """The literals of an argument: one, or both of "this if so else that"."""
    if len(call.args) <= place:
        return []
    nodes: list[ast.expr] = [call.args[place]]
    texts = []
    while nodes:
        node = nodes.pop(0)
        if isinstance(node, ast.IfExp):
            nodes += [node.body, node.orelse]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
            texts.append(node.value)
    return texts


def _declared() -> Iterator[Sentence]:
    where = "core/requests"
    for kind in REQUESTS:
        if kind.command is not None:
            command = kind.command
            for text in (command.summary, command.title, command.submit):
                yield Sentence(where, text)
            for name in command.name.split():
                yield Sentence(where, name, context=COMMAND)
        for spec in options_of(kind):
            for text in (spec.label, spec.help, spec.picked):
                yield Sentence(where, text)
            yield Sentence(where, spec.name, context=COMMAND)
            yield from (Sentence(where, choice, context=WORD) for choice in spec.choices)


def _words() -> Iterator[Sentence]:
    for module in (words, club_words):
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, StrEnum) and thing is not StrEnum:
                for member in thing:
                    yield Sentence("core/domain/words.py", member.value, context=WORD)


def catalogue(language: str) -> bytes:
    """The file of a language as it should be: what was translated, and what is not yet."""
    kept = _kept(language)
    made = Catalog(
        locale=language,
        project="Squeaky",
        header_comment=f"# What Squeaky says in {LANGUAGES[language]}.",
        fuzzy=False,
    )
    made.mime_headers = [("Plural-Forms", FORMS[language])]
    for sentence in sentences():
        if not sentence.one:
            continue
        old = kept.get(sentence.one, sentence.context or None) if kept else None
        id = (sentence.one, sentence.many) if sentence.many else sentence.one
        fits = old is not None and isinstance(old.id, tuple) == bool(sentence.many)
        made.add(
            id,
            string=old.string if old is not None and fits else "",
            locations=[(sentence.where, 1)],
            context=sentence.context or None,
        )
    written = BytesIO()
    write_po(written, made, width=100, include_lineno=False)
    lines = written.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(_UNSAID))


def _kept(language: str) -> Catalog | None:
    path = path_of(language)
    if not path.exists():
        return None
    with path.open("rb") as file:
        return read_po(file, locale=language)


def stale() -> list[str]:
    """The languages whose catalogues lack a sentence, or hold one that nobody says any more."""
    others = [language for language in LANGUAGES if language != ENGLISH]
    return [one for one in others if not _is(path_of(one), catalogue(one))]


def _is(path: Path, content: bytes) -> bool:
    return path.exists() and path.read_bytes() == content


def main(arguments: list[str]) -> int:
    """Write the catalogues, or with --check only compare them; 1 when some are out of date."""
    found = stale()
    for language in found:
        if "--check" in arguments:
            print(
                f"{path_of(language).name} ({language}) is out of date: run "
                "`python -m docs.sentences`",
                file=sys.stderr,
            )
        else:
            path_of(language).parent.mkdir(parents=True, exist_ok=True)
            path_of(language).write_bytes(catalogue(language))
    return 1 if found and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
