"""For what a platform says once only: it is told again until it was written down."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from core.trouble import kind_and_place

log = logging.getLogger(__name__)

PAUSES = (1.0, 5.0, 25.0)
"""Seconds before each further try."""


async def told(what: str, tell: Callable[[], Awaitable[object]], pauses: Sequence[float]) -> bool:
    """Tell it, and again after each pause while that fails; whether it was heard. Never raises."""
    for pause in (*pauses, None):
        try:
            await tell()
            return True
        except Exception as error:
            log.error("%s was not written down: %s", what, kind_and_place(error))
        if pause is not None:
            await asyncio.sleep(pause)
    return False
