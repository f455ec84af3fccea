"""The scenarios' Slack stage itself: people who type, press, fill in, and what they see."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.slack.service import SlackService
from core.reply import (
    Actions,
    Button,
    Choice,
    Field,
    FieldKind,
    Form,
    Menu,
    Message,
    Paragraph,
    Reply,
)
from core.text import say
from tests.stages import slack as stages
from tests.stages.base import Person, Stage
from tests.stages.slack_bench import DeskDouble, message, parcel, wall_clock

START = datetime(2026, 11, 24, 8, tzinfo=UTC)
SNOOZE = Menu("Snooze", (Button("+3 days", "z:1"), Button("+7 days", "z:2")), "m")


def ping(name: str, number: int) -> tuple[Paragraph, Actions]:
    row = Actions((Button("Sent", f"sent:t={number}"), SNOOZE))
    return Paragraph((say("{name}", name=name),)), row


DIGEST = Message((*ping("Dana", 1), *ping("Erin", 2)))
FORM = Form(
    "Edit",
    "edit:",
    (
        Field("name", "Name"),
        Field("via", "Via", FieldKind.CHOICE, choices=(Choice("Email", "email"),)),
        Field(
            "off", "Off", FieldKind.CHOICES, choices=(Choice("Mon", "mon"), Choice("Tue", "tue"))
        ),
    ),
)


class Bot:
    """A bot that sends one digest to everybody at each tick."""

    def __init__(self, desk: DeskDouble, **settings: Any) -> None:
        self.clock = self
        self.now = settings["squeaky_now"]
        self.service = SlackService(
            bot_token=settings["slack_bot_token"],
            app_token=settings["slack_app_token"],
            desk=desk,
            now=wall_clock,
            api_url=settings["slack_api_url"],
            watch=0.05,
        )

    def move_to(self, instant: datetime) -> None:
        self.now = instant

    async def start(self) -> None:
        await self.service.start()

    async def stop(self) -> None:
        await self.service.stop()

    async def tick(self) -> None:
        await self.service.messenger.send(parcel(DIGEST, key=self.now.isoformat()[:16]))


@pytest.fixture
def desk() -> DeskDouble:
    return DeskDouble()


@pytest.fixture
async def stage(desk: DeskDouble, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    async def make_bot(**settings: Any) -> stages.Bot:
        return Bot(desk, **settings)

    monkeypatch.setattr(stages, "_make_bot", make_bot)
    async with stages.slack_stage("sqlite://", START) as stage:
        yield stage


async def test_a_command_is_typed_as_a_line(stage: Stage, desk: DeskDouble) -> None:
    dana: Person = await stage.person("Dana")
    assert await dana.command("add", who="Erin @ Acme", via="email") == "Done."
    assert await dana.command("settings", hour="7:45") == "Done."
    assert await dana.command("list") == "Done."
    said = [asked.what for asked in desk.asked]
    assert said == ["add Erin @ Acme, via: email", "settings hour: 7:45", "list"]
    assert desk.asked[0].caller.zone == "Europe/Berlin"
    assert dana.sees() == ["Done."] * 3
    assert dana.private() == []


async def test_a_button_is_found_by_the_text_before_it(stage: Stage, desk: DeskDouble) -> None:
    dana = await stage.person("Dana")
    await stage.move_to(START)
    assert [text.splitlines()[0] for text in dana.private()] == ["Dana"]
    await dana.press("Sent", on="Erin")
    await dana.press("Sent", on="Dana")
    await dana.press("+7 days")
    assert [asked.what for asked in desk.asked] == ["sent:t=2", "sent:t=1", "z:2"]
    with pytest.raises(AssertionError, match="nothing has 'Gone'"):
        await dana.press("Gone")


async def test_a_form_is_filled_in_by_field(stage: Stage, desk: DeskDouble) -> None:
    wrong = Reply(message("No such name."), refused=True, field="name")
    desk.replies = [Reply(form=FORM), wrong, Reply(message("Saved."))]
    dana = await stage.person("Dana")
    assert await dana.command("edit", who="Erin") == ""
    assert dana.form.startswith("== Edit ==\nName: ")
    assert await dana.fill(name="x", via="email", off="mon, tue") == "Name: No such name."
    assert await dana.fill(name="Erin") == "Saved."
    assert dana.form == ""
    assert desk.asked[-1].values == {"name": "Erin", "via": "email", "off": "mon,tue"}


async def test_a_restart_keeps_the_people(stage: Stage) -> None:
    dana = await stage.person("Dana")
    await stage.restart()
    assert await dana.command("list") == "Done."
    assert await stage.person("Dana") is dana


@pytest.mark.parametrize("http", [False, True])
async def test_the_whole_bot_plays_on_it(tmp_path: Path, http: bool) -> None:
    async with stages.slack_stage(f"sqlite:///{tmp_path}/bot.db", START, http=http) as stage:
        dana: Person = await stage.person("Dana")
        added = await dana.command("add", who="Erin <Lee> @ R&D", about="payload", when="tomorrow")
        assert "Erin <Lee>" in added
        await stage.restart()
        assert "Erin <Lee>" in await dana.command("list", show="all")
        assert await dana.command("edit", who="Erin") == ""
        assert await dana.fill(about="data PM")
        await stage.move_to(START.replace(day=25, hour=12))
        assert any("Erin <Lee>" in text for text in dana.private())
        assert await dana.press("Sent", on="Erin")
