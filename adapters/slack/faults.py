"""What a failed call to Slack says about whether it happened, and what to do about it.

Codes: https://docs.slack.dev/reference/methods/chat.postMessage#errors and
https://docs.slack.dev/reference/methods/conversations.open#errors
"""

from __future__ import annotations

import aiohttp
from slack_sdk.errors import SlackApiError

from core.domain.deliveries import Dead, Held, Later, Outcome, Unknown

SOON = 30.0
"""Seconds to wait when Slack could not be reached, or did not say how long."""
OPERATOR_SOON = 600.0
"""Seconds to wait for what only whoever runs the bot can mend: its token or scopes."""

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
_OPERATOR = {"invalid_auth", "missing_scope", "not_authed", "token_expired"}
_BUSY = {"accesslimited", "rate_limited", "ratelimited", "service_unavailable", "team_added_to_org"}
_HALF_DONE = {"fatal_error", "internal_error", "request_timeout"}
"""Slack: "some aspect of the operation" may have succeeded before the error was raised."""


def code_of(error: Exception) -> str:
    """Slack's name for what went wrong, or ""."""
    response = getattr(error, "response", None)
    data = getattr(response, "data", None)
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def outcome_of(error: Exception) -> Outcome:
    """What became of a message whose sending raised this."""
    if isinstance(error, aiohttp.ClientConnectorError):
        return Later(SOON, "Slack can't be reached")
    if isinstance(error, SlackApiError):
        return _refused(error)
    return Unknown(f"no answer from Slack: {type(error).__name__}")


def _refused(error: SlackApiError) -> Outcome:
    status = getattr(error.response, "status_code", 0)
    code = code_of(error)
    if status == 429 or code in _BUSY:
        return Later(_retry_after(error), "Slack asks us to slow down")
    if status != 200 or not code or code in _HALF_DONE:
        return Unknown(f"Slack answered {code or status or 'nonsense'}")
    if code in _OPERATOR:
        return Later(OPERATOR_SOON, code)
    return Dead(code) if code in _OURS else Held(code)


def _retry_after(error: SlackApiError) -> float:
    headers = getattr(error.response, "headers", None) or {}
    try:
        return max(1.0, float(headers.get("Retry-After", SOON)))
    except ValueError:
        return SOON
