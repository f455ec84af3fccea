import json
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from tests.loopback.slack import breaking
from tests.loopback.slack.delivery import as_json
from tests.loopback.slack.errors import ApiError, Ledger
from tests.loopback.slack.faults import Faults, RateLimits
from tests.loopback.slack.handles import Handles
from tests.loopback.slack.methods import METHODS, Context
from tests.loopback.slack.model import JSON, Workspace
from tests.loopback.slack.oauth import OAuth
from tests.loopback.slack.world import World

APP_TOKEN = "xapp-1-loopback"


def _scopes(team: Workspace | None) -> dict[str, str]:
    """The head of an answer that says what its token may do."""
    return {"X_OAuth_Scopes": ",".join(sorted(team.scopes))} if team else {}


@dataclass(frozen=True)
class Call:
    """One call of the Web API and its answer, None when a fault came first."""

    method: str
    args: JSON
    answer: JSON | None


async def read_args(request: web.Request) -> JSON:
    """The arguments of a call from its query, JSON body or form."""
    args: JSON = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError as problem:
            raise ApiError("invalid_json") from problem
        if not isinstance(body, dict):
            raise ApiError("json_not_object")
        return {**args, **body}
    return {**args, **{k: v for k, v in (await request.post()).items() if isinstance(v, str)}}


def token_of(request: web.Request, args: JSON) -> str:
    header = request.headers.get("Authorization", "")
    token = str(args.pop("token", None) or header.removeprefix("Bearer ").strip())
    if not token:
        raise ApiError("not_authed")
    return token


class WebApi:
    """The methods under `/api/`: tokens, scopes, faults and limits around what they do.

    With `keeps` off, posts are counted in `posted` and neither checked nor kept: to measure how
    fast a bot can send.
    """

    def __init__(
        self,
        world: World,
        handles: Handles,
        ledger: Ledger,
        faults: Faults,
        limits: RateLimits,
        oauth: OAuth,
        open_socket: Callable[[], str],
    ) -> None:
        self.world = world
        self.handles = handles
        self.ledger = ledger
        self.faults = faults
        self.limits = limits
        self.oauth = oauth
        self.open_socket = open_socket
        self.calls: list[Call] = []
        self.uploads: dict[str, JSON] = {}
        self.busy = 0
        self.peers: set[object] = set()
        self.keeps = True
        self.posted = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        self.peers.add(request.transport and request.transport.get_extra_info("peername"))
        self.busy += 1
        try:
            return await self._handle(request, name)
        except Exception as error:
            self.ledger.violations.append(f"{name} broke the loopback server: {error!r}")
            raise
        finally:
            self.busy -= 1
            self.world.pulse.beat()

    async def _handle(self, request: web.Request, name: str) -> web.Response:
        team: Workspace | None = None
        try:
            args = await read_args(request)
            channel = self._channel(args)
            fault = self.faults.take(name, channel)
            stopped = await breaking.before(request, fault)
            if stopped is not None:
                self.calls.append(Call(name, args, None))
                return stopped
            wait = self.limits.wait_for(name, channel)
            if wait is not None:
                self.ledger.refuse(name, ApiError("ratelimited"))
                return breaking.too_many(wait)
            team = self._team_of(request, args)
            answer = {"ok": True, **self._call(request, name, args)}
        except ApiError as error:
            self.ledger.refuse(name, error)
            return as_json(error.body(), 200, **_scopes(team))
        if self.keeps:
            self.calls.append(Call(name, args, answer))
        return await breaking.after(request, fault, as_json(answer, 200, **_scopes(team)))

    def _team_of(self, request: web.Request, args: JSON) -> Workspace | None:
        """Whose token it is, whether it is any good or not."""
        header = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        token = str(args.get("token") or header)
        return next((one for one in self.world.teams.values() if token in one.tokens), None)

    def _channel(self, args: JSON) -> str:
        name = str(args.get("channel", ""))
        user = self.world.users.get(name)
        return self.world.dm(user).id if user is not None else name

    def _call(self, request: web.Request, name: str, args: JSON) -> JSON:
        if name == "apps.connections.open":
            return self._open_connection(token_of(request, args))
        if name == "oauth.v2.access":
            return self.oauth.access(args, request.headers.get("Authorization", ""))
        if name == "api.test":  # anybody may ask
            return {"args": args}
        if name not in METHODS:
            self.ledger.violations.append(f"unknown method {name}")
            raise ApiError("unknown_method", req_method=name)
        team = self._team(token_of(request, args))
        scope = METHODS[name].scope
        if scope is not None and scope not in team.scopes:
            raise ApiError("missing_scope", needed=scope, provided=",".join(sorted(team.scopes)))
        if name == "chat.postMessage" and not self.keeps:
            return self._thrown_away(args)
        return METHODS[name].call(Context(team, args, self.world, self.handles, self.uploads))

    def _thrown_away(self, args: JSON) -> JSON:
        self.posted += 1
        ts = self.world.next_ts()
        return {"channel": args["channel"], "ts": ts, "message": {**args, "ts": ts}}

    def _team(self, token: str) -> Workspace:
        if token.startswith("xapp-"):
            raise ApiError("not_allowed_token_type")
        for one in self.world.teams.values():
            if token in one.revoked:
                raise ApiError(one.revoked[token])
        team = next((t for t in self.world.teams.values() if token in t.tokens), None)
        if team is None:
            raise ApiError("invalid_auth")
        if team.token_error:
            raise ApiError(team.token_error)
        expires = team.tokens[token]
        if expires is not None and self.oauth.clock() >= expires:
            raise ApiError("token_expired")
        return team

    def _open_connection(self, token: str) -> JSON:
        if not token.startswith("xapp-"):
            raise ApiError("not_allowed_token_type")
        if token != APP_TOKEN:
            raise ApiError("invalid_auth")
        return {"url": self.open_socket()}

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """Take the bytes of a file: a raw body or the parts of a form."""
        fault = self.faults.take("upload", None)
        stopped = await breaking.before(request, fault)
        if stopped is not None:
            return stopped
        file = self.uploads.get(request.match_info["file"])
        if file is None:
            return web.Response(status=404, text="file not found")
        data = await self._bytes(request)
        if len(data) != file["size"]:
            self.ledger.refuse("upload", ApiError("length_mismatch"))
            return web.Response(status=400, text="length mismatch")
        file["data"] = data
        return await breaking.after(request, fault, web.Response(text=f"OK - {len(data)}"))

    def chosen(self, name: str, data: bytes) -> JSON:
        """A file that a person put into a form, as the form's state tells of it."""
        file_id = self.world.next_id("F")
        file: JSON = {"id": file_id, "name": name, "title": name, "size": len(data)}
        self.uploads[file_id] = {**file, "data": data}
        return {**file, "url_private_download": f"{self.handles.base}/files-pri/{file_id}/{name}"}

    async def private_file(self, request: web.Request) -> web.StreamResponse:
        """Give a file to a bot that may read files; anybody else is sent to the login."""
        fault = self.faults.take("download", None)
        stopped = await breaking.before(request, fault)
        if stopped is not None:
            return stopped
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        team = next((t for t in self.world.teams.values() if t.bot_token == token), None)
        file = self.uploads.get(request.match_info["file"])
        if team is None or "files:read" not in team.scopes or file is None:
            return web.Response(status=302, headers={"Location": f"{self.handles.base}/login"})
        return web.Response(body=file["data"])

    async def _bytes(self, request: web.Request) -> bytes:
        if not request.content_type.startswith("multipart/"):
            return await request.read()
        parts = (await request.post()).values()
        return b"".join(p.file.read() for p in parts if isinstance(p, web.FileField))
