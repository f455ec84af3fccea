"""`check` and `manifest` of an app that many workspaces install."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.check import check
from bot.settings import Settings
from tests.loopback.slack.kit.manifest import manifest_problems
from tests.stages.slack_town import Town, town_of

Capture = pytest.CaptureFixture[str]


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with town_of(f"sqlite:///{tmp_path / 'one.sqlite3'}", clean=False) as town:
        yield town


async def said(town: Town, capsys: Capture, **values: object) -> str:
    """What `check` says of Slack beside the running bot."""
    values = {**town.settings, "squeaky_now": None, **values}
    values.pop("now")
    await check(Settings.model_validate(values))
    lines = capsys.readouterr().out.splitlines()
    begin = next(at for at, line in enumerate(lines) if line.endswith("slack") or "slack:" in line)
    rest = lines[begin + 1 :]
    own = rest[: next((at for at, line in enumerate(rest) if not line.startswith(" ")), len(rest))]
    return "\n".join([lines[begin], *own])


async def test_all_is_well(town: Town, capsys: Capture) -> None:
    for team in ("T1", "T2"):
        await town.install(team)
    text = await said(town, capsys)
    assert text.startswith("✓ slack: ok")
    assert f"{town.url}/slack/oauth_redirect" in text
    assert "xox" not in text


async def test_what_is_wrong_with_the_app(town: Town, capsys: Capture) -> None:
    text = await said(town, capsys, slack_client_secret="other-secret")
    assert "SLACK_CLIENT_SECRET is not that of SLACK_CLIENT_ID" in text
    text = await said(town, capsys, slack_client_id="9.9")
    assert "SLACK_CLIENT_ID is not accepted" in text
    text = await said(town, capsys, public_url="http://127.0.0.1:9")
    assert "PUBLIC_URL: http://127.0.0.1:9/slack/install does not lead to the bot" in text
    text = await said(town, capsys, public_url=town.slack.url)
    assert "it answers 404" in text


async def test_what_is_wrong_in_a_workspace(town: Town, capsys: Capture) -> None:
    for team in ("T1", "T2"):
        await town.install(team)
    town.server("T1").world.teams["T1"].token_error = "token_revoked"
    town.server("T2").world.teams["T2"].scopes.discard("files:write")
    text = await said(town, capsys)
    assert "The workspace Job club (T1) does not accept the bot's token (token_revoked)" in text
    assert "The workspace Night school (T2) lacks the scope files:write" in text


@pytest.mark.parametrize("socket", [True, False])
def test_the_manifest_of_many(socket: bool, capsys: Capture) -> None:
    url = "https://bot.example.org"
    assert main(["manifest", "slack", "--many", "--url", url, *["--socket"] * socket]) == 0
    made = json.loads(capsys.readouterr().out)
    assert manifest_problems(made) == []
    assert made["oauth_config"]["redirect_urls"] == [f"{url}/slack/oauth_redirect"]
    settings = made["settings"]
    assert settings["token_rotation_enabled"]
    assert not settings["org_deploy_enabled"]
    assert settings["socket_mode_enabled"] is socket
    assert {"app_uninstalled", "tokens_revoked"} <= {*settings["event_subscriptions"]["bot_events"]}


def test_the_manifest_of_many_needs_an_address(capsys: Capture) -> None:
    assert main(["manifest", "slack", "--many"]) == 2
    assert "--many needs --url" in capsys.readouterr().err
