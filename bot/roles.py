"""What one process does: everything, or with `--only` some of it."""

from __future__ import annotations

from enum import StrEnum

from bot.settings import BadSettings, Settings


class Role(StrEnum):
    """One part of the work, which a process may leave to others.

    - `slack`, `discord`, `playground`: hear people there and answer them.
    - `courier`: plan digests and send what is owed, on every platform that is set up.
    """

    SLACK = "slack"
    DISCORD = "discord"
    COURIER = "courier"
    PLAYGROUND = "playground"


EVERYTHING = frozenset(Role)


def roles_named(text: str) -> frozenset[Role]:
    """The roles of a comma-separated list. Raises ValueError with what there is."""
    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in set(Role)]
    if unknown or not names:
        raise ValueError(f"choose among {', '.join(Role)}, separated by commas")
    return frozenset(Role(name) for name in names)


def require(settings: Settings, roles: frozenset[Role]) -> None:
    """Raise BadSettings for roles that could do nothing with these settings."""
    if roles == EVERYTHING:
        return
    needs = {
        Role.SLACK: (settings.wants_slack, "SLACK_BOT_TOKEN"),
        Role.DISCORD: (settings.wants_discord, "DISCORD_TOKEN"),
        Role.PLAYGROUND: (settings.wants_playground, "PLAYGROUND=on"),
    }
    missing = [
        f"--only {role}: {needs[role][1]} is not set"
        for role in sorted(roles)
        if role in needs and not needs[role][0]
    ]
    if missing:
        raise BadSettings("\n".join(missing))
