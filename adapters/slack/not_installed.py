"""Why an installation came to nothing: what Slack or Bolt says of it, and which page tells it."""

from __future__ import annotations

import logging

from adapters.slack.faults import code_of

log = logging.getLogger(__name__)

REASONS = {
    "cancelled": 200,
    "expired": 400,
    "other_browser": 400,
    "no_code": 400,
    "refused": 400,
    "misconfigured": 500,
    "slack_down": 502,
    "organization": 400,
    "not_kept": 503,
}
"""Why an installation comes to nothing, with the status that says so."""
BOLTS = {
    "access_denied": "cancelled",
    "invalid_browser": "other_browser",
    "invalid_state": "expired",
    "missing_code": "no_code",
    "storage_error": "not_kept",
}
"""What Bolt says of the same, by its own names."""
_AT_FAULT = {"bad_client_secret", "bad_redirect_uri", "invalid_client_id"}
"""What only whoever runs the bot can mend."""
_PASSING = {
    "fatal_error",
    "internal_error",
    "ratelimited",
    "request_timeout",
    "service_unavailable",
}


class NotInstalledHere(Exception):
    """Slack's answer is no installation; `reason` is one of `REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def why(error: Exception) -> str:
    """What Slack's refusal of a code comes to. Never the code, and never what Slack said of it."""
    code = code_of(error)
    if code in _AT_FAULT:
        log.error("Slack: %s: see SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and PUBLIC_URL", code)
        return "misconfigured"
    status = getattr(getattr(error, "response", None), "status_code", 0)
    if not code or status >= 500 or status == 429 or code in _PASSING:
        log.warning("Slack: a code was not exchanged: %s", code or type(error).__name__)
        return "slack_down"
    return "refused"
