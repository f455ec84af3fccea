"""Running the bot until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import os
import signal

from bot.database_trouble import unreachable
from bot.memory import settle
from bot.roles import EVERYTHING, Role
from bot.settings import Settings
from bot.wiring import Bot, Tuning, build
from core.store.database import DATABASE_ERRORS
from core.store.schema import too_new
from core.store.seals import SealProblem
from core.store.upgrade import UnknownSchemaError

log = logging.getLogger(__name__)

LAST_MOMENT = 0.3
"""Seconds for what was cut off to end by itself."""


class DatabaseError(Exception):
    """The database can't be used; the message names the setting and the fix."""


async def run(
    settings: Settings, roles: frozenset[Role] = EVERYTHING, tuning: Tuning | None = None
) -> int:
    """Serve until SIGINT or SIGTERM. Raises DatabaseError and PortTakenError at the start."""
    try:
        bot = await build(settings, roles, tuning)
    except SealProblem as problem:
        raise DatabaseError(str(problem)) from None
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    try:
        await _started(bot)
        settle()
        _announce(bot)
        await stopping.wait()
        log.info("stopping")
    finally:
        await bot.stop()
    await _end()
    return 0


async def _end() -> None:
    """Let go of what is still under way: all that it waits for is a database that hangs.

    A driver can't always be made to stop waiting. Then the process ends without it, as if it had
    been killed, which whoever goes on is prepared for.
    """
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    if rest:
        _, stuck = await asyncio.wait(rest, timeout=LAST_MOMENT)
        if stuck:
            log.warning("the database hangs; ending without it")
            logging.shutdown()
            os._exit(0)


async def _started(bot: Bot) -> None:
    try:
        await bot.start()
    except DATABASE_ERRORS as error:
        raise DatabaseError(unreachable(error)) from None
    except UnknownSchemaError as error:
        raise DatabaseError(f"DATABASE_URL: {too_new(str(error))}") from None
    except SealProblem as problem:
        raise DatabaseError(str(problem)) from None


def _announce(bot: Bot) -> None:
    settings = bot.settings
    if settings.squeaky_now is not None:
        log.warning("SQUEAKY_NOW: the clock started at %s", settings.squeaky_now.isoformat())
    for platform in bot.services:
        log.info("serving %s", platform)
    if settings.wants_playground:
        no_token = not bot.services
        why = "No token is set, so this is the playground: " if no_token else "Playground: "
        log.info("%sopen %s in a browser", why, bot.http.url)
        if settings.http_host not in ("127.0.0.1", "localhost", "::1"):
            log.warning("HTTP_HOST: the playground has no login, and others can reach it")
    elif bot.http.url:
        log.info("listening at %s", bot.http.url)
    if settings.is_distributed:
        log.info("workspaces add the bot at %s", settings.public_url)
