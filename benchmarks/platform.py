"""A platform on this computer in a process of its own: `python -m benchmarks.platform NAME COUNT`.

It has no limits, so that nothing but the bot's own work is measured. It says where it is and who is
there, and ends when its input does.
"""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Sequence

from benchmarks.measuring import say
from bot.memory import settle
from tests.loopback.discord import DiscordServer
from tests.loopback.slack import SlackServer
from tests.loopback.slack.methods import content

NO_LIMIT = 10**9


async def slack(people: int) -> None:
    """Slack: everybody has a conversation with the bot. What Block Kit allows is not checked."""
    setattr(content, "message_problems", lambda *_: [])  # noqa: B010
    async with await SlackServer.start() as server:
        team = server.team()
        there = [server.user(f"U{number}", team=team) for number in range(people)]
        users = [(person.id, person.dm.id) for person in there]
        await _until_told(url=server.api_url, token=team.bot_token, users=users, gateway="")


async def discord(people: int) -> None:
    """Discord: everybody has a conversation with the bot."""
    async with await DiscordServer.start() as server:
        server.limits.per_route = NO_LIMIT
        guild = server.guild("Job club")
        users: list[tuple[str, str]] = []
        for number in range(people):
            person = server.user(f"member{number}")
            guild.join(person)
            users.append((str(person.id), str(server.dm(person).id)))
        await _until_told(
            url=server.api_url, token=server.token, users=users, gateway=server.gateway_url
        )


async def _until_told(**values: object) -> None:
    settle()
    gc.disable()  # what is kept here grows, and looking through it is not the bot's work
    say(**values)
    await asyncio.to_thread(sys.stdin.read)


def main(arguments: Sequence[str]) -> None:
    """Run it."""
    name, people = arguments
    asyncio.run({"slack": slack, "discord": discord}[name](int(people)))


if __name__ == "__main__":
    main(sys.argv[1:])
