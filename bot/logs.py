"""Log lines: for people or as JSON. Never a secret, never a contact's data."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterable
from datetime import UTC, datetime

from bot.settings import LogFormat, Settings

QUIET = ("apscheduler", "aiohttp.access", "discord", "slack_bolt", "slack_sdk", "alembic")


class _Redacted(logging.Formatter):
    """Replaces every secret of the settings, should a library ever print one."""

    def __init__(self, secrets: Iterable[str], *, as_json: bool) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
        self._secrets = [secret for secret in secrets if secret]
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        return self._json(record) if self._as_json else self._redacted(super().format(record))

    def _json(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": self._redacted(record.getMessage()),
        }
        if record.exc_info:
            entry["error"] = self._redacted(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)

    def _redacted(self, text: str) -> str:
        """Before JSON escapes it: a password may hold a quotation mark."""
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text


def set_up_logs(settings: Settings) -> None:
    """Log to standard error, in the wanted form and from the wanted level on."""
    handler = logging.StreamHandler(sys.stderr)
    as_json = settings.log_format is LogFormat.JSON
    handler.setFormatter(_Redacted(settings.secrets, as_json=as_json))
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
