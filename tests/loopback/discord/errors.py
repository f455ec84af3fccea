"""Discord's refusals: HTTP status, JSON error code and, for bad forms, the tree of errors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Path = tuple[str | int, ...]

INVALID_FORM_BODY = 50035


class ApiError(Exception):
    """A request that Discord refuses. `code` is Discord's own number, `status` is HTTP's."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{status} ({code}): {message}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    def body(self) -> Json:
        """The JSON that goes out with the refusal."""
        found: Json = {"message": self.message, "code": self.code}
        if self.errors is not None:
            found["errors"] = self.errors
        return found


class UsageError(AssertionError):
    """A test did what no person can do: an unsynced command, a disabled button, a closed form."""


class DidNotRespondError(AssertionError):
    """The person reads "The application did not respond" (or that the interaction failed)."""


@dataclass(frozen=True)
class Refusal:
    """One refused request, kept so that a test can look at it (or assert that there is none)."""

    method: str
    path: str
    status: int
    code: int
    message: str
    errors: Json | None = None

    def text(self) -> str:
        """Every leaf of the error tree on its own line, as `path: CODE message`."""
        return "\n".join(flatten(self.errors or {})) or self.message


def flatten(tree: Json, path: str = "") -> Iterable[str]:
    """The leaves of an error tree as `path: CODE message`."""
    for key, value in tree.items():
        if key == "_errors":
            for leaf in value:
                yield f"{path}: {leaf['code']} {leaf['message']}"
        else:
            yield from flatten(value, f"{path}.{key}" if path else str(key))


@dataclass
class Problems:
    """Collects what is wrong with a form, then refuses it as a whole, as Discord does."""

    tree: Json = field(default_factory=dict)

    def add(self, path: Path, code: str, message: str) -> None:
        """Note one problem at `path`."""
        node = self.tree
        for step in path:
            node = node.setdefault(str(step), {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def required(self, path: Path) -> None:
        """Note that a field is missing."""
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required")

    def choices(self, path: Path, allowed: Iterable[object]) -> None:
        """Note that a value is not one of those allowed."""
        listed = ", ".join(str(one) for one in sorted(allowed, key=str))
        self.add(path, "BASE_TYPE_CHOICES", f"Value must be one of {{{listed}}}.")

    def length(self, path: Path, value: object, low: int, high: int) -> bool:
        """Check a string's or list's length; True when it is fine."""
        if not isinstance(value, (str, list)):
            self.add(path, "BASE_TYPE_BAD_TYPE", "The value has the wrong type.")
            return False
        if low <= len(value) <= high:
            return True
        if len(value) == 0:
            self.required(path)
        elif low and high < 10**9:
            text = f"Must be between {low} and {high} in length."
            self.add(path, "BASE_TYPE_BAD_LENGTH", text)
        else:
            self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {high} or fewer in length.")
        return False

    def number(self, path: Path, value: object, low: int, high: int) -> None:
        """Check that a value is a whole number within bounds."""
        if not isinstance(value, int) or isinstance(value, bool):
            self.add(path, "NUMBER_TYPE_COERCE", f"Value {str(value)!r} is not int.")
        elif value < low:
            self.add(
                path, "NUMBER_TYPE_MIN", f"int value should be greater than or equal to {low}."
            )
        elif value > high:
            self.add(path, "NUMBER_TYPE_MAX", f"int value should be less than or equal to {high}.")

    def refuse(self) -> None:
        """Raise 50035 with the tree if anything was noted."""
        if self.tree:
            raise ApiError(400, INVALID_FORM_BODY, "Invalid Form Body", self.tree)


def unknown(what: str) -> ApiError:
    """404 for a thing that is not there (or that the bot may not know of)."""
    codes = {
        "Channel": 10003,
        "Guild": 10004,
        "Member": 10007,
        "Message": 10008,
        "User": 10013,
        "Webhook": 10015,
        "Interaction": 10062,
    }
    text = "Unknown interaction" if what == "Interaction" else f"Unknown {what}"
    return ApiError(404, codes[what], text)


def unauthorized() -> ApiError:
    """401 for a missing or wrong bot token."""
    return ApiError(401, 0, "401: Unauthorized")
