"""`python -m bot check`: what can be reached, and what is missing."""

from __future__ import annotations

from bot.checks.database import database_report
from bot.checks.machine import clock_report, port_report, zones_report
from bot.checks.platforms import clocks, platform_reports
from bot.checks.report import Report
from bot.settings import Settings
from bot.wiring import build
from core.store.seals import SealProblem


async def check(settings: Settings) -> int:
    """Print what was looked at, and each problem with its fix; 0 when all is well, else 1.

    It runs beside the bot, and changes nothing.
    """
    try:
        bot = await build(settings)
    except SealProblem as problem:
        print(*Report("playground", (str(problem),)).lines(), sep="\n")
        return 1
    wrong = 0

    def tell(report: Report) -> None:
        nonlocal wrong
        wrong += len(report.problems)
        print(*report.lines(), sep="\n", flush=True)

    try:
        database = await database_report(bot.store, bot.overview)
        tell(database)
        for report in await platform_reports(bot, has_tables=database.is_current):
            tell(report)
        if not bot.services:
            print("- slack, discord: no token is set, so only the playground would run")
        tell(await clock_report(clocks(settings)))
        tell(await port_report(settings.http_host, settings.http_port))
        tell(zones_report())
    finally:
        await bot.store.close()
    return 1 if wrong else 0
