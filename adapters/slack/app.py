"""slack-bolt's application with our listeners."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from adapters.slack.client import LIBRARY_LOG, web_client
from adapters.slack.handlers import Handlers
from adapters.slack.many import Many, not_here
from adapters.slack.modal import FORM

COMMAND = "/followup"
FOLLOW_UP, ADD = "squeaky.follow_up", "squeaky.add"
"""The `callback_id` of the message shortcut and of the global one."""
_ANY = re.compile(".*")


def build_app(
    handlers: Handlers, bot_token: str, signing_secret: str, api_url: str, many: Many | None = None
) -> AsyncApp:
    """The application. Every button is taken, so that an old one is answered by the desk.

    With `many` it is that of every workspace that installs it, each with a token of its own.
    """
    app = AsyncApp(
        name="squeaky",
        logger=LIBRARY_LOG,
        signing_secret=signing_secret,
        client=web_client(None, api_url),
        **(_of_many(many) if many is not None else {"authorize": _authorize(bot_token)}),
    )
    app.command(COMMAND)(handlers.command)
    app.action(_ANY)(handlers.press)
    app.message_shortcut(FOLLOW_UP)(handlers.shortcut)
    app.global_shortcut(ADD)(handlers.shortcut)
    app.options(_ANY)(handlers.suggest)
    app.view(FORM)(handlers.submit)
    app.event(_ANY)(handlers.event)
    return app


def _of_many(many: Many) -> dict[str, Any]:
    """The settings stand there twice, or Bolt would make some of its own from the environment."""
    return {
        "oauth_flow": many.flow,
        "oauth_settings": many.flow.settings,
        "authorize": many.authorize,
        "user_facing_authorize_error_message": not_here(many.app.public_url),
    }


def _authorize(bot_token: str) -> Callable[..., Awaitable[AuthorizeResult]]:
    """Answers from what we have; Bolt's own way asks Slack before the acknowledgement."""

    async def authorize(
        enterprise_id: str | None, team_id: str | None, user_id: str | None
    ) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, user_id=user_id, bot_token=bot_token
        )

    return authorize
