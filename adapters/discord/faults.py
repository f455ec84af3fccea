"""Faults of our own, in the log without what the error says: that may hold a contact's data."""

from __future__ import annotations

import logging
import traceback

log = logging.getLogger(__name__)


def report(what: str, error: Exception) -> None:
    """Log what failed, the error's type and where it came from; never its message."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s: %s\n%s", what, type(error).__name__, frames)
