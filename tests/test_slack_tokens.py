"""Tokens of workspaces while the database comes and goes: none is lost, and a good one is used."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from adapters.slack import tokens
from core.domain.deliveries import Delivered, Later
from core.domain.installing import Installation
from core.installations import Installations
from core.store.tables import InstallationRow
from tests.stages.slack_town import Town, town_of
from tests.test_slack_many import (
    both_installed,
    expired,
    in_memory_it_is_good_no_more,
    rows,
    sent,
    until,
)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'one.sqlite3'}"


async def _due_soon(town: Town) -> None:
    """Let every token be good for an hour, which is when it is renewed."""
    async with town.bot.store.writing() as session:
        soon = datetime.fromtimestamp(time.time(), UTC) + timedelta(hours=1)
        await session.execute(update(InstallationRow).values(expires_at=soon))
    in_memory_it_is_good_no_more(town.bot)


async def test_a_new_token_is_written_down_once_the_database_is_back(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when that takes longer than anybody waits, and the lease can't be given back."""
    monkeypatch.setattr(tokens, "PAUSES", (0.01,))
    monkeypatch.setattr(tokens, "STEADILY", (0.05,) * 100)
    away: list[str] = ["for a while"]
    renewed, done = Installations.renewed, Installations.done_renewing

    async def write(kept: Installations, before: Installation, after: Installation) -> bool:
        if away:
            raise OSError("away")
        return await renewed(kept, before, after)

    async def give_back(kept: Installations, team: str, holder: str) -> None:
        await done(kept, team, holder)
        if away:
            raise OSError("away")

    async with town_of(url) as town:
        await both_installed(town)
        monkeypatch.setattr(Installations, "renewed", write)
        monkeypatch.setattr(Installations, "done_renewing", give_back)
        before = await rows(town, InstallationRow.token)
        await expired(town)
        in_memory_it_is_good_no_more(town.bot)
        assert isinstance(await sent(town.bot, "with the new one"), Delivered)
        assert await rows(town, InstallationRow.token) == before
        away.clear()
        await until(town, InstallationRow.token, lambda found: found != before)
        await expired(town)
        in_memory_it_is_good_no_more(town.bot)
        assert isinstance(await sent(town.bot, "with the next"), Delivered)
        assert town.server("T1").oauth.refreshed == 2


async def test_a_good_token_is_used_while_the_database_is_away(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise OSError("away")

    monkeypatch.setattr(tokens, "AGAIN", 0.0)
    async with town_of(url, clean=False) as town:
        await both_installed(town)
        await _due_soon(town)
        town.server("T1").faults.next("oauth.v2.access", "500")
        assert isinstance(await sent(town.bot, "before"), Delivered)
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(Installations, "find", away)
            assert isinstance(await sent(town.bot, "meanwhile"), Delivered)
            in_memory_it_is_good_no_more(town.bot)
            assert isinstance(await sent(town.bot, "with none"), Later)
        assert isinstance(await sent(town.bot, "after"), Delivered)
        assert town.server("T1").oauth.refreshed == 1
