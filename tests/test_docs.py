"""The docs say what is so: links lead somewhere, commands can be typed, settings exist."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from adapters.discord.diagnosis import PERMISSIONS, invitation
from adapters.discord.standing import NEEDED
from adapters.slack.scopes import SCOPES
from bot.__main__ import _parser
from bot.settings import Settings
from bot.wiring import TIDY_EVERY
from core.departures import KEPT as LEFT
from core.domain.clubs.organizing import LEAST
from core.domain.linking import GOOD_FOR
from core.grammar import SYNONYMS, VERBS, build, read_line
from core.mailroom import ARRIVALS_KEPT, DELIVERIES_KEPT, KEPT_KEPT
from core.store.linking import KEPT as CODES_KEPT
from core.store.tables import Base
from core.usecases.parting import FRESH
from docs.make import made

ROOT = Path(__file__).parent.parent
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in DOCS}
WHOLE = "\n".join(TEXTS.values())

LINK = re.compile(r"!?\[(?P<words>[^\]]*)\]\((?P<to>[^)\s]+)\)")
MAKE = re.compile(r"(?:^|`)make ([a-z]+)\b", re.MULTILINE)
BOT = re.compile(r"(?:^|`)[ \t]*(?:\.venv/bin/)?python -m bot([^`\n]*)", re.MULTILINE)
MODULE = re.compile(r"python -m (docs\.[a-z]+)")
FOLLOWUP = re.compile(r"(?:^|`)/followup([^`\n]*)", re.MULTILINE)
SETTING = re.compile(r"`([A-Z][A-Z]+_[A-Z_]+|PLAYGROUND)(?:=[^`]*)?`|^\s*([A-Z]+_[A-Z_]+)=", re.M)
FILE = re.compile(r"`((?:core|adapters|bot|deploy|docs|tests)/[\w./-]*)`")

FOR_MEMBERS = ("README.md", "docs/guide.md", "docs/clubs.md", "docs/privacy.md")

SETTINGS = {name.upper() for name in Settings.model_fields}
NOT_SETTINGS = {"UPDATE_GOLDEN", "APPLICATION_ID", "POSTGRES_PASSWORD"}
"""Names in capitals that are no settings of the bot."""

FORBIDDEN = re.compile(
    r"/root/|/home/|/tmp/|pypi\.org|pythonhosted|registry\.|(?<!no-emit-)index-url",
    re.IGNORECASE,
)
"""Where it was written, and which registry it was fetched from, is nobody's business."""

HERE = Path(__file__)
READABLE = {".md", ".py", ".toml", ".txt", ".json", ".html", ".css", ".js", ".lock", ".example", ""}
LEFT_OUT = {".git", ".venv", "__pycache__", "golden"}
LARGEST_PICTURE = 200_000
"""Bytes; whoever clones the repository fetches every one of them."""


def named(pattern: re.Pattern[str], text: str = WHOLE) -> list[str]:
    """What the first group that matched says, wherever the pattern occurs; each once."""
    found = (next(group for group in match.groups() if group) for match in pattern.finditer(text))
    return sorted(set(found))


def test_what_the_bot_asks_for_is_told() -> None:
    readme = TEXTS["README.md"]
    table = readme.partition("| scopes | what for |")[2].partition("\n\n")[0]
    first = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    assert sorted(re.findall(r"`([a-z:]+)`", " ".join(first))) == sorted(SCOPES)
    assert discord.Permissions(**dict.fromkeys(NEEDED, True)) == PERMISSIONS
    for permission in NEEDED.values():
        assert permission in readme
    link = invitation(12345, "").replace("12345", "APPLICATION_ID")
    assert parse_qs(urlsplit(link).query) in [
        parse_qs(urlsplit(found).query) for found in re.findall(r"https://discord\S+", readme)
    ]


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_every_link_leads_to_a_file(name: str) -> None:
    folder = (ROOT / name).parent
    for link in LINK.finditer(TEXTS[name]):
        target = link["to"].partition("#")[0]
        if target and not target.startswith(("https://", "http://")):
            assert (folder / target).is_file(), f"{name} links to {target}"
            assert not Path(target).is_absolute()


def test_every_picture_is_shown_described_and_small() -> None:
    shown = {
        Path(link["to"]).name: link["words"]
        for link in LINK.finditer(WHOLE)
        if link[0].startswith("!")
    }
    pictures = list((ROOT / "docs" / "images").iterdir())
    assert set(shown) == {path.name for path in pictures}
    for path in pictures:
        content = path.read_bytes()
        width, height = struct.unpack(">II", content[16:24])
        assert content.startswith(b"\x89PNG")
        assert width > 300
        assert height > 150
        assert len(content) < LARGEST_PICTURE, f"{path.name} has {len(content)} bytes"
        assert len(shown[path.name].split()) > 8, f"{path.name} needs words"


def test_every_picture_that_is_shown_exists() -> None:
    for name, text in TEXTS.items():
        for link in LINK.finditer(text):
            if link[0].startswith("!"):
                assert ((ROOT / name).parent / link["to"]).is_file(), f"{name} shows {link['to']}"


def test_every_page_is_reached_from_the_readme() -> None:
    linked = {link["to"].partition("#")[0] for link in LINK.finditer(TEXTS["README.md"])}
    assert {name for name in TEXTS if name != "README.md"} <= linked


HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def anchors(text: str) -> set[str]:
    """What a page can be linked to at, as GitHub names its headings."""
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(text))
    return {heading.replace(" ", "-") for heading in kept}


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_every_link_into_a_page_leads_to_a_heading(name: str) -> None:
    for link in LINK.finditer(TEXTS[name]):
        page, _, anchor = link["to"].partition("#")
        if anchor and not page.startswith(("https://", "http://")):
            path = ((ROOT / name).parent / page).resolve() if page else ROOT / name
            assert anchor in anchors(path.read_text(encoding="utf-8")), f"{name}: {link['to']}"


DURATIONS = {
    "All that is yours, after the bot was removed from every workspace where you used it": LEFT,
    "A club whose channel was closed": LEFT,
    "Which messages were sent to you, and whether they arrived": DELIVERIES_KEPT,
    "What waits for your answer: a draft, a file that you sent, a name that fits two people": (
        KEPT_KEPT
    ),
    "The mark that a press or a command was dealt with, so that it counts once": ARRIVALS_KEPT,
    "A code of `/followup link` that nobody entered": GOOD_FOR,
    "The fingerprint of a code that was entered": CODES_KEPT,
}
"""The rows of the page on privacy that have an end, with the constants that the code has."""


def in_words(span: timedelta) -> str:
    """A duration in its largest whole unit: "30 days", "1 hour"."""
    seconds = int(span.total_seconds())
    units = (("day", 86_400), ("hour", 3_600), ("minute", 60))
    unit, size = next((unit, size) for unit, size in units if seconds % size == 0)
    count = seconds // size
    return f"{count} {unit}{'s' if count > 1 else ''}"


def test_privacy_says_how_long_as_the_code_has_it() -> None:
    text = TEXTS["docs/privacy.md"]
    table = text.partition("| what | how long |\n| --- | --- |\n")[2].partition("\n\n")[0]
    rows = dict(row.strip("| ").split(" | ") for row in table.splitlines())
    assert rows.pop("All that you told it") == "until you erase it"
    assert rows == {what: in_words(span) for what, span in DURATIONS.items()}
    assert f"tidies up every {in_words(TIDY_EVERY)}" in text
    assert f"In the first {in_words(FRESH)} after you joined" in text
    assert f"The {in_words(LEFT)} are there because" in text
    backup = (ROOT / "deploy" / "squeaky-backup.service").read_text(encoding="utf-8")
    (nights,) = re.findall(r"-mtime \+(\d+)", backup)
    assert f"sets up go after {nights} days" in text
    assert f"Groups of fewer than {('no', 'one', 'two', 'three', 'four', 'five')[LEAST]}" in text


def test_privacy_tells_of_every_kind_of_thing_that_is_kept() -> None:
    """Every table, and what the page calls it. A new one is written down there, and here."""
    told = {
        "members": "Your settings",
        "accounts": "Your account",
        "contacts": "The people and companies",
        "followups": "The people and companies",
        "touches": "What happened",
        "insights": "what you learned about a company",
        "proofs": "Your achievements",
        "changes": "What you changed",
        "kept_requests": "What waits for your answer",
        "arrivals": "The mark that a press",
        "deliveries": "Which morning messages were sent",
        "link_codes": "A code of `/followup link`",
        "clubs": "Your clubs",
        "organizers": "who looks after a club",
        "memberships": "what you agreed to show",
        "club_entries": "your weeks in counts",
        "club_weeks": "A club's past totals",
        "buddies": "your buddy",
        "club_posts": "what you asked or told a club",
        "offers": "whom you offered to introduce",
        "matches": "club mates who pursue the same company",
        "slack_installations": "Where workspaces add the bot by themselves",
        "lanes": "",
        "seals": "",
        "duties": "",
    }
    assert set(told) == set(Base.metadata.tables)
    for table, words in told.items():
        assert words in TEXTS["docs/privacy.md"], table


def test_every_make_target_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    wanted = named(MAKE)
    assert {"run", "test", "check"} <= set(wanted)
    assert set(wanted) <= targets


def test_every_command_line_is_one_that_the_bot_takes() -> None:
    lines = [match[1] for match in BOT.finditer(WHOLE)]
    assert len(lines) > 5
    for line in lines:
        _parser().parse_args(line.split())


def test_every_module_that_is_run_exists() -> None:
    for name in named(MODULE):
        assert (ROOT / f"{name.replace('.', '/')}.py").is_file(), name


def shape(page: str) -> list[tuple[str, list[str]]]:
    """Of each line its kind, and the code and the addresses in it: what no language changes."""
    lines = [line for line in page.splitlines() if line.strip()]
    kinds = [re.match(r"#+ |\| |- |", line) for line in lines]
    fixed = [re.findall(r"`[^`]+`|(?<=\]\()[^)]+", line) for line in lines]
    return [
        (kind[0] if kind else "", sorted(found)) for kind, found in zip(kinds, fixed, strict=True)
    ]


@pytest.mark.parametrize("language", ["es", "fr"])
def test_privacy_is_told_alike_in_each_language(language: str) -> None:
    """A change of one page is a change of all: who reads French is promised the same."""
    assert shape(TEXTS[f"docs/privacy.{language}.md"]) == shape(TEXTS["docs/privacy.md"])


def test_every_file_that_is_named_exists() -> None:
    for name in named(FILE):
        assert (ROOT / name).exists(), name


def examples() -> list[str]:
    """What follows `/followup` in what members read, each once."""
    pages = (TEXTS[name] for name in FOR_MEMBERS)
    return sorted({match[1].strip() for text in pages for match in FOLLOWUP.finditer(text)})


@pytest.mark.parametrize("line", examples())
def test_every_followup_that_members_read_is_understood(line: str) -> None:
    kind, values = read_line(line)
    assert build(kind, values) is not None
    assert not line or line.split()[0] in {*VERBS, *SYNONYMS}


@pytest.mark.parametrize("path", sorted(made()), ids=lambda path: path.name)
def test_what_is_made_from_the_code_is_as_made_now(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == made()[path], "run python -m docs.make"


def test_the_docs_name_settings_that_exist_and_the_readme_all_of_them() -> None:
    assert set(named(SETTING)) - NOT_SETTINGS <= SETTINGS
    # A row of the table may name several, each in its own backticks.
    assert set(re.findall(r"`([A-Z_]+)`", TEXTS["README.md"])) >= SETTINGS


def test_the_changelog_has_what_is_to_come() -> None:
    assert "\n## Unreleased\n" in TEXTS["CHANGELOG.md"]


def test_no_exclamation_marks() -> None:
    for name, text in TEXTS.items():
        prose = re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)
        assert "!" not in prose.replace("![", "["), name


def tracked() -> Iterator[Path]:
    """The files of the project that a person may read, this one left out."""
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") for part in parts[:-1]) and parts[0] != ".ci"
        if hidden or LEFT_OUT & set(parts) or path == HERE or not path.is_file():
            continue
        if path.suffix in READABLE and path.name != ".env":
            yield path


def test_nothing_says_where_it_was_written_or_fetched_from() -> None:
    paths = list(tracked())
    assert len(paths) > 100
    for path in paths:
        try:
            found = FORBIDDEN.search(path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            continue
        assert found is None, f"{path.relative_to(ROOT)}: {found[0]}"
