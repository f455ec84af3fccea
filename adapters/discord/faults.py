"""Faults of our own, in the log without what the error says: that may hold a contact's data."""

from __future__ import annotations

import logging

from core.trouble import kind_and_place

log = logging.getLogger(__name__)


def report(what: str, error: Exception) -> None:
    """Log what failed, the error's type and where it came from; never its message."""
    log.error("%s: %s", what, kind_and_place(error))
