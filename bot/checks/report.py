"""What was found of one thing: what is wrong, each with its fix, and what is good to know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Report:
    """Without problems all is well, as `fine` says. `notes` are no problems.

    `is_current`, of a database: it has the tables of this version.
    """

    what: str
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fine: str = "ok"
    is_current: bool = False

    def lines(self) -> Iterator[str]:
        """As it is printed."""
        yield f"✗ {self.what}" if self.problems else f"✓ {self.what}: {self.fine}"
        for problem in self.problems:
            yield f"    {problem}"
        for note in self.notes:
            yield f"    ({note})"
