"""Every language: nothing is shown that no catalogue has, and nothing breaks that is twice as long.

A member whose language is nobody's (see `tests.tongue`) plays through what the bot can do, on every
platform, whose loopback server refuses what has no room. Whatever they are shown must be in their
language, but for what somebody typed, code and names.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.slack import patience
from core.caller import Account, Caller, Platform
from core.language import day_names, month_names, speaking
from core.options import Kind, options_of, typed_options
from core.requests import COMMANDS
from core.tongues import Tongues
from docs.sentences import sentences
from tests.loopback.discord import DiscordServer
from tests.people import Office
from tests.stages.base import PRIVATE, Person, Stage
from tests.stages.discord import DiscordPerson, discord_stage
from tests.stages.slack import SlackPerson, slack_stage
from tests.stages.slack_bench import bench
from tests.stages.web import WebPerson, web_stage
from tests.stages.web_page import Node, read_page
from tests.test_discord_kit import FakeDesk, running
from tests.tongue import CODE, doubled, tongue

__all__ = ["tongue"]

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
STAGES: dict[str, Callable[[str, Path], AbstractAsyncContextManager[Stage]]] = {
    "slack": lambda url, _: slack_stage(url, MONDAY),
    "discord": lambda url, _: discord_stage(url, MONDAY),
    "playground": lambda url, folder: web_stage(url, MONDAY, folder),
}
WORD = re.compile(r"[^\W\d_]{2,}")
OPTIONS = frozenset(one.name for request in COMMANDS for one in options_of(request))
"""What is typed before a colon, which help shows as it is typed."""
LITERAL = re.compile(
    rf"\*\*(?:{'|'.join(OPTIONS)})\*\*|"
    r"`[^`]*`|<[^>]*>|https?://\S+|\w+…|[\w-]+\.(?:csv|json|ics|png|pdf)|/followup[^\n]*"
    r"|[A-Z]{5}-[A-Z]{5}-[A-Z]{5}"
)
"""Code, moments, addresses, words that were cut off, files, commands and codes that link selves."""
CODE_WORDS = re.compile(
    "|".join(
        sorted(
            (
                re.escape(code)
                for one in sentences()
                for text in (one.one, one.many)
                for code in re.findall("`([^`{]*)`", text)
            ),
            key=len,
            reverse=True,
        )
    )
)
"""What stands between code marks in any sentence."""
SAYS = frozenset("text title placeholder description content label alt_text hint alt".split())
"""Where words stand in what a platform is sent."""
NAMES = frozenset(
    "Squeaky Slack Discord LinkedIn Gmail Outlook am Esperanto Español "
    "Français English CSV PDF PNG JSON "
    "Europe Berlin UTC OAuth Permissions job club general Dana Kim dana kim".split()
)
SHEET = b"Company,Position,Date Applied,Status\nZorblax,Quuxer,2026-11-02,Applied\n,,,\n"


class Abroad:
    """Somebody who speaks the language: what they type, and all that they have seen."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.typed: set[str] = set()
        self.seen: set[tuple[str, bool]] = set()

    async def types(self, verb: str, /, **options: str) -> str:
        """Use a command with values that nobody reads again, such as choices and days."""
        answer = await self.person.command(verb, **options)
        self.look()
        return answer or self.person.form

    async def says(self, verb: str, /, **options: str) -> str:
        """Use a command with words of their own."""
        self.knows(*options.values())
        return await self.types(verb, **options)

    async def presses(self, label: str, on: str = "") -> str:
        """Press a button by its English label."""
        answer = await self.person.press(doubled(label), on=on and doubled(on))
        self.look()
        return answer or self.person.form

    async def fills(self, **values: str) -> str:
        """Send the open form with words of their own."""
        self.knows(*values.values())
        answer = await self.person.fill(**values)
        self.look()
        return answer

    def look(self) -> None:
        """Remember all that is on the screen."""
        self.seen |= set(shown_to(self.person))

    def english(self) -> list[str]:
        """Words that they were shown in English, each with where it stood."""
        known = self.typed | NAMES | calendar_words()
        seen = {CODE_WORDS.sub("", text) if unmarked else text for text, unmarked in self.seen}
        found = {
            word: text
            for text in seen - OPTIONS
            for word in WORD.findall(LITERAL.sub(" ", text.replace("\\", "")))
            if word.isascii() and word not in known
        }
        return [f"{word}: {text}" for word, text in found.items()]

    def knows(self, *words: str) -> None:
        """Take these for words of their own."""
        self.typed |= {word for text in words for word in WORD.findall(text)}


def shown_to(person: Person) -> Iterator[tuple[str, bool]]:
    """Every text on somebody's screen, as the platform was sent it.

    With it whether code stands in it without marks.
    """
    match person:
        case SlackPerson():
            there = person._person
            views = [one for one in (there.view, there.home) if one is not None]
            yield from ((text, False) for one in views for text in one.errors.values())
            for sent in (
                *(one.content for one in views),
                *(m.blocks for m in there.sees if m.bot_id),
            ):
                yield from texts(sent)
        case DiscordPerson():
            human = person.human
            form = [{"title": human.modal.title}, human.modal.components] if human.modal else []
            for sent in (*form, *(one.components for one in human.sees)):
                yield from texts(sent)
        case WebPerson():
            yield from ((text, False) for text in page_texts(person.browser.page))


def texts(found: Any, key: str = "", *, unmarked: bool = False) -> Iterator[tuple[str, bool]]:
    """The words in what a platform was sent, but for what is marked as code."""
    if isinstance(found, dict):
        unmarked = unmarked or found.get("type") == "context"  # quiet text of Slack's
        if found.get("style") != {"code": True}:
            for name, one in found.items():
                yield from texts(one, name, unmarked=unmarked)
    elif isinstance(found, list):
        for one in found:
            yield from texts(one, key, unmarked=unmarked)
    elif isinstance(found, str) and key in SAYS:
        yield found, unmarked


def page_texts(page: Node) -> Iterator[str]:
    """The words of a page, also those that are only read aloud."""
    for node in page.all():
        if node.tag in ("script", "style", "code") or "typed" in node["class"]:
            continue
        yield from (one for one in node.inside if isinstance(one, str))
        told = ("alt", "aria-label", "title", "placeholder")
        yield from (
            value
            for name, value in node.attributes.items()
            if name in told or name in ("data-moment", "data-unsent", "data-stopped")
        )


def calendar_words() -> frozenset[str]:
    """Days and months, which are not ours but CLDR's."""
    names: list[str] = []
    for code in (CODE, "es"):
        with speaking(code):
            for width in ("wide", "abbreviated"):
                names += (*day_names(width), *month_names(width))
    return frozenset(word for name in names for word in WORD.findall(name))


@pytest.fixture(params=sorted(STAGES))
async def stage(request: pytest.FixtureRequest, tmp_path: Path, tongue: str) -> Any:
    async with STAGES[request.param](f"sqlite:///{tmp_path}/squeaky.sqlite3", tmp_path) as made:
        yield made


async def test_a_language_twice_as_long_is_spoken_throughout(stage: Stage) -> None:
    """What a member can ask for, what comes to them, and what they do wrong."""
    dana = Abroad(await stage.person("Dana", locale=CODE))
    dana.look()
    await _begins(dana)
    await _answers(stage, dana)
    await _everything_else(dana)
    assert dana.english() == []


async def _begins(dana: Abroad) -> None:
    await dana.types("help")
    await dana.says("add", who="Robin Patel @ Acme", about="Zorblax", via="email", when="tomorrow")
    await dana.says("add", who="@ Globex", about="Quuxer", urgency="urgent", when="tomorrow")
    await dana.types("add")
    await dana.fills(who="Robin Hale")


async def _answers(stage: Stage, dana: Abroad) -> None:
    """A full digest, and whatever one does with what is due."""
    for number in range(5):
        await dana.says("add", who=f"Mome Rath{number} @ Wabe{number}", when="tomorrow")
    await stage.move_to(MONDAY + timedelta(days=1))
    if isinstance(dana.person, SlackPerson):
        await dana.person.open_home()
    dana.look()
    await dana.types("list")
    await dana.presses("Sent", on="due")
    await dana.types("undo")
    await dana.says("sent", who="Robin Patel", angle="idea", note="Vorpal")
    await dana.types("replied", who="1")
    await dana.fills(outcome="referred me", lead="Nora Bell @ Initech", note="Snark")
    await dana.types("snooze", who="1", until="in 9 days")
    await dana.says("note", who="1", text="Boojum")
    await dana.says("insight", who="1", text="Jabberwock")
    await dana.types("show", who="1")
    await dana.types("preview", who="1")
    await dana.types("close", who="2")
    await dana.fills(reason="not interested")
    await dana.types("list", show="closed")
    await dana.types("list", show="all")
    await dana.types("reopen", who="2")
    await dana.types("edit", who="1")
    await dana.fills(about="Mimsy")
    await dana.types("draft", who="1", angle="result", via="email")
    await dana.types("draft", who="2", angle="help", via="phone")
    await dana.presses("Write on")
    await dana.fills(text="Bandersnatch frumious, brillig toves outgrabe.")


async def _everything_else(dana: Abroad) -> None:
    await dana.types("settings")
    await dana.presses("Change")
    await dana.fills(pause="20 Dec to 5 Jan")
    await dana.types("settings", hour="7:45", days_off="Friday", pace="gentle", digest="weekly")
    await dana.says("proof", text="Galumphing by 40%")
    await dana.says("proof", text="Uffish", by="Kim Sato", named="yes")
    await dana.types("proof")
    await dana.types("pitch", who="1")
    await dana.fills(problem="Slithy", change="Gimble", numbers="12 h to 2 h")
    await dana.types("stats")
    await dana.types("calendar")
    await dana.types("link")
    await dana.types("data export")
    await dana.types("data import")
    await dana.person.upload("list.csv", SHEET)
    dana.knows(SHEET.decode())
    dana.look()
    await dana.types("win", who="1")
    await dana.types("forget")
    names = [request.command.name for request in COMMANDS if request.command]
    for name in names if isinstance(dana.person, DiscordPerson) else names[:8]:
        await dana.types("help", topic=name)


@pytest.mark.parametrize("platform", ["slack", "discord"])
async def test_who_chose_it_hears_it_from_the_adapter_too(
    platform: str, tongue: str, tmp_path: Path
) -> None:
    """Where the platform speaks another: in forms, questions before a press, and what comes."""
    async with STAGES[platform](f"sqlite:///{tmp_path}/squeaky.sqlite3", tmp_path) as stage:
        person = await stage.person("Dana")
        await person.command("settings", language="Español")
        dana = Abroad(person)
        await dana.types("add")
        await dana.fills(who="Robin Hale", when="tomorrow")
        await dana.types("forget")
        await stage.restart()
        await stage.move_to(MONDAY + timedelta(days=1))
        dana.look()
        assert any("DàýDàý" in text or "dûédûé" in text for text, _ in dana.seen), "a digest came"
        assert dana.english() == []


async def test_a_page_says_its_language_and_those_of_its_messages(
    tongue: str, tmp_path: Path
) -> None:
    """The page is the browser's, a message the member's."""
    async with STAGES["playground"](f"sqlite:///{tmp_path}/squeaky.sqlite3", tmp_path) as stage:
        dana = await stage.person("Dana", locale=CODE)
        await dana.command("settings", language="Español")
        assert isinstance(dana, WebPerson)
        page = dana.browser.page
        assert next(page.all("html"))["lang"] == CODE
        [message] = [node for node in page.all("div") if node.is_a("message")]
        assert message["lang"] == "es"
        async with dana.browser.http.get(f"{dana.browser.url}/file/none") as answer:
            assert answer.status == 404
            problem = read_page(await answer.text())
        assert next(problem.all("html"))["lang"] == CODE
        assert doubled("That file is not kept any more.") in problem.words()


async def test_what_goes_wrong_is_said_in_it_too(stage: Stage) -> None:
    dana = Abroad(await stage.person("Dana", locale=CODE))
    for verb, options in WRONG:
        await dana.says(verb, **options)
    assert dana.english() == []


WRONG: tuple[tuple[str, dict[str, str]], ...] = (
    ("show", {"who": "Xyzzy"}),
    ("sent", {"who": "Xyzzy"}),
    ("undo", {}),
    ("add", {"who": "Q" * 90}),
    ("add", {"who": "Plugh @ Quux", "when": "blurgsday"}),
    ("snooze", {"who": "1", "until": "never"}),
    ("close", {"who": "1", "reason": "not interested"}),
    ("close", {"who": "1", "reason": "not interested"}),
    ("settings", {"zone": "Atlantis"}),
    ("settings", {"hour": "25:99"}),
    ("settings", {"most": "99"}),
    ("link", {"code": "WXYZ"}),
    ("club join", {}),
    ("club goal", {"pings": "2"}),
    ("club totals", {}),
    ("club ask", {"organization": "Frobnitz"}),
)


async def test_a_club_speaks_it(stage: Stage) -> None:
    """A week of two members, of whom the first sets the club up."""
    people = [await stage.person(name, locale=CODE) for name in ("Dana", "Kim")]
    await stage.channel("job-club", *people)
    dana, kim = (Abroad(person.at("job-club")) for person in people)
    await dana.types("club setup")
    await dana.fills(name="Frabjous", kickoff="Monday 9:00", wrapup="Friday 16:00")
    for one, who in ((dana, "Robin Patel @ Acme"), (kim, "Sam Okafor @ Globex")):
        await one.types("club join", show="streak")
        await one.says("add", who=who, when="30 Nov")
        await one.types("club buddy", want="on")
        await one.types("club show")
    dana.typed |= kim.typed
    await stage.move_to(datetime(2026, 11, 30, 8, 0, tzinfo=UTC))
    for one, who in ((dana, "Robin"), (kim, "Sam")):
        await one.types("club goal", pings="1")
        await one.types("sent", who=who)
    await kim.says("club ask", organization="Initech")
    await kim.presses("Post it")
    await stage.move_to(datetime(2026, 11, 30, 8, 5, tzinfo=UTC))
    await dana.presses("I may know somebody")
    await dana.presses("Tell them that somebody may")
    for day, hour in ((1, 8), (4, 14), (4, 15), (7, 8)):
        await stage.move_to(datetime(2026, 12, day, hour, 0, tzinfo=UTC))
    await dana.types("club totals")
    await dana.types("win", who="Robin")
    await dana.presses("Tell the club")
    await dana.types("club leave")
    await dana.presses("Leave")
    await dana.types("club stop")
    for one in (dana, kim):
        one.person = one.person.at(PRIVATE)
        one.look()
    kim.typed |= dana.typed
    dana.typed |= kim.typed
    assert dana.english() == []
    assert kim.english() == []


async def test_what_is_completed_is_in_it_too(office: Office, tongue: str) -> None:
    """While somebody types any option of any command."""
    dana = office.member()
    caller = replace(dana.caller(), locale=tongue)
    await office.desk.line("add Robin Patel @ Acme", caller)
    shown = {
        f"{request.verb} {spec.name}: {one.label}"
        for request in COMMANDS
        for spec in typed_options(request)
        if spec.kind not in (Kind.ZONE, Kind.COMMAND)  # names of places and of commands
        for one in await office.desk.suggest(request.verb, spec.name, "", caller)
    }
    known = NAMES | calendar_words() | {"Robin", "Patel", "Acme"}
    words = {word: one for one in shown for word in WORD.findall(one.partition(": ")[2])}
    assert len(shown) > 50
    assert [one for word, one in words.items() if word.isascii() and word not in known] == []


async def test_who_chose_it_waits_in_it_and_hears_of_a_fault_in_it(
    tongue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the desk has looked them up, or when it can't: it knows what it spoke last."""
    monkeypatch.setattr(patience, "MOMENT", 0.05)
    async with bench(RuntimeError("no database")) as b:
        dana = Caller(Account(Platform.SLACK, b.dana.user.team_id, b.dana.id), locale="en-US")
        b.desk.tongues.heard(dana, tongue)
        b.desk.pause = asyncio.Event()
        answer = await b.dana.slash("/followup", "list")
        await answer.wait_for(doubled("One moment, I am at it."))
        b.desk.pause.set()
        await answer.wait_for(doubled("Something went wrong on my side"))
    desk = FakeDesk(fault=RuntimeError("no database"))
    async with await DiscordServer.start() as server, running(server, desk):
        await server.wait_for_commands()
        ann = server.user("ann", locale=tongue)
        told = await ann.command("followup list")
        assert doubled("Something went wrong on my side") in told.text


def test_the_languages_of_those_heard_from_last_are_remembered() -> None:
    tongues = Tongues(most=1)
    ann, bob = (Caller(Account(Platform.WEB, "", name), locale="fr-CA") for name in ("ann", "bob"))
    assert tongues.of(ann) == "fr"
    tongues.heard(ann, "es")
    assert tongues.of(ann) == "es"
    tongues.heard(bob, "en")
    assert (tongues.of(ann), tongues.of(bob)) == ("fr", "en")
    tongues.heard(bob, "fr")
    assert tongues.of(bob) == "fr"
