"""The kill test: processes are killed at random, answers get lost, and nobody gets two digests.

    python -m benchmarks.chaos [--runs postgresql,sqlite] [--kills 200] [--members 2000]
        [--processes 4] [--seed 1] [--sabotage readback|lease|nonce|constant|lock|unique]

Exit code 1 unless everybody got exactly one digest and the database says the same.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.chaos_run import Plan, Result, run
from benchmarks.chaos_sabotage import Sabotage

KINDS = ("postgresql", "sqlite")
MOST_SHOWN = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for; 0 when nothing was lost, sent twice or otherwise wrong."""
    options = _parser().parse_args(arguments)
    wrong = 0
    for kind in options.runs:
        folder = Path(tempfile.mkdtemp(prefix="squeaky-chaos-"))
        seats = options.processes if kind == "postgresql" else 1
        numbers = (options.kills, options.members, seats, options.seed)
        plan = Plan(kind, *numbers, options.sabotage, folder)
        print(f"{kind}: {_said(seats, 'process', 'processes')}, {plan.members} members", flush=True)
        result = asyncio.run(run(plan))
        _print(result)
        wrong += len(result.verdict.wrong)
        if result.verdict.wrong:
            _complain(result, folder)
        else:
            shutil.rmtree(folder)
    return 1 if wrong else 0


def _print(result: Result) -> None:
    verdict, toll = result.verdict, result.toll
    said = [
        ("killed", f"{toll.kills}, of these in {toll.outages} outages all at once"),
        ("started", f"{toll.starts}; ended by themselves: {toll.ended_alone.total()}"),
        ("stopped at the end", f"{toll.stopped.total()}, cleanly {toll.stopped[0]}"),
        ("in hand when killed", f"{toll.in_hand} deliveries"),
        ("on the wire when killed", f"{toll.on_the_wire}, in {toll.telling} of the kills"),
        *((f"faults on {name}", _counted(found)) for name, found in result.faults.items()),
        ("doubts looked up", f"{verdict.looked_up.total()}: {_counted(verdict.looked_up)}"),
        ("second sends swallowed", f"{result.swallowed} by Discord, for their nonce"),
        ("claims of a delivery", _counted(verdict.attempts)),
        ("digests due", str(verdict.due)),
        ("delivered once", str(verdict.delivered)),
        ("lost", str(verdict.lost)),
        ("twice", str(verdict.twice)),
        ("states in the database", _counted(verdict.states)),
        ("all delivered after", f"{_seconds(result.settled)} from the last kill"),
        ("in all", f"{result.seconds:.0f} s; the platforms lagged {result.lag:.1f} s at worst"),
    ]
    for label, value in said:
        print(f"  {label + ':':26}{value}", flush=True)


def _complain(result: Result, folder: Path) -> None:
    wrong = result.verdict.wrong
    print("\n".join(wrong[:MOST_SHOWN]))
    print(f"{len(wrong)} things are wrong. Logs and diaries: {folder}", flush=True)


def _seconds(value: float | None) -> str:
    return "never" if value is None else f"{value:.0f} s"


def _counted(found: Counter[str] | Counter[int]) -> str:
    return ", ".join(f"{what} {count}" for what, count in sorted(found.items())) or "none"


def _said(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _kinds(text: str) -> list[str]:
    kinds = text.split(",")
    if not set(kinds) <= set(KINDS):
        raise argparse.ArgumentTypeError(f"write {' or '.join(KINDS)}, or both with a comma")
    return kinds


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos", description="The kill test")
    parser.add_argument("--runs", type=_kinds, default=list(KINDS), help="postgresql,sqlite")
    parser.add_argument("--kills", type=int, default=200, help="in each run")
    parser.add_argument("--members", type=int, default=2000, help="in each run")
    parser.add_argument("--processes", type=int, default=4, help="at a time, on PostgreSQL")
    parser.add_argument("--seed", type=int, default=1, help="of all that is random")
    parser.add_argument("--sabotage", type=Sabotage, choices=list(Sabotage), default=Sabotage.NONE)
    return parser


if __name__ == "__main__":
    sys.exit(main())
