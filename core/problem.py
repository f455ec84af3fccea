"""What a person can mend: one clear sentence that says what to do instead."""

from __future__ import annotations

from core.reply import Button
from core.text import Sayable, Text, say


class Problem(Exception):
    """Nothing was changed, and this is why.

    `field` names the form field that was wrong, if any; `choices` are requests to tap instead.
    """

    def __init__(
        self, template: str, *, field: str = "", choices: tuple[Button, ...] = (), **values: Sayable
    ) -> None:
        self.text: Text = say(template, **values)
        self.field = field
        self.choices = choices
        super().__init__("".join(span.text for span in self.text))
