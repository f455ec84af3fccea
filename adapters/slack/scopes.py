"""What the app asks a workspace for, and where it comes back to with the answer."""

from __future__ import annotations

SCOPES = (
    "commands",
    "chat:write",
    "im:write",
    "im:history",
    "users:read",
    "files:read",
    "files:write",
    "channels:read",
    "groups:read",
    "channels:history",
    "groups:history",
)
INSTALL, REDIRECT, INSTALLED = "/slack/install", "/slack/oauth_redirect", "/slack/installed"
"""Where installing begins here, where Slack sends people back to, and where they read that it is
done."""
