"""What people type about a follow-up as a whole: begin it, look at it, change or close it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.domain.words import (
    CloseReason,
    Priority,
    Trust,
    Urgency,
)
from core.options import Command, Kind, Request, option
from core.requests.base import (
    ADDRESS_HELP,
    CHANNELS,
    LISTS,
    NOTE_LIMIT,
    PRIORITY_HELP,
    TRUST_HELP,
    URGENCY_HELP,
    VIA_HELP,
    WHO_HELP,
    Targeted,
    edited,
)


@dataclass(frozen=True)
class Add(Request):
    """Begin a follow-up."""

    verb: ClassVar[str] = "add"
    command: ClassVar[Command] = Command(
        "add",
        "Follow up with somebody",
        (
            "Dana Lee @ Acme re: data PM, email, urgent, in 3 days",
            "Dana Lee @ Acme",
            "@ Acme re: data PM",
        ),
        title="New follow-up",
        submit="Add",
    )
    who: str = option(
        "Who", "Dana Lee @ Acme, or @ Acme while there is no name", Kind.NEW_WHO, required=True
    )
    about: str = option("About", "The role or the reason", aliases=("re",), rest=True)
    via: str = option("Via", VIA_HELP, Kind.CHOICE, choices=CHANNELS)
    when: str = option(
        "When",
        "The first ping: in 3 days, Friday, 1 Dec",
        Kind.DAY,
        max_length=60,
        picked="The first ping; left empty, it follows from the rest",
    )
    note: str = option("Note", "Anything to remember", Kind.LONG, max_length=NOTE_LIMIT)
    contact: str = option("Contact", ADDRESS_HELP, Kind.ADDRESS)
    urgency: str = option("Urgency", URGENCY_HELP, Kind.CHOICE, choices=Urgency)
    priority: str = option("Priority", PRIORITY_HELP, Kind.CHOICE, choices=Priority)
    trust: str = option("Trust", TRUST_HELP, Kind.CHOICE, choices=Trust)


@dataclass(frozen=True)
class List(Request):
    """Show follow-ups, most pressing first."""

    verb: ClassVar[str] = "list"
    command: ClassVar[Command] = Command(
        "list", "Your follow-ups, most pressing first", ("due", "closed")
    )
    show: str = option("Show", "Which ones", Kind.CHOICE, choices=LISTS)


@dataclass(frozen=True)
class Show(Targeted):
    """Everything about one follow-up."""

    verb: ClassVar[str] = "show"
    command: ClassVar[Command] = Command(
        "show", "Everything about one: position, history, next dates", ("Dana", "Acme", "3")
    )
    who: str = option("Who", WHO_HELP, Kind.WHO, required=True)


@dataclass(frozen=True)
class Preview(Targeted):
    """The next dates that the rules will make, and why."""

    verb: ClassVar[str] = "preview"
    command: ClassVar[Command] = Command(
        "preview", "The next dates if it stays quiet, and why", ("Dana",)
    )
    who: str = option("Who", WHO_HELP, Kind.WHO, required=True)


@dataclass(frozen=True)
class Edit(Targeted):
    """Change what is known. Answered by a form with today's values."""

    verb: ClassVar[str] = "edit"
    command: ClassVar[Command] = Command(
        "edit", "Change a follow-up in a form", ("Dana",), title="Edit"
    )
    who: str = option("Who", WHO_HELP, Kind.WHO, required=True)
    name: str | None = edited("Name", "Empty while you have no name", max_length=80)
    organization: str | None = edited("Organization", "Where they work", max_length=80)
    about: str | None = edited("About", "The role or the reason")
    via: str | None = edited("Via", VIA_HELP, Kind.CHOICE, choices=CHANNELS)
    contact: str | None = edited("Contact", ADDRESS_HELP, Kind.ADDRESS)
    urgency: str | None = edited("Urgency", URGENCY_HELP, Kind.CHOICE, choices=Urgency)
    priority: str | None = edited("Priority", PRIORITY_HELP, Kind.CHOICE, choices=Priority)
    trust: str | None = edited("Trust", TRUST_HELP, Kind.CHOICE, choices=Trust)
    country: str | None = edited(
        "Country", "Whose holidays they keep, as DE or US-CA", max_length=8
    )


@dataclass(frozen=True)
class Close(Targeted):
    """Stop following up. Only a person does this."""

    verb: ClassVar[str] = "close"
    command: ClassVar[Command] = Command(
        "close",
        "Stop following up; it can be reopened",
        ("Dana, dismissed me", "Acme, not interested"),
        title="Close",
        submit="Close it",
    )
    who: str = option("Who", WHO_HELP, Kind.WHO, required=True)
    reason: str = option("Reason", "Why", Kind.CHOICE, choices=CloseReason, required=True)


@dataclass(frozen=True)
class Reopen(Targeted):
    """Take a closed follow-up up again."""

    verb: ClassVar[str] = "reopen"
    command: ClassVar[Command] = Command("reopen", "Take a closed one up again", ("Dana",))
    who: str = option("Who", WHO_HELP, Kind.WHO, required=True)
    reason: str = option("Reason", "Why, for your own history", rest=True)
