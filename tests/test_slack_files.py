"""Files on Slack that can't be sent or fetched: said in words, and nothing is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.store.database import Store
from core.store.upgrade import upgrade
from tests.stages.slack import SlackStage, slack_stage

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[SlackStage]:
    url = f"sqlite:///{tmp_path / 'squeaky.sqlite3'}"
    store = Store(url)
    await upgrade(store)
    await store.close()
    async with slack_stage(url, MONDAY) as opened:
        yield opened


async def test_without_leave_to_send_files_it_is_said_who_can_give_it(stage: SlackStage) -> None:
    dana = await stage.person("dana")
    stage.server.team().scopes.remove("files:write")
    await dana.command("export")
    assert "add the scope files:write" in "\n".join(dana.sees()).replace("`", "")
    assert await dana.files() == {}
    stage.server.ledger.refusals.clear()


async def test_without_leave_to_read_files_nothing_is_taken_for_a_list(stage: SlackStage) -> None:
    """Slack answers with its page to log in, which is no file of the member's."""
    dana = await stage.person("dana")
    stage.server.team().scopes.remove("files:read")
    await dana.command("import")
    assert "did not reach me" in await dana.upload("list.csv", b"Company\nAcme\n")
