"""A loopback Discord that the real discord.py client talks to over HTTP and WebSocket.

async with DiscordServer() as server:
    with aimed_at(server):
        guild = server.guild("Club")
        room = guild.channel("general")
        dana = server.user("dana", locale="en-GB")
        guild.join(dana)
        task = asyncio.create_task(client.start(server.token))
        await server.wait_connected()
        answer = await dana.command("followup add", {"who": "Lee"}, channel=room)
        assert "Lee" in answer.text and answer.ephemeral
        await dana.press(answer.message, "Sent")
        await client.close()
assert server.troubles == []
"""

from tests.loopback.discord.aiming import aimed_at
from tests.loopback.discord.errors import DidNotRespondError, Refusal, UsageError
from tests.loopback.discord.interactions import Answer, Choice, Interaction, Modal
from tests.loopback.discord.messages import Message
from tests.loopback.discord.person import Person
from tests.loopback.discord.places import Channel, Guild, Role
from tests.loopback.discord.server import TOKEN, DiscordServer

__all__ = [
    "TOKEN",
    "Answer",
    "Channel",
    "Choice",
    "DidNotRespondError",
    "DiscordServer",
    "Guild",
    "Interaction",
    "Message",
    "Modal",
    "Person",
    "Refusal",
    "Role",
    "UsageError",
    "aimed_at",
]
