"""Four weeks of two clubs, on every platform and both databases, kept as a transcript.

Seven members in one club, two in another, one of them in both. The golden file of each platform is
to be read from start to end: what the channels read and what each member got in private, in the
order in which it came.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.goldens import check_golden
from tests.stages.base import PRIVATE, Can, Person, Stage
from tests.stages.discord import discord_stage
from tests.stages.slack import slack_stage
from tests.stages.web import web_stage

ZONE = "Europe/Berlin"
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 30)
HOURS = (time(8, 30), time(9), time(12), time(16))
JOB, EVENING = "job-club", "evening-club"
PEOPLE = ("Dana", "Kim", "Ben", "Ravi", "Mona", "Luis", "Ida", "Zoe")
SECRETS = (
    "Robin", "Sam Okafor", "Lou Reyes", "Maya", "Joe Park", "Wayne", "Globex", "Umbrella",
    "Stark", "Hooli", "reporting", "robin@acme.example", "Acme", "ACME",
)  # fmt: skip
"""Contacts, organizations and notes that nobody shares with a channel."""
LINK = re.compile(r" -> \S+\]")
"""Where a button leads: people have other ids in each run."""
STAGES: dict[str, Callable[[str, Path], AbstractAsyncContextManager[Stage]]] = {
    "slack": lambda url, _: slack_stage(url, START),
    "discord": lambda url, _: discord_stage(url, START),
    "playground": lambda url, folder: web_stage(url, START, folder),
}


class Play:
    """The clubs' weeks, written down as they are seen."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.people: dict[str, Person] = {}
        self.lines: list[str] = []
        self.channels = [JOB, EVENING]
        self._read: dict[str, int] = {}

    async def begin(self) -> None:
        """Everybody is there, in the channels of their clubs."""
        for name in PEOPLE:
            self.people[name] = await self.stage.person(name, zone=ZONE)
        first = [self.people[name] for name in PEOPLE[:-1]]
        await self.stage.channel(JOB, *first)
        await self.stage.channel(EVENING, self.people["Zoe"], self.people["Ida"])
        self._news()
        self.lines.clear()

    def in_(self, channel: str, name: str) -> Person:
        """A member who looks at one channel."""
        return self.people[name].at(channel)

    async def says(self, name: str, verb: str, channel: str = JOB, /, **options: str) -> str:
        """Type a command; a form that opens is written down as one."""
        typed = ", ".join(f"{key}: {value}" for key, value in options.items())
        self._note(f"\n{name} in {channel}> /followup {verb} {typed}".rstrip())
        person = self.in_(channel, name)
        answer = await person.command(verb, **options) or person.form
        self._note(answer)
        return answer

    async def presses(self, name: str, label: str, on: str, channel: str = JOB) -> str:
        """Press a button."""
        self._note(f"\n{name} in {channel}> [{label}] at {on}")
        person = self.in_(channel, name)
        answer = await person.press(label, on=on) or person.form
        self._note(answer)
        return answer

    async def fills(self, name: str, channel: str = JOB, /, **fields: str) -> str:
        """Send the open form."""
        told = ", ".join(f"{key}: {value}" for key, value in fields.items())
        self._note(f"\n{name} in {channel}> {told}")
        answer = await self.in_(channel, name).fill(**fields)
        self._note(answer)
        return answer

    async def go_to(self, day: date, hour: time) -> None:
        """Go on to a moment, and write down what came."""
        local = datetime.combine(day, hour, tzinfo=ZoneInfo(ZONE))
        await self.stage.move_to(local.astimezone(UTC))
        for where, text in self._news():
            self._note(f"\n=== {day:%A %-d %B}, {hour:%-H:%M}: {where} ===\n{text}")

    async def day(self, day: date, after: time = time(0)) -> None:
        """All that comes on a day, from an hour on."""
        for hour in HOURS:
            if hour > after:
                await self.go_to(day, hour)

    def arrivals(self) -> None:
        """Write down what came meanwhile."""
        for where, text in self._news():
            self._note(f"\n=== {where} ===\n{text}")

    def transcript(self) -> str:
        """Everything that was said, and what came."""
        return "\n".join(self.lines).strip() + "\n"

    def _news(self) -> list[tuple[str, str]]:
        seen = {f"#{channel}": self.stage.shown(channel) for channel in self.channels}
        seen |= {f"to {name}": person.private() for name, person in self.people.items()}
        found = [
            (where, text)
            for where, each in seen.items()
            for text in each[self._read.get(where, 0) :]
        ]
        self._read = {where: len(each) for where, each in seen.items()}
        return found

    def _note(self, text: str) -> None:
        self.lines.append(LINK.sub("]", text))


@pytest.fixture(params=sorted(STAGES))
async def play(
    request: pytest.FixtureRequest, database_url: str, tmp_path: Path
) -> AsyncIterator[Play]:
    async with STAGES[request.param](database_url, tmp_path) as stage:
        made = Play(stage)
        await made.begin()
        yield made


async def test_four_weeks_of_two_clubs(play: Play) -> None:
    await _clubs_begin(play)
    await _first_week(play)
    await _second_week(play)
    await play.stage.restart()
    await _third_week(play)
    await _fourth_week(play)
    for channel in (JOB, EVENING):
        read = "\n".join(play.stage.shown(channel))
        assert not [word for word in SECRETS if word in read]
        assert "Ben" not in read, "hidden"
    check_golden(f"four_weeks/{play.stage.name}.txt", play.transcript())


async def _clubs_begin(play: Play) -> None:
    await play.says("Dana", "club setup")
    await play.fills("Dana", name="Tuesday Club", kickoff="Monday 9:00", wrapup="Friday 16:00")
    await play.says("Dana", "club setup", midweek="Wednesday 12:00")
    await play.presses("Dana", "Tell the channel", on="Nobody has joined yet")
    await play.go_to(date(2026, 11, 24), time(11))
    await play.presses("Kim", "Join", on="This channel has a club now")
    await play.presses("Kim", "Join, show my streak", on="Join Tuesday Club?")
    await play.says("Ben", "club join", show="hidden")
    for name in ("Dana", "Ravi", "Mona", "Luis", "Ida"):
        await play.says(name, "club join", show="counts")
    await play.says("Zoe", "club setup", EVENING, name="Evening Club", wrapup="Thursday 16:00")
    await play.says("Zoe", "club join", EVENING, show="streak")
    await play.says("Ida", "club join", EVENING, show="hidden")
    for name, who, when in (
        ("Dana", "Robin Patel @ Acme", "30 Nov"),
        ("Dana", "Sam Okafor @ Globex", "1 Dec"),
        ("Kim", "Lou Reyes @ Umbrella", "30 Nov"),
        ("Ben", "Maya Cruz @ Stark", "1 Dec"),
        ("Ravi", "Joe Park @ Hooli", "30 Nov"),
        ("Mona", "@ Wayne", "30 Nov"),
        ("Ida", "Robin Hale @ Umbrella", "2 Dec"),
        ("Zoe", "Sam Okafor @ Stark", "30 Nov"),
    ):
        await play.says(name, "add", who=who, when=when)


async def _first_week(play: Play) -> None:
    await play.go_to(MONDAY, time(8, 30))
    await play.go_to(MONDAY, time(9))
    await play.presses("Dana", "Pick my goal", on="a new week")
    await play.presses("Dana", "2", on="Your goal in Tuesday Club")
    for name in ("Kim", "Ben", "Ravi"):
        await play.says(name, "club goal", pings="1")
    await play.says("Zoe", "club goal", EVENING, pings="1")
    await play.says("Dana", "sent", who="Robin", note="two ways to cut your reporting time")
    for name, who in (("Kim", "Lou"), ("Ben", "Maya"), ("Zoe", "Sam")):
        await play.says(name, "sent", who=who)
    await play.day(MONDAY, after=time(9))
    await play.day(MONDAY + timedelta(days=1))
    await play.says("Dana", "sent", who="Sam", angle="idea")
    await play.day(MONDAY + timedelta(days=2))
    for name in ("Mona", "Luis"):
        await play.says(name, "club join", matches="yes")
    await play.says("Mona", "add", who="Kim Sato @ Acme", when="8 Dec")
    await play.says("Luis", "add", who="Robin Patel @ ACME Inc.", when="9 Dec")
    await play.day(MONDAY + timedelta(days=3))
    await play.presses("Mona", "Tell them who I am", on="Somebody else in", channel=PRIVATE)
    await play.presses("Luis", "Tell them who I am", on="Somebody else in", channel=PRIVATE)
    await play.day(MONDAY + timedelta(days=4))


async def _second_week(play: Play) -> None:
    monday = MONDAY + timedelta(days=7)
    for name in ("Dana", "Kim", "Ravi"):
        await play.says(name, "club buddy", want="on")
    await play.says("Ravi", "club buddy", nudge="2")
    await play.says("Ben", "settings", pause="14 Dec")
    await play.day(monday)
    await play.presses("Dana", "I'll nudge", on="this week", channel=PRIVATE)
    await play.presses("Kim", "We talked", on="this week", channel=PRIVATE)
    await play.says("Kim", "club goal", pings="1")
    await play.says("Kim", "sent", who="Lou")
    await play.says("Ravi", "club ask", organization="Initech")
    await play.presses("Ravi", "Post it", on="would read in its channel")
    await play.day(monday + timedelta(days=1))
    await play.presses("Kim", "I may know somebody", on="would value an introduction at Initech")
    await play.presses("Kim", "Tell them that somebody may", on="at Initech")
    await play.day(monday + timedelta(days=2))
    await play.presses("Ravi", "Yes, tell them who I am", on="at Initech", channel=PRIVATE)
    await play.day(monday + timedelta(days=3))
    await play.presses("Kim", "Hand it over", on="asked about Initech", channel=PRIVATE)
    await play.fills("Kim", PRIVATE, whom="Nora Bell, head of data, say hello from me")
    await play.presses("Kim", "A good word for them", on="has it now", channel=PRIVATE)
    await play.fills("Kim", PRIVATE, word="Ravi asks the right questions.", named="yes")
    await play.day(monday + timedelta(days=4))


async def _third_week(play: Play) -> None:
    monday = MONDAY + timedelta(days=14)
    await play.day(monday)
    await play.says("Luis", "club leave")
    await play.presses("Luis", "Leave", on="Leave Tuesday Club?")
    await play.says("Mona", "win", who="Wayne")
    await play.presses("Mona", "Tell the club", on="You landed it")
    await play.fills("Mona", text="Thank you all. It took 14 weeks and 61 pings.")
    await play.presses("Mona", "Post it with my name", on="would read in its channel")
    await play.presses("Mona", "Stay to help", on="You landed it")
    await play.says("Dana", "club goal", pings="1")
    await play.day(monday + timedelta(days=1))
    await play.says("Dana", "sent", who="Robin")
    for number in (2, 3, 4):
        await play.day(monday + timedelta(days=number))


async def _fourth_week(play: Play) -> None:
    monday = MONDAY + timedelta(days=21)
    await play.day(monday)
    for name in ("Dana", "Ravi"):
        await play.says(name, "club goal", pings="1")
    for number in (1, 2, 3, 4):
        await play.day(monday + timedelta(days=number))
    await play.says("Dana", "club totals")
    await play.says("Dana", "club show")
    await play.says("Zoe", "club show", EVENING)
    await play.says("Kim", "club show")


async def test_what_happens_to_a_channel_and_who_is_in_it(play: Play) -> None:
    """Renamed, archived, left, taken from the bot and given back: nothing is lost or told."""
    stage, dana = play.stage, play.people["Dana"]
    await play.says("Dana", "club setup", name="Tuesday Club")
    for name in ("Dana", "Kim", "Ben"):
        await play.says(name, "club join", show="counts")
        await play.says(name, "add", who="Robin Patel @ Acme", when="30 Nov")
    await play.go_to(MONDAY, time(9))
    for name in ("Dana", "Kim", "Ben"):
        await play.says(name, "club goal", pings="1")
        await play.says(name, "sent", who="Robin")
    channel = JOB
    if Can.RENAME in stage.can:
        channel = "job-search"
        await stage.rename(JOB, channel)
    play.channels = [channel]
    if Can.LEAVE in stage.can:
        await play.people["Ben"].leave(channel)
    if Can.DEACTIVATE in stage.can:
        await play.people["Kim"].deactivate()
    await play.go_to(MONDAY + timedelta(days=4), time(14, 30))
    await play.go_to(MONDAY + timedelta(days=4), time(16))
    board = stage.shown(channel)[-1]
    assert "Dana" in board
    assert "Ben" not in board or Can.LEAVE not in stage.can
    assert "Kim" not in board or Can.DEACTIVATE not in stage.can
    if Can.REMOVE_BOT not in stage.can:
        return
    await stage.remove_bot(channel)
    await play.go_to(MONDAY + timedelta(days=7), time(9))
    await play.go_to(MONDAY + timedelta(days=7), time(9, 1))
    told = "\n".join(dana.private())
    assert "I can't write in the channel of Tuesday Club." in told
    before = len(stage.shown(channel))
    await stage.invite_bot(channel)
    await play.go_to(MONDAY + timedelta(days=7), time(9, 5))
    assert "a new week" in stage.shown(channel)[-1]
    assert len(stage.shown(channel)) == before + 1
    if stage.name == "discord":  # it refused what was posted while the bot was away
        stage.server.refusals.clear()  # type: ignore[attr-defined] # the loopback Discord
