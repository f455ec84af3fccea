from __future__ import annotations

from typing import TYPE_CHECKING

from tests.loopback.slack.clock import DEFAULT_WAIT
from tests.loopback.slack.model import Message, View

if TYPE_CHECKING:
    from tests.loopback.slack.person import Person


class Answer:
    """What a person sees because of one thing that they did.

    It is live: what arrives after the acknowledgement shows up here too. `error` is what Slack
    tells them when the bot did not acknowledge, such as "operation_timeout".
    """

    def __init__(self, person: Person, since: int) -> None:
        self.person = person
        self.since = since
        self.error = ""
        self.errors: dict[str, str] = {}

    @property
    def messages(self) -> list[Message]:
        """The messages by others that appeared or changed since, oldest first."""
        seen = self.person.sees
        return [m for m in seen if m.order > self.since and m.author != self.person.id]

    @property
    def message(self) -> Message:
        """The last of the messages; there must be one."""
        found = self.messages
        if not found:
            raise AssertionError(f"{self.person.name} sees nothing new")
        return found[-1]

    @property
    def view(self) -> View | None:
        """The top modal, if it was opened or changed since."""
        view = self.person.view
        return view if view is not None and view.order > self.since else None

    @property
    def text(self) -> str:
        """Everything that there is to read, messages first, then the modal."""
        parts = [self.error, *(m.text_form() for m in self.messages)]
        parts.append(self.view.text_form() if self.view else "")
        return "\n\n".join(part for part in parts if part)

    async def wait_for(self, text: str = "", *, within: float = DEFAULT_WAIT) -> Message:
        """The first message new since that says this; waits for it."""

        def found() -> list[Message]:
            return [m for m in self.messages if text in m.text_form()]

        if not await self.person.world.pulse.until(lambda: bool(found()), within):
            raise AssertionError(f"no message says {text!r} after {within} s; seen: {self.text!r}")
        return found()[0]

    async def opened(self, text: str = "", *, within: float = DEFAULT_WAIT) -> View:
        """The modal opened or changed since; waits for it."""
        return await self.person.wait_view(text, since=self.since, within=within)

    def __repr__(self) -> str:
        return f"<Answer to {self.person.name}: {self.text!r}>"
