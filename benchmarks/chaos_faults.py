"""What goes wrong on the wire in the kill test: at random, with given chances, from a seed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from typing import Generic, TypeVar

from tests.loopback.discord.faults import Fault as DiscordFault
from tests.loopback.discord.faults import Faults as DiscordFaults
from tests.loopback.discord.faults import Kind
from tests.loopback.slack.faults import Fault as SlackFault
from tests.loopback.slack.faults import Faults as SlackFaults

K = TypeVar("K", bound=str)

LONGEST_DELAY = 1.0
"""Seconds. A message that is longer on its way than a lease lasts could not be told from one that
was never sent, so this stays well below what a lease leaves after the sender's patience."""

SLACK_CHANCES: Mapping[str, float] = {
    "drop-after-store": 0.03,
    "500-after-store": 0.02,
    "drop-before-store": 0.015,
    "503": 0.01,
    "500": 0.005,
    "502": 0.005,
    "429": 0.005,
    "delay": 0.60,
}
SLACK_METHODS = {"chat.postMessage", "conversations.open", "conversations.history"}

DISCORD_CHANCES: Mapping[Kind, float] = {
    "drop-after-store": 0.04,
    "drop-before-store": 0.015,
    "503": 0.01,
    "502": 0.005,
    "429": 0.005,
    "delay": 0.60,
}


class _Dice(Generic[K]):
    """Throws for each request, and counts what came of it."""

    def __init__(self, chances: Mapping[K, float], seed: str) -> None:
        self._random = random.Random(seed)
        self._chances = chances
        self.fallen: Counter[str] = Counter()

    def throw(self) -> K | None:
        thrown = self._random.random()
        for kind, chance in self._chances.items():
            thrown -= chance
            if thrown < 0:
                self.fallen[kind] += 1
                return kind
        return None

    def seconds(self) -> float:
        return self._random.uniform(0.02, LONGEST_DELAY)


class RandomSlackFaults(SlackFaults):
    """Slack's faults: for the calls that deliveries need."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._dice = _Dice(SLACK_CHANCES, f"slack {seed}")

    @property
    def fallen(self) -> Counter[str]:
        """How many of each kind there were."""
        return self._dice.fallen

    def take(self, method: str, channel: str | None) -> SlackFault | None:
        """A fault for this call, or none."""
        kind = self._dice.throw() if method in SLACK_METHODS else None
        return SlackFault(method, kind, seconds=self._dice.seconds()) if kind else None


class RandomDiscordFaults(DiscordFaults):
    """Discord's faults: for the requests that deliveries need."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._dice = _Dice(DISCORD_CHANCES, f"discord {seed}")

    @property
    def fallen(self) -> Counter[str]:
        """How many of each kind there were."""
        return self._dice.fallen

    def take(self, method: str, path: str) -> DiscordFault | None:
        """A fault for this request, or none."""
        about = path.endswith("/messages") or (method, path) == ("POST", "/users/@me/channels")
        kind = self._dice.throw() if about else None
        return DiscordFault(path, kind, seconds=self._dice.seconds()) if kind else None
