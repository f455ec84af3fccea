"""A Discord on 127.0.0.1 for tests: REST, gateway, people and rooms.

It knows what a bot with slash commands, buttons, forms and DMs needs. It does not know voice,
threads, polls, stickers, reactions, webhooks of its own, permission overwrites or audit logs.
"""

from __future__ import annotations

from types import TracebackType

from aiohttp import web

from tests.loopback.dates import tells_time
from tests.loopback.discord.errors import Refusal
from tests.loopback.discord.faults import Faults, Limits
from tests.loopback.discord.gateway import Gateway
from tests.loopback.discord.interactions import Interaction
from tests.loopback.discord.messages import Message
from tests.loopback.discord.person import PATIENCE, Person
from tests.loopback.discord.places import Channel, Guild, User
from tests.loopback.discord.rest import API, Request, Rest
from tests.loopback.discord.world import World

TOKEN = "loopback.discord.token"
FIRST_USER = 100_000_000_000_000_000


class DiscordServer:
    """The server. Everything that tests turn or read hangs here, on `world` or on `gateway`."""

    def __init__(self, *, token: str = TOKEN, name: str = "Squeaky") -> None:
        bot = User(FIRST_USER, name.lower(), name, bot=True)
        self.world = World(token, bot, application_id=bot.id)
        self.world.users[bot.id] = bot
        self.token = token
        self.faults = Faults()
        self.limits = Limits()
        self.gateway = Gateway(self.world)
        self.rest = Rest(self.world, self.faults, self.limits)
        self.api_url = ""
        self.gateway_url = ""
        self.clock_ahead = 0.0
        self._people: dict[str, Person] = {}
        self._runner: web.AppRunner | None = None

    @classmethod
    async def start(cls, *, token: str = TOKEN, name: str = "Squeaky") -> DiscordServer:
        """Listen on a free port of 127.0.0.1."""
        server = cls(token=token, name=name)
        await server._listen()
        return server

    async def _listen(self) -> None:
        app = web.Application(client_max_size=1 << 25)
        app.router.add_get("/gateway", self.gateway.handle)
        app.router.add_get("/attachments/{id}/{name}", self._chosen_file)
        app.router.add_route("*", API + "/{tail:.*}", self.rest.handle)
        tells_time(app, lambda: self.clock_ahead)
        runner = self._runner = web.AppRunner(app, shutdown_timeout=0.5)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        self.api_url = f"http://127.0.0.1:{port}{API}"
        self.world.files_url = f"http://127.0.0.1:{port}/attachments"
        self.gateway_url = f"ws://127.0.0.1:{port}/gateway"
        self.gateway.url = self.rest.gateway_url = self.gateway_url

    async def _chosen_file(self, request: web.Request) -> web.Response:
        """A file that a person put into a form: whoever has the address may fetch it."""
        found = self.world.chosen.get(int(request.match_info["id"]))
        return web.Response(body=found[1]) if found else web.Response(status=404)

    async def stop(self) -> None:
        """Cut every connection and stop listening."""
        self.gateway.drop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> DiscordServer:
        if self._runner is None:
            await self._listen()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    def guild(self, name: str, *, locale: str = "en-US") -> Guild:
        """The guild of that name, made (with the bot in it) when there is none."""
        for one in self.world.guilds.values():
            if one.name == name:
                return one
        made = Guild(self.world.new_id(), name, self.world, locale)
        self.world.guilds[made.id] = made
        self.world.guild_changed("GUILD_CREATE", made)
        return made

    def user(self, name: str, *, locale: str = "en-US", display_name: str = "") -> Person:
        """The person of that name, made when there is none."""
        if name not in self._people:
            shown = display_name or name.title()
            made = Person(self.world.new_id(), name, shown, locale, world=self.world)
            self._people[name] = self.world.users[made.id] = made
        return self._people[name]

    def dm(self, person: User) -> Channel:
        """The DM channel of the bot and a person."""
        return self.world.dm(person)

    def skip(self, seconds: float) -> None:
        """Move the server's clock: windows of 3 s, 15 minutes and of nonces pass at once."""
        self.world.clock_offset += seconds
        self.world.bell.ring()

    async def wait_connected(self, *, patience: float = PATIENCE) -> None:
        """Wait until a bot has identified itself (or resumed)."""
        what = "the bot to connect"
        await self.world.bell.wait_until(lambda: self.gateway.connected, patience, what)

    async def wait_disconnected(self, *, patience: float = PATIENCE) -> None:
        """Wait until no bot is connected (a session may still be resumable)."""
        what = "the bot to disconnect"
        await self.world.bell.wait_until(lambda: not self.gateway.connected, patience, what)

    async def wait_for_commands(self, *, patience: float = PATIENCE) -> None:
        """Wait until the bot has synced commands."""
        what = "synced commands"
        await self.world.bell.wait_until(lambda: any(self.commands), patience, what)

    @property
    def commands(self) -> list[str]:
        """The names of all synced commands."""
        return sorted({one["name"] for listed in self.world.commands.values() for one in listed})

    @property
    def messages(self) -> list[Message]:
        """Every message, deleted and ephemeral ones too, oldest first."""
        return self.world.all_messages()

    @property
    def requests(self) -> list[Request]:
        """Every REST request so far, as answered."""
        return self.rest.requests

    def count(self, method: str, ending: str) -> int:
        """How many requests had this method and path ending."""
        return sum(r.method == method and r.path.endswith(ending) for r in self.requests)

    @property
    def refusals(self) -> list[Refusal]:
        """Every request refused with an error of Discord's."""
        return self.world.refusals

    @property
    def violations(self) -> list[str]:
        """Requests that no Discord knows: unknown routes, malformed bodies."""
        return self.world.violations

    @property
    def late_responses(self) -> list[Interaction]:
        """Interactions that were answered after their 3 s."""
        return self.world.late_responses

    @property
    def double_responses(self) -> list[Interaction]:
        """Interactions that were answered twice."""
        return self.world.double_responses

    @property
    def troubles(self) -> list[str]:
        """Everything that the bot did wrong, a line each: `assert server.troubles == []`."""
        refused = [f"{r.status} {r.code} {r.method} {r.path}: {r.text()}" for r in self.refusals]
        late = [f"late response to {one.data}" for one in self.late_responses]
        double = [f"double response to {one.data}" for one in self.double_responses]
        return [*self.violations, *refused, *late, *double]

    @property
    def pings(self) -> list[Message]:
        """Messages of the bot that really pinged somebody."""
        return [one for one in self.messages if one.author is self.world.bot and one.pings]
