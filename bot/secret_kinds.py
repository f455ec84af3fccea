"""What somebody pasted into a setting, by its looks: most wrong tokens are right ones elsewhere."""

from __future__ import annotations

import re

_KINDS = (
    (r"xoxb-.+", "a Bot User OAuth Token of Slack's, which goes into SLACK_BOT_TOKEN"),
    (r"xapp-.+", "an App-Level Token of Slack's, which goes into SLACK_APP_TOKEN"),
    (r"xoxp-.+", "a User OAuth Token of Slack's, which the bot has no use for"),
    (r"xoxe[.-].+", "a token that Slack rotates, which the bot can't use"),
    (r"xox[a-z]-.+", "another of Slack's tokens, which the bot has no use for"),
    (r"https?://.+", "an address"),
    (r"\d+\.\d+", "a Client ID of Slack's, which goes into SLACK_CLIENT_ID"),
    (r"[0-9]{17,20}", "an Application ID of Discord's"),
    (r"[0-9a-f]{64}", "a Public Key of Discord's"),
    (r"[0-9a-f]{32}", "a secret of a Slack app"),
    (r"[\w-]{32}", "a Client Secret of Discord's"),
    (r"[\w-]{20,}\.[\w-]{5,}\.[\w-]{20,}", "a token of Discord's, which goes into DISCORD_TOKEN"),
)


def kind_of(value: str) -> str:
    """What it is, as the end of a sentence; "" when it looks like nothing known."""
    return next((words for pattern, words in _KINDS if re.fullmatch(pattern, value)), "")
