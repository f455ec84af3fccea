from dataclasses import dataclass, field
from typing import Any

WORLD_ERRORS = frozenset(
    {
        "account_inactive",
        "channel_not_found",
        "hash_conflict",
        "is_archived",
        "message_not_found",
        "not_enabled",
        "messages_tab_disabled",
        "not_found",
        "not_in_channel",
        "ratelimited",
        "token_expired",
        "token_revoked",
        "user_disabled",
        "user_not_found",
        "user_not_in_channel",
    }
)


class ApiError(Exception):
    """A call that Slack answers with `ok: false`; `messages` name the place."""

    def __init__(self, code: str, *messages: str, blame: bool | None = None, **extra: Any) -> None:
        super().__init__(code, *messages)
        self.code = code
        self.messages = list(messages)
        self.extra = extra
        self.blame = code not in WORLD_ERRORS if blame is None else blame

    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {"ok": False, "error": self.code, **self.extra}
        if self.messages:
            body["response_metadata"] = {"messages": self.messages}
        return body


@dataclass(frozen=True)
class Refusal:
    """Something the bot did that Slack does not accept."""

    where: str
    code: str
    messages: tuple[str, ...] = ()


@dataclass
class Ledger:
    """What went wrong, sorted by whose mistake it is.

    `refusals` and `violations` are the bot's mistakes. `denials` are errors that the test's world
    asked for (an archived channel, a revoked token, a rate limit) and say nothing bad of the bot.
    """

    refusals: list[Refusal] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    denials: list[Refusal] = field(default_factory=list)

    def refuse(self, where: str, error: ApiError) -> None:
        entry = Refusal(where, error.code, tuple(error.messages))
        (self.refusals if error.blame else self.denials).append(entry)
