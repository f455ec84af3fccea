"""The command line: `python -m bot` as a process of its own where its surroundings matter."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import Settings
from core.requests import COMMANDS
from tests.databases import Postgres

ROOT = Path(__file__).parent.parent
NAMES = {name.upper() for name in Settings.model_fields}


def bot(*arguments: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run it in a folder without a `.env`, with these settings and no others."""
    env = {name: value for name, value in os.environ.items() if name.upper() not in NAMES}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env={**env, "PYTHONPATH": str(ROOT), **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_slack_manifest_has_every_command_and_needs_no_settings(tmp_path: Path) -> None:
    done = bot("manifest", "slack", folder=tmp_path, HTTP_PORT="x")
    assert (done.returncode, done.stderr) == (0, "")
    made = json.loads(done.stdout)
    (command,) = made["features"]["slash_commands"]
    assert command["command"] == "/followup"
    assert command["usage_hint"].split(" | ") == [
        kind.command.name for kind in COMMANDS if kind.command
    ]
    assert made["settings"]["socket_mode_enabled"] is True
    assert "https://" not in done.stdout


def test_the_slack_manifest_over_http_has_the_address(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manifest", "slack", "--url", "https://bot.example/"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["settings"]["socket_mode_enabled"] is False
    assert made["settings"]["interactivity"]["request_url"] == "https://bot.example/slack/events"


@pytest.mark.parametrize("command", ["run", "check"])
def test_bad_settings_stop_the_start_with_their_names(command: str, tmp_path: Path) -> None:
    done = bot(command, folder=tmp_path, HTTP_PORT="hunter2", SLACK_BOT_TOKEN="hunter2")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "HTTP_PORT: " in done.stderr
    assert "SLACK_BOT_TOKEN: it begins with xoxb-" in done.stderr
    assert "hunter2" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_is_not_there_is_named(tmp_path: Path) -> None:
    url = "postgresql://squeaky:hunter2@127.0.0.1:1/squeaky"
    done = bot("run", folder=tmp_path, DATABASE_URL=url, HTTP_PORT="0")
    assert done.returncode == 2
    assert "DATABASE_URL: " in done.stderr
    assert "hunter2" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_does_not_exist_is_no_crash(
    tmp_path: Path, postgres_server: Postgres
) -> None:
    url = asyncio.run(postgres_server.empty_url()).replace("/squeaky_", "/hunter2_")
    for command in ("run", "check", "deliveries"):
        done = bot(command, folder=tmp_path, DATABASE_URL=url, HTTP_PORT="0")
        assert done.returncode > 0
        said = done.stdout + done.stderr
        assert "DATABASE_URL: " in said
        assert "hunter2" not in said
        assert "Traceback" not in said


def test_a_fault_of_its_own_says_no_words(tmp_path: Path) -> None:
    file = tmp_path / "crash.py"
    file.write_text(
        "import bot.__main__ as it\n"
        "def broken(*_):\n    raise ValueError('2retnuh'[::-1])\n"
        "it.require = broken\nit.main([])\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, file], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "ends by a fault of its own" in done.stderr
    assert "ValueError" in done.stderr
    assert "hunter2" not in done.stderr


def test_check_says_what_is_missing(tmp_path: Path) -> None:
    done = bot("check", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "✓ database: ok" in done.stdout
    assert "no token is set" in done.stdout


@pytest.mark.parametrize("arguments", [["dance"], ["manifest"], ["manifest", "irc"]])
def test_what_it_does_not_know_shows_the_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "usage: python -m bot" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["next friday"], "2026-12-04"),
        (["in", "four", "business", "days"], "2026-11-27"),
        (["in four business days", "--country", "us"], "2026-11-30"),
        (["4/5", "--locale", "en-US"], "2027-04-05"),
        (["4/5", "--locale", "en-GB"], "2027-05-04"),
        (["after Labor Day", "--country", "US"], "2027-09-07"),
        (["friday", "--past"], "2026-11-20"),
    ],
)
def test_a_day_is_printed_in_iso_form(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["day", *arguments, "--today", "2026-11-23"]) == 0
    assert capsys.readouterr().out == f"{said}\n"


def test_a_day_that_is_not_clear_is_said_with_two_others(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["day", "Friday", "--today", "2026-11-27"]) == 2
    assert capsys.readouterr().out == (
        "“Friday” can mean two days. Did you mean Friday 27 November (today) or "
        "Friday 4 December (in 7 days)?\n"
    )


def test_a_day_needs_no_settings_and_no_date(tmp_path: Path) -> None:
    done = bot("day", "next friday", folder=tmp_path, HTTP_PORT="x", DATABASE_URL="x")
    assert (done.returncode, done.stderr) == (0, "")
    assert date.fromisoformat(done.stdout.strip()).weekday() == 4


@pytest.mark.parametrize("arguments", [["--today", "soon"], ["--country", "ZZ"]])
def test_a_day_read_against_nonsense_shows_the_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["day", "friday", *arguments])
    assert left.value.code == 2
    assert "such as" in capsys.readouterr().err
