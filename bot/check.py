"""`python -m bot check`: what can be reached, and what is missing."""

from __future__ import annotations

from sqlalchemy import text

from adapters.discord.service import DiscordService
from bot.run import unreachable
from bot.settings import Settings
from bot.wiring import Bot, build
from core.store.database import DATABASE_ERRORS


async def check(settings: Settings) -> int:
    """Print a line for the database and each platform; 0 when all is well, else 1."""
    bot = await build(settings)
    try:
        wrong = _report("database", await _database(bot))
        for platform, service in bot.services.items():
            wrong += _report(platform, await service.check())
            if isinstance(service, DiscordService):
                print(f"    to add it to a server: {service.install_link()}")
                print(f"    to add it to your own account: {service.own_install_link()}")
        if not bot.services:
            print("- slack, discord: no token is set, so only the playground would run")
    finally:
        await bot.store.close()
    return 1 if wrong else 0


async def _database(bot: Bot) -> list[str]:
    try:
        async with bot.store.reading() as session:
            await session.execute(text("SELECT 1"))
    except DATABASE_ERRORS as error:
        return [unreachable(error)]
    return []


def _report(what: str, problems: list[str]) -> int:
    print(f"{'✗' if problems else '✓'} {what}{'' if problems else ': ok'}")
    for problem in problems:
        print(f"    {problem}")
    return len(problems)
