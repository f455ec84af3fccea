"""How fast Slack may be written to; see `core.domain.pacing`.

Limits: https://docs.slack.dev/apis/web-api/rate-limits
"""

from __future__ import annotations

from core.domain.pacing import Manners, Pace

MANNERS = Manners(pace=Pace(4, 20), first=Pace(0.5, 10))
"""What Slack takes, with room to spare for the answers to what members do.

- `chat.postMessage` takes about 1 message a second in one channel, with short bursts, and several
  hundred a minute in a workspace. Every member has a channel of their own, so the workspace is
  what is paced: 240 a minute.
- `conversations.open` is of tier 3: 50 a minute in a workspace. It comes before the first message
  to a person: 30 a minute.

Each workspace has limits of its own.
"""
