"""Every setting, read once from the environment or `.env`, and checked before anything starts."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import unquote

from dotenv import dotenv_values
from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.secret_kinds import kind_of
from core.store.database import async_url
from core.store.sealing import Keys, key_texts

_CLIENT_ID = re.compile(r"\d+\.\d+")
_PUBLIC = re.compile(
    r"https://[a-z0-9.-]+(:\d+)?|http://(127\.0\.0\.1|localhost)(:\d+)?", re.IGNORECASE
)
"""Without https only on this computer, where nobody listens in."""
_PASSWORD = re.compile(r"://[^:/@]*:([^@]+)@")


class LogFormat(StrEnum):
    """How log lines look: for people, or one JSON object a line."""

    TEXT = "text"
    JSON = "json"


class LogLevel(StrEnum):
    """The least serious lines that are shown."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


class Switch(StrEnum):
    """Whether something runs; AUTO decides by the other settings."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


def _lower(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


def _upper(value: Any) -> Any:
    return value.strip().upper() if isinstance(value, str) else value


class Settings(BaseSettings):
    """What whoever runs the bot has set. Secrets print as stars."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    public_url: str | None = None
    discord_token: SecretStr | None = None
    database_url: Annotated[str, Field(repr=False)] = "sqlite:///squeaky.sqlite3"
    secret_key: SecretStr | None = None
    http_host: str = "127.0.0.1"
    http_port: Annotated[int, Field(ge=0, le=65535)] = 8080
    playground: Annotated[Switch, BeforeValidator(_lower)] = Switch.AUTO
    playground_hosts: str = ""
    playground_file: str = "squeaky.playground.jsonl"
    slack_api_url: str = "https://slack.com/api/"
    discord_api_url: str | None = None
    discord_gateway_url: str | None = None
    discord_shards: Annotated[int, Field(ge=1, le=1000)] = 1
    squeaky_now: datetime | None = None
    log_level: Annotated[LogLevel, BeforeValidator(_upper)] = LogLevel.INFO
    log_format: Annotated[LogFormat, BeforeValidator(_lower)] = LogFormat.TEXT

    @field_validator("slack_bot_token")
    @classmethod
    def _is_bot_token(cls, value: SecretStr | None) -> SecretStr | None:
        return _starting(value, "xoxb-", "the Bot User OAuth Token, under OAuth & Permissions")

    @field_validator("slack_app_token")
    @classmethod
    def _is_app_token(cls, value: SecretStr | None) -> SecretStr | None:
        return _starting(value, "xapp-", "an App-Level Token with connections:write")

    @field_validator("discord_token")
    @classmethod
    def _is_discord_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and value.get_secret_value().lower().startswith(("bot ", "bearer ")):
            raise ValueError("leave out the word before the token")
        return _no_other(value, "DISCORD_TOKEN", "the bot's token, under Bot, Reset Token")

    @field_validator("slack_signing_secret")
    @classmethod
    def _is_signing_secret(cls, value: SecretStr | None) -> SecretStr | None:
        return _no_other(value, "a secret", "the Signing Secret, under Basic Information")

    @field_validator("slack_client_secret")
    @classmethod
    def _is_client_secret(cls, value: SecretStr | None) -> SecretStr | None:
        return _no_other(value, "a secret", "the Client Secret, under Basic Information")

    @field_validator("slack_client_id")
    @classmethod
    def _is_client_id(cls, value: str | None) -> str | None:
        if value is not None and not _CLIENT_ID.fullmatch(value):
            looks = kind_of(value)
            this = f"this is {looks}; " if looks else ""
            raise ValueError(
                f"{this}it is two numbers with a dot between: take the Client ID, under Basic "
                "Information"
            )
        return value

    @field_validator("public_url")
    @classmethod
    def _is_public(cls, value: str | None) -> str | None:
        if value is None:
            return None
        if not _PUBLIC.fullmatch(value.rstrip("/")):
            raise ValueError(
                "write the address that people open, beginning with https:// and without a path, "
                "such as https://bot.example.org"
            )
        return value.rstrip("/").lower()

    @field_validator("database_url")
    @classmethod
    def _is_database(cls, value: str) -> str:
        try:
            return async_url(value)
        except Exception:  # the message of the library would show the password
            raise ValueError(
                "write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
            ) from None

    @field_validator("secret_key")
    @classmethod
    def _is_key(cls, value: SecretStr | None) -> SecretStr | None:
        written = key_texts(_revealed(value))
        if value is not None and not written:
            raise ValueError("there is no key in it; make one with python -m bot key")
        for one in written:
            _no_other(SecretStr(one), "a Public Key", "a key of its own: python -m bot key")
        Keys(*written)
        return value

    @field_validator("slack_api_url", "discord_api_url")
    @classmethod
    def _is_http(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("write an address that begins with https://")
        return value

    @field_validator("discord_gateway_url")
    @classmethod
    def _is_websocket(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("ws://", "wss://")):
            raise ValueError("write an address that begins with wss://")
        return value

    @field_validator("squeaky_now")
    @classmethod
    def _is_aware(cls, value: datetime | None) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("add the zone, as in 2026-11-24T08:00:00+01:00 or …Z")
        return value.astimezone(UTC)

    @property
    def secrets(self) -> list[str]:
        """Every value that must not be printed, the database's password in both its spellings."""
        tokens = (
            self.slack_bot_token,
            self.slack_app_token,
            self.slack_signing_secret,
            self.slack_client_secret,
            self.discord_token,
        )
        found = [token.get_secret_value() for token in tokens if token is not None]
        found += key_texts(_revealed(self.secret_key))
        password = _PASSWORD.search(self.database_url)
        return found + ([password[1], unquote(password[1])] if password else [])

    @property
    def keys(self) -> Keys:
        """What the database is sealed with; none without SECRET_KEY."""
        return Keys.of(_revealed(self.secret_key))

    @property
    def wants_slack(self) -> bool:
        """Whether the bot serves Slack: one workspace, or all that install it."""
        return self.slack_bot_token is not None or self.is_distributed

    @property
    def is_distributed(self) -> bool:
        """Whether workspaces on Slack can install the bot by themselves."""
        return self.slack_client_id is not None and self.slack_client_secret is not None

    @property
    def wants_discord(self) -> bool:
        """Whether the bot serves Discord."""
        return self.discord_token is not None

    @property
    def wants_playground(self) -> bool:
        """Whether the playground runs: unless told otherwise, when there is nothing else to do."""
        if self.playground is Switch.AUTO:
            return not (self.wants_slack or self.wants_discord)
        return self.playground is Switch.ON


class BadSettings(Exception):
    """One line for each setting that is wrong: its name and the fix."""


def read_settings() -> Settings:
    """The settings. Raises BadSettings; its message never holds a value."""
    try:
        settings = Settings()
    except ValidationError as error:
        lines = [f"{_name(item['loc'])}: {_fix(item)}" for item in error.errors()]
        raise BadSettings("\n".join(lines)) from None
    problems = [*_misspelt(), *_contradictions(settings)]
    if problems:
        raise BadSettings("\n".join(problems))
    return settings


def _misspelt() -> list[str]:
    """Names in `.env` that are nearly those of settings: what they say would be lost unsaid."""
    known = [name.upper() for name in Settings.model_fields]
    problems = []
    for name in dotenv_values(".env"):
        near = get_close_matches(name.upper(), known, n=1, cutoff=0.85)
        if near and name.upper() not in known:
            problems.append(f"{name}: there is no such setting; did you mean {near[0]}?")
    return problems


def _contradictions(settings: Settings) -> list[str]:
    problems = _of_distribution(settings)
    hears = settings.slack_app_token or settings.slack_signing_secret
    if settings.wants_slack and not hears:
        problems.append(
            "SLACK_APP_TOKEN: set it for Socket Mode (it begins with xapp-), "
            "or set SLACK_SIGNING_SECRET to be reached over HTTP"
        )
    if not settings.wants_slack and hears and not problems:
        problems.append(
            "SLACK_BOT_TOKEN: set it too (it begins with xoxb-), or SLACK_CLIENT_ID and "
            "SLACK_CLIENT_SECRET for every workspace that installs the bot"
        )
    elif not (settings.wants_slack or settings.wants_discord or settings.wants_playground):
        problems.append(
            "PLAYGROUND: with it off and no token set, nothing would run; "
            "leave it on auto, or set SLACK_BOT_TOKEN or DISCORD_TOKEN"
        )
    if settings.public_url and settings.wants_playground:
        problems.append(
            "PLAYGROUND: it has no login, and PUBLIC_URL lets everybody in; turn it off, or leave "
            "out PUBLIC_URL"
        )
    return problems


def _of_distribution(settings: Settings) -> list[str]:
    """What is missing or too much for many workspaces, if that is wanted at all."""
    id, secret = settings.slack_client_id, settings.slack_client_secret
    if id is None and secret is None:
        return []
    missing = {
        "SLACK_CLIENT_ID": (id, "set it too: it stands beside the Client Secret"),
        "SLACK_CLIENT_SECRET": (secret, "set it too: it stands beside the Client ID"),
        "PUBLIC_URL": (
            settings.public_url,
            "set it to the https address under which people reach the bot: Slack sends them back "
            "there when they have installed it",
        ),
        "SECRET_KEY": (
            settings.secret_key,
            "set it (python -m bot key makes one): the tokens of workspaces are kept, and never "
            "as they are",
        ),
    }
    problems = [f"{name}: {fix}" for name, (value, fix) in missing.items() if value is None]
    if settings.slack_bot_token is not None:
        problems.append(
            "SLACK_BOT_TOKEN: leave it out, for each workspace that installs the bot has a token "
            "of its own; or leave out SLACK_CLIENT_ID and SLACK_CLIENT_SECRET to serve one"
        )
    if secret is not None and secret == settings.slack_signing_secret:
        problems.append(
            "SLACK_CLIENT_SECRET: it is the same as SLACK_SIGNING_SECRET; copy each anew from "
            "Basic Information"
        )
    return problems


def _starting(value: SecretStr | None, prefix: str, what: str) -> SecretStr | None:
    if value is not None and not value.get_secret_value().startswith(prefix):
        looks = kind_of(value.get_secret_value())
        this = f"this is {looks}; " if looks else ""
        raise ValueError(f"{this}it begins with {prefix}: take {what}")
    return value


def _no_other(value: SecretStr | None, fits: str, what: str) -> SecretStr | None:
    """Refuse what looks like something else that people copy by mistake."""
    looks = kind_of(value.get_secret_value()) if value is not None else ""
    if looks and fits not in looks:
        raise ValueError(f"this is {looks}; take {what}")
    return value


def _revealed(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret is not None else ""


def _name(location: tuple[int | str, ...]) -> str:
    return str(location[0]).upper() if location else "settings"


_EXAMPLES = {
    "discord_shards": "write a number from 1 to 1000; 1 does up to 2,500 servers",
    "http_port": "write a number from 0 to 65535, such as 8080",
    "squeaky_now": "write an instant with its zone, such as 2026-11-24T08:00:00+01:00",
    "playground": "write auto, on or off",
    "log_level": "write DEBUG, INFO, WARNING or ERROR",
    "log_format": "write text or json",
}


def _fix(item: Any) -> str:
    example = _EXAMPLES.get(str(item["loc"][0])) if item["loc"] else None
    if example is not None:
        return example
    message = str(item["msg"]).removeprefix("Value error, ")
    return message[0].lower() + message[1:]
