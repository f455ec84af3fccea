"""Problems that offer something to tap instead."""

from __future__ import annotations

from datetime import date

from core.domain.days import UnclearDay
from core.problem import Problem
from core.voice.unclear import unclear_words


class DayProblem(Problem):
    """A day that can't be understood as it was typed, with days to tap instead."""

    def __init__(self, unclear: UnclearDay, text: str, field: str, today: date) -> None:
        super().__init__("{words}", field=field, words=unclear_words(unclear, text, today))
        self.suggestions = unclear.suggestions
        self.today = today
