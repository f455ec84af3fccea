"""Logs: in the wanted form, from the wanted level on, never with a secret or an error's words."""

from __future__ import annotations

import asyncio
import gc
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from bot.logs import QUIET, carrying, set_up_logs
from bot.settings import LogFormat, LogLevel, Settings
from core.caller import Account, Platform
from core.domain.deliveries import Parcel
from core.reply import Message

TOKENS = {
    "slack_bot_token": "xoxb-secret-bot",
    "slack_app_token": "xapp-secret-app",
    "slack_signing_secret": "secret-signing",
    "discord_token": "MTk4.secret-discord",
}
SECRETS = (*TOKENS.values(), "hunter2%22x", 'hunter2"x')
FORMATS = pytest.mark.parametrize("form", list(LogFormat))
WORDS = "Dana Lee @ Acme, dana@acme.example"
PARCEL = Parcel(17, "d17-1795503600", Account(Platform.SLACK, "T1", "U1"), 5, "", Message(()))
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
@pytest.mark.parametrize(
    "token", ["xoxe.xoxb-1-Mi0yLT", "xoxb-1234-5678-abc", "xoxe-1-My0xLT", "xapp-1-A1-2-3"]
)
def test_no_token_of_a_workspace_is_logged(
    form: LogFormat, token: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(log_format=form)
    log.warning("connecting with (%s) to Slack", token)
    assert "connecting with (***) to Slack" in capsys.readouterr().err


@FORMATS
@pytest.mark.parametrize("secret", SECRETS)
def test_no_secret_is_logged_with_an_exception(
    form: LogFormat, secret: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(log_format=form)
    words = f"refused: {secret}"
    try:
        raise ConnectionError(words)
    except ConnectionError:
        log.exception("failed")
    text = capsys.readouterr().err
    assert "ConnectionError" in text
    assert "refused" not in text
    assert _hidden(secret, text)


@FORMATS
def test_an_error_is_told_by_its_type_and_place(
    form: LogFormat, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(log_format=form)
    try:
        _lookup({})
    except RuntimeError as error:
        log.exception("failed: %s (%r)", error, error)
    text = capsys.readouterr().err
    assert "failed: RuntimeError (RuntimeError)" in text
    assert "after KeyError" in text
    assert "in _lookup" in text
    assert WORDS not in text
    assert "Dana" not in text


@FORMATS
def test_each_of_several_errors_at_once_is_told(
    form: LogFormat, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(log_format=form)
    group = ExceptionGroup(WORDS, [ValueError(WORDS), OSError(WORDS)])
    log.error("both failed", exc_info=group)
    text = capsys.readouterr().err
    assert [kind in text for kind in ("ExceptionGroup", "ValueError", "OSError")] == [True] * 3
    assert "Dana" not in text


async def test_a_task_that_nobody_waited_for_says_no_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def fail() -> None:
        raise ValueError(WORDS)

    set_up()
    task = asyncio.create_task(fail())
    await asyncio.wait({task})
    del task
    gc.collect()
    text = capsys.readouterr().err
    assert "exception was never retrieved" in text
    assert "ValueError" in text
    assert "Dana" not in text


@FORMATS
def test_what_another_handler_made_of_an_error_is_not_used(
    form: LogFormat, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(log_format=form)
    verbose = logging.StreamHandler(io.StringIO())
    logging.getLogger().handlers.insert(0, verbose)  # it leaves its text with the record
    log.error("failed", exc_info=ValueError(WORDS))
    assert "Dana" not in capsys.readouterr().err


@FORMATS
def test_values_that_do_not_fit_are_not_printed(
    form: LogFormat, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(log_format=form)
    log.error("one %s, two %s", WORDS)
    text = capsys.readouterr().err
    assert "one %s, two %s" in text
    assert "Dana" not in text
    assert "Traceback" not in text


def test_what_somebody_typed_cannot_pass_for_a_line_of_ours(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up()
    log.warning("odd: %s", "x\n2026-11-23 09:00:00,000 INFO    bot: all is well")
    first, second = capsys.readouterr().err.splitlines()
    assert first.endswith("odd: x")
    assert second.startswith("    2026")


def test_in_the_course_of_a_delivery_every_line_has_its_fields(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up(log_format=LogFormat.JSON)
    with carrying(PARCEL):
        log.info("ours")
        logging.getLogger("some.library").warning("theirs")
    log.info("later")
    ours, theirs, later = map(json.loads, capsys.readouterr().err.splitlines())
    fields = {"delivery": PARCEL.key, "platform": "slack", "attempt": 1}
    assert ours.items() >= fields.items()
    assert theirs.items() >= fields.items()
    assert not later.keys() & fields.keys()


def test_in_text_the_key_is_added_once(capsys: pytest.CaptureFixture[str]) -> None:
    set_up()
    with carrying(PARCEL):
        log.info("delivery %s: sent", PARCEL.key)
        logging.getLogger("some.library").warning("slow")
    log.info("later")
    ours, theirs, later = capsys.readouterr().err.splitlines()
    assert ours.endswith(f"delivery {PARCEL.key}: sent")
    assert theirs.endswith(f"slow [{PARCEL.key}]")
    assert later.endswith("tests.logs: later")


async def test_deliveries_are_told_apart_and_what_one_leaves_behind_is_not_part_of_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up(log_format=LogFormat.JSON)
    other = Parcel(18, "d18-1795503600", PARCEL.to, 5, "", Message(()), attempt=2)
    gone = asyncio.Event()
    left: list[asyncio.Task[None]] = []

    async def left_behind() -> None:
        await gone.wait()
        log.info("connection closed")

    async def carry(parcel: Parcel) -> None:
        with carrying(parcel):
            left.append(asyncio.create_task(left_behind()))
            await asyncio.sleep(0)
            log.info("sending")

    await asyncio.gather(carry(PARCEL), carry(other))
    gone.set()
    await asyncio.gather(*left)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    found = [(line["message"], line.get("delivery"), line.get("attempt")) for line in lines]
    assert found == [
        ("sending", PARCEL.key, 1),
        ("sending", other.key, 2),
        ("connection closed", None, None),
        ("connection closed", None, None),
    ]


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


def _lookup(contacts: dict[str, str]) -> str:
    try:
        return contacts[WORDS]
    except KeyError as error:
        raise RuntimeError(f"nobody is called {WORDS}") from error
