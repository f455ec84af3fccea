"""The scenarios' playground stage itself, with the whole bot behind it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.stages.base import Person, Stage
from tests.stages.web import WebPerson, WebStage, web_stage

START = datetime(2026, 11, 23, 9, tzinfo=UTC)


def _keeps_the_contract(stage: WebStage, person: WebPerson) -> tuple[Stage, Person]:
    return stage, person


async def test_a_member_adds_presses_fills_in_and_comes_back_after_a_restart(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path}/squeaky.sqlite3"
    async with web_stage(url, START, tmp_path) as stage:
        robin = await stage.person("Robin")
        _keeps_the_contract(stage, robin)
        said = await robin.command("add", who="Dana Lee @ Acme", via="email", when="tomorrow")
        assert "Dana Lee" in said
        assert robin.private() == []
        await stage.move_to(START + timedelta(days=1))
        assert "Dana Lee" in robin.private()[0]
        await stage.restart()
        assert "[Sent] [They replied] [Draft] [Snooze] […]" in robin.private()[0]
        assert await robin.press("They replied", on="Dana Lee") == ""
        assert robin.form.startswith("They replied\n")
        await robin.fill(outcome="talking")
        assert robin.form == ""
        assert len(robin.private()) == 1
        assert "Undo" in robin.private()[0]
        sam = await stage.person("Sam", "Europe/Paris")
        assert sam.sees() == []
