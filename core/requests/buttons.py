"""What only buttons and forms ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.options import Command, Kind, Request, option
from core.requests.base import NOTE_LIMIT, Targeted


@dataclass(frozen=True)
class Write(Targeted):
    """A draft as the member wrote it on. Only its form makes one."""

    verb: ClassVar[str] = "write"
    command: ClassVar[Command] = Command("write", "Your own words", submit="Check it")
    subject: str = option("Subject", "For an email", max_length=150)
    text: str = option(
        "Text", "What you will send", Kind.LONG, required=True, max_length=NOTE_LIMIT
    )
    angle: str = ""
    via: str = ""


@dataclass(frozen=True)
class Another(Targeted):
    """Pass the proposed angle over."""

    verb: ClassVar[str] = "another"
    angle: str = ""
    via: str = ""
    drafts: bool = False


@dataclass(frozen=True)
class Ask(Targeted):
    """A button that opens the form of another request, by its verb.

    `first` names the field with which it begins, where a form can't hold all of them.
    """

    verb: ClassVar[str] = "ask"
    form: str = ""
    first: str = ""


@dataclass(frozen=True)
class Unfold(Targeted):
    """A menu pressed where menus can't open inside a message: show its options in place."""

    verb: ClassVar[str] = "unfold"
    menu: str = ""


@dataclass(frozen=True)
class ShowView(Request):
    """Show a message anew in its place: `d17` is digest 17, `l.open.2` a list's second page."""

    verb: ClassVar[str] = "view"
    view: str = ""


@dataclass(frozen=True)
class Resume(Request):
    """Go on with a request that was kept because something was missing or unclear.

    With `target` it runs on that follow-up, with `club` in that club; with `form` it opens again as
    a form, filled in, that begins with the field `first` where it can't hold all; with `field` and
    `value` that one field is what was tapped. As the token of a form it adds what comes back to
    what was kept. `again` is the change that it is done again for, with more: that is taken back.
    """

    verb: ClassVar[str] = "resume"
    about_room: ClassVar[bool] = True  # what was kept may ask it
    kept: int = 0
    target: int = 0
    club: int = 0
    form: bool = False
    first: str = ""
    field: str = ""
    value: str = ""
    again: int = 0
