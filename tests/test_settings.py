"""Settings: the defaults, and that a wrong one stops the start with its name, a fix, no value."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.settings import BadSettings, LogFormat, LogLevel, Settings, Switch, read_settings

EXAMPLE = Path(__file__).parent.parent / ".env.example"
NAMES = {name.upper() for name in Settings.model_fields}
BOT, APP, SIGNING = "xoxb-" + "1" * 20, "xapp-" + "2" * 20, "3" * 32
DISCORD = "MTk4." + "4" * 20
KEY, OLD_KEY = secrets.token_urlsafe(32), secrets.token_hex(32)
MANY = {
    "SLACK_CLIENT_ID": "12.34",
    "SLACK_CLIENT_SECRET": "5" * 32,
    "SLACK_SIGNING_SECRET": SIGNING,
    "PUBLIC_URL": "https://bot.example.org",
    "SECRET_KEY": KEY,
}
PASSWORD = "hunter2%40home"
DATABASE = f"postgresql://squeaky:{PASSWORD}@db.example/squeaky"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """An empty environment, in a directory without a `.env`."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    yield


def with_env(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return read_settings()


def refusal(monkeypatch: pytest.MonkeyPatch, **values: str) -> str:
    with pytest.raises(BadSettings) as refused:
        with_env(monkeypatch, **values)
    return str(refused.value)


def test_nothing_set_is_the_playground_on_loopback_with_sqlite() -> None:
    settings = read_settings()
    assert (settings.http_host, settings.http_port) == ("127.0.0.1", 8080)
    assert settings.database_url == "sqlite+aiosqlite:///squeaky.sqlite3"
    assert (settings.log_level, settings.log_format) == (LogLevel.INFO, LogFormat.TEXT)
    assert settings.playground is Switch.AUTO
    assert settings.wants_playground
    assert not settings.wants_slack
    assert not settings.wants_discord
    assert settings.secrets == []


@pytest.mark.parametrize(
    ("values", "name", "fix"),
    [
        ({"SLACK_BOT_TOKEN": "hunter2"}, "SLACK_BOT_TOKEN", "begins with xoxb-"),
        ({"SLACK_BOT_TOKEN": APP}, "SLACK_BOT_TOKEN", "OAuth & Permissions"),
        (
            {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": "hunter2"},
            "SLACK_APP_TOKEN",
            "begins with xapp-",
        ),
        ({"DISCORD_TOKEN": "Bot hunter2"}, "DISCORD_TOKEN", "leave out the word"),
        ({"DATABASE_URL": "mysql://me:hunter2@db/x"}, "DATABASE_URL", "write sqlite:///FILE"),
        ({"DATABASE_URL": "hunter2"}, "DATABASE_URL", "postgresql://USER:PASSWORD@HOST/NAME"),
        ({"DATABASE_URL": "postgresql://me:hunter2@db:x/y"}, "DATABASE_URL", "write sqlite"),
        ({"SLACK_CLIENT_ID": "hunter2"}, "SLACK_CLIENT_ID", "two numbers with a dot between"),
        ({"SLACK_CLIENT_ID": APP}, "SLACK_CLIENT_ID", "goes into SLACK_APP_TOKEN"),
        ({"SLACK_CLIENT_SECRET": BOT}, "SLACK_CLIENT_SECRET", "goes into SLACK_BOT_TOKEN"),
        ({"SLACK_SIGNING_SECRET": "12.34"}, "SLACK_SIGNING_SECRET", "goes into SLACK_CLIENT_ID"),
        ({"PUBLIC_URL": "http://hunter2.example"}, "PUBLIC_URL", "beginning with https://"),
        ({"PUBLIC_URL": "https://hunter2.example/bot"}, "PUBLIC_URL", "without a path"),
        ({"PUBLIC_URL": "https://me:hunter2@x.example"}, "PUBLIC_URL", "https://bot.example.org"),
        ({"SECRET_KEY": "hunter2"}, "SECRET_KEY", "python -m bot key"),
        ({"SECRET_KEY": "hunter2" * 10}, "SECRET_KEY", "chosen at random"),
        ({"SECRET_KEY": f"{KEY},hunter2"}, "SECRET_KEY", "at least 43"),
        ({"SECRET_KEY": "xoxb-hunter2" + KEY}, "SECRET_KEY", "this is a Bot User OAuth Token"),
        ({"SECRET_KEY": " , "}, "SECRET_KEY", "there is no key in it"),
        ({"HTTP_PORT": "hunter2"}, "HTTP_PORT", "a number from 0 to 65535"),
        ({"HTTP_PORT": "65536"}, "HTTP_PORT", "a number from 0 to 65535"),
        ({"HTTP_PORT": "-1"}, "HTTP_PORT", "a number from 0 to 65535"),
        ({"PLAYGROUND": "hunter2"}, "PLAYGROUND", "write auto, on or off"),
        ({"SLACK_API_URL": "hunter2"}, "SLACK_API_URL", "begins with https://"),
        ({"DISCORD_API_URL": "wss://hunter2"}, "DISCORD_API_URL", "begins with https://"),
        ({"DISCORD_GATEWAY_URL": "https://hunter2"}, "DISCORD_GATEWAY_URL", "begins with wss://"),
        ({"SQUEAKY_NOW": "hunter2"}, "SQUEAKY_NOW", "with its zone"),
        ({"SQUEAKY_NOW": "2026-11-24T08:00:00"}, "SQUEAKY_NOW", "with its zone"),
        ({"SQUEAKY_NOW": "2026-11-24"}, "SQUEAKY_NOW", "with its zone"),
        ({"LOG_LEVEL": "hunter2"}, "LOG_LEVEL", "write DEBUG"),
        ({"LOG_FORMAT": "hunter2"}, "LOG_FORMAT", "write text or json"),
    ],
)
def test_a_wrong_one_is_named_with_its_fix_and_without_its_value(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], name: str, fix: str
) -> None:
    message = refusal(monkeypatch, **values)
    assert re.fullmatch(rf"{name}: .+", message), message
    assert fix in message
    assert "hunter2" not in message
    assert not any(token in message for token in (BOT, APP, KEY))


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"SLACK_BOT_TOKEN": BOT}, ("SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET")),
        ({"SLACK_APP_TOKEN": APP}, ("SLACK_BOT_TOKEN",)),
        ({"SLACK_SIGNING_SECRET": SIGNING}, ("SLACK_BOT_TOKEN",)),
        ({"SLACK_APP_TOKEN": APP, "DISCORD_TOKEN": DISCORD}, ("SLACK_BOT_TOKEN",)),
        ({"PLAYGROUND": "off"}, ("PLAYGROUND", "DISCORD_TOKEN")),
        (MANY | {"SLACK_BOT_TOKEN": BOT}, ("SLACK_BOT_TOKEN", "leave out SLACK_CLIENT_ID")),
        (MANY | {"SLACK_CLIENT_SECRET": ""}, ("SLACK_CLIENT_SECRET", "Client ID")),
        (MANY | {"SLACK_CLIENT_ID": ""}, ("SLACK_CLIENT_ID", "Client Secret")),
        (MANY | {"PUBLIC_URL": ""}, ("PUBLIC_URL", "https address")),
        (MANY | {"SECRET_KEY": ""}, ("SECRET_KEY", "python -m bot key")),
        (MANY | {"SLACK_SIGNING_SECRET": ""}, ("SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET")),
        (MANY | {"SLACK_CLIENT_SECRET": SIGNING}, ("SLACK_CLIENT_SECRET", "the same as")),
        (MANY | {"PLAYGROUND": "on"}, ("PLAYGROUND", "PUBLIC_URL")),
        ({"PUBLIC_URL": "https://x.example"}, ("PLAYGROUND", "PUBLIC_URL")),
    ],
)
def test_settings_that_contradict_each_other(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], names: tuple[str, ...]
) -> None:
    message = refusal(monkeypatch, **values)
    assert message.startswith(names[0])
    assert all(name in message for name in names)
    assert not any(value in message for value in (BOT, APP, SIGNING, DISCORD))


def test_all_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    message = refusal(monkeypatch, HTTP_PORT="x", LOG_LEVEL="x", SLACK_BOT_TOKEN="x")
    assert [line.split(":")[0] for line in message.splitlines()] == [
        "SLACK_BOT_TOKEN",
        "HTTP_PORT",
        "LOG_LEVEL",
    ]


@pytest.mark.parametrize(
    ("values", "slack", "discord", "playground"),
    [
        ({"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP}, True, False, False),
        ({"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": SIGNING}, True, False, False),
        (MANY, True, False, False),
        (MANY | {"SLACK_SIGNING_SECRET": "", "SLACK_APP_TOKEN": APP}, True, False, False),
        ({"DISCORD_TOKEN": DISCORD}, False, True, False),
        ({"DISCORD_TOKEN": DISCORD, "PLAYGROUND": "ON "}, False, True, True),
        ({"DISCORD_TOKEN": DISCORD, "PLAYGROUND": "off"}, False, True, False),
        ({"PLAYGROUND": "on"}, False, False, True),
        ({"SLACK_BOT_TOKEN": "", "DISCORD_TOKEN": ""}, False, False, True),
    ],
)
def test_what_runs(
    monkeypatch: pytest.MonkeyPatch,
    values: dict[str, str],
    slack: bool,
    discord: bool,
    playground: bool,
) -> None:
    settings = with_env(monkeypatch, **values)
    assert (settings.wants_slack, settings.wants_discord) == (slack, discord)
    assert settings.wants_playground is playground


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("SQUEAKY_NOW", "2026-11-24T08:00:00+01:00", datetime(2026, 11, 24, 7, tzinfo=UTC)),
        ("SQUEAKY_NOW", "2026-11-24T08:00:00Z", datetime(2026, 11, 24, 8, tzinfo=UTC)),
        ("LOG_LEVEL", "debug", LogLevel.DEBUG),
        ("LOG_FORMAT", "JSON", LogFormat.JSON),
        ("HTTP_PORT", "0", 0),
        ("DATABASE_URL", "postgres://a@b/c", "postgresql+asyncpg://a@b/c"),
        ("DISCORD_GATEWAY_URL", "ws://127.0.0.1:1", "ws://127.0.0.1:1"),
    ],
)
def test_right_ones_are_read(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str, value: Any
) -> None:
    assert getattr(with_env(monkeypatch, **{name: text}), name.lower()) == value


def test_a_public_address_is_kept_as_browsers_say_it(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = with_env(monkeypatch, **(MANY | {"PUBLIC_URL": "HTTP://127.0.0.1:8080/"}))
    assert settings.public_url == "http://127.0.0.1:8080"


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("HTTP_PORT=1111\nLOG_LEVEL=ERROR\nHOME_OF_OTHERS=1\n")
    settings = with_env(monkeypatch, HTTP_PORT="2222")
    assert (settings.http_port, settings.log_level) == (2222, LogLevel.ERROR)


def test_no_secret_shows_in_any_form(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = with_env(
        monkeypatch,
        SLACK_BOT_TOKEN=BOT,
        SLACK_APP_TOKEN=APP,
        SLACK_SIGNING_SECRET=SIGNING,
        DISCORD_TOKEN=DISCORD,
        DATABASE_URL=DATABASE,
        SECRET_KEY=f"{KEY}, {OLD_KEY}",
    )
    tokens = [BOT, APP, SIGNING, DISCORD]
    assert settings.secrets == [*tokens, KEY, OLD_KEY, PASSWORD, "hunter2@home"]
    for shown in (repr(settings), str(settings), f"{settings}"):
        assert not any(secret in shown for secret in settings.secrets)


def test_every_token_and_secret_is_kept_as_one() -> None:
    for name, field in Settings.model_fields.items():
        wanted = name.endswith(("_token", "_secret", "_key"))
        assert (field.annotation == SecretStr | None) == wanted, name


def test_the_example_has_every_setting_and_no_other() -> None:
    lines = EXAMPLE.read_text().splitlines()
    names = [line.partition("=")[0].lstrip("# ") for line in lines if _assigns(line)]
    assert sorted(names) == sorted(NAMES)


def test_the_example_changes_nothing_and_explains_each_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lines = EXAMPLE.read_text().splitlines()
    assert lines[0].startswith("#")
    before = read_settings()
    (tmp_path / ".env").write_text(EXAMPLE.read_text())
    assert read_settings() == before


def _assigns(line: str) -> bool:
    return re.match(r"#? ?[A-Z][A-Z_]+=", line) is not None


def test_a_name_that_is_nearly_a_setting_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("SLACK_BOT_TOKN=xoxb-1\nOTHER_PROGRAM=1\n", encoding="utf-8")
    with pytest.raises(BadSettings) as raised:
        read_settings()
    assert str(raised.value) == (
        "SLACK_BOT_TOKN: there is no such setting; did you mean SLACK_BOT_TOKEN?"
    )
