import base64
from collections.abc import Callable

from tests.loopback.slack.errors import ApiError
from tests.loopback.slack.model import JSON, User, Workspace
from tests.loopback.slack.world import World

TOKEN_SECONDS = 12 * 3600.0


class OAuth:
    """`oauth.v2.access`: codes for tokens, and refresh tokens for new ones.

    `code_for` stands for somebody having pressed Allow; `SlackTown` has a page to press it on. With
    `rotating` on, a token lives 12 h on the server's clock and each refresh token works once.
    With `in_organization` the app is installed in a whole organization.
    """

    client_id = "1.2"
    client_secret = "client-secret"

    def __init__(self, world: World, clock: Callable[[], float]) -> None:
        self.world = world
        self.clock = clock
        self.rotating = False
        self.in_organization = False
        self.refreshed = 0
        self._codes: dict[str, tuple[Workspace, User]] = {}
        self._refresh: dict[str, Workspace] = {}
        self._used: set[str] = set()

    def code_for(self, user: User) -> str:
        """The code that the redirect URL gets when this person installs the app."""
        code = self.world.next_id(f"code-{user.team_id}-")
        self._codes[code] = (self.world.teams[user.team_id], user)
        return code

    def access(self, args: JSON, header: str) -> JSON:
        self._check_client(args, header)
        if args.get("grant_type") == "refresh_token":
            team = self._refresh.pop(str(args.get("refresh_token")), None)
            if team is None:
                raise ApiError("invalid_refresh_token")
            if team.token_error:
                raise ApiError(team.token_error)
            self.refreshed += 1
            return self._grant(team)
        code = str(args.get("code", ""))
        if code in self._used:
            raise ApiError("code_already_used")
        if code not in self._codes:
            raise ApiError("invalid_code")
        self._used.add(code)
        team, user = self._codes.pop(code)
        team.revoke("token_revoked")
        return {**self._grant(team), "authed_user": {"id": user.id}}

    def knows(self, args: JSON) -> bool:
        """Whether a code or a refresh token was given out here, used or not."""
        given = str(args.get("refresh_token") or args.get("code") or "")
        return any(f"-{team}-" in given for team in self.world.teams)

    def _check_client(self, args: JSON, header: str) -> None:
        given = [args.get("client_id"), args.get("client_secret")]
        if header.startswith("Basic "):
            given = list(base64.b64decode(header.removeprefix("Basic ")).decode().split(":", 1))
        if given[0] != self.client_id:
            raise ApiError("invalid_client_id")
        if given[1] != self.client_secret:
            raise ApiError("bad_client_secret")

    def _grant(self, team: Workspace) -> JSON:
        token = self.world.next_id(f"xoxe.xoxb-{team.id}-" if self.rotating else f"xoxb-{team.id}-")
        team.tokens[token] = self.clock() + TOKEN_SECONDS if self.rotating else None
        team.bot_token, team.token_error = token, None
        body: JSON = {"access_token": token, "token_type": "bot", "app_id": team.app_id}
        body |= {"scope": ",".join(sorted(team.scopes)), "bot_user_id": team.bot_user_id}
        body |= {"team": {"id": team.id, "name": team.name}, "enterprise": None}
        body["is_enterprise_install"] = self.in_organization
        if self.in_organization:
            body |= {"team": None, "enterprise": {"id": "E1", "name": "Conglomerate"}}
        if self.rotating:
            refresh = self.world.next_id(f"xoxe-1-{team.id}-")
            self._refresh[refresh] = team
            body |= {"refresh_token": refresh, "expires_in": int(TOKEN_SECONDS)}
        return body
