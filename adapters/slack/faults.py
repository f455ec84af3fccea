"""What a failed call to Slack says about whether it happened, and what to do about it."""

from __future__ import annotations

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.slack.reasons import MEMBERS, OPERATORS, ROOMS
from core.domain.deliveries import Dead, Held, Later, Outcome, Reach, Unknown
from core.language import N_

SOON = 30.0
"""Seconds to wait when Slack could not be reached, or did not say how long."""
OPERATOR_SOON = 600.0
"""Seconds to wait for what only whoever runs the bot can mend: its token or scopes."""
LONGEST = 3600.0
"""Seconds that Slack is believed to want at most."""

_NEVER_LEFT = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
)
"""There was no connection, so nothing went out."""
_OURS = {
    "invalid_arguments",
    "invalid_blocks",
    "invalid_blocks_format",
    "invalid_metadata_format",
    "invalid_metadata_schema",
    "metadata_too_large",
    "msg_blocks_too_long",
    "msg_too_long",
    "no_text",
}
_TOO_FAST = {"message_limit_exceeded", "rate_limited", "ratelimited"}
_BUSY = {"org_login_required", "service_unavailable", "team_added_to_org"}
_HALF_DONE = {"fatal_error", "internal_error", "request_timeout"}
"""Slack: "some aspect of the operation" may have succeeded before the error was raised."""


class NoToken(Exception):
    """There is no token to call Slack with, so nothing went out. The message says why."""


class NotInstalled(NoToken):
    """The bot is not in the workspace."""

    def __init__(self, team: str) -> None:
        super().__init__(f"the bot is not installed in workspace {team}")


def code_of(error: Exception) -> str:
    """Slack's name for what went wrong, or ""."""
    if isinstance(error, NotInstalled):
        return "account_inactive"
    response = getattr(error, "response", None)
    data = getattr(response, "data", None)
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def outcome_of(error: Exception) -> Outcome:
    """What became of a message whose sending raised this."""
    if isinstance(error, _NEVER_LEFT):
        return Later(SOON, "Slack can't be reached", Reach.WORKSPACE)
    if isinstance(error, NoToken):
        seconds = OPERATOR_SOON if isinstance(error, NotInstalled) else SOON
        return Later(seconds, str(error), Reach.WORKSPACE)
    if isinstance(error, SlackApiError):
        return _refused(error)
    return Unknown(f"no answer from Slack: {type(error).__name__}")


def outcome_in_room(error: Exception) -> Outcome:
    """What became of a post into a channel that raised this. A refusal is held, with its fix."""
    outcome = outcome_of(error)
    if not isinstance(outcome, Held):
        return outcome
    code = code_of(error)
    return Held(
        ROOMS.get(code)
        or N_("Slack did not let me post in the channel ({code}).").format(code=code)
    )


def may_pass(error: Exception) -> bool:
    """Whether the same call may go well a little later: the network, a limit, a busy Slack."""
    outcome = outcome_of(error)
    return isinstance(outcome, Unknown | Later) and code_of(error) not in OPERATORS


def unsent(error: Exception) -> Outcome:
    """What becomes of a message that was not posted yet when this was raised.

    An answer that never came leaves no doubt then.
    """
    outcome = outcome_of(error)
    return Later(SOON, outcome.reason) if isinstance(outcome, Unknown) else outcome


def unfound(error: Exception) -> Outcome:
    """What becomes of a doubtful message when looking for it raised this.

    - Later: the doubt outlives it, and is asked about again then.
    - Held, where we know why the person can't be reached: sending it again would fail as well.
    - Unknown for all else. A lookup that was refused says nothing about the message.
    """
    outcome = outcome_of(error)
    if isinstance(outcome, Later) or code_of(error) in MEMBERS:
        return outcome
    return Unknown(f"no lookup in Slack: {code_of(error) or type(error).__name__}")


def unfound_in_room(error: Exception) -> Outcome:
    """What becomes of a doubtful post when looking for it in its channel raised this.

    Whether it is there can't be told where the bot may not read, so the doubt stays.
    """
    if isinstance(outcome_of(error), Later) and code_of(error) != "missing_scope":
        return outcome_of(error)
    return Unknown(f"no lookup in Slack: {code_of(error) or type(error).__name__}")


def _refused(error: SlackApiError) -> Outcome:
    status = getattr(error.response, "status_code", 0)
    code = code_of(error)
    if status == 429 or code in _TOO_FAST:
        return Later(_retry_after(error), "Slack asks us to slow down", Reach.LANE, limited=True)
    if code in _BUSY:
        return Later(_retry_after(error), "Slack is busy", Reach.WORKSPACE)
    if status >= 500 or not code or code in _HALF_DONE:
        return Unknown(f"Slack answered {code or status or 'nonsense'}")
    if code in OPERATORS:
        return Later(OPERATOR_SOON, f"Slack refuses the bot: {code}", Reach.WORKSPACE)
    if code in _OURS:
        return Dead(f"Slack refuses the message: {code}")
    return Held(
        MEMBERS.get(code) or N_("Slack did not let me write to you ({code})").format(code=code)
    )


def _retry_after(error: SlackApiError) -> float:
    headers = getattr(error.response, "headers", None) or {}
    try:
        return min(max(1.0, float(headers.get("Retry-After", SOON))), LONGEST)
    except ValueError:
        return SOON
