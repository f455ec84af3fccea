"""Eight weeks of one member, on every platform and both databases, kept as a transcript.

New York, from Columbus Day to the week after Thanksgiving: two contacts that never answer, one that
refers, one that calls back, one without a name at first, one dismissal; public holidays, a vacation
and the end of daylight-saving time. The golden file of each platform is to be read from start to
end: it should read like good coaching.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.goldens import check_golden
from tests.stages.base import Person, Stage
from tests.stages.discord import discord_stage
from tests.stages.slack import slack_stage
from tests.stages.web import web_stage

ZONE = "America/New_York"
FIRST, LAST = date(2026, 10, 12), date(2026, 12, 4)
PEOPLE = (
    "Robin Patel",
    "Kim Sato",
    "Sam Okafor",
    "Maya Cruz",
    "Bruce Hale",
    "Wayne",
    "Joe Park",
    "Lee Chen",
)
START = datetime.combine(FIRST, time(10), tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
STAGES: dict[str, Callable[[str, Path], AbstractAsyncContextManager[Stage]]] = {
    "slack": lambda url, _: slack_stage(url, START),  # by HTTP: see tests/test_scenario.py
    "discord": lambda url, _: discord_stage(url, START),
    "playground": lambda url, folder: web_stage(url, START, folder),
}


@pytest.fixture(params=sorted(STAGES))
async def played(
    request: pytest.FixtureRequest, database_url: str, tmp_path: Path
) -> AsyncIterator[tuple[str, Play]]:
    """The platform's name, and the member on it."""
    async with STAGES[request.param](database_url, tmp_path) as stage:
        dana = await stage.person("dana", zone=ZONE)
        yield request.param, Play(stage, dana)


class Play:
    """The member's weeks, written down as they see them."""

    def __init__(self, stage: Stage, dana: Person) -> None:
        self.stage = stage
        self.dana = dana
        self.lines: list[str] = []
        self.read = len(dana.private())

    async def says(self, verb: str, /, **options: str) -> None:
        """Type a command; a form that opens is written down as one."""
        typed = ", ".join(f"{name}: {value}" for name, value in options.items())
        self._note(f"> /followup {verb} {typed}".rstrip())
        self._note(await self.dana.command(verb, **options) or self.dana.form)

    async def presses(self, label: str, on: str) -> None:
        """Press a button."""
        self._note(f"> [{label}] at {on}")
        answer = await self.dana.press(label, on=on)
        self._note(answer)

    async def fills(self, **fields: str) -> None:
        """Send the open form."""
        self._note("> " + ", ".join(f"{name}: {value}" for name, value in fields.items()))
        self._note(await self.dana.fill(**fields))

    async def morning(self, day: date) -> str:
        """Half past eight of that day; the digest, if one comes."""
        local = datetime.combine(day, time(8, 30), tzinfo=ZoneInfo(ZONE))
        await self.stage.move_to(local.astimezone(UTC) - timedelta(minutes=1))
        assert len(self.dana.private()) == self.read, "nothing comes before the hour"
        await self.stage.move_to(local.astimezone(UTC))
        new = self.dana.private()[self.read :]
        assert len(new) <= 1, "at most one message a day"
        if not new:
            return ""
        self.read += 1
        self._note(f"\n=== {day:%A %-d %B}, 8:30 ===\n{new[0]}")
        return new[0]

    def transcript(self) -> str:
        """Everything that was said, and what came."""
        return "\n".join(self.lines).strip() + "\n"

    def _note(self, text: str) -> None:
        self.lines.append(text)


async def test_eight_weeks_read_like_good_coaching(played: tuple[str, Play]) -> None:
    name, play = played
    await _adds_everybody(play)
    events = _events(play)
    arrived: list[date] = []
    for number in range(1, (LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=number)
        digest = await play.morning(day)
        if digest:
            arrived.append(day)
        happens = events.get(day)
        if happens is not None:
            await happens()
        if digest:
            await _sends_what_is_due(play)
    await play.says("list", show="all")
    await play.says("preview", who="Robin Patel")
    _nothing_on_days_that_do_not_count(arrived)
    check_golden(f"eight_weeks/{name}.txt", play.transcript())


async def _adds_everybody(play: Play) -> None:
    await play.says("add", who="Robin Patel @ Acme", about="data PM", via="email", urgency="urgent")
    await play.says("add", who="Kim Sato @ Globex", via="linkedin", trust="none")
    await play.says("add", who="Sam Okafor @ Initech", via="phone", priority="high")
    await play.says("add", who="Maya Cruz @ Umbrella", about="analytics", when="next Friday")
    await play.says("add", who="@ Wayne", about="operations lead")
    await play.says("add", who="Joe Park @ Stark", note="met at the meetup", via="email")
    await play.says("insight", who="Robin Patel", text="they are moving their reports to dbt")


def _events(play: Play) -> dict[date, Callable[[], Awaitable[None]]]:
    """What happens on some days besides sending what is due."""
    return {
        date(2026, 10, 19): lambda: _wayne_gets_a_name(play),
        date(2026, 10, 22): lambda: _sam_refers(play),
        date(2026, 10, 27): lambda: _maya_will_be_called_back(play),
        date(2026, 10, 29): lambda: _joe_dismisses(play),
        date(2026, 11, 2): lambda: _goes_on_vacation(play),
        date(2026, 11, 16): lambda: _sends_by_draft(play),
    }


async def _wayne_gets_a_name(play: Play) -> None:
    await play.says("edit", who="Wayne")
    await play.fills(name="Bruce Hale", via="email")


async def _sam_refers(play: Play) -> None:
    await play.says(
        "replied", who="Sam", outcome="referred me", lead="Lee Chen @ Hooli", via="text"
    )


async def _maya_will_be_called_back(play: Play) -> None:
    await play.says("replied", who="Maya", outcome="call back", next="20 Nov", via="phone")
    await play.says("insight", who="Maya", text="two analysts left in the spring")


async def _joe_dismisses(play: Play) -> None:
    await play.says("replied", who="Joe", outcome="dismissed", note="they hired from inside")


async def _goes_on_vacation(play: Play) -> None:
    await play.says("settings", pause="16 Nov")


async def _sends_by_draft(play: Play) -> None:
    await play.says("draft", who="Bruce Hale", via="email")
    await play.presses("Another angle", "Draft for Bruce Hale")
    await play.presses("Write on", "Draft for Bruce Hale")
    await play.fills(text="Hello Bruce, just checking in. Any update?")
    await play.presses("Write on", "Draft for Bruce Hale")
    text = "Hello Bruce, at Wayne you said the night shift is short. Here is a rota that saves two."
    await play.fills(text=text)
    await play.presses("Sent", "Draft for Bruce Hale")
    await play.says("show", who="Bruce Hale")


async def _sends_what_is_due(play: Play) -> None:
    """Press Sent on the first three rows of the digest as it stands; the others can wait."""
    for _ in range(3):
        due = [name for name in PEOPLE if _waits(name, play.dana.private()[-1])]
        if due:
            await play.presses("Sent", due[0])


def _waits(name: str, digest: str) -> bool:
    """Whether a row with this name still has its buttons."""
    rows = [row for row in digest.split("\n") if row.startswith(f"{name},")]
    return any(f"{name}, " in row and ": sent" not in row and "(#" in row for row in rows)


def _nothing_on_days_that_do_not_count(arrived: list[date]) -> None:
    assert all(day.weekday() < 5 for day in arrived), "no message on a weekend"
    assert not [d for d in arrived if date(2026, 11, 2) < d < date(2026, 11, 16)], "on vacation"
    assert len(arrived) >= 10
