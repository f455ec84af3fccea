"""Slack's error codes in words: for members, and for whoever runs the bot.

Codes: https://docs.slack.dev/reference/methods/chat.postMessage#errors and
https://docs.slack.dev/reference/methods/conversations.open#errors
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence

from core.language import N_, tr

log = logging.getLogger(__name__)

_NO_CONVERSATION = N_("Slack did not find our conversation")
_NOT_ALLOWED = N_("the workspace did not let me write to you")
MEMBERS: dict[str, str] = {
    "cannot_dm_bot": N_("Slack says that the account is a bot's"),
    "channel_not_found": _NO_CONVERSATION,
    "invalid_user_combination": _NOT_ALLOWED,
    "is_archived": N_("our conversation in Slack was archived"),
    "messages_tab_disabled": N_("messages from me were switched off in Slack"),
    "not_in_channel": _NO_CONVERSATION,
    "restricted_action": _NOT_ALLOWED,
    "restricted_action_read_only_channel": _NOT_ALLOWED,
    "restricted_action_thread_only_channel": _NOT_ALLOWED,
    "user_disabled": N_("your Slack account was deactivated"),
    "user_not_found": N_("Slack did not find your account"),
    "user_not_visible": N_("Slack did not let me see your account"),
}
"""Why somebody can't be reached, as they are told once they can. The database keeps the English, of
which `core.voice.reasons` makes the member's language.
"""

NAME = "Squeaky"
"""What the bot is called in a workspace, unless whoever installed it chose otherwise."""


def not_invited(name: str = "") -> str:
    """What a channel's people do when the bot is not in it."""
    return tr("I am not in this channel yet. Type `/invite @{name}` here.", name=name or NAME)


def archived(name: str = "") -> str:
    """What mends that a channel is archived."""
    return tr(
        "This channel is archived. Unarchive it, then type `/invite @{name}` here.",
        name=name or NAME,
    )


def scopes_missing(scopes: Sequence[str]) -> str:
    """What whoever installed the app does when it may not look at channels."""
    if not scopes:
        return tr(
            "I lack permissions in this workspace. Whoever set me up can give them: add the scopes "
            "that the README lists under OAuth & Permissions and install the app again."
        )
    return tr(
        "I lack permissions in this workspace. Whoever set me up can give them: add the scopes "
        "{scopes} under OAuth & Permissions and install the app again.",
        scopes=", ".join(f"`{scope}`" for scope in scopes),
    )


NOT_INVITED = N_("I am not in the channel. Type `/invite @Squeaky` there.")
NOT_SEEN = N_(
    "I can't see the channel: it was deleted, or it is private and I am not in it. If it is still "
    "there, type `/invite @Squeaky` in it."
)
ARCHIVED = N_("The channel is archived. Unarchive it, then type `/invite @Squeaky` there.")
_RESTRICTED = N_(
    "Only some people may post in the channel. Allow me too: channel details, Settings, Posting "
    "permissions."
)
ROOMS: dict[str, str] = {
    "channel_not_found": NOT_SEEN,
    "is_archived": ARCHIVED,
    "not_in_channel": NOT_INVITED,
    "restricted_action": _RESTRICTED,
    "restricted_action_non_threadable_channel": _RESTRICTED,
    "restricted_action_read_only_channel": _RESTRICTED,
    "restricted_action_thread_only_channel": _RESTRICTED,
}
"""Why nothing can be posted in a channel, with what mends it."""

_COPY = "copy it anew from OAuth & Permissions"
_REINSTALL = "install it again and set SLACK_BOT_TOKEN to the new token"
_SUSPENDED = "the workspace has suspended the bot: ask its administrators"
OPERATORS: dict[str, str] = {
    "access_denied": "SLACK_BOT_TOKEN may not write there: run `python -m bot check`",
    "accesslimited": "the workspace refuses this network: ask its administrators to allow it",
    "account_inactive": f"the app was removed from the workspace: {_REINSTALL}",
    "ekm_access_denied": _SUSPENDED,
    "enterprise_is_restricted": _SUSPENDED,
    "invalid_auth": f"SLACK_BOT_TOKEN is not accepted: {_COPY}",
    "missing_scope": "SLACK_BOT_TOKEN lacks a scope: `python -m bot check` says which",
    "no_permission": "SLACK_BOT_TOKEN may not write there: run `python -m bot check`",
    "not_allowed_token_type": f"SLACK_BOT_TOKEN is no bot token (xoxb-…): {_COPY}",
    "not_authed": f"SLACK_BOT_TOKEN is empty: {_COPY}",
    "team_access_not_granted": f"the app has no access to the workspace: {_REINSTALL}",
    "token_expired": "SLACK_BOT_TOKEN has expired: use an app that doesn't rotate its tokens",
    "token_revoked": f"SLACK_BOT_TOKEN was revoked: {_REINSTALL}",
    "two_factor_setup_required": _SUSPENDED,
}
"""What concerns our token or installation and not the recipient, with the fix."""

_ASK_AGAIN = "have it installed there again"
IN_MANY: dict[str, str] = {
    "access_denied": f"the app may not write there: {_ASK_AGAIN}",
    "accesslimited": OPERATORS["accesslimited"],
    "ekm_access_denied": _SUSPENDED,
    "enterprise_is_restricted": _SUSPENDED,
    "invalid_auth": f"its token is not accepted: {_ASK_AGAIN}",
    "missing_scope": f"the app lacks a scope there: {_ASK_AGAIN}",
    "no_permission": f"the app may not write there: {_ASK_AGAIN}",
    "team_access_not_granted": f"the app has no access to the workspace: {_ASK_AGAIN}",
    "token_expired": f"its token has expired: {_ASK_AGAIN}",
    "two_factor_setup_required": _SUSPENDED,
}
"""As `OPERATORS`, of one workspace among many. A removal is dealt with, and so not among them."""

SILENCE = 3600.0
"""Seconds in which the same trouble is not spoken of again."""


class Alarm:
    """Tells whoever runs the bot what only they can mend; each trouble once in a while."""

    def __init__(self, team: str = "") -> None:
        """`team` is the workspace that it is about, where there are many."""
        self._words = IN_MANY if team else OPERATORS
        self._where = f" in workspace {team}" if team else ""
        self._rung: dict[str, float] = {}

    def ring(self, code: str) -> None:
        """Log the fix for a code that has one; nothing for another."""
        now = time.monotonic()
        if code in self._words and now - self._rung.get(code, -SILENCE) >= SILENCE:
            self._rung[code] = now
            fix = self._words[code]
            log.error("Slack: nobody can be written to%s (%s): %s", self._where, code, fix)
