"""One process of the kill test: the whole bot, as `python -m bot` runs it, with a diary.

It is forked from a process that has imported everything already, so a killed one is back at work
within a moment.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from adapters.discord.messenger import DiscordMessenger
from adapters.slack.messenger import SlackMessenger
from benchmarks.chaos_diary import CLAIMED, FINISHED, LOOKED, LOOKING, SENDING, SENT, Diary
from benchmarks.chaos_sabotage import Sabotage, apply
from bot.clock import Clock
from bot.logs import set_up_logs
from bot.run import run
from bot.settings import Settings
from bot.wiring import Tuning
from core.caller import Platform
from core.domain.deliveries import Outcome, Parcel
from core.domain.pacing import Manners, Pace
from core.mailroom import Mailroom
from core.store import finishing

QUICK = Manners(pace=Pace(200, 200), first=Pace(200, 200))
TUNING = Tuning(
    manners={Platform.SLACK: QUICK, Platform.DISCORD: QUICK},
    lease=timedelta(seconds=10),
    patience=6.0,
    duty_lease=timedelta(seconds=6),
)
"""Everything in a hurry, so that a run has an end. What a lease leaves after the patience is for
messages that are still on their way."""
PAUSE, LONGEST_PAUSE = timedelta(seconds=3), timedelta(seconds=10)
"""After an answer that was lost; more than messages take on their way."""

T = TypeVar("T")


@dataclass(frozen=True)
class Recipe:
    """What a process is made of. All processes of a moment have clocks equally far `ahead`."""

    life: int
    folder: Path
    settings: dict[str, Any]
    ahead: timedelta
    sabotage: Sabotage


def live(recipe: Recipe) -> None:
    """Be the bot until somebody ends it: the main function of a process."""
    log = os.open(
        recipe.folder / f"process-{recipe.life:04d}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND
    )
    os.dup2(log, 1)
    os.dup2(log, 2)
    apply(recipe.sabotage)
    _keep(Diary(recipe.folder, recipe.life))
    settings = Settings.model_validate(
        {**recipe.settings, "squeaky_now": Clock().now() + recipe.ahead}
    )
    set_up_logs(settings)
    finishing.UNKNOWN_PAUSE, finishing.LONGEST_PAUSE = PAUSE, LONGEST_PAUSE
    sys.exit(asyncio.run(_attended(settings)))


async def _attended(settings: Settings) -> int:
    """Run, but not without the process that began the test."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    asyncio.get_running_loop().add_reader(parent.sentinel, os._exit, 1)
    return await run(settings, tuning=TUNING)


def _keep(diary: Diary) -> None:
    """Have what is done with deliveries written down, before it is done and after."""
    for messenger in (SlackMessenger, DiscordMessenger):
        messenger.send = _noted(messenger.send, diary, SENDING, SENT)  # type: ignore[method-assign]
        messenger.find = _noted(messenger.find, diary, LOOKING, LOOKED)  # type: ignore[method-assign]
    claim, finish = Mailroom.claim, Mailroom.finish

    async def claiming(mailroom: Mailroom, *args: Any, **more: Any) -> Any:
        claimed = await claim(mailroom, *args, **more)
        diary.write(CLAIMED, *(delivery.key for delivery in claimed))
        return claimed

    async def finishing(mailroom: Mailroom, results: Any) -> None:
        await finish(mailroom, results)
        for parcel, outcome in results:
            diary.write(FINISHED, parcel.key, more=type(outcome).__name__)

    Mailroom.claim, Mailroom.finish = claiming, finishing  # type: ignore[method-assign,assignment]


def _noted(
    method: Callable[[T, Parcel], Awaitable[Outcome | None]], diary: Diary, before: str, after: str
) -> Any:
    async def noting(messenger: T, parcel: Parcel) -> Outcome | None:
        diary.write(before, parcel.key)
        outcome = await method(messenger, parcel)
        diary.write(after, parcel.key, more=str(outcome).replace("\n", " ").replace("\t", " "))
        return outcome

    return noting
