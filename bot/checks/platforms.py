"""Whether the platforms take the bot, and let it write where it should."""

from __future__ import annotations

from adapters.discord.service import DEFAULT_API, DiscordService
from adapters.slack.check import TAB_NOTE, TAB_OFF, tab_off
from adapters.slack.check_many import redirect_note
from bot.checks.report import Report
from bot.settings import Settings
from bot.wiring import Bot
from core.caller import Platform, Room
from core.store.database import DATABASE_ERRORS

MOST_ROOMS = 50
"""Channels that are looked at: each is a question to its platform."""


async def platform_reports(bot: Bot, *, has_tables: bool) -> list[Report]:
    """A report for each platform that has a token. `has_tables`: the database can be asked."""
    found = []
    for platform, service in bot.services.items():
        rooms, refused = await _remembered(bot, platform) if has_tables else ([], 0)
        problems = await service.check(rooms)
        notes = []
        if platform is Platform.SLACK:
            problems += [tab_off(refused)] if refused else []
            notes += [] if refused else [TAB_NOTE]
            notes += [redirect_note(bot.settings.public_url or "")] * bot.settings.is_distributed
        if isinstance(service, DiscordService):
            notes.append(f"To add it to a server: {service.install_link()}")
            notes.append(f"To add it to your own account: {service.own_install_link()}")
        found.append(Report(platform.value, tuple(problems), tuple(notes)))
    return found


async def _remembered(bot: Bot, platform: Platform) -> tuple[list[Room], int]:
    """The rooms of clubs, and how many messages Slack refused because of a switch."""
    try:
        rooms = await bot.overview.rooms(platform, MOST_ROOMS)
        return rooms, await bot.overview.waiting_because(platform, TAB_OFF)
    except DATABASE_ERRORS:
        return [], 0  # which the database's own report tells


def clocks(settings: Settings) -> dict[str, str]:
    """By the name of each platform that is set up, an address that tells the time."""
    found = {}
    if settings.wants_slack:
        found["Slack"] = f"{settings.slack_api_url.rstrip('/')}/api.test"
    if settings.wants_discord:
        found["Discord"] = f"{(settings.discord_api_url or DEFAULT_API).rstrip('/')}/gateway"
    return found
