"""A database that can't be used: said once when it begins and once when it is over."""

from __future__ import annotations

import logging

log = logging.getLogger(__name__)


class Outage:
    """Whether the database is away, as far as this process has noticed."""

    def __init__(self) -> None:
        self._is_on = False

    def noticed(self, error: Exception) -> None:
        """The database could not be used."""
        if not self._is_on:
            log.warning(
                "the database can't be used (%s); what is due waits until it can",
                type(error).__name__,
            )
        self._is_on = True

    def over(self) -> None:
        """Something was written."""
        if self._is_on:
            log.info("the database can be used again")
        self._is_on = False
