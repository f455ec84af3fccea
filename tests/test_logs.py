"""Logs: in the wanted form, from the wanted level on, and never with a secret."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from bot.logs import QUIET, set_up_logs
from bot.settings import LogFormat, LogLevel, Settings

TOKENS = {
    "slack_bot_token": "xoxb-secret-bot",
    "slack_app_token": "xapp-secret-app",
    "slack_signing_secret": "secret-signing",
    "discord_token": "MTk4.secret-discord",
}
SECRETS = (*TOKENS.values(), "hunter2%22x", 'hunter2"x')
FORMATS = pytest.mark.parametrize("form", list(LogFormat))
log = logging.getLogger("tests.logs")


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Put the root logger back, for the other tests."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in QUIET}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, was in levels.items():
        logging.getLogger(name).setLevel(was)


def set_up(**values: Any) -> None:
    """Logs of a bot on every platform whose database has a password."""
    database = "postgresql://squeaky:hunter2%22x@db.example/squeaky"
    set_up_logs(Settings(**{"_env_file": None, "database_url": database, **TOKENS, **values}))


@FORMATS
@pytest.mark.parametrize("secret", SECRETS)
def test_no_secret_is_logged(
    form: LogFormat, secret: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(log_format=form)
    log.warning("connecting with %s to db", secret)
    line = capsys.readouterr().err
    assert "connecting with *** to db" in line
    assert _hidden(secret, line)


@FORMATS
@pytest.mark.parametrize("secret", SECRETS)
def test_no_secret_is_logged_with_an_exception(
    form: LogFormat, secret: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(log_format=form)
    try:
        raise ConnectionError(f"refused: {secret}")
    except ConnectionError:
        log.exception("failed")
    text = capsys.readouterr().err
    assert "ConnectionError: refused: ***" in text
    assert _hidden(secret, text)


def test_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(log_format=LogFormat.JSON)
    log.info("two\nlines “quoted”")
    (line,) = capsys.readouterr().err.splitlines()
    entry = json.loads(line)
    assert entry.pop("at").endswith("+00:00")
    assert entry == {"level": "INFO", "logger": "tests.logs", "message": "two\nlines “quoted”"}


def test_text_says_when_how_serious_where_and_what(capsys: pytest.CaptureFixture[str]) -> None:
    set_up()
    log.info("serving slack")
    assert "INFO    tests.logs: serving slack" in capsys.readouterr().err


def test_less_serious_lines_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(log_level=LogLevel.WARNING)
    log.info("quiet")
    log.warning("loud")
    assert "quiet" not in (text := capsys.readouterr().err)
    assert "loud" in text


@pytest.mark.parametrize("name", QUIET)
def test_libraries_speak_only_of_what_went_wrong(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(log_level=LogLevel.DEBUG)
    logging.getLogger(name).info("chatter")
    logging.getLogger(name).warning("trouble")
    assert "chatter" not in (text := capsys.readouterr().err)
    assert "trouble" in text


def _hidden(secret: str, text: str) -> bool:
    """Neither as it is nor as JSON would write it."""
    return secret not in text and json.dumps(secret)[1:-1] not in text
